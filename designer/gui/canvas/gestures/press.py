"""A press that is not yet anything: a click when the button goes up, else a drag of what is under it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from designer.gui.canvas.gestures.gesture import Gesture, Pointer
from designer.gui.canvas.hit_test import COLLECTION_OF_PART, Hit, Part
from designer.gui.canvas.metrics import DRAG_THRESHOLD
from designer.gui.canvas.picking import stack_at
from designer.model.entities import Collection

if TYPE_CHECKING:
    from designer.gui.canvas.canvas import Canvas


class Press(Gesture):
    """Waits until the pointer has moved far enough to mean a drag; jitter moves nothing."""

    def __init__(self, canvas: Canvas, hit: Hit, pointer: Pointer) -> None:
        super().__init__(canvas)
        self._hit = hit
        self._start = pointer
        self._toggles = pointer.shift or pointer.control
        self._deep = pointer.alt and not self._toggles
        self._selected_now = False
        if self._deep:
            self._hit = self._selected_below() or hit
        elif hit.part in COLLECTION_OF_PART and not self._toggles:
            self._selected_now = self._select_if_not()

    def move(self, pointer: Pointer) -> None:
        """Becomes the drag that fits what was pressed."""
        away = pointer.view - self._start.view
        if max(abs(away.x()), abs(away.y())) < DRAG_THRESHOLD:
            return
        drag = self._drag()
        if drag is not None:
            self.canvas.begin(drag)
            drag.move(pointer)

    def release(self, pointer: Pointer) -> None:
        """Was a click."""
        self.canvas.finish()
        collection = COLLECTION_OF_PART.get(self._hit.part)
        if self._deep and (collection is not None or self._hit.part is Part.NOTHING):
            self._dig()
            return
        if self._hit.part is Part.FOLD:
            self.canvas.commands.turn_fold(self._hit.key)
        elif self._hit.part is Part.CONNECT_HANDLE:
            self.canvas.wiring.offer_beside(self._hit.key, self._hit.side)
        elif self._hit.part is Part.WIRE_END:
            from designer.gui.canvas.gestures.reconnect import Reconnect

            self.canvas.begin(Reconnect(self.canvas, self._hit.key, self._hit.end, pointer, by_click=True))
        elif collection is None:
            if not self._toggles and self._hit.part is Part.NOTHING:
                self.canvas.select()
        elif self._toggles:
            self.canvas.toggle(collection, self._hit.key)
        else:
            if not self._selected_now:
                self.canvas.select_one(collection, self._hit.key)
            if collection is Collection.COMPONENTS and self.canvas.picks_failures:
                self.canvas.fail_wanted.emit(self._hit.key)

    def _drag(self) -> Gesture | None:
        # Gestures load when they are begun: a start needs none of them.
        from designer.gui.canvas.gestures import bend, connect, move, reach, reconnect, resize, rubber_band, space

        canvas, hit, start = self.canvas, self._hit, self._start
        if start.shift and start.control and start.alt:
            return space.Space(canvas, start)
        match hit.part:
            case Part.CONNECT_HANDLE:
                return connect.Connect(canvas, hit.key, start)
            case Part.WIRE_END:
                return reconnect.Reconnect(canvas, hit.key, hit.end, start)
            case Part.BAND_END:
                return reach.Reach(canvas, hit.key, hit.end)
            case Part.RESIZE_HANDLE:
                return resize.Resize(canvas, hit.key, hit.corner)
            case Part.COMPONENT | Part.BOUNDARY | Part.FOLD:
                self._select_if_not()
                return move.Move(canvas, COLLECTION_OF_PART[hit.part], hit.key, start)
            case Part.WIRE if not self._toggles and self.canvas.leads_anew(self._hit.key):
                return bend.Bend(canvas, hit.key, start)
            case Part.NOTHING:
                return rubber_band.RubberBand(canvas, start)
            case _:
                return None

    def _stack(self) -> list[Hit]:
        return stack_at(self.canvas.drawing, self._start.at)

    def _selected_below(self) -> Hit | None:
        """The one selected thing, where it lies at the pointer, however much lies above it."""
        selection = self.canvas.selection()
        if len(selection) != 1:
            return None
        return next((hit for hit in self._stack() if hit.key in selection.of(COLLECTION_OF_PART[hit.part])), None)

    def _dig(self) -> None:
        """Selects what lies below the selected thing, or below the uppermost; after the lowest the uppermost again."""
        stack, now = self._stack(), self._selected_below()
        if not stack:
            self.canvas.select()
            return
        upper = 0 if self._hit.part is Part.NOTHING else 1
        found = stack[(stack.index(now) + 1 if now is not None else upper) % len(stack)]
        self.canvas.select_one(COLLECTION_OF_PART[found.part], found.key)

    def _select_if_not(self) -> bool:
        """Selects what was pressed, unless it is part of the selection; says whether it did."""
        collection = COLLECTION_OF_PART[self._hit.part]
        selection = self.canvas.selection()
        if self._hit.key in selection.of(collection):
            return False
        if self._toggles:
            self.canvas.toggle(collection, self._hit.key)
        else:
            self.canvas.select_one(collection, self._hit.key)
        return True
