"""The layout of one part without nesting: layers, order, places."""

from __future__ import annotations

from dataclasses import dataclass, field

from designer.layout.boxes import Gaps, Stop, snapped, up_to_grid
from designer.layout.coordinates import coordinates
from designer.layout.layered import Layered, Link, layered
from designer.layout.layering import forward, layers, roots
from designer.layout.ordering import order

Spot = tuple[int, int]
"""Where a node begins: along the wires, and across them."""
_WIDEST = 256
"""The distance between two layers is at most this."""


@dataclass(slots=True)
class Part:
    """Nodes that belong together, and what leads to and from the outside.

    `lengths` and `widths` are their sizes along and across the wires. `ranks` say how early a node comes in the whole
    drawing: nodes that no link joins go by them. `entering` and `leaving` are links with the outside: the number of a
    node, where on it the wire ends (from its middle), and where outside it comes from or leads to.
    """

    lengths: list[int]
    widths: list[int]
    links: list[Link]
    ranks: list[int]
    entering: list[tuple[int, float, float]] = field(default_factory=list)
    leaving: list[tuple[int, float, float]] = field(default_factory=list)


def lay_out(part: Part, gaps: Gaps, stop: Stop) -> list[Spot]:
    """Where each node of a part goes; the least of each coordinate is 0. Raises `Cancelled`."""
    count = len(part.widths)
    if count == 1:
        return [(0, 0)]
    layer, ahead = _layers(part)
    graph = _graph(part, layer, ahead)
    order(graph, stop)
    middles = coordinates(graph, gaps, stop)
    across = [snapped(middles[node] - part.widths[node] / 2) for node in range(count)]
    lowest = min(across)
    along = _along(part, layer, ahead, gaps, across)
    return [(along[node], across[node] - lowest) for node in range(count)]


def rows(part: Part, stop: Stop) -> list[list[int]]:
    """The nodes of each layer of a part, in their order. Raises `Cancelled`."""
    graph = _graph(part, *_layers(part))
    order(graph, stop)
    count = len(part.widths)
    found = [[node for node in layer if node < count] for layer in graph.layers]
    return [row for row in found if row]


def _layers(part: Part) -> tuple[list[int], list[Link]]:
    """The layer of each node, and the links, all leading from earlier to later layers."""
    count = len(part.widths)
    links = [link for link in part.links if link[0] != link[1]]
    keeps = forward(count, [(link[0], link[1]) for link in links])
    ahead = [link if keep else (link[1], link[0], link[3], link[2]) for link, keep in zip(links, keeps, strict=True)]
    layer = layers(count, [(link[0], link[1]) for link in ahead])
    if part.entering or part.leaving:
        layer = _ranked(layer, ahead, part.ranks)
    return layer, ahead


def _graph(part: Part, layer: list[int], links: list[Link]) -> Layered:
    """The layered graph; where there is an outside, with a fixed layer for it before and after the others."""
    if not (part.entering or part.leaving):
        return layered(part.widths, layer, links)
    count, last = len(part.widths), max(layer) + 2
    widths, layer, links = list(part.widths), [one + 1 for one in layer], list(links)
    for entering, wires in ((True, part.entering), (False, part.leaving)):
        for node, port, _outside in sorted(wires, key=lambda wire: (wire[2], wire[0])):
            outer = len(widths)
            widths.append(0)
            layer.append(0 if entering else last)
            links.append((outer, node, 0.0, port) if entering else (node, outer, port, 0.0))
    graph = layered(widths, layer, links, fixed=True)
    graph.real = count
    while len(graph.layers) <= last:
        graph.layers.append([])
    # An outer layer goes by where things are outside.
    for index in (0, last):
        graph.layers[index].sort()
        for at, node in enumerate(graph.layers[index]):
            graph.place[node] = at
    return graph


def _ranked(layer: list[int], links: list[Link], ranks: list[int]) -> list[int]:
    """The layers, with pieces that no link joins moved to where they come in the whole drawing; none stays empty."""
    root = roots(len(layer), ((link[0], link[1]) for link in links))
    earliest: dict[int, int] = {}
    for node, rank in enumerate(ranks):
        earliest[root[node]] = min(rank, earliest.get(root[node], rank))
    moved = [one + earliest[root[node]] for node, one in enumerate(layer)]
    used = {one: number for number, one in enumerate(sorted(set(moved)))}
    return [used[one] for one in moved]


def _along(part: Part, layer: list[int], links: list[Link], gaps: Gaps, across: list[int]) -> list[int]:
    """Where each node begins along the wires: what only sends ends with its layer, all else begins with it."""
    count = max(layer) + 1
    depths = [0] * count
    for node, length in enumerate(part.lengths):
        depths[layer[node]] = max(depths[layer[node]], length)
    reach = [0.0] * count
    for source, target, start, end in links:
        here, there = layer[source], layer[target]
        if there == here + 1:
            one = across[source] + part.widths[source] / 2 + start
            other = across[target] + part.widths[target] / 2 + end
            reach[here] = max(reach[here], abs(one - other))
    begins = [0] * count
    for index in range(1, count):
        gap = min(_WIDEST, max(gaps.layers, up_to_grid(reach[index - 1] / 2 - 32)))
        begins[index] = begins[index - 1] + depths[index - 1] + gap
    fed = {link[1] for link in links} | {node for node, *_rest in part.entering}
    feeds = {link[0] for link in links}
    return [
        begins[layer[node]] + (depths[layer[node]] - length if node in feeds and node not in fed else 0)
        for node, length in enumerate(part.lengths)
    ]
