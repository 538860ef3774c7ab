"""Selecting by a rectangle: to the right it must enclose, to the left it need only touch."""

from __future__ import annotations

from typing import TYPE_CHECKING

from designer.gui.canvas.emphasis import Selection
from designer.gui.canvas.gestures.gesture import Gesture, Pointer
from designer.gui.canvas.hit_test import in_band, wire_in_band
from designer.gui.canvas.metrics import Rect, overlaps

if TYPE_CHECKING:
    from designer.gui.canvas.canvas import Canvas


class RubberBand(Gesture):
    """Shows a band and selects what it takes; Shift or Ctrl adds to what was selected before."""

    scrolls = True

    def __init__(self, canvas: Canvas, start: Pointer) -> None:
        super().__init__(canvas)
        self._start = start.at
        self._before = canvas.selection()
        self._kept = self._before if start.shift or start.control else Selection()

    def move(self, pointer: Pointer) -> None:
        """Stretches the band to the pointer."""
        (x1, y1), (x2, y2) = self._start, pointer.at
        enclosing = x2 >= x1
        band = (min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2))
        self.canvas.overlay.show_band(band, enclosing)
        self._take(band, enclosing)

    def release(self, pointer: Pointer) -> None:  # noqa: ARG002
        """Keeps what is selected now."""
        self.canvas.overlay.show_band(None)
        self.canvas.finish()
        self.canvas.announce_selection()

    def cancel(self) -> None:
        """Selects what was selected before."""
        self.canvas.overlay.show_band(None)
        before = self._before
        self.canvas.take_selection(set(before.components), set(before.connections), set(before.boundaries))

    def _take(self, band: Rect, enclosing: bool) -> None:
        scene = self.canvas.drawing
        rects = scene.rects
        components = {key for key in scene.components_in(band) if in_band(rects[key], band, enclosing)}
        # A boundary that only surrounds the band is not meant.
        boundaries = {item.entity.id for item in scene.boundaries_in(band) if _meant(item.rect, band, enclosing)}
        wires = set()
        for wire in scene.wires.in_rect(band):
            ends = wire.source in components and wire.target in components
            if ends or wire_in_band(scene.wires.roughly(wire), band, enclosing):
                wires.add(wire.key)
        kept = self._kept
        components.update(kept.components)
        wires.update(kept.connections)
        boundaries.update(kept.boundaries)
        self.canvas.take_selection(components, wires, boundaries)


def _meant(rect: Rect, band: Rect, enclosing: bool) -> bool:
    if enclosing:
        return in_band(rect, band, True)
    inside = rect[0] < band[0] and rect[1] < band[1] and rect[2] > band[2] and rect[3] > band[3]
    return overlaps(rect, band) and not inside
