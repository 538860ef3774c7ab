"""Draws what lies across the lanes of VPCs, above the boundaries and below the wires: bands, and zones that fail."""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum
from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPixmap, QTransform

from designer.gui.canvas.band_marks import Tone
from designer.gui.canvas.blocks import doubles, draw_lines, draw_rects
from designer.gui.canvas.level_of_detail import Level
from designer.gui.canvas.metrics import TITLE_HEIGHT, Rect, box, centre, on_pixel, overlaps
from designer.gui.canvas.standing import Standing
from designer.layout.band_shape import Shape, shape_of
from designer.model.entities import Collection

if TYPE_CHECKING:
    from designer.gui.canvas.bands import Bands
    from designer.gui.canvas.boundary_item import BoundaryItem
    from designer.gui.canvas.scene import Scene

_IDENTITY = QTransform()
_RADIUS = 14.0
_AROUND = 2
"""Room around a band in its picture, for its edge."""
_SLICE = 32
"""The width of the pictures that a band is put together from: its round ends fit in."""


class BandPainter:
    """Draws the bands of a scene. All is worked out when drawn, from what the model says then."""

    def __init__(self, owner: Scene, bands: Bands) -> None:
        self._owner = owner
        self._bands = bands
        self._marks = bands.marks
        self._scaled = False

    def paint_parts(self, painter: QPainter, areas: Sequence[Rect]) -> None:
        """Draws what touches any of some rectangles; the painter stands in scene coordinates."""
        for item in self._bands.vpcs(*areas):
            self._paint_lanes(painter, item)
            self._paint_bands(painter, item, *areas)

    def paint_lifted(self, painter: QPainter, area: Rect) -> None:
        """Draws the bands of what is being dragged that touch a rectangle; with its card they lie over all else."""
        owner = self._owner
        for item in owner.lifted_from_below(area, across=True):
            standing, shape = owner.labels.standing(item.key), self._bands.band(item.key)
            if standing is not None and shape is not None and overlaps(shape.rect, area):
                self._paint_band(painter, item.key, standing, shape, (area,))

    def paint_lanes(self, painter: QPainter, area: Rect) -> None:
        """Draws from far away what stands out among the lanes that touch a rectangle."""
        failing = bool(self._owner.labels.failed_zones)
        wanted = {vpc for vpc, _zone in self._owner.emphasis.lanes}
        if failing or wanted:
            for item in self._bands.vpcs(area):
                if failing or item.entity.id in wanted:
                    self._paint_lanes(painter, item)

    def paint_scaled(self, painter: QPainter, area: Rect) -> None:
        """Draws in canvas units, members too, for a picture in which everything has one scale."""
        self._scaled = True
        try:
            self.paint_parts(painter, (area,))
        finally:
            self._scaled = False

    def _paint_lanes(self, painter: QPainter, item: BoundaryItem) -> None:
        """Hatches the lanes of zones that fail, and lights up the one that something is dragged over."""
        owner, look = self._owner, self._owner.look
        lanes, wanted = self._bands.lanes(item.entity.id), owner.emphasis.lanes
        assert lanes is not None
        for number, zone in enumerate(lanes.zones):
            left, right = lanes.sides(number, number)
            inside = QRectF(left + 2, item.rect[1] + TITLE_HEIGHT, right - left - 4, item.rect[3] - item.rect[1])
            inside.setBottom(item.rect[3] - 2)
            painter.setPen(look.no_pen)
            if zone in owner.labels.failed_zones:
                painter.setBrush(look.lane_down)
                painter.drawRect(inside)
            if (item.entity.id, zone) in wanted:
                painter.setPen(look.lane_target_edge)
                painter.setBrush(look.lane_target)
                painter.drawRect(inside)

    def _paint_bands(self, painter: QPainter, item: BoundaryItem, *areas: Rect) -> None:
        owner = self._owner
        near = owner.frame.level is Level.NEAR
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, near)
        plain: dict[str, _Batch] = {}
        keys = {key for area in areas for key in self._bands.candidates(item, area)}
        for key in sorted(keys, key=lambda key: owner.components[key].order):
            standing = owner.labels.standing(key)
            lifted = key in owner.lifted and not self._scaled
            if standing is None or standing.vpc != item.entity.id or lifted:
                continue
            if not standing.band:
                self._paint_astray(painter, key, standing)
                continue
            shape = self._bands.band(key)
            if shape is None or not any(overlaps(shape.rect, area) for area in areas):
                continue
            component = owner.components[key]
            if near or component.faded or key in owner.emphasis.selected[Collection.COMPONENTS]:
                self._paint_band(painter, key, standing, shape, areas)
            else:
                batch = plain.get(component.kind)
                if batch is None:
                    batch = plain[component.kind] = _Batch()
                self._gather(batch, key, standing, shape)
        for kind, batch in plain.items():
            batch.paint(painter, self._marks.tone(kind))

    def _gather(self, batch: _Batch, key: str, standing: Standing, shape: Shape) -> None:
        """Enters a band that is drawn with straight corners: from afar the round ones are not seen, but cost most."""
        for piece in shape.pieces:
            batch.boxes.extend((piece[0], piece[1], piece[2] - piece[0], piece[3] - piece[1]))
        middle = (shape.rect[1] + shape.rect[3]) / 2
        for one, other in pairwise(shape.pieces):
            batch.links.extend((one[2], middle, other[0], middle))
        if self._bands.is_dragged(key):
            return
        card = self._owner.rects[key]
        for share, room in zip(standing.shares, shape.rooms, strict=True):
            if share.word and self._marks.fits(share.word, room):
                dots = batch.dots if self._marks.is_there(share) else batch.lacks
                dots.extend(self._marks.far_dot(share.word, room, card))

    def _paint_band(self, painter: QPainter, key: str, standing: Standing, shape: Shape, areas: Sequence[Rect]) -> None:
        """Draws a band as it is close up, or faded or selected: a box for each run of lanes, and its members.

        Members outside of all areas are left out.
        """
        owner = self._owner
        component = owner.components[key]
        if component.faded:
            painter.setOpacity(0.3)
        chosen = key in owner.emphasis.selected[Collection.COMPONENTS]
        # The copies are of the view's own scale, which a picture does not have.
        copied = owner.frame.level is Level.NEAR and not chosen and not self._scaled
        for piece in shape.pieces:
            if copied:
                self._copy_piece(painter, component.kind, piece)
            else:
                self._draw_box(painter, component.kind, piece, chosen=chosen)
        self._draw_links(painter, component.kind, shape)
        if not self._bands.is_dragged(key):
            card = owner.rects[key]
            for share, room in zip(standing.shares, shape.rooms, strict=True):
                near = any(room[0] <= area[2] and room[1] >= area[0] for area in areas)
                if near and share.word and self._marks.fits(share.word, room):
                    at = self._marks.left(share.word, room, card), card[1]
                    self._marks.paint(painter, share, component.kind, at, scaled=self._scaled)
        painter.setOpacity(1.0)

    def _copy_piece(self, painter: QPainter, kind: str, piece: Rect) -> None:
        """Puts a piece of a band together from copies of its ends and its middle: to draw round shapes costs most."""
        frame, transform = self._owner.frame, painter.worldTransform()
        ratio, height = frame.ratio, piece[3] - piece[1]
        left = on_pixel(transform.dx() + (piece[0] - _AROUND) * frame.zoom, ratio)
        right = on_pixel(transform.dx() + (piece[2] + _AROUND) * frame.zoom, ratio)
        top = on_pixel(transform.dy() + (piece[1] - _AROUND) * frame.zoom, ratio)
        begin, middle, end = (self._slice(kind, height, part) for part in _Part)
        width = begin.width() / ratio
        if right - left < 2 * width:
            self._draw_box(painter, kind, piece)
            return
        painter.setWorldTransform(_IDENTITY)
        painter.drawPixmap(QPointF(left, top), begin)
        painter.drawTiledPixmap(QRectF(left + width, top, right - left - 2 * width, middle.height() / ratio), middle)
        painter.drawPixmap(QPointF(right - width, top), end)
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

        return cards.kept(("band part", kind, height, part), frame, cut)

    def _draw_box(self, painter: QPainter, kind: str, piece: Rect, *, chosen: bool = False) -> None:
        fill, edge, _dot = self._marks.tone(kind)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(self._owner.look.band_selected if chosen else edge)
        painter.setBrush(fill)
        painter.drawRoundedRect(box(piece), _RADIUS, _RADIUS)

    def _draw_links(self, painter: QPainter, kind: str, shape: Shape) -> None:
        """Draws the lines between the runs of lanes that a band is made of."""
        middle = (shape.rect[1] + shape.rect[3]) / 2
        painter.setPen(self._marks.tone(kind)[1])
        for one, other in pairwise(shape.pieces):
            painter.drawLine(QPointF(one[2], middle), QPointF(other[0], middle))

    def _paint_astray(self, painter: QPainter, key: str, standing: Standing) -> None:
        """Leads from a card to the lane of its zone where it stands in another, as only a file or an edit can say."""
        owner, lanes = self._owner, self._bands.lanes(standing.vpc)
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


class _Part(IntEnum):
    """A third of the long band from which copies are made."""

    BEGIN = 0
    MIDDLE = 1
    END = 2


class _Batch:
    """What bands of one kind are made of, in canvas units: boxes, lines between them, and marks of members."""

    def __init__(self) -> None:
        self.boxes, self.links, self.dots, self.lacks = doubles(), doubles(), doubles(), doubles()

    def paint(self, painter: QPainter, tone: Tone) -> None:
        """Draws it in the colours of the kind."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
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
