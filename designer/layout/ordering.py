"""The order within layers, with few crossings: sweeps by barycentres, then swaps of neighbours.

Sugiyama, Tagawa and Toda, "Methods for Visual Understanding of Hierarchical System Structures", 1981; crossings of two
layers are the inversions of the sorted sequence of wires (Barth, Jünger and Mutzel, 2002).
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from random import Random

from designer.layout.boxes import Cancelled, Stop
from designer.layout.layered import Layered

_SWEEPS = 12
"""So many times down and up at most."""
_PATIENCE = 3
"""So many of them in a row may bring nothing before they end."""
_SWAPS = 6
_STARTS, _EFFORT = 10, 3000
"""A small graph is begun anew so many times at most, and so often that all its nodes together are no more than that."""
_FEW = 4000
"""Neighbours are swapped while a drawing has at most so many nodes in its layers, wires that pass counted."""


def order(graph: Layered, stop: Stop) -> int:
    """Brings the layers of a graph into an order with few crossings; returns how many there are.

    A small graph is begun several times, from other orders, for where a search ends depends much on where it begins.
    Raises `Cancelled`. The outermost layers stay as they are where the graph says that they are fixed.
    """
    first = [list(layer) for layer in graph.layers]
    best = _search(graph, stop)
    kept = [list(layer) for layer in graph.layers]
    shuffle = Random(len(first)).shuffle
    for _ in range(min(_STARTS, _EFFORT // len(graph.place)) if best else 0):
        begun = [list(layer) for layer in first]
        for layer in begun[1:-1] if graph.fixed else begun:
            shuffle(layer)
        _restore(graph, begun)
        found = _search(graph, stop)
        if found < best:
            best, kept = found, [list(layer) for layer in graph.layers]
        if not best:
            break
    _restore(graph, kept)
    return best


def _search(graph: Layered, stop: Stop) -> int:
    """Sweeps up and down while that brings anything, then swaps; returns how many crossings are left."""
    best = crossings(graph)
    kept = [list(layer) for layer in graph.layers]
    idle = 0
    for number in range(_SWEEPS):
        if not best or idle == _PATIENCE:
            break
        if stop():
            raise Cancelled
        _sweep(graph, number)
        found = crossings(graph)
        if found < best:
            best, idle = found, 0
            kept = [list(layer) for layer in graph.layers]
        else:
            idle += 1
    _restore(graph, kept)
    return _swap(graph, best, stop) if best and len(graph.place) <= _FEW else best


def crossings(graph: Layered) -> int:
    """How many pairs of wires cross between neighbouring layers."""
    return sum(_between(graph, layer) for layer in graph.layers[:-1])


def _between(graph: Layered, layer: Sequence[int]) -> int:
    place, down, ports = graph.place, graph.down, graph.ports
    ends: list[float] = []
    for node in layer:
        targets = down[node]
        if len(targets) == 1 and not ports:
            ends.append(place[targets[0]])
        elif ports and (leaving := ports.get(node)) is not None:
            ends += [end for _start, end in sorted((start, place[t] + into) for t, start, into in leaving)]
        elif targets:
            ends += sorted([place[target] for target in targets])
    count = 0
    seen: list[float] = []
    highest = -1.0
    for end in ends:
        if end >= highest:
            seen.append(end)
            highest = end
            continue
        at = bisect_right(seen, end)
        count += len(seen) - at
        seen.insert(at, end)
    return count


def _sweep(graph: Layered, number: int) -> None:
    """One way down and one up. Every other time equal ones change places, which leads out of dead ends."""
    layers = graph.layers
    first, last = (1, len(layers) - 1) if graph.fixed else (0, len(layers))
    for index in range(max(first, 1), last):
        _sort(graph, layers[index], graph.up, graph.lean_up, number % 2 == 1)
    for index in range(min(last, len(layers) - 1) - 1, first - 1, -1):
        _sort(graph, layers[index], graph.down, graph.lean_down, number % 4 >= 2)


def _sort(graph: Layered, layer: list[int], near: Sequence[Sequence[int]], lean: Sequence[float], turned: bool) -> None:
    place = graph.place
    middle: list[float] = []
    for at, node in enumerate(layer):
        others = near[node]
        if len(others) == 1:
            middle.append(place[others[0]] + lean[node])
        elif others:
            middle.append(sum([place[other] for other in others]) / len(others) + lean[node])
        else:
            middle.append(at)
    if turned:
        ranks = sorted(range(len(layer)), key=lambda at: (middle[at], -at))
    else:
        ranks = sorted(range(len(layer)), key=middle.__getitem__)
    layer[:] = [layer[at] for at in ranks]
    for at, node in enumerate(layer):
        place[node] = at


def _restore(graph: Layered, kept: list[list[int]]) -> None:
    for layer, old in zip(graph.layers, kept, strict=True):
        layer[:] = old
        for at, node in enumerate(layer):
            graph.place[node] = at


def _swap(graph: Layered, best: int, stop: Stop) -> int:
    """Swaps neighbours while that takes crossings away."""
    place = graph.place
    movable = graph.layers[1:-1] if graph.fixed else graph.layers
    for _ in range(_SWAPS):
        if stop():
            raise Cancelled
        gained = 0
        for layer in movable:
            ups = [_ends(graph, node, graph.up, upward=True) for node in layer]
            downs = [_ends(graph, node, graph.down, upward=False) for node in layer]
            for at in range(len(layer) - 1):
                gain = _gain(ups[at], ups[at + 1]) + _gain(downs[at], downs[at + 1])
                if gain > 0:
                    layer[at], layer[at + 1] = layer[at + 1], layer[at]
                    ups[at], ups[at + 1] = ups[at + 1], ups[at]
                    downs[at], downs[at + 1] = downs[at + 1], downs[at]
                    gained += gain
            for at, node in enumerate(layer):
                place[node] = at
        best -= gained
        if not gained:
            break
    return best


def _ends(graph: Layered, node: int, near: Sequence[Sequence[int]], *, upward: bool) -> list[float]:
    place = graph.place
    ports = graph.ports_up if upward else graph.ports
    if ports and (leaving := ports.get(node)) is not None:
        return sorted([place[other] + into for other, _start, into in leaving])
    others = near[node]
    return sorted([place[other] for other in others]) if len(others) > 1 else [place[other] for other in others]


def _gain(left: list[float], right: list[float]) -> int:
    """How many crossings less there are with the second node before the first, for the sorted ends of their wires."""
    if not left or not right or left[-1] <= right[0]:
        return 0 if not left or not right else -sum([len(right) - bisect_right(right, end) for end in left])
    now = sum([len(left) - bisect_right(left, end) for end in right])
    then = sum([len(right) - bisect_right(right, end) for end in left])
    return now - then
