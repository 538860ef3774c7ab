"""The dots of the background grid."""

from __future__ import annotations

from math import ceil, floor

from PySide6.QtGui import QPainter

from designer.gui.canvas.blocks import Doubles, doubles, draw_rects
from designer.gui.canvas.look import Look
from designer.gui.canvas.metrics import DOT_SPACING, Rect

_CLOSEST = 18.0
"""Dots are never closer than this, in pixels."""
_SIZE = 1.8
"""The size of a dot, in pixels."""


class Dots:
    """Draws rows of dots from one array that is kept as long as the zoom does not change."""

    def __init__(self) -> None:
        self._row: Doubles = doubles()
        self._key: tuple[float, int] = (0.0, 0)

    def paint(self, painter: QPainter, look: Look, zoom: float, rect: Rect) -> None:
        """Draws the dots in a rectangle; the painter stands in scene coordinates."""
        step = spacing(zoom)
        size = _SIZE / zoom
        first, count = floor(rect[0] / step), ceil((rect[2] - rect[0]) / step) + 2
        if self._key[0] != zoom or self._key[1] < count:
            self._key = (zoom, count)
            self._row = doubles([value for n in range(count) for value in (n * step - size / 2, -size / 2, size, size)])
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(look.no_pen)
        painter.setBrush(look.dots)
        top, rows = floor(rect[1] / step), ceil((rect[3] - rect[1]) / step) + 2
        painter.translate(first * step, top * step)
        row = self._row[: 4 * count]
        for _ in range(rows):
            draw_rects(painter, row)
            painter.translate(0, step)
        painter.translate(-first * step, -(top + rows) * step)


def spacing(zoom: float) -> int:
    """The distance of dots at a zoom, in units: the usual one, doubled until it is wide enough."""
    step = DOT_SPACING
    while step * zoom < _CLOSEST:
        step *= 2
    return step
