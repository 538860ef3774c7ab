"""Dragging components and boundaries, or copies of them while Ctrl is held."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from designer.gui.canvas.gestures.gesture import Gesture, Pointer
from designer.gui.canvas.gestures.lane_guide import LaneGuide
from designer.gui.canvas.gestures.snapping import Snapping
from designer.gui.canvas.gestures.wire_aim import WireAim
from designer.gui.canvas.metrics import Point, Rect, boundary_rect, card_rect, united
from designer.gui.canvas.picking import wire_at
from designer.gui.canvas.placement import Frames, Moved, content_of
from designer.language import plural
from designer.model.architecture import Architecture
from designer.model.edits import Put
from designer.model.entities import Collection, Component

if TYPE_CHECKING:
    from designer.gui.canvas.canvas import Canvas


class Move(Gesture):
    """Moves the selection in the drawing alone, and puts it into the document when the button goes up."""

    scrolls = True

    def __init__(self, canvas: Canvas, collection: Collection, key: str, start: Pointer) -> None:
        super().__init__(canvas)
        architecture = canvas.document.architecture
        selection = canvas.selection()
        inside, boundaries = content_of(architecture, selection.boundaries)
        self._loose = frozenset(selection.components) - inside
        self._outer = frozenset(b for b in selection.boundaries if architecture.boundaries[b].parent not in boundaries)
        drawing = canvas.drawing
        self._homes: dict[str, Point] = {k: drawing.place_of(k) for k in inside | self._loose}
        self._frames: dict[str, Rect] = {k: drawing.frame_of(k) for k in boundaries}
        held = drawing.rects[key] if collection is Collection.COMPONENTS else self._frames[key]
        self._held: Point = (held[0], held[1])
        self._start = start.at
        self._offset: Point = (0, 0)
        self._copies = False
        self._locked = self._find_locked(architecture)
        self._still = content_of(architecture, self._locked & self._outer)
        self._stuck = key in self._locked
        self._told: bool | None = None
        self._static = Frames(architecture)
        self._guide = LaneGuide(canvas, self._static)
        self._dragged = {k: architecture.components[k] for k in self._loose}
        shown = [drawing.boundaries[k].rect for k in self._frames if k in drawing.boundaries]
        self._around = _united([*shown, *(drawing.rects[k] for k in self._homes if k in drawing.components)])
        self._snapping = Snapping(canvas, self._homes.keys(), self._frames.keys())
        self._aimed = WireAim(canvas)
        self._single = self._insertable()

    def move(self, pointer: Pointer) -> None:
        """Shows everything where it would be put."""
        self._aim(pointer)
        offset = (0.0, 0.0) if self._stuck and not pointer.control else self._snapped(pointer)
        self._explain_locks(pointer)
        if (offset, pointer.control) == (self._offset, self._copies):
            self._snapping.show()
            return
        if pointer.control and not self._copies:
            self._show((0, 0))
        self._offset, self._copies = offset, pointer.control
        self._show_ghosts(offset if self._copies else None)
        if not self._copies:
            self._show(offset)
        dx, dy = offset
        places = {k: (self._homes[k][0] + dx, self._homes[k][1] + dy) for k in self._dragged}
        self._guide.show(self._dragged, places, {k: _shifted(self._frames[k], offset) for k in self._outer})
        self.canvas.drawing.highlights.offer_drop(frozenset() if self._guide.refusal else self._targets(offset))
        self._snapping.show()

    def release(self, pointer: Pointer) -> None:  # noqa: ARG002
        """Puts everything where it is shown, as one step."""
        wire = self._aimed.wire if not self._copies else None
        self._end()
        self.canvas.finish()
        if wire is not None and self._single is not None and self._put_into(self._single, wire):
            return
        moves = self._offset != (0, 0) and not self._copies
        if moves:
            self.canvas.commands.put(self._moved(self._offset))
            self._show_document()
        self._settle()
        if self._copies and self._guide.refusal:
            self.canvas.say(self._guide.refusal)
        elif self._copies and self._offset != (0, 0):
            self.canvas.commands.duplicate(self._offset)

    def cancel(self) -> None:
        """Puts everything back."""
        self._show((0, 0))
        self._settle()
        self._end()

    def _insertable(self) -> str | None:
        """The one component that is dragged, where no wire leads to it yet: a wire may take it in."""
        if len(self._loose) != 1 or self._frames or self._locked:
            return None
        (key,) = self._loose
        return None if self.canvas.document.architecture.wires_of(key) else key

    def _aim(self, pointer: Pointer) -> None:
        """Shows the wire below the pointer that would take in what is dragged."""
        if self._single is not None:
            wire = None if pointer.control else wire_at(self.canvas.drawing, pointer.at)
            self._aimed.show(wire, self._dragged[self._single].kind, pointer, quietly=True)

    def _put_into(self, key: str, wire: str) -> bool:
        """Moves a component to where it is shown and puts it into a wire, as one step; says whether it could."""
        commands = self.canvas.commands
        moved = commands.moved(self._moved(self._offset))
        if moved is None:
            return False
        component = self.canvas.document.architecture.components[key]
        moved_one = next((e.entity for e in moved.edits if isinstance(e, Put) and e.entity.id == key), component)
        assert isinstance(moved_one, Component)
        if not self.canvas.wiring.put_between(moved_one, wire, moved):
            return False
        self._settle()
        return True

    def _end(self) -> None:
        self._aimed.forget()
        self._snapping.forget()
        self._show_ghosts(None)
        self._guide.forget()
        self.canvas.drawing.highlights.offer_drop(frozenset())

    def _settle(self) -> None:
        """Lets wires find their ways again, now that things stand still."""
        self.canvas.drawing.settle({key: card_rect(x, y) for key, (x, y) in self._homes.items()})

    def _snapped(self, pointer: Pointer) -> Point:
        dx, dy = pointer.at[0] - self._start[0], pointer.at[1] - self._start[1]
        if pointer.shift:
            dx, dy = (dx, 0) if abs(dx) >= abs(dy) else (0, dy)
        if pointer.alt:
            self._snapping.forget()
            return round(dx), round(dy)
        x, y = self._held
        # A direction that does not move keeps a place off the grid.
        across, down = bool(dx), bool(dy)
        way = self._snapping.way(_shifted(self._around, (dx, dy)), (x + dx, y + dy), across=across, down=down)
        return round(dx + way[0]), round(dy + way[1])

    def _moved(self, offset: Point) -> Moved:
        dx, dy = offset
        return Moved(
            components={key: (round(x + dx), round(y + dy)) for key, (x, y) in self._going()},
            boundaries={key: _shifted(rect, offset) for key, rect in self._frames.items() if key not in self._still[1]},
            loose=self._loose - self._locked,
            outer=self._outer - self._locked,
        )

    def _show(self, offset: Point) -> None:
        drawing, (dx, dy) = self.canvas.drawing, offset
        drawing.move(((key, x + dx, y + dy) for key, (x, y) in self._going()), live=True)
        for key, rect in self._frames.items():
            if key not in self._still[1]:
                drawing.place_boundary(key, _shifted(rect, offset))

    def _show_document(self) -> None:
        """Puts everything where it is in the document: back, where the move was refused or led there."""
        drawing, architecture = self.canvas.drawing, self.canvas.document.architecture
        places = ((key, architecture.components[key]) for key in self._homes if key in drawing.components)
        drawing.move(
            [(key, each.x, each.y) for key, each in places if drawing.place_of(key) != (each.x, each.y)], live=True
        )
        for key in self._frames:
            if key in drawing.boundaries and drawing.frame_of(key) != (
                rect := boundary_rect(architecture.boundaries[key])
            ):
                drawing.place_boundary(key, rect)

    def _going(self) -> Iterator[tuple[str, Point]]:
        """The components that go along, with their old places: all but the locked, and what stands in locked frames."""
        staying = self._still[0] | (self._locked & self._loose)
        return ((key, home) for key, home in self._homes.items() if key not in staying)

    def _find_locked(self, architecture: Architecture) -> frozenset[str]:
        """What was chosen itself and is locked; what stands in a frame that moves goes along in any case."""
        components = {key for key in self._loose if architecture.components[key].locked}
        return frozenset(components | {key for key in self._outer if architecture.boundaries[key].locked})

    def _explain_locks(self, pointer: Pointer) -> None:
        if not self._locked or self._told is pointer.control:
            return
        self._told = pointer.control
        if not pointer.control:
            architecture = self.canvas.document.architecture
            things = {**architecture.components, **architecture.boundaries}
            names = ", ".join(sorted(things[key].name for key in self._locked))
            self.explain(
                plural(
                    "{names} is locked and stays. Unlock with Ctrl+Alt+L.",
                    "{names} are locked and stay. Unlock with Ctrl+Alt+L.",
                    len(self._locked),
                    names=names,
                ),
                pointer,
            )

    def _show_ghosts(self, offset: Point | None) -> None:
        ghosts: list[tuple[str | None, Rect]] = []
        if offset is not None:
            items = self.canvas.drawing.components
            frames = self.canvas.drawing.boundaries
            ghosts = [(None, _shifted(rect, offset)) for key, rect in self._frames.items() if key in frames]
            cards = ((key, card_rect(x, y)) for key, (x, y) in self._homes.items() if key in items)
            ghosts += [(items[key].kind, _shifted(rect, offset)) for key, rect in cards]
        self.canvas.overlay.show_ghosts(ghosts)

    def _targets(self, offset: Point) -> frozenset[str]:
        """The boundaries that things would newly stand in."""
        if self._offset == (0, 0):
            return frozenset()
        dx, dy = offset
        architecture = self.canvas.document.architecture
        own = set(self._frames)
        found = set()
        for key in self._loose - self._locked:
            x, y = self._homes[key]
            home = self._static.around_component(x + dx, y + dy)
            if home is not None and home not in own and home != architecture.components[key].boundary:
                found.add(home)
        for key in self._outer - self._locked:
            rect, boundary = _shifted(self._frames[key], offset), architecture.boundaries[key]
            home = self._static.around_boundary(boundary.kind, rect, own)
            if home is not None and home != boundary.parent:
                found.add(home)
        return frozenset(found)


def _united(rects: Iterable[Rect]) -> Rect:
    around: Rect | None = None
    for rect in rects:
        around = united(around, rect)
    assert around is not None, "something is dragged"
    return around


def _shifted(rect: Rect, offset: Point) -> Rect:
    return rect[0] + offset[0], rect[1] + offset[1], rect[2] + offset[0], rect[3] + offset[1]
