"""What a sighted person reads off the drawing beside a thing's name, in sentences for those who hear it."""

from __future__ import annotations

from designer.gui.canvas.labels import Labels
from designer.gui.canvas.pinned import pinned_words
from designer.language import plural, tr
from designer.model.entities import Collection

_MOST = 12
"""More wires of one component are counted, not told one by one."""


def describe(labels: Labels, collection: Collection, key: str) -> str:
    """Sentences about a thing of the drawing: where it stands, its key facts, what it is connected to, why it fails."""
    match collection:
        case Collection.COMPONENTS:
            return _component(labels, key)
        case Collection.CONNECTIONS:
            return _connection(labels, key)
        case _:
            return _boundary(labels, key)


def _component(labels: Labels, key: str) -> str:
    component = labels.architecture.components[key]
    names = labels.architecture.components
    outgoing = [f"{names[wire.target].name} ({labels.verb(wire)})" for wire in labels.architecture.outgoing(key)]
    incoming = [f"{names[wire.source].name} ({labels.verb(wire)})" for wire in labels.architecture.incoming(key)]
    effect = labels.effects.get(key)
    zones = labels.zones(key)
    return _sentences(
        labels.facts(key),
        tr("Locked") if component.locked else "",
        tr("In {names}", names=_chain(labels, component.boundary)) if component.boundary else "",
        plural("Zone {names}", "Zones {names}", len(zones), names=", ".join(zones)) if zones else "",
        tr("Locked") if component.locked else "",
        tr("Leads to {names}", names=_listed(outgoing)) if outgoing else "",
        tr("Reached from {names}", names=_listed(incoming)) if incoming else "",
        *(effect.reasons if effect is not None else ()),
        *pinned_words(component),
    )


def _connection(labels: Labels, key: str) -> str:
    wire = labels.architecture.connections[key]
    _name, *coupling = labels.connection_tip(key).split("\n")
    ends = tr("From {one} to {other}", one=labels.kind_title(wire.source), other=labels.kind_title(wire.target))
    return _sentences(ends, *coupling)


def _boundary(labels: Labels, key: str) -> str:
    architecture = labels.architecture
    boundary = architecture.boundaries[key]
    components = sum(1 for each in architecture.components.values() if each.boundary == key)
    boundaries = sum(1 for each in architecture.boundaries.values() if each.parent == key)
    holds = [plural("{count} component", "{count} components", components)]
    holds += [plural("{count} boundary", "{count} boundaries", boundaries)] if boundaries else []
    zones = labels.boundary_zones(boundary)
    return _sentences(
        tr("Collapsed") if boundary.collapsed else "",
        tr("Locked") if boundary.locked else "",
        tr("Holds {things}", things=", ".join(holds)),
        tr("Locked") if boundary.locked else "",
        tr("In {names}", names=_chain(labels, boundary.parent)) if boundary.parent else "",
        plural("Zone {names}", "Zones {names}", len(zones), names=", ".join(zones)) if zones else "",
        *pinned_words(boundary),
    )


def _chain(labels: Labels, boundary: str | None) -> str:
    return ", ".join(around.name for around in labels.architecture.boundaries_around(boundary))


def _listed(names: list[str]) -> str:
    if len(names) <= _MOST:
        return ", ".join(names)
    return ", ".join([*names[:_MOST], plural("{count} more", "{count} more", len(names) - _MOST)])


def _sentences(*parts: str) -> str:
    return " ".join(_sentence(part) for part in parts if part)


def _sentence(part: str) -> str:
    start = part[:1].upper() + part[1:]
    return start if start.endswith((".", "!", "?")) else f"{start}."
