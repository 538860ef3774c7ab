"""The heads of a VPC's lanes: the zone of each, whether it is down, and a mark where it has a NAT gateway."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPixmap, QStaticText, QTransform

from designer.gui.canvas.level_of_detail import Frame
from designer.gui.canvas.metrics import TITLE_HEIGHT, on_pixel
from designer.language import tr

if TYPE_CHECKING:
    from designer.gui.canvas.scene import Scene

HEIGHT = 20
"""The height of the row below the VPC's title in which its lanes have their names."""
_LEFT = 34
_SHOWN_FROM = 0.55
_LEAST = 60
"""Zones are named from this zoom on, where a lane has so many pixels."""
_SMALLEST = 0.8
"""Letters do not become smaller than at this zoom."""
_NAT_WIDTH, _NAT_HEIGHT = 25, 13
_GATEWAY_GAP = 5
_IDENTITY = QTransform()


class LaneHeads:
    """Writes them; the painter's origin is the VPC's corner."""

    def __init__(self, owner: Scene, vpc: str) -> None:
        self._owner = owner
        self._vpc = vpc
        self._texts: tuple[object, list[QStaticText]] | None = None

    def forget_texts(self) -> None:
        """Lays the texts out again when next drawn."""
        self._texts = None

    def paint(self, painter: QPainter) -> None:
        """Writes as large as on the screen it must be to be read."""
        frame, lanes = self._owner.frame, self._owner.bands.lanes(self._vpc)
        if lanes is None or frame.zoom < _SHOWN_FROM or lanes.width * frame.zoom < _LEAST:
            return
        transform, scale = painter.worldTransform(), max(_SMALLEST, frame.zoom)
        middle = transform.dy() + (TITLE_HEIGHT + HEIGHT / 2) * frame.zoom
        top = on_pixel(middle - HEIGHT / 2 * scale, frame.ratio)
        painter.setWorldTransform(_IDENTITY)
        for number, zone in enumerate(lanes.zones):
            left = on_pixel(transform.dx() + (number * lanes.width + _LEFT) * frame.zoom, frame.ratio)
            painter.drawPixmap(QPointF(left, top), self._picture(number, zone, Frame(scale, frame.ratio)))
        painter.setWorldTransform(transform)

    def _picture(self, number: int, zone: str, frame: Frame) -> QPixmap:
        """A head as drawn for all lanes that have the same."""
        labels, text = self._owner.labels, self._made()[number]
        gateway, lost = zone in labels.gateways(self._vpc), zone in labels.failed_gateways
        key = ("lane", text.text(), zone in labels.failed_zones, gateway, lost)
        size = (text.size().width() + (_GATEWAY_GAP + _NAT_WIDTH if gateway else 0) + 1, HEIGHT)

        def paint(painter: QPainter) -> None:
            painter.translate(0, HEIGHT / 2)
            self._write_head(painter, number, zone)

        return self._owner.cards.mark(key, size, frame, paint)

    def paint_scaled(self, painter: QPainter) -> None:
        """Writes in canvas units, for a picture in which everything has one scale."""
        lanes = self._owner.bands.lanes(self._vpc)
        if lanes is None:
            return
        for number, zone in enumerate(lanes.zones):
            painter.save()
            painter.translate(number * lanes.width + _LEFT, TITLE_HEIGHT + HEIGHT / 2)
            self._write_head(painter, number, zone)
            painter.restore()

    def _write_head(self, painter: QPainter, number: int, zone: str) -> None:
        """Writes one zone from the origin to the right."""
        look, labels = self._owner.look, self._owner.labels
        down = zone in labels.failed_zones
        text = self._made()[number]
        painter.setFont(look.lane_font)
        painter.setPen(look.lane_down_text if down else look.lane_text)
        painter.drawStaticText(QPointF(0, -text.size().height() / 2), text)
        if zone in labels.gateways(self._vpc):
            self._draw_gateway(painter, text.size().width() + _GATEWAY_GAP, down or zone in labels.failed_gateways)

    def _draw_gateway(self, painter: QPainter, left: float, lost: bool) -> None:
        """Draws the mark of a NAT gateway, struck out where it is lost."""
        look = self._owner.look
        box = QRectF(left, -_NAT_HEIGHT / 2, _NAT_WIDTH, _NAT_HEIGHT)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(look.lane_down_text if lost else look.chip_border)
        painter.setBrush(look.card)
        painter.drawRoundedRect(box, _NAT_HEIGHT / 2, _NAT_HEIGHT / 2)
        painter.setPen(look.lane_down_text if lost else look.card_subtext)
        painter.setFont(look.chip_font)
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, "NAT")
        if lost:
            painter.drawLine(box.topLeft(), box.bottomRight())

    def _made(self) -> list[QStaticText]:
        """The zone of each lane in words."""
        labels = self._owner.labels
        key = labels.boundary_zones(self._owner.boundaries[self._vpc].entity), labels.failed_zones
        if self._texts is None or self._texts[0] != key:
            texts = []
            for zone in key[0]:
                said = tr("Zone {zone} is down", zone=zone) if zone in key[1] else tr("Zone {zone}", zone=zone)
                text = QStaticText(said)
                text.prepare(font=self._owner.look.lane_font)
                texts.append(text)
            self._texts = key, texts
        return self._texts[1]
