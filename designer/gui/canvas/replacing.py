"""Another kind in the place of a component: what stays, and what has to go, known before it happens."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from designer.catalog.catalog import Catalog
from designer.catalog.check import check_value
from designer.catalog.entries import InVpc, Kind, Property
from designer.gui.canvas.connecting import kept_properties
from designer.language import plural, tr
from designer.layout.zones import vpc_around
from designer.model.architecture import Architecture
from designer.model.edits import Batch, Edit, Put, Remove
from designer.model.entities import Collection, Component, Connection, Value

_NAMED = 4
"""So many things of one sort are named; the others are counted."""


@dataclass(frozen=True, slots=True)
class Replacement:
    """One step that gives components another kind, and what it changes or loses besides, a sentence each."""

    edit: Batch
    losses: tuple[str, ...]


def replace_kind(architecture: Architecture, catalog: Catalog, keys: Iterable[str], kind: str) -> Replacement:
    """Gives components another kind.

    Ids, names, places, boundaries, zones, notes and acceptances stay, and so do properties that both kinds have and
    whose values fit. A wire keeps its relation where that fits, else takes the first of the catalog that does and is
    not drawn already, else it goes.
    """
    chosen = [architecture.components[key] for key in keys if architecture.components[key].kind != kind]
    target = catalog.kinds[kind]
    kinds = {key: one.kind for key, one in architecture.components.items()} | {one.id: kind for one in chosen}
    edits: list[Edit] = []
    unset: list[str] = []
    for component in chosen:
        new, dropped = _changed(component, catalog.kinds[component.kind], target)
        edits.append(Put(new))
        unset += dropped
    wires = _Wires(architecture, catalog, kinds)
    # A wire is judged by both of its ends, so that it goes before the components change only where it must.
    wire_edits = list(wires.edits_of(chosen))
    label = (
        tr("Replace {name} by {title}", name=chosen[0].name, title=target.title)
        if len(chosen) == 1
        else plural("Replace {count} component by {title}", "Replace {count} components by {title}", len(chosen),
                    title=target.title)
    )  # fmt: skip
    sentences = (*_sentences(unset, wires), *_astray(architecture, catalog, chosen, target))
    return Replacement(Batch(label, (*wire_edits, *edits)), sentences)


def _changed(component: Component, old: Kind, new: Kind) -> tuple[Component, list[str]]:
    """The component with its new kind, and the titles of the properties that were set and have no meaning any more."""
    kept: dict[str, Value] = {}
    dropped: list[str] = []
    for name, value in component.properties.items():
        if name in new.properties and _same(old.properties.get(name), new.properties[name], value):
            kept[name] = value
        else:
            dropped.append(old.properties[name].title if name in old.properties else name)
    return component.with_(kind=new.id, properties=kept), dropped


def _same(old: Property | None, new: Property, value: Value) -> bool:
    """Whether a value means the same as a property of the new kind, and is allowed there."""
    return old is not None and (old.type, old.unit) == (new.type, new.unit) and check_value(new, value) is None


class _Wires:
    """The wires of components whose kinds change."""

    def __init__(self, architecture: Architecture, catalog: Catalog, kinds: dict[str, str]) -> None:
        self._architecture, self._catalog, self._kinds = architecture, catalog, kinds
        self.gone: list[str] = []
        """"Shop to Orders", for each wire that has no meaning any more."""
        self.changed: list[str] = []
        """"Shop to Orders: publishes", for each that means something else."""

    def edits_of(self, chosen: Iterable[Component]) -> Iterator[Edit]:
        """What becomes of the wires, each once."""
        keys = {wire.id: wire for component in chosen for wire in self._architecture.wires_of(component.id)}
        taken = {(wire.source, wire.target, wire.relation) for wire in keys.values() if self._fits(wire)}
        for _, wire in sorted(keys.items()):
            if self._fits(wire):
                continue
            source, target = self._kinds[wire.source], self._kinds[wire.target]
            relations = self._catalog.relations_between(source, target)
            free = next((r for r in relations if (wire.source, wire.target, r.id) not in taken), None)
            if free is None:
                self.gone.append(self._ends(wire))
                yield Remove(Collection.CONNECTIONS, wire.id)
                continue
            taken.add((wire.source, wire.target, free.id))
            self.changed.append(f"{self._ends(wire)}: {tr(free.title).lower()}")
            yield Put(wire.with_(relation=free.id, properties=kept_properties(wire, free)))

    def _fits(self, wire: Connection) -> bool:
        pair = self._kinds[wire.source], self._kinds[wire.target]
        return pair in self._catalog.relations[wire.relation].pairs

    def _ends(self, wire: Connection) -> str:
        names = self._architecture.components
        return tr("{source} to {target}", source=names[wire.source].name, target=names[wire.target].name)


def _sentences(unset: list[str], wires: _Wires) -> Iterator[str]:
    if wires.gone:
        text = tr("Connections that go: {names}.", names=_named(wires.gone))
        yield text
    if wires.changed:
        yield tr("Connections that mean something else: {names}.", names=_named(wires.changed))
    if unset:
        yield tr("Settings that go: {names}.", names=_named(list(dict.fromkeys(unset))))


def _astray(architecture: Architecture, catalog: Catalog, chosen: Iterable[Component], target: Kind) -> Iterator[str]:
    """That the new kind is no part of the network that it is drawn in, where the old one was."""
    if target.placement.in_vpc is not InVpc.NEVER:
        return
    for component in chosen:
        vpc = vpc_around(architecture, component.boundary)
        if vpc is not None and catalog.kinds[component.kind].placement.in_vpc is not InVpc.NEVER:
            yield tr(
                "{title} stands in no VPC: it stays drawn in {vpc} until it is moved.",
                title=tr(target.title),
                vpc=vpc.name,
            )
            return


def _named(names: list[str]) -> str:
    shown = ", ".join(names[:_NAMED])
    more = len(names) - _NAMED
    return tr("{names} and {count} more", names=shown, count=more) if more > 0 else shown
