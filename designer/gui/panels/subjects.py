"""What the inspector's form is about, worked out from the selection: no widgets, only what they will show."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from designer.catalog.catalog import Catalog
from designer.catalog.entries import Kind, Property, Relation, Scope
from designer.catalog.resolve import Resolution, Values, visible
from designer.gui.panels.editors import FieldState
from designer.gui.panels.selected import Selected
from designer.language import plural, tr
from designer.model.architecture import Architecture
from designer.model.edits import Batch, Edit, Put
from designer.model.entities import Boundary, Collection, Component, Connection, Entity, Settings, Value
from designer.model.operations import rename, set_field, set_property, set_settings, set_settings_property

MOST_ZONES = 6
"""As many as any Region has; for a Region that the catalog does not know."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """Things of one kind that are edited together, or (no collection) the architecture itself.

    `title` and `detail` name it; `entry` is its catalog entry, `None` where things of several kinds are selected (then
    `detail` counts them and there is no property). `zones` is the set in effect where the kind has one, `one_zone`
    says that it can only hold one, `region_zones` how many the Region has. `regions` are the codes to choose from, for
    the architecture itself.
    """

    collection: Collection | None
    ids: tuple[str, ...]
    title: str
    detail: str
    icon: str
    entry: Kind | Relation | None
    properties: tuple[Property, ...] = ()
    states: Mapping[str, FieldState]
    zones: FieldState | None = None
    one_zone: bool = False
    region_zones: int = MOST_ZONES
    regions: tuple[str, ...] = ()
    note: FieldState | None = None
    relations: tuple[Relation, ...] = ()

    @property
    def signature(self) -> tuple[object, ...]:
        """Two subjects with the same signature are shown by the same form."""
        relations = tuple(relation.id for relation in self.relations)
        entry = self.entry.id if self.entry else self.detail
        single = len(self.ids) == 1
        return self.collection, entry, relations, single, self.zones is None, self.note is None


def read_subject(resolution: Resolution, selected: Selected) -> Subject:
    """The subject for a selection; ids that are no longer there do not count."""
    architecture, catalog = resolution.architecture, resolution.catalog
    components = [architecture.components[key] for key in selected.components if key in architecture.components]
    boundaries = [architecture.boundaries[key] for key in selected.boundaries if key in architecture.boundaries]
    wires = [architecture.connections[key] for key in selected.connections if key in architecture.connections]
    if components and boundaries:
        return _many([*components, *boundaries], catalog)
    if components:
        return _components(resolution, components)
    if boundaries:
        return _boundaries(resolution, boundaries)
    if wires:
        return _wires(resolution, wires)
    return _architecture(resolution)


def property_edit(architecture: Architecture, subject: Subject, name: str, value: Value) -> Edit:
    """Sets one property of all that the subject stands for; `None` resets it."""
    if subject.collection is None:
        return set_settings_property(architecture, name, value)
    return set_property(architecture, subject.collection, subject.ids, name, value)


def field_edit(architecture: Architecture, subject: Subject, name: str, value: Value) -> Edit:
    """Sets one of the fields that all things of the subject's collection have (zones, note ...)."""
    if subject.collection is None:
        return set_settings(architecture, tr("Set {name}", name=name), **{name: value})
    return set_field(architecture, subject.collection, subject.ids, name, value)


def name_edit(architecture: Architecture, subject: Subject, name: str) -> Edit:
    """Renames the subject; a component's id goes with its name."""
    if subject.collection is Collection.COMPONENTS:
        return rename(architecture, subject.ids[0], name)
    return field_edit(architecture, subject, "name", name)


def relation_edit(architecture: Architecture, subject: Subject, relation: str) -> Edit:
    """Gives the wires another meaning; what they had set for the old one goes, what a person judged stays."""
    wires = [architecture.connections[key] for key in subject.ids]
    new = next(one for one in subject.relations if one.id == relation)
    judged = {prop.name for prop in new.properties.values() if prop.analysis_only}
    kept = [{name: value for name, value in wire.properties.items() if name in judged} for wire in wires]
    changed = (wire.with_(relation=relation, properties=own) for wire, own in zip(wires, kept, strict=True))
    return Batch(tr("Change relation"), tuple(Put(wire) for wire in changed))


def _components(resolution: Resolution, components: list[Component]) -> Subject:
    kinds = {component.kind for component in components}
    if len(kinds) > 1:
        return _many(components, resolution.catalog)
    resolved = [resolution.component(component.id) for component in components]
    kind = resolved[0].kind
    properties, states = _properties(kind.properties, components, [item.values for item in resolved])
    placement = kind.placement
    zones = None
    if placement.scope in (Scope.ZONAL, Scope.ZONES):
        zones = _field([component.zones for component in components], [item.zones for item in resolved])
    narrow = placement.zonal_when is not None and any(item.work_out(placement.zonal_when) for item in resolved)
    return Subject(
        collection=Collection.COMPONENTS,
        ids=tuple(component.id for component in components),
        title=components[0].name
        if len(components) == 1
        else plural("{count} component", "{count} components", len(components)),
        detail=tr(kind.title),
        icon=kind.id,
        entry=kind,
        properties=properties,
        states=states,
        zones=zones,
        one_zone=placement.scope is Scope.ZONAL or narrow,
        region_zones=_region_zones(resolution),
        note=_field([component.note for component in components]),
    )


