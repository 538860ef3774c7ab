"""Cards, badges and zone chips: drawn once per kind, state and zoom into pixmaps, then only copied."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import IntEnum
from math import ceil

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPixmap, QPolygonF

from designer.analysis.scale import Severity
from designer.analysis.scale import State as Effects
from designer.gui.canvas.level_of_detail import Frame
from designer.gui.canvas.look import Look
from designer.gui.canvas.metrics import CARD_HEIGHT, CARD_WIDTH
from designer.gui.icons import draw_service, service_pixmap
from designer.gui.states import ROLES as STATE_ROLES
from designer.gui.states import WORDS as STATE_WORDS
from designer.gui.states import draw_sign
from designer.gui.theme import plain_brush
from designer.language import tr

MARGIN = 10
"""Room around a card in its pixmap, for shadow and halo."""
ICON = (12, 12, 40)
"""Left, top and size of the icon on a card."""
_ICON_ALONE = ((CARD_WIDTH - 56) // 2, (CARD_HEIGHT - 56) // 2, 56)
"""The same where there is nothing else on a card."""
BADGE_HEIGHT = 17
BADGE_OVER = 8
"""How far a badge stands over the card's upper and right border."""
CHIP = 15
_RADIUS = 8
_MOST = 600
"""So many pictures are kept for a zoom."""
_MOST_FRAMES = 4
"""Zooms that nobody came back to for a while are forgotten."""
_SMALLEST_BADGE = 0.62


class State(IntEnum):
    """How a card stands out; the pixmaps differ by it."""

    PLAIN = 0
    HOVERED = 1
    SELECTED = 2
    TARGET = 3
    WITNESS = 4


