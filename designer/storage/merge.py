"""Three-way merge of architectures: what two people made of one, put together component by component.

Whole entities are the units (a component, a connection, a boundary, a flow), and single keys of the settings. What only
one side has changed is taken from there; what both have changed differently is a conflict, for somebody to decide.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from enum import StrEnum
from typing import Any

from designer.catalog.catalog import Catalog
from designer.language import later, tr
from designer.model.architecture import Architecture
from designer.model.edits import Rekey
from designer.model.entities import Boundary, Collection, Component, Connection, Entity, Flow, Settings

Unit = tuple[Collection | None, str]
"""A collection and an id; `None` and the name of a field for the settings."""

_WORDS = {
    **{"x": later("position"), "y": later("position"), "width": later("size"), "height": later("size")},
    **{"parent": later("boundary"), "source": later("start"), "target": later("end"), "extra": later("unknown keys")},
}
"""What people call fields whose names are for programs."""


_KINDS = {
    Collection.COMPONENTS: later("Component"),
    Collection.CONNECTIONS: later("Connection"),
    Collection.BOUNDARIES: later("Boundary"),
    Collection.FLOWS: later("Flow"),
}


class Side(StrEnum):
    """The two that are merged."""

    MINE = "mine"
    THEIRS = "theirs"


@dataclass(frozen=True, slots=True)
class Conflict:
    """Something that both sides have changed, or that one has removed and the other needs.

    `base`, `mine` and `theirs` are entities, or values of a setting; `None` for what is not there. `usual` is what is
    taken where nobody decides: never a removal, else mine.
    """

    unit: Unit
    base: Any
    mine: Any
    theirs: Any
    usual: Side

    @property
    def title(self) -> str:
        """What it is about: the kind of thing and its name."""
        collection, key = self.unit
        if collection is None:
            return tr("Settings: {key}", key=key)
        entity = self.mine or self.theirs or self.base
        name = getattr(entity, "name", "")
        kind = tr(_KINDS[collection])
        return f"{kind} {key}" if name in ("", key) else f"{kind} {key} ({name})"

    def did(self, side: Side) -> str:
        """What a side did, in words: "removed", "added", "changed name, position"."""
        after = self.mine if side is Side.MINE else self.theirs
        if self.unit[0] is None:
            if self.unit[1] == "decisions":
                after = [made.title for made in after]
            return tr("set to {after!r}", after=after)
        return what_changed(self.base, after)


@dataclass(frozen=True, slots=True)
class Merge:
    """A merge before its conflicts are decided. `notes` say what had to be arranged without asking."""

    catalog: Catalog
    mine: Architecture
    conflicts: tuple[Conflict, ...]
    notes: tuple[str, ...]
    _picks: Mapping[Unit, Any]

    def resolve(self, decisions: Mapping[Unit, Side] | None = None) -> tuple[Architecture, tuple[str, ...]]:
        """The merged architecture, and what had to go or move along with a decision, in words."""
        picks = dict(self._picks)
        for conflict in self.conflicts:
            side = (decisions or {}).get(conflict.unit, conflict.usual)
            picks[conflict.unit] = conflict.mine if side is Side.MINE else conflict.theirs
        settings = {key: value for (collection, key), value in picks.items() if collection is None}
        entities = {unit: entity for unit, entity in picks.items() if unit[0] is not None and entity is not None}
        notes = list(_mend(entities, self))
        return Architecture.of(Settings(**settings), entities.values()), (*self.notes, *notes)


def merge(base: Architecture, mine: Architecture, theirs: Architecture, catalog: Catalog) -> Merge:
    """Merges what `mine` and `theirs` each made of `base`. None of the three is changed."""
    theirs, notes = _apart(base, mine, theirs.copy())
    tables = [_units(one) for one in (base, mine, theirs)]
    picks: dict[Unit, Any] = {}
    conflicts: dict[Unit, Conflict] = {}
    for unit in sorted(set().union(*tables), key=lambda unit: (unit[0] is not None, unit[0] or "", unit[1])):
        was, here, there = (table.get(unit) for table in tables)
        if here == there or there == was:
            picks[unit] = here
        elif here == was:
            picks[unit] = there
        else:
            conflicts[unit] = Conflict(unit, was, here, there, Side.THEIRS if here is None else Side.MINE)
    _keep_what_is_needed(picks, conflicts, tables)
    return Merge(catalog, mine, tuple(conflicts.values()), notes, picks)


def what_changed(before: Entity | None, after: Entity | None) -> str:
    """A change of an entity in words: "added", "removed", or what of it changed."""
    if after is None:
        return tr("removed") if before is not None else tr("not there")
    if before is None:
        return tr("added")
    names: dict[str, None] = {}
    for field in fields(after):
        old, new = getattr(before, field.name), getattr(after, field.name)
        if old == new:
            continue
        if isinstance(new, Mapping) and field.name != "extra":
            names |= dict.fromkeys(key for key in sorted({*old, *new}) if old.get(key) != new.get(key))
        else:
            names[tr(_WORDS[field.name]) if field.name in _WORDS else field.name] = None
    return tr("changed {names}", names=", ".join(names)) if names else tr("unchanged")


def _units(architecture: Architecture) -> dict[Unit, Any]:
    units: dict[Unit, Any] = {
        (None, field.name): getattr(architecture.settings, field.name) for field in fields(Settings)
    }
    for collection in Collection:
        units |= {(collection, key): entity for key, entity in architecture.table(collection).items()}
    return units


def _apart(base: Architecture, mine: Architecture, theirs: Architecture) -> tuple[Architecture, tuple[str, ...]]:
    """Different things that both sides have added under one id stay both: theirs get another id."""
    notes = []
    for collection in (Collection.BOUNDARIES, Collection.COMPONENTS, Collection.CONNECTIONS, Collection.FLOWS):
        before, here = base.table(collection), mine.table(collection)
        for key in sorted(theirs.table(collection).keys() & here.keys() - before.keys()):
            if _nature(here[key]) == _nature(theirs.table(collection)[key]):
                continue
            taken = here.keys() | theirs.table(collection).keys() | before.keys()
            free = next(name for number in range(2, len(taken) + 3) if (name := f"{key[:60]}-{number}") not in taken)
            theirs.apply(Rekey(collection, key, free))
            notes.append(
                tr("both sides added {key!r} for different things: theirs is {free!r} now", key=key, free=free)
            )
    return theirs, tuple(notes)


def _nature(entity: Entity) -> tuple[str, ...]:
    """What makes two entities of one id the same thing."""
    match entity:
        case Connection(source=source, relation=relation, target=target):
            return source, relation, target
        case Component(kind=kind, name=name) | Boundary(kind=kind, name=name):
            return kind, name
        case Flow(name=name):
            return (name,)
    return ()


def _keep_what_is_needed(
    picks: dict[Unit, Any], conflicts: dict[Unit, Conflict], tables: list[dict[Unit, Any]]
) -> None:
    """What one side has removed and the other refers to anew is a conflict; it stays unless decided otherwise."""
    while True:
        now = picks | {unit: _usual(one) for unit, one in conflicts.items()}
        missing = {
            need for unit, entity in now.items() if unit[0] is not None and entity is not None
            for need in _needs(entity) if now.get(need) is None
        }  # fmt: skip
        if not missing:
            return
        for unit in sorted(missing):
            was, here, there = (table.get(unit) for table in tables)
            picks.pop(unit, None)
            conflicts[unit] = Conflict(unit, was, here, there, Side.THEIRS if here is None else Side.MINE)


def _usual(conflict: Conflict) -> Any:
    return conflict.mine if conflict.usual is Side.MINE else conflict.theirs


def _needs(entity: Entity) -> Iterator[Unit]:
    """What an entity refers to."""
    match entity:
        case Connection(source=source, target=target):
            yield Collection.COMPONENTS, source
            yield Collection.COMPONENTS, target
        case Component(boundary=place) | Boundary(parent=place) if place is not None:
            yield Collection.BOUNDARIES, place
        case Flow(entry=entry):
            yield Collection.COMPONENTS, entry


def _mend(entities: dict[Unit, Any], made: Merge) -> Iterator[str]:
    """Lets go or move what a decision leaves without its ends, its place, or its sense."""
    for unit, entity in list(entities.items()):
        place = getattr(entity, "boundary", None) or getattr(entity, "parent", None)
        if place is not None and (Collection.BOUNDARIES, place) not in entities:
            entities[unit] = _placed(entity, _next_place(place, entities, made))
            yield tr("{key!r} moved out of {place!r}, which was removed", key=entity.id, place=place)
    yield from _uncircle(entities, made)
    for unit, entity in list(entities.items()):
        gone = [key for collection, key in _needs(entity) if (collection, key) not in entities]
        if gone:
            del entities[unit]
            yield tr("{key!r} went with {gone!r}, which was removed", key=entity.id, gone=gone[0])
    for unit, entity in list(entities.items()):
        if isinstance(entity, Connection) and not _fits(entity, entities, made.catalog):
            del entities[unit]
            yield tr("the connection {key!r} does not fit what it joins any more, and went", key=entity.id)


def _next_place(place: str, entities: Mapping[Unit, Any], made: Merge) -> str | None:
    """The boundary around one that was removed, as far as mine knows."""
    seen = set()
    now: str | None = place
    while now is not None and now not in seen and (Collection.BOUNDARIES, now) not in entities:
        seen.add(now)
        known = made.mine.boundaries.get(now)
        now = known.parent if known is not None else None
    return None if now in seen else now


def _uncircle(entities: dict[Unit, Any], made: Merge) -> Iterator[str]:
    """Boundaries that each side moved into another until they stand in a circle go back to where mine has them."""
    boundaries = {key: entity for (collection, key), entity in entities.items() if collection is Collection.BOUNDARIES}
    for key, boundary in boundaries.items():
        chain = [key]
        parent = boundary.parent
        while parent is not None and parent not in chain and parent in boundaries:
            chain.append(parent)
            parent = entities[Collection.BOUNDARIES, parent].parent
        if parent != key:
            continue
        mine = made.mine.boundaries.get(key)
        place = mine.parent if mine is not None else None
        if place is not None and (Collection.BOUNDARIES, place) not in entities:
            place = None
        entities[Collection.BOUNDARIES, key] = entities[Collection.BOUNDARIES, key].with_(parent=place)
        yield tr("{key!r} stays where it was: both sides together would put it inside itself", key=key)


def _placed(entity: Entity, place: str | None) -> Entity:
    return entity.with_(parent=place) if isinstance(entity, Boundary) else entity.with_(boundary=place)


def _fits(wire: Connection, entities: Mapping[Unit, Any], catalog: Catalog) -> bool:
    ends = (entities[Collection.COMPONENTS, end].kind for end in (wire.source, wire.target))
    relation = catalog.relations.get(wire.relation)
    return relation is not None and tuple(ends) in relation.pairs
