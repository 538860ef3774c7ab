"""Bands stay apart: what is put where a band and something else would lie on one another goes to the next free row.

What lay apart stays apart; what overlapped before it was moved may go on doing so.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from designer.catalog.catalog import Catalog
from designer.catalog.members import is_band
from designer.catalog.resolve import Resolution
from designer.layout.band_shape import OVER, shape_of
from designer.layout.measures import CARD_HEIGHT, GRID, Sides, boundary_rect, card_rect
from designer.layout.standing import highest
from designer.layout.zones import lanes_of, vpc_around
from designer.model.architecture import Architecture
from designer.model.edits import Batch, Edit, Put
from designer.model.entities import Boundary, Component

_GAP = GRID
"""What stays free above and below what is put into a free row."""
_ROW = 64
"""Things are looked up by rows of this height."""


def with_room(architecture: Architecture, catalog: Catalog, batch: Batch, keys: Iterable[str]) -> Batch:
    """A batch that puts some components elsewhere or gives them other zones, with their bands apart from all else.

    Boundaries grow around what goes to another row for that.
    """
    after = architecture.copy()
    after.apply(batch)
    places = kept_apart(architecture, after, catalog, keys)
    if not places:
        return batch
    components = {key: after.components[key].with_(x=x, y=y) for key, (x, y) in places.items()}
    boundaries: dict[str, Boundary] = {}
    # Loads the layout, which a window that only shows a drawing does without.
    from designer.layout.growing import make_room

    make_room(after, components, boundaries)
    edits: list[Edit] = [*map(Put, boundaries.values()), *map(Put, components.values())]
    return Batch(batch.label, (*batch.edits, *edits))


def kept_apart(
    before: Architecture, after: Architecture, catalog: Catalog, keys: Iterable[str], way: int = 0
) -> dict[str, tuple[int, int]]:
    """Other places for those of some components that would lie on a band, or their band on something.

    `after` has them where they were put. Each goes to the nearest free row of its boundary, which may be below all
    that is there; with a `way` (1: down, -1: up) if possible to the nearest that way.
    """
    lots: dict[tuple[str, str], list[Component]] = {}
    for key in keys:
        component = after.components[key]
        chain = after.boundaries_around(component.boundary)
        vpc = vpc_around(after, component.boundary)
        if vpc is not None and not any(each.collapsed for each in chain):
            lots.setdefault((vpc.id, chain[0].id), []).append(component)
    old, new = Resolution(before, catalog), Resolution(after, catalog)
    waiting = {component.id for lot in lots.values() for component in lot}
    grounds: dict[str, _Ground] = {}
    places: dict[str, tuple[int, int]] = {}
    for (vpc_id, _home), lot in sorted(lots.items()):
        if vpc_id not in grounds:
            grounds[vpc_id] = _Ground(after.boundaries[vpc_id], old, new, waiting)
        lot.sort(key=lambda each: (each.y, each.x, each.id))
        for key, by in grounds[vpc_id].put(lot, way):
            if by:
                places[key] = after.components[key].x, after.components[key].y + by
    return places


@dataclass(frozen=True, slots=True)
class _Print:
    """What a card or a frame covers: rectangles of one height. `band` says whether it is a band that covers them."""

    key: str
    sides: tuple[Sides, ...]
    band: bool = False
    frame: bool = False

    @property
    def top(self) -> float:
        """The upper side of all rectangles."""
        return self.sides[0][1]

    @property
    def bottom(self) -> float:
        """The lower side of all rectangles."""
        return self.sides[0][3]

    def is_beside(self, other: _Print) -> bool:
        """Whether it covers something of the same upright strips."""
        return any(one[0] < two[2] and two[0] < one[2] for one in self.sides for two in other.sides)

    def clashes(self, other: _Print) -> bool:
        """Whether one of both is a band and they lie on one another."""
        level = self.top < other.bottom and other.top < self.bottom
        return (self.band or other.band) and level and self.is_beside(other)


@dataclass(slots=True)
class _Ground:
    """What covers a VPC, but for those of the components that are still to be put."""

    vpc: Boundary
    old: Resolution
    new: Resolution
    waiting: set[str]
    _rows: dict[int, list[str]] = field(default_factory=dict)
    _made: dict[str, _Print | None] = field(default_factory=dict)
    """What everything covers; `None` where that was not asked yet, for most is far away."""

    def __post_init__(self) -> None:
        architecture = self.new.architecture
        shown = _shown_in(architecture, self.vpc.id)
        for key in shown:
            if key != self.vpc.id:
                self._enter(_Print(key, (boundary_rect(architecture.boundaries[key]),), frame=True))
        opened = {key for key in shown if not architecture.boundaries[key].collapsed}
        for key, component in architecture.components.items():
            if component.boundary in opened and key not in self.waiting:
                self._made[key] = None
                for row in _rows(component.y - OVER, component.y + CARD_HEIGHT + OVER):
                    self._rows.setdefault(row, []).append(key)

    def put(self, lot: Sequence[Component], way: int) -> Iterator[tuple[str, int]]:
        """How far down each of some components of one boundary goes to a free row, which is taken from now on.

        They come from the highest to the lowest, and keep their arrangement unless they clash with one another.
        """
        alone = len(lot) > 1 and self._clash_inside(lot)
        for part in [[component] for component in lot] if alone else [lot]:
            by = self._shift(part, way)
            for component in part:
                self._enter(_print(self.new, component.with_(y=component.y + by)))
                yield component.id, by

    def _enter(self, one: _Print) -> None:
        self._made[one.key] = one
        for row in _rows(one.top, one.bottom):
            self._rows.setdefault(row, []).append(one.key)

    def _covered(self, key: str) -> _Print:
        found = self._made[key]
        if found is None:
            found = self._made[key] = _print(self.new, self.new.architecture.components[key])
        return found

    def _shift(self, part: Sequence[Component], way: int) -> int:
        """How far down some components have to go together to lie on nothing; 0 where nothing clashes."""
        around = {each.id for each in self.new.architecture.boundaries_around(part[0].boundary)}
        prints = [_print(self.new, component) for component in part]
        if not any(self._clashes(component, one, around) for component, one in zip(part, prints, strict=True)):
            return 0
        blocked = [
            (other.top - one.bottom - _GAP, other.bottom - one.top + _GAP)
            for one in prints
            for other in map(self._covered, list(self._made))
            if other.key not in around and other.is_beside(one)
        ]
        top = part[0].y
        home = self.new.architecture.boundaries[part[0].boundary or self.vpc.id]
        least = _down(highest(boundary_rect(home))) - top
        ends = {least, *(_down(top + high) - top for _low, high in blocked)}
        ends.update(-_down(-top - low) - top for low, _high in blocked)
        free = [by for by in ends if by >= least and not any(low < by < high for low, high in blocked)]
        there = [by for by in free if by * way >= 0] or free
        return min(there, key=lambda by: (abs(by), -by))

    def _clashes(self, component: Component, one: _Print, around: set[str]) -> bool:
        """Whether a component clashes with anything that it did not clash with before."""
        near = (self._covered(key) for row in _rows(one.top, one.bottom) for key in self._rows.get(row, ()))
        return any(one.clashes(other) and self._is_new(component, other) for other in near if other.key not in around)

    def _clash_inside(self, lot: Sequence[Component]) -> bool:
        """Whether components clash with one another that did not do so before."""
        prints = [_print(self.new, component) for component in lot]
        for number, (component, one) in enumerate(zip(lot, prints, strict=True)):
            for other in prints[number + 1 :]:
                if other.top > one.bottom + OVER:
                    break
                if one.clashes(other) and self._is_new(component, other):
                    return True
        return False

    def _is_new(self, component: Component, other: _Print) -> bool:
        """Whether two things that clash now did not do so before, when they were in this VPC."""
        before = self.old.architecture
        was = before.components.get(component.id)
        vpc = vpc_around(before, was.boundary) if was is not None else None
        if was is None or vpc is None or vpc.id != self.vpc.id:
            return True
        if other.frame:
            frame = before.boundaries.get(other.key)
            then = _Print(other.key, (boundary_rect(frame),), frame=True) if frame is not None else None
        else:
            card = before.components.get(other.key)
            then = _print(self.old, card) if card is not None else None
        return then is None or not _print(self.old, was).clashes(then)


def _down(value: float) -> int:
    """The next line of the grid at a value or below it."""
    return int(-(-value // GRID)) * GRID


def _rows(top: float, bottom: float) -> range:
    return range(int(top // _ROW), int(bottom // _ROW) + 1)


def _shown_in(architecture: Architecture, vpc: str) -> list[str]:
    """The boundaries that are drawn in a VPC, and the VPC."""
    inside: dict[str | None, list[str]] = {}
    for key, each in architecture.boundaries.items():
        inside.setdefault(each.parent, []).append(key)
    found = [vpc]
    for key in found:
        if not architecture.boundaries[key].collapsed:
            found.extend(inside.get(key, ()))
    return found


def _print(resolution: Resolution, component: Component) -> _Print:
    """What a component covers: its band in the lanes of its VPC, with its card, or the card alone."""
    card = card_rect(component.x, component.y)
    resolved = resolution.component(component.id)
    architecture = resolution.architecture
    vpc = vpc_around(architecture, component.boundary)
    if vpc is None or not is_band(resolved):
        return _Print(component.id, (card,))
    chain = architecture.boundaries_around(component.boundary)
    left, top, right, bottom = boundary_rect(next(each for each in chain if each.kind in ("tier", "vpc")))
    # A card below its boundary counts, for the boundary will grow around it.
    frame = (left, min(top, card[1]), right, max(bottom, card[3]))
    lanes = lanes_of(architecture, vpc)
    shape = shape_of(lanes, lanes.numbers(resolved.zones), frame, card)
    pieces = shape.pieces if shape is not None else ()
    return _Print(component.id, (*pieces, (card[0], card[1] - OVER, card[2], card[3] + OVER)), band=True)
