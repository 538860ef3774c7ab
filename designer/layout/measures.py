"""The sizes that layout and drawing share, in canvas units, rectangles by their sides, and the way that wires run."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from designer.model.entities import Boundary

Sides = tuple[float, float, float, float]
"""left, top, right, bottom."""

CARD_WIDTH, CARD_HEIGHT = 192, 64
"""The size of a component's card."""
FOLDED_WIDTH, FOLDED_HEIGHT = 208, 64
"""The size of a boundary that is collapsed."""
GRID = 8
"""Whatever the layout places lies on multiples of this."""
TITLE_HEIGHT = 28
"""The height of a boundary's title bar."""
SMALLEST_BOUNDARY = (120, 80)
"""A boundary is at least this wide and high."""
SIDE, TOP = 24, 48
"""What a boundary keeps free around content that is arranged: left, right and below; and above, where its title is."""
PADDING = 16
"""What a boundary keeps free around content that is put there by hand."""


class Direction(StrEnum):
    """The way that wires run."""

    RIGHT = "right"
    DOWN = "down"


def card_rect(x: float, y: float) -> Sides:
    """The rectangle of a component whose top left corner is at (x, y)."""
    return x, y, x + CARD_WIDTH, y + CARD_HEIGHT


def boundary_rect(boundary: Boundary) -> Sides:
    """The rectangle of a boundary as it is drawn: collapsed ones are as large as their card."""
    if boundary.collapsed:
        return boundary.x, boundary.y, boundary.x + FOLDED_WIDTH, boundary.y + FOLDED_HEIGHT
    return boundary.x, boundary.y, boundary.x + boundary.width, boundary.y + boundary.height


def snap(value: float, step: int = GRID) -> int:
    """The multiple of `step` nearest to a coordinate; halves go up, so that equal distances stay equal."""
    return int((value + step / 2) // step * step)
