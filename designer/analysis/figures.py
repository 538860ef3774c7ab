"""The availability of flows in each mode: exact while that is affordable, else bounds; figures of contracts besides.

The cheap part of the work, single points and required nodes, is one pass for all flows. The expensive part, a decision
diagram, is done again only where what is left after that pass is different from what it was before the last edit.
"""

from __future__ import annotations

import math
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from designer.analysis.availability import (
    Availability,
    Method,
    exact,
    failure_probability,
    measured,
    single_points_up,
)
from designer.analysis.bdd import Diagram
from designer.analysis.budget import Budget, BudgetExceeded
from designer.analysis.dependency import Parts, system
from designer.analysis.findings import FlowAvailability
from designer.analysis.memory import Memory
from designer.analysis.reduction import Reduced, reduce_entry
from designer.analysis.survey import Survey
from designer.analysis.system import System
from designer.analysis.wiring import Reach
from designer.model.entities import Flow, Mode

if TYPE_CHECKING:
    from designer.analysis.flows import Studies

MOST_EXACT_NODES = 5_000
"""Once the flows looked at have so many members in all, the availability of further ones is only bounded."""

MOST_CONTRACT_NODES = 2_000
"""Size of the decision diagram for figures of contracts, which nobody needs to the last digit."""

NEGLIGIBLE = 1e-9
"""A difference of availabilities that no figure here is precise enough to show."""

HASTY_SECONDS = 0.004
"""So long all exact figures together may take in a hasty study: a quarter of what a frame lasts."""

MOST_BUDGETS = 8
"""So many times the work of one exact figure is given to all flows together; of more flows each has less."""


@dataclass(frozen=True, slots=True)
class _Figure:
    """An availability with what it was worked out from, under which limits, and how long that took."""

    content: tuple[object, ...]
    limits: tuple[int, float | None]
    found: Availability
    seconds: float


