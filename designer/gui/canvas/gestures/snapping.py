"""Where something that is dragged comes to stand: on the grid, or in line with what is near."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from typing import TYPE_CHECKING

from designer.gui.canvas.level_of_detail import Level
from designer.gui.canvas.metrics import Point, Rect, contains, grown, overlaps, snap

if TYPE_CHECKING:
    from designer.gui.canvas.canvas import Canvas
    from designer.gui.canvas.guides import Guides

_REACH = 5.0
"""A thing is pulled into line over so many pixels, little more than half a step of the grid."""
_AROUND = 700.0
"""What is further away than this is no neighbour, in canvas units."""
_NEAR = 300.0
"""How far a thing may be dragged until its neighbours are looked up anew."""


class Snapping:
    """Lines up what is dragged with what stands still and can be seen, and shows by which lines."""

    def __init__(
        self, canvas: Canvas, components: AbstractSet[str] = frozenset(), boundaries: AbstractSet[str] = frozenset()
    ) -> None:
        self._canvas = canvas
        self._components = components
        self._boundaries = boundaries
        self._guides = _no_guides()
        self._near: Rect | None = None
        self._seen: Rect | None = None
        self._there: Rect | None = None

    def way(self, rect: Rect, held: Point, *, across: bool = True, down: bool = True) -> Point:
        """How far a rectangle has to go on to its place: to a line within reach, else to the grid.

        `held` is the point that keeps to the grid; a direction that is not given stays as it is.
        """
        dx, dy = self._pull(rect)
        dx = (dx if dx is not None else snap(held[0]) - held[0]) if across else 0
        dy = (dy if dy is not None else snap(held[1]) - held[1]) if down else 0
        self._there = (rect[0] + dx, rect[1] + dy, rect[2] + dx, rect[3] + dy)
        return dx, dy

    def show(self, rect: Rect | None = None) -> None:
        """Shows the guides of the last place, or of a rectangle of which only an edge was dragged.

        To be called once what is dragged is there: before, Qt would paint twice, the guides and then what has moved.
        """
        shown = rect if rect is not None else self._there
        self._canvas.overlay.show_guides([] if self._there is None or shown is None else self._guides.shown(shown))

    def forget(self) -> None:
        """Shows no guides."""
        self._there = None
        self._canvas.overlay.show_guides([])

    def _pull(self, rect: Rect) -> tuple[float | None, float | None]:
        frame = self._canvas.drawing.frame
        if frame.level is Level.FAR:
            # Hundreds of small things would pull, none of them meant.
            self._guides, self._near = _no_guides(), None
            return None, None
        seen = self._canvas.viewpoint.visible()
        if self._near is None or seen != self._seen or not contains(self._near, rect):
            self._seen, self._near = seen, grown(rect, _NEAR)
            self._guides = _guides(self._neighbours(_common(seen, grown(rect, _AROUND))))
        return self._guides.pull(rect, _REACH / frame.zoom)

    def _neighbours(self, area: Rect) -> list[Rect]:
        drawing = self._canvas.drawing
        found = [drawing.rects[key] for key in drawing.components_in(area) if key not in self._components]
        if self._boundaries:
            # Frames line up with one another; cards do not with the frames around them.
            around = (item for item in drawing.boundaries_in(area) if item.entity.id not in self._boundaries)
            found += [item.rect for item in around if overlaps(item.rect, area)]
        return found


def _guides(rects: list[Rect]) -> Guides:
    # Loaded when something is dragged for the first time: the window shows sooner without it.
    from designer.gui.canvas.guides import Guides

    return Guides(rects)


def _no_guides() -> Guides:
    return _guides([])


def _common(one: Rect, other: Rect) -> Rect:
    return max(one[0], other[0]), max(one[1], other[1]), min(one[2], other[2]), min(one[3], other[3])
