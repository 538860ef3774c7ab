"""Changes of what stands out, each followed by painting again just what looks different."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from designer.gui.canvas.cards import State
from designer.gui.canvas.emphasis import DRAWN
from designer.gui.canvas.folding import fold_name
from designer.gui.canvas.metrics import Rect, united
from designer.model.entities import Collection

if TYPE_CHECKING:
    from designer.gui.canvas.scene import Scene


_MANY = 100
"""When more things look different at once, everything is painted again."""


class Highlights:
    """Selection, hover, targets and lit paths of a scene."""

    def __init__(self, owner: Scene) -> None:
        self._owner = owner

    def select(self, wanted: Mapping[Collection, set[str]]) -> None:
        """Shows what is selected, given for every drawn collection."""
        selected = self._owner.emphasis.selected
        self.turn({collection: selected[collection] ^ wanted[collection] for collection in DRAWN})

    def turn(self, turned: Mapping[Collection, set[str]]) -> None:
        """Selects some things that were not selected, and some others no longer, given for every drawn collection."""
        selected = self._owner.emphasis.selected
        for collection in DRAWN:
            selected[collection] ^= turned[collection]
            self._owner.far_view.select(collection, turned[collection])
            self.refresh(collection, turned[collection])

    def hover(self, thing: tuple[Collection, str] | None) -> None:
        """Shows what the pointer is over."""
        before, self._owner.emphasis.hovered = self._owner.emphasis.hovered, thing
        for collection, key in {before, thing} - {None}:  # type: ignore[misc]
            self.refresh(collection, {key}, ground=False)

    def aim(self, target: str | None) -> None:
        """Shows the component that a wire being drawn would end at."""
        before, self._owner.emphasis.target = self._owner.emphasis.target, target
        self.refresh(Collection.COMPONENTS, {key for key in (before, target) if key is not None}, ground=False)

    def refuse_kinds(self, kinds: frozenset[str]) -> None:
        """Dims components of kinds that a wire being drawn cannot end at."""
        if kinds != self._owner.emphasis.refused_kinds:
            self._owner.emphasis.refused_kinds = kinds
            self._owner.repaint_all()

    def loosen(self, wire: str | None) -> None:
        """Dims the wire of which an end is being dragged."""
        before, self._owner.emphasis.loose_wire = self._owner.emphasis.loose_wire, wire
        self.refresh(Collection.CONNECTIONS, {key for key in (before, wire) if key is not None}, ground=False)

    def offer_drop(self, boundaries: frozenset[str]) -> None:
        """Shows the boundaries that would take in what is being dragged."""
        before = set(self._owner.emphasis.drop_targets)
        self._owner.emphasis.drop_targets = boundaries
        self.refresh(Collection.BOUNDARIES, before ^ boundaries)

    def offer_lanes(self, lanes: frozenset[tuple[str, str]]) -> None:
        """Shows the lanes, as VPC and zone, that what is being dragged would stand in."""
        before = self._owner.emphasis.lanes
        self._owner.emphasis.lanes = lanes
        self.refresh(Collection.BOUNDARIES, {vpc for vpc, _zone in before ^ lanes})

    def light(self, ids: frozenset[str]) -> None:
        """Lights up some things and dims all others; none ends it."""
        self._owner.emphasis.lit = ids
        dims, standing_out = bool(ids), self._standing_out()
        for key, component in self._owner.components.items():
            component.faded = dims and key not in ids
            component.state = State.WITNESS if key in ids else State.PLAIN
        for key in standing_out:
            self._owner.components[key].state = self._state(key)
        folds = self._owner.folds.components
        lit = ids | {folds[key] for key in ids if key in folds}
        lit |= {key for key in self._owner.boundaries if fold_name(key) in ids}
        for key, boundary in self._owner.boundaries.items():
            boundary.faded = bool(ids) and key not in lit
        self._owner.repaint_all()

    def _standing_out(self) -> set[str]:
        """The drawn components that do not look as they would of themselves, lit or not."""
        emphasis = self._owner.emphasis
        found = set(emphasis.selected[Collection.COMPONENTS])
        if emphasis.target is not None:
            found.add(emphasis.target)
        if emphasis.hovered is not None and emphasis.hovered[0] is Collection.COMPONENTS:
            found.add(emphasis.hovered[1])
        return found & self._owner.components.keys()

    def _state(self, key: str) -> State:
        emphasis = self._owner.emphasis
        if key == emphasis.target:
            return State.TARGET
        if key in emphasis.selected[Collection.COMPONENTS]:
            return State.SELECTED
        if key in emphasis.lit:
            return State.WITNESS
        return State.HOVERED if emphasis.hovered == (Collection.COMPONENTS, key) else State.PLAIN

    def refresh(self, collection: Collection, keys: set[str], *, ground: bool = True) -> None:
        """Draws some things again as they stand out now; without their `ground` where that is as before."""
        if len(keys) > _MANY:
            if collection is Collection.COMPONENTS:
                for key in keys & self._owner.components.keys():
                    self._owner.components[key].state = self._state(key)
            self._owner.repaint_all()
            return
        dirty: Rect | None = None
        for key in keys:
            if not self._owner.exists(collection, key):
                continue
            if collection is Collection.COMPONENTS:
                self._owner.components[key].state = self._state(key)
                dirty = united(dirty, self._owner.area_of(key) if ground else self._owner.rects[key])
            elif collection is Collection.CONNECTIONS:
                dirty = united(dirty, self._owner.wires.all[key].bounds)
            else:
                dirty = united(dirty, self._owner.boundaries[key].rect)
        self._owner.repaint(dirty, ground=ground and collection is not Collection.CONNECTIONS)
