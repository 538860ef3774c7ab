"""The view as far as it only shows: scene, overlay, background, levels of detail."""

from __future__ import annotations

from collections.abc import Iterable
from typing import cast

from PySide6.QtCore import QRect, QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QRegion, QResizeEvent
from PySide6.QtWidgets import QFrame, QGraphicsView, QWidget

from designer.gui.canvas.background import Dots
from designer.gui.canvas.labels import Labels
from designer.gui.canvas.level_of_detail import Level
from designer.gui.canvas.look import Look
from designer.gui.canvas.metrics import sides
from designer.gui.canvas.overlay import Overlay
from designer.gui.canvas.scene import Scene
from designer.gui.canvas.viewpoint import Viewpoint
from designer.gui.theme import current_theme


class Paper(QGraphicsView):
    """Shows a scene. Close up Qt draws layer by layer; from far away one call draws all of it in batches."""

    zoom_changed = Signal(float)
    """The zoom is another one; 1 is one unit to a pixel."""

    def __init__(self, labels: Labels, parent: QWidget | None) -> None:
        super().__init__(parent)
        # A view does not own its scene; this attribute and the scene's parent keep it alive.
        self.drawing = Scene(labels, Look(current_theme()), self)
        self.setScene(self.drawing)
        self.overlay = Overlay(self.drawing)
        self._dots = Dots()
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setViewportUpdateMode(QGraphicsView.ViewportUpdateMode.SmartViewportUpdate)
        # The picture of the ground is kept, and scrolls along; the scene says where it is another (`Scene.repaint`).
        self.setCacheMode(QGraphicsView.CacheModeFlag.CacheBackground)
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
        children = self.viewport().findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly)
        pinned = [(child, child.pos()) for child in children if child.property("pinned")]
        super().scrollContentsBy(dx, dy)
        for child, place in pinned:
            child.move(place)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paints what is exposed, at the level of detail for the zoom."""
        self.viewpoint.refresh_frame()
        if self.drawing.frame.level is not Level.FAR:
            self.drawing.exposed = tuple(
                sides(self.mapToScene(part.adjusted(-1, -1, 1, 1)).boundingRect()) for part in _parts(event.region())
            )
            super().paintEvent(event)
            self.drawing.exposed = ()
            return
        painter = QPainter(self.viewport())
        painter.setWorldTransform(self.viewportTransform())
        exposed = self.mapToScene(event.rect().adjusted(-1, -1, 1, 1)).boundingRect()
        self.drawBackground(painter, exposed)
        self.drawing.far_view.paint(painter, sides(exposed), self.viewpoint.visible())
        self.overlay.paint(painter)
        painter.end()

    def drawBackground(self, painter: QPainter, rect: QRectF | QRect) -> None:
        """Fills the paper, draws its dots and, unless from far away, the ground of the drawing."""
        rect = QRectF(rect)
        look = self.drawing.look
        painter.fillRect(rect, look.canvas)
        # The scene may have asked for everything, of which only what is in view can be seen.
        shown = QRectF(self.mapToScene(self.viewport().rect()).boundingRect()).adjusted(-1, -1, 1, 1)
        self._dots.paint(painter, look, self.drawing.frame, sides(rect & shown), self.viewport().width())
        if self.drawing.frame.level is not Level.FAR:
            parts = [sides(QRectF(part).adjusted(-1, -1, 1, 1) & shown) for part in _parts(painter.clipRegion())]
            self.drawing.paint_ground(painter, parts or [sides(rect & shown)])

    def drawForeground(self, painter: QPainter, rect: QRectF | QRect) -> None:  # noqa: ARG002
        """Draws handles, previews and the rubber band."""
        self.overlay.paint(painter)


def _parts(region: QRegion) -> Iterable[QRect]:
    # The stubs do not say that a region can be gone through.
    return cast("Iterable[QRect]", region)
