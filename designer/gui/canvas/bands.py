"""Where the bands of components are, across the lanes of their VPC, and where its lanes are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from designer.gui.canvas.band_marks import BandMarks
from designer.gui.canvas.metrics import Point, Rect, holds
from designer.gui.canvas.standing import Standing
from designer.layout.band_shape import OVER, Shape, shape_of
from designer.layout.zones import Lanes, vpc_around

if TYPE_CHECKING:
    from designer.gui.canvas.boundary_item import BoundaryItem
    from designer.gui.canvas.scene import Scene

GRIP_WIDTH, GRIP_HEIGHT = 6.0, 24.0
"""The size of the grip at an end of a band."""
_MadeFor = tuple[Rect, Rect, Rect, int]
"""What a band follows from: its card, what frames it, its VPC, and all else that changes seldom."""


class Bands:
    """Answers for the bands of a scene. All is worked out when asked for, from what the model says then."""

    def __init__(self, owner: Scene) -> None:
        self._owner = owner
        self.marks = BandMarks(owner)
        self._preview: tuple[str, tuple[str, ...]] | None = None
        """A component whose band is being dragged, with the zones that it would have."""
        self._shapes: dict[str, tuple[_MadeFor, Shape | None]] = {}
        self._lanes: dict[str, tuple[tuple[float, float, int], Lanes]] = {}

    def lanes(self, vpc: str) -> Lanes | None:
        """The lanes of a VPC as it is drawn now."""
        item = self._owner.boundaries.get(vpc)
        if item is None:
            return None
        made_for = item.rect[0], item.rect[2], self._owner.labels.epoch
        known = self._lanes.get(vpc)
        if known is None or known[0] != made_for:
            lanes = Lanes(vpc, self._owner.labels.boundary_zones(item.entity), item.rect[0], item.rect[2])
            known = self._lanes[vpc] = (made_for, lanes)
        return known[1]

    def lanes_around(self, boundary: str) -> Lanes | None:
        """The lanes that a boundary stands in."""
        vpc = vpc_around(self._owner.labels.architecture, self._owner.boundaries[boundary].entity.parent)
        return self.lanes(vpc.id) if vpc is not None else None

    def band(self, key: str) -> Shape | None:
        """The band of a component as it is drawn now; `None` for what has none."""
        owner = self._owner
        standing = owner.labels.standing(key)
        if standing is None or not standing.band or standing.vpc not in owner.boundaries:
            return None
        if self.is_dragged(key):
            return self._shape(key, standing)
        card, frame = owner.rects[key], owner.boundaries[standing.tier or standing.vpc].rect
        made_for = (card, frame, owner.boundaries[standing.vpc].rect, owner.labels.epoch)
        known = self._shapes.get(key)
        if known is None or known[0] != made_for:
            known = self._shapes[key] = (made_for, self._shape(key, standing))
        return known[1]

    def _shape(self, key: str, standing: Standing) -> Shape | None:
        lanes = self.lanes(standing.vpc)
        assert lanes is not None
        frame = self._owner.boundaries[standing.tier or standing.vpc].rect
        return shape_of(lanes, self._numbers(key, standing, lanes), frame, self._owner.rects[key])

    def forget(self, key: str) -> None:
        """Drops what is kept for a component that is gone."""
        self._shapes.pop(key, None)

    def clear(self) -> None:
        """Drops what is kept for all components: another architecture is shown."""
        self._shapes.clear()
        self._lanes.clear()

    def chips(self, key: str) -> tuple[str, ...]:
        """What stands on the lower border of a card: members that have no room beside it, else the zones' letters."""
        labels = self._owner.labels
        standing = labels.standing(key)
        shape = self.band(key)
        if standing is None or shape is None:
            return labels.zones(key)
        if self.is_dragged(key):
            return ()
        rooms = zip(standing.shares, shape.rooms, strict=True)
        return tuple(share.word for share, room in rooms if share.word and not self.marks.fits(share.word, room))

    def band_at(self, at: Point) -> str | None:
        """The component whose band is under a point; of several the uppermost."""
        owner = self._owner
        found: tuple[int, str] | None = None
        for item in self.vpcs((*at, *at)):
            for key in self.candidates(item, (*at, *at)):
                band = self.band(key)
                order = owner.components[key].order
                inside = band is not None and any(holds(piece, at) for piece in band.pieces)
                if inside and (found is None or order > found[0]):
                    found = order, key
        return found[1] if found is not None else None

    def end_at(self, key: str, at: Point, reach: float) -> int | None:
        """Which end of a band has its grip under a point: 0 the left, 1 the right."""
        band = self.band(key)
        if band is None or key not in self._owner.rects:
            return None
        left, _top, right, _bottom = band.rect
        middle = (band.rect[1] + band.rect[3]) / 2
        if abs(at[1] - middle) > GRIP_HEIGHT / 2 + reach:
            return None
        away = [abs(at[0] - left), abs(at[0] - right)]
        end = 0 if away[0] < away[1] else 1
        return end if away[end] <= reach + GRIP_WIDTH / 2 else None

    def show_preview(self, key: str, zones: tuple[str, ...] | None) -> None:
        """Shows a band across other zones than the model says, until it is told `None`."""
        self._preview = None if zones is None else (key, zones)
        standing = self._owner.labels.standing(key)
        if standing is not None and standing.vpc in self._owner.boundaries:
            vpc, card = self._owner.boundaries[standing.vpc].rect, self._owner.rects[key]
            self._owner.repaint((vpc[0], card[1] - OVER, vpc[2], card[3] + OVER))

    def vpcs(self, *areas: Rect) -> list[BoundaryItem]:
        """The VPCs with lanes that touch any of some rectangles."""
        near = self._owner.boundaries_in(*areas)
        return [item for item in near if item.entity.kind == "vpc" and not item.entity.collapsed]

    def candidates(self, vpc: BoundaryItem, area: Rect) -> list[str]:
        """The components whose bands in a VPC may touch an area: their cards stand anywhere in its width."""
        left, top, right, bottom = vpc.rect
        return self._owner.components_in((left, max(top, area[1] - OVER), right, min(bottom, area[3] + OVER)))

    def is_dragged(self, key: str) -> bool:
        """Whether an end of this band is being dragged: what it would have in each zone is not known yet."""
        return self._preview is not None and self._preview[0] == key

    def _numbers(self, key: str, standing: Standing, lanes: Lanes) -> tuple[int, ...]:
        if self._preview is not None and self._preview[0] == key:
            return lanes.numbers(self._preview[1])
        return standing.lanes
