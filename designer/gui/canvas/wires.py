"""The wires of a drawing through its changes: what a move makes stale is worked out again when it is looked at."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager

from designer.gui.canvas.grid_index import GridIndex
from designer.gui.canvas.metrics import Rect, grown, overlaps, united
from designer.gui.canvas.waypoints import Corners, sides_through
from designer.gui.canvas.wire import Wire, WireStyle
from designer.gui.canvas.wire_courses import Courses
from designer.gui.canvas.wire_detour import is_clear_of
from designer.gui.canvas.wire_path import REACH, RIGHT, TOP, choose_sides
from designer.gui.canvas.wire_ways import carried, is_carried

_MANY = 500
"""When more components move at once, every wire is worked out again when next looked at."""
_FEW = 8
"""Up to so many, what is near each is worked out again, above that what is near all together."""
_PLACES = 512.0
"""The size of the cells in which the places of components that were moved are looked up."""


class Wires(Courses):
    """All wires, and what a change of the drawing does to them."""

    _gathered: set[str] | None = None
    """The ends of wires that came and went while many do; `None` while none of it has to wait."""

    @contextmanager
    def many(self) -> Iterator[None]:
        """Meanwhile many wires and components come and go: what follows from that is worked out once, afterwards."""
        self._gathered = set()
        try:
            yield
        finally:
            ends, self._gathered = self._gathered, None
            for key in self.all.keys() - self._unknown:
                self._drop(self.all[key])
            self._allot_again(ends)

    def add(self, wire: Wire) -> Rect:
        """Enters a wire; returns what has to be painted again."""
        self.all[wire.key] = wire
        self._unknown.add(wire.key)
        self._ports.add(wire)
        self._settle(wire)
        self._allot_again((wire.source, wire.target))
        return self.dirty() or wire.bounds

    def remove(self, key: str) -> Rect:
        """Takes a wire out; returns what has to be painted again."""
        wire = self.all[key]
        self._dirty = united(self._dirty, wire.bounds)
        self._drop(wire)
        del self.all[key]
        self._ports.remove(wire)
        self._index.discard(key)
        self._live.discard(key)
        self._unknown.discard(key)
        self.far.remove(key)
        self._allot_again((wire.source, wire.target))
        return self.dirty() or wire.bounds

    def restyle(self, styles: Mapping[str, WireStyle]) -> None:
        """Gives wires another look."""
        sources = set()
        for key, style in styles.items():
            wire = self.all[key]
            if wire.style != style:
                wire.style = style
                wire.strokes = wire.runs = None
                self.far.outdate(key)
                sources.add(wire.source)
        self._allot_again(sources)

    def bend(self, key: str, via: Corners) -> Rect:
        """Gives a wire other corners; returns what has to be painted again."""
        wire = self.all[key]
        self._dirty = united(self._dirty, wire.bounds)
        wire.via = via
        self._settle(wire)
        self._allot_again((wire.source, wire.target))
        return self.dirty() or wire.bounds

    def moved(self, components: Mapping[str, Rect], live: bool = False) -> Rect | None:
        """Works on from new rectangles of components, given the old ones; returns what has to be painted again.

        What of it is drawn over everything else is told by `over`. While the move is `live`, few wires are led around
        components, and none gives way to another: that would cost more than all else in a frame.
        """
        touched: set[str] = set()
        for component in components:
            touched.update(self._ports.of(component))
        self._moving = live
        if live:
            self._live |= touched
        else:
            touched |= (self._live | self._meanwhile) & self.all.keys()
            self._live, self._meanwhile = set(), set()
        ends: set[str] = set()
        for key in touched:
            wire = self.all[key]
            self._soil(wire, wire.reach)
            if live and wire.via:
                wire.via = carried(wire, self._rects, components)
            sides = wire.sides
            self._settle(wire, live)
            if not is_carried(wire, self._rects, components):
                ends.update(self._ports.unsettled(wire, sides, components))
        self._allot_again(ends)
        if not live:
            self._disturb_around(components)
        return self.dirty()

    def _disturb_around(self, components: Mapping[str, Rect]) -> None:
        if len(components) > _MANY:
            for key in self.all.keys() - self._unknown:
                self._drop(self.all[key])
            return
        rects = self._rects
        if len(components) <= _FEW:
            for key, old in components.items():
                self._disturb(old)
                self._disturb(rects[key])
            return
        places = GridIndex(_PLACES)
        around: Rect | None = None
        for key, old in components.items():
            both = united(old, rects[key]) or old
            places.put(key, both)
            around = united(around, both)
        for key in self._index.touching(around or (0, 0, 0, 0)) - self._unknown:
            wire = self.all[key]
            reach = wire.reach
            for near in places.touching(reach):
                for rect in (components[near], rects[near]):
                    if overlaps(reach, rect):
                        self._disturb_wire(wire, rect)

    def disturbed(self, rect: Rect) -> Rect | None:
        """A component has come to a rectangle or left it: wires that were led near it may run otherwise."""
        if self._gathered is None:
            self._disturb(rect)
        return self.dirty()

    def _disturb(self, rect: Rect) -> None:
        for key in self._index.touching(rect) - self._unknown:
            wire = self.all[key]
            if overlaps(wire.reach, rect):
                self._disturb_wire(wire, rect)

    def _disturb_wire(self, wire: Wire, rect: Rect) -> None:
        if wire.base is None:
            return
        if wire.led or wire.points is not wire.base or not is_clear_of(wire.base, (rect,)):
            self._drop(wire)
        elif wire.mark is not None:
            self._unmark(wire)

    def relabel(self, rect: Rect) -> None:
        """A boundary has come to a rectangle or left it: labels there may stand elsewhere."""
        for key in self._index.touching(rect):
            wire = self.all[key]
            if wire.mark is not None and overlaps(wire.reach, rect):
                self._unmark(wire)

    def _settle(self, wire: Wire, live: bool = False) -> None:
        """Sides and bounds from the rectangles of the ends."""
        self._drop(wire)
        wire.live = live
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
        self._soil(wire, wire.bounds)
        self.far.outdate(wire.key)

    def _allot_again(self, components: Iterable[str]) -> None:
        if self._gathered is not None:
            self._gathered.update(components)
            return
        for wire in self._ports.allot_again(components, live=self._moving):
            self.far.outdate(wire.key)
            self._soil(wire, wire.bounds)
