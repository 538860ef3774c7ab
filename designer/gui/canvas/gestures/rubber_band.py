"""Selecting by a rectangle: to the right it must enclose, to the left it need only touch."""

from __future__ import annotations

from typing import TYPE_CHECKING

from designer.gui.canvas.emphasis import DRAWN, Selection
from designer.gui.canvas.gestures.gesture import Gesture, Pointer
from designer.gui.canvas.hit_test import in_band, wire_in_band
from designer.gui.canvas.metrics import Rect, contains, overlaps, united
from designer.model.entities import Collection

if TYPE_CHECKING:
    from designer.gui.canvas.canvas import Canvas
    from designer.gui.canvas.scene import Scene
    from designer.gui.canvas.wire import Wire

Things = dict[Collection, set[str]]
"""Ids of what is drawn, for every drawn collection."""


class RubberBand(Gesture):
    """Shows a band and selects what it takes; Shift or Ctrl adds to what was selected before."""

    scrolls = True

    def __init__(self, canvas: Canvas, start: Pointer) -> None:
        super().__init__(canvas)
        self._start = start.at
        self._before = canvas.selection()
        self._kept = self._before if start.shift or start.control else Selection()
        self._taken: Taken | None = None

    def move(self, pointer: Pointer) -> None:
        """Stretches the band to the pointer."""
        (x1, y1), (x2, y2) = self._start, pointer.at
        enclosing = x2 >= x1
        band = (min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2))
        self.canvas.overlay.show_band(band, enclosing)
        if self._taken is None:
            self._take(band, enclosing)
        else:
            turned = self._taken.stretch(band, enclosing)
            self.canvas.drawing.highlights.turn({each: turned[each].difference(self._kept.of(each)) for each in DRAWN})

    def release(self, pointer: Pointer) -> None:  # noqa: ARG002
        """Keeps what is selected now."""
        if self._taken is not None:
            # Wires that were painted meanwhile may run otherwise than was thought when the band passed them.
            self._take(self._taken.band, self._taken.enclosing)
        self.canvas.overlay.show_band(None)
        self.canvas.finish()
        self.canvas.announce_selection()

    def cancel(self) -> None:
        """Selects what was selected before."""
        self.canvas.overlay.show_band(None)
        before = self._before
        self.canvas.take_selection(set(before.components), set(before.connections), set(before.boundaries))

    def _take(self, band: Rect, enclosing: bool) -> None:
        self._taken = Taken(self.canvas.drawing, band, enclosing)
        things, kept = self._taken.things, self._kept
        self.canvas.take_selection(*(things[each].union(kept.of(each)) for each in DRAWN))


class Taken:
    """What a band takes. When it is stretched, only what its edges have passed over is looked at."""

    def __init__(self, scene: Scene, band: Rect, enclosing: bool) -> None:
        self._scene = scene
        self.band = band
        self.enclosing = enclosing
        self.things: Things = {each: set() for each in DRAWN}
        self._look([band])

    def stretch(self, band: Rect, enclosing: bool) -> Things:
        """Goes on to another band; returns what it takes and the one before did not, or the other way round."""
        areas = _passed(self.band, band) if enclosing == self.enclosing else [self.band, band]
        self.band, self.enclosing = band, enclosing
        return self._look(areas)

    def _look(self, areas: list[Rect]) -> Things:
        """Decides again for all that touches some areas; returns what has changed."""
        things = self.things
        components = self._turned_components(areas)
        things[Collection.COMPONENTS] ^= components
        wires, boundaries = self._turned_wires(areas, components), self._turned_boundaries(areas)
        things[Collection.CONNECTIONS] ^= wires
        things[Collection.BOUNDARIES] ^= boundaries
        return dict(zip(DRAWN, (components, wires, boundaries), strict=True))

    def _turned_components(self, areas: list[Rect]) -> set[str]:
        scene, band, enclosing = self._scene, self.band, self.enclosing
        rects, taken = scene.rects, self.things[Collection.COMPONENTS]
        near = {key for area in areas for key in scene.components_in(area)}
        return {key for key in near if in_band(rects[key], band, enclosing) != (key in taken)}

    def _turned_wires(self, areas: list[Rect], components: set[str]) -> set[str]:
        wires, taken = self._scene.wires, self.things[Collection.CONNECTIONS]
        near = {wire.key: wire for area in areas for wire in wires.in_rect(area)}
        near |= {key: wires.all[key] for component in components for key in wires.of(component)}
        return {key for key, wire in near.items() if self._takes(wire) != (key in taken)}

    def _turned_boundaries(self, areas: list[Rect]) -> set[str]:
        taken = self.things[Collection.BOUNDARIES]
        near = {item.entity.id: item.rect for item in self._scene.boundaries_in(*areas)}
        return {key for key, rect in near.items() if _meant(rect, self.band, self.enclosing) != (key in taken)}

    def _takes(self, wire: Wire) -> bool:
        """Whether the band takes a wire: by its ends, or by where it runs, which is known last."""
        components, band, enclosing = self.things[Collection.COMPONENTS], self.band, self.enclosing
        if wire.source in components and wire.target in components:
            return True
        ends = self._scene.rects[wire.source], self._scene.rects[wire.target]
        if enclosing and not (overlaps(ends[0], band) and overlaps(ends[1], band)):
            return False
        if not enclosing and (contains(band, ends[0]) or contains(band, ends[1])):
            return True
        return wire_in_band(self._scene.wires.roughly(wire), band, enclosing)


def _passed(before: Rect, after: Rect) -> list[Rect]:
    """What the edges of a band that is stretched pass over."""
    left, top, right, bottom = united(before, after) or after
    passed: list[Rect] = []
    for side in range(4):
        if before[side] != after[side]:
            low, high = sorted((before[side], after[side]))
            passed.append((low, top, high, bottom) if side % 2 == 0 else (left, low, right, high))
    return passed


def _meant(rect: Rect, band: Rect, enclosing: bool) -> bool:
    """Whether a band takes a boundary: one that only surrounds the band is not meant."""
    if enclosing:
        return in_band(rect, band, True)
    inside = rect[0] < band[0] and rect[1] < band[1] and rect[2] > band[2] and rect[3] > band[3]
    return overlaps(rect, band) and not inside
