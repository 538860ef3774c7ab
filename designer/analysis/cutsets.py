"""Minimal cut sets: smallest sets of events that together stop an entry."""

from dataclasses import dataclass

from designer.analysis.bdd import FALSE, TRUE, Diagram
from designer.analysis.bounds import cut_pairs
from designer.analysis.budget import THOROUGH, Budget, BudgetExceeded, Meter
from designer.analysis.reduction import FailureDiagram, Reduced, reduce_entry
from designer.analysis.system import System

MOST_ORDER = 3
"""Largest cut sets listed: the number of larger ones grows beyond use."""

_VISITS_PER_NODE = 20
"""So many nodes can be passed, once for each event, in the time that a node of a decision diagram takes."""

_Cuts = frozenset[tuple[int, ...]]
_NOTHING: _Cuts = frozenset()
_EMPTY: _Cuts = frozenset({()})


@dataclass(frozen=True, slots=True)
class CutSets:
    """Minimal cut sets as sorted event ids, shortest first, then by id.

    All of up to ``complete_to`` events are there and no others; when the budget did not suffice this is lower than
    the order asked for.
    """

    sets: tuple[tuple[str, ...], ...]
    complete_to: int


def minimal_cut_sets(system: System, entry: str, max_order: int = MOST_ORDER, budget: Budget = THOROUGH) -> CutSets:
    """Return all minimal cut sets of ``entry`` of up to ``max_order`` (1 to 3) events.

    Read off the decision diagram (A. Rauzy, "New algorithms for fault trees analysis", 1993), cut off at the
    order. Beyond the budget: the single points, and the pairs if one pass per event is affordable.
    Raises :class:`InvalidSystem`, :class:`Cancelled`, and ValueError for another order.
    """
    if not 1 <= max_order <= MOST_ORDER:
        raise ValueError(f"max_order is {max_order}; expected 1 to {MOST_ORDER}")
    reduced = reduce_entry(system, entry)
    single: set[tuple[int, ...]] = {(event,) for event in reduced.single}
    if max_order == 1:
        return _named(reduced, single, 1)
    meter = Meter(budget)
    try:
        return _named(reduced, single | _from_diagram(reduced, max_order, meter), max_order)
    except BudgetExceeded:
        return _from_passes(reduced, single, budget)


def _from_passes(reduced: Reduced, single: set[tuple[int, ...]], budget: Budget) -> CutSets:
    if len(reduced.order) * len(reduced.part.nodes) > budget.nodes * _VISITS_PER_NODE:
        return _named(reduced, single, 1)
    try:
        return _named(reduced, single.union(cut_pairs(reduced, Meter(budget))), 2)
    except BudgetExceeded:
        return _named(reduced, single, 1)


def _named(reduced: Reduced, sets: set[tuple[int, ...]], complete_to: int) -> CutSets:
    named = [tuple(sorted(reduced.part.events[event] for event in cut)) for cut in sets]
    return CutSets(tuple(sorted(named, key=lambda cut: (len(cut), cut))), complete_to)


def _from_diagram(reduced: Reduced, max_order: int, meter: Meter) -> set[tuple[int, ...]]:
    diagram = Diagram(meter)
    function = FailureDiagram(reduced, diagram).failure()
    cuts = _CutSetsOf(diagram, meter).up_to(function, max_order)
    return {tuple(reduced.order[variable] for variable in cut) for cut in cuts}


class _CutSetsOf:
    """Minimal solutions of a monotone function, by node and order, as sorted tuples of variables."""

    def __init__(self, diagram: Diagram, meter: Meter) -> None:
        self._diagram = diagram
        self._meter = meter
        self._held = 0
        self._known: dict[tuple[int, int], _Cuts] = {}

    def up_to(self, function: int, order: int) -> _Cuts:
        """Return the minimal solutions with at most ``order`` variables."""
        stack = [(function, order)]
        while stack:
            number, left = stack[-1]
            if self._get(number, left) is not None:
                stack.pop()
                continue
            variable, low, high = self._diagram.node(number)
            without, given = self._get(low, left), self._get(high, left - 1)
            if without is None:
                stack.append((low, left))
            if given is None:
                stack.append((high, left - 1))
            if without is not None and given is not None:
                self._store(number, left, without, _extend(variable, given, without))
        found = self._get(function, order)
        assert found is not None
        return found

    def _get(self, number: int, left: int) -> _Cuts | None:
        if number == TRUE:
            return _EMPTY
        if number == FALSE or left == 0:
            return _NOTHING
        return self._known.get((number, left))

    def _store(self, number: int, left: int, without: _Cuts, added: _Cuts) -> None:
        cuts = without | added if added else without
        self._known[number, left] = cuts
        if added:
            self._held += len(cuts)
        self._meter.require(self._held)
        self._meter.poll()


def _extend(variable: int, given: _Cuts, without: _Cuts) -> _Cuts:
    """Add the variable to each solution that it completes and that is none without it.

    ``without`` implies ``given`` (more events down never help), so a minimal solution of ``given`` that solves
    ``without`` is minimal there too: taking the difference is enough.
    """
    return frozenset((variable, *cut) for cut in given - without)
