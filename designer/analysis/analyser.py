"""An analysis that is kept up to date through edits: what an edit cannot have reached is not worked out again."""

from __future__ import annotations

from designer.analysis.analyse import conclude
from designer.analysis.budget import LIVE, Budget
from designer.analysis.findings import Analysis
from designer.analysis.graph_rules.context import Context
from designer.analysis.kept import NOTHING, Kept
from designer.analysis.rules import RuleBook, load_rules
from designer.catalog.catalog import Catalog
from designer.model.architecture import Architecture


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
    """A drawing that is followed, and what was said of it last."""

    def __init__(self, architecture: Architecture, catalog: Catalog, book: RuleBook) -> None:
        self.book = book
        self._kept = Kept(architecture, catalog)
        self._last: tuple[tuple[int, float | None], Analysis] | None = None

    def follow(self, architecture: Architecture) -> bool:
        """Takes over another state of the drawing; false where nothing of what is known would be left."""
        reached = self._kept.follow(architecture)
        if reached is not NOTHING:
            self._last = None
        return reached is not None

    def analysis(self, budget: Budget, *, hasty: bool) -> Analysis:
        """What there is to say of this state."""
        limits = (budget.nodes, budget.seconds)
        if self._last is not None and self._last[0] == limits and (hasty or not self._last[1].pending):
            return self._last[1]
        found = conclude(Context(self._kept.resolution, self.book, budget, self._kept.memory, hasty=hasty))
        self._last = (limits, found)
        return found
