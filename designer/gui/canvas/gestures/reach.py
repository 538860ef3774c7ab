"""Dragging an end of a band over one more lane, or back: the component gets zones, or loses some."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from designer.gui.canvas.gestures.gesture import Gesture, Pointer
from designer.gui.canvas.rezoning import rezone, why_not_zones
from designer.gui.canvas.zoning import named
from designer.layout.zones import zones_around

if TYPE_CHECKING:
    from designer.gui.canvas.canvas import Canvas


class Reach(Gesture):
    """Shows the band as it would be; what is too short, or reaches where no subnet is, is not taken and says why."""

    scrolls = True
    cursor = Qt.CursorShape.SizeHorCursor

    def __init__(self, canvas: Canvas, key: str, end: int) -> None:
        super().__init__(canvas)
        self._key = key
        self._end = end
        labels = canvas.drawing.labels
        standing = labels.standing(key)
        lanes = canvas.drawing.bands.lanes(standing.vpc) if standing is not None else None
        assert standing is not None and lanes is not None, "only what has a band has ends"
        self._lanes = lanes
        self._numbers = standing.lanes
        self._zones = self._before = tuple(lanes.zones[number] for number in standing.lanes)
        self._allowed = zones_around(
            canvas.document.architecture, canvas.document.architecture.components[key].boundary
        )
        self._said = ""
        canvas.select([key])

    def move(self, pointer: Pointer) -> None:
        """Lets the band end in the lane below the pointer, as far as it may."""
        wanted = self._reaching(self._lanes.number_at(pointer.at[0]))
        refusal = why_not_zones(self.canvas.drawing.labels.resolution, self._key, wanted, self._allowed)
        if not refusal:
            self._zones = wanted
        self._show(refusal)

    def release(self, pointer: Pointer) -> None:
        """Gives the component the zones that are shown, as one step."""
        self.move(pointer)
        zones, said = self._zones, self._said
        self.cancel()
        self.canvas.finish()
        if zones != self._before:
            document, resolution = self.canvas.document, self.canvas.drawing.labels.resolution
            if self.canvas.do(rezone(document.architecture, resolution, [self._key], zones)):
                said = ""
        self.canvas.say(said)

    def cancel(self) -> None:
        """Shows the zones that it has."""
        self.canvas.drawing.bands.show_preview(self._key, None)
        self.canvas.drawing.highlights.offer_lanes(frozenset())
        self.canvas.overlay.show_caption("", None)
        self.canvas.say("")

    def _reaching(self, number: int) -> tuple[str, ...]:
        """The zones with this end in a lane: those up to it, with all that come to be in between."""
        first, last = self._numbers[0], self._numbers[-1]
        if self._end == 1:
            kept = {one for one in self._numbers if one <= number} | set(range(last + 1, number + 1))
        else:
            kept = {one for one in self._numbers if one >= number} | set(range(number, first))
        return tuple(self._lanes.zones[one] for one in sorted(kept))

    def _show(self, refusal: str) -> None:
        drawing = self.canvas.drawing
        drawing.bands.show_preview(self._key, self._zones)
        drawing.highlights.offer_lanes(frozenset((self._lanes.vpc, zone) for zone in self._zones))
        self._said = refusal or named(self._zones)
        self.canvas.overlay.show_caption(self._said, drawing.rects[self._key], refused=bool(refusal))
        self.canvas.say(self._said)
