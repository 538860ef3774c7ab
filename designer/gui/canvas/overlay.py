"""What lies above the drawing while something is going on: handles, rubber band, previews."""

from __future__ import annotations

from dataclasses import field
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPolygonF

from designer.gui.canvas import caption
from designer.gui.canvas.bands import GRIP_HEIGHT, GRIP_WIDTH
from designer.gui.canvas.blocks import doubles, draw_lines
from designer.gui.canvas.caption import Caption
from designer.gui.canvas.hit_test import CORNERS, corner_point, grip_points, handle_point
from designer.gui.canvas.level_of_detail import Level
from designer.gui.canvas.metrics import Point, Rect, box, grown, united
from designer.gui.canvas.wire import Wire
from designer.gui.canvas.wire_path import arrow_head, rounded, shortened, solid
from designer.records import record

if TYPE_CHECKING:
    from designer.gui.canvas.guides import Guide
    from designer.gui.canvas.scene import Scene

_KNOB = 5.0
_SQUARE = 4.0
_CORNER = 3.5
_APART = 20.0
_GHOST = 0.75
_ROOM = 24.0


@record(frozen=False)
class WirePreview:
    """A wire being drawn: its points, the side it would enter by, and whether it may end there."""

    points: list[Point]
    side: int
    allowed: bool
    head: QPolygonF = field(init=False)

    def __post_init__(self) -> None:
        self.head = QPolygonF([QPointF(x, y) for x, y in arrow_head(self.points[-1], self.side)])

    def bounds(self) -> Rect:
        """The rectangle around it."""
        xs, ys = [x for x, _ in self.points], [y for _, y in self.points]
        return min(xs), min(ys), max(xs), max(ys)


