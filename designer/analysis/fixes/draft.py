"""A copy of a drawing that a fix tries its changes on; what comes out is the difference, as one edit."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from designer.analysis.fixes.places import below_all, free_place, with_row
from designer.catalog.catalog import Catalog
from designer.catalog.check import check_value
from designer.catalog.entries import Property
from designer.catalog.resolve import Resolution
from designer.model.architecture import Architecture
from designer.model.edits import Batch, Edit, Put, PutSettings, Remove
from designer.model.entities import Boundary, Collection, Component, Connection, Entity, Properties, Value
from designer.model.names import unique, wire_id
from designer.model.operations import new_component

_ORDER_OF_REMOVAL = (Collection.CONNECTIONS, Collection.FLOWS, Collection.COMPONENTS, Collection.BOUNDARIES)
_ORDER_OF_PUTTING = (Collection.BOUNDARIES, Collection.COMPONENTS, Collection.CONNECTIONS, Collection.FLOWS)


class Refused(Exception):  # noqa: N818 - an expected outcome: the fix does not fit this drawing
    """The fix cannot be made here: the catalog has no such wire, a value does not fit, or nothing would change."""


class Draft:
    """A drawing being mended. The original is never touched."""

    def __init__(self, architecture: Architecture, catalog: Catalog, resolution: Resolution | None = None) -> None:
        self.original, self.catalog = architecture, catalog
        self.architecture = architecture.copy()
        # What is asked before the first change is known already.
        self._resolution = resolution

    @property
    def resolution(self) -> Resolution:
        """The effective properties as they are now."""
        if self._resolution is None:
            self._resolution = Resolution(self.architecture, self.catalog)
        return self._resolution

    def put(self, entity: Entity) -> None:
        """Adds an entity, or puts it in the place of the one with its id."""
        self._apply(Put(entity))

    def add(
        self,
        kind: str,
        name: str,
        near: tuple[Component, ...],
        *,
        boundary: str | None = None,
        properties: Properties | None = None,
        zones: tuple[str, ...] = (),
    ) -> Component:
        """A new component in a free place in the middle of others, with a free id and name."""
        made = new_component(self.architecture, kind, name, self._place(near, boundary), boundary=boundary)
        made = made.with_(properties=dict(properties or {}), zones=zones)
        self.put(made)
        return made

    def move_into(self, component: Component, boundary: str | None) -> None:
        """Puts a component into a boundary (out of all: `None`), and its card into a free place there."""
        away = component.with_(boundary=boundary)
        x, y = self._place((component,), boundary)
        self.put(away.with_(x=x, y=y))

    def _place(self, near: tuple[Component, ...], boundary: str | None) -> tuple[int, int]:
        found = free_place(self.architecture, near, boundary)
        if found is None and boundary is not None:
            for entity in list(with_row(self.architecture, boundary)):
                self.put(entity)
            found = free_place(self.architecture, near, boundary)
        return found or below_all(self.architecture, near)

    def connect(
        self, source: str, target: str, relation: str, properties: Properties | None = None, *, key: str | None = None
    ) -> Connection:
        """A new wire, or the wire `key` led anew. Raises `Refused` where the catalog has none between these kinds.

        Of `properties` those are kept that the relation has.
        """
        ends = (self.architecture.components[source].kind, self.architecture.components[target].kind)
        found = self.catalog.relations.get(relation)
        if found is None or ends not in found.pairs:
            raise Refused(f"there is no wire {relation!r} from {ends[0]} to {ends[1]}")
        kept = {name: value for name, value in (properties or {}).items() if name in found.properties}
        old = self.architecture.connections.get(key) if key is not None else None
        if old is not None:
            wire = old.with_(source=source, target=target, relation=relation, properties=kept)
        else:
            free = unique(wire_id(source, target), self.architecture.connections)
            wire = Connection(id=free, source=source, target=target, relation=relation, properties=kept)
        self.put(wire)
        return wire

    def remove_wire(self, key: str) -> None:
        """Takes a wire away."""
        self._apply(Remove(Collection.CONNECTIONS, key))

    def remove_component(self, key: str) -> None:
        """Takes a component without wires away."""
        self._apply(Remove(Collection.COMPONENTS, key))

    def set_properties(self, entity: Entity, declared: Mapping[str, Property], values: Mapping[str, Value]) -> None:
        """Sets properties of an entity, `None` for the default. Raises `Refused` for one that it cannot take."""
        for name, value in values.items():
            self._check(declared, name, value)
            entity = entity.with_property(name, value)
        self.put(entity)

    def set_settings(self, values: Mapping[str, Value]) -> None:
        """Sets properties of the whole architecture."""
        settings = self.architecture.settings
        kept = dict(settings.properties)
        for name, value in values.items():
            self._check(self.catalog.architecture.properties, name, value)
            kept.pop(name, None)
            if value is not None:
                kept[name] = value
        self._apply(PutSettings(settings.with_(properties=kept)))

    def set_zones(self, zones: tuple[str, ...]) -> None:
        """The zones of the whole architecture."""
        self._apply(PutSettings(self.architecture.settings.with_(zones=zones)))

    def batch(self, label: str) -> Batch:
        """Everything that differs from the original. Raises `Refused` when nothing does."""
        edits = tuple(self._differences())
        if not edits:
            raise Refused("nothing would change")
        return Batch(label, edits)

    def size(self) -> int:
        """How many things are put or removed; what only made room on the drawing does not count."""
        return sum(not self._only_moved(edit) for edit in self._differences())

    def touched(self) -> tuple[str, ...]:
        """The ids of the components that are new, changed or gone, and of those at the ends of changed wires."""
        found: dict[str, None] = {}
        for edit in self._differences():
            match edit:
                case Put(entity=Component(id=key)) if not self._only_moved(edit):
                    found[key] = None
                case Remove(collection=Collection.COMPONENTS, id=key):
                    found[key] = None
                case Put(entity=Connection(source=source, target=target)):
                    found.update({source: None, target: None})
        return tuple(found)

    def only_properties_of(self) -> tuple[str, ...] | None:
        """The ids of the components that differ, where nothing but their properties does; else `None`."""
        found = []
        for edit in self._differences():
            old = self.original.components.get(edit.entity.id) if isinstance(edit, Put) else None
            if old is None or not isinstance(edit, Put) or edit.entity != old.with_(properties=edit.entity.properties):
                return None
            found.append(old.id)
        return tuple(found)

    def kinds_changed(self) -> tuple[dict[str, int], dict[str, int]]:
        """How many components of each kind there are more, and how many fewer."""
        before = Counter(component.kind for component in self.original.components.values())
        after = Counter(component.kind for component in self.architecture.components.values())
        return dict(sorted((after - before).items())), dict(sorted((before - after).items()))

    def _only_moved(self, edit: Edit) -> bool:
        if not isinstance(edit, Put):
            return False
        before = self.original.table(edit.collection).get(edit.entity.id)
        match before, edit.entity:
            case Component() as old, Component() as new:
                return old.with_(x=new.x, y=new.y) == new
            case Boundary() as old, Boundary() as new:
                return old.with_(x=new.x, y=new.y, width=new.width, height=new.height) == new
            case _:
                return False

    def _check(self, declared: Mapping[str, Property], name: str, value: Value) -> None:
        prop = declared.get(name)
        if prop is None:
            raise Refused(f"there is no property {name!r} here")
        problem = check_value(prop, value)
        if problem is not None:
            raise Refused(f"{name}: {problem}")

    def _apply(self, edit: Edit) -> None:
        self.architecture.apply(edit)
        self._resolution = None

    def _differences(self) -> Iterable[Edit]:
        if self.architecture.settings != self.original.settings:
            yield PutSettings(self.architecture.settings)
        for collection in _ORDER_OF_PUTTING:
            before, after = self.original.table(collection), self.architecture.table(collection)
            yield from (Put(entity) for key, entity in after.items() if before.get(key) != entity)
        for collection in _ORDER_OF_REMOVAL:
            before, after = self.original.table(collection), self.architecture.table(collection)
            yield from (Remove(collection, key) for key in before if key not in after)
