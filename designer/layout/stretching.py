"""A VPC made wider or narrower: its lanes keep what is in them."""

from __future__ import annotations

from bisect import insort
from dataclasses import dataclass, field
from itertools import pairwise

from designer.layout.measures import (
    CARD_HEIGHT,
    CARD_WIDTH,
    GRID,
    PADDING,
    SMALLEST_BOUNDARY,
    snap,
)
from designer.layout.measures import Sides as Rect
from designer.layout.zones import Lanes, lanes_of
from designer.model.architecture import Architecture
from designer.model.entities import Boundary, Component


@dataclass(slots=True)
class Stretched:
    """The new places of components and rectangles of boundaries in a VPC."""

    components: dict[str, tuple[int, int]] = field(default_factory=dict)
    boundaries: dict[str, Rect] = field(default_factory=dict)


def stretch(architecture: Architecture, vpc: Boundary, rect: Rect, *, always: bool = False) -> Stretched:
    """What changes in a boundary that gets another rectangle: nothing, unless it has lanes and another width.

    What stands in the lanes moves with them. A boundary that runs across all of them keeps its distance from both
    sides; any other moves with its content. `always` gives the places for the same width too.
    """
    found = Stretched()
    if vpc.kind != "vpc" or not vpc.width or (round(rect[2] - rect[0]) == vpc.width and not always):
        return found
    inside: dict[str | None, list[Component | Boundary]] = {}
    for component in architecture.components.values():
        inside.setdefault(component.boundary, []).append(component)
    for boundary in architecture.boundaries.values():
        inside.setdefault(boundary.parent, []).append(boundary)
    lanes, scale = lanes_of(architecture, vpc), (rect[2] - rect[0]) / vpc.width
    waiting: list[tuple[str, int | None]] = [(vpc.id, None)]
    while waiting:
        holder, shift = waiting.pop()
        for each in inside.get(holder, ()):
            width = CARD_WIDTH if isinstance(each, Component) else each.width
            middle = each.x + width / 2
            dx = shift if shift is not None else snap(rect[0] + (middle - vpc.x) * scale - middle)
            if isinstance(each, Component):
                found.components[each.id] = (each.x + dx, each.y)
            elif shift is None and runs_across(each, lanes):
                left, right = rect[0] + each.x - vpc.x, rect[2] - (vpc.x + vpc.width - each.x - each.width)
                # One that kept far from the sides of a wide VPC has less room in a narrow one than it needs.
                right = max(right, left + SMALLEST_BOUNDARY[0])
                found.boundaries[each.id] = (left, each.y, right, each.y + each.height)
                waiting.append((each.id, None))
            else:
                found.boundaries[each.id] = (each.x + dx, each.y, each.x + dx + each.width, each.y + each.height)
                waiting.append((each.id, dx))
    return found


def smallest_size(architecture: Architecture, boundary: Boundary) -> tuple[int, int]:
    """The least width and height that a boundary can be given, its content left aside where it has no lanes."""
    width, height = SMALLEST_BOUNDARY
    if boundary.kind == "vpc":
        width = max(width, -(-round(_least_width(architecture, boundary)) // GRID) * GRID)
    return width, height


def _least_width(architecture: Architecture, vpc: Boundary) -> float:
    """The least width that a VPC can be given without cards coming to lie on one another or over its sides."""
    cards = [
        (component.x + CARD_WIDTH / 2, component.y)
        for component in architecture.components.values()
        if any(around.id == vpc.id for around in architecture.boundaries_around(component.boundary))
    ]
    scale = 0.0
    for middle, _y in cards:
        away = min(middle - vpc.x, vpc.x + vpc.width - middle)
        scale = max(scale, _share(CARD_WIDTH / 2 + PADDING, away))
    rows: dict[int, list[float]] = {}
    for middle, y in cards:
        for row in {y // CARD_HEIGHT, (y + CARD_HEIGHT - 1) // CARD_HEIGHT}:
            insort(rows.setdefault(row, []), middle)
    for row_middles in rows.values():
        for one, other in pairwise(row_middles):
            scale = max(scale, _share(CARD_WIDTH + GRID, other - one))
    return vpc.width * scale


def _share(needed: float, there: float) -> float:
    """To what share a distance may shrink; one that is too small already may not."""
    return needed / there if there > needed else 1.0


def runs_across(boundary: Boundary, lanes: Lanes) -> bool:
    """Whether a boundary reaches from the first lane to the last, and keeps to both sides of them."""
    return boundary.x < lanes.left + lanes.width and boundary.x + boundary.width > lanes.right - lanes.width
