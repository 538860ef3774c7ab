"""A boundary on the canvas: frame, title bar, and the lanes of its zones when it is a VPC."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import count
from math import ceil
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPixmap, QStaticText, QTransform

from designer.gui.canvas.blocks import Doubles, doubles, draw_lines
from designer.gui.canvas.cards import BADGE_HEIGHT, LOCK, badge_width, draw_badge, draw_lock
from designer.gui.canvas.component_item import static_text
from designer.gui.canvas.fold_face import paint_content, paint_control, paint_state
from designer.gui.canvas.lane_heads import HEIGHT as LANE_HEADS
from designer.gui.canvas.lane_heads import LaneHeads
from designer.gui.canvas.metrics import TITLE_HEIGHT, Rect, boundary_rect, height_of, on_pixel
from designer.gui.canvas.pinned import MARK, draw_mark, mark_of
from designer.gui.icons import draw_service
from designer.layout.zones import Lanes
from designer.model.entities import Boundary, Collection

if TYPE_CHECKING:
    from designer.analysis.scale import Severity
    from designer.gui.canvas.scene import Scene

_RADIUS = 8.0
_ICON = 16
FADED = 0.35
_TITLE_LEFT = 29
_TITLE_END = 28
"""What stays free at the right end of a title bar: the control that collapses is there."""
_NARROW_END = 8
_NARROW = 130
"""A title bar of less width has no room for an icon beside the name."""
_LEAST_TITLE = 48
"""A title with less room, in pixels, is left out."""
ABOVE = 18.0
"""The height of a title that stands above the frame, in pixels."""
_PLATE = 18.0
"""The height of the ground of a title, which covers wires that cross it."""
_BADGE_GAP = 8
_STRIP = 20
"""The height of what is drawn for a title, before it is scaled."""
_SMALLEST_TITLE = 0.8
_DASH, _GAP = 4.0, 3.0
"""The dashes between lanes, in pixels."""
_CELL_GAP = 5.0
_CELL_RADIUS = 5.0
_IDENTITY = QTransform()
_NUMBERS = count()


class BoundaryItem:
    """Draws one boundary below wires and components; a boundary inside another lies above it.

    It is no item of Qt's: the scene draws all boundaries as its ground, of which the view keeps a picture.
    """

    def __init__(self, owner: Scene, boundary: Boundary, depth: int) -> None:
        self.owner = owner
        self.number = next(_NUMBERS)
        """Of two boundaries as high as one another the one with the greater number lies above."""
        self.entity = boundary
        self.depth = depth
        self.rect: Rect = (0, 0, 0, 0)
        self.faded = False
        self._frame = QRectF()
        self._bar = QPainterPath()
        self._title: tuple[int, QStaticText] | None = None
        self._heads = LaneHeads(owner, boundary.id) if boundary.kind == "vpc" else None
        self._picture: tuple[object, QPixmap] | None = None
        self._dashes: tuple[tuple[int, float, float, float], Doubles] | None = None
        self._room: tuple[tuple[float, Rect, float], tuple[float, float]] | None = None
        self.show_entity(boundary, depth)

    def show_entity(self, boundary: Boundary, depth: int) -> None:
        """Shows another state of the boundary."""
        self.entity, self.depth = boundary, depth
        self.height = depth + height_of(boundary.layer)
        """Of two boundaries at a place the one with the greater height lies above: the inner, else the upper layer."""
        self.place(boundary_rect(boundary))
        self.forget_texts()

    def place(self, rect: Rect) -> None:
        """Shows the boundary elsewhere, without a change of the document."""
        if rect == self.rect:
            return
        self.rect = rect
        self.owner.frames.put(self.entity.id, rect)
        self._frame = QRectF(0, 0, rect[2] - rect[0], rect[3] - rect[1])
        self._bar = _rounded_top(self._frame.width(), min(TITLE_HEIGHT, self._frame.height()))

    @property
    def title_height(self) -> float:
        """The height of the title bar, with the names of the lanes below it."""
        return TITLE_HEIGHT + (LANE_HEADS if self._heads is not None and not self.entity.collapsed else 0)

    def forget_texts(self) -> None:
        """Lays the texts out again when next drawn."""
        self._title = self._picture = None
        if self._heads is not None:
            self._heads.forget_texts()

    def paint(self, painter: QPainter) -> None:
        """Draws the frame and what folds it, the boundary's corner at the origin; the title comes above the wires."""
        self.paint_frame(painter)
        paint_control(painter, self.owner, self.entity, self._frame.width())

    def paint_frame(self, painter: QPainter) -> None:
        """Draws the frame, its title bar and lanes, its corner at the origin."""
        owner, look = self.owner, self.owner.look
        emphasis, key = owner.emphasis, self.entity.id
        role = owner.labels.boundary_role(self.entity)
        if self.faded:
            painter.setOpacity(FADED)
        target = key in emphasis.drop_targets
        pen = look.boundary_pens[role]
        if target:
            pen = look.boundary_target
        elif key in emphasis.selected[Collection.BOUNDARIES]:
            pen = look.boundary_selected
        elif key in emphasis.lit:
            pen = look.boundary_witness
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(look.no_pen)
        folded = self.entity.collapsed
        lanes = owner.bands.lanes_around(key) if self.entity.kind == "tier" and not folded else None
        if target or lanes is None:
            painter.setBrush(look.boundary_target_fill if target else look.boundary_fills[role])
            painter.drawRoundedRect(self._frame, _RADIUS, _RADIUS)
        painter.setBrush(look.boundary_bars[role])
        painter.drawPath(self._bar)
        if folded:
            paint_content(painter, owner, self.entity, (self._frame.width(), self._frame.height()))
        elif self.entity.kind == "vpc":
            self._paint_lanes(painter)
        elif lanes is not None and not target:
            self._paint_subnets(painter, lanes, role)
        painter.setPen(pen)
        painter.setBrush(look.no_brush)
        painter.drawRoundedRect(self._frame, _RADIUS, _RADIUS)

    def _paint_lanes(self, painter: QPainter) -> None:
        """Draws the dashed lines between the lanes, dash by dash: Qt's own dashes take a hundred times as long."""
        lanes = self.owner.bands.lanes(self.entity.id)
        assert lanes is not None
        zoom, width, height = self.owner.frame.zoom, lanes.width, self._frame.height()
        key = (len(lanes.zones), width, height, zoom)
        if self._dashes is None or self._dashes[0] != key:
            dashes = doubles()
            for number in range(1, len(lanes.zones)):
                x, y = number * width, float(TITLE_HEIGHT)
                while y < height:
                    dashes.extend((x, y, x, min(height, y + _DASH / zoom)))
                    y += (_DASH + _GAP) / zoom
            self._dashes = key, dashes
        painter.setPen(self.owner.look.lane_dash)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        draw_lines(painter, self._dashes[1])
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)

    def _paint_subnets(self, painter: QPainter, lanes: Lanes, role: str) -> None:
        """Draws a tier's subnets: one in each lane of its zones. Between them the lanes' lines show."""
        look = self.owner.look
        painter.setPen(look.cell_edges[role] if self.owner.frame.titles_inside else look.no_pen)
        painter.setBrush(look.boundary_fills[role])
        left, top, right, bottom = self.rect
        for number in lanes.numbers(self.owner.labels.boundary_zones(self.entity)):
            begin, end = lanes.sides(number, number)
            begin, end = max(begin, left) + _CELL_GAP, min(end, right) - _CELL_GAP
            if end > begin and bottom - top > TITLE_HEIGHT + 2 * _CELL_GAP:
                cell = QRectF(begin - left, TITLE_HEIGHT + _CELL_GAP, end - begin, 0)
                cell.setBottom(self._frame.height() - _CELL_GAP)
                painter.drawRoundedRect(cell, _CELL_RADIUS, _CELL_RADIUS)

    @property
    def stands_out(self) -> bool:
        """Whether more than the colour of its frame, or that it is faded, tells it from others."""
        emphasis, key = self.owner.emphasis, self.entity.id
        return key in emphasis.drop_targets or key in emphasis.lit

    def paint_title(self, painter: QPainter) -> None:
        """Draws the title on the title bar, the boundary's corner at the origin."""
        frame = self.owner.frame
        if self.faded:
            painter.setOpacity(FADED)
        if self.entity.collapsed:
            paint_state(painter, self.owner, self.entity)
        elif self._heads is not None:
            self._heads.paint(painter)
        # From afar the bar is too low for letters: they stand above the frame, and only for the outermost.
        outside = not frame.titles_inside
        start, width = 0.0, self._frame.width() * frame.zoom
        if outside:
            start, width = self._free_above(width) if self.depth <= 1 else (0.0, 0.0)
        if width < _LEAST_TITLE:
            return
        transform = painter.worldTransform()
        scale = max(_SMALLEST_TITLE, frame.zoom)
        middle = -ABOVE / 2 if outside else max(9.0, TITLE_HEIGHT * frame.zoom / 2)
        # The plate ends where the bar does, whose middle the letters cannot keep to when they are smallest.
        plate = _PLATE if outside else min(_PLATE, 2 * (TITLE_HEIGHT * frame.zoom - middle - 1) / scale)
        picture = self._title_picture(int(width / scale), scale, frame.ratio, plate)
        left, top = transform.dx() + start, transform.dy() + middle - picture.height() / frame.ratio / 2
        painter.setWorldTransform(_IDENTITY)
        painter.drawPixmap(QPointF(on_pixel(left, frame.ratio), on_pixel(top, frame.ratio)), picture)
        painter.setWorldTransform(transform)

    def _free_above(self, width: float) -> tuple[float, float]:
        """Where above the frame a title has most room before or after the cards there: its left end and its width."""
        key = (width, self.rect, self.owner.frame.zoom)
        if self._room is None or self._room[0] != key:
            self._room = key, self._find_free_above(width)
        return self._room[1]

    def forget_room(self) -> None:
        """Looks for room above the frame again when next drawn: other cards may stand there."""
        self._room = None

    def _find_free_above(self, width: float) -> tuple[float, float]:
        owner, zoom = self.owner, self.owner.frame.zoom
        left, top, right, _bottom = self.rect
        cards = [owner.rects[key] for key in owner.components_in((left, top - ABOVE / zoom, right, top))]
        before = min([width, *((card[0] - left) * zoom for card in cards)])
        after = min([width, *((right - card[2]) * zoom for card in cards)])
        return (0.0, before) if before >= after else (width - after, after)

    def _title_picture(self, width: int, scale: float, ratio: float, plate: float) -> QPixmap:
        """Icon, name and badge, drawn once: from afar there may be a hundred titles in one picture."""
        labels = self.owner.labels
        found = self._badge(width)
        key = (width, scale, ratio, plate, self.owner.look, found, labels.boundary_role(self.entity))
        if self._picture is None or self._picture[0] != key:
            used = _TITLE_LEFT + self._fitted_title(width).size().width() + 1
            if self.entity.locked:
                used += _BADGE_GAP + LOCK
            if mark_of(self.entity) is not None:
                used += _BADGE_GAP + MARK[0]
            if found is not None:
                used += _BADGE_GAP + badge_width(self.owner.look, found[1])
            picture = QPixmap(ceil(used * scale * ratio), ceil(_STRIP * scale * ratio))
            picture.setDevicePixelRatio(ratio)
            picture.fill(Qt.GlobalColor.transparent)
            painter = QPainter(picture)
            painter.scale(scale, scale)
            painter.translate(0, _STRIP / 2)
            self._write_title(painter, width, plate)
            painter.end()
            self._picture = (key, picture)
        return self._picture[1]

    def paint_scaled_title(self, painter: QPainter) -> None:
        """Draws the title in canvas units, for a picture in which everything has one scale."""
        if self.faded:
            painter.setOpacity(FADED)
        if self.entity.collapsed:
            paint_state(painter, self.owner, self.entity)
        elif self._heads is not None:
            self._heads.paint_scaled(painter)
        painter.translate(0, TITLE_HEIGHT / 2)
        self._write_title(painter, int(self._frame.width()), _PLATE)

    def _write_title(self, painter: QPainter, width: int, plate: float) -> None:
        """Draws icon and name, their middle line at the origin's height, on a plate that covers wires."""
        look, role = self.owner.look, self.owner.labels.boundary_role(self.entity)
        narrow = width < _NARROW
        left = _ICON_BOX.left() if narrow else _TITLE_LEFT
        text = self._fitted_title(width)
        painter.setPen(look.no_pen)
        painter.setBrush(look.boundary_bars[role] if self.owner.frame.titles_inside else look.canvas)
        painter.drawRect(QRectF(5, -plate / 2, left + text.size().width(), plate))
        if not narrow:
            draw_service(painter, self.owner.labels.boundary_icon(self.entity), _ICON_BOX)
        painter.setFont(look.title_font)
        painter.setPen(look.boundary_texts[role])
        painter.drawStaticText(QPointF(left, -text.size().height() / 2), text)
        painter.translate(left + text.size().width() + _BADGE_GAP, 0)
        if self.entity.locked:
            painter.translate(0, -LOCK / 2)
            draw_lock(painter, look)
            painter.translate(LOCK + _BADGE_GAP, LOCK / 2)
        if (mark := mark_of(self.entity)) is not None:
            painter.translate(0, -MARK[1] / 2)
            draw_mark(painter, look, mark)
            painter.translate(MARK[0] + _BADGE_GAP, MARK[1] / 2)
        found = self._badge(width)
        if found is not None:
            painter.translate(0, -BADGE_HEIGHT / 2)
            draw_badge(painter, look, *found)

    def _badge(self, width: int) -> tuple[Severity, int] | None:
        """What the badge tells, where there is room for one: from afar the name comes first."""
        if width < _NARROW and not self.owner.frame.titles_inside:
            return None
        return self.owner.labels.findings(self.entity.id, Collection.BOUNDARIES)

    def _fitted_title(self, width: int) -> QStaticText:
        """The name as far as there is room for it beside icon and badge."""
        narrow = width < _NARROW
        used = _ICON_BOX.left() + _NARROW_END if narrow else _TITLE_LEFT + _TITLE_END
        found = self._badge(width)
        if found is not None:
            used += _BADGE_GAP + badge_width(self.owner.look, found[1])
        if self.entity.locked:
            used += _BADGE_GAP + LOCK
        if mark_of(self.entity) is not None:
            used += _BADGE_GAP + MARK[0]
        return self._made_title(int(width - used))

    def _made_title(self, room: int) -> QStaticText:
        if self._title is None or self._title[0] != room:
            text = static_text(self.entity.name, self.owner.look.title_metrics, max(0, room))
            text.prepare(font=self.owner.look.title_font)
            self._title = (room, text)
        return self._title[1]


def paint_each(
    painter: QPainter, items: Iterable[BoundaryItem], paint: Callable[[BoundaryItem, QPainter], None]
) -> None:
    """Lets boundaries draw one after the other, each with its corner at the origin."""
    for item in items:
        painter.save()
        painter.translate(item.rect[0], item.rect[1])
        paint(item, painter)
        painter.restore()


_ICON_BOX = QRectF(8, -_ICON / 2, _ICON, _ICON)


def _rounded_top(width: float, height: float) -> QPainterPath:
    """A bar with rounded upper corners."""
    path = QPainterPath(QPointF(0, height))
    path.lineTo(0, _RADIUS)
    path.quadTo(0, 0, _RADIUS, 0)
    path.lineTo(width - _RADIUS, 0)
    path.quadTo(width, 0, width, _RADIUS)
    path.lineTo(width, height)
    path.closeSubpath()
    return path
