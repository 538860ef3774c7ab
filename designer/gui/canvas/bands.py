"""The one item that draws what lies across the lanes of VPCs: bands with their members, and zones that fail."""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum
from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QPainter, QPen, QPixmap, QStaticText, QTransform

from designer.gui.canvas.blocks import doubles, draw_lines, draw_rects
from designer.gui.canvas.component_item import static_text
from designer.gui.canvas.level_of_detail import Level
from designer.gui.canvas.metrics import TITLE_HEIGHT, Point, Rect, box, centre, holds, overlaps
from designer.gui.canvas.standing import Share, Standing
from designer.layout.band_shape import OVER, Shape, shape_of
from designer.layout.zones import Lanes, vpc_around
from designer.model.entities import Collection

if TYPE_CHECKING:
    from designer.gui.canvas.boundary_item import BoundaryItem
    from designer.gui.canvas.scene import Scene

_IDENTITY = QTransform()
_RADIUS = 14.0
_AROUND = 2
"""Room around a band in its picture, for its edge."""
_SLICE = 32
"""The width of the pictures that a band is put together from: its round ends fit in."""
MARK_HEIGHT = 18
_MARK_DOWN = 60
"""The middle of a mark below the card's top: low enough that wires from the card's side pass above it."""
_MARK_LEFT = 22
_MARK_RIGHT = 9
GRIP_WIDTH, GRIP_HEIGHT = 6.0, 24.0
"""The size of the grip at an end of a band."""
_DOT, _FAR_DOT = 8.0, 16.0


