"""Where a component stands in the lanes of its VPC, and the shape of the band by which it reaches across several."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from designer.gui.canvas.metrics import Rect, centre, holds
from designer.layout.zones import Lanes

OVER = 8
"""How far a band reaches above and below the card."""
INSET = 12
"""What a band keeps free at the sides of its lanes."""
_BESIDE = 8
"""What stays free around the mark of a member."""


@dataclass(frozen=True, slots=True)
class Share:
    """What a component has in a zone, in words (empty: nothing is said of it), and whether it has anything there."""

    word: str
    zone: str
    here: bool = True


@dataclass(frozen=True, slots=True)
class Standing:
    """The lanes of a component, by their numbers, with its share in each.

    `vpc` is the boundary with the lanes, `tier` the subnet tier around the component, if it is in one. A `band` reaches
    across its lanes; what is none stands in one of them.
    """

    vpc: str
    tier: str | None
    lanes: tuple[int, ...]
    shares: tuple[Share, ...]
    band: bool


@dataclass(frozen=True, slots=True)
class Shape:
    """A band as it is drawn: its pieces from left to right, and for each lane how much room is free beside the card."""

    pieces: tuple[Rect, ...]
    rooms: tuple[tuple[float, float], ...]

    @property
    def rect(self) -> Rect:
        """The rectangle around all pieces."""
        first, last = self.pieces[0], self.pieces[-1]
        return first[0], first[1], last[2], last[3]


def shape_of(lanes: Lanes, numbers: Sequence[int], frame: Rect, card: Rect) -> Shape | None:
    """The band of a card across some lanes, within a frame (its tier or VPC); `None` where the card is not in there."""
    if not numbers or not holds(frame, centre(card)):
        return None
    top, bottom = card[1] - OVER, card[3] + OVER
    pieces: list[Rect] = []
    for _run, group in groupby(enumerate(numbers), lambda pair: pair[1] - pair[0]):
        run = [number for _index, number in group]
        left, right = lanes.sides(run[0], run[-1])
        left, right = max(left, frame[0]) + INSET, min(right, frame[2]) - INSET
        if right > left:
            pieces.append((left, top, right, bottom))
    if not pieces:
        return None
    return Shape(tuple(pieces), tuple(_room(lanes, number, frame, card) for number in numbers))


def _room(lanes: Lanes, number: int, frame: Rect, card: Rect) -> tuple[float, float]:
    """The wider of the two parts of a lane that a card leaves free at its sides, as left and right end."""
    left, right = lanes.sides(number, number)
    left, right = max(left, frame[0]) + INSET + _BESIDE, min(right, frame[2]) - INSET - _BESIDE
    before, after = (left, min(right, card[0] - _BESIDE)), (max(left, card[2] + _BESIDE), right)
    return before if before[1] - before[0] >= after[1] - after[0] else after
