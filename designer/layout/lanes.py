"""Rows across upright lanes of equal width: what belongs in one lane stands in it, what spans several is free there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from designer.layout.boxes import GAPS, GRID, SIDE, Direction, snapped

_LEAST = 256
"""A lane is at least this wide, so that the titles of boundary and lanes do not touch, seen from afar too."""
BESIDE = 16
"""What stays free on both sides of the line between two lanes."""
_SWEEPS = 3
_GAP = GAPS[Direction.DOWN].neighbours


@dataclass(slots=True)
class Cell:
    """One thing in a row: its width, the first and last lane it may stand in, and the cells that it is wired to.

    `edge` is what it keeps free at the outer sides of the first and the last lane.
    """

    width: int
    first: int
    last: int
    edge: int = SIDE
    near: list[Cell] = field(default_factory=list)
    row: int = 0
    left: float = 0.0

    @property
    def middle(self) -> float:
        """The middle of where it stands."""
        return self.left + self.width / 2


def in_lanes(rows: Sequence[Sequence[Cell]], lanes: int) -> int:
    """Gives each cell its `left`, rows in the order given; returns the width of a lane, the least that all fit into.

    The cells of a row must not come before others of which both lanes are further left.
    """
    width = _least_width(rows, lanes)
    bounds = [(_earliest(row, width), _latest(row, width, lanes)) for row in rows]
    for number, row in enumerate(rows):
        for cell in row:
            cell.row = number
            cell.left = (cell.first + cell.last + 1) * width / 2 - cell.width / 2
        settle(row, [cell.left for cell in row], [1.0] * len(row), *bounds[number])
    for _ in range(_SWEEPS):
        for above in (True, False):
            numbers = range(len(rows)) if above else range(len(rows) - 1, -1, -1)
            for number in numbers:
                _pull(rows[number], above, *bounds[number])
    for row in rows:
        for cell in row:
            cell.left = snapped(cell.left)
    return width


def _least_width(rows: Sequence[Sequence[Cell]], lanes: int) -> int:
    low, high = _LEAST // GRID, _LEAST // GRID
    while not _fit(rows, high * GRID, lanes):
        low, high = high, high * 2
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if _fit(rows, middle * GRID, lanes) else (middle + 1, high)
    return low * GRID


def _fit(rows: Sequence[Sequence[Cell]], width: int, lanes: int) -> bool:
    return all(
        left + cell.width <= _right(cell, width, lanes)
        for row in rows
        for left, cell in zip(_earliest(row, width), row, strict=True)
    )


def _earliest(row: Sequence[Cell], width: int) -> list[float]:
    """How far left each cell can stand."""
    found: list[float] = []
    end = float("-inf")
    for cell in row:
        left = max(cell.first * width + (BESIDE if cell.first else cell.edge), end + _GAP)
        found.append(left)
        end = left + cell.width
    return found


def _latest(row: Sequence[Cell], width: int, lanes: int) -> list[float]:
    """How far right each cell can stand."""
    found: list[float] = []
    end = float("inf")
    for cell in reversed(row):
        left = min(_right(cell, width, lanes), end - _GAP) - cell.width
        found.append(left)
        end = left
    return found[::-1]


def _right(cell: Cell, width: int, lanes: int) -> float:
    return (cell.last + 1) * width - (cell.edge if cell.last == lanes - 1 else BESIDE)


def _pull(row: Sequence[Cell], above: bool, earliest: Sequence[float], latest: Sequence[float]) -> None:
    """Moves the cells of a row to the middle of what they are wired to above or below them."""
    wanted: list[float] = []
    weights: list[float] = []
    for cell in row:
        others = [other for other in cell.near if (other.row < cell.row) == above and other.row != cell.row]
        if others:
            wanted.append(sum(other.middle for other in others) / len(others) - cell.width / 2)
            weights.append(float(len(others)))
        else:
            wanted.append(cell.left)
            weights.append(0.1)
    settle(row, wanted, weights, earliest, latest)


def settle(
    row: Sequence[Cell],
    wanted: Sequence[float],
    weights: Sequence[float],
    earliest: Sequence[float],
    latest: Sequence[float],
) -> None:
    """Puts cells as near as they can to where they are wanted, apart from one another and within their bounds."""
    start = 0.0
    blocks: list[list[float]] = []
    for cell, want, weight in zip(row, wanted, weights, strict=True):
        block = [(want - start) * weight, weight, 1.0]
        while blocks and blocks[-1][0] * block[1] > block[0] * blocks[-1][1]:
            block = [a + b for a, b in zip(block, blocks.pop(), strict=True)]
        blocks.append(block)
        start += cell.width + _GAP
    start, at = 0.0, 0
    for total, weight, count in blocks:
        for index in range(at, at + int(count)):
            cell = row[index]
            cell.left = min(max(total / weight + start, earliest[index]), latest[index])
            start += cell.width + _GAP
        at += int(count)
