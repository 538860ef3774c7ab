"""How likely a node fails by itself, once it is known which of the events that it shares with others are down."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence

from designer.analysis.bdd import Diagram
from designer.analysis.budget import Budget, Meter
from designer.analysis.system import IndexedNode

_MOST_NODES = 20_000
"""Size of the diagram of one node's replicas; a few hundred are usual, whatever the drawing."""

_Down = Callable[[int], float]


class OwnFailure:
    """The failure of one node by its own events and replicas, none of its groups.

    `shared` gives the bit of each event that other nodes have too; `bits` are all of them. Events in `single` are up.
    """

    def __init__(
        self,
        node: IndexedNode,
        unavailability: Sequence[float],
        single: frozenset[int],
        shared: Mapping[int, int],
        meter: Meter,
    ) -> None:
        self._unavailability, self._shared = unavailability, shared
        self.bits = sum(shared.values())
        self._own = tuple(event for event in node.own if event not in single)
        self._replicas = tuple(tuple(event for event in one if event not in single) for one in node.replicas)
        self._tolerated = node.tolerated
        self._known: dict[int, float] = {}
        private = [event for one in (self._own, *self._replicas) for event in one if event not in shared]
        self._diagram = None if len(private) == len(set(private)) else _OfDiagram(self._own, self._replicas, meter)

    def probability(self, state: int) -> float:
        """The probability of failing, given that exactly the shared events whose bits are set are down."""
        bits = state & self.bits
        found = self._known.get(bits)
        if found is None:
            found = self._known[bits] = self._of(bits)
        return found

    def _of(self, bits: int) -> float:
        if self._diagram is not None:
            return self._diagram.probability(self._tolerated, lambda event: self._down(event, bits))
        up = math.prod(1.0 - self._down(event, bits) for event in self._own)
        if self._replicas:
            lost = [1.0 - math.prod(1.0 - self._down(event, bits) for event in one) for one in self._replicas]
            up *= 1.0 - more_than(self._tolerated, lost)
        return 1.0 - up

    def _down(self, event: int, bits: int) -> float:
        bit = self._shared.get(event)
        if bit is None:
            return self._unavailability[event]
        return 1.0 if bits & bit else 0.0


class _OfDiagram:
    """The same where replicas of the node share events with one another, such as the host that they run on."""

    def __init__(self, own: Sequence[int], replicas: Sequence[Sequence[int]], meter: Meter) -> None:
        self._own, self._replicas = own, replicas
        self._diagram = Diagram(Budget(_MOST_NODES, None, meter.should_stop))
        times: dict[int, int] = {}
        for event in (event for one in (own, *replicas) for event in one):
            times[event] = times.get(event, 0) + 1
        self._order = sorted(times, key=lambda event: (-times[event], event))
        self._variable = {event: number for number, event in enumerate(self._order)}
        self._function: int | None = None

    def probability(self, tolerated: int, down: _Down) -> float:
        """The probability of an own event, or of more replicas being lost than are tolerated."""
        if self._function is None:
            lost = [self._any(replica) for replica in self._replicas]
            short = self._diagram.at_least(tolerated + 1, lost) if lost else 0
            self._function = self._diagram.any_of([self._any(self._own), short])
        return self._diagram.probability(self._function, [down(event) for event in self._order])

    def _any(self, events: Sequence[int]) -> int:
        numbers = sorted({self._variable[event] for event in events})
        return self._diagram.any_of([self._diagram.variable(number) for number in numbers])


def more_than(tolerated: int, probabilities: Sequence[float]) -> float:
    """The probability that more than so many of independent events happen."""
    exactly, more = [1.0] + [0.0] * tolerated, 0.0
    for down in probabilities:
        more += exactly[tolerated] * down
        for count in range(tolerated, 0, -1):
            exactly[count] = exactly[count] * (1.0 - down) + exactly[count - 1] * down
        exactly[0] *= 1.0 - down
    return more
