"""What a dragged thing lines up with: edges and middles of what is near, and equal distances to its neighbours.

Pure functions over tuples. Each direction is worked out alone, with the same code: a rectangle is then a `Span`, its
extent along the direction and across it.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from designer.gui.canvas.metrics import Point, Rect

Span = tuple[float, float, float, float]
"""low, high along the direction; low, high across it."""
_SAME = 0.5
"""Places that differ by no more are the same."""
_BEYOND = 8.0
"""How far a line goes on beyond the outermost thing that lies on it."""


@dataclass(frozen=True, slots=True)
class Guide:
    """A line to show: things line up along it, or it measures a gap that there is twice."""

    start: Point
    end: Point
    gap: int | None = None
    """The length of the gap, in canvas units."""


@dataclass(frozen=True, slots=True)
class _Mark:
    """A guide of one direction: a line at a place, or a gap between two places."""

    low: float
    high: float
    across_low: float
    across_high: float
    gap: bool = False


class Guides:
    """Lines up rectangles with some others that stand still."""

    def __init__(self, rects: Iterable[Rect]) -> None:
        rects = list(rects)
        self._axes = (
            _Axis([(left, right, top, bottom) for left, top, right, bottom in rects]),
            _Axis([(top, bottom, left, right) for left, top, right, bottom in rects]),
        )

    def pull(self, rect: Rect, reach: float) -> tuple[float | None, float | None]:
        """How far to move a rectangle right and down so that it lines up; `None` where nothing is within reach."""
        left, top, right, bottom = rect
        across, down = self._axes
        return across.pull((left, right, top, bottom), reach), down.pull((top, bottom, left, right), reach)

    def shown(self, rect: Rect) -> list[Guide]:
        """What a rectangle lines up with where it is: lines first, then gaps, which lie above them."""
        left, top, right, bottom = rect
        found = [
            Guide((mark.low, mark.across_low), (mark.high, mark.across_high), _length(mark))
            for mark in self._axes[0].marks((left, right, top, bottom))
        ]
        found += [
            Guide((mark.across_low, mark.low), (mark.across_high, mark.high), _length(mark))
            for mark in self._axes[1].marks((top, bottom, left, right))
        ]
        return sorted(found, key=lambda guide: guide.gap is not None)


class _Axis:
    """One direction: the edges and middles of what stands still, in order."""

    def __init__(self, spans: Sequence[Span]) -> None:
        self._spans = spans
        self._edges = _Places((value, number) for number, span in enumerate(spans) for value in span[:2])
        self._middles = _Places(((low + high) / 2, number) for number, (low, high, _, _) in enumerate(spans))

    def pull(self, span: Span, reach: float) -> float | None:
        """The shortest way to line up; lines count more than distances."""
        low, high = span[:2]
        if low == high:
            # The edge of something that is resized: it has no middle, and no gaps of its own.
            return min(self._edges.near(low, reach), key=abs, default=None)
        ways = [*self._edges.near(low, reach), *self._edges.near(high, reach)]
        ways += self._middles.near((low + high) / 2, reach)
        if not ways:
            ways = [target - low for target in self._evenly(span, reach) if abs(target - low) <= reach]
        return min(ways, key=abs, default=None)

    def marks(self, span: Span) -> Iterator[_Mark]:
        """The lines that a span lies on, and the equal gaps beside it."""
        low, high = span[:2]
        middle = self._middles.at((low + high) / 2)
        sides = [self._edges.at(low), self._edges.at(high)]
        if middle:
            yield from self._between((low + high) / 2, span, middle)
        for place, found in zip((low, high), sides, strict=True):
            # Things of one size line up at three places at once: the middle says it all.
            if found - middle:
                yield self._line(place, span, found)
        yield from self._gaps(span)

    def _between(self, place: float, span: Span, others: set[int]) -> Iterator[_Mark]:
        """A line through middles, left out where it would strike the things themselves through."""
        sides = [(low, high) for _, _, low, high in self._next(span, others)]
        reached = sides[0][1]
        for low, high in sides[1:]:
            if low > reached:
                yield _Mark(place, place, reached, low)
            reached = max(reached, high)

    def _line(self, place: float, span: Span, others: set[int]) -> _Mark:
        spans = self._next(span, others)
        return _Mark(place, place, min(s[2] for s in spans) - _BEYOND, max(s[3] for s in spans) + _BEYOND)

    def _next(self, span: Span, others: set[int]) -> list[Span]:
        """A span with the nearest of the others on either side across: a line need not go further."""
        row = sorted((span, *(self._spans[number] for number in others)), key=lambda other: other[2] + other[3])
        at = row.index(span)
        return row[max(0, at - 1) : at + 2]

    def _evenly(self, span: Span, reach: float) -> Iterator[float]:
        """Where a span would have to begin for its gaps to be equal to one another, or to the next ones."""
        size = span[1] - span[0]
        before, after = self._before(span, reach), self._after(span, reach)
        if before is not None and after is not None:
            yield (before[1] + after[0] - size) / 2
        if before is not None and (further := self._before(before, 0)) is not None:
            yield before[1] + (before[0] - further[1])
        if after is not None and (further := self._after(after, 0)) is not None:
            yield after[0] - (further[0] - after[1]) - size

    def _gaps(self, span: Span) -> Iterator[_Mark]:
        before, after = self._before(span, 0), self._after(span, 0)
        rows = []
        if before is not None and after is not None:
            rows.append((before, span, after))
        if before is not None and (further := self._before(before, 0)) is not None:
            rows.append((further, before, span))
        if after is not None and (further := self._after(after, 0)) is not None:
            rows.append((span, after, further))
        gaps: dict[tuple[float, float], _Mark] = {}
        for one, two, three in rows:
            if abs((two[0] - one[1]) - (three[0] - two[1])) <= _SAME and two[0] - one[1] > _SAME:
                for here, there in ((one, two), (two, three)):
                    across = (max(here[2], there[2]) + min(here[3], there[3])) / 2
                    gaps[here[1], there[0]] = _Mark(here[1], there[0], across, across, gap=True)
        yield from gaps.values()

    def _before(self, span: Span, reach: float) -> Span | None:
        """The nearest thing that ends where a span begins, or before, in its row."""
        found = (other for other in self._beside(span) if other[1] <= span[0] + reach)
        return max(found, key=lambda other: other[1], default=None)

    def _after(self, span: Span, reach: float) -> Span | None:
        found = (other for other in self._beside(span) if other[0] >= span[1] - reach)
        return min(found, key=lambda other: other[0], default=None)

    def _beside(self, span: Span) -> Iterator[Span]:
        return (other for other in self._spans if other[2] < span[3] and span[2] < other[3] and other is not span)


class _Places:
    """Values in order, each with the number of what is there."""

    def __init__(self, places: Iterable[tuple[float, int]]) -> None:
        self._places = sorted(places)
        self._values = [value for value, _ in self._places]

    def near(self, value: float, reach: float) -> list[float]:
        """The ways from a value to the places next to it, within a reach."""
        at = bisect_left(self._values, value)
        return [way for place in self._values[max(0, at - 1) : at + 1] if abs(way := place - value) <= reach]

    def at(self, value: float) -> set[int]:
        """What is at a value."""
        first, last = bisect_left(self._values, value - _SAME), bisect_right(self._values, value + _SAME)
        return {number for _, number in self._places[first:last]}


def _length(mark: _Mark) -> int | None:
    return round(mark.high - mark.low) if mark.gap else None
