"""Availability of an entry: the probability that it works at a random moment, exact or as labelled bounds."""

import math
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from designer.analysis.bdd import Diagram
from designer.analysis.bounds import bounds
from designer.analysis.budget import LIVE, Budget, BudgetExceeded
from designer.analysis.reduction import FailureDiagram, Reduced, reduce_entry
from designer.analysis.sweep import Swept, sweep
from designer.analysis.system import System

EXACT_WITHIN = 2e-13
"""What a sweep may leave undecided and still be called exact: less than the arithmetic is precise to."""


class Method(StrEnum):
    """How an availability was found."""

    exact = "exact"
    bound = "bound"


@dataclass(frozen=True, slots=True)
class Availability:
    """A probability, 0 to 1 without unit.

    When ``exact``, ``value``, ``lower`` and ``upper`` are equal, up to rounding of the floating point arithmetic.
    Otherwise the true availability lies between ``lower`` and ``upper``, and ``value`` is ``lower``: at least
    this much is certain.
    """

    value: float
    exact: bool
    method: Method
    lower: float
    upper: float


def availability(system: System, entry: str, budget: Budget = LIVE) -> Availability:
    """Return the availability of ``entry``, all events being independent.

    Exact by single points, closure absorption (see :mod:`.reduction`) and a sweep (see :mod:`.sweep`) or a decision
    diagram; where that takes more than the budget, bounds that hold (see :mod:`.bounds`). The bounds take additional
    time, limited by a fixed amount of work. Raises :class:`InvalidSystem` for an unknown entry and
    :class:`Cancelled` when ``budget.should_stop`` says so.
    """
    return measured(reduce_entry(system, entry), budget)


def measured(reduced: Reduced, budget: Budget, alone: Callable[[], Reduced] | None = None) -> Availability:
    """Return the availability of what was left of an entry, exact or as bounds. Raises :class:`Cancelled`.

    Bounds are quicker on what the entry alone reaches, which ``alone`` gives. Without seconds in the budget the
    result depends on nothing but the system and the nodes allowed.
    """
    swept = Swept(0.0, 1.0, 0)
    try:
        swept = sweep(reduced, budget)
        return _exactly(reduced, swept.least if swept.dropped <= EXACT_WITHIN else _by_diagram(reduced, budget))
    except BudgetExceeded:
        lower, upper = bounds(reduced if alone is None else alone(), budget)
    up = single_points_up(reduced)
    lower, upper = max(lower, up * (1.0 - swept.least - swept.dropped)), min(upper, up * (1.0 - swept.least))
    return Availability(lower, False, Method.bound, lower, max(lower, upper))


def exact(reduced: Reduced, budget: Budget) -> Availability:
    """Return the exact availability. Raises :class:`BudgetExceeded` and :class:`Cancelled`."""
    swept = sweep(reduced, budget)
    return _exactly(reduced, swept.least if swept.dropped <= EXACT_WITHIN else _by_diagram(reduced, budget))


def _by_diagram(reduced: Reduced, budget: Budget) -> float:
    return failure_probability(reduced, Diagram(budget))


def _exactly(reduced: Reduced, failure: float) -> Availability:
    value = single_points_up(reduced) * (1.0 - failure)
    return Availability(value, True, Method.exact, value, value)


def failure_probability(reduced: Reduced, diagram: Diagram) -> float:
    """Return the probability that the entry fails although no single point is down.

    Raises :class:`BudgetExceeded` and :class:`Cancelled`.
    """
    function = FailureDiagram(reduced, diagram).failure()
    return diagram.probability(function, [reduced.part.unavailability[event] for event in reduced.order])


def single_points_up(reduced: Reduced) -> float:
    """Return the probability that no single point is down."""
    # In the order of the factors, so that rounding does not depend on how events are numbered.
    return math.prod(sorted(1.0 - reduced.part.unavailability[event] for event in reduced.single))
