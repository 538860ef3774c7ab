"""Zoom and scrolling of the view."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QTransform

from designer.gui.canvas.level_of_detail import Frame
from designer.gui.canvas.metrics import (
    EXTENT,
    FURTHEST_ZOOM,
    LARGEST_ZOOM,
    SMALLEST_ZOOM,
    Point,
    Rect,
    centre,
    contains,
)

if TYPE_CHECKING:
    from designer.gui.canvas.paper import Paper

_STEPS = (0.05, 0.1, 0.15, 0.25, 0.4, 0.55, 0.75, 1.0, 1.25, 1.5, 2.0, 3.0, 4.0)
_FIT_MARGIN = 48
"""Free pixels around the drawing when it is fitted into the view."""


class Viewpoint:
    """Where the view looks and how closely. The paper is so large that it never ends in practice."""

    def __init__(self, canvas: Paper) -> None:
        self._canvas = canvas
        self.zoom = 1.0
        self._fitted: tuple[Rect, float] | None = None
        self._centred: Point | None = None
        self._covered = 0
        canvas.setSceneRect(-EXTENT, -EXTENT, 2 * EXTENT, 2 * EXTENT)

    def set_zoom(self, zoom: float, about: QPoint | None = None) -> None:
        """Changes the zoom, keeping what is at a point of the view (by default its middle) where it is.

        Out it goes as far as `SMALLEST_ZOOM`, or further where the drawing is larger than the view even then.
        """
        if zoom < SMALLEST_ZOOM:
            zoom = max(zoom, self._furthest())
        self._zoom_to(zoom, about)

    def _furthest(self) -> float:
        """The smallest zoom that is of use: the drawing is seen whole."""
        content = self._canvas.drawing.content()
        return SMALLEST_ZOOM if content is None else min(SMALLEST_ZOOM, self._fitting(content, self._free()))

    def _zoom_to(self, zoom: float, about: QPoint | None = None) -> None:
        self.stay()
        canvas = self._canvas
        zoom = max(FURTHEST_ZOOM, min(LARGEST_ZOOM, zoom))
        about = about if about is not None else canvas.viewport().rect().center()
        if zoom == self.zoom:
            return
        at = canvas.mapToScene(about)
        self.zoom = zoom
        canvas.setTransform(QTransform.fromScale(zoom, zoom))
        self._put(at.x(), at.y(), about)
        self.refresh_frame()
        canvas.zoom_changed.emit(zoom)

    def step(self, direction: int) -> None:
        """Goes to the next round zoom, in or out."""
        if direction > 0:
            self.set_zoom(next((step for step in _STEPS if step > self.zoom * 1.001), LARGEST_ZOOM))
        else:
            self.set_zoom(next((step for step in reversed(_STEPS) if step < self.zoom / 1.001), FURTHEST_ZOOM))

    def scroll(self, dx: int, dy: int) -> None:
        """Moves the view over the drawing by pixels."""
        self.stay()
        across, down = self._canvas.horizontalScrollBar(), self._canvas.verticalScrollBar()
        across.setValue(across.value() + dx)
        down.setValue(down.value() + dy)

    def fit(self, rect: Rect | None, largest: float = 1.0) -> None:
        """Shows a rectangle whole and in the middle; without one, the origin at zoom 1."""
        area = self._free()
        if rect is None:
            self.set_zoom(1.0)
            self._put(0, 0, area.center())
            return
        self._zoom_to(min(self._fitting(rect, area), largest))
        self._put(*centre(rect), area.center())
        self._fitted = (rect, largest)

    def _free(self) -> QRect:
        """The part of the view that nothing lies over, in its pixels."""
        return self._canvas.viewport().rect().adjusted(0, self._covered, 0, 0)

    def _fitting(self, rect: Rect, area: QRect) -> float:
        """The zoom at which a rectangle of the drawing just fits into a part of the view, with a margin."""
        width = max(1, area.width() - 2 * _FIT_MARGIN) / max(1.0, rect[2] - rect[0])
        height = max(1, area.height() - 2 * _FIT_MARGIN) / max(1.0, rect[3] - rect[1])
        return min(width, height)

    def resized(self) -> None:
        """Shows again what was fitted or looked at, until somebody moves the view: a window opens in several sizes."""
        if self._fitted is not None:
            self.fit(*self._fitted)
        elif self._centred is not None:
            self._put(*self._centred, self._canvas.viewport().rect().center())

    def cover(self, pixels: int) -> None:
        """So much of the view's top is under something else: what is fitted is fitted below it."""
        if pixels != self._covered:
            self._covered = pixels
            self.resized()

    def stay(self) -> None:
        """Keeps the view as it is from now on, whatever the window does: somebody works in it."""
        self._fitted = self._centred = None

    def centre(self, at: Point) -> None:
        """Scrolls so that a point of the drawing is in the middle."""
        self.stay()
        self._put(at[0], at[1], self._canvas.viewport().rect().center())

    def look_at(self, at: Point, zoom: float) -> None:
        """Shows a point of the drawing in the middle, and keeps it there until somebody moves the view."""
        self.set_zoom(zoom)
        self.centre(at)
        self._centred = at

    def visible(self) -> Rect:
        """The part of the drawing that is shown."""
        area = self._canvas.viewport().rect()
        one, other = self._canvas.mapToScene(area.topLeft()), self._canvas.mapToScene(area.bottomRight())
        return one.x(), one.y(), other.x(), other.y()

    def reveal(self, rect: Rect) -> None:
        """Centres a rectangle unless it is shown whole."""
        if not contains(self.visible(), rect):
            self.centre(centre(rect))

    def refresh_frame(self) -> None:
        """Tells the items zoom and pixel ratio; everything is painted again when they differ."""
        frame = Frame(self.zoom, self._canvas.devicePixelRatioF())
        if frame != self._canvas.drawing.frame:
            self._canvas.drawing.frame = frame
            self._canvas.drawing.repaint_all()

    def _put(self, x: float, y: float, at: QPoint) -> None:
        self._canvas.horizontalScrollBar().setValue(round(x * self.zoom - at.x()))
        self._canvas.verticalScrollBar().setValue(round(y * self.zoom - at.y()))
