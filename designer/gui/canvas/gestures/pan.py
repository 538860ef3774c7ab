"""Dragging the paper: with the middle or right button, or with the main one while Space is held."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from designer.gui.canvas.gestures.gesture import Gesture, Pointer
from designer.gui.canvas.metrics import DRAG_THRESHOLD

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


class MenuPress(Gesture):
    """The right button is down: a drag moves the paper, a click opens the menu."""

    def __init__(self, canvas: Canvas, pointer: Pointer) -> None:
        super().__init__(canvas)
        self._start = pointer

    def move(self, pointer: Pointer) -> None:
        """Becomes a pan once the pointer has moved far enough to mean one."""
        away = pointer.view - self._start.view
        if max(abs(away.x()), abs(away.y())) >= DRAG_THRESHOLD:
            pan = Pan(self.canvas, self._start)
            self.canvas.begin(pan)
            pan.move(pointer)

    def release(self, pointer: Pointer) -> None:
        """Was a click."""
        self.canvas.finish()
        self.canvas.open_menu(pointer.view)
