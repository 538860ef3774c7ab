"""Leading a wire around the components that lie between its ends. Pure functions over tuples."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from designer.gui.canvas.metrics import Point, Rect, grown
from designer.gui.canvas.wire_path import STUB, route

CLEARANCE = 7.0
"""A wire keeps this far from components that it passes."""
MOST_OBSTACLES = 24
"""With more components between its ends a wire is not led around them: no way would be clear, and looking is slow."""


def detour(
    start: Point,
    start_side: int,
    end: Point,
    end_side: int,
    shift: float,
    obstacles: Sequence[Rect],
    within: Rect,
    stub: float = STUB,
) -> list[Point]:
    """A route as `wire_path.route` gives, but around obstacles where a way is clear.

    First the middle run is moved, then a way along one more channel is tried, after a `stub` straight on or at once;
    all stays within a rectangle. Where nothing is clear, the way that hits the fewest components is taken.
    """
    plain = route(start, start_side, end, end_side, shift)
    blocked = [grown(obstacle, CLEARANCE) for obstacle in obstacles[:MOST_OBSTACLES]]
    if len(obstacles) > MOST_OBSTACLES or _is_clear(plain, blocked) or (start_side - end_side) % 4 != 2:
        return plain
    if start_side % 2 == 0:
        return _best(plain, _ways(start, start_side, end, blocked, within, stub), blocked)
    flipped = [(top, left, bottom, right) for left, top, right, bottom in blocked]
    bounds = (within[1], within[0], within[3], within[2])
    ways = _ways((start[1], start[0]), start_side - 1, (end[1], end[0]), flipped, bounds, stub)
    return _best(plain, ([(y, x) for x, y in way] for way in ways), blocked)


def is_clear_of(points: Sequence[Point], rects: Sequence[Rect]) -> bool:
    """Whether a way keeps its distance from rectangles."""
    return _is_clear(points, rects, CLEARANCE)


def _ways(
    start: Point, side: int, end: Point, obstacles: Sequence[Rect], within: Rect, stub: float
) -> Iterator[list[Point]]:
    """Ways from a vertical side to the opposite one, the best first: other middles, then channels past obstacles."""
    (x1, y1), (x2, y2) = start, end
    direction = 1 if side == 0 else -1
    out, back = x1 + stub * direction, x2 - STUB * direction
    low, high = min(out, back), max(out, back)
    middles = {edge for left, _top, right, _bottom in obstacles for edge in (left, right) if low <= edge <= high}
    for middle in sorted(middles | {out, back}, key=lambda edge: (abs(2 * edge - x1 - x2), edge)):
        yield [start, (middle, y1), (middle, y2), end]
    channels = {edge for _l, top, _r, bottom in obstacles for edge in (top, bottom) if within[1] < edge < within[3]}
    for channel in sorted(channels, key=lambda edge: (abs(edge - y1) + abs(edge - y2), edge)):
        yield [start, (out, y1), (out, channel), (back, channel), (back, y2), end]
    if stub > STUB:
        yield from _ways(start, side, end, obstacles, within, STUB)


def _best(plain: list[Point], ways: Iterable[list[Point]], obstacles: Sequence[Rect]) -> list[Point]:
    """The first clear way, else the one that hits the fewest obstacles, else the plain one."""
    best, fewest = plain, _hits(plain, obstacles, len(obstacles) * len(plain))
    for way in ways:
        hits = _hits(way, obstacles, fewest)
        if hits == 0:
            return way
        if hits < fewest:
            best, fewest = way, hits
    return best


def _is_clear(points: Sequence[Point], obstacles: Sequence[Rect], away: float = 0.0) -> bool:
    """Whether no run enters an obstacle or comes nearer than `away` to it; running along a border is no hit."""
    x1, y1 = points[0]
    for x2, y2 in points[1:]:
        left, right = (x1 - away, x2 + away) if x1 <= x2 else (x2 - away, x1 + away)
        top, bottom = (y1 - away, y2 + away) if y1 <= y2 else (y2 - away, y1 + away)
        for rect in obstacles:
            if left < rect[2] and right > rect[0] and top < rect[3] and bottom > rect[1]:
                return False
        x1, y1 = x2, y2
    return True


def _hits(points: Sequence[Point], obstacles: Sequence[Rect], most: int) -> int:
    """How many times runs enter obstacles; counted no further than to a number."""
    count = 0
    x1, y1 = points[0]
    for x2, y2 in points[1:]:
        left, right = (x1, x2) if x1 <= x2 else (x2, x1)
        top, bottom = (y1, y2) if y1 <= y2 else (y2, y1)
        for rect in obstacles:
            if left < rect[2] and right > rect[0] and top < rect[3] and bottom > rect[1]:
                count += 1
                if count >= most:
                    return count
        x1, y1 = x2, y2
    return count