class Cards:
    """The pixmaps for one look and one screen. Those of a few zooms are kept."""

    def __init__(self, look: Look, colours: Mapping[str, str] | None = None) -> None:
        self.look = look
        self._colours = {kind: plain_brush(QColor(colour)) for kind, colour in (colours or {}).items()}
        self._frame = Frame()
        self._made: dict[object, QPixmap] = {}
        """The pictures for the frame that was last asked for: to hash frames would cost as much as to copy a card."""
        self._by_frame: dict[Frame, dict[object, QPixmap]] = {self._frame: self._made}

    def _at(self, frame: Frame) -> dict[object, QPixmap]:
        if frame is not self._frame:
            if frame not in self._by_frame and len(self._by_frame) == _MOST_FRAMES:
                del self._by_frame[next(iter(self._by_frame))]
            self._frame, self._made = frame, self._by_frame.setdefault(frame, {})
        return self._made

    def card(self, kind: str, state: State, frame: Frame) -> QPixmap:
        """The card of a kind; its pixmap starts `card_offset` real pixels left of and above the card's corner."""
        key = (kind, state)
        pixmap = self._at(frame).get(key)
        if pixmap is None:
            pixmap = self._keep(key, frame, self._make_card(kind, state, frame))
        return pixmap

    def draw_kind(self, painter: QPainter, kind: str) -> None:
        """Draws a card too small for letters, its corner at the origin: the icon of a kind on the kind's colour."""
        draw_card(painter, self.look, State.PLAIN)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._colours[kind])
        painter.drawRoundedRect(QRectF(0, 0, CARD_WIDTH, CARD_HEIGHT), _RADIUS, _RADIUS)
        left, top, size = _ICON_ALONE
        draw_service(painter, kind, QRectF(left, top, size, size))

    def icon(self, kind: str, frame: Frame) -> QPixmap:
        """The icon of a kind in the size it has on a card."""
        return service_pixmap(kind, max(1, round(ICON[2] * frame.zoom)), frame.ratio)

    def badge(self, severity: Severity, count: int, frame: Frame) -> QPixmap:
        """The mark of findings: a pill with a shape by severity and the number."""
        key = (severity, count)
        pixmap = self._at(frame).get(key)
        if pixmap is None:
            scale = max(frame.zoom, _SMALLEST_BADGE)
            width = badge_width(self.look, count)
            paint: Callable[[QPainter], None] = lambda painter: draw_badge(painter, self.look, severity, count)  # noqa: E731
            pixmap = self._keep(key, frame, _picture(width, BADGE_HEIGHT, scale, frame.ratio, paint))
        return pixmap

    def state(self, state: Effects, frame: Frame) -> QPixmap:
        """The mark of what a failure does to a component: a pill with shape and word."""
        key = ("state", state)
        pixmap = self._at(frame).get(key)
        if pixmap is None:
            scale = max(frame.zoom, _SMALLEST_BADGE)
            paint: Callable[[QPainter], None] = lambda painter: draw_state(painter, self.look, state)  # noqa: E731
            pixmap = self._keep(
                key, frame, _picture(state_width(self.look, state), BADGE_HEIGHT, scale, frame.ratio, paint)
            )
        return pixmap

    def chips(self, words: tuple[str, ...], frame: Frame) -> QPixmap:
        """The letters of zones, or members in them, in small boxes."""
        key = ("chips", words)
        pixmap = self._at(frame).get(key)
        if pixmap is None:
            paint: Callable[[QPainter], None] = lambda painter: draw_chips(painter, self.look, words)  # noqa: E731
            pixmap = self._keep(
                key, frame, _picture(chips_width(self.look, words), CHIP, frame.zoom, frame.ratio, paint)
            )
        return pixmap

    def mark(self, key: object, size: tuple[float, float], frame: Frame, paint: Callable[[QPainter], None]) -> QPixmap:
        """A small picture of a size in canvas units, painted once for each key and zoom."""
        pixmap = self._at(frame).get(key)
        if pixmap is None:
            pixmap = self._keep(key, frame, _picture(*size, frame.zoom, frame.ratio, paint))
        return pixmap

    def kept(self, key: object, frame: Frame, make: Callable[[], QPixmap]) -> QPixmap:
        """A picture that is made once for each key and zoom."""
        pixmap = self._at(frame).get(key)
        return self._keep(key, frame, make()) if pixmap is None else pixmap

    def _keep(self, key: object, frame: Frame, pixmap: QPixmap) -> QPixmap:
        made = self._at(frame)
        if len(made) >= _MOST:
            made.clear()
        made[key] = pixmap
        return pixmap

    def _make_card(self, kind: str, state: State, frame: Frame) -> QPixmap:
        pixmap = self._body(state, frame).copy()
        scale, offset = frame.zoom * frame.ratio, card_offset(frame)
        place = ICON
        painter = QPainter(pixmap)
        painter.scale(1 / frame.ratio, 1 / frame.ratio)
        if not frame.names and kind in self._colours:
            # Too small for a name: the whole card is in the colour of its kind, as it is from still further away.
            self._fill_card(painter, kind, offset, scale)
            place = _ICON_ALONE
        left, top, size = (round(value * scale) for value in place)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawPixmap(offset + left, offset + top, service_pixmap(kind, max(1, size), 1.0))
        painter.end()
        return pixmap

    def _fill_card(self, painter: QPainter, kind: str, offset: int, scale: float) -> None:
        painter.save()
        painter.translate(offset, offset)
        painter.scale(scale, scale)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._colours[kind])
        painter.drawRoundedRect(QRectF(2, 2, CARD_WIDTH - 4, CARD_HEIGHT - 4), _RADIUS, _RADIUS)
        painter.restore()

    def _body(self, state: State, frame: Frame) -> QPixmap:
        """The card of every kind, without its icon: what is round takes longest to draw."""
        pixmap = self._at(frame).get(("body", state))
        if pixmap is not None:
            return pixmap
        scale = frame.zoom * frame.ratio
        offset = card_offset(frame)
        # The card itself covers whole pixels, so that its border is as sharp at any zoom.
        width, height = max(2, round(CARD_WIDTH * scale)), max(2, round(CARD_HEIGHT * scale))
        pixmap = QPixmap(width + 2 * offset, height + 2 * offset)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        painter.translate(offset, offset)
        painter.scale(width / CARD_WIDTH, height / CARD_HEIGHT)
        draw_card(painter, self.look, state)
        painter.end()
        pixmap.setDevicePixelRatio(frame.ratio)
        return self._keep(("body", state), frame, pixmap)


