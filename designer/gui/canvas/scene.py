"""The scene: items by id, where they are drawn, and what of them is to be painted again."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from enum import IntEnum
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPointF, QTimer
from PySide6.QtGui import QPainter

from designer.garbage import no_collections
from designer.gui.canvas.band_painter import BandPainter
from designer.gui.canvas.bands import Bands
from designer.gui.canvas.boundary_item import BoundaryItem, paint_each
from designer.gui.canvas.cards import Cards
from designer.gui.canvas.component_item import CARD_OVER, ComponentItem, paint_cards
from designer.gui.canvas.emphasis import Emphasis, Selection
from designer.gui.canvas.faces import Faces
from designer.gui.canvas.far_view import FarView
from designer.gui.canvas.folding import Folds, fold_name
from designer.gui.canvas.following import Following
from designer.gui.canvas.grid_index import GridIndex
from designer.gui.canvas.highlights import Highlights
from designer.gui.canvas.labels import Labels
from designer.gui.canvas.level_of_detail import Frame, Level
from designer.gui.canvas.look import Look
from designer.gui.canvas.metrics import Point, Rect, boundary_rect, card_rect, grown, overlaps, united
from designer.gui.canvas.title_rooms import TitleRooms
from designer.gui.canvas.waypoints import Corners
from designer.gui.canvas.wire_layer import WireLayer
from designer.gui.canvas.wires import Wires
from designer.model.changes import Changes
from designer.model.entities import Collection

if TYPE_CHECKING:
    from designer.analysis.findings import Analysis
    from designer.analysis.knock_out import KnockOut

_CELL = 512.0
_FRAME_CELL = 2048.0
_FRAME = 8
"""Milliseconds until wires that were shown as drafts are drawn again."""
_MANY = 30
"""When more components move at once, everything is painted again."""
_TITLE_OVER = 24.0
"""How far a title may stand out of its boundary's rectangle, in pixels."""
_AROUND = 16.0
"""What an item draws outside of its rectangle, in units."""


class Depth(IntEnum):
    """How deep a change of the drawing goes: what lies over it, what is upon its ground too, or all of it."""

    OVERLAY = 0
    DRAWING = 1
    GROUND = 2


