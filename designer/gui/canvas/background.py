"""The dots of the background grid."""

from __future__ import annotations

from math import ceil, floor

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPixmap, QTransform

from designer.gui.canvas.level_of_detail import Frame
from designer.gui.canvas.look import Look
from designer.gui.canvas.metrics import DOT_SPACING, Rect, on_pixel

_CLOSEST = 18.0
"""Dots are never closer than this, in pixels."""
_SIZE = 1.8
"""The size of a dot, in pixels."""
_STRIP = 4
"""The height of the strip that holds a row of dots, in pixels."""
_BEFORE = 4
"""Where in it the first dot stands at most a pixel further on, in points."""
_PARTS = 64
"""Shifts by less than such a part of a point are no others."""
_IDENTITY = QTransform()


class Dots:
    """Draws one row of dots into a strip, and copies that for every row: a copy costs less than a hundred dots."""

    def __init__(self) -> None:
        self._strip = QPixmap()
        self._made_for: tuple[Look, float, float, float, int] | None = None

    def paint(self, painter: QPainter, look: Look, frame: Frame, rect: Rect, width: int) -> None:
        """Draws the dots in a rectangle of a view of a width in points.

        The painter stands in scene coordinates, which only a zoom and a shift turn into those of the view.
        """
        transform = painter.worldTransform()
        step = spacing(frame.zoom)
        pitch = step * frame.zoom
        # The first dot of each row that the device shows; from one whole pixel to another the same strip will do.
        left = ceil(-transform.dx() / pitch) * pitch + transform.dx()
        whole = floor(left * frame.ratio) / frame.ratio
        strip = self._row(look, frame.ratio, pitch, round((left - whole) * _PARTS) / _PARTS, width)
        painter.setWorldTransform(_IDENTITY)
        at = QPointF(whole - _BEFORE, 0)
        for row in range(floor(rect[1] / step), ceil(rect[3] / step) + 1):
            at.setY(on_pixel(row * pitch + transform.dy(), frame.ratio) - _STRIP / 2)
            painter.drawPixmap(at, strip)
        painter.setWorldTransform(transform)

    def _row(self, look: Look, ratio: float, pitch: float, shift: float, width: int) -> QPixmap:
        wanted = (look, ratio, pitch, shift, width)
        if self._made_for != wanted:
            self._made_for = wanted
            self._strip = _strip(look, ratio, pitch, _BEFORE + shift, width + _BEFORE)
        return self._strip


def _strip(look: Look, ratio: float, pitch: float, left: float, width: int) -> QPixmap:
    strip = QPixmap(ceil(width * ratio), ceil(_STRIP * ratio))
    strip.setDevicePixelRatio(ratio)
    strip.fill(Qt.GlobalColor.transparent)
    painter = QPainter(strip)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(look.no_pen)
    painter.setBrush(look.dots)
    for column in range(ceil((width - left) / pitch) + 1):
        painter.drawRect(QRectF(left + column * pitch - _SIZE / 2, (_STRIP - _SIZE) / 2, _SIZE, _SIZE))
    painter.end()
    return strip


def spacing(zoom: float) -> int:
    """The distance of dots at a zoom, in units: the usual one, doubled until it is wide enough."""
    step = DOT_SPACING
    while step * zoom < _CLOSEST:
        step *= 2
    return step
