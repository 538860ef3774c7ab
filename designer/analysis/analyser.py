"""An analysis that is kept up to date through edits: what an edit cannot have reached is not worked out again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from designer.analysis.analyse import conclude
from designer.analysis.budget import LIVE, Budget
from designer.analysis.findings import Analysis
from designer.analysis.graph_rules.context import Context
from designer.analysis.memory import Memory
from designer.analysis.networks import Network, networks
from designer.analysis.rules import RuleBook, load_rules
from designer.catalog.catalog import Catalog
from designer.catalog.renewal import renew
from designer.catalog.resolve import Resolution
from designer.model.architecture import Architecture
from designer.model.changes import Changes
from designer.model.edits import Batch, Edit, Put, PutSettings, Remove
from designer.model.entities import Boundary, Collection, Component, Entity


class Analyser:
    """Analyses the states of one drawing one after the other.

    Each result equals that of :func:`analyse` on the same state, but for availabilities that a clock limits. It makes
    no difference what lies between two states: one edit, many, or none. Not to be used by two threads at a time.
    """

    def __init__(self, catalog: Catalog) -> None:
        self._catalog = catalog
        self._state: _State | None = None

    def analyse(
        self, architecture: Architecture, budget: Budget = LIVE, *, rules: RuleBook | None = None, hasty: bool = False
    ) -> Analysis:
        """The analysis of a state of the drawing, by the built-in rules where none are given.

        A `hasty` one does not wait for exact availabilities: it leaves those that take more than a moment as they were
        and marks them as pending. Raises `Cancelled` when `budget.should_stop` says so; what was worked out until then
        is kept for the next call.
        """
        state, self._state = self._state, None  # an error on the way leaves nothing half renewed behind
        book = rules or load_rules(self._catalog)
        if state is None or state.book is not book or not state.follow(architecture):
            state = _State(architecture, self._catalog, book)
        self._state = state
        return state.analysis(budget, hasty=hasty)


class _State:
    """A copy of the drawing as far as the analysis looks at it, with all that is known of it."""

    def __init__(self, architecture: Architecture, catalog: Catalog, book: RuleBook) -> None:
        self.book = book
        self._seen = _tables(architecture)
        self._settings = architecture.settings
        self._own = architecture.copy()
        self._resolution = Resolution(self._own, catalog)
        self._memory = Memory()
        self._networks: dict[str, Network] = {}
        self._last: tuple[tuple[int, float | None], Analysis] | None = None

    def follow(self, architecture: Architecture) -> bool:
        """Takes over another state of the drawing; false where nothing of what is known would be left."""
        edits = list(self._edits_to(architecture))
        self._seen, self._settings = _tables(architecture), architecture.settings
        if not edits:
            return True
        self._last = None
        batches: list[Changes] = []
        unsubscribe = self._own.subscribe(batches.append)
        self._own.apply(Batch("", tuple(edits)))
        unsubscribe()
        return all(self._take(changes) for changes in batches)

    def analysis(self, budget: Budget, *, hasty: bool) -> Analysis:
        """What there is to say of this state."""
        limits = (budget.nodes, budget.seconds)
        if self._last is not None and self._last[0] == limits and (hasty or not self._last[1].pending):
            return self._last[1]
        context = Context(self._resolution, self.book, budget, self._memory, hasty=hasty)
        self._networks = context.networks
        found = conclude(context)
        self._last = (limits, found)
        return found

    def _edits_to(self, architecture: Architecture) -> list[Edit]:
        """What leads from the last state to this one, without what only looks different."""
        edits: list[Edit] = []
        if architecture.settings is not self._settings and architecture.settings != self._settings:
            edits.append(PutSettings(architecture.settings))
        for collection in Collection:
            before, after = self._seen[collection], architecture.table(collection)
            for key, entity in after.items():
                old = before.get(key)
                if old is not entity and (old is None or _meaning(old) != _meaning(entity)):
                    edits.append(Put(entity))
            edits += [Remove(collection, key) for key in before if key not in after]
        return edits

    def _take(self, changes: Changes) -> bool:
        touched = renew(self._resolution, changes)
        if touched is None:
            return False
        now = networks(self._resolution)
        for key in {*now, *self._networks}:
            one, other = self._networks.get(key), now.get(key)
            if _without_members(one) != _without_members(other):
                touched.update(member for network in (one, other) if network is not None for member in network.members)
        wires = {wire.id for key in touched for wire in self._own.wires_of(key)}
        self._memory.forget(touched, wires.union(changes.entities[Collection.CONNECTIONS]))
        return True


def _tables(architecture: Architecture) -> Mapping[Collection, Mapping[str, Entity]]:
    return {collection: dict(architecture.table(collection)) for collection in Collection}


def _meaning(entity: Entity) -> Entity:
    """An entity without what the analysis does not look at: where it is drawn, and comments in the file."""
    match entity:
        case Component():
            return entity.with_(x=0, y=0, note="", comments=())
        case Boundary():
            return entity.with_(x=0, y=0, width=0, height=0, note="", comments=())
        case _:
            return entity.with_(comments=())


def _without_members(network: Network | None) -> Network | None:
    return None if network is None else replace(network, members=())
