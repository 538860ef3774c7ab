"""Where the nodes of a layer stand: as near to the middle of their neighbours as those beside them allow.

Each layer in turn is the least-squares fit with fixed order and distances, an isotonic regression that pooling adjacent
violators solves in one pass (Barlow and others, "Statistical Inference under Order Restrictions", 1972).
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate

from designer.layout.boxes import Cancelled, Gaps, Stop
from designer.layout.layered import Layered

_ROUNDS = 4
_STRAIGHT = 8


def coordinates(graph: Layered, gaps: Gaps, stop: Stop) -> list[float]:
    """The middle of each node across the layers, in the order that the layers have. Raises `Cancelled`."""
    spots = [0.0] * len(graph.place)
    inner = graph.layers[1:-1] if graph.fixed else graph.layers
    starts = [_starts(graph, layer, gaps) for layer in inner]
    for layer, start in zip(inner, starts, strict=True):
        middle = start[-1] / 2 if start else 0.0
        for node, at in zip(layer, start, strict=True):
            spots[node] = at - middle
    rows = list(zip(inner, starts, strict=True))
    up, down = (graph.up, graph.down) if not graph.fixed else (_inside(graph, graph.up), _inside(graph, graph.down))
    for number in range(_ROUNDS):
        if stop():
            raise Cancelled
        for layer, start in rows:
            _fit(layer, start, spots, up, graph.pull_up, down if number == _ROUNDS - 1 else None, graph.pull_down)
        for layer, start in reversed(rows):
            _fit(layer, start, spots, down, graph.pull_down, up if number == _ROUNDS - 1 else None, graph.pull_up)
    return spots


def _inside(graph: Layered, near: Sequence[Sequence[int]]) -> list[list[int]]:
    """Each node's neighbours without those outside; a wire that goes on past a layer counts several times.

    Such a wire is drawn straight to where it leads outside: what it passes has to keep clear of that line.
    """
    outside = {*graph.layers[0], *graph.layers[-1]}
    return [
        [other for other in others if other not in outside for _ in range(1 if other < graph.real else _STRAIGHT)]
        for others in near
    ]


def _starts(graph: Layered, layer: Sequence[int], gaps: Gaps) -> list[float]:
    """The middles of a layer's nodes when they stand as close as they may, from 0."""
    if not layer:
        return []
    widths, real = graph.widths, graph.real
    steps = [0.0]
    before = layer[0]
    for node in layer[1:]:
        gap = gaps.neighbours if node < real and before < real else gaps.passing
        steps.append((widths[before] + widths[node]) / 2 + gap)
        before = node
    return list(accumulate(steps))


def _fit(
    layer: Sequence[int],
    starts: Sequence[float],
    spots: list[float],
    near: Sequence[Sequence[int]],
    pull: Sequence[float],
    far: Sequence[Sequence[int]] | None,
    far_pull: Sequence[float],
) -> None:
    """Puts a layer's nodes where the middles of their neighbours are, on one side or (with `far`) on both."""
    sums: list[float] = []
    weights: list[float] = []
    counts: list[int] = []
    for node, start in zip(layer, starts, strict=True):
        others = near[node]
        weight: float = len(others)
        if weight == 1:
            wanted = spots[others[0]] + pull[node]
        elif weight:
            wanted = sum([spots[other] for other in others]) / weight + pull[node]
        else:
            weight, wanted = 0.1, spots[node]
        if far is not None and (beyond := far[node]):
            wish = sum([spots[other] for other in beyond]) / len(beyond) + far_pull[node]
            if others:
                wanted = (wanted * weight + wish * len(beyond)) / (weight + len(beyond))
                weight += len(beyond)
            else:
                wanted, weight = wish, len(beyond)
        total = (wanted - start) * weight
        count = 1
        # A block that would stand before the one on its left joins it.
        while sums and sums[-1] * weight > total * weights[-1]:
            total += sums.pop()
            weight += weights.pop()
            count += counts.pop()
        sums.append(total)
        weights.append(weight)
        counts.append(count)
    at = 0
    for total, weight, count in zip(sums, weights, counts, strict=True):
        middle = total / weight
        for index in range(at, at + count):
            spots[layer[index]] = middle + starts[index]
        at += count