class Bands:
    """Draws above the boundaries and below the wires. All is worked out when drawn, from what the model says then."""

    def __init__(self, owner: Scene) -> None:
        self._owner = owner
        self.preview: tuple[str, tuple[str, ...]] | None = None
        """A component whose band is being dragged, with the zones that it would have."""
        self._scaled = False
        self._texts: dict[str, QStaticText] = {}
        self._shapes: dict[str, tuple[object, Shape | None]] = {}

    def forget_looks(self) -> None:
        """Makes colours and texts again when next drawn."""
        self._texts.clear()

    def lanes(self, vpc: str) -> Lanes | None:
        """The lanes of a VPC as it is drawn now."""
        item = self._owner.boundaries.get(vpc)
        if item is None:
            return None
        return Lanes(vpc, self._owner.labels.boundary_zones(item.entity), item.rect[0], item.rect[2])

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
        if self._is_dragged(key):
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

    def chips(self, key: str) -> tuple[str, ...]:
        """What stands on the lower border of a card: members that have no room beside it, else the zones' letters."""
        labels = self._owner.labels
        standing = labels.standing(key)
        shape = self.band(key)
        if standing is None or shape is None:
            return labels.zones(key)
        if self._is_dragged(key):
            return ()
        rooms = zip(standing.shares, shape.rooms, strict=True)
        return tuple(share.word for share, room in rooms if share.word and not self._fits(share.word, room))

    def band_at(self, at: Point) -> str | None:
        """The component whose band is under a point; of several the uppermost."""
        owner = self._owner
        found: tuple[int, str] | None = None
        for item in self._vpcs((*at, *at)):
            for key in owner.components_in(_row(item, (*at, *at))):
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
        self.preview = None if zones is None else (key, zones)
        standing = self._owner.labels.standing(key)
        if standing is not None and standing.vpc in self._owner.boundaries:
            vpc, card = self._owner.boundaries[standing.vpc].rect, self._owner.rects[key]
            self._owner.repaint((vpc[0], card[1] - OVER, vpc[2], card[3] + OVER))

    def paint_parts(self, painter: QPainter, areas: Sequence[Rect]) -> None:
        """Draws what touches any of some rectangles; the painter stands in scene coordinates."""
        for item in self._vpcs(*areas):
            self._paint_lanes(painter, item)
            self._paint_bands(painter, item, *areas)

    def paint_scaled(self, painter: QPainter, area: Rect) -> None:
        """Draws in canvas units, members too, for a picture in which everything has one scale."""
        self._scaled = True
        try:
            self.paint_parts(painter, (area,))
        finally:
            self._scaled = False

    def _vpcs(self, *areas: Rect) -> list[BoundaryItem]:
        found = [each for each in self._owner.boundaries.values() if each.entity.kind == "vpc"]
        found = [each for each in found if not each.entity.collapsed]
        return [item for item in found if any(overlaps(item.rect, area) for area in areas)]

    def _is_dragged(self, key: str) -> bool:
        """Whether an end of this band is being dragged: what it would have in each zone is not known yet."""
        return self.preview is not None and self.preview[0] == key

    def _numbers(self, key: str, standing: Standing, lanes: Lanes) -> tuple[int, ...]:
        if self.preview is not None and self.preview[0] == key:
            return lanes.numbers(self.preview[1])
        return standing.lanes

    def _paint_lanes(self, painter: QPainter, item: BoundaryItem) -> None:
        """Hatches the lanes of zones that fail, and lights up the one that something is dragged over."""
        owner, look = self._owner, self._owner.look
        lanes, wanted = self.lanes(item.entity.id), owner.emphasis.lanes
        assert lanes is not None
        for number, zone in enumerate(lanes.zones):
            left, right = lanes.sides(number, number)
            box = QRectF(left + 2, item.rect[1] + TITLE_HEIGHT, right - left - 4, item.rect[3] - item.rect[1])
            box.setBottom(item.rect[3] - 2)
            painter.setPen(look.no_pen)
            if zone in owner.labels.failed_zones:
                painter.setBrush(look.lane_down)
                painter.drawRect(box)
            if (item.entity.id, zone) in wanted:
                painter.setPen(look.lane_target_edge)
                painter.setBrush(look.lane_target)
                painter.drawRect(box)

    def _paint_bands(self, painter: QPainter, item: BoundaryItem, *areas: Rect) -> None:
        owner = self._owner
        near = owner.frame.level is Level.NEAR
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, near)
        plain: dict[str, _Batch] = {}
        keys = {key for area in areas for key in owner.components_in(_row(item, area))}
        for key in sorted(keys, key=lambda key: owner.components[key].order):
            standing = owner.labels.standing(key)
            if standing is None or standing.vpc != item.entity.id:
                continue
            if not standing.band:
                self._paint_astray(painter, key, standing)
                continue
            shape = self.band(key)
            if shape is None or not any(overlaps(shape.rect, area) for area in areas):
                continue
            component = owner.components[key]
            if near or component.faded or key in owner.emphasis.selected[Collection.COMPONENTS]:
                self._paint_band(painter, key, standing, shape)
            else:
                self._gather(plain.setdefault(component.kind, _Batch()), key, standing, shape)
        for kind, batch in plain.items():
            batch.paint(painter, self._tone(kind))

    def _gather(self, batch: _Batch, key: str, standing: Standing, shape: Shape) -> None:
        """Enters a band that is drawn with straight corners: from afar the round ones are not seen, but cost most."""
        for piece in shape.pieces:
            batch.boxes.extend((piece[0], piece[1], piece[2] - piece[0], piece[3] - piece[1]))
        middle = (shape.rect[1] + shape.rect[3]) / 2
        for one, other in pairwise(shape.pieces):
            batch.links.extend((one[2], middle, other[0], middle))
        if self._owner.frame.level is Level.FAR or self._is_dragged(key):
            return
        card = self._owner.rects[key]
        for share, room in zip(standing.shares, shape.rooms, strict=True):
            if share.word and self._fits(share.word, room):
                left, top = self._mark_left(share.word, room, card) + 9, card[1] + _MARK_DOWN - _FAR_DOT / 2
                (batch.dots if self._is_there(share) else batch.lacks).extend((left, top, _FAR_DOT, _FAR_DOT))

    def _paint_band(self, painter: QPainter, key: str, standing: Standing, shape: Shape) -> None:
        owner = self._owner
        component = owner.components[key]
        if component.faded:
            painter.setOpacity(0.3)
        chosen = key in owner.emphasis.selected[Collection.COMPONENTS]
        # The copies are of the view's own scale, which a picture does not have.
        if owner.frame.level is Level.NEAR and not chosen and not self._scaled:
            for piece in shape.pieces:
                self._copy_piece(painter, component.kind, piece)
            self._draw_links(painter, component.kind, shape)
        else:
            self._draw_ground(painter, component.kind, shape, chosen=chosen)
        card = owner.rects[key]
        top = card[1]
        if owner.frame.level is not Level.FAR and not self._is_dragged(key):
            for share, room in zip(standing.shares, shape.rooms, strict=True):
                if share.word and self._fits(share.word, room):
                    self._paint_mark(painter, share, component.kind, (self._mark_left(share.word, room, card), top))
        painter.setOpacity(1.0)

    def _copy_piece(self, painter: QPainter, kind: str, piece: Rect) -> None:
        """Puts a piece of a band together from copies of its ends and its middle: to draw round shapes costs most."""
        frame, transform = self._owner.frame, painter.worldTransform()
        ratio, height = frame.ratio, piece[3] - piece[1]
        left, right = (
            round((transform.dx() + x * frame.zoom) * ratio) for x in (piece[0] - _AROUND, piece[2] + _AROUND)
        )
        top = round((transform.dy() + (piece[1] - _AROUND) * frame.zoom) * ratio) / ratio
        begin, middle, end = (self._slice(kind, height, part) for part in _Part)
        room = right - left - begin.width() - end.width()
        if room < 0:
            self._draw_box(painter, kind, piece)
            return
        painter.setWorldTransform(_IDENTITY)
        painter.drawPixmap(QPointF(left / ratio, top), begin)
        area = QRectF((left + begin.width()) / ratio, top, room / ratio, middle.height() / ratio)
        painter.drawTiledPixmap(area, middle)
        painter.drawPixmap(QPointF((right - end.width()) / ratio, top), end)
        painter.setWorldTransform(transform)

    def _slice(self, kind: str, height: float, part: _Part) -> QPixmap:
        """A part of a long band of a height, which is drawn once for all three."""
        cards, frame = self._owner.cards, self._owner.frame

        def paint(painter: QPainter) -> None:
            painter.translate(_AROUND, _AROUND)
            self._draw_box(painter, kind, (0, 0, 3 * _SLICE - 2 * _AROUND, height))

        def cut() -> QPixmap:
            whole = cards.mark(("band", kind, height), (3 * _SLICE, height + 2 * _AROUND), frame, paint)
            width = whole.width() // 3
            return whole.copy(part * (whole.width() - width) // 2, 0, width, whole.height())

        return cards.kept(("band", kind, height, part, frame), cut)

    def _draw_ground(self, painter: QPainter, kind: str, shape: Shape, *, chosen: bool) -> None:
        """Draws a band without its members: a box for each run of lanes, and lines between them."""
        for piece in shape.pieces:
            self._draw_box(painter, kind, piece, chosen=chosen)
        self._draw_links(painter, kind, shape)

    def _draw_box(self, painter: QPainter, kind: str, piece: Rect, *, chosen: bool = False) -> None:
        fill, edge, _dot = self._tone(kind)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(self._owner.look.band_selected if chosen else edge)
        painter.setBrush(fill)
        painter.drawRoundedRect(box(piece), _RADIUS, _RADIUS)

    def _draw_links(self, painter: QPainter, kind: str, shape: Shape) -> None:
        middle = (shape.rect[1] + shape.rect[3]) / 2
        painter.setPen(self._tone(kind)[1])
        for one, other in pairwise(shape.pieces):
            painter.drawLine(QPointF(one[2], middle), QPointF(other[0], middle))

    def _paint_astray(self, painter: QPainter, key: str, standing: Standing) -> None:
        """Leads from a card to the lane of its zone where it stands in another, as only a file or an edit can say."""
        owner, lanes = self._owner, self.lanes(standing.vpc)
        card, entity = owner.rects[key], owner.labels.architecture.components.get(key)
        if lanes is None or not standing.lanes or entity is None or (card[0], card[1]) != (entity.x, entity.y):
            return
        if lanes.number_at(centre(card)[0]) in standing.lanes:
            return
        shape = shape_of(lanes, standing.lanes, owner.boundaries[standing.tier or standing.vpc].rect, card)
        if shape is None:
            return
        piece, (x, y) = shape.rect, centre(card)
        self._draw_box(painter, owner.components[key].kind, piece)
        painter.setPen(owner.look.lane_line)
        painter.drawLine(QPointF(x, y), QPointF(piece[2] if piece[2] < x else piece[0], y))

    def _paint_mark(self, painter: QPainter, share: Share, kind: str, at: tuple[float, float]) -> None:
        """A member; `at` is the left end of its mark, and the top of the card beside it."""
        owner, middle, here = self._owner, at[1] + _MARK_DOWN, self._is_there(share)
        word, lost = share.word, share.zone in owner.labels.failed_zones
        if owner.frame.level is not Level.NEAR:
            self._draw_dot(painter, kind, QRectF(at[0] + 9, middle - _FAR_DOT / 2, _FAR_DOT, _FAR_DOT), here=here)
            return
        if self._scaled:
            painter.save()
            painter.translate(at[0] - 1, middle - MARK_HEIGHT / 2 - 1)
            self._draw_mark(painter, word, kind, here=here, lost=lost)
            painter.restore()
            return
        transform, ratio, zoom = painter.worldTransform(), owner.frame.ratio, owner.frame.zoom
        picture = owner.cards.mark(
            ("member", word, kind, here, lost),
            (self._mark_width(word) + 2, MARK_HEIGHT + 2),
            owner.frame,
            lambda inner: self._draw_mark(inner, word, kind, here=here, lost=lost),
        )
        left = round((transform.dx() + (at[0] - 1) * zoom) * ratio) / ratio
        top = round((transform.dy() + (middle - MARK_HEIGHT / 2 - 1) * zoom) * ratio) / ratio
        painter.setWorldTransform(_IDENTITY)
        painter.drawPixmap(QPointF(left, top), picture)
        painter.setWorldTransform(transform)

    def _draw_mark(self, painter: QPainter, word: str, kind: str, *, here: bool, lost: bool) -> None:
        """A pill with a square in the colour of the kind, and what the member is; one unit from the origin.

        What a failing zone takes along is struck out.
        """
        look, text, edge = self._owner.look, self._text(word), self._tone(kind)[1]
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.translate(1, 1)
        painter.setPen(edge)
        painter.setBrush(look.card)
        painter.drawRoundedRect(QRectF(0, 0, self._mark_width(word), MARK_HEIGHT), MARK_HEIGHT / 2, MARK_HEIGHT / 2)
        self._draw_dot(painter, kind, QRectF(9, (MARK_HEIGHT - _DOT) / 2, _DOT, _DOT), here=here)
        painter.setPen(look.card_subtext)
        painter.setFont(look.sub_font)
        painter.drawStaticText(QPointF(_MARK_LEFT, (MARK_HEIGHT - text.size().height()) / 2), text)
        if lost:
            painter.setPen(look.lane_down_text)
            painter.drawLine(QPointF(6, MARK_HEIGHT / 2), QPointF(self._mark_width(word) - 6, MARK_HEIGHT / 2))

    def _draw_dot(self, painter: QPainter, kind: str, box: QRectF, *, here: bool) -> None:
        """Full for a member that is there, empty for one that is missing."""
        look = self._owner.look
        _fill, edge, dot = self._tone(kind)
        painter.setBrush(dot if here else look.no_brush)
        painter.setPen(look.no_pen if here else edge)
        painter.drawRoundedRect(box, 2, 2)

    def _is_there(self, share: Share) -> bool:
        """Whether a component has anything in a zone now."""
        return share.here and share.zone not in self._owner.labels.failed_zones

    def _mark_left(self, word: str, room: tuple[float, float], card: Rect) -> float:
        """Where a mark begins: at the end of its room that is away from the card, where fewer wires come by."""
        return room[0] if room[1] <= card[0] else room[1] - self._mark_width(word)

    def _mark_width(self, word: str) -> float:
        return _MARK_LEFT + self._text(word).size().width() + _MARK_RIGHT

    def _fits(self, word: str, room: tuple[float, float]) -> bool:
        return room[1] - room[0] >= self._mark_width(word)

    def _text(self, word: str) -> QStaticText:
        text = self._texts.get(word)
        if text is None:
            text = self._texts[word] = static_text(word, self._owner.look.sub_metrics, 200)
            text.prepare(font=self._owner.look.sub_font)
        return text

    def _tone(self, kind: str) -> tuple[QBrush, QPen, QBrush]:
        """Fill, edge and mark of a kind's bands, in the colour of its category."""
        catalog = self._owner.labels.catalog
        return self._owner.look.band_tones(catalog.categories[catalog.kinds[kind].category].colour)


class _Part(IntEnum):
    """A third of the long band from which copies are made."""

    BEGIN = 0
    MIDDLE = 1
    END = 2


class _Batch:
    """What bands of one kind are made of, in canvas units: boxes, lines between them, and marks of members."""

    def __init__(self) -> None:
        self.boxes, self.links, self.dots, self.lacks = doubles(), doubles(), doubles(), doubles()

    def paint(self, painter: QPainter, tone: tuple[QBrush, QPen, QBrush]) -> None:
        """Draws it in the colours of the kind."""
        fill, edge, dot = tone
        painter.setPen(edge)
        painter.setBrush(fill)
        draw_rects(painter, self.boxes)
        draw_lines(painter, self.links)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        draw_rects(painter, self.lacks)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(dot)
        draw_rects(painter, self.dots)


def _row(item: BoundaryItem, area: Rect) -> Rect:
    """Where the cards stand whose bands may touch an area: in the whole width of the VPC."""
    return item.rect[0], max(item.rect[1], area[1] - OVER), item.rect[2], min(item.rect[3], area[3] + OVER)
