"""Where a wire runs: sides and ports of its ends, right-angled corners, rounding, arrow head and label.

Pure functions over tuples. A wire leaves and enters at right angles, so its points alternate between horizontal and
vertical runs.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate, pairwise, repeat
from math import ceil, cos, hypot, pi, sin

from designer.gui.canvas.blocks import Doubles, doubles
from designer.gui.canvas.metrics import Point, Rect

RIGHT, BOTTOM, LEFT, TOP = range(4)
"""The sides of a component."""
OUTWARD: tuple[tuple[int, int], ...] = ((1, 0), (0, 1), (-1, 0), (0, -1))
"""The direction away from a component, by side."""

STUB = 14.0
"""A wire runs straight for this long before it may turn."""
LEAST_GAP = 8.0
"""Components this far apart are joined through the gap, however short the straight runs become."""
REACH = 40.0
"""No wire leaves the rectangle around both of its ends by more than this."""
PORT_GAP = 14.0
PORT_MARGIN = 9.0
LANE_GAP = 7.0
CORNER = 6.0
HOP = 5.0
"""The radius of the arc with which a level wire passes over an upright one."""
DASHES = (7.0, 4.0)
"""Dash and gap of a wire that nobody waits for."""
ARROW_LENGTH = 9.0
ARROW_HALF = 4.5
_LOOP = 20.0
# A quarter circle in five straight pieces: below a tenth of a pixel from the true one at this radius.
_ARC = tuple((sin(pi / 10 * step), 1 - cos(pi / 10 * step)) for step in range(1, 5))

_RISE = tuple((1 - cos(pi / 6 * step), sin(pi / 6 * step)) for step in range(1, 4))


def choose_sides(source: Rect, target: Rect) -> tuple[int, int]:
    """The sides that face one another: across where there is room, else up and down, else both to the right.

    Across is preferred, for cards are wide and drawings read from left to right.
    """
    right, left = target[0] - source[2], source[0] - target[2]
    down, up = target[1] - source[3], source[1] - target[3]
    across, along = max(right, left), max(down, up)
    if across >= 2 * STUB and 2 * across >= along:
        return (RIGHT, LEFT) if right >= left else (LEFT, RIGHT)
    if along >= 2 * STUB:
        return (BOTTOM, TOP) if down >= up else (TOP, BOTTOM)
    if across >= 2 * STUB:
        return (RIGHT, LEFT) if right >= left else (LEFT, RIGHT)
    if across >= max(along, LEAST_GAP):
        return (RIGHT, LEFT) if right >= left else (LEFT, RIGHT)
    if along >= LEAST_GAP:
        return (BOTTOM, TOP) if down >= up else (TOP, BOTTOM)
    return (RIGHT, RIGHT) if target[0] >= source[0] else (LEFT, LEFT)


def spread(length: float, count: int) -> list[float]:
    """The places of `count` ports on a side of a length, from its start: evenly around the middle."""
    if count == 1:
        return [length / 2]
    gap = min(PORT_GAP, (length - 2 * PORT_MARGIN) / (count - 1))
    first = length / 2 - gap * (count - 1) / 2
    return [first + gap * number for number in range(count)]


def port(rect: Rect, side: int, offset: float) -> Point:
    """The point on a side of a rectangle, `offset` from the side's upper or left end."""
    if side == RIGHT:
        return rect[2], rect[1] + offset
    if side == LEFT:
        return rect[0], rect[1] + offset
    return rect[0] + offset, rect[3] if side == BOTTOM else rect[1]


def route(start: Point, start_side: int, end: Point, end_side: int, shift: float = 0.0) -> list[Point]:
    """The points of a wire from port to port.

    `shift` moves the middle run away from the middle, towards the end, so that neighbouring wires do not lie on one
    another; it is cut to what leaves the stubs free.
    """
    if start_side % 2 != end_side % 2:
        return _corner(start, start_side, end, end_side)
    if start_side % 2 == 0:
        return _across(start, start_side, end, end_side, shift)
    flipped = _across((start[1], start[0]), start_side - 1, (end[1], end[0]), end_side - 1, shift)
    return [(y, x) for x, y in flipped]


