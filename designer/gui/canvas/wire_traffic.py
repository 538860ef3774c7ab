"""What wires do to one another: they keep beside those that they would lie on, and jump over those that they cross.

Everything follows from where the wires near a wire would run alone, never from the order in which they are looked at.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping

from designer.gui.canvas.metrics import Point, Rect, united
from designer.gui.canvas.wire import Wire
from designer.gui.canvas.wire_path import ARROW_LENGTH, HOP
from designer.gui.canvas.wire_runs import Run, Runs, joined, lane, runs_of

_NEAR = 4.0
_CLEAR = 3.0
"""A wire that gives way to another keeps this far from components."""
_OUT, _INTO, _BETWEEN = 8.0, ARROW_LENGTH + 4.0, 4.0
"""What is left of a run at the start, at the end and between when the one beside it gives way."""


class Traffic:
    """The runs of all wires that were looked at."""

    def __init__(
        self,
        wires: Mapping[str, Wire],
        rects: Mapping[str, Rect],
        components_in: Callable[[Rect], Iterable[str]],
        know: Callable[[Rect], None],
    ) -> None:
        self._wires = wires
        self._rects = rects
        self._components_in = components_in
        self._know = know
        self._alone = Runs()
        self._drawn = Runs()
        self.hops: dict[str, dict[str, list[Point]]] = defaultdict(dict)
        """Where level runs of a wire pass over upright ones of others, by both keys."""
        self._over: dict[str, set[str]] = defaultdict(set)
        """The wires that pass over one."""
        self._beside: dict[str, set[str]] = defaultdict(set)
        """The wires that would lie on one, and give way to it."""
        self._yields: dict[str, set[str]] = defaultdict(set)
        """The wires that one gives way to."""

    def enter(self, wire: Wire, points: list[Point]) -> list[Wire]:
        """Takes in where a wire would run alone; returns the wires that have to give way to it anew."""
        key = wire.key
        self._alone.enter(key, runs_of(wire.owner, key, points, bool(wire.via)))
        for run in self._alone.of(key):
            for other in self._alone.touching(run):
                if not other.fixed:
                    self._beside[key].add(other.key)
                    self._yields[other.key].add(key)
                if not run.fixed:
                    self._beside[other.key].add(key)
                    self._yields[key].add(other.key)
        return self._givers(wire)

    def leave(self, wire: Wire) -> list[Wire]:
        """Takes a wire out; returns those that need not give way to it any more."""
        near = self._givers(wire)
        self._alone.leave(wire.key)
        for key in self._beside.pop(wire.key, ()):
            self._yields[key].discard(wire.key)
        for key in self._yields.pop(wire.key, ()):
            self._beside[key].discard(wire.key)
        return near

    def enter_drawn(self, wire: Wire, points: list[Point]) -> None:
        """Takes in where a wire runs, and notes who passes over whom."""
        key = wire.key
        self._drawn.enter(key, runs_of(wire.owner, key, points, True))
        for run in self._drawn.of(key):
            for other in self._drawn.crossing(run, HOP):
                if run.level:
                    self.hops[key].setdefault(other.key, []).append((other.at, run.at))
                    self._over[other.key].add(key)
                else:
                    self.hops[other.key].setdefault(key, []).append((run.at, other.at))
                    self._over[key].add(other.key)
                    self._wires[other.key].strokes = None

    def leave_drawn(self, wire: Wire) -> None:
        """Takes out where a wire ran, with the arcs over it."""
        self._drawn.leave(wire.key)
        for key in self._over.pop(wire.key, ()):
            if self.hops[key].pop(wire.key, None):
                self._wires[key].strokes = None
        for key in self.hops.pop(wire.key, ()):
            self._over[key].discard(wire.key)

    def covers(self, wire: Wire, rect: Rect) -> bool:
        """Whether another wire, that does not lie on this one there, runs through a rectangle."""
        return self._drawn.through(rect, wire.key)

    def apart(self, wire: Wire, points: list[Point]) -> list[Point]:
        """The points of a wire with its runs moved beside those that they would lie on."""
        together = self._together(wire)
        for key in together:
            for run in self._alone.of(key):
                if not run.fixed:
                    self._know(_around(run, _NEAR))
        if not any(self._yields.get(key) for key in together):
            return points
        runs = [run for run in self._alone.of(wire.key) if not run.fixed]
        moved: list[Point] | None = None
        for run in runs:
            whole = self._whole(wire, run)
            others = self._alone.beside(whole)
            if others:
                moved = list(points) if moved is None else moved
                _shift(moved, run, self._offset(wire, run, whole, others, points))
        return points if moved is None else moved

    def _givers(self, wire: Wire) -> list[Wire]:
        """The wires that may give way to one, with all that are in a bundle with them.

        Until the ports of its component are allotted again a bundle names members that are gone.
        """
        near = (self._wires[key] for key in self._beside.get(wire.key, ()))
        return [self._wires[key] for each in near for key in self._together(each) if key in self._wires]

    def _together(self, wire: Wire) -> tuple[str, ...]:
        return wire.bundle.members if wire.bundle is not None else (wire.key,)

    def _whole(self, wire: Wire, run: Run) -> Run:
        """The run itself; of a bundle's trunk, the one that all members make together."""
        for member in self._together(wire):
            for other in self._alone.of(member):
                same = other.level == run.level and abs(other.at - run.at) < 0.5
                if same and member != wire.key and not other.fixed:
                    run = joined(run, other)
        return run

    def _offset(self, wire: Wire, run: Run, whole: Run, others: list[Run], points: list[Point]) -> float:
        """How far a run gives way: as the lanes are, as far as components and the runs before and after let it."""
        offset, wide = lane(whole, others)
        around: Rect | None = None
        for key in self._together(wire):
            around = united(around, self._wires[key].bounds)
        low, high = self._room(whole, wide, around or wire.bounds)
        if wide > high:
            start, end = max(-low, high - 2 * wide), high
        elif wide > low:
            start, end = -low, min(high, 2 * wide - low)
        else:
            start, end = -wide, wide
        offset = start + (offset + wide) / (2 * wide) * (end - start)
        least, most = _limits(run, points)
        if wire.bundle is not None and whole is not run:
            # All members have this one, so that they give way by the same.
            trunk = wire.bundle.trunk - _INTO
            least, most = max(least, -trunk), min(most, trunk)
        return max(least, min(most, offset)) if least <= most else 0.0

    def _room(self, run: Run, wide: float, bounds: Rect) -> tuple[float, float]:
        """How far a run may be moved to either side before it comes to a component, at most the width asked for."""
        low = high = wide
        rects, axis = self._rects, 1 if run.level else 0
        # No component from further away: that would move without the wire being told.
        for key in self._components_in(_within(_around(run, wide + _CLEAR), bounds)):
            near, far = rects[key][axis], rects[key][axis + 2]
            if far <= run.at:
                low = min(low, max(0.0, run.at - far - _CLEAR))
            elif near >= run.at:
                high = min(high, max(0.0, near - run.at - _CLEAR))
        return low, high


def _around(run: Run, margin: float) -> Rect:
    if run.level:
        return run.low, run.at - margin, run.high, run.at + margin
    return run.at - margin, run.low, run.at + margin, run.high


def _within(rect: Rect, bounds: Rect) -> Rect:
    return max(rect[0], bounds[0]), max(rect[1], bounds[1]), min(rect[2], bounds[2]), min(rect[3], bounds[3])


def _limits(run: Run, points: list[Point]) -> tuple[float, float]:
    """How far a run may be moved before the one before or after it becomes too short."""
    axis = 1 if run.level else 0
    number, last = run.number, len(points) - 1
    least, most = float("-inf"), float("inf")
    for outer, keep in (
        (number - 1, _OUT if number == 1 else _BETWEEN),
        (number + 2, _INTO if number + 2 == last else _BETWEEN),
    ):
        away = points[outer][axis] - run.at
        if away >= 0:
            most = min(most, away - keep)
        else:
            least = max(least, away + keep)
    return least, most


def _shift(points: list[Point], run: Run, by: float) -> None:
    for number in (run.number, run.number + 1):
        x, y = points[number]
        points[number] = (x, y + by) if run.level else (x + by, y)
