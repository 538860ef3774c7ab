"""The geometry of all wires: which touch a rectangle, where each runs, and what a move makes stale.

Ports are allotted and points worked out only for wires that are looked at; a move works again only on those that were.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from designer.gui.canvas.blocks import Block, Doubles, doubles
from designer.gui.canvas.grid_index import GridIndex
from designer.gui.canvas.metrics import Point, Rect, grown, overlaps, united
from designer.gui.canvas.waypoints import Corners, shifted, sides_through, through
from designer.gui.canvas.wire_detour import detour
from designer.gui.canvas.wire_path import (
    LANE_GAP,
    LEFT,
    PORT_MARGIN,
    REACH,
    RIGHT,
    TOP,
    arrow_head,
    choose_sides,
    label_place,
    port,
    rounded,
    route,
    shortened,
    solid,
    spread,
)

_CELL = 1024.0
_HEAD = 10.0
"""What arrow head and width of a wire add to the rectangle around its points."""
_MANY = 500
"""When more components move at once, every wire is worked out again when next looked at."""
_FEW = 8
"""Up to so many, what is near each is worked out again, above that what is near all together."""
_MOST_SLIDE = 40.0
"""A lone port leaves the middle of its side by at most this to make its wire straight."""


@dataclass(frozen=True, slots=True)
class WireStyle:
    """How a wire is drawn: colour role, weight (0 thin, 1 usual, 2 bold), and dashed for what nobody waits for."""

    role: str
    weight: int
    dashed: bool


class Wire:
    """One wire with what was worked out for it; `None` where that is stale."""

    __slots__ = (
        *("bounds", "drawn", "ends", "key", "label", "line", "live", "mark"),
        *("points", "runs", "sides", "source", "strokes", "style", "target", "tip", "via"),
    )

    def __init__(self, key: str, source: str, target: str, style: WireStyle, label: str, via: Corners = ()) -> None:
        self.key = key
        self.source = source
        self.target = target
        self.style = style
        self.label = label
        self.via = via
        self.bounds: Rect = (0, 0, 0, 0)
        self.live = False
        self.sides = (RIGHT, LEFT)
        # Per end: offset on its side, how many share the side, and how far from the middle of them it is.
        self.ends: list[tuple[float, int, float]] = [(0, 0, 0), (0, 0, 0)]
        self.forget()

    def forget(self) -> None:
        """Drops what depends on where the ends are."""
        self.points: list[Point] | None = None
        self.drawn: Rect | None = None
        self.strokes: Doubles | None = None
        self.line: Doubles | None = None
        self.runs: Doubles | None = None
        self.tip: tuple[Point, Point, Point] | None = None
        self.mark: tuple[Point | None] | None = None


class Wires:
    """All wires over the rectangles of components (a mapping that the owner keeps up to date)."""

    def __init__(self, rects: Mapping[str, Rect], components_in: Callable[[Rect], Iterable[str]]) -> None:
        self.all: dict[str, Wire] = {}
        self._rects = rects
        self._components_in = components_in
        self._at: dict[str, set[str]] = {}
        self._index = GridIndex(_CELL)
        self._allotted: set[str] = set()
        self._stale: set[str] = set()
        self.far: dict[str, Block] = {}
        """Per colour role the runs of all wires, three lines a wire; right after `refresh_far`."""

    def add(self, wire: Wire) -> Rect:
        """Enters a wire; returns what has to be painted again."""
        self.all[wire.key] = wire
        self._at.setdefault(wire.source, set()).add(wire.key)
        self._at.setdefault(wire.target, set()).add(wire.key)
        self._settle(wire)
        return united(wire.bounds, self._allot_again((wire.source, wire.target))) or wire.bounds

    def remove(self, key: str) -> Rect:
        """Takes a wire out; returns what has to be painted again."""
        wire = self.all.pop(key)
        self._at[wire.source].discard(key)
        self._at[wire.target].discard(key)
        self._index.discard(key)
        self._stale.discard(key)
        for block in self.far.values():
            block.discard(key)
        return united(wire.bounds, self._allot_again((wire.source, wire.target))) or wire.bounds

    def restyle(self, key: str, style: WireStyle) -> None:
        """Gives a wire another look."""
        wire = self.all[key]
        if wire.style != style:
            wire.style = style
            self._stale.add(key)

    def bend(self, key: str, via: Corners) -> Rect:
        """Gives a wire other corners; returns what has to be painted again."""
        wire = self.all[key]
        before = wire.bounds
        wire.via = via
        self._settle(wire)
        return united(united(before, wire.bounds), self._allot_again((wire.source, wire.target))) or wire.bounds

    def of(self, component: str) -> set[str]:
        """The wires that start or end at a component."""
        return self._at.get(component, set())

    def moved(self, components: Mapping[str, Rect], live: bool = False) -> Rect | None:
        """Works on from new rectangles of components, given the old ones; returns what has to be painted again.

        While the move is `live`, no wire is led around anything: it would cost more than all else in a frame.
        """
        touched: set[str] = set()
        for component in components:
            touched |= self._at.get(component, set())
        dirty: Rect | None = None
        ends: set[str] = set()
        for key in touched:
            wire = self.all[key]
            dirty = united(dirty, wire.bounds)
            if live and wire.via:
                wire.via = self._carried(wire, components)
            self._settle(wire)
            wire.live = live
            dirty = united(dirty, wire.bounds)
            ends.add(wire.source)
            ends.add(wire.target)
        dirty = united(dirty, self._allot_again(ends))
        if live:
            return dirty
        if len(components) > _MANY:
            return united(dirty, self._forget_all())
        around: Rect | None = None
        for component, old in components.items():
            around = united(united(around, old), self._rects[component])
            if len(components) <= _FEW and around is not None:
                dirty = united(dirty, self.disturbed(around))
                around = None
        return united(dirty, self.disturbed(around)) if around is not None else dirty

    def _carried(self, wire: Wire, before: Mapping[str, Rect]) -> Corners:
        """The corners of a wire, gone along where both ends have moved by the same from where they were before."""
        if wire.source not in before or wire.target not in before:
            return wire.via
        one, other = before[wire.source], before[wire.target]
        source, target = self._rects[wire.source], self._rects[wire.target]
        dx, dy = source[0] - one[0], source[1] - one[1]
        return shifted(wire.via, dx, dy) if (dx, dy) == (target[0] - other[0], target[1] - other[1]) else wire.via

    def disturbed(self, rect: Rect) -> Rect | None:
        """A component has come to a rectangle or left it: wires that were led near it may run otherwise."""
        dirty: Rect | None = None
        for key in self._index.touching(rect):
            wire = self.all[key]
            if wire.points is not None and overlaps(wire.bounds, rect):
                wire.forget()
                dirty = united(dirty, wire.bounds)
        return dirty

    def _forget_all(self) -> Rect | None:
        dirty: Rect | None = None
        for wire in self.all.values():
            if wire.points is not None:
                wire.forget()
                dirty = united(dirty, wire.bounds)
        return dirty

    def in_rect(self, rect: Rect) -> list[Wire]:
        """The wires that touch a rectangle; of those never looked at, the ones that might."""
        left, top, right, bottom = rect
        found = []
        every = self.all
        for key in self._index.touching(rect):
            wire = every[key]
            bounds = wire.drawn or wire.bounds
            if bounds[0] <= right and bounds[2] >= left and bounds[1] <= bottom and bounds[3] >= top:
                found.append(wire)
        return found

    def points(self, wire: Wire) -> list[Point]:
        """Where a wire runs."""
        if wire.points is None:
            self._allot_ends(wire)
            wire.points = points = self._led_around(wire)
            xs, ys = [x for x, _ in points], [y for _, y in points]
            wire.drawn = (min(xs) - _HEAD, min(ys) - _HEAD, max(xs) + _HEAD, max(ys) + _HEAD)
            wire.tip = arrow_head(wire.points[-1], wire.sides[1])
        return wire.points

    def strokes(self, wire: Wire) -> Doubles:
        """The lines of a wire as drawn close up: rounded, ending inside the arrow head."""
        if wire.strokes is None:
            wire.strokes = doubles(solid(rounded(shortened(self.points(wire), 7.0))))
        return wire.strokes

    def runs(self, wire: Wire) -> Doubles:
        """The straight runs of a wire as drawn from further away."""
        if wire.runs is None:
            wire.runs = doubles(solid(self.points(wire)))
        return wire.runs

    def line(self, wire: Wire) -> Doubles:
        """Always three lines, as drawn from afar, where nothing is lost by leading no wire around anything."""
        if wire.line is None:
            self._allot_ends(wire)
            points = self._along(wire) if wire.via else route(*self._ends(wire))
            if len(points) < 4:
                points = [points[0], points[0], *points[1:]] if len(points) == 3 else [points[0], *points, points[-1]]
            elif len(points) > 4:
                points = [points[0], points[1], points[-2], points[-1]]
            wire.line = doubles(solid(points))
        return wire.line

    def mark(self, wire: Wire, width: float) -> Point | None:
        """Where a label of a width stands, or `None` where there is no room."""
        if wire.mark is None:
            wire.mark = (label_place(self.points(wire), width),)
        return wire.mark[0]

    def refresh_far(self) -> set[str]:
        """Brings the blocks for the far view up to date with everything that changed since; returns what did."""
        for key in self._stale:
            wire = self.all[key]
            role = wire.style.role
            for other, block in self.far.items():
                if other != role:
                    block.discard(key)
            if role not in self.far:
                self.far[role] = Block(12)
            self.far[role].put(key, self.line(wire))
        fresh, self._stale = self._stale, set()
        return fresh

    def _settle(self, wire: Wire) -> None:
        """Sides and bounds from the rectangles of the ends."""
        source, target = self._rects[wire.source], self._rects[wire.target]
        around = united(source, target)
        if wire.via:
            wire.sides = sides_through(source, target, wire.via)
            xs, ys = [x for x, _ in wire.via], [y for _, y in wire.via]
            around = united(around, (min(xs), min(ys), max(xs), max(ys)))
        else:
            wire.sides = (RIGHT, TOP) if wire.source == wire.target else choose_sides(source, target)
        assert around is not None
        wire.bounds = grown(around, REACH)
        self._index.put(wire.key, wire.bounds)
        wire.forget()
        self._stale.add(wire.key)

    def _allot_again(self, components: Iterable[str]) -> Rect | None:
        """Allots the ports of components that had some; returns where wires changed by it."""
        dirty: Rect | None = None
        for component in components:
            if component in self._allotted:
                for wire in self._allot(component):
                    dirty = united(dirty, wire.bounds)
        return dirty

    def _allot(self, component: str) -> list[Wire]:
        """Spreads the wires of a component over its sides, in the order of their other ends; returns those changed."""
        rect = self._rects.get(component)
        if rect is None:
            self._allotted.discard(component)
            return []
        rects = self._rects
        groups: list[list[tuple[float, float, str, int, Wire]]] = [[], [], [], []]
        for key in self._at.get(component, ()):
            wire = self.all[key]
            for end, (here, there) in enumerate(((wire.source, wire.target), (wire.target, wire.source))):
                if here == component:
                    side = wire.sides[end]
                    other = rects[there]
                    x, y = other[0] + other[2], other[1] + other[3]
                    groups[side].append((y, x, key, end, wire) if side % 2 == 0 else (x, y, key, end, wire))
        changed = []
        for side, group in enumerate(groups):
            if not group:
                continue
            group.sort(key=_order)
            count = len(group)
            length = rect[3] - rect[1] if side % 2 == 0 else rect[2] - rect[0]
            for rank, (offset, (_, _, _, end, wire)) in enumerate(zip(spread(length, count), group, strict=True)):
                allotted = (offset, count, abs(2 * rank - count + 1) / 2)
                if wire.ends[end] != allotted:
                    wire.ends[end] = allotted
                    wire.forget()
                    self._stale.add(wire.key)
                    changed.append(wire)
        return changed

    def _allot_ends(self, wire: Wire) -> None:
        for component in (wire.source, wire.target):
            if component not in self._allotted:
                self._allotted.add(component)
                self._allot(component)

    def _led_around(self, wire: Wire) -> list[Point]:
        if wire.via:
            return self._along(wire)
        if wire.live:
            return route(*self._ends(wire))
        rects = self._rects
        near = self._components_in(wire.bounds)
        obstacles = [rects[key] for key in near if key != wire.source and key != wire.target]
        ends = self._ends(wire)
        return detour(*ends, sorted(obstacles), wire.bounds) if obstacles else route(*ends)

    def _along(self, wire: Wire) -> list[Point]:
        """The points of a wire that a person has bent."""
        source, target = self._rects[wire.source], self._rects[wire.target]
        start = port(source, wire.sides[0], wire.ends[0][0])
        end = port(target, wire.sides[1], wire.ends[1][0])
        return through(source, target, start, end, wire.sides, wire.via)

    def _ends(self, wire: Wire) -> tuple[Point, int, Point, int, float]:
        """Port and side of both ends, and how far the middle run is moved away from the middle."""
        start_side, end_side = wire.sides
        (start_at, start_count, start_outer), (end_at, end_count, end_outer) = wire.ends
        source, target = self._rects[wire.source], self._rects[wire.target]
        if wire.source != wire.target and start_side % 2 == end_side % 2 and start_side != end_side:
            axis = 1 if start_side % 2 == 0 else 0
            apart = (target[axis] + end_at) - (source[axis] + start_at)
            if end_count == 1 and abs(apart) <= _slide(target, axis):
                end_at -= apart
            elif start_count == 1 and abs(apart) <= _slide(source, axis):
                start_at += apart
        start, end = port(source, start_side, start_at), port(target, end_side, end_at)
        return start, start_side, end, end_side, LANE_GAP * (end_outer - start_outer)


def _order(entry: tuple[float, float, str, int, Wire]) -> tuple[float, float, str, int]:
    return entry[:4]


def _slide(rect: Rect, axis: int) -> float:
    return min(_MOST_SLIDE, (rect[axis + 2] - rect[axis]) / 2 - PORT_MARGIN)
