"""Importance of every event for the unavailability of an entry.

With F the probability that the entry is down, q that of the event, F(1) and F(0) what F becomes when the event is
certainly down or never down. Names and formulas as in W. Vesely et al., "Measures of risk importance and their
applications", NUREG/CR-3385, 1983, and in fault-tree tools.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from designer.analysis.availability import single_points_up
from designer.analysis.bdd import Diagram
from designer.analysis.budget import THOROUGH, Budget
from designer.analysis.reduction import FailureDiagram, Reduced, reduce_entry
from designer.analysis.system import System

_ROUNDING = 1e-15


@dataclass(frozen=True, slots=True)
class Importance:
    """Five measures of one event, and what its removal would gain.

    * ``birnbaum``: dF/dq = F(1) - F(0), the probability that the event decides.
    * ``gain``: q x birnbaum = F - F(0), the unavailability saved if the event never happened. Ranks fixes.
    * ``criticality``: gain / F.
    * ``fussell_vesely``: q x F(1) / F, the probability that the event is down while the entry is (in some tools
      the diagnostic importance factor).
    * ``risk_achievement``: F(1) / F, how many times worse when the event is certain (RAW).
    * ``risk_reduction``: F / F(0), how many times better without the event (RRW); infinite when only it matters.

    The four ratios are None when F is 0.
    """

    event: str
    birnbaum: float
    gain: float
    criticality: float | None
    fussell_vesely: float | None
    risk_achievement: float | None
    risk_reduction: float | None


def importance(system: System, entry: str, budget: Budget = THOROUGH) -> dict[str, Importance]:
    """Return the importance of every event that ``entry`` can meet, largest gain first, then by id.

    Exact: one pass up and one down the decision diagram. Events that cannot matter have importance 0.
    Raises :class:`InvalidSystem`, :class:`BudgetExceeded` (there is no estimate) and :class:`Cancelled`.
    """
    reduced = reduce_entry(system, entry)
    unavailable, slopes = _slopes(reduced, budget)
    measures = [
        _measures(event, q, slope, unavailable)
        for event, q, slope in zip(reduced.part.events, reduced.part.unavailability, slopes, strict=True)
    ]
    measures.sort(key=lambda measure: (-measure.gain, measure.event))
    return {measure.event: measure for measure in measures}


def _slopes(reduced: Reduced, budget: Budget) -> tuple[float, list[float]]:
    """Return F and dF/dq of every event by number: F = 1 - prod(1 - q(single)) x (1 - F')."""
    diagram = Diagram(budget)
    function = FailureDiagram(reduced, diagram).failure()
    q = reduced.part.unavailability
    rest, rest_slopes = diagram.derivatives(function, [q[event] for event in reduced.order])
    up = single_points_up(reduced)
    slopes = [0.0] * len(reduced.part.events)
    for event, slope in zip(reduced.order, rest_slopes, strict=True):
        slopes[event] = up * slope
    single = sorted(reduced.single)
    for event, others in zip(single, _products_of_others([1.0 - q[event] for event in single]), strict=True):
        slopes[event] = others * (1.0 - rest)
    return _either(1.0 - up, rest, [q[event] for event in single]), slopes


def _either(single_down: float, rest: float, single: Sequence[float]) -> float:
    """Return the probability that a single point is down or the rest fails, without losing small numbers."""
    if all(q < 1.0 for q in single):
        single_down = -math.expm1(math.fsum(math.log1p(-q) for q in single))
    return single_down + (1.0 - single_down) * rest


def _products_of_others(factors: Sequence[float]) -> list[float]:
    """Return for each position the product of all other factors, without dividing (a factor may be 0)."""
    products = [1.0] * len(factors)
    before = 1.0
    for position, factor in enumerate(factors):
        products[position] = before
        before *= factor
    after = 1.0
    for position in range(len(factors) - 1, -1, -1):
        products[position] *= after
        after *= factors[position]
    return products


def _measures(event: str, q: float, birnbaum: float, unavailable: float) -> Importance:
    gain = q * birnbaum
    if unavailable == 0.0:
        return Importance(event, birnbaum, gain, None, None, None, None)
    certain = unavailable + (1.0 - q) * birnbaum
    never = unavailable - gain
    if never <= _ROUNDING * unavailable:
        never = 0.0
    return Importance(
        event=event,
        birnbaum=birnbaum,
        gain=gain,
        criticality=gain / unavailable,
        fussell_vesely=q * certain / unavailable,
        risk_achievement=certain / unavailable,
        risk_reduction=unavailable / never if never > 0.0 else math.inf,
    )