def _across(start: Point, start_side: int, end: Point, end_side: int, shift: float) -> list[Point]:
    """A route between vertical sides; RIGHT faces increasing x, LEFT decreasing x."""
    (x1, y1), (x2, y2) = start, end
    if start_side == end_side:
        out = _LOOP + min(abs(shift), REACH - _LOOP)
        outer = max(x1, x2) + out if start_side == RIGHT else min(x1, x2) - out
        return [start, (outer, y1), (outer, y2), end]
    if abs(y1 - y2) < 0.5:
        return [start, (x2, y1)]
    direction = 1 if start_side == RIGHT else -1
    room = (x2 - x1) * direction - 2 * STUB
    if room < 0 and room + 2 * STUB >= LEAST_GAP:
        middle = (x1 + x2) / 2
        return [start, (middle, y1), (middle, y2), end]
    if room < 0:
        middle = (y1 + y2) / 2
        out, back = x1 + STUB * direction, x2 - STUB * direction
        return [start, (out, y1), (out, middle), (back, middle), (back, y2), end]
    middle = (x1 + x2) / 2 + direction * max(-room / 2, min(room / 2, shift))
    return [start, (middle, y1), (middle, y2), end]


def _corner(start: Point, start_side: int, end: Point, end_side: int) -> list[Point]:
    """A route between a vertical and a horizontal side: one corner where it lies outside of both, else around."""
    level = start_side % 2 == 0
    corner = (end[0], start[1]) if level else (start[0], end[1])
    out, into = OUTWARD[start_side], OUTWARD[end_side]
    leaves = (corner[0] - start[0]) * out[0] + (corner[1] - start[1]) * out[1] >= STUB
    enters = (corner[0] - end[0]) * into[0] + (corner[1] - end[1]) * into[1] >= STUB
    if leaves and enters:
        return [start, corner, end]
    first = (start[0] + out[0] * _LOOP, start[1] + out[1] * _LOOP)
    last = (end[0] + into[0] * _LOOP, end[1] + into[1] * _LOOP)
    between = (first[0], last[1]) if level else (last[0], first[1])
    return [start, first, between, last, end]


def shortened(points: Sequence[Point], by: float) -> list[Point]:
    """The points with the last one drawn back, so that the line ends inside the arrow head."""
    (x1, y1), (x2, y2) = points[-2], points[-1]
    length = hypot(x2 - x1, y2 - y1)
    if length <= by:
        return list(points[:-1]) if len(points) > 2 else list(points)
    return [*points[:-1], (x2 - (x2 - x1) / length * by, y2 - (y2 - y1) / length * by)]


def rounded(points: Sequence[Point], radius: float = CORNER) -> list[Point]:
    """The points with each corner replaced by an arc of straight pieces, smaller where a run is short."""
    out = [points[0]]
    for index in range(1, len(points) - 1):
        (xa, ya), (xb, yb), (xc, yc) = points[index - 1], points[index], points[index + 1]
        before, after = abs(xb - xa) + abs(yb - ya), abs(xc - xb) + abs(yc - yb)
        size = min(radius, before / 2, after / 2)
        if size < 1:
            out.append((xb, yb))
            continue
        ux, uy = (xb - xa) / before, (yb - ya) / before
        vx, vy = (xc - xb) / after, (yc - yb) / after
        sx, sy = xb - ux * size, yb - uy * size
        out.append((sx, sy))
        out += [(sx + ux * size * a + vx * size * b, sy + uy * size * a + vy * size * b) for a, b in _ARC]
        out.append((xb + vx * size, yb + vy * size))
    out.append(points[-1])
    return out


def solid(points: Sequence[Point]) -> list[float]:
    """The runs between points as x1, y1, x2, y2, one after the other."""
    out: list[float] = []
    (x, y) = points[0]
    for nx, ny in points[1:]:
        out += (x, y, nx, ny)
        x, y = nx, ny
    return out


def dashed(points: Sequence[Point], dash: float, gap: float) -> Doubles:
    """The dashes along the way through points, as x1, y1, x2, y2; they go on around corners.

    Qt's own dashes begin anew with each line, and lie elsewhere when a part of a line is painted.
    """
    out = doubles()
    period, at = dash + gap, 0.0
    for (x1, y1), (x2, y2) in pairwise(points):
        length = hypot(x2 - x1, y2 - y1)
        if length == 0:
            continue
        way = (x2 - x1) / length, (y2 - y1) / length
        count = ceil((length + at) / period)
        if count > 1:
            dashes = _dashes((x1, y1), way, (-at, dash - at, period), count)
            if (count - 1) * period + dash - at > length:
                dashes[-2], dashes[-1] = x2, y2
            # The first one began on the run before, and may have ended there.
            dashes[0], dashes[1] = x1, y1
            out.extend(dashes if at < dash else dashes[4:])
        elif at < dash:
            end = min(length, dash - at)
            out.extend((x1, y1, x1 + end * way[0], y1 + end * way[1]))
        at = (at + length) % period
    return out