def card_offset(frame: Frame) -> int:
    """The margin around a card in its pixmap, in real pixels."""
    return ceil(MARGIN * frame.zoom * frame.ratio)


def _picture(width: float, height: float, zoom: float, ratio: float, paint: Callable[[QPainter], None]) -> QPixmap:
    scale = zoom * ratio
    pixmap = QPixmap(max(1, ceil(width * scale)), max(1, ceil(height * scale)))
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.scale(scale, scale)
    paint(painter)
    painter.end()
    pixmap.setDevicePixelRatio(ratio)
    return pixmap


def draw_card(painter: QPainter, look: Look, state: State) -> None:
    """The empty card with shadow, border and halo, its corner at the origin."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    card = QRectF(0, 0, CARD_WIDTH, CARD_HEIGHT)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(look.shadow)
    for spread in (4, 3, 2, 1):
        corner = _RADIUS + spread
        painter.drawRoundedRect(card.adjusted(-spread, 1.5 - spread, spread, 1.5 + spread), corner, corner)
    if state in (State.SELECTED, State.TARGET):
        painter.setBrush(look.halo)
        painter.drawRoundedRect(card.adjusted(-3, -3, 3, 3), _RADIUS + 3, _RADIUS + 3)
    pen = (look.card_border, look.card_hover, look.card_selected, look.card_selected, look.card_witness)[state]
    inset = pen.widthF() / 2
    painter.setPen(pen)
    painter.setBrush(look.card)
    painter.drawRoundedRect(card.adjusted(inset, inset, -inset, -inset), _RADIUS - inset, _RADIUS - inset)


def badge_width(look: Look, count: int) -> float:
    """The width of a badge, in units."""
    return 22 + look.sub_metrics.horizontalAdvance(_count(count))


def draw_badge(painter: QPainter, look: Look, severity: Severity, count: int) -> None:
    """A badge with its corner at the origin: pill in the severity's colour, shape and number upon it."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    width = badge_width(look, count)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(look.card)
    painter.drawRoundedRect(QRectF(0, 0, width, BADGE_HEIGHT), BADGE_HEIGHT / 2, BADGE_HEIGHT / 2)
    painter.setBrush(look.severity[severity])
    painter.drawRoundedRect(QRectF(1, 1, width - 2, BADGE_HEIGHT - 2), BADGE_HEIGHT / 2 - 1, BADGE_HEIGHT / 2 - 1)
    painter.setBrush(look.severity_glyph)
    if severity in (Severity.LOW, Severity.INFO):
        size = 4.0 if severity is Severity.LOW else 2.4
        painter.drawEllipse(QPointF(10, BADGE_HEIGHT / 2), size, size)
    else:
        painter.drawPolygon(_GLYPHS[severity])
    painter.setPen(look.severity_text)
    painter.setFont(look.badge_font)
    painter.drawText(QRectF(16, 0, width - 16, BADGE_HEIGHT), Qt.AlignmentFlag.AlignVCenter, _count(count))


LOCK = 18
"""The width and height of the mark of what is locked."""
LOCK_LEFT, LOCK_TOP = -7, -7
"""A lock stands over the card's upper left corner; badges have the right one."""


