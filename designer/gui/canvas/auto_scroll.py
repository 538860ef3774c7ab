"""Scrolling while the pointer rests near the edge of the view during a drag."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, QRect, QTimer

if TYPE_CHECKING:
    from designer.gui.canvas.input_view import InputView

_EDGE = 28
"""How near to the edge scrolling begins, in pixels; it is the faster the nearer."""
_FASTEST = 22
_INTERVAL = 16


class AutoScroll(QObject):
    """Runs only while it scrolls."""

    def __init__(self, canvas: InputView) -> None:
        super().__init__(canvas)
        self._canvas = canvas
        self._at = QPoint()
        self._outside = False
        """Whether the pointer has come from outside and has not been away from the edges since."""
        self._timer = QTimer(self)
        self._timer.setInterval(_INTERVAL)
        self._timer.timeout.connect(self._step)

    def enter(self) -> None:
        """A drag comes in over an edge: nothing scrolls before it has been away from the edges."""
        self._outside = True

    def follow(self, at: QPoint) -> None:
        """Takes a new place of the pointer, in pixels of the view."""
        self._at = at
        if speed(at, self._canvas.viewport().rect()) == (0, 0):
            self._outside = False
            self._timer.stop()
        elif not self._outside and not self._timer.isActive():
            self._timer.start()

    def stop(self) -> None:
        """Ends scrolling."""
        self._outside = False
        self._timer.stop()

    def _step(self) -> None:
        dx, dy = speed(self._at, self._canvas.viewport().rect())
        self._canvas.viewpoint.scroll(dx, dy)
        self._canvas.follow(self._at)


def speed(at: QPoint, area: QRect) -> tuple[int, int]:
    """Pixels to scroll per step for a pointer at a place in an area."""
    return _along(at.x(), area.width()), _along(at.y(), area.height())


def _along(at: int, size: int) -> int:
    if at < _EDGE:
        return -min(_FASTEST, (_EDGE - at) * _FASTEST // _EDGE + 1)
    if at > size - _EDGE:
        return min(_FASTEST, (at - size + _EDGE) * _FASTEST // _EDGE + 1)
    return 0
