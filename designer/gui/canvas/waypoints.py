"""Wires along corners that a person has set. Pure functions over tuples.

Corners keep what a person chose, the places of the runs between them; the first and the last follow the ports, so that
a wire stays right-angled wherever its ends go.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

from designer.gui.canvas.metrics import Point, Rect, centre
from designer.gui.canvas.wire_path import BOTTOM, LEFT, RIGHT, STUB, TOP, choose_sides

Corners = tuple[tuple[int, int], ...]
"""Where a wire turns, in whole units, from its source to its target."""


def sides_through(source: Rect, target: Rect, via: Corners) -> tuple[int, int]:
    """The sides at which a wire with these corners leaves and enters."""
    corners = _right_angled(source, target, via)
    level_first, level_last = corners[0][0] == corners[1][0], corners[-2][0] == corners[-1][0]
    return _side(source, corners[0], level_first), _side(target, corners[-1], level_last)


def through(source: Rect, target: Rect, start: Point, end: Point, sides: tuple[int, int], via: Corners) -> list[Point]:
    """The points of a wire from port to port along its corners; it leaves and enters by at least a stub."""
    corners = _right_angled(source, target, via)
    first = _led_out(start, sides[0], corners[0], corners[1])
    last = _led_out(end, sides[1], corners[-1], corners[-2])
    if len(corners) == 2:
        # Both ends share the one run; where it cannot be far enough from either, it is broken in the middle.
        axis = 1 if sides[0] % 2 == 0 else 0
        middle = (start[axis] + end[axis]) / 2
        corners = [first[0], _across(first[0], middle, axis == 1), _across(last[0], middle, axis == 1), last[0]]
    else:
        corners[:2] = first
        corners[-2:] = [last[1] if len(corners) > 3 else _joint(first[1], last[1], sides), last[0]]
    return simplified(_squared([start, *corners, end]), turns=True)


def bent(points: Sequence[Point], run: int, to: float) -> Corners:
    """The corners of a wire with these points when one of its runs is moved crosswise to a coordinate.

    A run that starts or ends at a component keeps a stub there. No corners: the wire finds its own way.
    """
    (x1, y1), (x2, y2) = points[run], points[run + 1]
    level = abs(y1 - y2) < 0.5
    length = abs(x2 - x1) + abs(y2 - y1)
    stub = min(STUB, length / 3) * (1 if x2 + y2 >= x1 + y1 else -1)
    out: list[Point] = list(points[1:run])
    if run == 0:
        first = (x1 + stub, y1) if level else (x1, y1 + stub)
        out += [first, _across(first, to, level)]
    else:
        out.append(_across(points[run], to, level))
    if run == len(points) - 2:
        last = (x2 - stub, y2) if level else (x2, y2 - stub)
        out += [_across(last, to, level), last]
    else:
        out += [_across(points[run + 1], to, level), *points[run + 2 : -1]]
    corners = simplified([points[0], *out, points[-1]])[1:-1]
    return tuple((round(x), round(y)) for x, y in corners) if len(corners) > 1 else ()


def shifted(via: Corners, dx: float, dy: float) -> Corners:
    """Corners that go along with both ends."""
    return tuple((round(x + dx), round(y + dy)) for x, y in via)


def nearest_run(points: Sequence[Point], at: Point) -> int:
    """Which run of a wire, counted from 0, passes nearest to a point."""
    from designer.gui.canvas.wire_path import distance

    return min(range(len(points) - 1), key=lambda run: distance(points[run : run + 2], at))


def simplified(points: Iterable[Point], *, turns: bool = False) -> list[Point]:
    """The same way without points that are no corners; those where it turns back stay if asked."""
    out: list[Point] = []
    for point in points:
        if out and abs(point[0] - out[-1][0]) < 0.5 and abs(point[1] - out[-1][1]) < 0.5:
            continue
        aligned = len(out) > 1 and any(_aligned(out[-2], out[-1], point, axis) for axis in (0, 1))
        if aligned and not (turns and _turns_back(out[-2], out[-1], point)):
            out.pop()
        out.append(point)
    return out if len(out) > 1 else [*out, *out]


def _squared(points: Sequence[Point]) -> Iterable[Point]:
    """The same points with one more where two are on no line: corners that lie on one another leave such gaps.

    It stands so that the run to the one end, or else from the other, is not undone.
    """
    yield points[0]
    for number, (one, other) in enumerate(pairwise(points)):
        if abs(other[0] - one[0]) >= 0.5 and abs(other[1] - one[1]) >= 0.5:
            into = number == len(points) - 3
            beside = points[number + 2] if into else points[max(0, number - 1)]
            end = other if into else one
            level = abs(beside[1] - end[1]) < 0.5
            yield (other[0], one[1]) if level == into else (one[0], other[1])
        yield other


def _aligned(one: Point, two: Point, three: Point, axis: int) -> bool:
    return abs(one[axis] - two[axis]) < 0.5 and abs(two[axis] - three[axis]) < 0.5


def _turns_back(one: Point, two: Point, three: Point) -> bool:
    return (two[0] - one[0]) * (three[0] - two[0]) + (two[1] - one[1]) * (three[1] - two[1]) < 0


def _right_angled(source: Rect, target: Rect, via: Corners) -> list[Point]:
    """At least two corners, each on one line with the next; files may hold any."""
    out: list[Point] = []
    for corner in via:
        if out and corner[0] != out[-1][0] and corner[1] != out[-1][1]:
            out.append((corner[0], out[-1][1]))
        if not out or corner != out[-1]:
            out.append(corner)
    if len(out) > 1:
        return simplified(out) if len(out) > 2 else out
    x, y = out[0]
    level = choose_sides(source, target)[0] % 2 == 0
    other = centre(target)
    return [(x, y), (x, other[1])] if level else [(x, y), (other[0], y)]


def _side(rect: Rect, corner: Point, level: bool) -> int:
    middle = centre(rect)
    if level:
        return RIGHT if corner[0] >= middle[0] else LEFT
    return BOTTOM if corner[1] >= middle[1] else TOP


def _led_out(port: Point, side: int, corner: Point, other: Point) -> list[Point]:
    """A corner and its neighbour, moved so that the run from the port leaves at a right angle and is long enough."""
    if side in (RIGHT, LEFT):
        x = max(corner[0], port[0] + STUB) if side == RIGHT else min(corner[0], port[0] - STUB)
        return [(x, port[1]), (x, other[1])]
    y = max(corner[1], port[1] + STUB) if side == BOTTOM else min(corner[1], port[1] - STUB)
    return [(port[0], y), (other[0], y)]


def _joint(first: Point, last: Point, sides: tuple[int, int]) -> Point:
    """The middle one of three corners, on one line with both others: each end has moved it along one axis."""
    return (first[0], last[1]) if sides[0] % 2 == 0 else (last[0], first[1])


def _across(point: Point, to: float, level: bool) -> Point:
    return (point[0], to) if level else (to, point[1])
