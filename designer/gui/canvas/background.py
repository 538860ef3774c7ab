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
_MOST = 24


class Dots:
    """Draws dots from arrays, one for each size of rectangle that is wanted at a zoom."""

    def __init__(self) -> None:
        self._grids: dict[tuple[float, int, int], Doubles] = {}

    def paint(self, painter: QPainter, look: Look, zoom: float, rect: Rect) -> None:
        """Draws the dots in a rectangle; the painter stands in scene coordinates."""
        step = spacing(zoom)
        first, top = floor(rect[0] / step), floor(rect[1] / step)
        # Rounded up, so that a strip that scrolling uncovers needs no other array than the strip before.
        columns, rows = _rounded(ceil((rect[2] - rect[0]) / step) + 2), _rounded(ceil((rect[3] - rect[1]) / step) + 2)
        grid = self._grids.get((zoom, columns, rows))
        if grid is None:
            if len(self._grids) >= _MOST:
                self._grids.clear()
            grid = self._grids[zoom, columns, rows] = _grid(step, _SIZE / zoom, columns, rows)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(look.no_pen)
        painter.setBrush(look.dots)
        painter.translate(first * step, top * step)
        draw_rects(painter, grid)
        painter.translate(-first * step, -top * step)


def _rounded(count: int) -> int:
    return (count + 3) // 4 * 4


def _grid(step: int, size: float, columns: int, rows: int) -> Doubles:
    dots = doubles()
    for row in range(rows):
        top = row * step - size / 2
        for column in range(columns):
            dots.extend((column * step - size / 2, top, size, size))
    return dots


def spacing(zoom: float) -> int:
    """The distance of dots at a zoom, in units: the usual one, doubled until it is wide enough."""
    step = DOT_SPACING
    while step * zoom < _CLOSEST:
        step *= 2
    return step
