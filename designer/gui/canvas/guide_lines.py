"""How guides look: thin lines over whole pixels, and gaps with their length on a small plate."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter, QTransform

from designer.gui.canvas.guides import Guide
from designer.gui.canvas.look import Look

_TICK = 4.0
"""Half the length of the bar at each end of a gap, in pixels."""
_PLATE = (4.0, 15.0)
"""Room left and right of a number, and the height of its plate, in pixels."""
_IDENTITY = QTransform()


def paint_guides(painter: QPainter, look: Look, guides: Sequence[Guide]) -> None:
    """Draws guides in pixels of the view, so that they look the same at every zoom."""
    transform = painter.worldTransform()
    painter.setWorldTransform(_IDENTITY)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    for guide in guides:
        start, end = transform.map(QPointF(*guide.start)), transform.map(QPointF(*guide.end))
        painter.setPen(look.guide_pen)
        painter.drawLine(start, end)
        if guide.gap is not None:
            _paint_gap(painter, look, start, end, str(guide.gap))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setWorldTransform(transform)


def _paint_gap(painter: QPainter, look: Look, start: QPointF, end: QPointF, text: str) -> None:
    level = start.y() == end.y()
    dx, dy = (0.0, _TICK) if level else (_TICK, 0.0)
    for at in (start, end):
        painter.drawLine(QPointF(at.x() - dx, at.y() - dy), QPointF(at.x() + dx, at.y() + dy))
    width, height = look.badge_metrics.horizontalAdvance(text) + 2 * _PLATE[0], _PLATE[1]
    room = end.x() - start.x() if level else end.y() - start.y()
    if room < (width if level else height) + 2 * _TICK:
        return
    middle = (start + end) / 2
    plate = QRectF(middle.x() - width / 2, middle.y() - height / 2, width, height)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(look.no_pen)
    painter.setBrush(look.guide)
    painter.drawRoundedRect(plate, 3, 3)
    painter.setPen(look.guide_text)
    painter.setFont(look.badge_font)
    painter.drawText(QPointF(plate.left() + _PLATE[0], middle.y() + look.badge_metrics.capHeight() / 2), text)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