def _boundaries(resolution: Resolution, boundaries: list[Boundary]) -> Subject:
    if len({boundary.kind for boundary in boundaries}) > 1:
        return _many(boundaries, resolution.catalog)
    kind = resolution.catalog.boundaries[boundaries[0].kind]
    values = [resolution.boundary(boundary.id) for boundary in boundaries]
    properties, states = _properties(kind.properties, boundaries, values)
    access = values[0].get("access")
    zones = [boundary.zones or _zones_around(resolution.architecture, boundary) for boundary in boundaries]
    return Subject(
        collection=Collection.BOUNDARIES,
        ids=tuple(boundary.id for boundary in boundaries),
        title=boundaries[0].name
        if len(boundaries) == 1
        else plural("{count} boundary", "{count} boundaries", len(boundaries)),
        detail=tr(kind.title),
        icon=f"{kind.id}:{access}" if access else kind.id,
        entry=kind,
        properties=properties,
        states=states,
        zones=_field([boundary.zones for boundary in boundaries], zones) if kind.id != "group" else None,
        region_zones=_region_zones(resolution),
        note=_field([boundary.note for boundary in boundaries]),
    )


def _wires(resolution: Resolution, wires: list[Connection]) -> Subject:
    resolved = [resolution.wire(wire.id) for wire in wires]
    fitting = [resolution.catalog.relations_between(item.source.kind.id, item.target.kind.id) for item in resolved]
    shared = tuple(relation for relation in fitting[0] if all(relation in others for others in fitting))
    title = resolved[0].label if len(wires) == 1 else plural("{count} connection", "{count} connections", len(wires))
    common = {"collection": Collection.CONNECTIONS, "ids": tuple(wire.id for wire in wires), "title": title}
    if len({wire.relation for wire in wires}) > 1:
        counts = Counter(tr(item.relation.title) for item in resolved)
        return Subject(**common, detail=_counted(counts), icon="", entry=None, states={}, relations=shared)  # type: ignore[arg-type]
    relation = resolved[0].relation
    properties, states = _properties(relation.properties, wires, [item.values for item in resolved])
    return Subject(
        **common,  # type: ignore[arg-type]
        detail=tr(relation.title),
        icon="",
        entry=relation,
        properties=properties,
        states=states,
        relations=shared,
    )


def _architecture(resolution: Resolution) -> Subject:
    settings, kind = resolution.architecture.settings, resolution.catalog.architecture
    states = {name: FieldState(resolution.settings[name], name in settings.properties) for name in kind.properties}
    states["description"] = FieldState(settings.description, own=bool(settings.description))
    states["region"] = FieldState(settings.region, own=settings.region != Settings().region)
    return Subject(
        collection=None,
        ids=(),
        title=settings.name,
        detail=tr(kind.title),
        icon="region",
        entry=kind,
        properties=tuple(visible(kind.properties, resolution.settings)),
        states=states,
        zones=FieldState(settings.zones, own=True),
        region_zones=_region_zones(resolution),
        regions=tuple(resolution.catalog.regions),
    )


def _many(things: Iterable[Component | Boundary], catalog: Catalog) -> Subject:
    things = list(things)
    titles = {**catalog.kinds, **catalog.boundaries}
    return Subject(
        collection=None,
        ids=tuple(thing.id for thing in things),
        title=plural("{count} thing", "{count} things", len(things)),
        detail=_counted(Counter(tr(titles[thing.kind].title) for thing in things)),
        icon="",
        entry=None,
        states={},
    )


def _counted(counts: Mapping[str, int]) -> str:
    return "\n".join(f"{count} × {title}" for title, count in counts.items())  # noqa: RUF001 - a times sign


def _properties(
    offered: Mapping[str, Property], things: Iterable[Entity], values: list[Values]
) -> tuple[tuple[Property, ...], dict[str, FieldState]]:
    """The properties that have a meaning for all of the things, and what the form shows for each."""
    things = list(things)
    shown = [{prop.name for prop in visible(offered, one)} for one in values]
    properties = tuple(prop for prop in offered.values() if all(prop.name in names for names in shown))
    states = {}
    for prop in properties:
        effective = [one[prop.name] for one in values]
        own = any(prop.name in thing.properties for thing in things)
        states[prop.name] = FieldState(effective[0], own, mixed=any(value != effective[0] for value in effective))
    return properties, states


def _field(own: list[Value], effective: list[Value] | None = None) -> FieldState:
    shown = own if effective is None else effective
    return FieldState(shown[0], own=any(own), mixed=any(value != shown[0] for value in shown))


def _region_zones(resolution: Resolution) -> int:
    region = resolution.catalog.regions.get(resolution.architecture.settings.region)
    return MOST_ZONES if region is None else region.zones


def _zones_around(architecture: Architecture, boundary: Boundary) -> tuple[str, ...]:
    chain = architecture.boundaries_around(boundary.parent)
    return next((around.zones for around in chain if around.zones), architecture.settings.zones)
