"""What the layout works on: boxes, the frames they stand in, and wires between boxes. Coordinates in canvas units."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from designer.layout.measures import CARD_HEIGHT as CARD_HEIGHT
from designer.layout.measures import CARD_WIDTH as CARD_WIDTH
from designer.layout.measures import FOLDED_HEIGHT as FOLDED_HEIGHT
from designer.layout.measures import FOLDED_WIDTH as FOLDED_WIDTH
from designer.layout.measures import GRID as GRID
from designer.layout.measures import SIDE as SIDE
from designer.layout.measures import TITLE_HEIGHT as TITLE_HEIGHT
from designer.layout.measures import TOP as TOP
from designer.layout.measures import Direction as Direction

Rect = tuple[int, int, int, int]
"""left, top, width, height."""
Wire = tuple[str, str]
"""The ids of the boxes that a wire leads from and to."""


class Cancelled(RuntimeError):  # noqa: N818 - an expected outcome that callers handle, not a fault
    """The caller asked to stop; there is no result."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """A thing without content, usually a card.

    `frame` is the id of the frame around it. `lanes` are the first and the last lane (from 0) of the innermost frame
    with lanes that it belongs in; `None` where any will do. A `band` reaches across all of its lanes: nothing else
    stands beside it in them.
    """

    id: str
    rect: Rect
    frame: str | None = None
    lanes: tuple[int, int] | None = None
    band: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """A box around others.

    `lanes` counts the upright lanes of equal width that it is divided into, 0 for none. `span` are the first and the
    last lane that it stands in of the frame with lanes around it; `None` where it runs across all of them. Of frames
    that may come in any order the one with the lower `depth` comes first.
    """

    id: str
    rect: Rect
    frame: str | None = None
    lanes: int = 0
    span: tuple[int, int] | None = None
    depth: int = 0


@dataclass(frozen=True, slots=True)
class Gaps:
    """The distances that are kept: between layers, between neighbours of a layer, beside a wire that passes."""

    layers: int
    neighbours: int
    passing: int
    parts: int = 56
    """Between parts of the drawing that no wire joins."""


GAPS = {Direction.RIGHT: Gaps(96, 32, 24), Direction.DOWN: Gaps(72, 48, 32)}
"""Cards are three times as wide as high; between columns there must be room for what a wire says."""

Stop = Callable[[], bool]
"""Asked now and then whether the work is still wanted."""


def never() -> bool:
    """The work is wanted."""
    return False


def up_to_grid(value: float) -> int:
    """The smallest multiple of the grid that is not below a value."""
    return int(-(-value // GRID)) * GRID


def snapped(value: float) -> int:
    """The multiple of the grid nearest to a value; halves go up, so that equal distances stay equal."""
    return int((round(value, 3) + GRID / 2) // GRID) * GRID