def draw_lock(painter: QPainter, look: Look) -> None:
    """A padlock in a disc, its corner at the origin."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(look.chip_border)
    painter.setBrush(look.card)
    painter.drawEllipse(QRectF(0.5, 0.5, LOCK - 1, LOCK - 1))
    painter.setPen(look.lock_pen)
    painter.setBrush(look.no_brush)
    painter.drawArc(QRectF(6.5, 4, 5, 7), 0, 180 * 16)
    painter.setPen(look.no_pen)
    painter.setBrush(look.lock)
    painter.drawRoundedRect(QRectF(5, 8, 8, 5.6), 1.2, 1.2)


STATE_LEFT, STATE_TOP = 8, CARD_HEIGHT - BADGE_HEIGHT / 2
"""A state stands on the card's lower border, at its left end; zone chips have the right one."""


def state_width(look: Look, state: Effects) -> float:
    """The width of a state's pill, in units."""
    return 27 + look.badge_metrics.horizontalAdvance(tr(STATE_WORDS[state]))


def draw_state(painter: QPainter, look: Look, state: Effects) -> None:
    """A state's pill with its corner at the origin: shape and word in the state's colour."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    width = state_width(look, state)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(look.card)
    painter.drawRoundedRect(QRectF(0, 0, width, BADGE_HEIGHT), BADGE_HEIGHT / 2, BADGE_HEIGHT / 2)
    painter.setBrush(look.theme.brush(STATE_ROLES[state]))
    painter.drawRoundedRect(QRectF(1, 1, width - 2, BADGE_HEIGHT - 2), BADGE_HEIGHT / 2 - 1, BADGE_HEIGHT / 2 - 1)
    painter.setPen(look.state_sign)
    painter.save()
    painter.translate(10, BADGE_HEIGHT / 2)
    draw_sign(painter, state, 3)
    painter.restore()
    painter.setPen(look.severity_text)
    painter.setFont(look.badge_font)
    painter.drawText(QRectF(18, 0, width - 18, BADGE_HEIGHT), Qt.AlignmentFlag.AlignVCenter, tr(STATE_WORDS[state]))


def _count(count: int) -> str:
    return str(count) if count < 100 else "99+"


def _polygon(*points: tuple[float, float]) -> QPolygonF:
    return QPolygonF([QPointF(x, y) for x, y in points])


_CROSS = (
    *((7.2, 4.5), (10, 7.3), (12.8, 4.5), (14, 5.7), (11.2, 8.5), (14, 11.3)),
    *((12.8, 12.5), (10, 9.7), (7.2, 12.5), (6, 11.3), (8.8, 8.5), (6, 5.7)),
)
_GLYPHS = {
    Severity.ERROR: _polygon(*_CROSS),
    Severity.HIGH: _polygon((10, 4), (14.2, 12), (5.8, 12)),
    Severity.MEDIUM: _polygon((10, 3.9), (14.2, 8.5), (10, 13.1), (5.8, 8.5)),
}
"""A severity is told by shape as well as by colour; a disc is low, a dot is for information."""


CHIPS_TOP = CARD_HEIGHT - 8
"""Chips stand on the card's lower border, badges on its upper one."""


def chips_left(look: Look, words: tuple[str, ...]) -> float:
    """Where the chips of a card begin."""
    return CARD_WIDTH - 10 - chips_width(look, words)


def chips_width(look: Look, words: tuple[str, ...]) -> int:
    """The width of the chips, in units."""
    return sum(_chip_width(look, word) + 2 for word in words) - 2 if words else 0


def _chip_width(look: Look, word: str) -> int:
    """A letter has a square, a word what it needs."""
    return CHIP if len(word) == 1 else ceil(look.sub_metrics.horizontalAdvance(word)) + 10


def draw_chips(painter: QPainter, look: Look, words: tuple[str, ...]) -> None:
    """Letters or words in small boxes, the first with its corner at the origin."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setFont(look.sub_font)
    left = 0
    for word in words:
        box = QRectF(left, 0, _chip_width(look, word), CHIP)
        painter.setPen(look.chip_border)
        painter.setBrush(look.card)
        painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
        painter.setPen(look.card_subtext)
        painter.drawText(box.adjusted(0, -1, 0, -1), Qt.AlignmentFlag.AlignCenter, word)
        left += _chip_width(look, word) + 2
