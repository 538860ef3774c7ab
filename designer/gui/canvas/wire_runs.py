"""The level and upright runs of wires by place: which lie on one another, and which cross."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from designer.gui.canvas.metrics import Point, Rect

_ALONG, _ACROSS = 256.0, 64.0
"""The size of a cell along its runs and across them: runs that lie on one another are in few."""
LANE = 7.0
"""The distance at which wires run beside one another that would lie on one another."""
_REACH = 4.0
"""Runs nearer to one another than this lie on one another."""
_SHARED = 3.0
"""Runs that share less than this only touch."""


class Run(NamedTuple):
    """A level (or upright) run: `at` is its y (or x), from `low` to `high` along the other axis.

    `turns` say to which side its wire goes on at the low and the high end: -1 to smaller coordinates, 1 to larger, 0
    where it ends there. A `fixed` one is not moved: it leads to a port, or a person has put it there.
    """

    owner: str
    key: str
    number: int
    level: bool
    at: float
    low: float
    high: float
    turns: tuple[int, int]
    fixed: bool


_Cells = dict[tuple[int, int], dict[tuple[str, int], Run]]


def runs_of(owner: str, key: str, points: Sequence[Point], fixed: bool) -> Iterator[Run]:
    """The runs of a wire; those at its ends are fixed."""
    last = len(points) - 2
    for number, ((x1, y1), (x2, y2)) in enumerate(pairwise(points)):
        level = abs(y1 - y2) < 0.5
        axis = 1 if level else 0
        at, start, end = (y1, x1, x2) if level else (x1, y1, y2)
        before = 0 if number == 0 else _sign(points[number - 1][axis] - at)
        after = 0 if number == last else _sign(points[number + 2][axis] - at)
        stays = fixed or number in (0, last)
        if start <= end:
            yield Run(owner, key, number, level, at, start, end, (before, after), stays)
        else:
            yield Run(owner, key, number, level, at, end, start, (after, before), stays)


class Runs:
    """Runs in cells of a grid, so that a question looks at what is near alone."""

    def __init__(self) -> None:
        self._level: _Cells = {}
        self._upright: _Cells = {}
        self._of: dict[str, list[tuple[Run, _Cells]]] = {}

    def enter(self, key: str, runs: Iterable[Run]) -> None:
        """Enters the runs of a wire that has none here."""
        entered = self._of[key] = []
        for run in runs:
            table = self._level if run.level else self._upright
            entered.append((run, table))
            for cell in _cells(run.level, run.at, run.low, run.high):
                found = table.get(cell)
                if found is None:
                    table[cell] = {(key, run.number): run}
                else:
                    found[key, run.number] = run

    def leave(self, key: str) -> None:
        """Takes the runs of a wire out, if there are any."""
        for run, table in self._of.pop(key, ()):
            for cell in _cells(run.level, run.at, run.low, run.high):
                found = table[cell]
                del found[key, run.number]
                if not found:
                    del table[cell]

    def of(self, key: str) -> list[Run]:
        """The runs of a wire that is entered."""
        return [run for run, _table in self._of.get(key, ())]

    def touching(self, run: Run) -> Iterable[Run]:
        """The runs of other owners that lie on a run."""
        table = self._level if run.level else self._upright
        found: dict[tuple[str, int], Run] = {}
        low, high, owner, at = run.low + _SHARED, run.high - _SHARED, run.owner, run.at
        first, last = int(run.low // _ALONG), int(run.high // _ALONG)
        for across in {int((at - _REACH) // _ACROSS), int((at + _REACH) // _ACROSS)}:
            for along in range(first, last + 1):
                cell = table.get((along, across) if run.level else (across, along))
                for other in cell.values() if cell else ():
                    near = -_REACH < other.at - at < _REACH and other.low < high and other.high > low
                    if near and other.owner != owner:
                        found[other.key, other.number] = other
        return found.values()

    def beside(self, run: Run) -> list[Run]:
        """The same, those of one owner as one: a bundle's trunk gives way as a whole."""
        return _merged(self.touching(run))

    def crossing(self, run: Run, margin: float) -> Iterator[Run]:
        """The runs of other owners that cross a run at a right angle, both at least a margin from their ends."""
        table, low, high = self._upright if run.level else self._level, run.low + margin, run.high - margin
        along = int(run.at // _ALONG)
        for across in range(int(low // _ACROSS), int(high // _ACROSS) + 1):
            cell = table.get((across, along) if run.level else (along, across))
            for other in cell.values() if cell else ():
                if (
                    other.owner != run.owner
                    and low < other.at < high
                    and other.low + margin < run.at < other.high - margin
                ):
                    yield other

    def through(self, rect: Rect, key: str) -> bool:
        """Whether another wire passes through a rectangle, but for one that lies on this wire there."""
        own = {(run.level, run.at) for run in self.of(key)}
        left, top, right, bottom = rect
        for table, level in ((self._level, True), (self._upright, False)):
            wide, high = (_ALONG, _ACROSS) if level else (_ACROSS, _ALONG)
            for column in range(int(left // wide), int(right // wide) + 1):
                for row in range(int(top // high), int(bottom // high) + 1):
                    cell = table.get((column, row))
                    for run in cell.values() if cell else ():
                        if run.key == key or (level, run.at) in own:
                            continue
                        if level:
                            if top < run.at < bottom and run.low < right and run.high > left:
                                return True
                        elif left < run.at < right and run.low < bottom and run.high > top:
                            return True
        return False


def lane(run: Run, others: Iterable[Run]) -> tuple[float, float]:
    """How far a run has to be moved from where it is to lie beside others, and how wide all of them are to both sides.

    Each pair is ordered by where their ends turn to, so that wires do not cross more than they must. A fixed run does
    not give way, so that one moves from it by a whole lane.
    """
    below = above = 0
    for other in others:
        weight = 2 if other.fixed else 1
        if _comes_first(run, other):
            above += weight
        else:
            below += weight
    return LANE / 2 * (below - above), LANE / 2 * (below + above)


def _comes_first(one: Run, other: Run) -> bool:
    """Whether a run lies on the side of smaller coordinates of another: where that one's end lets it, or by name."""
    score = 0
    for end, sign in ((0, 1), (1, -1)):
        mine, theirs = (one.low, other.low) if end == 0 else (one.high, other.high)
        if (mine - theirs) * sign > 0.5:
            score -= one.turns[end]
        elif (theirs - mine) * sign > 0.5:
            score += other.turns[end]
    return score > 0 if score else (one.owner, one.number) < (other.owner, other.number)


def _merged(runs: Iterable[Run]) -> list[Run]:
    """Runs of one owner become one from end to end."""
    whole: dict[str, Run] = {}
    for run in runs:
        known = whole.get(run.owner)
        whole[run.owner] = run if known is None else joined(known, run)
    return list(whole.values())


def joined(one: Run, other: Run) -> Run:
    """One run as long as both, with the turns at the ends that it then has."""
    low, high = min(one, other, key=_by_low), max(one, other, key=_by_high)
    return one._replace(
        number=min(one.number, other.number),
        low=low.low,
        high=high.high,
        turns=(low.turns[0], high.turns[1]),
        fixed=one.fixed or other.fixed,
    )


def _by_low(run: Run) -> tuple[float, str]:
    return run.low, run.key


def _by_high(run: Run) -> tuple[float, str]:
    return run.high, run.key


def _cells(level: bool, at: float, low: float, high: float) -> list[tuple[int, int]]:
    across, first, last = int(at // _ACROSS), int(low // _ALONG), int(high // _ALONG)
    if level:
        return [(along, across) for along in range(first, last + 1)]
    return [(across, along) for along in range(first, last + 1)]


def _sign(value: float) -> int:
    return 1 if value > 0.5 else -1 if value < -0.5 else 0
