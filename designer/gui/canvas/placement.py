"""From new places to one edit: positions, and the boundaries that things then stand in.

What is drawn inside a boundary stands in it: so a thing that is dragged joins the innermost boundary below its middle,
and a boundary that is dropped, moved or resized takes in what lies wholly inside of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from designer.catalog.resolve import Resolution
from designer.errors import UserError
from designer.gui.canvas.folding import folded_by
from designer.gui.canvas.grid_index import GridIndex
from designer.gui.canvas.hit_test import innermost
from designer.gui.canvas.metrics import (
    DOT_SPACING,
    Point,
    Rect,
    boundary_rect,
    card_rect,
    centre,
    contains,
    height_of,
    holds,
    shifted,
    snap,
    surface,
)
from designer.gui.canvas.zoning import Zoning
from designer.language import plural, tr
from designer.layout.apart import kept_apart, with_room
from designer.layout.stretching import runs_across, stretch
from designer.layout.zones import lanes_of
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


_CELL = 1024.0
_APART = 3 * DOT_SPACING
"""The distance at which something is put beside what it may not stand in."""


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


class Frames:
    """The rectangles and heights of all boundaries as they will be, for questions about what is inside what."""

    def __init__(self, architecture: Architecture, moved: Mapping[str, Rect] | None = None) -> None:
        self.architecture = architecture
        self.rects = {key: boundary_rect(boundary) for key, boundary in architecture.boundaries.items()}
        self.rects.update(moved or {})
        self._hidden = {
            key
            for key, boundary in architecture.boundaries.items()
            if any(around.collapsed for around in architecture.boundaries_around(boundary.parent))
        }
        self._heights = {
            key: len(architecture.boundaries_around(key)) + height_of(boundary.layer)
            for key, boundary in architecture.boundaries.items()
        }
        self._index: GridIndex | None = None

    def add(self, boundary: Boundary) -> None:
        """Counts a boundary in that is not yet in the architecture."""
        self.rects[boundary.id] = boundary_rect(boundary)
        self._index = None
        self._heights[boundary.id] = 1 + (self._heights[boundary.parent] if boundary.parent else 0)

    def around_component(self, x: float, y: float) -> str | None:
        """The boundary that a component at (x, y) stands in."""
        at = centre(card_rect(x, y))
        near = self._near(at) - self._hidden
        # In the order of all, by which one of two as high as one another is taken.
        return innermost(at, ((key, self.rects[key], self._heights[key]) for key in self.rects if key in near))

    def _near(self, at: Point) -> set[str]:
        """The boundaries that may hold a point."""
        if self._index is None:
            self._index = GridIndex(_CELL)
            for key, rect in self.rects.items():
                self._index.put(key, rect)
        return self._index.touching((*at, *at))

    def around_boundary(self, kind: str, rect: Rect, without: frozenset[str] | set[str] = frozenset()) -> str | None:
        """The boundary that one of a kind with a rectangle stands in: the innermost that may hold it."""
        middle, area = centre(rect), surface(rect)
        holders = (
            (key, other, self._heights[key])
            for key, other in self.rects.items()
            if key not in without and surface(other) > area and self.may_hold(key, kind)
        )
        return innermost(middle, holders)

    def why_not(self, kind: str, rect: Rect, without: frozenset[str] | set[str] = frozenset()) -> str:
        """Why a boundary of a kind may not lie where it is drawn; empty where it may."""
        area = surface(rect)
        shown = (key for key in self.rects if key not in self._hidden and key not in without)
        larger = ((key, self.rects[key], self._heights[key]) for key in shown if surface(self.rects[key]) > area)
        under = innermost(centre(rect), larger)
        around = self.architecture.boundaries_around(under)
        if around and around[0].collapsed:
            return tr("{name} is collapsed: expand it first.", name=around[0].name)
        if kind == "vpc" and any(each.kind == "vpc" for each in around):
            return tr("A VPC cannot stand in another VPC: it is a network of its own.")
        return ""

    def may_hold(self, key: str, kind: str) -> bool:
        """Whether a boundary is open, and one of a kind may stand in it."""
        holder = self.architecture.boundaries[key]
        return kind in MAY_HOLD[holder.kind] and not holder.collapsed and key not in self._hidden


class Refused(UserError):  # noqa: N818 - it names the outcome: nothing was moved
    """A component may not stand where it was to be put; the message says why."""


def move(architecture: Architecture, moved: Moved, resolution: Resolution, *, settle: bool = False) -> Batch:
    """Puts things at their new places and into the boundaries they are then in: one step for undo.

    Components take the zones of the lanes they come into. With `settle` they end within their lanes, and boundaries
    grow around them. Raises `Refused` where a component may not stand.
    """
    moved = _kept_across(architecture, moved)
    frames = Frames(architecture, moved.boundaries)
    putting = _Putting(architecture, resolution, frames)
    for key, rect in moved.boundaries.items():
        boundary = _with_rect(architecture.boundaries[key], rect)
        if key in moved.outer:
            own = content_of(architecture, [key])[1]
            refusal = frames.why_not(boundary.kind, rect, own)
            if refusal:
                raise Refused(refusal)
            boundary = boundary.with_(parent=frames.around_boundary(boundary.kind, rect, own))
        putting.boundaries[key] = boundary
    zoning = putting.zoning()
    for key, (x, y) in moved.components.items():
        component = architecture.components[key]
        if key not in moved.loose and folded_by(architecture.boundaries_around(component.boundary)):
            putting.components[key] = component.with_(x=zoning.folded(component, x), y=y)
            continue
        home = frames.around_component(x, y) if key in moved.loose else component.boundary
        landing = zoning.land(component, x, home)
        if landing.refusal and key in moved.loose:
            raise Refused(landing.refusal)
        after = component.with_(boundary=home, zones=component.zones if landing.refusal else landing.zones)
        # What goes along with a tier that is moved aside, and may not change lanes with it, stays in its own.
        if (settle and key in moved.loose) or landing.refusal:
            x, y = zoning.settled(after, x, y, home)
        if key in moved.loose or landing.refusal or after.zones != component.zones:
            putting.own.add(key)
        putting.components[key] = after.with_(x=x, y=y)
    putting.way = _way(architecture, moved) if not settle else 0
    for key in moved.boundaries:
        putting.take_in(putting.boundaries[key])
    return putting.batch(_label(architecture, moved, putting.components), grow=settle)


def _kept_across(architecture: Architecture, moved: Moved) -> Moved:
    """The same, but that what runs across all lanes of a VPC moves up and down in it only, with all in it."""
    components, boundaries = dict(moved.components), dict(moved.boundaries)
    for key in moved.outer:
        boundary, rect = architecture.boundaries[key], moved.boundaries[key]
        vpc = architecture.boundaries.get(boundary.parent or "")
        if vpc is None or vpc.kind != "vpc" or not runs_across(boundary, lanes_of(architecture, vpc)):
            continue
        dx = round(rect[0]) - boundary.x
        middle = centre(rect)
        if (
            not dx
            or not holds(boundary_rect(vpc), (middle[0] - dx, middle[1]))
            or not holds(boundary_rect(vpc), middle)
        ):
            continue  # it leaves the VPC
        inside, frames = content_of(architecture, [key])
        components |= {each: (x - dx, y) for each in inside if each in moved.components for x, y in [components[each]]}
        boundaries |= {each: shifted(boundaries[each], -dx, 0) for each in frames if each in boundaries}
    return Moved(components, boundaries, moved.loose, moved.outer)


def resize(architecture: Architecture, key: str, rect: Rect, resolution: Resolution) -> Batch:
    """Gives a boundary another rectangle; it takes in what is then wholly inside. Lanes keep what is in them."""
    boundary = architecture.boundaries[key]
    stretched = stretch(architecture, boundary, rect)
    putting = _Putting(architecture, resolution, Frames(architecture, {**stretched.boundaries, key: rect}))
    putting.boundaries[key] = _with_rect(boundary, rect)
    for inner, (left, _top, right, _bottom) in stretched.boundaries.items():
        # Collapsed ones too get the size that they will have open.
        putting.boundaries[inner] = architecture.boundaries[inner].with_(x=round(left), width=round(right - left))
    for inner, (x, y) in stretched.components.items():
        putting.components[inner] = architecture.components[inner].with_(x=x, y=y)
    putting.take_in(putting.boundaries[key])
    return putting.batch(tr("Resize {name}", name=boundary.name))


def insert_boundary(architecture: Architecture, boundary: Boundary, resolution: Resolution) -> Batch:
    """Adds a boundary, which joins its parent, else what it is put into, and takes in what lies wholly inside.

    What it is put into grows around it.
    """
    frames = Frames(architecture)
    parent = boundary.parent or frames.around_boundary(boundary.kind, boundary_rect(boundary))
    added = boundary.with_(parent=parent)
    frames.add(added)
    putting = _Putting(architecture, resolution, frames)
    putting.boundaries[added.id] = added
    putting.take_in(added)
    return putting.batch(tr("Add {name}", name=added.name), grow=True)


def insert_component(architecture: Architecture, component: Component, resolution: Resolution) -> Batch:
    """Adds a component, in the boundary around its place, in the zone of its lane there.

    What may not stand there is put to the right of what it may not stand in.
    """
    frames = Frames(architecture)
    putting = _Putting(architecture, resolution, frames)
    zoning = putting.zoning()
    x, y = component.x, component.y
    home = frames.around_component(x, y)
    while (landing := zoning.land(component, x, home)).refusal and home is not None:
        outermost = architecture.boundaries_around(home)[-1]
        x = snap(outermost.x + outermost.width) + _APART
        home = frames.around_component(x, y)
    component = component.with_(boundary=home, zones=landing.zones)
    x, y = zoning.settled(component, x, y, home)
    putting.components[component.id] = component.with_(x=x, y=y)
    putting.own.add(component.id)
    return putting.batch(tr("Add {name}", name=component.name), grow=True)


class _Putting:
    """Gathers the components and boundaries that change, as they will be."""

    def __init__(self, architecture: Architecture, resolution: Resolution, frames: Frames) -> None:
        self._architecture = architecture
        self._resolution = resolution
        self._frames = frames
        self._zoning: Zoning | None = None
        self.components: dict[str, Component] = {}
        self.boundaries: dict[str, Boundary] = {}
        self.own: set[str] = set()
        """The components that are put somewhere themselves, not with a boundary: their bands are kept apart."""
        self.way = 0
        """The way in which a free row is looked for: 1 is down, -1 is up, 0 is the nearest."""

    def zoning(self) -> Zoning:
        """What judges places, with the boundaries standing in one another as they will."""
        if self._zoning is None:
            resolution = self._resolution
            before = self._architecture.boundaries
            if any(key not in before or each.parent != before[key].parent for key, each in self.boundaries.items()):
                after = self._architecture.copy()
                after.apply(Batch("", tuple(map(Put, self.boundaries.values()))))
                resolution = Resolution(after, resolution.catalog)
            self._zoning = Zoning(resolution, self._frames.rects, self._architecture)
        return self._zoning

    def take_in(self, boundary: Boundary) -> None:
        """Lets a boundary take in what stood beside or around it and now lies wholly inside, and may stand there."""
        if boundary.collapsed:
            return
        architecture = self._architecture
        rect = boundary_rect(boundary)
        parents = {b.id for b in architecture.boundaries_around(boundary.parent)}
        for key, component in architecture.components.items():
            if key in self.components or not (component.boundary is None or component.boundary in parents):
                continue
            if contains(rect, card_rect(component.x, component.y)):
                landing = self.zoning().land(component, component.x, boundary.id)
                if not landing.refusal:
                    self.components[key] = component.with_(boundary=boundary.id, zones=landing.zones)
                    self.own.add(key)
        for key, other in architecture.boundaries.items():
            beside = other.parent == boundary.parent and key not in parents
            if key in self.boundaries or not beside or other.kind not in MAY_HOLD[boundary.kind]:
                continue
            if contains(rect, self._frames.rects[key]):
                self.boundaries[key] = other.with_(parent=boundary.id)

    def batch(self, label: str, *, grow: bool = False) -> Batch:
        """The edit; where boundaries are to grow, with them around what is put into them."""
        architecture = self._architecture
        if self._keep_apart() or grow:
            from designer.layout.growing import make_room

            make_room(architecture, self.components, self.boundaries)
        edits = _changed(architecture, self.components, self.boundaries)
        there = [key for key in self.components if key in architecture.components]
        before = {key: (architecture.components[key].x, architecture.components[key].y) for key in there}
        after = {key: (self.components[key].x, self.components[key].y) for key in there}
        return Batch(label, edits + tuple(shift_corners(architecture, before, after)))

    def _keep_apart(self) -> bool:
        """Lets what would lie on a band go to the next free row; says whether anything did."""
        architecture, own = self._architecture, self.own & self.components.keys()
        if not self.boundaries and all(self.components[key].boundary is None for key in own):
            return False
        after = architecture.copy()
        after.apply(Batch("", _changed(architecture, self.components, self.boundaries)))
        places = kept_apart(architecture, after, self._resolution.catalog, own | self._below_frames(after), self.way)
        for key, (x, y) in places.items():
            self.components[key] = after.components[key].with_(x=x, y=y)
        return bool(places)

    def _below_frames(self, after: Architecture) -> set[str]:
        """What stands beside a boundary that has another place: a band that it comes to lie on makes room."""
        moved = {self.boundaries[key].parent for key in self.boundaries}
        around = content_of(after, [holder for holder in moved if holder is not None])[1]
        inside = content_of(after, self.boundaries)[0]
        return {key for key, each in after.components.items() if each.boundary in around and key not in inside}


def _way(architecture: Architecture, moved: Moved) -> int:
    """Whether things go down (1), up (-1) or neither (0)."""
    down = sum(moved.components[key][1] - architecture.components[key].y for key in moved.loose)
    return (down > 0) - (down < 0)


def settle_copies(architecture: Architecture, batch: Batch, resolution: Resolution) -> Batch:
    """A batch that adds copies, with each copied thing in the boundary and the lane that it is then drawn in.

    Bands of copies go to the next free row.
    """
    frames = Frames(architecture)
    zoning = Zoning(resolution, frames.rects, architecture)
    copied = {edit.entity.id for edit in batch.edits if isinstance(edit, Put) and isinstance(edit.entity, Boundary)}
    settled = Batch(batch.label, tuple(_settled(edit, frames, zoning, copied) for edit in batch.edits))
    added = (edit.entity for edit in settled.edits if isinstance(edit, Put))
    loose = [each.id for each in added if isinstance(each, Component) and each.boundary not in copied]
    return with_room(architecture, resolution.catalog, settled, loose)


def _settled(edit: Edit, frames: Frames, zoning: Zoning, copied: set[str]) -> Edit:
    match edit:
        case Put(entity=Component() as component) if component.boundary not in copied:
            home = frames.around_component(component.x, component.y)
            landing = zoning.land(component, component.x, home)
            return edit if landing.refusal else Put(component.with_(boundary=home, zones=landing.zones))
        case Put(entity=Boundary() as boundary) if boundary.parent not in copied:
            return Put(boundary.with_(parent=frames.around_boundary(boundary.kind, boundary_rect(boundary))))
        case _:
            return edit


def _changed(
    architecture: Architecture, components: Mapping[str, Component], boundaries: Mapping[str, Boundary]
) -> tuple[Edit, ...]:
    edits: list[Edit] = [Put(b) for key, b in boundaries.items() if architecture.boundaries.get(key) != b]
    edits += [Put(c) for key, c in components.items() if architecture.components.get(key) != c]
    return tuple(edits)


def _with_rect(boundary: Boundary, rect: Rect) -> Boundary:
    left, top, right, bottom = (round(side) for side in rect)
    if boundary.collapsed:
        return boundary.with_(x=left, y=top)
    return boundary.with_(x=left, y=top, width=right - left, height=bottom - top)


def _label(architecture: Architecture, moved: Moved, components: Mapping[str, Component]) -> str:
    names = [architecture.components[key].name for key in moved.loose]
    names += [architecture.boundaries[key].name for key in moved.outer]
    what = names[0] if len(names) == 1 else plural("{count} thing", "{count} things", len(names))
    zones = {components[key].zones for key in moved.loose}
    if len(zones) == 1 and all(components[key].zones != architecture.components[key].zones for key in moved.loose):
        changed = next(iter(zones))
        if changed and all(components[key].boundary == architecture.components[key].boundary for key in moved.loose):
            return (
                tr("Move {what} to zone {zone}", what=what, zone=changed[0])
                if len(changed) == 1
                else tr("Move {what} to zones {zones}", what=what, zones=", ".join(changed))
            )
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
