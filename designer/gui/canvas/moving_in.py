"""Moving things into a boundary without dragging: to a free place inside, for which the boundary grows if need be."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from designer.gui.canvas.metrics import (
    DOT_SPACING,
    GRID,
    PADDING,
    TITLE_HEIGHT,
    Rect,
    boundary_rect,
    card_rect,
    grown,
    overlaps,
    snap,
)
from designer.gui.canvas.placement import MAY_HOLD, content_of
from designer.language import later, plural, tr
from designer.model.architecture import Architecture
from designer.model.edits import Batch, Edit, Put
from designer.model.entities import Boundary, Collection
from designer.model.operations import shift_corners

Thing = tuple[Collection, str]
_TITLES: Mapping[str, str] = {"vpc": later("A VPC"), "tier": later("A subnet tier"), "group": later("A group")}
_HOLDERS: Mapping[str, str] = {"vpc": later("a VPC"), "tier": later("a subnet tier"), "group": later("a group")}


def why_not(architecture: Architecture, things: Iterable[Thing], home: str | None) -> str | None:
    """Why some things cannot be moved into a boundary (`None`: out of all), in words; `None` when they can."""
    things = list(things)
    boundaries = [key for collection, key in things if collection is Collection.BOUNDARIES]
    if not set(boundaries).isdisjoint(around.id for around in architecture.boundaries_around(home)):
        return tr("A boundary cannot stand in itself.")
    for key in boundaries:
        kind = architecture.boundaries[key].kind
        if home is not None and kind not in MAY_HOLD[(holder := architecture.boundaries[home]).kind]:
            return tr("{one} cannot stand in {other}.", one=tr(_TITLES[kind]), other=tr(_HOLDERS[holder.kind]))
    if home is not None and architecture.boundaries[home].collapsed:
        return tr("{name} is collapsed: expand it first.", name=architecture.boundaries[home].name)
    if not things:
        return tr("Nothing is selected that could be moved.")
    if all(_home_of(architecture, thing) == home for thing in things):
        return tr("It is there already.")
    return None


def homes_for(architecture: Architecture, things: Sequence[Thing]) -> list[str | None]:
    """The boundaries that some things can be moved into, by name; `None`, out of all boundaries, comes last."""
    named = sorted(architecture.boundaries.values(), key=lambda each: (each.name.casefold(), each.id))
    fits: list[str | None] = [each.id for each in named if why_not(architecture, things, each.id) is None]
    return [*fits, None] if why_not(architecture, things, None) is None else fits


def move_into(architecture: Architecture, things: Iterable[Thing], home: str | None) -> Batch:
    """Puts things into a boundary, each at a free place; boundaries take along what stands in them. One undo step.

    `None` for the boundary is out of all: to the right of the outermost boundary around each.

    What stands in another of the things goes with that. Components that are in the boundary already stay.
    """
    mover = _Mover(architecture, home)
    things = [thing for thing in things if _home_of(architecture, thing) != home]
    outer = {key for collection, key in things if collection is Collection.BOUNDARIES}
    for collection, key in things:
        if _stands_in(architecture, (collection, key), outer):
            continue
        if collection is Collection.BOUNDARIES:
            mover.take_boundary(key)
        else:
            mover.take_component(key)
    return Batch(_label(architecture, things, home), mover.edits())


class _Mover:
    """Finds places in a boundary and gathers what changes by that."""

    def __init__(self, architecture: Architecture, home: str | None) -> None:
        self._architecture = architecture
        self._home = home
        self._inside = boundary_rect(architecture.boundaries[home]) if home is not None else (0, 0, 0, 0)
        self._places: dict[str, tuple[int, int]] = {}
        self._frames: dict[str, Rect] = {}
        self._joins: set[Thing] = set()
        self._busy = [boundary_rect(each) for each in architecture.boundaries.values() if each.parent == home]
        self._busy += [card_rect(each.x, each.y) for each in architecture.components.values() if each.boundary == home]

    def take_component(self, key: str) -> None:
        """Gives a component a place inside."""
        left, top, right, bottom = card_rect(0, 0)
        self._places[key] = self._room((Collection.COMPONENTS, key), right - left, bottom - top)
        self._joins.add((Collection.COMPONENTS, key))

    def take_boundary(self, key: str) -> None:
        """Gives a boundary a place inside, and what stands in it the same shift."""
        left, top, right, bottom = boundary_rect(self._architecture.boundaries[key])
        x, y = self._room((Collection.BOUNDARIES, key), right - left, bottom - top)
        dx, dy = x - round(left), y - round(top)
        components, boundaries = content_of(self._architecture, [key])
        for inner in components:
            entity = self._architecture.components[inner]
            self._places[inner] = entity.x + dx, entity.y + dy
        for inner in boundaries:
            rect = boundary_rect(self._architecture.boundaries[inner])
            self._frames[inner] = rect[0] + dx, rect[1] + dy, rect[2] + dx, rect[3] + dy
        self._joins.add((Collection.BOUNDARIES, key))

    def edits(self) -> tuple[Edit, ...]:
        """All that changes: boundaries that have grown or moved, components, and corners of wires."""
        architecture = self._architecture
        self._grow()
        edits: list[Edit] = []
        for key, rect in self._frames.items():
            boundary = _with_rect(architecture.boundaries[key], rect)
            joins = (Collection.BOUNDARIES, key) in self._joins
            edits.append(Put(boundary.with_(parent=self._home) if joins else boundary))
        for key, (x, y) in self._places.items():
            component = architecture.components[key].with_(x=x, y=y)
            joins = (Collection.COMPONENTS, key) in self._joins
            edits.append(Put(component.with_(boundary=self._home) if joins else component))
        before = {key: (architecture.components[key].x, architecture.components[key].y) for key in self._places}
        return (*edits, *shift_corners(architecture, before, self._places))

    def _room(self, thing: Thing, width: float, height: float) -> tuple[int, int]:
        """The first free place inside, in reading order, else one below all that is there."""
        if self._home is None:
            return self._room_outside(thing, width, height)
        left, top, right, bottom = self._inside
        x0, y0 = snap(left + PADDING + GRID / 2), snap(top + TITLE_HEIGHT + PADDING)
        for y in range(y0, int(bottom - PADDING - height) + 1, DOT_SPACING):
            for x in range(x0, int(right - PADDING - width) + 1, DOT_SPACING):
                if self._is_free((x, y, x + width, y + height)):
                    return self._keep(x, y, width, height)
        lowest = max((rect[3] for rect in self._busy), default=top + TITLE_HEIGHT + PADDING - DOT_SPACING)
        return self._keep(x0, snap(lowest + DOT_SPACING), width, height)

    def _room_outside(self, thing: Thing, width: float, height: float) -> tuple[int, int]:
        """The first free place from the outermost boundary around a thing on, downwards."""
        outermost = self._architecture.boundaries_around(_home_of(self._architecture, thing))[-1]
        x, y = snap(outermost.x + outermost.width + 2 * DOT_SPACING), snap(outermost.y)
        while not self._is_free((x, y, x + width, y + height)):
            y += DOT_SPACING
        return self._keep(x, y, width, height)

    def _is_free(self, rect: Rect) -> bool:
        wanted = grown(rect, GRID)
        return not any(overlaps(wanted, busy) for busy in self._busy)

    def _keep(self, x: int, y: int, width: float, height: float) -> tuple[int, int]:
        rect = (x, y, x + width, y + height)
        self._busy.append(rect)
        left, top, right, bottom = self._inside
        self._inside = left, top, max(right, rect[2] + PADDING), max(bottom, rect[3] + PADDING)
        return x, y

    def _grow(self) -> None:
        """The boundary, and those around it, hold what is in them now."""
        needed = self._inside
        if self._home is None:
            return
        for around in self._architecture.boundaries_around(self._home):
            left, top, right, bottom = boundary_rect(around)
            # A VPC keeps its width, for its lanes hang on it.
            rect = (left, top, right if around.kind == "vpc" else max(right, needed[2]), max(bottom, needed[3]))
            if rect != (left, top, right, bottom):
                self._frames[around.id] = rect
            needed = rect[0], rect[1], rect[2] + PADDING, rect[3] + PADDING
            if rect == (left, top, right, bottom):
                return


def _home_of(architecture: Architecture, thing: Thing) -> str | None:
    collection, key = thing
    if collection is Collection.BOUNDARIES:
        return architecture.boundaries[key].parent
    return architecture.components[key].boundary


def _stands_in(architecture: Architecture, thing: Thing, boundaries: set[str]) -> bool:
    """Whether a thing stands in one of some boundaries that are moved, at any depth."""
    return any(around.id in boundaries for around in architecture.boundaries_around(_home_of(architecture, thing)))


def _with_rect(boundary: Boundary, rect: Rect) -> Boundary:
    left, top, right, bottom = (round(side) for side in rect)
    return boundary.with_(x=left, y=top, width=right - left, height=bottom - top)


def _label(architecture: Architecture, things: Sequence[Thing], home: str | None) -> str:
    names = [
        architecture.boundaries[key].name if collection is Collection.BOUNDARIES else architecture.components[key].name
        for collection, key in things
    ]
    what = names[0] if len(names) == 1 else plural("{count} thing", "{count} things", len(names))
    if home is None:
        return tr("Move {what} out of the boundary", what=what)
    return tr("Move {what} into {boundary}", what=what, boundary=architecture.boundaries[home].name)
