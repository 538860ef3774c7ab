"""Space made or removed at a line: what lies beyond it is pushed, boundaries that it runs through grow or shrink."""

from __future__ import annotations

from dataclasses import dataclass, field

from designer.gui.canvas.folding import folded_by
from designer.gui.canvas.metrics import GRID, PADDING, SMALLEST_BOUNDARY, TITLE_HEIGHT, Rect, boundary_rect, card_rect
from designer.gui.canvas.placement import content_of
from designer.layout.stretching import smallest_size, stretch
from designer.model.architecture import Architecture
from designer.model.edits import Edit, Put
from designer.model.entities import Boundary
from designer.model.operations import shift_corners

_BETWEEN = 24
"""What is pushed together keeps this far apart, in canvas units."""
_FAR = 1_000_000


@dataclass(slots=True)
class Pushed:
    """The new places of components and rectangles of boundaries."""

    components: dict[str, tuple[int, int]] = field(default_factory=dict)
    boundaries: dict[str, Rect] = field(default_factory=dict)

    def edits(self, architecture: Architecture) -> tuple[Edit, ...]:
        """What brings them about; corners of wires go along with both ends."""
        before = {key: (architecture.components[key].x, architecture.components[key].y) for key in self.components}
        edits: list[Edit] = []
        for key, (left, top, right, bottom) in self.boundaries.items():
            x, y, width, height = (round(side) for side in (left, top, right - left, bottom - top))
            boundary = architecture.boundaries[key].with_(x=x, y=y)
            # A collapsed one is drawn in another size than the one that it has open.
            edits.append(Put(boundary if boundary.collapsed else boundary.with_(width=width, height=height)))
        for key, (x, y) in self.components.items():
            edits.append(Put(architecture.components[key].with_(x=x, y=y)))
        return (*edits, *shift_corners(architecture, before, self.components))


def pushed(architecture: Architecture, axis: int, at: float, by: int) -> Pushed:
    """What changes when space is made (or removed: `by` < 0) at a line; `axis` 0: to the right of it, 1: below it.

    A component counts by its middle, so that no card is cut. In a VPC that becomes wider or narrower what stands in its
    lanes goes with them.
    """
    found = Pushed()
    if not by:
        return found
    dx, dy = (by, 0) if axis == 0 else (0, by)
    laned = _laned(architecture, axis, at)
    for vpc in laned:
        left, top, right, bottom = boundary_rect(vpc)
        stretched = stretch(architecture, vpc, (left, top, right + by, bottom))
        found.components |= stretched.components
        found.boundaries |= stretched.boundaries
    inside, frames = content_of(architecture, [vpc.id for vpc in laned])
    for key, component in architecture.components.items():
        if key not in inside and _goes(card_rect(component.x, component.y), axis, at):
            found.components[key] = (component.x + dx, component.y + dy)
    for key, boundary in architecture.boundaries.items():
        rect = boundary_rect(boundary)
        if key in frames and boundary not in laned:
            continue
        if rect[axis] >= at:
            found.boundaries[key] = (rect[0] + dx, rect[1] + dy, rect[2] + dx, rect[3] + dy)
        elif rect[axis + 2] >= at:
            found.boundaries[key] = (rect[0], rect[1], rect[2] + dx, rect[3] + dy)
    for key, boundary in architecture.boundaries.items():
        if folded_by(architecture.boundaries_around(key)) == key:
            rect = boundary_rect(boundary)
            goes = _goes(rect, axis, at)
            shift = (dx, dy) if goes else (0, 0)
            if key in frames and boundary not in laned:
                shift = (round(found.boundaries[key][0]) - boundary.x, 0)
            _carry(architecture, key, shift, found)
    return found


def _carry(architecture: Architecture, fold: str, shift: tuple[int, int], found: Pushed) -> None:
    """Lets all that a collapsed boundary stands for go along with its card."""
    (dx, dy), (components, frames) = shift, content_of(architecture, [fold])
    for key in components:
        found.components.pop(key, None)
        if shift != (0, 0):
            found.components[key] = (architecture.components[key].x + dx, architecture.components[key].y + dy)
    for key in frames:
        found.boundaries.pop(key, None)
        if shift != (0, 0):
            left, top, right, bottom = boundary_rect(architecture.boundaries[key])
            found.boundaries[key] = (left + dx, top + dy, right + dx, bottom + dy)


def least_push(architecture: Architecture, axis: int, at: float) -> int:
    """How far (as a number up to 0) things can be pushed back over the line without coming over what stays."""
    laned = _laned(architecture, axis, at)
    inside, frames = content_of(architecture, [vpc.id for vpc in laned])
    cards = {key: card_rect(c.x, c.y) for key, c in architecture.components.items() if key not in inside}
    rects = {key: boundary_rect(b) for key, b in architecture.boundaries.items() if key not in frames}
    things = [*cards.values(), *(rect for rect in rects.values() if not _crossed(rect, axis, at))]
    going = [rect for rect in things if _goes(rect, axis, at)]
    staying = [rect for rect in things if not _goes(rect, axis, at)]
    room = _gap(going, staying, axis) - _BETWEEN
    for key, rect in rects.items():
        if _crossed(rect, axis, at):
            own = [card for each, card in cards.items() if architecture.components[each].boundary == key]
            own += [inner for each, inner in rects.items() if architecture.boundaries[each].parent == key]
            room = min(room, _room_in(rect, own, axis, at))
    for vpc in laned:
        room = min(room, vpc.width - smallest_size(architecture, vpc)[0])
    return -max(0, int(room))


def _gap(going: list[Rect], staying: list[Rect], axis: int) -> float:
    """The shortest way from something that is pushed back to something that stays in its row, by rows of the grid."""
    ends: dict[int, float] = {}
    for rect in staying:
        for row in _rows(rect, axis):
            ends[row] = max(rect[axis + 2], ends.get(row, -_FAR))
    ways = (rect[axis] - ends[row] for rect in going for row in _rows(rect, axis) if row in ends)
    return min(ways, default=float(_FAR))


def _rows(rect: Rect, axis: int) -> range:
    return range(int(rect[1 - axis] // GRID), int(-(-rect[3 - axis] // GRID)))


def _laned(architecture: Architecture, axis: int, at: float) -> list[Boundary]:
    """The VPCs that become wider or narrower, and their lanes with them."""
    vpcs = [each for each in architecture.boundaries.values() if each.kind == "vpc" and not each.collapsed]
    return [vpc for vpc in vpcs if axis == 0 and _crossed(boundary_rect(vpc), axis, at)]


def _goes(rect: Rect, axis: int, at: float) -> bool:
    """Whether a card, or a frame that the line does not cross, is pushed."""
    return (rect[axis] + rect[axis + 2]) / 2 >= at


def _crossed(rect: Rect, axis: int, at: float) -> bool:
    return rect[axis] < at <= rect[axis + 2]


def _room_in(frame: Rect, inside: list[Rect], axis: int, at: float) -> float:
    """How much shorter a frame can become: what stays in it stays inside, and so does what is pushed."""
    head = PADDING + (TITLE_HEIGHT if axis else 0)
    room = frame[axis + 2] - frame[axis] - SMALLEST_BOUNDARY[axis]
    for rect in inside:
        crossed = _crossed(rect, axis, at)
        if not crossed and _goes(rect, axis, at):
            room = min(room, rect[axis] - frame[axis] - head)
        elif not crossed:
            room = min(room, frame[axis + 2] - rect[axis + 2] - PADDING)
    return room
