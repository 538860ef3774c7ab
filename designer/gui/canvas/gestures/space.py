"""Making room, or taking it away: all that lies beyond a line is pushed along, by Ctrl, Shift and Alt and a drag."""

from __future__ import annotations

from typing import TYPE_CHECKING

from designer.gui.canvas.gestures.gesture import Gesture, Pointer
from designer.gui.canvas.metrics import Point, Rect, card_rect, overlaps, snap
from designer.gui.canvas.spacing import Pushed, least_push, pushed
from designer.language import tr
from designer.model.edits import Batch

if TYPE_CHECKING:
    from designer.gui.canvas.canvas import Canvas

_MOST_LIVE = 1500
"""Up to so many components things move while the pointer does; of more only the strip is shown until it is let go."""


class Space(Gesture):
    """Shows what lies to the right of the line, or below it, where it would come to; the longer way decides which."""

    scrolls = True

    def __init__(self, canvas: Canvas, start: Pointer) -> None:
        super().__init__(canvas)
        self._start = start.at
        self._axis = 0
        self._by = 0
        self._touched: set[str] = set()
        self._least: dict[int, int] = {}
        self._shown = Pushed()
        self._live = len(canvas.drawing.rects) <= _MOST_LIVE
        drawing = canvas.drawing
        architecture = canvas.document.architecture
        self._homes: dict[str, Rect] = {key: card_rect(*drawing.place_of(key)) for key in architecture.components}
        self._frames: dict[str, Rect] = {key: drawing.frame_of(key) for key in architecture.boundaries}

    def move(self, pointer: Pointer) -> None:
        """Pushes by whole steps of the grid; nothing is pushed over what stays."""
        away = pointer.at[0] - self._start[0], pointer.at[1] - self._start[1]
        axis = 0 if abs(away[0]) >= abs(away[1]) else 1
        architecture = self.canvas.document.architecture
        by = snap(away[axis])
        if by < 0:
            if axis not in self._least:
                self._least[axis] = least_push(architecture, axis, self._start[axis])
            by = max(by, self._least[axis])
        if (axis, by) == (self._axis, self._by):
            return
        self._axis, self._by = axis, by
        if self._live:
            self._show(self._seen(pushed(architecture, axis, self._start[axis], by)))
        self._show_line(axis, by)
        self.canvas.say(self._words())

    def release(self, pointer: Pointer) -> None:  # noqa: ARG002
        """Keeps things where they are shown, as one step."""
        architecture, by = self.canvas.document.architecture, self._by
        found = pushed(architecture, self._axis, self._start[self._axis], by)
        self.canvas.overlay.show_band(None)
        self.canvas.finish()
        done = False
        if by and (found.components or found.boundaries):
            label = tr("Make space") if by > 0 else tr("Remove space")
            done = self.canvas.do(Batch(label, found.edits(architecture)))
        if not done:
            self._show(Pushed())
        self._settle()

    def cancel(self) -> None:
        """Puts everything back."""
        self.canvas.overlay.show_band(None)
        self._show(Pushed())
        self._settle()
        self.canvas.say("")

    def _seen(self, found: Pushed) -> Pushed:
        """What of it can be seen before or after: of a large drawing, all that has to be shown while it is dragged."""
        visible = self.canvas.viewpoint.visible()
        homes = self._homes
        components = {
            key: place
            for key, place in found.components.items()
            if overlaps(homes[key], visible) or overlaps(card_rect(*place), visible)
        }
        return Pushed(components, found.boundaries)

    def _show(self, found: Pushed) -> None:
        drawing = self.canvas.drawing
        touched = self._shown.components.keys() | found.components.keys()
        self._touched |= touched
        places: dict[str, Point] = {key: found.components.get(key, self._homes[key][:2]) for key in touched}
        drawing.move(((key, x, y) for key, (x, y) in places.items()), live=True)
        for key in self._shown.boundaries.keys() | found.boundaries.keys():
            drawing.place_boundary(key, found.boundaries.get(key, self._frames[key]))
        self._shown = found

    def _show_line(self, axis: int, by: int) -> None:
        """The strip that comes or goes, over the whole view."""
        left, top, right, bottom = self.canvas.viewpoint.visible()
        at = self._start[axis]
        low, high = min(at, at + by), max(at, at + by)
        band = (low, top - 1, high, bottom + 1) if axis == 0 else (left - 1, low, right + 1, high)
        self.canvas.overlay.show_band(band if by else None, by > 0)

    def _words(self) -> str:
        size = abs(self._by)
        return tr("Make space: {size}", size=size) if self._by >= 0 else tr("Remove space: {size}", size=size)

    def _settle(self) -> None:
        self.canvas.drawing.settle({key: self._homes[key] for key in self._touched})