def _dashes(start: Point, way: Point, span: tuple[float, float, float], count: int) -> Doubles:
    """So many dashes along a run, given where the first one begins and ends and how far apart they are.

    Made without a step of Python's for each: there are hundreds on a long run, anew while it is dragged.
    """
    dashes = doubles(repeat(0.0, 4 * count))
    for number, along in enumerate(span[:2]):
        for axis in (0, 1):
            step, first = span[2] * way[axis], start[axis] + along * way[axis]
            dashes[2 * number + axis :: 4] = doubles(accumulate(repeat(step, count - 1), initial=first))
    return dashes


def hopped(points: Sequence[Point], hops: Sequence[Point]) -> list[Point]:
    """The points of a wire with an arc over each place where another one crosses a level run.

    Arcs that would touch become one. There is none where a run has no room for it beside its end.
    """
    out: list[Point] = [points[0]]
    for (x1, y1), (x2, y2) in pairwise(points):
        low, high = (x1, x2) if x1 <= x2 else (x2, x1)
        if y1 == y2 and high - low > 2 * HOP + 2:
            places = sorted({x for x, y in hops if y == y1 and low + HOP + 1 <= x <= high - HOP - 1})
            arcs = [point for left, right in _together(places) for point in _arc(left, right, y1)]
            out += arcs if x1 <= x2 else reversed(arcs)
        out.append((x2, y2))
    return out


def _together(places: Sequence[float]) -> list[tuple[float, float]]:
    """Places along a run as spans, each over those that lie too near to one another for arcs of their own."""
    spans: list[tuple[float, float]] = []
    for place in places:
        if spans and place - spans[-1][1] < 2 * HOP + 2:
            spans[-1] = (spans[-1][0], place)
        else:
            spans.append((place, place))
    return spans


def _arc(left: float, right: float, y: float) -> list[Point]:
    up = [(left - HOP * (1 - a), y - HOP * b) for a, b in _RISE]
    return [(left - HOP, y), *up, *[(left + right - x, at) for x, at in reversed(up)], (right + HOP, y)]


def arrow_head(tip: Point, side: int) -> tuple[Point, Point, Point]:
    """The triangle of an arrow that enters a component at a side; the tip first."""
    ox, oy = OUTWARD[side]
    bx, by = tip[0] + ox * ARROW_LENGTH, tip[1] + oy * ARROW_LENGTH
    return tip, (bx - oy * ARROW_HALF, by + ox * ARROW_HALF), (bx + oy * ARROW_HALF, by - ox * ARROW_HALF)


def label_place(points: Sequence[Point], width: float) -> Point | None:
    """The middle of the run that a label of a width fits on: the longest level one, else the longest upright one."""
    best: Point | None = None
    longest = width + 18.0
    for (x1, y1), (x2, y2) in pairwise(points):
        if y1 == y2 and abs(x2 - x1) >= longest:
            longest, best = abs(x2 - x1), ((x1 + x2) / 2, y1)
    if best is not None:
        return best
    longest = 40.0
    for (x1, y1), (x2, y2) in pairwise(points):
        if x1 == x2 and abs(y2 - y1) >= longest:
            longest, best = abs(y2 - y1), (x1, (y1 + y2) / 2)
    return best


def distance(points: Sequence[Point], at: Point) -> float:
    """How far a point is from a wire."""
    best = float("inf")
    (x1, y1) = points[0]
    for x2, y2 in points[1:]:
        dx, dy = x2 - x1, y2 - y1
        square = dx * dx + dy * dy
        along = max(0.0, min(1.0, ((at[0] - x1) * dx + (at[1] - y1) * dy) / square)) if square else 0.0
        best = min(best, hypot(at[0] - x1 - along * dx, at[1] - y1 - along * dy))
        x1, y1 = x2, y2
    return best
