"""The whole drawing in a corner of the view, framed around what is seen: click to go there, drag to look around."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPointF, QRectF, Qt, QTimer
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QPixmap, QWheelEvent
from PySide6.QtWidgets import QWidget

from designer.gui.canvas.metrics import Point, Rect, centre, contains, grown
from designer.language import tr

if TYPE_CHECKING:
    from designer.gui.canvas.canvas import Canvas

_LARGEST = (208.0, 148.0)
_SMALLEST = (72.0, 48.0)
_FROM_EDGE = 14
_AROUND = 0.05
"""Free space around the drawing in the map, as a share of its longer side."""
_LEAST_FRAME = 8.0
"""The frame is at least this wide and high, in pixels, and never quite outside of the map."""
_REDRAW_MS = 120


class Minimap(QWidget):
    """Painted from a picture that is made anew a moment after the drawing has changed; away while all of it is seen."""

    def __init__(self, canvas: Canvas) -> None:
        super().__init__(canvas.viewport())
        self._canvas = canvas
        self._area: Rect = (0.0, 0.0, 1.0, 1.0)
        self._content: Rect | None = None
        self._picture = QPixmap()
        self._scale = 1.0
        self._wanted = True
        self._grip: Point | None = None
        self._frame = QRectF()
        self.setProperty("pinned", True)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(tr("Minimap"))
        self.setToolTip(tr("Click to go there, drag to look around"))
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_REDRAW_MS)
        self._soon.timeout.connect(self._redraw)
        self._listen()

    def _listen(self) -> None:
        canvas = self._canvas
        canvas.document.changed.connect(self._outdate)
        canvas.document.replaced.connect(self._outdate)
        canvas.look_changed.connect(self._outdate)
        canvas.zoom_changed.connect(self._follow)
        canvas.horizontalScrollBar().valueChanged.connect(self._follow)
        canvas.verticalScrollBar().valueChanged.connect(self._follow)
        canvas.viewport().installEventFilter(self)

    def use(self, wanted: bool) -> None:
        """Whether the map is shown where it helps."""
        self._wanted = wanted
        self._follow()
        if wanted:
            self._redraw()

    @property
    def frame(self) -> QRectF:
        """What the view shows, in pixels of the map."""
        return self._frame

    def place_of(self, at: Point) -> QPointF:
        """Where a point of the drawing is on the map."""
        return QPointF((at[0] - self._area[0]) * self._scale, (at[1] - self._area[1]) * self._scale)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Keeps to its corner when the view gets another size."""
        if event.type() is QEvent.Type.Resize:
            self._stand()
            self._follow()
        return super().eventFilter(watched, event)

    def event(self, event: QEvent) -> bool:
        """Draws anew for a screen of another pixel ratio."""
        if event.type() is QEvent.Type.DevicePixelRatioChange:
            self._outdate()
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        """Copies the picture and draws the frame."""
        look = self._canvas.drawing.look
        painter = QPainter(self)
        painter.drawPixmap(0, 0, self._picture)
        painter.setPen(look.accent_pen)
        painter.setBrush(look.band)
        painter.drawRect(self._frame)
        painter.setPen(look.chip_border)
        painter.setBrush(look.no_brush)
        painter.drawRect(QRectF(0.5, 0.5, self.width() - 1, self.height() - 1))
        painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Takes the frame where it is, or brings it here first."""
        if event.button() is not Qt.MouseButton.LeftButton:
            return
        at, middle = event.position(), self._frame.center()
        if not self._frame.contains(at):
            middle = at
        self._grip = at.x() - middle.x(), at.y() - middle.y()
        self._go(at)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drags the frame."""
        if self._grip is not None:
            self._go(event.position())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: ARG002
        """Lets it go, and may leave when all is seen."""
        self._grip = None
        self._follow()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zooms the view, keeping its middle."""
        turned = event.angleDelta().y()
        if turned:
            self._canvas.viewpoint.step(1 if turned > 0 else -1)
        event.accept()

    def _go(self, at: QPointF) -> None:
        assert self._grip is not None
        x, y = at.x() - self._grip[0], at.y() - self._grip[1]
        self._canvas.viewpoint.centre((x / self._scale + self._area[0], y / self._scale + self._area[1]))

    def _outdate(self) -> None:
        if self._wanted:
            self._soon.start()

    def _redraw(self) -> None:
        self._content = self._canvas.drawing.content()
        if self._content is not None:
            self._measure(self._content)
            self._make_picture()
        self._stand()
        self._follow()
        self.update()

    def _measure(self, content: Rect) -> None:
        around = _AROUND * max(content[2] - content[0], content[3] - content[1])
        self._area = area = grown(content, around)
        width, height = area[2] - area[0], area[3] - area[1]
        self._scale = min(_LARGEST[0] / width, _LARGEST[1] / height)
        size = max(_SMALLEST[0], width * self._scale), max(_SMALLEST[1], height * self._scale)
        left, top = centre(area)[0] - size[0] / self._scale / 2, centre(area)[1] - size[1] / self._scale / 2
        self._area = left, top, left + size[0] / self._scale, top + size[1] / self._scale
        self.resize(round(size[0]), round(size[1]))

    def _make_picture(self) -> None:
        drawing, ratio = self._canvas.drawing, self.devicePixelRatioF()
        pixmap = QPixmap(self.size() * ratio)
        pixmap.setDevicePixelRatio(ratio)
        pixmap.fill(drawing.look.color("canvas"))
        painter = QPainter(pixmap)
        painter.scale(self._scale, self._scale)
        painter.translate(-self._area[0], -self._area[1])
        drawing.far_view.paint_plan(painter)
        painter.end()
        self._picture = pixmap

    def _stand(self) -> None:
        area = self._canvas.viewport().rect()
        self.move(area.width() - self.width() - _FROM_EDGE, area.height() - self.height() - _FROM_EDGE)

    def _follow(self) -> None:
        """Frames what the view shows now."""
        seen = self._canvas.viewpoint.visible()
        if self._grip is None:
            content = self._content
            self.setVisible(self._wanted and content is not None and not contains(seen, content))
        one, other = self.place_of((seen[0], seen[1])), self.place_of((seen[2], seen[3]))
        left, right = _kept(one.x(), other.x(), self.width() - 1.0)
        top, bottom = _kept(one.y(), other.y(), self.height() - 1.0)
        frame = QRectF(left, top, right - left, bottom - top)
        if frame != self._frame:
            self._frame = frame
            self.update()


def _kept(start: float, end: float, length: float) -> tuple[float, float]:
    """A span as far as it lies in 1 to `length`; what is outside is brought to the edge."""
    start = min(max(start, 1.0), length - _LEAST_FRAME)
    return start, max(min(end, length), start + _LEAST_FRAME)