class Scene(QObject):
    """What is drawn. Positions can be changed here alone while a gesture lasts; the document is not touched."""

    def __init__(self, labels: Labels, look: Look, parent: QObject) -> None:
        super().__init__(parent)
        self.labels = labels
        self.look = look
        self.cards = self._make_cards()
        self.frame = Frame()
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
        self._outdated: Callable[[Rect | None, Depth], None] = lambda _rect, _depth: None
        self._unfinished: Rect | None = None
        self._all_is_painted = False
        self._finish = QTimer(self)
        self._finish.setSingleShot(True)
        self._finish.setInterval(_FRAME)
        self._finish.timeout.connect(self._paint_unfinished)
        self.wire_layer = WireLayer(self)
        self.faces = Faces()
        self.bands = Bands(self)
        self.band_painter = BandPainter(self, self.bands)
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
        many = len(turned) + len(changes.entities[Collection.COMPONENTS]) > _MANY or self.labels.epoch != epoch
        with self._painting_all() if many else nullcontext():
            self._following.apply(changes, turned)
            self._put_down()

    def move(self, places: Iterable[tuple[str, float, float]], live: bool = False) -> None:
        """Puts components elsewhere in the drawing: each touched wire is worked out once, one rectangle painted.

        While a gesture is `live` wires follow the shortest way; `settle` leads them around components in the end.
        """
        places = [place for place in places if place[0] not in self.folds.components]
        if live:
            self._lift({key for key, _x, _y in places})
        with self._painting_many(places) if len(places) > _MANY else nullcontext():
            moved = {}
            for key, x, y in places:
                moved[key] = self.rects[key]
                self.repaint_component(key)
                self.set_place(key, x, y)
                self.repaint_component(key)
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

    def finish_soon(self, rect: Rect) -> None:
        """A rectangle was painted with drafts of wires: it will be painted again soon."""
        self._unfinished = united(self._unfinished, rect)
        self._finish.start()

    def _paint_unfinished(self) -> None:
        rect, self._unfinished = self._unfinished, None
        # With its ground, of which a picture alone is kept for what is drawn again and again: this is drawn once.
        self.repaint(rect)

    def repaint(self, rect: Rect | None, *, ground: bool = True) -> None:
        """Asks for a rectangle to be painted again, with what is drawn around it.

        Without its `ground` (boundaries and bands) where only wires, or what lies over everything, are others.
        """
        if rect is None or self._all_is_painted:
            return
        self._outdated(self._with_margin(rect), Depth.GROUND if ground else Depth.DRAWING)

    def repaint_over(self, rect: Rect) -> None:
        """Asks for what lies over a rectangle of the drawing to be painted again: handles, previews, a rubber band."""
        if not self._all_is_painted:
            self._outdated(self._with_margin(rect), Depth.OVERLAY)

    def _with_margin(self, rect: Rect) -> Rect:
        return grown(rect, max(_AROUND, _AROUND / self.frame.zoom))

    def area_of(self, component: str) -> Rect:
        """The rectangle of a component with its band."""
        band = self.bands.band(component)
        rect = self.rects[component]
        return rect if band is None else united(rect, band.rect) or rect

    def repaint_component(self, key: str) -> None:
        """Asks for a component to be painted again, with its band or what leads it to its lane."""
        if self._all_is_painted:
            return
        standing = self.labels.standing(key)
        # What leads a component to its lane is not shown while it is dragged.
        if standing is not None and (standing.band or key not in self.lifted):
            self.repaint(self.area_of(key))
        elif key in self.lifted:
            self._repaint_lifted(self.rects[key])
        else:
            self.repaint(self.rects[key], ground=False)

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

    @contextmanager
    def _painting_all(self, depth: Depth = Depth.GROUND) -> Iterator[None]:
        """Meanwhile nobody has to say what is to be painted: everything is, as deep as told."""
        self._outdated(None, depth)
        self._all_is_painted = True
        try:
            yield
        finally:
            self._all_is_painted = False

    def _painting_many(self, places: Sequence[tuple[str, float, float]]) -> AbstractContextManager[None]:
        """The same while many components move; the ground stays where none of them has a band."""
        keys = [key for key, _x, _y in places]
        if any(self.labels.standing(key) is not None for key in keys):
            return self._painting_all()
        lifted = self.frame.level is not Level.FAR and self.lifted.issuperset(keys)
        return self._painting_all(Depth.OVERLAY if lifted else Depth.DRAWING)

    def repaint_all(self) -> None:
        """Asks for everything to be painted again."""
        self._outdated(None, Depth.GROUND)

    def watch(self, outdated: Callable[[Rect | None, Depth], None]) -> None:
        """From now on calls a function for each rectangle, or `None` for everything, that is to be painted again."""
        self._outdated = outdated

    def paint_ground(self, painter: QPainter, parts: Iterable[Rect]) -> None:
        """Draws what lies below wires and cards: boundaries from the outermost to the innermost, and bands.

        Given are the parts that are wanted; the painter stands in scene coordinates. The view keeps the picture of it:
        it changes far more rarely than what lies upon it, and costs as much to draw.
        """
        around = [grown(part, _AROUND / self.frame.zoom) for part in parts]
        paint_each(painter, self.boundaries_in(*around), BoundaryItem.paint)
        painter.save()
        self.band_painter.paint_parts(painter, around)
        painter.restore()

    def paint(self, painter: QPainter, parts: Sequence[Rect]) -> None:
        """Draws parts of what lies upon the ground, close up: wires, above them titles, above those components."""
        for layer in (self.wire_layer.paint, self._paint_titles, self._paint_cards):
            painter.save()
            layer(painter, parts)
            painter.restore()

    def paint_lifted(self, painter: QPainter, part: Rect) -> None:
        """Draws what is being dragged in a part of the drawing; from far away it is drawn with all else."""
        if self.frame.level is Level.FAR:
            return
        painter.save()
        self.wire_layer.paint_live(painter, part)
        painter.restore()
        if self.lifted:
            near = grown(part, self._card_over)
            found = [self.components[key] for key in self.lifted if overlaps(self.rects[key], near)]
            painter.save()
            paint_cards(painter, sorted(found, key=_height))
            painter.restore()

    def _paint_titles(self, painter: QPainter, parts: Sequence[Rect]) -> None:
        """A wire that crosses a title passes behind its letters."""
        self.title_rooms.refresh()
        around = _TITLE_OVER / self.frame.zoom
        paint_each(painter, self.boundaries_in(*(grown(part, around) for part in parts)), BoundaryItem.paint_title)

    def _paint_cards(self, painter: QPainter, parts: Sequence[Rect]) -> None:
        shown = self.components_from_below([grown(part, self._card_over) for part in parts])
        paint_cards(painter, [item for item in shown if item.key not in self.lifted] if self.lifted else shown)

    @property
    def _card_over(self) -> float:
        """How far what is drawn of a card may stand over its border."""
        return max(CARD_OVER, CARD_OVER / self.frame.zoom)


def _standing(item: BoundaryItem) -> tuple[float, int]:
    return item.height, item.number


def _height(item: ComponentItem) -> int:
    return item.order
