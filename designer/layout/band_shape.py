"""The shape of the band by which a component reaches across the lanes of its zones, and the room for marks in it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from designer.layout.measures import Sides
from designer.layout.zones import Lanes
from designer.records import record

OVER = 8
"""How far a band reaches above and below the card."""
INSET = 12
"""What a band keeps free at the sides of its lanes."""
_BESIDE = 8
"""What stays free around the mark of a member."""


@record
class Shape:
    """A band as it is drawn: its pieces from left to right, and for each lane how much room is free beside the card."""

    pieces: tuple[Sides, ...]
    rooms: tuple[tuple[float, float], ...]

    @property
    def rect(self) -> Sides:
        """The rectangle around all pieces."""
        first, last = self.pieces[0], self.pieces[-1]
        return first[0], first[1], last[2], last[3]


def shape_of(lanes: Lanes, numbers: Sequence[int], frame: Sides, card: Sides) -> Shape | None:
    """The band of a card across some lanes, within a frame (its tier or VPC); `None` where the card is not in there."""
    x, y = (card[0] + card[2]) / 2, (card[1] + card[3]) / 2
    if not numbers or not (frame[0] <= x <= frame[2] and frame[1] <= y <= frame[3]):
        return None
    top, bottom = card[1] - OVER, card[3] + OVER
    pieces: list[Sides] = []
    for _run, group in groupby(enumerate(numbers), lambda pair: pair[1] - pair[0]):
        run = [number for _index, number in group]
        left, right = lanes.sides(run[0], run[-1])
        left, right = max(left, frame[0]) + INSET, min(right, frame[2]) - INSET
        if right > left:
            pieces.append((left, top, right, bottom))
    if not pieces:
        return None
    return Shape(tuple(pieces), tuple(_room(lanes, number, frame, card) for number in numbers))


def _room(lanes: Lanes, number: int, frame: Sides, card: Sides) -> tuple[float, float]:
    """The wider of the two parts of a lane that a card leaves free at its sides, as left and right end."""
    left, right = lanes.sides(number, number)
    left, right = max(left, frame[0]) + INSET + _BESIDE, min(right, frame[2]) - INSET - _BESIDE
    before, after = (left, min(right, card[0] - _BESIDE)), (max(left, card[2] + _BESIDE), right)
    return before if before[1] - before[0] >= after[1] - after[0] else after
