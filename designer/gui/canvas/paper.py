"""The view as far as it only shows: scene, overlay, background, levels of detail."""

from __future__ import annotations

from collections.abc import Iterable
from math import ceil, floor
from typing import cast

from PySide6.QtCore import QPoint, QRect, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QRegion, QResizeEvent
from PySide6.QtWidgets import QFrame, QGraphicsView, QWidget

from designer.gui.canvas.background import Dots
from designer.gui.canvas.labels import Labels
from designer.gui.canvas.level_of_detail import Level
from designer.gui.canvas.look import Look
from designer.gui.canvas.metrics import Rect, box, sides
from designer.gui.canvas.overlay import Overlay
from designer.gui.canvas.repainting import Depth
from designer.gui.canvas.scene import Scene
from designer.gui.canvas.sheets import Sheets
from designer.gui.canvas.viewpoint import Viewpoint
from designer.gui.theme import current_theme

_MOST_PARTS = 12


class Paper(QGraphicsView):
    """Shows a scene, of which Qt's classes know nothing: what is drawn, and how, depends on the level of detail."""

    zoom_changed = Signal(float)
    """The zoom is another one; 1 is one unit to a pixel."""

    def __init__(self, labels: Labels, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.drawing = Scene(labels, Look(current_theme()), self)
        self.overlay = Overlay(self.drawing)
        self._dots = Dots()
        self._sheets = Sheets(self._draw_ground, self._draw_upon)
        self._all_is_asked = False
        """Whether Qt will paint the whole view with the next frame."""
        self.drawing.watch(self._outdate)
        self.setFrameShape(QFrame.Shape.NoFrame)
        # Qt would move what is on the screen, once for each scroll bar; the sheets do, once for both.
        self.setViewportUpdateMode(QGraphicsView.ViewportUpdateMode.NoViewportUpdate)
        self.setTransformationAnchor(QGraphicsView.ViewportAnchor.NoAnchor)
        self.setResizeAnchor(QGraphicsView.ViewportAnchor.NoAnchor)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.viewpoint = Viewpoint(self)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keeps a drawing that fills the view filling it."""
        super().resizeEvent(event)
        self.viewpoint.resized()

    def scrollContentsBy(self, dx: int, dy: int) -> None:  # noqa: N802 - Qt's name
        """Scrolls the drawing, and with it what lies over the view, except what is `pinned` there."""
        super().scrollContentsBy(dx, dy)
        by = QPoint(dx, dy)
        self._sheets.scroll(by)
        for child in self.viewport().findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly):
            if not child.property("pinned"):
                child.move(child.pos() + by)
        self.viewport().update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draws what is out of date in what is exposed, and shows it with handles, previews and the rubber band."""
        self._all_is_asked = False
        self.viewpoint.refresh_frame()
        self._sheets.fit(self.viewport().size(), self.drawing.frame.ratio)
        self._sheets.refresh(event.region())
        painter = QPainter(self.viewport())
        painter.drawPixmap(0, 0, self._sheets.picture)
        painter.setWorldTransform(self.viewportTransform())
        self.drawing.strata.paint_lifted(painter, self._around(event.region()))
        self.overlay.paint(painter)
        painter.end()

    def _outdate(self, rect: Rect | None, depth: Depth) -> None:
        """A rectangle of the drawing, or everything, is another, as deep as told."""
        area = self.viewport().rect()
        if rect is not None:
            shown, zoom = self.viewportTransform(), self.viewpoint.zoom
            left, top = floor(rect[0] * zoom + shown.dx()) - 1, floor(rect[1] * zoom + shown.dy()) - 1
            right, bottom = ceil(rect[2] * zoom + shown.dx()) + 1, ceil(rect[3] * zoom + shown.dy()) + 1
            if right <= 0 or bottom <= 0 or left >= area.width() or top >= area.height():
                return
            area &= QRect(left, top, right - left, bottom - top)
        if depth is Depth.DRAFT:
            self._sheets.finish(area)
        elif depth is not Depth.OVERLAY:
            self._sheets.outdate(area, ground=depth is Depth.GROUND)
        if not self._all_is_asked:
            self.viewport().update(area)
        self._all_is_asked = self._all_is_asked or rect is None

    def _draw_ground(self, painter: QPainter, area: QRegion) -> None:
        """Fills the paper, draws its dots and, unless from far away, the ground of the drawing."""
        drawing, around = self.drawing, self._around(area)
        painter.setWorldTransform(self.viewportTransform())
        # Not by `fillRect`, for which the binding of Qt loads its classes for gradients at the first picture.
        painter.setBackground(drawing.look.canvas)
        painter.eraseRect(box(around))
        self._dots.paint(painter, drawing.look, drawing.frame, around, self.viewport().width())
        if drawing.frame.level is not Level.FAR:
            drawing.strata.paint_ground(painter, self._parts(area))

    def _draw_upon(self, painter: QPainter, area: QRegion) -> None:
        """Draws all that lies upon the ground: close up layer by layer, from far away all of it in batches."""
        drawing = self.drawing
        painter.setWorldTransform(self.viewportTransform())
        if drawing.frame.level is Level.FAR:
            drawing.far_view.paint(painter, self._around(area), self.viewpoint.visible())
        else:
            drawing.strata.paint(painter, self._parts(area))

    def _around(self, area: QRegion) -> Rect:
        return self._in_drawing(area.boundingRect())

    def _parts(self, area: QRegion) -> list[Rect]:
        """The parts of an area of the view, or the one rectangle around very many, as rectangles of the drawing."""
        if area.rectCount() > _MOST_PARTS:
            return [self._around(area)]
        # The stubs do not say that a region can be gone through.
        return [self._in_drawing(part) for part in cast("Iterable[QRect]", area)]

    def _in_drawing(self, area: QRect) -> Rect:
        return sides(self.mapToScene(area.adjusted(-1, -1, 1, 1)).boundingRect())
