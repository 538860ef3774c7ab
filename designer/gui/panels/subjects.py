"""What the inspector's form is about, worked out from the selection: no widgets, only what they will show."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from designer.catalog.entries import Kind, Property, Relation, Scope
from designer.catalog.resolve import Resolution, Values, visible
from designer.gui.panels.common import common_properties
from designer.gui.panels.editors import FieldState
from designer.gui.panels.origins import Place, asks_for_wires, formula_origin, places_of, zone_origin
from designer.gui.panels.selected import Selected
from designer.language import plural, tr
from designer.model.decisions import Decision
from designer.model.entities import Boundary, Collection, Component, Connection, Drawn, Settings, Value
from designer.storage.decisions import MOST_DECISIONS

MOST_ZONES = 6
"""As many as any Region has; for a Region that the catalog does not know."""


_COMPARED = 4
"""Of so many things the values are compared with those of the next one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """Things that are edited together, or (no `members`) the architecture itself.

    `title` and `detail` name it; `entries` are the catalog's entries of the things, each once. `offered` are the
    properties that all of the things know, `properties` those of them that have a meaning now, `states` what the form
    shows for each. `zones` is the set in effect where all things stand in zones, `one_zone` says that it can only hold
    one, `region_zones` how many the Region has. `regions` are the codes to choose from, for the architecture itself.
    `takes_decisions` says that each thing has room for one more. `places` tell where a single thing stands. `changed`
    counts the properties with a value of their own.
    """

    members: Mapping[Collection, tuple[str, ...]]
    title: str
    detail: str
    icon: str
    entries: tuple[Kind | Relation, ...]
    offered: Mapping[str, Property]
    properties: tuple[Property, ...]
    states: Mapping[str, FieldState]
    note: FieldState
    decisions: tuple[Decision, ...] = ()
    takes_decisions: bool = True
    zones: FieldState | None = None
    one_zone: bool = False
    region_zones: int = MOST_ZONES
    regions: tuple[str, ...] = ()
    places: tuple[Place, ...] = ()
    relations: tuple[Relation, ...] = ()
    changed: int = 0

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids of all things."""
        return tuple(key for keys in self.members.values() for key in keys)

    @property
    def collection(self) -> Collection | None:
        """The collection that all things are of; `None` for several, and for the architecture itself."""
        return next(iter(self.members)) if len(self.members) == 1 else None

    @property
    def is_whole(self) -> bool:
        """Whether it is the architecture itself."""
        return not self.members

    @property
    def is_single(self) -> bool:
        """Whether it is one thing that is drawn."""
        return len(self.ids) == 1

    @property
    def entry(self) -> Kind | Relation | None:
        """The catalog's entry, where it is one for all."""
        return self.entries[0] if len(self.entries) == 1 else None

    @property
    def signature(self) -> tuple[object, ...]:
        """Two subjects with the same signature are shown by the same form."""
        entries = tuple(sorted(f"{type(entry).__name__} {entry.id}" for entry in self.entries))
        relations = tuple(relation.id for relation in self.relations)
        return tuple(self.members), entries, relations, self.is_single, self.zones is None


@dataclass(frozen=True, slots=True)
class _Member:
    """One of the things, with what the catalog and the drawing make of it; `zones` are `None` where it has none."""

    collection: Collection
    entity: Drawn
    name: str
    title: str
    icon: str
    entry: Kind | Relation
    values: Values
    zones: tuple[str, ...] | None = None
    one_zone: bool = False

    @property
    def own_zones(self) -> tuple[str, ...]:
        return self.entity.zones if isinstance(self.entity, (Component, Boundary)) else ()


def read_subject(resolution: Resolution, selected: Selected) -> Subject:
    """The subject for a selection; ids that are no longer there do not count."""
    found = resolution.architecture
    members = [_component(resolution, found.components[key]) for key in selected.components if key in found.components]
    members += [_boundary(resolution, found.boundaries[key]) for key in selected.boundaries if key in found.boundaries]
    members += [_wire(resolution, found.connections[key]) for key in selected.connections if key in found.connections]
    return _drawn(resolution, members) if members else _architecture(resolution)


