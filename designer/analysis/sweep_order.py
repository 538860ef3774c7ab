"""In which order a sweep takes the nodes of a drawing, so that few of them are open at a time.

A node is open from the first of its providers being decided until it is decided itself. Two orders are tried, both
with providers before their consumers: as a walk from the entry leaves the nodes, and from the far end towards the
entry, each node as late as its first consumer allows and as soon as it closes a consumer. Finding the best order is
as hard as the whole problem.
"""

from __future__ import annotations

from collections.abc import Sequence

from designer.analysis.scc import strongly_connected

_Order = list[int]


def circles_in_order(providers: Sequence[Sequence[int]]) -> list[tuple[int, ...]]:
    """The strongly connected parts of a graph, each after what it needs; `providers[v]` are those of vertex v."""
    circles = strongly_connected(providers)
    graph = _Condensed(circles, providers)
    best = min((list(range(len(circles))), graph.from_the_far_end()), key=graph.cost)
    return [tuple(circles[number]) for number in best]


class _Condensed:
    """The graph of the strongly connected parts, which come providers first."""

    def __init__(self, circles: Sequence[Sequence[int]], providers: Sequence[Sequence[int]]) -> None:
        home = {vertex: number for number, circle in enumerate(circles) for vertex in circle}
        self.providers = [
            sorted({home[provider] for vertex in circle for provider in providers[vertex]} - {number})
            for number, circle in enumerate(circles)
        ]
        self.consumers: list[list[int]] = [[] for _ in circles]
        for number, needed in enumerate(self.providers):
            for provider in needed:
                self.consumers[provider].append(number)

    def cost(self, order: _Order) -> int:
        """A figure that grows with the states of a sweep: how many triples of open nodes may be down at a time."""
        opened: set[int] = set()
        total = 0
        for number in order:
            opened.update(self.consumers[number])
            total += (1 + len(opened)) ** 3
            opened.discard(number)
        return total

    def from_the_far_end(self) -> _Order:
        """Far nodes first, each with what it needs just before it, and at once whatever has all that it needs."""
        depths = self._depths()
        roots = [number for number, needed in enumerate(self.providers) if needed]
        waiting = [len(needed) for needed in self.providers]
        order: dict[int, None] = {}
        for root in sorted(roots, key=lambda number: (-depths[number], number)):
            stack = [root]
            while stack:
                number = stack.pop()
                missing = [provider for provider in self.providers[number] if provider not in order]
                if number in order:
                    continue
                if missing:
                    stack += [number, *reversed(missing)]
                    continue
                order[number] = None
                for consumer in self.consumers[number]:
                    waiting[consumer] -= 1
                    if not waiting[consumer]:
                        stack.append(consumer)
        order |= dict.fromkeys(range(len(self.providers)))
        return list(order)

    def _depths(self) -> list[int]:
        """The length of the longest way to each node from one that nobody needs."""
        depths = [0] * len(self.providers)
        for number in reversed(range(len(depths))):
            for provider in self.providers[number]:
                depths[provider] = max(depths[provider], depths[number] + 1)
        return depths
