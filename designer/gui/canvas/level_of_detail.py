"""How much is drawn: decided once per frame by the zoom, never per item."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

FAR_BELOW = 0.22
NEAR_FROM = 0.55
NAMES_FROM = 0.34


class Level(IntEnum):
    """FAR: one picture of rectangles and lines; MID: cards without small print; NEAR: everything."""

    FAR = 0
    MID = 1
    NEAR = 2


@dataclass(frozen=True, slots=True)
class Frame:
    """What the items need to know of the view. `zoom` is pixels per unit, `ratio` the screen's device pixel ratio."""

    zoom: float = 1.0
    ratio: float = 1.0

    @property
    def level(self) -> Level:
        """The level of detail at this zoom."""
        if self.zoom < FAR_BELOW:
            return Level.FAR
        return Level.NEAR if self.zoom >= NEAR_FROM else Level.MID

    @property
    def names(self) -> bool:
        """Whether names, drawn larger than usual, can be read at the middle level."""
        return self.zoom >= NAMES_FROM
