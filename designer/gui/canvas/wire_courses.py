"""Where wires run: worked out only for those that are looked at, alone first, then among the others."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache

from designer.gui.canvas.blocks import Doubles, doubles
from designer.gui.canvas.grid_index import GridIndex
from designer.gui.canvas.metrics import Point, Rect, contains, overlaps, united
from designer.gui.canvas.wire import Wire
from designer.gui.canvas.wire_detour import MOST_OBSTACLES, detour, is_clear_of
from designer.gui.canvas.wire_far import FarLines
from designer.gui.canvas.wire_labels import Frame, Labelling
from designer.gui.canvas.wire_path import (
    DASHES,
    STUB,
    arrow_head,
    dashed,
    hopped,
    label_place,
    rounded,
    shortened,
    solid,
)
from designer.gui.canvas.wire_ports import Ports
from designer.gui.canvas.wire_traffic import Traffic
from designer.gui.canvas.wire_ways import ends_of, plain_way

_CELL = 1024.0
_HEAD = 10.0
"""What arrow head, arcs and width of a wire add to the rectangle around its points."""
_FAR_DASHES = (12.0, 7.0)
"""Dash and gap of dashed wires from further away, in units."""
_LED_LIVE = 8
"""While things are dragged, so many wires at most are led around components; more would cost more than a frame has."""
_kept_detour = lru_cache(512)(detour)
"""The ways last found: a step that is taken back, or again, leads wires where they ran before."""


class Courses:
    """Where each wire runs over the rectangles of components (a mapping that the owner keeps up to date).

    It is worked out when it is first asked for, and again after `_drop`.
    """

    def __init__(
        self,
        rects: Mapping[str, Rect],
        components_in: Callable[[Rect], Iterable[str]],
        frames_in: Callable[[Rect], Iterable[Frame]] = lambda _rect: (),
    ) -> None:
        self.all: dict[str, Wire] = {}
        self._rects = rects
        self._components_in = components_in
        self._index = GridIndex(_CELL)
        self._live: set[str] = set()
        self._moving = False
        self._meanwhile: set[str] = set()
        """Wires worked out while something was being moved, around where it was then."""
        self._unknown: set[str] = set()
        """The wires of which it is not known where they would run alone."""
        self._dirty: Rect | None = None
        self._over: Rect | None = None
        self._traffic = Traffic(self.all, rects, components_in, self._know)
        self._labelling = Labelling(rects, components_in, frames_in, self._traffic.covers)
        self.found = 0
        """For how many wires a way was looked for, as a measure of time."""
        self._ports = Ports(self.all, rects, self._drop)
        self.far = FarLines(self.all, self.line)

    def of(self, component: str) -> Sequence[str]:
        """The wires that start or end at a component, each once."""
        return self._ports.of(component)

    def dirty(self) -> Rect | None:
        """What has to be painted again because of all that has changed since this was last asked."""
        found, self._dirty = self._dirty, None
        return found

    def over(self) -> Rect | None:
        """The same of wires of what is being dragged, which are drawn over everything else."""
        found, self._over = self._over, None
        return found

    def _soil(self, wire: Wire, rect: Rect) -> None:
        """What is drawn of a wire in a rectangle is another now."""
        if wire.live:
            self._over = united(self._over, rect)
        else:
            self._dirty = united(self._dirty, rect)

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

    def live_in(self, rect: Rect) -> list[Wire]:
        """The wires of what is being dragged that touch a rectangle."""
        wires = [self.all[key] for key in self._live]
        return [wire for wire in wires if overlaps(wire.drawn or wire.bounds, rect)]

    def points(self, wire: Wire) -> list[Point]:
        """Where a wire runs."""
        if wire.points is None:
            base = self._base(wire)
            if wire.live:
                self._show(wire, base)
            else:
                for member in wire.bundle.members if wire.bundle is not None else ():
                    self._base(self.all[member])
                points = self._traffic.apart(wire, base)
                self._traffic.enter_drawn(wire, points)
                self._show(wire, points)
        assert wire.points is not None
        return wire.points

    def draft(self, wire: Wire) -> None:
        """Lets a wire run the shortest way for now."""
        self._show(wire, self.roughly(wire))
        wire.draft = True

    def complete(self, wire: Wire) -> None:
        """Works out where a wire runs if it does not yet, or only as a draft."""
        if wire.draft:
            wire.draft = False
            wire.points = wire.drawn = wire.strokes = wire.runs = wire.tip = wire.mark = None
        self.points(wire)

    def _show(self, wire: Wire, points: list[Point]) -> None:
        wire.points = points
        xs, ys = [x for x, _ in points], [y for _, y in points]
        wire.drawn = (min(xs) - _HEAD, min(ys) - _HEAD, max(xs) + _HEAD, max(ys) + _HEAD)
        wire.tip = arrow_head(points[-1], wire.sides[1])

    def middle(self, wire: Wire) -> Point:
        """Where the label of a wire stands, or would if there were room: on its longest run."""
        if wire.mark is not None and wire.mark[0] is not None:
            return wire.mark[0]
        points = self.points(wire)
        place = label_place(points, 0.0)
        return place if place is not None else points[len(points) // 2]

    def hops(self, key: str) -> dict[str, list[Point]]:
        """Where a wire passes over others, by their keys."""
        return {other: sorted(places) for other, places in self._traffic.hops.get(key, {}).items()}

    def roughly(self, wire: Wire) -> list[Point]:
        """Where a wire runs as far as that is known already, else the shortest way."""
        if wire.points is not None:
            return wire.points
        self._allot_ends(wire)
        return plain_way(wire, self._rects)

    def strokes(self, wire: Wire) -> Doubles:
        """The lines of a wire as drawn close up: rounded, with arcs over others, ending inside the arrow head.

        They are its dashes, if it has some; but for what will soon run otherwise the pen makes them, which costs less.
        """
        if wire.strokes is None:
            path = shortened(self.points(wire), 7.0)
            # A draft is shown for some frames only, and there may be many.
            path = path if wire.draft else rounded(path)
            hops = self._traffic.hops.get(wire.key)
            if hops:
                path = hopped(path, [place for places in hops.values() for place in places])
            own = wire.style.dashed and not wire.passing
            wire.strokes = doubles(dashed(path, *DASHES) if own else solid(path))
        return wire.strokes

    def runs(self, wire: Wire) -> Doubles:
        """The straight runs of a wire as drawn from further away."""
        if wire.runs is None:
            points = self.points(wire)
            wire.runs = dashed(points, *_FAR_DASHES) if wire.style.dashed else doubles(solid(points))
        return wire.runs

    def line(self, wire: Wire) -> Doubles:
        """The lines as drawn from afar, where nothing is lost by leading no wire around anything."""
        if wire.line is None:
            self._allot_ends(wire)
            wire.line = doubles(solid(plain_way(wire, self._rects)))
        return wire.line

    def mark(self, wire: Wire, width: float, height: float) -> Point | None:
        """Where a label of a size stands, or `None` where there is no room."""
        if wire.mark is None:
            points = self.points(wire)
            assert wire.drawn is not None
            if wire.live or wire.draft:
                place = label_place(points, width)
            else:
                place = self._labelling.place(wire, points, wire.drawn, width, height)
            wire.mark = (place,)
            if place is not None:
                x, y = place
                rect = (x - width / 2 - 3, y - height / 2, x + width / 2 + 3, y + height / 2)
                if not contains(wire.drawn, rect):
                    wire.drawn = united(wire.drawn, rect)
                if not contains(wire.bounds, rect):
                    self._index.put(wire.key, wire.reach)
        return wire.mark[0]

    def _drop(self, wire: Wire) -> None:
        """Forgets where a wire runs; those that gave way to it find their places again."""
        if wire.base is not None:
            self._refine(wire)
            for near in self._traffic.leave(wire):
                self._refine(near)
            for member in wire.bundle.members if wire.bundle is not None else ():
                if member != wire.key and member in self.all:
                    self._refine(self.all[member])
            self._unknown.add(wire.key)
        wire.forget()

    def _refine(self, wire: Wire) -> None:
        """Forgets how a wire gives way to others, and all that follows from it."""
        if wire.points is None or wire.draft:
            return
        self._unmark(wire)
        self._traffic.leave_drawn(wire)
        wire.points = wire.drawn = wire.strokes = wire.runs = wire.tip = None

    def _unmark(self, wire: Wire) -> None:
        wire.mark = None
        self._soil(wire, wire.reach)
        for key in self._labelling.leave(wire.key):
            self.all[key].mark = None

    def _allot_ends(self, wire: Wire) -> None:
        for changed in self._ports.allot_ends(wire):
            self.far.outdate(changed.key)

    def _know(self, rect: Rect) -> None:
        """Works out where all wires near a rectangle would run alone."""
        for key in self._index.touching(rect) & self._unknown:
            wire = self.all[key]
            if wire.base is None and not wire.live and overlaps(wire.bounds, rect):
                self._base(wire)

    def _base(self, wire: Wire) -> list[Point]:
        """Where a wire would run if there were no others."""
        if wire.base is None:
            self._allot_ends(wire)
            wire.base = base = self._led_around(wire)
            self.found += 1
            if self._moving:
                self._meanwhile.add(wire.key)
            self._unknown.discard(wire.key)
            if not wire.live:
                for near in self._traffic.enter(wire, base):
                    self._refine(near)
        return wire.base

    def _led_around(self, wire: Wire) -> list[Point]:
        rects = self._rects
        plain = plain_way(wire, rects)
        wire.led = False
        if wire.via or (wire.live and len(self._live) > _LED_LIVE):
            return plain
        near = self._components_in(wire.bounds)
        obstacles = [rects[key] for key in near if key != wire.source and key != wire.target]
        if is_clear_of(plain, obstacles):
            return plain
        wire.led = True
        if len(obstacles) > MOST_OBSTACLES:
            return plain
        stub = wire.bundle.trunk if wire.bundle is not None else STUB
        return _kept_detour(*ends_of(wire, rects), tuple(sorted(obstacles)), wire.bounds, stub)
