"""Dragging the paper: with the middle button, or with the main one while Space is held."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from designer.gui.canvas.gestures.gesture import Gesture, Pointer

if TYPE_CHECKING:
    from designer.gui.canvas.canvas import Canvas


class Pan(Gesture):
    """Keeps the point of the drawing that was pressed under the pointer."""

    cursor = Qt.CursorShape.ClosedHandCursor

    def __init__(self, canvas: Canvas, pointer: Pointer) -> None:
        super().__init__(canvas)
        self._last = pointer.view

    def move(self, pointer: Pointer) -> None:
        """Scrolls by as much as the pointer has moved."""
        away = self._last - pointer.view
        self._last = pointer.view
        self.canvas.viewpoint.scroll(away.x(), away.y())
