"""Layers: each wire leads from a layer to a later one, with as little way between them as can be had cheaply.

Cycles are broken at the wires that lead back in a depth-first walk from where nothing leads to (Gansner, Koutsofios,
North and Vo, "A Technique for Drawing Directed Graphs", 1993, section 2.1). Layers are those of the longest path;
then each node moves to where its wires together are shortest.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

Edge = tuple[int, int]
_PASSES = 8


def forward(count: int, edges: Sequence[Edge]) -> list[bool]:
    """For each edge whether it keeps its direction; the others lead back and are turned around.

    Nodes are numbers below `count`; those with lower numbers are visited first.
    """
    following: list[list[tuple[int, int]]] = [[] for _ in range(count)]
    entered = [False] * count
    for number, (source, target) in enumerate(edges):
        following[source].append((target, number))
        entered[target] = True
    keeps = [True] * len(edges)
    state = bytearray(count)  # 0: not seen, 1: on the way, 2: done
    for root in (*(node for node in range(count) if not entered[node]), *range(count)):
        if state[root]:
            continue
        state[root] = 1
        stack = [(root, iter(following[root]))]
        while stack:
            node, rest = stack[-1]
            for target, number in rest:
                if state[target] == 1:
                    keeps[number] = False
                elif not state[target]:
                    state[target] = 1
                    stack.append((target, iter(following[target])))
                    break
            else:
                state[node] = 2
                stack.pop()
    return keeps


def layers(count: int, edges: Sequence[Edge]) -> list[int]:
    """The layer of each node, from 0, for edges without cycles."""
    after: list[list[int]] = [[] for _ in range(count)]
    before: list[list[int]] = [[] for _ in range(count)]
    for source, target in edges:
        after[source].append(target)
        before[target].append(source)
    order = _topological(after, before)
    layer = [0] * count
    for node in order:
        beyond = layer[node] + 1
        for target in after[node]:
            if layer[target] < beyond:
                layer[target] = beyond
    _shorten(order, layer, after, before)
    return layer


def _topological(after: list[list[int]], before: list[list[int]]) -> list[int]:
    waiting = [len(sources) for sources in before]
    order = [node for node, number in enumerate(waiting) if not number]
    for node in order:
        for target in after[node]:
            waiting[target] -= 1
            if not waiting[target]:
                order.append(target)
    return order


def _shorten(order: list[int], layer: list[int], after: list[list[int]], before: list[list[int]]) -> None:
    """Moves nodes within their slack towards the side on which they have more wires; ties go late, in whole chains."""
    for _ in range(_PASSES):
        moved = False
        for node in reversed(order):
            targets = after[node]
            if targets and len(targets) >= len(before[node]):
                latest = min([layer[target] for target in targets]) - 1
                if latest > layer[node]:
                    layer[node] = latest
                    moved = True
        for node in order:
            sources = before[node]
            if sources and len(sources) > len(after[node]):
                earliest = max([layer[source] for source in sources]) + 1
                if earliest < layer[node]:
                    layer[node] = earliest
                    moved = True
        if not moved:
            break


def roots(count: int, edges: Iterable[Edge]) -> list[int]:
    """For each node one and the same node of all that edges join it to."""
    group = list(range(count))

    def root(node: int) -> int:
        while group[node] != node:
            group[node] = group[group[node]]
            node = group[node]
        return node

    for source, target in edges:
        group[root(source)] = root(target)
    return [root(node) for node in range(count)]