class Overlay:
    """Holds what gestures show and draws it after everything else."""

    def __init__(self, scene: Scene) -> None:
        self._scene = scene
        self.band: Rect | None = None
        self.enclosing = False
        self.wire: WirePreview | None = None
        self.ghosts: list[tuple[str | None, Rect]] = []
        """Things that would appear: (service kind, or `None` for a boundary; rectangle)."""
        self.guides: list[Guide] = []
        """Lines that what is dragged stands on, and gaps that are equal."""
        self.caption: Caption | None = None
        """What is said about what is being dragged."""
        self.knobs: str | None = None
        """The component whose connect handles are shown."""
        self.frames: str | None = None
        """The boundary whose resize handles are shown."""
        self.band_of: str | None = None
        """The component whose band can be made longer and shorter."""
        self.grips: str | None = None
        """The wire whose ends can be taken hold of."""

    def forget(self) -> None:
        """Shows nothing more: another document was opened."""
        self.band = self.wire = self.knobs = self.frames = self.grips = self.band_of = None
        self.ghosts = []
        self.guides = []
        self.caption = None

    def show_band(self, band: Rect | None, enclosing: bool = False) -> None:
        """Shows a rubber band, or none."""
        self._repaint(united(self.band, band))
        self.band, self.enclosing = band, enclosing

    def show_wire(self, wire: WirePreview | None) -> None:
        """Shows a wire being drawn, or none."""
        before = self.wire.bounds() if self.wire else None
        self._repaint(united(before, wire.bounds() if wire else None))
        self.wire = wire

    def show_ghosts(self, ghosts: list[tuple[str | None, Rect]]) -> None:
        """Shows what would appear."""
        around: Rect | None = None
        for _kind, rect in (*self.ghosts, *ghosts):
            around = united(around, rect)
        self.ghosts = ghosts
        self._repaint(around)

    def show_guides(self, guides: list[Guide]) -> None:
        """Shows what something that is dragged lines up with."""
        if guides != self.guides:
            for guide in set(self.guides) ^ set(guides):
                self._repaint((*guide.start, *guide.end))
            self.guides = guides

    def show_caption(self, text: str, around: Rect | None, *, refused: bool = False) -> None:
        """Says something above a rectangle; nothing without one."""
        before = self.caption
        if around is None:
            self.caption = None
        elif before is not None and (before.text, before.refused) == (text, refused):
            self._repaint_caption()
            before.around = around
        else:
            self.caption = Caption(self._scene.look, text, around, refused)
        if before is not None and self.caption is not before:
            before, self.caption = self.caption, before
            self._repaint_caption()
            self.caption = before
        self._repaint_caption()

    @property
    def band_shown(self) -> str | None:
        """The component whose band shows its grips: the one that the pointer is over, else the one selected."""
        for key in (self.knobs, self.band_of):
            if key is not None and key in self._scene.rects and self._scene.bands.band(key) is not None:
                return key
        return None

    def show_band_of(self, component: str | None) -> None:
        """Shows the grips of a component's band while the pointer is over no other."""
        if component != self.band_of:
            before, self.band_of = self.band_of, component
            for key in (before, component):
                self._repaint(self._reach(key))

    def _reach(self, component: str | None) -> Rect | None:
        """The rectangle of a component and its band."""
        rect = self._scene.rects.get(component) if component is not None else None
        band = self._scene.bands.band(component) if component is not None and rect is not None else None
        return united(rect, band.rect) if band is not None else rect

    def show_knobs(self, component: str | None) -> None:
        """Shows the connect handles of a component."""
        if component != self.knobs:
            for key in (self.knobs, component):
                self._repaint(self._reach(key))
            self.knobs = component

    def show_frames(self, boundary: str | None) -> None:
        """Shows the resize handles of a boundary."""
        if boundary != self.frames:
            for key in (self.frames, boundary):
                if key and (item := self._scene.boundaries.get(key)):
                    self._repaint(item.rect)
            self.frames = boundary

    def show_grips(self, wire: str | None) -> None:
        """Shows the grips at the ends of a wire."""
        if wire != self.grips:
            for key in (self.grips, wire):
                if key and (found := self._scene.wires.all.get(key)):
                    self._repaint(found.bounds)
            self.grips = wire

    def paint(self, painter: QPainter) -> None:
        """Draws everything that is shown now; the painter stands in scene coordinates."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.ghosts:
            self._paint_ghosts(painter)
        if self.frames in self._scene.boundaries:
            self._paint_frames(painter, self._scene.boundaries[self.frames].rect)
        if self.knobs in self._scene.rects and self._scene.frame.level is not Level.FAR:
            self._paint_knobs(painter, self._scene.rects[self.knobs])
        if (key := self.band_shown) is not None and self._scene.frame.level is not Level.FAR:
            self._paint_band_ends(painter, key)
        if self.wire is not None:
            self._paint_wire(painter, self.wire)
        elif self.grips in self._scene.wires.all and self._scene.frame.level is not Level.FAR:
            self._paint_grips(painter, self._scene.wires.all[self.grips])
        if self.guides:
            from designer.gui.canvas.guide_lines import paint_guides

            paint_guides(painter, self._scene.look, self.guides)
        if self.caption is not None:
            self.caption.paint(painter, self._scene.look)
        if self.band is not None:
            look = self._scene.look
            painter.setPen(look.accent_thin if self.enclosing else look.accent_dashes)
            painter.setBrush(look.band)
            painter.drawRect(box(self.band))

    def _paint_ghosts(self, painter: QPainter) -> None:
        scene = self._scene
        for kind, rect in self.ghosts:
            painter.setPen(scene.look.accent_dashes)
            painter.setBrush(scene.look.card if kind else scene.look.band)
            painter.setOpacity(_GHOST)
            painter.drawRoundedRect(box(rect), 8, 8)
            if kind is not None:
                icon = scene.cards.icon(kind, scene.frame)
                size = icon.width() / icon.devicePixelRatio() / scene.frame.zoom
                painter.drawPixmap(QRectF(rect[0] + 12, rect[1] + 12, size, size), icon, QRectF(icon.rect()))
            painter.setOpacity(1)

    def _paint_frames(self, painter: QPainter, rect: Rect) -> None:
        half = _SQUARE / self._scene.frame.zoom
        painter.setPen(self._scene.look.accent_pen)
        painter.setBrush(self._scene.look.handle)
        for corner in CORNERS:
            x, y = corner_point(rect, corner)
            painter.drawRect(QRectF(x - half, y - half, 2 * half, 2 * half))

    def _paint_band_ends(self, painter: QPainter, key: str) -> None:
        band = self._scene.bands.band(key)
        if band is None:
            return
        painter.setPen(self._scene.look.handle_edge)
        painter.setBrush(self._scene.look.accent)
        top = (band.rect[1] + band.rect[3] - GRIP_HEIGHT) / 2
        for x in (band.rect[0], band.rect[2]):
            painter.drawRoundedRect(QRectF(x - GRIP_WIDTH / 2, top, GRIP_WIDTH, GRIP_HEIGHT), 3, 3)

    def _paint_knobs(self, painter: QPainter, rect: Rect) -> None:
        look, zoom = self._scene.look, self._scene.frame.zoom
        radius = _KNOB / max(zoom, 0.7)
        painter.setPen(look.accent_pen)
        painter.setBrush(look.handle)
        for side in range(4):
            x, y = handle_point(rect, side)
            painter.drawEllipse(QPointF(x, y), radius, radius)

    def _paint_grips(self, painter: QPainter, wire: Wire) -> None:
        radius = _KNOB / max(self._scene.frame.zoom, 0.7)
        painter.setPen(self._scene.look.handle_edge)
        painter.setBrush(self._scene.look.accent)
        points = self._scene.wires.points(wire)
        for x, y in grip_points(points, wire.sides):
            painter.drawEllipse(QPointF(x, y), radius, radius)
        half = _CORNER / max(self._scene.frame.zoom, 0.7)
        ends = points[0], points[-1]
        for x, y in points[1:-1] if wire.via else ():
            # Right beside an end its grip would lie on the corner.
            if min(abs(x - ex) + abs(y - ey) for ex, ey in ends) > _APART:
                painter.drawRect(QRectF(x - half, y - half, 2 * half, 2 * half))

    def _paint_wire(self, painter: QPainter, wire: WirePreview) -> None:
        look = self._scene.look
        painter.setPen(look.accent_pen if wire.allowed else look.refused_pen)
        draw_lines(painter, doubles(solid(rounded(shortened(wire.points, 7)))))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.accent if wire.allowed else look.refused)
        painter.drawPolygon(wire.head)

    def _repaint_caption(self) -> None:
        if self.caption is not None:
            self._scene.repaint_over(grown(self.caption.around, caption.ROOM / self._scene.frame.zoom))

    def _repaint(self, rect: Rect | None) -> None:
        if rect is not None:
            self._scene.repaint_over(grown(rect, _ROOM))
