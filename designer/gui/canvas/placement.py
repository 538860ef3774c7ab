"""From new places to one edit: positions, and the boundaries that things then stand in.

What is drawn inside a boundary stands in it: so a thing that is dragged joins the innermost boundary below its middle,
and a boundary that is dropped, moved or resized takes in what lies wholly inside of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from designer.gui.canvas.hit_test import innermost
from designer.gui.canvas.metrics import Rect, card_rect, centre, contains
from designer.language import plural, tr
from designer.model.architecture import Architecture
from designer.model.edits import Batch, Edit, Put
from designer.model.entities import Boundary, Component
from designer.model.operations import shift_corners

MAY_HOLD = {
    "group": frozenset({"vpc", "tier", "group"}),
    "vpc": frozenset({"tier", "group"}),
    "tier": frozenset({"group"}),
}
"""Which boundaries may stand directly in which: a subnet tier belongs to a VPC, and no VPC stands in another."""


@dataclass(slots=True)
class Moved:
    """New places of components and boundaries.

    `loose` components and `outer` boundaries were dragged themselves; the others are the content of a dragged boundary.
    """

    components: dict[str, tuple[int, int]] = field(default_factory=dict)
    boundaries: dict[str, Rect] = field(default_factory=dict)
    loose: frozenset[str] = frozenset()
    outer: frozenset[str] = frozenset()


def content_of(architecture: Architecture, boundaries: Iterable[str]) -> tuple[set[str], set[str]]:
    """The components and boundaries that stand in some boundaries, at any depth; the boundaries themselves included."""
    inside = set(boundaries)
    waiting = list(architecture.boundaries.values())
    grew = True
    while grew:
        new = {b.id for b in waiting if b.parent in inside and b.id not in inside}
        inside |= new
        grew = bool(new)
    return {c.id for c in architecture.components.values() if c.boundary in inside}, inside


def boundary_rect(boundary: Boundary) -> Rect:
    """The rectangle of a boundary."""
    return boundary.x, boundary.y, boundary.x + boundary.width, boundary.y + boundary.height


class Frames:
    """The rectangles and depths of all boundaries as they will be, for questions about what is inside what."""

    def __init__(self, architecture: Architecture, moved: Mapping[str, Rect] | None = None) -> None:
        self.architecture = architecture
        self.rects = {key: boundary_rect(boundary) for key, boundary in architecture.boundaries.items()}
        self.rects.update(moved or {})
        self._depths = {key: len(architecture.boundaries_around(key)) for key in architecture.boundaries}

    def add(self, boundary: Boundary) -> None:
        """Counts a boundary in that is not yet in the architecture."""
        self.rects[boundary.id] = boundary_rect(boundary)
        self._depths[boundary.id] = 1 + (self._depths[boundary.parent] if boundary.parent else 0)

    def around_component(self, x: float, y: float) -> str | None:
        """The boundary that a component at (x, y) stands in."""
        return innermost(centre(card_rect(x, y)), ((key, rect, self._depths[key]) for key, rect in self.rects.items()))

    def around_boundary(self, kind: str, rect: Rect, without: frozenset[str] | set[str] = frozenset()) -> str | None:
        """The boundary that one of a kind with a rectangle stands in: the innermost that may hold it."""
        middle, area = centre(rect), _area(rect)
        holders = (
            (key, other, self._depths[key])
            for key, other in self.rects.items()
            if key not in without and _area(other) > area and kind in MAY_HOLD[self.architecture.boundaries[key].kind]
        )
        return innermost(middle, holders)


def move(architecture: Architecture, moved: Moved) -> Batch:
    """Puts things at their new places and into the boundaries they are then in: one step for undo."""
    frames = Frames(architecture, moved.boundaries)
    components: dict[str, Component] = {}
    boundaries: dict[str, Boundary] = {}
    for key, (x, y) in moved.components.items():
        component = architecture.components[key]
        home = frames.around_component(x, y) if key in moved.loose else component.boundary
        components[key] = component.with_(x=x, y=y, boundary=home)
    for key, rect in moved.boundaries.items():
        boundary = _with_rect(architecture.boundaries[key], rect)
        if key in moved.outer:
            own = content_of(architecture, [key])[1]
            boundary = boundary.with_(parent=frames.around_boundary(boundary.kind, rect, own))
        boundaries[key] = boundary
    for key in moved.boundaries:
        _take_in(architecture, boundaries[key], frames, components, boundaries)
    edits = _changed(architecture, components, boundaries)
    before = {key: (architecture.components[key].x, architecture.components[key].y) for key in moved.components}
    edits += tuple(shift_corners(architecture, before, moved.components))
    return Batch(_label(architecture, moved, components), edits)


def resize(architecture: Architecture, key: str, rect: Rect) -> Batch:
    """Gives a boundary another rectangle; it takes in what is then wholly inside."""
    frames = Frames(architecture, {key: rect})
    components: dict[str, Component] = {}
    boundaries = {key: _with_rect(architecture.boundaries[key], rect)}
    _take_in(architecture, boundaries[key], frames, components, boundaries)
    return Batch(
        tr("Resize {name}", name=architecture.boundaries[key].name), _changed(architecture, components, boundaries)
    )


def insert_boundary(architecture: Architecture, boundary: Boundary) -> Batch:
    """Adds a boundary, which joins what it is put into and takes in what lies wholly inside."""
    frames = Frames(architecture)
    parent = frames.around_boundary(boundary.kind, boundary_rect(boundary))
    added = boundary.with_(parent=parent)
    frames.add(added)
    components: dict[str, Component] = {}
    boundaries = {added.id: added}
    _take_in(architecture, added, frames, components, boundaries)
    return Batch(tr("Add {name}", name=added.name), _changed(architecture, components, boundaries))


def settle_copies(architecture: Architecture, batch: Batch) -> Batch:
    """A batch that adds copies, with each copied thing in the boundary that it is then drawn in."""
    frames = Frames(architecture)
    copied = {edit.entity.id for edit in batch.edits if isinstance(edit, Put) and isinstance(edit.entity, Boundary)}
    return Batch(batch.label, tuple(_settled(edit, frames, copied) for edit in batch.edits))


def _settled(edit: Edit, frames: Frames, copied: set[str]) -> Edit:
    match edit:
        case Put(entity=Component() as component) if component.boundary not in copied:
            return Put(component.with_(boundary=frames.around_component(component.x, component.y)))
        case Put(entity=Boundary() as boundary) if boundary.parent not in copied:
            return Put(boundary.with_(parent=frames.around_boundary(boundary.kind, boundary_rect(boundary))))
        case _:
            return edit


def _take_in(
    architecture: Architecture,
    boundary: Boundary,
    frames: Frames,
    components: dict[str, Component],
    boundaries: dict[str, Boundary],
) -> None:
    """Lets a boundary take in what stood beside or around it and now lies wholly inside."""
    rect = boundary_rect(boundary)
    parents = {b.id for b in architecture.boundaries_around(boundary.parent)}
    for key, component in architecture.components.items():
        if key in components or not (component.boundary is None or component.boundary in parents):
            continue
        if contains(rect, card_rect(component.x, component.y)):
            components[key] = component.with_(boundary=boundary.id)
    for key, other in architecture.boundaries.items():
        beside = other.parent == boundary.parent and key not in parents
        if key in boundaries or not beside or other.kind not in MAY_HOLD[boundary.kind]:
            continue
        if contains(rect, frames.rects[key]):
            boundaries[key] = other.with_(parent=boundary.id)


def _changed(
    architecture: Architecture, components: Mapping[str, Component], boundaries: Mapping[str, Boundary]
) -> tuple[Edit, ...]:
    edits: list[Edit] = [Put(b) for key, b in boundaries.items() if architecture.boundaries.get(key) != b]
    edits += [Put(c) for key, c in components.items() if architecture.components.get(key) != c]
    return tuple(edits)


def _with_rect(boundary: Boundary, rect: Rect) -> Boundary:
    left, top, right, bottom = (round(side) for side in rect)
    return boundary.with_(x=left, y=top, width=right - left, height=bottom - top)


def _label(architecture: Architecture, moved: Moved, components: Mapping[str, Component]) -> str:
    names = [architecture.components[key].name for key in moved.loose]
    names += [architecture.boundaries[key].name for key in moved.outer]
    what = names[0] if len(names) == 1 else plural("{count} thing", "{count} things", len(names))
    homes = {components[key].boundary for key in moved.loose}
    before = {architecture.components[key].boundary for key in moved.loose}
    if len(homes) != 1 or homes == before:
        return tr("Move {what}", what=what)
    home = next(iter(homes))
    if home is not None:
        return tr("Move {what} into {name}", what=what, name=architecture.boundaries[home].name)
    old = next(iter(before))
    return (
        tr("Move {what} out of {name}", what=what, name=architecture.boundaries[old].name)
        if len(before) == 1 and old
        else tr("Move {what}", what=what)
    )


def _area(rect: Rect) -> float:
    return (rect[2] - rect[0]) * (rect[3] - rect[1])
