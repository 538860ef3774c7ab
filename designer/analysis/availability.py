"""Availability of an entry: the probability that it works at a random moment, exact or as labelled bounds."""

import math
from dataclasses import dataclass
from enum import StrEnum

from designer.analysis.bdd import Diagram
from designer.analysis.bounds import bounds
from designer.analysis.budget import LIVE, Budget, BudgetExceeded
from designer.analysis.reduction import FailureDiagram, Reduced, reduce_entry
from designer.analysis.system import System


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

    Exact by single points, closure absorption and a decision diagram (see :mod:`.reduction`); where that takes
    more than the budget, bounds that hold (see :mod:`.bounds`). The bounds take additional time, limited by a
    fixed amount of work. Raises :class:`InvalidSystem` for an unknown entry and :class:`Cancelled` when
    ``budget.should_stop`` says so.
    """
    reduced = reduce_entry(system, entry)
    try:
        return exact(reduced, budget)
    except BudgetExceeded:
        return bounded(reduced, budget)


def exact(reduced: Reduced, budget: Budget) -> Availability:
    """Return the exact availability. Raises :class:`BudgetExceeded` and :class:`Cancelled`."""
    value = single_points_up(reduced) * (1.0 - failure_probability(reduced, Diagram(budget)))
    return Availability(value, True, Method.exact, value, value)


def bounded(reduced: Reduced, budget: Budget) -> Availability:
    """Return bounds of what :func:`reduce_entry` gave for an entry. Raises :class:`Cancelled`."""
    lower, upper = bounds(reduced, budget)
    return Availability(lower, False, Method.bound, lower, upper)


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
