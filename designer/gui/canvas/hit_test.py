"""What is under a point or in a rectangle: pure functions over tuples."""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum, auto
from itertools import pairwise
from math import inf

from designer.gui.canvas.metrics import CARD_HEIGHT, CARD_WIDTH, TITLE_HEIGHT, Point, Rect, contains, holds, overlaps
from designer.gui.canvas.wire_path import OUTWARD, distance
from designer.model.entities import Collection
from designer.records import record


class Part(Enum):
    """What a hit is on."""

    NOTHING = auto()
    COMPONENT = auto()
    WIRE = auto()
    BOUNDARY = auto()
    """The title bar or the border of a boundary; its inside is nothing."""
    CONNECT_HANDLE = auto()
    RESIZE_HANDLE = auto()
    WIRE_END = auto()
    """The grip at an end of the selected wire."""
    FOLD = auto()
    """The control on a boundary's title bar by which it is collapsed and expanded."""
    BAND_END = auto()
    """The grip at an end of a component's band across the lanes of its zones."""


COLLECTION_OF_PART = {
    Part.COMPONENT: Collection.COMPONENTS,
    Part.WIRE: Collection.CONNECTIONS,
    Part.BOUNDARY: Collection.BOUNDARIES,
    Part.FOLD: Collection.BOUNDARIES,
}
"""What a press on a part selects."""


@record
class Hit:
    """The uppermost thing under a point.

    `corner` tells which resize handle, as (-1..1, -1..1), `end` which end of a wire: 0 its source, 1 its target; of a
    band: 0 the left, 1 the right. `side` tells on which side of a component a connect handle is.
    """

    part: Part = Part.NOTHING
    key: str = ""
    corner: tuple[int, int] = (0, 0)
    end: int = 0
    side: int = 0


HANDLE_OUT = 9.0
"""How far a connect handle's middle is from the card's border."""
CORNERS = tuple((x, y) for y in (-1, 0, 1) for x in (-1, 0, 1) if x or y)


def topmost(at: Point, things: Iterable[tuple[str, Rect, float]], slack: float = 0.0) -> str | None:
    """The id of the highest thing whose rectangle (with some slack) holds a point, of (id, rectangle, height)."""
    found, height = None, -inf
    x, y = at
    for key, (left, top, right, bottom), level in things:
        if left - slack <= x <= right + slack and top - slack <= y <= bottom + slack and level >= height:
            found, height = key, level
    return found


def nearest_wire(at: Point, wires: Iterable[tuple[str, list[Point]]], reach: float) -> str | None:
    """The id of the wire that runs nearest to a point, within a reach."""
    found, best = None, reach
    for key, points in wires:
        away = distance(points, at)
        if away < best or (away == best and (found is None or key < found)):
            found, best = key, away
    return found


def on_frame(at: Point, rect: Rect, reach: float) -> bool:
    """Whether a point is on the title bar or the border of a boundary."""
    left, top, right, bottom = rect
    outer = (left - reach, top - reach, right + reach, bottom + reach)
    inner = (left + reach, top + max(TITLE_HEIGHT, reach), right - reach, bottom - reach)
    return holds(outer, at) and not holds(inner, at)


def innermost(at: Point, boundaries: Iterable[tuple[str, Rect, float]]) -> str | None:
    """The id of the highest boundary that holds a point; boundaries are (id, rectangle, height), inner ones higher."""
    return topmost(at, boundaries)


def handle_point(rect: Rect, side: int) -> Point:
    """The middle of the connect handle on a side of a component."""
    dx, dy = OUTWARD[side]
    x, y = (rect[0] + rect[2]) / 2, (rect[1] + rect[3]) / 2
    return x + dx * (CARD_WIDTH / 2 + HANDLE_OUT), y + dy * (CARD_HEIGHT / 2 + HANDLE_OUT)


def connect_handle(at: Point, rect: Rect, reach: float) -> int | None:
    """The side whose connect handle is under a point."""
    for side in range(4):
        x, y = handle_point(rect, side)
        if abs(at[0] - x) <= reach and abs(at[1] - y) <= reach:
            return side
    return None


def grip_points(points: list[Point], sides: tuple[int, int]) -> tuple[Point, Point]:
    """The middles of the grips at both ends of a wire with these points, which starts and ends at these sides."""
    (x1, y1), (x2, y2) = points[0], points[-1]
    (out_x, out_y), (into_x, into_y) = OUTWARD[sides[0]], OUTWARD[sides[1]]
    return (x1 + out_x * HANDLE_OUT, y1 + out_y * HANDLE_OUT), (x2 + into_x * HANDLE_OUT, y2 + into_y * HANDLE_OUT)