def _drawn(resolution: Resolution, members: Sequence[_Member]) -> Subject:
    entries = tuple({(type(one.entry), one.entry.id): one.entry for one in members}.values())
    offered = entries[0].properties if len(entries) == 1 else common_properties([one.properties for one in entries])
    properties, states = _properties(offered, members)
    single = members[0] if len(members) == 1 else None
    zoned = all(one.zones is not None for one in members)
    relations = _relations(resolution, members)
    return Subject(
        members=_by_collection(members),
        title=members[0].name if single else _counted_title(members),
        detail=members[0].title if len(entries) == 1 else _counted(members),
        icon=members[0].icon if len(entries) == 1 else "",
        entries=entries,
        offered=offered,
        properties=properties,
        states=states,
        note=_state([one.entity.note for one in members]),
        decisions=single.entity.decisions if single else (),
        takes_decisions=all(len(one.entity.decisions) < MOST_DECISIONS for one in members),
        zones=_zones(resolution, members) if zoned else None,
        one_zone=any(one.one_zone for one in members),
        region_zones=_region_zones(resolution),
        places=places_of(resolution, single.entity.id) if single and isinstance(single.entity, Component) else (),
        relations=relations,
        changed=len({name for one in members for name in one.entity.properties if name in offered}),
    )


def _architecture(resolution: Resolution) -> Subject:
    settings, kind = resolution.architecture.settings, resolution.catalog.architecture
    values = resolution.settings
    states = {
        name: FieldState(values[name], name in settings.properties, origin=formula_origin(prop, kind.properties))
        for name, prop in kind.properties.items()
    }
    states["description"] = FieldState(settings.description, own=bool(settings.description))
    states["region"] = FieldState(settings.region, own=settings.region != Settings().region)
    return Subject(
        members={},
        title=settings.name,
        detail=tr(kind.title),
        icon="region",
        entries=(kind,),
        offered=kind.properties,
        properties=tuple(visible(kind.properties, values)),
        states=states,
        note=FieldState(settings.note, own=bool(settings.note)),
        decisions=settings.decisions,
        takes_decisions=len(settings.decisions) < MOST_DECISIONS,
        zones=FieldState(settings.zones, own=True),
        region_zones=_region_zones(resolution),
        regions=tuple(resolution.catalog.regions),
        changed=len(settings.properties.keys() & kind.properties.keys()),
    )


def _component(resolution: Resolution, component: Component) -> _Member:
    resolved = resolution.component(component.id)
    kind, placement = resolved.kind, resolved.kind.placement
    zoned = placement.scope in (Scope.ZONAL, Scope.ZONES)
    narrow = placement.zonal_when is not None and bool(resolved.work_out(placement.zonal_when))
    return _Member(
        collection=Collection.COMPONENTS,
        entity=component,
        name=component.name,
        title=tr(kind.title),
        icon=kind.id,
        entry=kind,
        values=resolved.values,
        zones=resolved.zones if zoned else None,
        one_zone=placement.scope is Scope.ZONAL or narrow,
    )


def _boundary(resolution: Resolution, boundary: Boundary) -> _Member:
    kind, values = resolution.catalog.boundaries[boundary.kind], resolution.boundary(boundary.id)
    access = values.get("access")
    architecture = resolution.architecture
    around = (outer.zones for outer in architecture.boundaries_around(boundary.id) if outer.zones)
    return _Member(
        collection=Collection.BOUNDARIES,
        entity=boundary,
        name=boundary.name,
        title=tr(kind.title),
        icon=f"{kind.id}:{access}" if access else kind.id,
        entry=kind,
        values=values,
        zones=next(around, architecture.settings.zones) if kind.id != "group" else None,
    )


def _wire(resolution: Resolution, connection: Connection) -> _Member:
    wire = resolution.wire(connection.id)
    return _Member(
        collection=Collection.CONNECTIONS,
        entity=connection,
        name=wire.label,
        title=tr(wire.relation.title),
        icon="",
        entry=wire.relation,
        values=wire.values,
    )


