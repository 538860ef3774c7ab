"""The members of a band: a mark for each in its lane, which says what the component has in the zone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QBrush, QPainter, QPen, QStaticText, QTransform

from designer.gui.canvas.component_item import static_text
from designer.gui.canvas.level_of_detail import Level
from designer.gui.canvas.metrics import Point, Rect, on_pixel
from designer.gui.canvas.standing import Share

if TYPE_CHECKING:
    from designer.gui.canvas.scene import Scene

Tone = tuple[QBrush, QPen, QBrush]
"""Fill, edge and mark of the bands of a kind."""
_IDENTITY = QTransform()
_HEIGHT = 18
_DOWN = 60
"""The middle of a mark below the card's top: low enough that wires from the card's side pass above it."""
_LEFT = 22
_RIGHT = 9
_DOT_LEFT = 9
_DOT, _FAR_DOT = 8.0, 16.0


class BandMarks:
    """Draws the members of bands, and knows how much room they take."""

    def __init__(self, owner: Scene) -> None:
        self._owner = owner
        self._texts: dict[str, QStaticText] = {}
        self._widths: dict[str, float] = {}

    def forget_texts(self) -> None:
        """Makes the texts again when next drawn."""
        self._texts.clear()
        self._widths.clear()

    def tone(self, kind: str) -> Tone:
        """The colours of a kind's bands, which are those of its category."""
        catalog = self._owner.labels.catalog
        return self._owner.look.band_tones(catalog.categories[catalog.kinds[kind].category].colour)

    def is_there(self, share: Share) -> bool:
        """Whether a component has anything in a zone now."""
        return share.here and share.zone not in self._owner.labels.failed_zones

    def fits(self, word: str, room: tuple[float, float]) -> bool:
        """Whether there is room for a mark between two places."""
        return room[1] - room[0] >= self._width(word)

    def left(self, word: str, room: tuple[float, float], card: Rect) -> float:
        """Where a mark begins: at the end of its room that is away from the card, where fewer wires come by."""
        return room[0] if room[1] <= card[0] else room[1] - self._width(word)

    def far_dot(self, word: str, room: tuple[float, float], card: Rect) -> tuple[float, float, float, float]:
        """What a mark is from further away: left, top, width and height of a square."""
        return self.left(word, room, card) + _DOT_LEFT, card[1] + _DOWN - _FAR_DOT / 2, _FAR_DOT, _FAR_DOT

    def paint(self, painter: QPainter, share: Share, kind: str, at: Point, *, scaled: bool) -> None:
        """Draws a member; `at` is the left end of its mark, and the top of the card beside it.

        A copy of a mark is put on whole pixels of the view; what is `scaled` is drawn in canvas units.
        """
        owner, middle, here = self._owner, at[1] + _DOWN, self.is_there(share)
        word, lost = share.word, share.zone in owner.labels.failed_zones
        if owner.frame.level is not Level.NEAR:
            square = QRectF(at[0] + _DOT_LEFT, middle - _FAR_DOT / 2, _FAR_DOT, _FAR_DOT)
            self._draw_dot(painter, kind, square, here=here)
            return
        if scaled:
            painter.save()
            painter.translate(at[0] - 1, middle - _HEIGHT / 2 - 1)
            self._draw_mark(painter, word, kind, here=here, lost=lost)
            painter.restore()
            return
        transform, ratio, zoom = painter.worldTransform(), owner.frame.ratio, owner.frame.zoom
        picture = owner.cards.mark(
            ("member", word, kind, here, lost),
            (self._width(word) + 2, _HEIGHT + 2),
            owner.frame,
            lambda inner: self._draw_mark(inner, word, kind, here=here, lost=lost),
        )
        left = on_pixel(transform.dx() + (at[0] - 1) * zoom, ratio)
        top = on_pixel(transform.dy() + (middle - _HEIGHT / 2 - 1) * zoom, ratio)
        painter.setWorldTransform(_IDENTITY)
        painter.drawPixmap(QPointF(left, top), picture)
        painter.setWorldTransform(transform)

    def _draw_mark(self, painter: QPainter, word: str, kind: str, *, here: bool, lost: bool) -> None:
        """A pill with a square in the colour of the kind, and what the member is; one unit from the origin.

        What a failing zone takes along is struck out.
        """
        look, text, edge = self._owner.look, self._text(word), self.tone(kind)[1]
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.translate(1, 1)
        painter.setPen(edge)
        painter.setBrush(look.card)
        painter.drawRoundedRect(QRectF(0, 0, self._width(word), _HEIGHT), _HEIGHT / 2, _HEIGHT / 2)
        self._draw_dot(painter, kind, QRectF(_DOT_LEFT, (_HEIGHT - _DOT) / 2, _DOT, _DOT), here=here)
        painter.setPen(look.card_subtext)
        painter.setFont(look.sub_font)
        painter.drawStaticText(QPointF(_LEFT, (_HEIGHT - text.size().height()) / 2), text)
        if lost:
            painter.setPen(look.lane_down_text)
            painter.drawLine(QPointF(6, _HEIGHT / 2), QPointF(self._width(word) - 6, _HEIGHT / 2))

    def _draw_dot(self, painter: QPainter, kind: str, box: QRectF, *, here: bool) -> None:
        """Full for a member that is there, empty for one that is missing."""
        look = self._owner.look
        _fill, edge, dot = self.tone(kind)
        painter.setBrush(dot if here else look.no_brush)
        painter.setPen(look.no_pen if here else edge)
        painter.drawRoundedRect(box, 2, 2)

    def _width(self, word: str) -> float:
        width = self._widths.get(word)
        if width is None:
            width = self._widths[word] = _LEFT + self._text(word).size().width() + _RIGHT
        return width

    def _text(self, word: str) -> QStaticText:
        text = self._texts.get(word)
        if text is None:
            text = self._texts[word] = static_text(word, self._owner.look.sub_metrics, 200)
            text.prepare(font=self._owner.look.sub_font)
        return text
