"""A short text above what is being dragged: the zone that it would stand in, or why it may not be put down."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter, QStaticText, QTextOption, QTransform

from designer.gui.canvas.look import Look
from designer.gui.canvas.metrics import Rect

_WIDEST = 300.0
_SIDE, _TOP, _GAP = 8.0, 4.0, 10.0
_WRAPPED = QTextOption()
_WRAPPED.setWrapMode(QTextOption.WrapMode.WordWrap)
_IDENTITY = QTransform()
ROOM = 360.0
"""How far a caption may reach from what it is about, in pixels."""


class Caption:
    """Laid out once, drawn in pixels, so that it can be read at any zoom."""

    def __init__(self, look: Look, text: str, around: Rect, refused: bool) -> None:
        self.around = around
        self.text = text
        self.refused = refused
        self._said = said = QStaticText(text)
        said.setTextOption(_WRAPPED)
        width = min(_WIDEST, look.label_metrics.horizontalAdvance(text) + 2)
        said.setTextWidth(width)
        said.prepare(font=look.label_font)
        self._size = said.size()

    def paint(self, painter: QPainter, look: Look) -> None:
        """Draws it; the painter stands in scene coordinates."""
        transform = painter.worldTransform()
        at = transform.map(QPointF((self.around[0] + self.around[2]) / 2, self.around[1]))
        width, height = self._size.width() + 2 * _SIDE, self._size.height() + 2 * _TOP
        left, top = at.x() - width / 2, at.y() - height - _GAP
        painter.setWorldTransform(_IDENTITY)
        painter.setPen(look.no_pen)
        painter.setBrush(look.refused if self.refused else look.accent)
        painter.drawRoundedRect(QRectF(left, top, width, height), 5, 5)
        painter.setPen(look.severity_text if self.refused else look.accent_text)
        painter.setFont(look.label_font)
        painter.drawStaticText(QPointF(left + _SIDE, top + _TOP), self._said)
        painter.setWorldTransform(transform)
