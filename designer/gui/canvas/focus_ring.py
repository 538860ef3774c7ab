"""The frame around the canvas that shows where keys go, once the keyboard has brought them there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QRect, Qt
from PySide6.QtGui import QFocusEvent, QPainter, QPaintEvent, QRegion
from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from designer.gui.canvas.canvas import Canvas

_WIDTH = 2
_BY_KEY = (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason, Qt.FocusReason.ShortcutFocusReason)


class FocusRing(QWidget):
    """Lies over the edges of the canvas and nothing else; a click, which shows by itself where it was, hides it."""

    def __init__(self, canvas: Canvas) -> None:
        super().__init__(canvas)
        self._canvas = canvas
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()
        canvas.installEventFilter(self)
        canvas.viewport().installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Follows the keyboard and the size of the canvas."""
        if event.type() is QEvent.Type.FocusIn and isinstance(event, QFocusEvent) and watched is self._canvas:
            self.setVisible(self.isVisible() or event.reason() in _BY_KEY)
            self._fit()
        elif event.type() in (QEvent.Type.FocusOut, QEvent.Type.MouseButtonPress):
            self.hide()
        elif event.type() is QEvent.Type.Resize and self.isVisible():
            self._fit()
        return False

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The frame in the colour of the focus."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._canvas.drawing.look.color("focus"))
        painter.end()

    def _fit(self) -> None:
        whole = QRect(self._canvas.viewport().geometry())
        self.setGeometry(whole)
        inner = self.rect().adjusted(_WIDTH, _WIDTH, -_WIDTH, -_WIDTH)
        self.setMask(QRegion(self.rect()).subtracted(QRegion(inner)))
        self.raise_()
