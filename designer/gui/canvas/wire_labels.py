"""Where the labels of wires stand: on their wire or beside it, where nothing else is."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

from designer.gui.canvas.grid_index import GridIndex
from designer.gui.canvas.metrics import Point, Rect, overlaps
from designer.gui.canvas.wire import Wire
from designer.gui.canvas.wire_path import ARROW_LENGTH

_CELL = 512.0
Frame = tuple[Rect, float]
"""A boundary's rectangle, and the height of its title bar with the names of its lanes."""
_BEFORE, _AFTER = 4.0, ARROW_LENGTH + 4.0
"""What is left to be seen of a run before and after a label on it."""
_STEP = 12.0
_MOST_STEPS = 6
"""How far from the middle of its run, and in how many steps to either side, a label is tried."""
_SHARE = 0.6
"""A label beside a run needs a run of this share of its width."""
_BESIDE = 4.0
_SIDE = 3.0
_BELOW = 9.0
"""Zone letters stand out of a card by less than this."""
_BORDER = 2.0


def label_places(points: Sequence[Point], width: float, height: float) -> Iterator[Point]:
    """The middles that a label may have, the best first: on the longest run it fits, level ones before upright ones."""
    last = len(points) - 2
    runs = [
        (abs(y1 - y2) < 0.5, abs(x2 - x1) + abs(y2 - y1), number, (x1, y1), (x2, y2))
        for number, ((x1, y1), (x2, y2)) in enumerate(pairwise(points))
    ]
    runs.sort(key=lambda run: (not run[0], -run[1], run[2]))
    for level, length, number, start, end in runs:
        yield from _along(level, length, width if level else height, start, end, number == last)
    for level, length, number, start, end in runs:
        size = width if level else height
        dx, dy = (0.0, height / 2 + _BESIDE) if level else (width / 2 + _BESIDE, 0.0)
        middle = ((start[0] + end[0]) / 2, (start[1] + end[1]) / 2) if length >= _SHARE * size else None
        for x, y in (*_along(level, length, size, start, end, number == last), *((middle,) if middle else ())):
            yield x + dx, y - dy
            yield x - dx, y + dy


def _along(level: bool, length: float, size: float, start: Point, end: Point, into: bool) -> Iterator[Point]:
    """The middles of a label on a run, from the middle of the run outwards."""
    first, last = _BEFORE + size / 2, length - (_AFTER if into else _BEFORE) - size / 2
    if last < first:
        return
    for step in range(2 * _MOST_STEPS + 1):
        away = length / 2 + (step + 1) // 2 * (_STEP if step % 2 else -_STEP)
        if step == 0:
            away = min(max(away, first), last)
        elif not first <= away <= last:
            continue
        share = away / length
        # The coordinate that stays is taken as it is: a label off by rounding would not lie on its wire.
        x = start[0] + (end[0] - start[0]) * share if level else start[0]
        y = start[1] if level else start[1] + (end[1] - start[1]) * share
        yield x, y


class Labelling:
    """The labels that were placed; each keeps its place until its wire changes."""

    def __init__(
        self,
        rects: Mapping[str, Rect],
        components_in: Callable[[Rect], Iterable[str]],
        frames_in: Callable[[Rect], Iterable[Frame]],
        covers: Callable[[Wire, Rect], bool],
    ) -> None:
        self._rects = rects
        self._components_in = components_in
        self._frames_in = frames_in
        self._covers = covers
        self._index = GridIndex(_CELL)
        self._placed: dict[str, Rect] = {}
        self._hidden: dict[str, Rect] = {}

    def place(self, wire: Wire, points: Sequence[Point], around: Rect, width: float, height: float) -> Point | None:
        """A place where a label of a size covers no component, title, other label or wire; `None` if there is none.

        Borders of boundaries are crossed only where there is no other way.
        """
        reach = (around[0] - width, around[1] - height, around[2] + width, around[3] + height)
        blocked, borders = self._obstacles(reach)
        second: tuple[Point, Rect] | None = None
        for x, y in label_places(points, width, height):
            rect = (x - width / 2, y - height / 2, x + width / 2, y + height / 2)
            if _touches(rect, blocked) or self._covers(wire, rect):
                continue
            if not _touches(rect, borders):
                return self._take(wire, (x, y), rect)
            if second is None:
                second = (x, y), rect
        if second is not None:
            return self._take(wire, *second)
        self._hidden[wire.key] = reach
        return None

    def leave(self, key: str) -> list[str]:
        """Takes a label away; returns the wires whose labels had no room and may have it now."""
        self._hidden.pop(key, None)
        rect = self._placed.pop(key, None)
        if rect is None:
            return []
        self._index.discard(key)
        freed = [other for other, reach in self._hidden.items() if overlaps(reach, rect)]
        for other in freed:
            del self._hidden[other]
        return freed

    def _take(self, wire: Wire, at: Point, rect: Rect) -> Point:
        self._placed[wire.key] = rect
        self._index.put(wire.key, rect)
        return at

    def _obstacles(self, reach: Rect) -> tuple[list[Rect], list[Rect]]:
        """What a label must not cover, and what it rather does not."""
        blocked = []
        for key in self._components_in(reach):
            left, top, right, bottom = self._rects[key]
            blocked.append((left - _SIDE, top - _SIDE, right + _SIDE, bottom + _BELOW))
        blocked += [self._placed[key] for key in self._index.touching(reach)]
        borders = []
        for (left, top, right, bottom), title in self._frames_in(reach):
            blocked.append((left, top, right, top + title))
            borders += [
                (left - _BORDER, top, left + _BORDER, bottom),
                (right - _BORDER, top, right + _BORDER, bottom),
                (left, bottom - _BORDER, right, bottom + _BORDER),
            ]
        return blocked, borders


def _touches(rect: Rect, others: Iterable[Rect]) -> bool:
    left, top, right, bottom = rect
    return any(x1 <= right and x2 >= left and y1 <= bottom and y2 >= top for x1, y1, x2, y2 in others)
