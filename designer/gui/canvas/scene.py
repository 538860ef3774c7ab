"""The scene: items by id, where they are drawn, and what of them is to be painted again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import AbstractContextManager, nullcontext
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPointF

from designer.garbage import no_collections
from designer.gui.canvas.band_painter import BandPainter
from designer.gui.canvas.bands import Bands
from designer.gui.canvas.boundary_item import BoundaryItem
from designer.gui.canvas.cards import Cards
from designer.gui.canvas.component_item import ComponentItem
from designer.gui.canvas.emphasis import Emphasis, Selection
from designer.gui.canvas.faces import Faces
from designer.gui.canvas.far_view import FarView
from designer.gui.canvas.folding import Folds, fold_name
from designer.gui.canvas.following import Following
from designer.gui.canvas.grid_index import GridIndex
from designer.gui.canvas.highlights import Highlights
from designer.gui.canvas.labels import Labels
from designer.gui.canvas.level_of_detail import Level
from designer.gui.canvas.look import Look
from designer.gui.canvas.metrics import Point, Rect, boundary_rect, card_rect, overlaps, united
from designer.gui.canvas.repainting import Depth, Repainting
from designer.gui.canvas.strata import Strata
from designer.gui.canvas.title_rooms import TitleRooms
from designer.gui.canvas.waypoints import Corners
from designer.gui.canvas.wire_layer import WireLayer
from designer.gui.canvas.wires import Wires
from designer.layout.band_shape import OVER as BAND_OVER
from designer.model.changes import Changes
from designer.model.entities import Collection

if TYPE_CHECKING:
    from designer.analysis.findings import Analysis
    from designer.analysis.knock_out import KnockOut

_CELL = 512.0
_FRAME_CELL = 2048.0
_MANY, _VERY_MANY = 30, 400
"""When more components move at once, everything is painted again; when very many, with the ground."""


class Scene(Repainting):
    """What is drawn. Positions can be changed here alone while a gesture lasts; the document is not touched."""

    def __init__(self, labels: Labels, look: Look, parent: QObject) -> None:
        super().__init__(parent)
        self.labels = labels
        self.look = look
        self.cards = self._make_cards()
        self.emphasis = Emphasis()
        self.highlights = Highlights(self)
        self.scratch_point = QPointF()
        """Set and read within one paint call, so that none has to be made."""
        self.components: dict[str, ComponentItem] = {}
        self.boundaries: dict[str, BoundaryItem] = {}
        self.rects: dict[str, Rect] = {}
        """Where components are drawn now and, by the names that `fold_name` gives them, collapsed boundaries."""
        self.lifted: set[str] = set()
        """Components that are being dragged: they are drawn over everything else, and so are their wires."""
        self.folds = Folds()
        self._following = Following(self)
        self.title_rooms = TitleRooms(self)
        self._reset_tables()
        self.wire_layer = WireLayer(self)
        self.faces = Faces()
        self.bands = Bands(self)
        self.band_painter = BandPainter(self, self.bands)
        self.strata = Strata(self)
        self.far_view = FarView(self)
        self.far_view.use(look)

    def load(self, labels: Labels) -> None:
        """Shows another architecture."""
        self.labels = labels
        self.emphasis = Emphasis()
        self.components.clear()
        self.lifted.clear()
        self.boundaries.clear()
        self._reset_tables()
        self.far_view.clear()
        self.bands.clear()
        self.faces.clear()
        self.wire_layer.forget_texts()
        self.folds = Folds()
        with no_collections():
            self._following.load()
        self.repaint_all()

    def apply(self, changes: Changes) -> None:
        """Brings the items up to date with one applied edit."""
        epoch = self.labels.epoch
        self.labels.changed(changes)
        turned = self.folds.read(self.labels.architecture)
        count = len(turned) + len(changes.entities[Collection.COMPONENTS])
        with self._painting(count, deep=bool(turned) or self.labels.epoch != epoch):
            self._following.apply(changes, turned)
            self._put_down()

    def move(self, places: Iterable[tuple[str, float, float]], live: bool = False) -> None:
        """Puts components elsewhere in the drawing: each touched wire is worked out once, one rectangle painted.

        While a gesture is `live` wires follow the shortest way; `settle` leads them around components in the end.
        """
        places = [place for place in places if place[0] not in self.folds.components]
        if live:
            self._lift({key for key, _x, _y in places})
        lifted = self.frame.level is not Level.FAR and self.lifted.issuperset(key for key, _x, _y in places)
        with self._painting(len(places), over=lifted):
            moved = {}
            for key, x, y in places:
                moved[key] = self.rects[key]
                self.move_to(key, x, y)
            self.repaint_wires(self.wires.moved(moved, live))

    def _lift(self, components: set[str]) -> None:
        """From now on draws components, and their wires, over everything else, which then stays as it is."""
        lifted = components - self.lifted
        if len(lifted) > _MANY:
            self.repaint_all()
        else:
            for key in lifted:
                self.repaint_component(key)
        self.lifted |= lifted

    def _put_down(self) -> None:
        """Draws what was lifted among all else again."""
        lifted, self.lifted = self.lifted & self.components.keys(), set()
        if len(lifted) > _MANY:
            self.repaint_all()
        else:
            for key in lifted:
                self.repaint_component(key)

    def bend(self, wire: str, via: Corners) -> None:
        """Leads a wire along other corners in the drawing alone."""
        self.repaint(self.wires.bend(wire, via), ground=False)

    def settle(self, before: Mapping[str, Rect]) -> None:
        """Ends a live move of components, given the rectangles that they had before it."""
        collapsed = {name: rect for key, rect in before.items() if (name := self.folds.end(key)) != key}
        shown = {key: rect for key, rect in before.items() if key in self.components}
        self.repaint_wires(self.wires.moved(shown | {name: self.rects[name] for name in collapsed}))
        self._put_down()

    def place_boundary(self, key: str, rect: Rect) -> None:
        """Puts a boundary elsewhere in the drawing."""
        item = self.boundaries.get(key)
        if item is None:
            return
        self.repaint(item.rect)
        item.place(rect)
        self.repaint(rect)
        self.repaint_wires(self.wires.moved(self.move_fold(item), live=True))

    def place_of(self, component: str) -> Point:
        """The corner of a component as it is drawn, or would be drawn were it not folded away."""
        if component in self.components:
            return self.rects[component][:2]
        entity = self.labels.architecture.components[component]
        return entity.x, entity.y

    def frame_of(self, boundary: str) -> Rect:
        """The rectangle of a boundary as it is drawn, or would be drawn were it not folded away."""
        item = self.boundaries.get(boundary)
        return item.rect if item is not None else boundary_rect(self.labels.architecture.boundaries[boundary])

    def components_in(self, rect: Rect) -> list[str]:
        """The components that touch a rectangle."""
        rects = self.rects
        left, top, right, bottom = rect
        found = []
        for key in self._index.touching(rect):
            other = rects[key]
            if other[0] <= right and other[2] >= left and other[1] <= bottom and other[3] >= top:
                found.append(key)
        return found

    def components_from_below(self, rects: Iterable[Rect]) -> list[ComponentItem]:
        """The components that touch any of some rectangles, the lowest first."""
        keys = {key for rect in rects for key in self.components_in(rect)}
        return sorted([self.components[key] for key in keys], key=_height)

    def lifted_from_below(self, rect: Rect, *, across: bool = False) -> list[ComponentItem]:
        """The components being dragged that touch a rectangle, the lowest first; or whose bands may (`across`)."""
        places = ((key, self.area_of(key) if across else self.rects[key]) for key in self.lifted)
        return sorted([self.components[key] for key, place in places if overlaps(place, rect)], key=_height)

    def boundaries_in(self, *rects: Rect) -> list[BoundaryItem]:
        """The boundaries that touch any of some rectangles, outermost first."""
        every = self.boundaries
        near = [every[key] for key in {key for rect in rects for key in self.frames.touching(rect)}]
        found = [item for item in near if any(overlaps(item.rect, rect) for rect in rects)]
        return sorted(found, key=_standing)

    def _frames_in(self, rect: Rect) -> list[tuple[Rect, float]]:
        return [(item.rect, item.title_height) for item in self.boundaries_in(rect)]

    def content(self) -> Rect | None:
        """The rectangle around everything drawn, or `None` where nothing is."""
        around: Rect | None = None
        for rect in (*(self.rects[key] for key in self.components), *(item.rect for item in self.boundaries.values())):
            around = united(around, rect)
        return around

    def bounds_of(self, selection: Selection) -> Rect | None:
        """The rectangle around selected things."""
        around: Rect | None = None
        for key in selection.components:
            around = united(around, self.rects[key])
        for key in selection.boundaries:
            around = united(around, self.boundaries[key].rect)
        for key in selection.connections:
            wire = self.wires.all[key]
            around = united(around, united(self.rects[wire.source], self.rects[wire.target]))
        return around

    def use_look(self, look: Look) -> None:
        """Draws everything with other colours and fonts."""
        self.look = look
        self.cards = self._make_cards()
        self.far_view.use(look)
        self.wire_layer.forget_texts()
        self.bands.marks.forget_texts()
        self.faces.clear()
        for component in self.components.values():
            component.forget_texts()
        for boundary in self.boundaries.values():
            boundary.forget_texts()
        self.repaint_all()

    def show_analysis(self, analysis: Analysis | None) -> None:
        """Shows findings and coupling."""
        self.labels.analysed(analysis)
        wires = self.labels.architecture.connections
        drawn = self.wires.all
        self.wires.restyle({key: self.labels.wire_style(wire) for key, wire in wires.items() if key in drawn})
        self.repaint_all()

    def show_knock_out(self, found: KnockOut | None) -> None:
        """Shows the state of each component, and the wires that the failure comes along."""
        self.labels.knocked_out(found)
        self.emphasis.failing = frozenset(wire for effect in self.labels.effects.values() for wire in effect.wires)
        self.repaint_all()

    def _make_cards(self) -> Cards:
        catalog = self.labels.catalog
        return Cards(self.look, {kind.id: catalog.categories[kind.category].colour for kind in catalog.kinds.values()})

    def _reset_tables(self) -> None:
        self.rects.clear()
        self._index = GridIndex(_CELL)
        self.frames = GridIndex(_FRAME_CELL)
        self.start_wires_over()

    def start_wires_over(self) -> None:
        """Takes all wires out."""
        self.wires = Wires(self.rects, self.components_in, self._frames_in)

    def set_place(self, key: str, x: float, y: float) -> None:
        """Lets a component be at a place from now on, wherever the place of components is known."""
        before = self.rects.get(key)
        rect = self.rects[key] = card_rect(x, y)
        self.title_rooms.stir(rect, before)
        self._index.put(key, rect)
        self.far_view.put(key)

    def take_place(self, key: str) -> Rect:
        """Lets a component be nowhere from now on; returns the rectangle that it had."""
        rect = self.rects.pop(key)
        self.title_rooms.stir(rect)
        self._index.discard(key)
        self.far_view.discard(key, self.components[key].kind)
        return rect

    def move_fold(self, item: BoundaryItem) -> dict[str, Rect]:
        """Keeps the end that wires have at a collapsed boundary where it is drawn; returns where it was before."""
        name = fold_name(item.entity.id)
        before = self.rects.pop(name, None)
        if item.entity.collapsed:
            self.rects[name] = item.rect
        return {name: before} if before is not None and name in self.rects and before != item.rect else {}

    def exists(self, collection: Collection, key: str) -> bool:
        """Whether a thing is drawn."""
        match collection:
            case Collection.COMPONENTS:
                return key in self.components
            case Collection.CONNECTIONS:
                return key in self.wires.all
            case _:
                return key in self.boundaries

    def move_to(self, key: str, x: float, y: float) -> None:
        """Puts a component elsewhere, and asks for both places to be painted again."""
        before, after = self.rects[key], card_rect(x, y)
        if overlaps(before, after):
            self.set_place(key, x, y)
            self._repaint_at(key, united(before, after) or after)
        else:
            self._repaint_at(key, before)
            self.set_place(key, x, y)
            self._repaint_at(key, after)

    def area_of(self, component: str) -> Rect:
        """The rectangle of a component, as wide as its VPC where it has a band, or is led to its lane."""
        return self._area(component, self.rects[component])

    def _area(self, component: str, rect: Rect) -> Rect:
        standing = self.labels.standing(component)
        vpc = self.boundaries.get(standing.vpc) if standing is not None else None
        if vpc is None:
            return rect
        # Its band itself is worked out when it is painted: many things that change are out of sight.
        left, right = min(rect[0], vpc.rect[0]), max(rect[2], vpc.rect[2])
        return left, rect[1] - BAND_OVER, right, rect[3] + BAND_OVER

    def repaint_component(self, key: str) -> None:
        """Asks for a component to be painted again, with its band or what leads it to its lane."""
        self._repaint_at(key, self.rects[key])

    def _repaint_at(self, key: str, rect: Rect) -> None:
        if self.all_is_painted:
            return
        if key in self.lifted:
            self._repaint_lifted(self._area(key, rect))
        else:
            self.repaint(self._area(key, rect), ground=self.labels.standing(key) is not None)

    def repaint_wires(self, dirty: Rect | None) -> None:
        """Asks for wires to be painted again: in a rectangle, and where those of what is dragged have changed."""
        self.repaint(dirty, ground=False)
        over = self.wires.over()
        if over is not None:
            self._repaint_lifted(over)

    def _repaint_lifted(self, rect: Rect) -> None:
        """From far away what is dragged is drawn with all else."""
        if self.frame.level is Level.FAR:
            self.repaint(rect, ground=False)
        else:
            self.repaint_over(rect)

    def _painting(self, count: int, *, deep: bool = False, over: bool = False) -> AbstractContextManager[None]:
        """Has everything painted again while many components change; only where they have bands with the ground.

        With all of it where they are too many to be asked, or the change goes `deep`; not even what lies upon it where
        all of them lie `over` it.
        """
        if deep or count > _VERY_MANY:
            return self.painting_all()
        if count > _MANY:
            return self.painting_all(Depth.OVERLAY if over else Depth.DRAWING)
        return nullcontext()


def _standing(item: BoundaryItem) -> tuple[float, int]:
    return item.height, item.number


def _height(item: ComponentItem) -> int:
    return item.order
