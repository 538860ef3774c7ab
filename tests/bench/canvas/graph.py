"""The graph that every program draws: a jittered grid in blocks, mostly short wires, and one component with 20."""

from __future__ import annotations

import math
import random
from dataclasses import dataclass, field

PITCH = (280, 150)
CARD = (192, 64)
BLOCK = (4, 4)
"""Columns and rows of a block; between blocks there is room for the frame of a network."""
GAP = (144, 168)
_IN_NETWORK = ("ec2", "asg", "elb", "ecs", "rds", "eks")
_IN_REGION = ("sqs", "sns", "lambda", "dynamodb")


@dataclass
class Graph:
    """Places, kinds and blocks of components, wires as pairs of their numbers, and the component with 20 wires.

    `blocks` holds each component's column and row of blocks; those of even sum are networks.
    """

    places: list[tuple[int, int]] = field(default_factory=list)
    kinds: list[str] = field(default_factory=list)
    blocks: list[tuple[int, int]] = field(default_factory=list)
    wires: list[tuple[int, int]] = field(default_factory=list)
    hub: int = 0


def in_network(block: tuple[int, int]) -> bool:
    """Whether the components of a block stand in a network."""
    return sum(block) % 2 == 0


def make_graph(size: int) -> Graph:
    """The same graph for every program and run."""
    rng = random.Random(7)
    graph = Graph()
    columns = max(1, round(math.sqrt(size * PITCH[1] / PITCH[0])))
    for number in range(size):
        row, column = divmod(number, columns)
        block = (column // BLOCK[0], row // BLOCK[1])
        x = column * PITCH[0] + block[0] * GAP[0] + rng.randrange(-4, 5) * 8
        y = row * PITCH[1] + block[1] * GAP[1] + rng.randrange(-3, 4) * 8
        graph.places.append((x, y))
        graph.blocks.append(block)
        graph.kinds.append(rng.choice(_IN_NETWORK if in_network(block) else _IN_REGION))
    graph.hub = min((size // columns // 2) * columns + columns // 2, size - 22)
    chosen = {(graph.hub, graph.hub + step) for step in range(1, 21)}
    while len(chosen) < size * 3 // 2:
        start = rng.randrange(size - 1)
        end = start + rng.choice((1, 2, columns - 1, columns, columns + 1, 2 * columns))
        if end < size and graph.hub not in (start, end):
            chosen.add((start, end))
    graph.wires = sorted(chosen)
    return graph
