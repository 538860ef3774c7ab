"""Bounds on an availability that hold whatever the structure, for systems too tangled for a decision diagram.

All failures are increasing functions of independent events, hence associated: the probability that none of them
happens is at least the product of the probabilities that each does not (J. Esary, F. Proschan, "Coherent
structures of non-identical components", 1963). That formula over all minimal cut sets is a lower bound; over the
short ones alone it is not. The missing part is bounded here: a failure without a cut set of two takes at least
three events down at once.
"""

import math
from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

from designer.analysis.bdd import Diagram
from designer.analysis.budget import Budget, BudgetExceeded, Meter
from designer.analysis.reduction import FailureDiagram, Reduced
from designer.analysis.spof import EventMasks, bits
from designer.analysis.system import IndexedGroup, IndexedNode

_MOST_PAIR_WORK = 100_000
"""Events times nodes up to which cut sets of two are looked for: about a tenth of a second."""

_NODES_PER_TERM = 500

_Part = TypeVar("_Part", IndexedNode, IndexedGroup)


def bounds(reduced: Reduced, budget: Budget) -> tuple[float, float]:
    """Return (lower, upper) with lower <= availability of the reduced entry <= upper.

    The time limit of the budget does not apply, its ``should_stop`` does. Raises :class:`Cancelled`.
    """
    meter = Meter(Budget(budget.nodes, None, budget.should_stop))
    up = math.prod(1.0 - reduced.part.unavailability[event] for event in sorted(reduced.single))
    lower, upper = _bounds_by_terms(reduced, meter), 1.0
    if len(reduced.order) * len(reduced.part.nodes) <= _MOST_PAIR_WORK:
        pairs = cut_pairs(reduced, meter)
        lower = max(lower, _lower_by_pairs(reduced, pairs))
        upper = _upper_by_pairs(reduced, pairs)
    return up * lower, up * max(lower, upper)


def cut_pairs(reduced: Reduced, meter: Meter) -> list[tuple[int, int]]:
    """Return all minimal cut sets of two events, by event number: one single-point pass per event."""
    masks = EventMasks(reduced.part)
    pairs: list[tuple[int, int]] = []
    for event in sorted(reduced.order):
        meter.poll()
        with_event = masks.solve(1 << event)[0] >> (event + 1) << (event + 1)
        pairs.extend((event, other) for other in bits(with_event) if other not in reduced.single)
    return pairs


def _lower_by_pairs(reduced: Reduced, pairs: Sequence[tuple[int, int]]) -> float:
    q = reduced.part.unavailability
    no_pair = math.prod(1.0 - q[a] * q[b] for a, b in pairs)
    return max(0.0, no_pair - _three_or_more([q[event] for event in reduced.order]))


def _three_or_more(probabilities: Iterable[float]) -> float:
    """Return the probability that three or more of the independent events happen."""
    exactly = [1.0, 0.0, 0.0]
    more = 0.0
    for p in probabilities:
        more += exactly[2] * p
        exactly = [exactly[0] * (1 - p), exactly[1] * (1 - p) + exactly[0] * p, exactly[2] * (1 - p) + exactly[1] * p]
    return more


def _upper_by_pairs(reduced: Reduced, pairs: Sequence[tuple[int, int]]) -> float:
    """Use cut sets without a common event, likeliest first: they are independent, and each of them is fatal."""
    q = reduced.part.unavailability
    taken: set[int] = set()
    up = 1.0
    for a, b in sorted(pairs, key=lambda pair: (-q[pair[0]] * q[pair[1]], pair)):
        if a not in taken and b not in taken:
            taken |= {a, b}
            up *= 1.0 - q[a] * q[b]
    return up


def _bounds_by_terms(reduced: Reduced, meter: Meter) -> float:
    """Return a lower bound from the terms of the failure function, each taken for itself."""
    limits = _Limits(reduced, meter)
    up = 1.0
    for number in reduced.required:
        up *= 1.0 - limits.replicas(number)
        for group in reduced.part.table[number].groups:
            up *= 1.0 - limits.group(group)
    return up


class _Limits:
    """Upper limits of the probabilities of terms: exact by a small diagram, else by inequalities."""

    def __init__(self, reduced: Reduced, meter: Meter) -> None:
        self._reduced = reduced
        self._most_nodes = meter.nodes
        self._meter = meter
        self._diagram = Diagram(meter)
        self._build = FailureDiagram(reduced, self._diagram)
        self._probabilities = [reduced.part.unavailability[event] for event in reduced.order]
        self._node = self._nodes()

    def _nodes(self) -> list[float]:
        """Limit the failure of every node, providers first; within a cycle, 1 until computed."""
        limit = [1.0] * len(self._reduced.part.table)
        for number in self._reduced.required:
            limit[number] = 0.0
        required = frozenset(self._reduced.required)
        for component in self._reduced.part.components:
            self._meter.poll()
            for number in component:
                if number not in required:
                    limit[number] = self._of_node(number, limit)
        return limit

    def _of_node(self, number: int, limit: Sequence[float]) -> float:
        part = self._reduced.part
        node = part.table[number]
        own = (1.0 - part.unavailability[event] for event in node.own if event not in self._reduced.single)
        up = math.prod(own) * (1.0 - self.replicas(number))
        for group in node.groups:
            up *= 1.0 - _too_many([limit[member] for member in group.members], group.tolerated)
        return 1.0 - up

    def replicas(self, number: int) -> float:
        """Limit the probability that too many replicas of a node are down."""
        return self._small(self._build.replicas_fail, self._reduced.part.table[number])

    def group(self, group: IndexedGroup) -> float:
        """Limit the probability that too many members of a group fail."""
        plain = _too_many([self._node[member] for member in group.members], group.tolerated)
        return min(plain, self._small(self._build.group_fails, group))

    def _small(self, function_of: Callable[[_Part], int], part: _Part) -> float:
        """Return the exact probability of a term if a few more nodes of the diagram can hold it, else 1."""
        self._meter.nodes = min(self._most_nodes, len(self._diagram) + _NODES_PER_TERM)
        try:
            function = function_of(part)
        except BudgetExceeded:
            return 1.0
        return self._diagram.probability(function, self._probabilities)


def _too_many(probabilities: Sequence[float], tolerated: int) -> float:
    """Limit the probability that more than ``tolerated`` of dependent events happen, given each one's limit.

    Markov: the expected number over the number that has to happen. And: among any ``m - tolerated`` of the m
    events at least one has to happen, so the sum of the smallest of that many is a limit too.
    """
    smallest = sorted(probabilities)[: len(probabilities) - tolerated]
    return min(1.0, sum(probabilities) / (tolerated + 1), sum(smallest))
