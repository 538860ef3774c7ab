"""The sizes that layout and drawing share, in canvas units, and the way that wires run."""

from __future__ import annotations

from enum import StrEnum

CARD_WIDTH, CARD_HEIGHT = 192, 64
"""The size of a component's card."""
FOLDED_WIDTH, FOLDED_HEIGHT = 208, 64
"""The size of a boundary that is collapsed."""
GRID = 8
"""Whatever the layout places lies on multiples of this."""
TITLE_HEIGHT = 28
"""The height of a boundary's title bar."""
SIDE, TOP = 24, 48
"""What a boundary keeps free around its content: left, right and below; and above, where its title is."""


class Direction(StrEnum):
    """The way that wires run."""

    RIGHT = "right"
    DOWN = "down"
