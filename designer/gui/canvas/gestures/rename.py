"""Renaming in place: a line of text over the name on the card or the title bar."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFocusEvent, QFont, QKeyEvent
from PySide6.QtWidgets import QLineEdit

from designer.gui.canvas.metrics import TITLE_HEIGHT, Rect
from designer.language import tr

if TYPE_CHECKING:
    from designer.gui.canvas.canvas import Canvas

_LONGEST_NAME = 100
_LEAST_FONT = 11


class RenameEditor(QLineEdit):
    """Enter or another click keeps the name, Esc does not; an empty one only where that may be. It closes itself."""

    def __init__(
        self, canvas: Canvas, name: str, where: Rect, rename: Callable[[str], None], *, empty: bool = False
    ) -> None:
        super().__init__(name, canvas.viewport())
        self._canvas = canvas
        self._old = name
        self._rename = rename
        self._done = False
        self._empty = empty
        self.setAccessibleName(tr("New name of {name}", name=name))
        self.setMaxLength(_LONGEST_NAME)
        self._settle(where)
        self.show()
        self.selectAll()
        self.setFocus()

    def end(self, keep: bool) -> None:
        """Closes the editor, keeping the new name or not."""
        if self._done:
            return
        self._done = True
        name = " ".join(self.text().split())
        if self.hasFocus():
            # First, for hiding what has the focus counts as Tab, which selects the next component.
            self._canvas.setFocus()
        self.hide()
        self.deleteLater()
        if keep and (name or self._empty) and name != self._old:
            self._rename(name)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter keeps the name, Esc abandons it; neither goes on to the canvas, for which they are commands."""
        if event.key() in (Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.end(keep=event.key() != Qt.Key.Key_Escape)
            event.accept()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """A click elsewhere keeps the name, as when a field of a form is left; its own menu does not count."""
        super().focusOutEvent(event)
        if event.reason() is not Qt.FocusReason.PopupFocusReason:
            self.end(keep=True)

    def _settle(self, where: Rect) -> None:
        """Takes the place of the name, in letters of its size."""
        zoom = self._canvas.viewpoint.zoom
        font = QFont(self.font())
        font.setPixelSize(max(_LEAST_FONT, round(13 * zoom)))
        font.setWeight(QFont.Weight.DemiBold)
        self.setFont(font)
        left, top, right, bottom = where
        area = self._canvas.mapFromScene(QRectF(left, top, right - left, bottom - top)).boundingRect()
        height = max(round(TITLE_HEIGHT * zoom), self.sizeHint().height())
        self.setGeometry(area.left(), area.center().y() - height // 2, max(area.width(), 120), height)
