"""Dragging a corner or an edge of a boundary."""

from __future__ import annotations

from typing import TYPE_CHECKING

from designer.gui.canvas.gestures.gesture import Gesture, Pointer
from designer.gui.canvas.gestures.snapping import Snapping
from designer.gui.canvas.hit_test import resized
from designer.gui.canvas.metrics import PADDING, TITLE_HEIGHT, Point, Rect, boundary_rect, card_rect, united
from designer.gui.canvas.placement import content_of, resize
from designer.language import tr
from designer.layout.boxes import FOLDED_HEIGHT, FOLDED_WIDTH
from designer.layout.stretching import smallest_size, stretch

if TYPE_CHECKING:
    from designer.gui.canvas.canvas import Canvas


_MOST_SHOWN = 500
"""With more components than this in a VPC, what its lanes take along is shown when the button goes up."""


class Resize(Gesture):
    """Shows the boundary in its new size; what stands in it stays inside."""

    scrolls = True

    def __init__(self, canvas: Canvas, key: str, corner: tuple[int, int]) -> None:
        super().__init__(canvas)
        self._key = key
        self._corner = corner
        self._home = self._rect = canvas.drawing.boundaries[key].rect
        self._boundary = canvas.document.architecture.boundaries[key]
        self._smallest = smallest_size(canvas.document.architecture, self._boundary)
        self._content = self._content_rect()
        inside = content_of(canvas.document.architecture, [key])[0]
        shown = inside & canvas.drawing.components.keys()
        self._cards: dict[str, Rect] = {inner: canvas.drawing.rects[inner] for inner in shown}
        if self._boundary.kind == "vpc" and self._content is not None:
            # What stands in its lanes moves with them: it ends a VPC's height, and the least width of its lanes.
            self._content = (self._home[2], self._content[1], self._home[0], self._content[3])
        self._locked = self._boundary.name if self._boundary.locked else None
        architecture = canvas.document.architecture
        around = {each.id for each in architecture.boundaries_around(key)}
        self._snapping = Snapping(canvas, self._cards.keys(), content_of(architecture, [key])[1] | around)

    def move(self, pointer: Pointer) -> None:
        """Puts the corner under the pointer, on the grid unless Alt is held.

        Shift keeps the ratio of width and height, Ctrl the middle.
        """
        if self._locked is not None:
            self.explain(tr("{names} is locked. Unlock with Ctrl+Alt+L.", names=self._locked), pointer)
            return
        to = self._snapped(pointer)
        ratio, centred = pointer.shift, pointer.control
        self._rect = resized(self._home, self._corner, to, self._content, self._smallest, ratio=ratio, centred=centred)
        self._show()
        self._snapping.show(self._rect)

    def _snapped(self, pointer: Pointer) -> Point:
        """Where the held corner or edge is put: in line with what is near, else on the grid, unless Alt is held."""
        x, y = pointer.at
        if pointer.alt:
            self._snapping.forget()
            return round(x), round(y)
        dx, dy = self._snapping.way((x, y, x, y), (x, y), across=bool(self._corner[0]), down=bool(self._corner[1]))
        return round(x + dx), round(y + dy)

    def release(self, pointer: Pointer) -> None:  # noqa: ARG002
        """Keeps the size, as one step."""
        self._snapping.forget()
        self.canvas.finish()
        if self._rect != self._home:
            resolution = self.canvas.drawing.labels.resolution
            if not self.canvas.do(resize(self.canvas.document.architecture, self._key, self._rect, resolution)):
                self._rect = self._home
                self._show()
        self._settle()

    def cancel(self) -> None:
        """Shows the old size."""
        self._snapping.forget()
        self._rect = self._home
        self._show()
        self._settle()

    def _settle(self) -> None:
        """Lets wires find their ways again."""
        if self._boundary.kind == "vpc":
            self.canvas.drawing.settle(self._cards)

    def _show(self) -> None:
        """Shows the boundary, and what its lanes take along."""
        drawing, architecture = self.canvas.drawing, self.canvas.document.architecture
        drawing.place_boundary(self._key, self._rect)
        if self._boundary.kind == "vpc" and len(self._cards) <= _MOST_SHOWN:
            stretched = stretch(architecture, self._boundary, self._rect, always=True)
            for key, (left, top, right, bottom) in stretched.boundaries.items():
                collapsed = architecture.boundaries[key].collapsed
                rect = (
                    (left, top, left + FOLDED_WIDTH, top + FOLDED_HEIGHT) if collapsed else (left, top, right, bottom)
                )
                drawing.place_boundary(key, rect)
            drawing.move(((key, x, y) for key, (x, y) in stretched.components.items()), live=True)

    def _content_rect(self) -> Rect | None:
        """What the boundary must keep around: its content with some padding, as far as it is inside now."""
        architecture = self.canvas.document.architecture
        around: Rect | None = None
        for component in architecture.components.values():
            if component.boundary == self._key:
                around = united(around, card_rect(component.x, component.y))
        for boundary in architecture.boundaries.values():
            if boundary.parent == self._key:
                around = united(around, boundary_rect(boundary))
        if around is None:
            return None
        home = self._home
        return (
            max(home[0], around[0] - PADDING),
            max(home[1], around[1] - PADDING - TITLE_HEIGHT),
            min(home[2], around[2] + PADDING),
            min(home[3], around[3] + PADDING),
        )
