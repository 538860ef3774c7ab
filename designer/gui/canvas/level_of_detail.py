"""How much is drawn: decided once per frame by the zoom, never per item."""

from __future__ import annotations

from enum import IntEnum

from designer.records import record

FAR_BELOW = 0.22
NEAR_FROM = 0.55
NAMES_FROM = 0.34
TITLES_FROM = 0.4


class Level(IntEnum):
    """FAR: one picture of rectangles and lines; MID: cards without small print; NEAR: everything."""

    FAR = 0
    MID = 1
    NEAR = 2


@record
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
    def titles_inside(self) -> bool:
        """Whether the title bar of a boundary is high enough for letters."""
        return self.zoom >= TITLES_FROM

    @property
    def names(self) -> bool:
        """Whether names, drawn larger than usual, can be read at the middle level; else a card shows its kind alone."""
        return self.zoom >= NAMES_FROM
