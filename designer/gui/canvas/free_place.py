"""Places nearby at which cards lie on no others."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from designer.gui.canvas.metrics import DOT_SPACING, GRID, Rect, card_rect, contains, grown, overlaps
from designer.gui.canvas.placement import Frames

if TYPE_CHECKING:
    from designer.gui.canvas.scene import Scene

_STEPS = 10
"""How far is looked for a free place, in distances of the dots: a little more than a card."""
_AROUND = sorted(
    ((x, y) for x in range(-_STEPS, _STEPS + 1) for y in range(-_STEPS, _STEPS + 1)),
    key=lambda step: (step[0] ** 2 + step[1] ** 2, step),
)


def nearest_free(drawing: Scene, frames: Frames, at: tuple[int, int]) -> tuple[int, int]:
    """The place nearest to one, in the same boundary, at which a card lies on no other and on no edge of a boundary.

    Where there is none near, it is the one asked for.
    """
    home = frames.around_component(*at)
    for across, down in _AROUND:
        x, y = at[0] + across * DOT_SPACING, at[1] + down * DOT_SPACING
        card = card_rect(x, y)
        astride = any(overlaps(card, frame) and not contains(frame, card) for frame in frames.rects.values())
        if frames.around_component(x, y) == home and not astride and not drawing.components_in(grown(card, GRID)):
            return x, y
    return at


def nearest_shift(drawing: Scene, cards: Sequence[Rect]) -> tuple[int, int]:
    """How far to move some cards so that they overlap no others; not at all where there is no room near."""
    for across, down in _AROUND:
        dx, dy = across * DOT_SPACING, down * DOT_SPACING
        moved = ((left + dx, top + dy, right + dx, bottom + dy) for left, top, right, bottom in cards)
        if not any(drawing.components_in(grown(card, GRID)) for card in moved):
            return dx, dy
    return 0, 0