class Figures:
    """Availabilities of one drawing's flows."""

    def __init__(
        self, studies: Studies, flows: Sequence[Flow], budget: Budget, memory: Memory, *, hasty: bool = False
    ) -> None:
        self.studies, self.wiring, self.memory, self.hasty = studies, studies.wiring, memory, hasty
        self._budget = replace(budget, nodes=_share(budget.nodes, len(flows)))
        self.limits = (self._budget.nodes, budget.seconds)
        self.sizes: list[int] = []
        self.coarse: list[bool] = []
        self._flows = [flow for flow in flows if flow.id not in memory.flows]
        self._seen = 0
        self._left = HASTY_SECONDS
        self._systems: dict[tuple[Mode, bool], System] = {}
        self._surveys: dict[tuple[Mode, bool], Survey] = {}

    def would_be_coarse(self, sizes: Iterable[int]) -> Iterator[bool]:
        """Whether flows of these sizes, coming next, would only get rough bounds."""
        seen = self._seen
        for size in sizes:
            seen += size
            yield seen > MOST_EXACT_NODES

    def look_at(self, sizes: Iterable[int]) -> None:
        """Counts flows of these sizes as looked at."""
        for size in sizes:
            self._seen += size
            self.sizes.append(size)
            self.coarse.append(self._seen > MOST_EXACT_NODES)

    def reach(self, entry: str, mode: Mode) -> Reach:
        """What is reached from an entry."""
        return self.wiring.reach([entry], mode)

    def survey(self, mode: Mode, entry: str, *, contract: bool = False) -> Survey:
        """The pass over a mode, for all flows of which nothing is known yet."""
        found = self._surveys.get((mode, contract))
        if found is None or entry not in found.number:
            entries = dict.fromkeys([entry, *(flow.entry for flow in self._flows)])
            found = self._surveys[mode, contract] = Survey(self._system(mode, entries, contract=contract), entries)
        return found

    def availability(self, entry: str, mode: Mode) -> FlowAvailability:
        """The figures of one entry in one mode."""
        reach, parts = self.reach(entry, mode), self.studies.parts
        self.look_at([len(reach.components)])
        found, pending = self._structural(entry, mode)
        slack = math.fsum(parts.slack.get(key, 0.0) for key in reach.components) if parts.slack else 0.0
        return FlowAvailability(
            structural=found.value,
            exact=found.exact and slack < NEGLIGIBLE,
            lower=found.lower,
            upper=min(1.0, found.upper + slack),
            contract=self._contract(entry, mode),
            unmodelled=tuple(sorted(parts.unmodelled.intersection(reach.components))),
            pending=pending,
        )

    def _system(self, mode: Mode, entries: Iterable[str], *, contract: bool) -> System:
        parts = self.studies.contract if contract else self.studies.parts
        known = self.memory.of_components(f"nodes {mode} {contract}")
        found = self._systems[mode, contract] = system(parts, self.wiring, mode, entries, known)
        return found

    def _structural(self, entry: str, mode: Mode) -> tuple[Availability, bool]:
        """The availability, and whether the exact one is still to come."""
        survey = self.survey(mode, entry)
        if self.coarse[-1]:
            return _coarse(survey, entry, self.studies.parts, self.reach(entry, mode)), False
        reduced = survey.reduced(entry)
        content = _content(reduced, survey.model)
        key = ("structural", entry, mode)
        known: _Figure | None = self.memory.figures.get(key)
        same = known is not None and known.content == content
        if known is not None and same and known.limits == self.limits:
            return known.found, False
        started = time.perf_counter()
        try:
            # What took long before the edit will take long after it.
            if self.hasty and known is not None and known.seconds > self._left:
                raise BudgetExceeded("there is no time for it now")
            found = self._in_haste(reduced) if self.hasty else self._at_leisure(reduced, survey, entry)
        except BudgetExceeded:
            rough = _coarse(survey, entry, self.studies.parts, self.reach(entry, mode))
            return (rough if known is None else known.found), True
        seconds = time.perf_counter() - started if found.exact else math.inf
        self.memory.figures[key] = _Figure(content, self.limits, found, seconds)
        return found, False

    def _at_leisure(self, reduced: Reduced, survey: Survey, entry: str) -> Availability:
        return measured(reduced, self._budget, lambda: reduce_entry(survey.model, entry))

    def _in_haste(self, reduced: Reduced) -> Availability:
        """The exact availability, from the time that all figures have together. The clock decides when it comes, and
        never what it is."""
        if self._left <= 0.0:
            raise BudgetExceeded("the time for exact figures is used up")
        started = time.perf_counter()
        try:
            return exact(reduced, replace(self._budget, seconds=self._left))
        finally:
            self._left -= time.perf_counter() - started

    def _contract(self, entry: str, mode: Mode) -> float:
        """What the agreements allow at least: exact while it is little work, else as if no alternative existed."""
        reach, parts = self.reach(entry, mode), self.studies.contract
        chosen = not self.coarse[-1] and any(self.wiring.has_alternatives(key) for key in reach.full)
        if not chosen:
            return _all_needed(parts, reach)
        survey = self.survey(mode, entry, contract=True)
        reduced = survey.reduced(entry)
        content = _content(reduced, survey.model)
        key = ("contract", entry, mode)
        known: tuple[tuple[object, ...], float] | None = self.memory.figures.get(key)
        if known is not None and known[0] == content:
            return known[1]
        try:
            # Limited by size alone, so that the figure does not depend on the machine.
            small = Budget(MOST_CONTRACT_NODES, None, self._budget.should_stop)
            value = single_points_up(reduced) * (1.0 - failure_probability(reduced, Diagram(small)))
        except BudgetExceeded:
            value = _all_needed(parts, reach)
        self.memory.figures[key] = (content, value)
        return value


def _share(nodes: int, flows: int) -> int:
    """What one of so many flows may take. It changes with the next power of two only: what is known stays of use."""
    return max(1, nodes * MOST_BUDGETS // max(MOST_BUDGETS, 1 << max(0, flows - 1).bit_length()))


def _all_needed(parts: Parts, reach: Reach) -> float:
    events = {event for key in reach.components for event in parts.anatomies[key].events}
    return math.prod(1.0 - parts.events[event].unavailability for event in sorted(events))


def _content(reduced: Reduced, model: System) -> tuple[object, ...]:
    """Everything that the availability of a reduced entry depends on, for comparing it with what it was."""
    part = reduced.part
    return (
        tuple(model.nodes[part.nodes[number]] for number in reduced.nodes),
        tuple(part.nodes[number] for number in reduced.required),
        tuple((part.events[event], part.unavailability[event]) for event in reduced.order),
        tuple(sorted((part.events[event], part.unavailability[event]) for event in reduced.single)),
    )


def _coarse(survey: Survey, entry: str, parts: Parts, reach: Reach) -> Availability:
    """Bounds in one pass: all events up is enough, and the single points up is necessary."""
    anatomies = [parts.anatomies[key] for key in reach.components]
    events = {event for one in anatomies for event in one.events}
    events.update(event for one in anatomies for replica in one.replicas for event in replica)
    lower = math.prod(1.0 - parts.events[event].unavailability for event in sorted(events))
    alone = survey.single_events(entry)
    upper = math.prod(1.0 - parts.events[event].unavailability for event in sorted(alone))
    return Availability(min(lower, upper), lower == upper, Method.bound, min(lower, upper), upper)
