"""Sizes of the drawing in canvas units (one unit is one device-independent pixel at zoom 1)."""

from __future__ import annotations

from collections.abc import Iterable
from math import floor

from PySide6.QtCore import QRectF

from designer.layout.measures import CARD_HEIGHT as CARD_HEIGHT
from designer.layout.measures import CARD_WIDTH as CARD_WIDTH
from designer.layout.measures import GRID as GRID
from designer.layout.measures import PADDING as PADDING
from designer.layout.measures import SMALLEST_BOUNDARY as SMALLEST_BOUNDARY
from designer.layout.measures import TITLE_HEIGHT as TITLE_HEIGHT
from designer.layout.measures import boundary_rect as boundary_rect
from designer.layout.measures import card_rect as card_rect
from designer.layout.measures import snap as snap
from designer.model.entities import MOST_LAYERS

Point = tuple[float, float]
"""x to the right, y down."""
Rect = tuple[float, float, float, float]
"""left, top, right, bottom."""

DOT_SPACING = 24
"""The distance of the dots in the background, a multiple of the grid."""
BOUNDARY_SIZES = {"vpc": (720, 440), "tier": (280, 200), "group": (280, 200)}
"""The size of a new boundary by its kind."""
DRAG_THRESHOLD = 4
"""A press that moves less than this many pixels is a click."""
SMALLEST_ZOOM = 0.04
"""So far away goes who zooms out by hand; further only as far as a large drawing needs to be seen whole."""
FURTHEST_ZOOM = 0.002
"""No drawing is looked at from further away."""
LARGEST_ZOOM = 4.0
EXTENT = 200_000
"""The view can be scrolled this far from the origin, in every direction."""


def on_pixel(place: float, ratio: float) -> float:
    """The whole pixel nearest to a place in points, on a screen with so many pixels to a point.

    Of a half the greater, never the even one as `round` has it: scrolled by a pixel, everything moves by just one.
    """
    return floor(place * ratio + 0.5) / ratio


def around(rects: Iterable[Rect]) -> Rect:
    """The smallest rectangle around all of some; an empty one at the origin for none."""
    found: Rect | None = None
    for rect in rects:
        found = united(found, rect)
    return found or (0.0, 0.0, 0.0, 0.0)


def united(one: Rect | None, other: Rect | None) -> Rect | None:
    """The smallest rectangle around both."""
    if one is None or other is None:
        return one or other
    # Without `min` and `max`, which take three times as long: thousands of rectangles come together in a frame.
    left, top, right, bottom = one
    x1, y1, x2, y2 = other
    return (
        left if left <= x1 else x1,
        top if top <= y1 else y1,
        right if right >= x2 else x2,
        bottom if bottom >= y2 else y2,
    )


def contains(outer: Rect, inner: Rect) -> bool:
    """Whether the second rectangle lies within the first."""
    return outer[0] <= inner[0] and outer[1] <= inner[1] and outer[2] >= inner[2] and outer[3] >= inner[3]


def overlaps(one: Rect, other: Rect) -> bool:
    """Whether two rectangles share a point."""
    return one[0] <= other[2] and other[0] <= one[2] and one[1] <= other[3] and other[1] <= one[3]


def grown(rect: Rect, margin: float) -> Rect:
    """The rectangle with a margin on all sides."""
    return rect[0] - margin, rect[1] - margin, rect[2] + margin, rect[3] + margin


def shifted(rect: Rect, dx: float, dy: float) -> Rect:
    """The rectangle somewhere else, as large."""
    return rect[0] + dx, rect[1] + dy, rect[2] + dx, rect[3] + dy


def surface(rect: Rect) -> float:
    """How much a rectangle covers, in square units."""
    return (rect[2] - rect[0]) * (rect[3] - rect[1])


def centre(rect: Rect) -> Point:
    """The middle of a rectangle."""
    return (rect[0] + rect[2]) / 2, (rect[1] + rect[3]) / 2


def holds(rect: Rect, at: Point) -> bool:
    """Whether a point lies in a rectangle."""
    return rect[0] <= at[0] <= rect[2] and rect[1] <= at[1] <= rect[3]


def height_of(layer: int) -> float:
    """How high a layer of a file lies above what has the height 0: above it and less than half as high as 1."""
    return 0.25 + layer / (4 * MOST_LAYERS + 4)


def sides(rect: QRectF) -> Rect:
    """A rectangle of Qt's by its four sides."""
    return rect.left(), rect.top(), rect.right(), rect.bottom()


def box(rect: Rect) -> QRectF:
    """Qt's rectangle with these four sides."""
    return QRectF(rect[0], rect[1], rect[2] - rect[0], rect[3] - rect[1])
