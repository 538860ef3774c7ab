"""One drawing followed from state to state: what is known of it, and what of that an edit reached."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from designer.analysis.memory import Memory
from designer.analysis.networks import Network, networks
from designer.catalog.catalog import Catalog
from designer.catalog.renewal import renew
from designer.catalog.resolve import Resolution
from designer.model.architecture import Architecture
from designer.model.changes import Changes
from designer.model.edits import Batch, Edit, Put, Remove
from designer.model.entities import Boundary, Collection, Component, Connection, Entity


@dataclass(frozen=True, slots=True)
class Reached:
    """The ids of all components and connections of which anything may be different now, or that are new or gone."""

    components: frozenset[str] = frozenset()
    connections: frozenset[str] = frozenset()

    def __or__(self, other: Reached) -> Reached:
        return Reached(self.components | other.components, self.connections | other.connections)


NOTHING = Reached()


class Kept:
    """A copy of the drawing as far as its meaning goes, with its effective properties and `memory` of its parts.

    `resolution` and `memory` are right for the last state that was followed, whatever lies between two states.
    """

    def __init__(self, architecture: Architecture, catalog: Catalog) -> None:
        self.catalog = catalog
        self.memory = Memory()
        self._seen = _tables(architecture)
        self._own = architecture.copy()
        self.resolution = Resolution(self._own, catalog)
        self._networks: dict[str, Network] = {}

    def follow(self, architecture: Architecture) -> Reached | None:
        """Takes over another state of the drawing, and says what of it is different.

        `None` where everything may be: settings or boundaries are others. Nothing that was known is left then, and a
        new one is to be made.
        """
        if not _are_settings(architecture, self._own):
            return None
        changes = self._changes_to(architecture)
        self._seen = _tables(architecture)
        if not changes:
            return NOTHING
        if not self._networks:
            self._networks = networks(self.resolution)
        self._own.apply(Batch("", tuple(_edits(changes))))
        components = renew(self.resolution, changes)
        return None if components is None else self._forget(components, changes)

    def _changes_to(self, architecture: Architecture) -> Changes:
        """How this state differs from the last one, without what only looks different."""
        changes = Changes("")
        for collection in Collection:
            before, after, found = self._seen[collection], architecture.table(collection), changes.entities[collection]
            for key, entity in after.items():
                old = before.get(key)
                if old is not entity and (old is None or not _mean_the_same(old, entity)):
                    found[key] = old, entity
            found.update((key, (old, None)) for key, old in before.items() if key not in after)
        return changes

    def _forget(self, components: set[str], changes: Changes) -> Reached:
        now = networks(self.resolution)
        for key in {*now, *self._networks}:
            one, other = self._networks.get(key), now.get(key)
            if _without_members(one) != _without_members(other):
                components.update(member for network in (one, other) if network for member in network.members)
        self._networks = now
        wires = {wire.id for key in components for wire in self._own.wires_of(key)}
        wires.update(changes.entities[Collection.CONNECTIONS])
        self.memory.forget(components, wires)
        return Reached(frozenset(components), frozenset(wires))


def _tables(architecture: Architecture) -> Mapping[Collection, Mapping[str, Entity]]:
    return {collection: dict(architecture.table(collection)) for collection in Collection}


def _edits(changes: Changes) -> Iterator[Edit]:
    """Edits that make the changes, in an order in which nothing is ever missing at the end."""
    for collection in Collection:
        for key, _before, after in changes.of(collection):
            yield Remove(collection, key) if after is None else Put(after)


def _are_settings(one: Architecture, other: Architecture) -> bool:
    first, second = one.settings, other.settings
    return first is second or (first == second and repr(first.properties) == repr(second.properties))


def _mean_the_same(one: Entity, other: Entity) -> bool:
    """Whether nobody who looks at the meaning sees a difference; the numbers 1 and 1.0 are written differently."""
    return _meaning(one) == _meaning(other) and _written(one) == _written(other)


def _written(entity: Entity) -> Mapping[str, str]:
    return {name: repr(value) for name, value in entity.properties.items()}


def _meaning(entity: Entity) -> Entity:
    """An entity without where it is drawn, and without comments in the file."""
    match entity:
        case Component():
            return entity.with_(x=0, y=0, note="", comments=())
        case Boundary():
            return entity.with_(x=0, y=0, width=0, height=0, note="", comments=())
        case Connection():
            return entity.with_(via=(), comments=())
        case _:
            return entity.with_(comments=())


def _without_members(network: Network | None) -> Network | None:
    return None if network is None else replace(network, members=())
