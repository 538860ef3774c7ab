"""Where a card may lie: within its boundary, and in the lanes of its zones."""

from __future__ import annotations

from collections.abc import Mapping

from designer.catalog.entries import Scope
from designer.catalog.members import in_one_zone
from designer.catalog.resolve import Resolution
from designer.layout.measures import CARD_HEIGHT, CARD_WIDTH, GRID, PADDING, TITLE_HEIGHT, Sides
from designer.layout.zones import Lanes, vpc_around, zones_around
from designer.model.entities import Component

_BESIDE = 8
"""What stays free between a card and the line of its lane."""


def stands_in_one_zone(resolution: Resolution, component: Component) -> bool:
    """Whether a component has one zone, as far as that is known of one that is new to the drawing."""
    if component.id in resolution.architecture.components:
        return in_one_zone(resolution.component(component.id))
    return resolution.catalog.kinds[component.kind].placement.scope is Scope.ZONAL


def settled(
    resolution: Resolution, rects: Mapping[str, Sides], component: Component, x: float, y: float, home: str | None
) -> tuple[int, int]:
    """The place nearest to one at which a card lies in its lanes, and not over the left or upper side of its home.

    `component` has the zones that it will have, `rects` are the rectangles of all boundaries.
    """
    if home is None:
        return round(x), round(y)
    y = max(y, highest(rects[home]) if _is_high(rects[home]) else y)
    left, right = rects[home][0] + PADDING, rects[home][2] - PADDING
    if vpc_around(resolution.architecture, home) is None:
        # What has no lanes grows to the right instead.
        return round(max(x, left)), round(y)
    return in_lanes(resolution, rects, component, x, home, (left, right)), round(y)


def in_lanes(
    resolution: Resolution,
    rects: Mapping[str, Sides],
    component: Component,
    x: float,
    home: str,
    within: tuple[float, float] = (float("-inf"), float("inf")),
) -> int:
    """The left side nearest to one at which a card lies in its lanes, and `within` two sides, if there are lanes."""
    left, right = within
    vpc = vpc_around(resolution.architecture, home)
    if vpc is not None:
        frame = rects[vpc.id]
        lanes = Lanes(vpc.id, zones_around(resolution.architecture, vpc.id), frame[0], frame[2])
        numbers = lanes.numbers(_zones_in(resolution, component, home))
        if numbers:
            first, last = lanes.sides(numbers[0], numbers[-1])
            first, last = first + _BESIDE, last - _BESIDE
            # Where its boundary does not reach, a card is in its lane rather than in the picture of its boundary.
            apart = min(right, last) - max(left, first) < CARD_WIDTH
            left, right = (first, last) if apart else (max(left, first), min(right, last))
    return _within(x, left, right - CARD_WIDTH)


def highest(frame: Sides) -> float:
    """How high up in a frame a card may begin."""
    return frame[1] + TITLE_HEIGHT + PADDING


def _is_high(frame: Sides) -> bool:
    return frame[3] - frame[1] > TITLE_HEIGHT + CARD_HEIGHT


def _zones_in(resolution: Resolution, component: Component, home: str) -> tuple[str, ...]:
    """The zones whose lanes a card in a boundary belongs in; none where it belongs in no lane."""
    if resolution.catalog.kinds[component.kind].placement.scope not in (Scope.ZONAL, Scope.ZONES):
        return ()
    zones = component.zones or zones_around(resolution.architecture, home)
    return zones[:1] if stands_in_one_zone(resolution, component) else zones


def _within(x: float, least: float, most: float) -> int:
    """The value nearest to `x` between two, on the grid where it was moved there; the middle where there is no room."""
    if least > most:
        return round((least + most) / 2)
    if least <= x <= most:
        return round(x)
    return round(-(-least // GRID) * GRID) if x < least else round(most // GRID * GRID)
