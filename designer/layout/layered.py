"""A graph in layers: every wire leads from one layer to the next, over placeholders where it passes layers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

Link = tuple[int, int, float, float]
"""From a node to a node of a later layer, each at a distance from the node's middle across the layers."""
Port = tuple[int, float, float]
"""Another node, where the wire leaves this one and enters the other: -0.5 to 0.5 of their widths."""


@dataclass(slots=True)
class Layered:
    """Nodes by number, the real ones first, then the placeholders, which have no width.

    `place` is a node's place in its layer. `lean_...` and `pull_...` say how far from the middles of its neighbours
    above and below a node's wires end on average: as shares of the neighbours' widths, and as distances. `ports` are
    there for the wires below (`ports_up`: above) nodes of which one end is not in the middle. Where the graph is
    `fixed`, its first and last layer stand for what is outside and keep their order.
    """

    layers: list[list[int]]
    widths: list[int]
    real: int
    place: list[int]
    up: list[list[int]]
    down: list[list[int]]
    lean_up: list[float]
    lean_down: list[float]
    pull_up: list[float]
    pull_down: list[float]
    ports: dict[int, list[Port]] = field(default_factory=dict)
    ports_up: dict[int, list[Port]] = field(default_factory=dict)
    fixed: bool = False


def layered(widths: Sequence[int], layer_of: Sequence[int], links: Sequence[Link], *, fixed: bool = False) -> Layered:
    """The graph of nodes with widths and layers; links lead from earlier to later layers.

    Nodes stand in the order in which a walk along the links from the lower numbers on comes by.
    """
    count = len(widths)
    all_widths = list(widths)
    layer = list(layer_of)
    up: list[list[int]] = [[] for _ in range(count)]
    down: list[list[int]] = [[] for _ in range(count)]
    shifted: list[tuple[int, int, float, float]] = []
    for source, target, start, end in links:
        previous = source
        for passed in range(layer[source] + 1, layer[target]):
            node = len(all_widths)
            all_widths.append(0)
            layer.append(passed)
            up.append([previous])
            down[previous].append(node)
            down.append([])
            if start and previous == source:
                shifted.append((previous, node, start, 0.0))
            previous = node
        up[target].append(previous)
        down[previous].append(target)
        first = start if previous == source else 0.0
        if first or end:
            shifted.append((previous, target, first, end))
    total = len(all_widths)
    graph = Layered(
        layers=_walked(layer, down, count),
        widths=all_widths,
        real=count,
        place=[0] * total,
        up=up,
        down=down,
        lean_up=[0.0] * total,
        lean_down=[0.0] * total,
        pull_up=[0.0] * total,
        pull_down=[0.0] * total,
        fixed=fixed,
    )
    for nodes in graph.layers:
        for at, node in enumerate(nodes):
            graph.place[node] = at
    if shifted:
        _add_ports(graph, shifted)
    return graph


def _walked(layer: Sequence[int], down: Sequence[Sequence[int]], count: int) -> list[list[int]]:
    """The nodes of each layer, in the order of a walk in depth: what hangs together comes together."""
    layers: list[list[int]] = [[] for _ in range(max(layer) + 1)]
    seen = bytearray(len(layer))
    for root in sorted(range(count), key=layer.__getitem__):
        if seen[root]:
            continue
        stack = [root]
        while stack:
            node = stack.pop()
            if not seen[node]:
                seen[node] = 1
                layers[layer[node]].append(node)
                stack.extend(reversed(down[node]))
    return layers


def _add_ports(graph: Layered, shifted: Sequence[tuple[int, int, float, float]]) -> None:
    """Takes wires that do not end in the middle into account."""
    ends: Mapping[tuple[int, int], list[tuple[float, float]]] = {}
    for upper, lower, start, end in shifted:
        ends.setdefault((upper, lower), []).append((start, end))  # type: ignore[attr-defined]
    widths = graph.widths
    for upper in {pair[0] for pair in ends} | {u for pair in ends for u in graph.up[pair[1]]}:
        graph.ports[upper] = []
    for lower in {pair[1] for pair in ends} | {v for pair in ends for v in graph.down[pair[0]]}:
        graph.ports_up[lower] = []
    sums: dict[int, list[float]] = {}
    for upper, targets in enumerate(graph.down):
        left = {pair: list(ends.get(pair, ())) for pair in {(upper, lower) for lower in targets}}
        for lower in targets:
            known = left[upper, lower]
            start, end = known.pop() if known else (0.0, 0.0)
            leaves, enters = start / (widths[upper] or 1), end / (widths[lower] or 1)
            if upper in graph.ports:
                graph.ports[upper].append((lower, leaves, enters))
            if lower in graph.ports_up:
                graph.ports_up[lower].append((upper, enters, leaves))
            if start or end:
                above = sums.setdefault(lower, [0.0] * 4)
                above[0] += leaves
                above[1] += start - end
                below = sums.setdefault(upper, [0.0] * 4)
                below[2] += enters
                below[3] += end - start
    for node, (lean_up, pull_up, lean_down, pull_down) in sums.items():
        above_count, below_count = len(graph.up[node]) or 1, len(graph.down[node]) or 1
        graph.lean_up[node], graph.pull_up[node] = lean_up / above_count, pull_up / above_count
        graph.lean_down[node], graph.pull_down[node] = lean_down / below_count, pull_down / below_count
