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


Tell = Callable[[float], None]
"""Told how much of the work is done: 0 is nothing, 1 is all."""
_CALLS = 22
"""So many times at most a part that is laid out asks: sweeps and swaps of its order, and rounds of its places."""


class Meter:
    """Knows how far a layout is by what it asks: each part asks a number of times whether it is still wanted."""

    def __init__(self, stop: Stop, tell: Tell | None = None) -> None:
        self._stop = stop
        self._tell = tell
        self._done = self._part = self._calls = 0
        self._told = 0.0
        self.total = 0
        """Of how many things all parts are together; 0 while that is not known."""

    def begin(self, things: int) -> None:
        """A part of so many things comes next; what came before is done."""
        self._done, self._part, self._calls = self._done + self._part, things, 0
        self._say()

    def __call__(self) -> bool:
        """Whether the work is no longer wanted."""
        self._calls += 1
        self._say()
        return self._stop()

    def _say(self) -> None:
        if self._tell is None or not self.total:
            return
        share = min(1.0, (self._done + self._part * min(1.0, self._calls / _CALLS)) / self.total)
        if share > self._told:
            self._told = share
            self._tell(share)


def up_to_grid(value: float) -> int:
    """The smallest multiple of the grid that is not below a value."""
    return int(-(-value // GRID)) * GRID


def snapped(value: float) -> int:
    """The multiple of the grid nearest to a value; halves go up, so that equal distances stay equal."""
    return int((round(value, 3) + GRID / 2) // GRID) * GRID