def wire_end(at: Point, grips: tuple[Point, Point], reach: float) -> int | None:
    """The end whose grip is under a point; of two the nearer."""
    away = [max(abs(at[0] - x), abs(at[1] - y)) for x, y in grips]
    end = 0 if away[0] < away[1] else 1
    return end if away[end] <= reach else None


def corner_point(rect: Rect, corner: tuple[int, int]) -> Point:
    """The middle of a resize handle."""
    x, y = (rect[0] + rect[2]) / 2, (rect[1] + rect[3]) / 2
    return x + corner[0] * (rect[2] - rect[0]) / 2, y + corner[1] * (rect[3] - rect[1]) / 2


def resize_handle(at: Point, rect: Rect, reach: float) -> tuple[int, int] | None:
    """The corner or edge whose resize handle is under a point."""
    for corner in CORNERS:
        x, y = corner_point(rect, corner)
        if abs(at[0] - x) <= reach and abs(at[1] - y) <= reach:
            return corner
    return None


def in_band(rect: Rect, band: Rect, enclosing: bool) -> bool:
    """Whether a rubber band takes a rectangle: all of it when enclosing, any of it when crossing."""
    return contains(band, rect) if enclosing else overlaps(band, rect)


def wire_in_band(points: list[Point], band: Rect, enclosing: bool) -> bool:
    """Whether a rubber band takes a wire, whose runs are level or upright."""
    if enclosing:
        return all(holds(band, point) for point in points)
    return any(
        overlaps((min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2)), band) for (x1, y1), (x2, y2) in pairwise(points)
    )


def resized(
    rect: Rect,
    corner: tuple[int, int],
    to: Point,
    least: Rect | None,
    smallest: tuple[int, int],
    *,
    ratio: bool = False,
    centred: bool = False,
) -> Rect:
    """A boundary's rectangle with one corner or edge put at a point.

    It keeps `least` (its content) inside and is no smaller than `smallest`. The opposite corner stays, or the middle
    where it is `centred`; with `ratio` width and height change by the same factor, by the larger of two.
    """
    ways = tuple(
        _Way((rect[axis], rect[axis + 2]), corner[axis], (least[axis], least[axis + 2]) if least else None, centred)
        for axis in (0, 1)
    )
    sizes = [way.size_to(to[axis], smallest[axis]) for axis, way in enumerate(ways)]
    if ratio:
        factors = [size / way.size for size, way, side in zip(sizes, ways, corner, strict=True) if side]
        factor = max(*factors, *(way.least(smallest[axis]) / way.size for axis, way in enumerate(ways)))
        sizes = [round(way.size * factor) for way in ways]
    (left, right), (top, bottom) = (way.sized(size) for way, size in zip(ways, sizes, strict=True))
    return left, top, right, bottom


@record
class _Way:
    """One direction of a rectangle that is resized: its ends, which is held (0: none), and what stays inside."""

    ends: tuple[float, float]
    side: int
    inside: tuple[float, float] | None
    centred: bool

    @property
    def size(self) -> float:
        """The length now."""
        return self.ends[1] - self.ends[0]

    @property
    def _middle(self) -> float:
        return (self.ends[0] + self.ends[1]) / 2

    def least(self, smallest: float) -> float:
        """The shortest length that is allowed."""
        if self.inside is None:
            return smallest
        low, high = self.inside
        if self.centred or not self.side:
            return max(smallest, 2 * (high - self._middle), 2 * (self._middle - low))
        return max(smallest, high - self.ends[0] if self.side > 0 else self.ends[1] - low)

    def size_to(self, to: float, smallest: float) -> float:
        """The length with the held end at a place."""
        if not self.side:
            return self.size
        anchor = self._middle if self.centred else self.ends[0 if self.side > 0 else 1]
        wanted = (to - anchor) * self.side * (2 if self.centred else 1)
        return max(wanted, self.least(smallest))

    def sized(self, size: float) -> tuple[float, float]:
        """The ends for another length."""
        if size == self.size:
            return self.ends
        if self.centred or not self.side:
            low = round(self._middle - size / 2)
            return low, low + size
        return (self.ends[0], self.ends[0] + size) if self.side > 0 else (self.ends[1] - size, self.ends[1])
