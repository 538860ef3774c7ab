"""What all gestures share."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QToolTip

from designer.gui.canvas.metrics import Point
from designer.gui.controls import tip

if TYPE_CHECKING:
    from designer.gui.canvas.canvas import Canvas


@dataclass(frozen=True, slots=True)
class Pointer:
    """Where the pointer is, in pixels of the view and in the drawing, and which modifier keys are held."""

    view: QPoint
    at: Point
    shift: bool = False
    control: bool = False
    alt: bool = False


class Gesture:
    """Something the user is in the middle of. The canvas has at most one; `finish` of the canvas ends it."""

    scrolls = False
    """Whether the view scrolls when the pointer comes near its edge."""
    cursor: Qt.CursorShape | None = None

    def __init__(self, canvas: Canvas) -> None:
        self.canvas = canvas

    def move(self, pointer: Pointer) -> None:
        """The pointer, or a modifier key, is elsewhere now."""

    def press(self, pointer: Pointer) -> None:
        """The main button goes down again, in a gesture that outlives the button."""

    def release(self, pointer: Pointer) -> None:  # noqa: ARG002
        """The main button goes up: by default the gesture ends."""
        self.canvas.finish()

    def key(self, key: int, pointer: Pointer) -> bool:  # noqa: ARG002
        """A key goes down; says whether the gesture uses it."""
        return False

    def cancel(self) -> None:
        """Takes back what the gesture has shown. The document was not touched."""

    def explain(self, reason: str, pointer: Pointer) -> None:
        """Says beside the pointer, and in the status bar, why something does not happen."""
        view = self.canvas.viewport()
        QToolTip.showText(view.mapToGlobal(pointer.view), tip(reason), view)
        self.canvas.say(reason)
