"""Parts that no wire joins, side by side in rows: close together, and about as wide as a screen."""

from __future__ import annotations

from collections.abc import Sequence
from math import sqrt

from designer.layout.boxes import up_to_grid

Size = tuple[int, int]
"""Width and height."""
Spot = tuple[int, int]
"""Left and top."""
_SHAPE = 1.6
"""Width to height of what comes out, about."""


def pack(sizes: Sequence[Size], gap: int) -> list[Spot]:
    """Where parts of these sizes go: in rows of falling height, equal ones in the order given. From (0, 0)."""
    if not sizes:
        return []
    area = sum((width + gap) * (height + gap) for width, height in sizes)
    room = max(max(width for width, _height in sizes), up_to_grid(sqrt(area * _SHAPE)) - gap)
    spots: list[Spot] = [(0, 0)] * len(sizes)
    left = top = row = 0
    for index in sorted(range(len(sizes)), key=lambda index: -sizes[index][1]):
        width, height = sizes[index]
        if left and left + width > room:
            left, top, row = 0, top + row + gap, 0
        spots[index] = (left, top)
        left += width + gap
        row = max(row, height)
    return spots
