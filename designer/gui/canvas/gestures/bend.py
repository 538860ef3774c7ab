"""Dragging a run of a wire to where it shall pass."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from designer.gui.canvas.gestures.gesture import Gesture, Pointer
from designer.gui.canvas.metrics import snap
from designer.gui.canvas.waypoints import bent, nearest_run
from designer.model import operations
from designer.storage.fields import MOST_CORNERS

if TYPE_CHECKING:
    from designer.gui.canvas.canvas import Canvas


class Bend(Gesture):
    """Shows the wire along its new corners, and puts them into the document when the button goes up."""

    scrolls = True

    def __init__(self, canvas: Canvas, wire: str, start: Pointer) -> None:
        super().__init__(canvas)
        self._key = wire
        self._home = self._via = canvas.document.architecture.connections[wire].via
        self._points = canvas.drawing.wires.points(canvas.drawing.wires.all[wire])
        self._run = run = nearest_run(self._points, start.at)
        self._level = abs(self._points[run][1] - self._points[run + 1][1]) < 0.5
        self.cursor = Qt.CursorShape.SplitVCursor if self._level else Qt.CursorShape.SplitHCursor

    def move(self, pointer: Pointer) -> None:
        """Puts the run under the pointer, on the grid unless Alt is held."""
        place = pointer.at[1 if self._level else 0]
        via = bent(self._points, self._run, round(place) if pointer.alt else snap(place))
        if via != self._via and len(via) <= MOST_CORNERS:
            self._via = via
            self.canvas.drawing.bend(self._key, via)

    def release(self, pointer: Pointer) -> None:  # noqa: ARG002
        """Keeps the corners, as one step."""
        self.canvas.finish()
        if self._via != self._home and not self.canvas.do(
            operations.bend(self.canvas.document.architecture, self._key, self._via)
        ):
            self.cancel()

    def cancel(self) -> None:
        """Shows the wire where it was."""
        self.canvas.drawing.bend(self._key, self._home)
