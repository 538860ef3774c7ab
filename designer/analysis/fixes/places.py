"""Where a new card goes on a drawing: near what it belongs to, on the grid, over nothing else, inside its boundary."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from designer.model.architecture import Architecture
from designer.model.entities import Boundary, Component

CARD = (192, 64)
"""The size of a component's card on the canvas."""
GRID = 8
GAP = 40
"""What stays free beside a card, so that wires find a way and can be read."""
_HALF = (CARD[0] + 48) // 2, (CARD[1] + 32) // 2
"""Half a step from one card to the next."""
_RINGS = 24
_TITLE, _MARGIN = 32, 8

Rect = tuple[int, int, int, int]


def free_place(architecture: Architecture, near: tuple[Component, ...], boundary: str | None) -> tuple[int, int] | None:
    """The top left corner of a new card: the free place nearest to the middle of `near`.

    Inside its boundary, and never where it would seem to stand in another one; `None` where there is no such place.
    """
    start = _middle(near)
    taken = [_grown(_card(component.x, component.y)) for component in architecture.components.values()]
    inside = architecture.boundaries[boundary] if boundary is not None else None
    strange = list(_strange(architecture, boundary))
    places = _around(*start) if inside is None else _within(_content(inside), start, near)
    for x, y in places:
        card = _card(x, y)
        if not any(_overlap(card, other) for other in taken) and not any(_overlap(card, other) for other in strange):
            return x, y
    return None


def below_all(architecture: Architecture, near: tuple[Component, ...]) -> tuple[int, int]:
    """A place under everything that is drawn."""
    bottoms = [component.y + CARD[1] for component in architecture.components.values()]
    bottoms += [boundary.y + boundary.height for boundary in architecture.boundaries.values()]
    return snapped(_middle(near)[0]), snapped(max(bottoms, default=0) + GAP)


def with_row(architecture: Architecture, boundary: str) -> Iterable[Boundary | Component]:
    """The boundaries and components that move or grow to give a boundary room for one more row at its bottom."""
    frame = architecture.boundaries[boundary]
    bottom = frame.y + frame.height
    height = CARD[1] + 2 * GAP
    growing = {one.id for one in architecture.boundaries_around(boundary)}
    for one in architecture.boundaries.values():
        if one.id in growing or one.y < bottom < one.y + one.height:
            yield one.with_(height=one.height + height)
        elif one.y >= bottom:
            yield one.with_(y=one.y + height)
    for component in architecture.components.values():
        if component.y >= bottom:
            yield component.with_(y=component.y + height)


def snapped(value: int) -> int:
    """The nearest multiple of the grid."""
    return (value + GRID // 2) // GRID * GRID


def _middle(near: tuple[Component, ...]) -> tuple[int, int]:
    if not near:
        return 0, 0
    return sum(one.x for one in near) // len(near), sum(one.y for one in near) // len(near)


def _strange(architecture: Architecture, boundary: str | None) -> Iterable[Rect]:
    """The boundaries that the card does not stand in; those around it are none of them."""
    around = {one.id for one in architecture.boundaries_around(boundary)}
    return (_frame(one) for key, one in architecture.boundaries.items() if key not in around)


def _around(x: int, y: int) -> Iterator[tuple[int, int]]:
    """Places on the grid by growing distance; to the right and below first, as one reads."""
    x, y = snapped(x), snapped(y)
    for ring in range(_RINGS):
        places = [
            (across, down)
            for across in range(-ring, ring + 1)
            for down in range(-ring, ring + 1)
            if max(abs(across), abs(down)) == ring
        ]
        for across, down in sorted(places, key=lambda place: (abs(place[0]) + abs(place[1]), -place[1], -place[0])):
            yield x + across * _HALF[0], y + down * _HALF[1]


def _within(room: Rect, start: tuple[int, int], near: tuple[Component, ...]) -> list[tuple[int, int]]:
    """Places in a boundary, the nearest first, and of them those first that are in line with what they belong to."""
    left, top, right, bottom = room
    columns = {*range(snapped(left + GRID // 2), right - CARD[0] + 1, _HALF[0] // GRID * GRID)}
    rows = {*range(snapped(top + GRID // 2), bottom - CARD[1] + 1, _HALF[1] // GRID * GRID)}
    for one in near:
        columns.update(x for x in (one.x - 2 * _HALF[0], one.x, one.x + 2 * _HALF[0]) if left <= x <= right - CARD[0])
        rows.update(y for y in (one.y - 2 * _HALF[1], one.y, one.y + 2 * _HALF[1]) if top <= y <= bottom - CARD[1])
    in_line = {one.y for one in near}

    def far(place: tuple[int, int]) -> tuple[bool, int, tuple[int, int]]:
        x, y = place
        return y not in in_line, abs(x - start[0]) + 2 * abs(y - start[1]), place

    return sorted(((x, y) for x in columns for y in rows), key=far)


def _card(x: int, y: int) -> Rect:
    return x, y, x + CARD[0], y + CARD[1]


def _grown(card: Rect) -> Rect:
    return card[0] - GAP, card[1] - 2 * GRID, card[2] + GAP, card[3] + 2 * GRID


def _frame(boundary: Boundary) -> Rect:
    return boundary.x, boundary.y, boundary.x + boundary.width, boundary.y + boundary.height


def _content(boundary: Boundary) -> Rect:
    left, top, right, bottom = _frame(boundary)
    return left + _MARGIN, top + _TITLE, right - _MARGIN, bottom - _MARGIN


def _overlap(one: Rect, other: Rect) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