def _relations(resolution: Resolution, members: Sequence[_Member]) -> tuple[Relation, ...]:
    """The meanings that all of the wires may have; none where there is anything else."""
    wires = [resolution.wire(one.entity.id) for one in members if one.collection is Collection.CONNECTIONS]
    if len(wires) < len(members):
        return ()
    fitting = [resolution.catalog.relations_between(wire.source.kind.id, wire.target.kind.id) for wire in wires]
    return tuple(relation for relation in fitting[0] if all(relation in others for others in fitting))


def _properties(
    offered: Mapping[str, Property], members: Sequence[_Member]
) -> tuple[tuple[Property, ...], dict[str, FieldState]]:
    """The properties that have a meaning for all of the things, and what the form shows for each."""
    groups: dict[tuple[object, str], list[_Member]] = {}
    for one in members:
        groups.setdefault((type(one.entry), one.entry.id), []).append(one)
    unlike = {key: _unlike(group) for key, group in groups.items()}
    shown = [name for name in offered if all(_has_meaning(name, groups[key], unlike[key]) for key in groups)]
    own = {name for one in members for name in one.entity.properties}
    few = [one for some in unlike.values() for one in some]
    states = {}
    for name in shown:
        values = [one.values[name] for one in few]
        origins = {
            formula_origin(group[0].entry.properties[name], group[0].entry.properties) for group in groups.values()
        }
        mixed = any(value != values[0] for value in values)
        states[name] = FieldState(values[0], name in own, mixed, origins.pop() if len(origins) == 1 else "")
    return tuple(offered[name] for name in shown), states


def _has_meaning(name: str, group: Sequence[_Member], unlike: Sequence[_Member]) -> bool:
    """Whether a property has a meaning for all things of one kind, of which these are unlike one another."""
    when = group[0].entry.properties[name].when
    if when is None:
        return True
    asked = group if asks_for_wires(when) else unlike
    return all(one.values.work_out(when) for one in asked)


def _unlike(group: Sequence[_Member]) -> list[_Member]:
    """Things of one kind without most of those that have the values of another: of thousands, few are left."""
    found: list[tuple[list[Value], _Member]] = []
    for one in group:
        values = [value for name, value in one.values.items() if name != "name"]
        if not any(values == other for other, _member in found[-_COMPARED:]):
            found.append((values, one))
    return [one for _values, one in found]


def _zones(resolution: Resolution, members: Sequence[_Member]) -> FieldState:
    values: list[Value] = [one.zones for one in members]
    origins = {zone_origin(resolution, one.entity) for one in members}
    state = _state([one.own_zones for one in members], values)
    return FieldState(state.value, state.own, state.mixed, origins.pop() if len(origins) == 1 else "")


def _state(own: Sequence[Value], effective: Sequence[Value] | None = None) -> FieldState:
    shown = own if effective is None else effective
    return FieldState(shown[0], own=any(own), mixed=any(value != shown[0] for value in shown))


def _by_collection(members: Iterable[_Member]) -> dict[Collection, tuple[str, ...]]:
    found: dict[Collection, list[str]] = {}
    for one in members:
        found.setdefault(one.collection, []).append(one.entity.id)
    return {collection: tuple(keys) for collection, keys in found.items()}


def _counted_title(members: Sequence[_Member]) -> str:
    count = len(members)
    match {one.collection for one in members}:
        case kinds if len(kinds) > 1:
            return plural("{count} thing", "{count} things", count)
        case kinds if Collection.COMPONENTS in kinds:
            return plural("{count} component", "{count} components", count)
        case kinds if Collection.BOUNDARIES in kinds:
            return plural("{count} boundary", "{count} boundaries", count)
    return tr("{count} connections", count=count)


def _counted(members: Iterable[_Member]) -> str:
    counts = Counter(one.title for one in members)
    return "\n".join(f"{count} × {title}" for title, count in counts.items())  # noqa: RUF001 - a times sign


def _region_zones(resolution: Resolution) -> int:
    region = resolution.catalog.regions.get(resolution.architecture.settings.region)
    return MOST_ZONES if region is None else region.zones
