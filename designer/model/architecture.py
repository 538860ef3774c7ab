"""The document: settings and four keyed collections, changed only by edits, which tells its listeners what changed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType
from typing import cast

from designer.errors import UserError
from designer.language import tr
from designer.model.changes import Changes
from designer.model.edits import Batch, Edit, Put, PutSettings, Rekey, Remove, label_of
from designer.model.entities import COLLECTION_OF, Boundary, Collection, Component, Connection, Entity, Flow, Settings

Listener = Callable[[Changes], None]


class InvalidEdit(UserError):  # noqa: N818 - it names the edit, and every reader catches it by this name
    """The edit would break the architecture (a wire without an end, a boundary inside itself); nothing was changed."""


class Architecture:
    """Settings, components, connections, boundaries and flows, with every reference among them intact."""

    def __init__(self, settings: Settings | None = None) -> None:
        self._settings = settings or Settings()
        self._tables: dict[Collection, dict[str, Entity]] = {collection: {} for collection in Collection}
        self._wires: dict[str, tuple[str, ...]] = {}
        """By a component's id, the ids in order of the connections at it; tuples, which copies share."""
        self._listeners: list[Listener] = []

    @classmethod
    def of(cls, settings: Settings, entities: Iterable[Entity]) -> Architecture:
        """An architecture with this content, in any order. Raises `InvalidEdit` where a reference leads nowhere."""
        made = cls(settings)
        for entity in entities:
            made._tables[COLLECTION_OF[type(entity)]][entity.id] = entity
        wires: dict[str, list[str]] = {}
        for key, wire in sorted(made.connections.items()):
            for end in {wire.source, wire.target}:
                wires.setdefault(end, []).append(key)
        made._wires = {end: tuple(keys) for end, keys in wires.items()}
        for collection in Collection:
            for entity in made._tables[collection].values():
                made._check_references(entity)
        return made

    @property
    def settings(self) -> Settings:
        """What concerns the whole architecture."""
        return self._settings

    @property
    def components(self) -> Mapping[str, Component]:
        """Components by id (a live, read-only view)."""
        return cast(Mapping[str, Component], MappingProxyType(self._tables[Collection.COMPONENTS]))

    @property
    def connections(self) -> Mapping[str, Connection]:
        """Connections by id (a live, read-only view)."""
        return cast(Mapping[str, Connection], MappingProxyType(self._tables[Collection.CONNECTIONS]))

    @property
    def boundaries(self) -> Mapping[str, Boundary]:
        """Boundaries by id (a live, read-only view)."""
        return cast(Mapping[str, Boundary], MappingProxyType(self._tables[Collection.BOUNDARIES]))

    @property
    def flows(self) -> Mapping[str, Flow]:
        """Flows by id (a live, read-only view)."""
        return cast(Mapping[str, Flow], MappingProxyType(self._tables[Collection.FLOWS]))

    def table(self, collection: Collection) -> Mapping[str, Entity]:
        """One of the four collections by its name."""
        return MappingProxyType(self._tables[collection])

    def wires_of(self, component_id: str) -> list[Connection]:
        """The connections that start or end at a component, ordered by id."""
        connections = self.connections
        return [connections[key] for key in self._wires.get(component_id, ())]

    def incoming(self, component_id: str) -> list[Connection]:
        """The connections that end at a component."""
        return [wire for wire in self.wires_of(component_id) if wire.target == component_id]

    def outgoing(self, component_id: str) -> list[Connection]:
        """The connections that start at a component."""
        return [wire for wire in self.wires_of(component_id) if wire.source == component_id]

    def boundaries_around(self, boundary_id: str | None) -> list[Boundary]:
        """The boundary and those around it, innermost first."""
        chain: list[Boundary] = []
        while boundary_id is not None:
            boundary = self.boundaries[boundary_id]
            chain.append(boundary)
            boundary_id = boundary.parent
        return chain

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        """Calls `listener` once per applied edit; the returned function ends the subscription."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def apply(self, edit: Edit) -> Edit:
        """Applies an edit and returns its inverse. Raises `InvalidEdit`, with nothing changed, if it cannot be."""
        changes = Changes(label_of(edit))
        inverse = self._apply(edit, changes)
        try:
            self._check(changes)
        except InvalidEdit:
            self._apply(inverse, Changes(""))
            raise
        if changes:
            for listener in list(self._listeners):
                listener(changes)
        return inverse

    def copy(self) -> Architecture:
        """An independent architecture with the same content and no listeners. Cheap: entities are shared."""
        twin = Architecture(self._settings)
        twin._tables = {collection: dict(table) for collection, table in self._tables.items()}
        twin._wires = dict(self._wires)
        return twin

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Architecture) and self._settings == other._settings and self._tables == other._tables

    __hash__ = None  # type: ignore[assignment]

    def _apply(self, edit: Edit, changes: Changes) -> Edit:
        match edit:
            case Put():
                return self._put(edit.collection, edit.entity, changes)
            case Remove(collection=collection, id=key):
                return self._remove(collection, key, changes)
            case Rekey():
                return self._rekey(edit, changes)
            case PutSettings(settings=settings):
                before, self._settings = self._settings, settings
                changes.note_settings(before, settings)
                return PutSettings(before)
            case Batch(label=label, edits=edits):
                return self._batch(label, edits, changes)

    def _batch(self, label: str, edits: Iterable[Edit], changes: Changes) -> Edit:
        inverses: list[Edit] = []
        try:
            for edit in edits:
                inverses.append(self._apply(edit, changes))  # noqa: PERF401 - what is applied is needed on failure
        except InvalidEdit:
            for inverse in reversed(inverses):
                self._apply(inverse, Changes(""))
            raise
        return Batch(label, tuple(reversed(inverses)))

    def _put(self, collection: Collection, entity: Entity, changes: Changes) -> Edit:
        before = self._store(collection, entity.id, entity)
        changes.note(collection, entity.id, before, entity)
        return Remove(collection, entity.id) if before is None else Put(before)

    def _remove(self, collection: Collection, key: str, changes: Changes) -> Edit:
        if key not in self._tables[collection]:
            raise InvalidEdit(tr("there is no {key!r} among the {collection}", key=key, collection=collection))
        before = self._store(collection, key, None)
        assert before is not None
        changes.note(collection, key, before, None)
        return Put(before)

    def _rekey(self, edit: Rekey, changes: Changes) -> Edit:
        table = self._tables[edit.collection]
        if edit.old not in table:
            raise InvalidEdit(
                tr("there is no {old!r} among the {collection}", old=edit.old, collection=edit.collection)
            )
        if edit.new in table:
            raise InvalidEdit(
                tr("{new!r} is already taken among the {collection}", new=edit.new, collection=edit.collection)
            )
        referring = list(self._referring(edit.collection, edit.old))
        entity = table[edit.old]
        self._remove(edit.collection, edit.old, changes)
        self._put(edit.collection, entity.with_(id=edit.new), changes)
        for collection, holder, fields in referring:
            self._put(collection, holder.with_(**dict.fromkeys(fields, edit.new)), changes)
        changes.note_rename(edit.collection, edit.old, edit.new)
        return Rekey(edit.collection, edit.new, edit.old)

    def _store(self, collection: Collection, key: str, entity: Entity | None) -> Entity | None:
        table = self._tables[collection]
        before = table.get(key)
        if entity is None:
            table.pop(key, None)
        else:
            table[key] = entity
        if collection is Collection.CONNECTIONS:
            self._follow(key, _ends(before), _ends(entity))
        return before

    def _follow(self, wire: str, before: set[str], now: set[str]) -> None:
        """Notes that a connection is at other components."""
        for end in before - now:
            self._wires[end] = tuple(other for other in self._wires[end] if other != wire)
        for end in now - before:
            self._wires[end] = tuple(sorted((*self._wires.get(end, ()), wire)))

    def _referring(self, collection: Collection, key: str) -> Iterable[tuple[Collection, Entity, list[str]]]:
        """Who refers to an entity, and by which fields (a wire from a component to itself does so by two)."""
        if collection is Collection.COMPONENTS:
            for wire in self.wires_of(key):
                fields = [field for field in ("source", "target") if getattr(wire, field) == key]
                yield Collection.CONNECTIONS, wire, fields
            for flow in self.flows.values():
                if flow.entry == key:
                    yield Collection.FLOWS, flow, ["entry"]
        if collection is Collection.BOUNDARIES:
            for component in self.components.values():
                if component.boundary == key:
                    yield Collection.COMPONENTS, component, ["boundary"]
            for boundary in self.boundaries.values():
                if boundary.parent == key:
                    yield Collection.BOUNDARIES, boundary, ["parent"]

    def _check(self, changes: Changes) -> None:
        for collection in Collection:
            for key, before, after in changes.of(collection):
                if after is not None:
                    self._check_references(after)
                elif before is not None:
                    self._check_unused(collection, key)

    def _check_references(self, entity: Entity) -> None:
        match entity:
            case Connection(id=key, source=source, target=target):
                for end in (source, target):
                    if end not in self.components:
                        raise InvalidEdit(
                            tr("connection {key!r} ends at {end!r}, and there is no such component", key=key, end=end)
                        )
            case Component(id=key, boundary=boundary) if boundary is not None and boundary not in self.boundaries:
                raise InvalidEdit(
                    tr(
                        "component {key!r} stands in {boundary!r}, and there is no such boundary",
                        key=key,
                        boundary=boundary,
                    )
                )
            case Flow(id=key, entry=entry) if entry not in self.components:
                raise InvalidEdit(
                    tr("flow {key!r} enters at {entry!r}, and there is no such component", key=key, entry=entry)
                )
            case Boundary():
                self._check_nesting(entity)
            case _:
                return

    def _check_nesting(self, boundary: Boundary) -> None:
        seen = {boundary.id}
        parent = boundary.parent
        while parent is not None:
            if parent not in self.boundaries:
                raise InvalidEdit(
                    tr(
                        "boundary {key!r} stands in {parent!r}, and there is no such boundary",
                        key=boundary.id,
                        parent=parent,
                    )
                )
            if parent in seen:
                raise InvalidEdit(tr("boundary {key!r} would stand inside itself", key=boundary.id))
            seen.add(parent)
            parent = self.boundaries[parent].parent

    def _check_unused(self, collection: Collection, key: str) -> None:
        if collection is Collection.COMPONENTS:
            left = [wire.id for wire in self.wires_of(key)]
            left += [flow.id for flow in self.flows.values() if flow.entry == key]
        elif collection is Collection.BOUNDARIES:
            left = [c.id for c in self.components.values() if c.boundary == key]
            left += [b.id for b in self.boundaries.values() if b.parent == key]
        else:
            left = []
        if left:
            raise InvalidEdit(tr("{key!r} is still used by {names}", key=key, names=", ".join(left)))


def _ends(entity: Entity | None) -> set[str]:
    """The components that a connection is at; none for what is no connection."""
    return {entity.source, entity.target} if isinstance(entity, Connection) else set()
