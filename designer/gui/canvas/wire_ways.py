"""The way of a wire by its sides and ports, before it is led around anything. Pure functions over wires."""

from __future__ import annotations

from collections.abc import Mapping

from designer.gui.canvas.metrics import Point, Rect
from designer.gui.canvas.waypoints import Corners, shifted, through
from designer.gui.canvas.wire import Wire
from designer.gui.canvas.wire_path import LANE_GAP, PORT_MARGIN, port, route

_MOST_SLIDE = 40.0
"""A lone port leaves the middle of its side by at most this to make its wire straight."""
Ends = tuple[Point, int, Point, int, float]
"""Port and side of both ends, and how far the middle run is moved away from the middle."""


def ends_of(wire: Wire, rects: Mapping[str, Rect]) -> Ends:
    """Where a wire starts and ends, as `wire_path.route` takes it."""
    start_side, end_side = wire.sides
    (start_at, start_count, start_outer), (end_at, end_count, end_outer) = wire.ends
    source, target = rects[wire.source], rects[wire.target]
    if wire.source != wire.target and start_side % 2 == end_side % 2 and start_side != end_side:
        axis = 1 if start_side % 2 == 0 else 0
        apart = (target[axis] + end_at) - (source[axis] + start_at)
        if end_count == 1 and abs(apart) <= _slide(target, axis):
            end_at -= apart
        elif start_count == 1 and wire.bundle is None and abs(apart) <= _slide(source, axis):
            start_at += apart
    start, end = port(source, start_side, start_at), port(target, end_side, end_at)
    if wire.bundle is not None:
        across = 0 if start_side % 2 == 0 else 1
        return start, start_side, end, end_side, wire.bundle.trunk - abs(end[across] - start[across]) / 2
    return start, start_side, end, end_side, LANE_GAP * (end_outer - start_outer)


def plain_way(wire: Wire, rects: Mapping[str, Rect]) -> list[Point]:
    """The points of a wire along the corners that a person has set, else along the shortest way."""
    if not wire.via:
        return route(*ends_of(wire, rects))
    source, target = rects[wire.source], rects[wire.target]
    start = port(source, wire.sides[0], wire.ends[0][0])
    end = port(target, wire.sides[1], wire.ends[1][0])
    return through(source, target, start, end, wire.sides, wire.via)


def is_carried(wire: Wire, rects: Mapping[str, Rect], before: Mapping[str, Rect]) -> bool:
    """Whether both ends of a wire have moved by the same from where they were before."""
    one, other = before.get(wire.source), before.get(wire.target)
    if one is None or other is None:
        return False
    source, target = rects[wire.source], rects[wire.target]
    return source[0] - one[0] == target[0] - other[0] and source[1] - one[1] == target[1] - other[1]


def carried(wire: Wire, rects: Mapping[str, Rect], before: Mapping[str, Rect]) -> Corners:
    """The corners of a wire, gone along where both ends have moved by the same from where they were before."""
    if not is_carried(wire, rects, before):
        return wire.via
    one, source = before[wire.source], rects[wire.source]
    return shifted(wire.via, source[0] - one[0], source[1] - one[1])


def _slide(rect: Rect, axis: int) -> float:
    return min(_MOST_SLIDE, (rect[axis + 2] - rect[axis]) / 2 - PORT_MARGIN)
