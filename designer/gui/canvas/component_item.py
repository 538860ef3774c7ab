"""A component on the canvas: a copied card, its texts, badge and zone chips."""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPixmap, QStaticText, QTextOption, QTransform
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from designer.analysis.scale import State as Effects
from designer.gui.canvas.cards import (
    BADGE_OVER,
    CHIPS_TOP,
    ICON,
    LOCK,
    LOCK_LEFT,
    LOCK_TOP,
    MARGIN,
    STATE_LEFT,
    STATE_TOP,
    State,
    card_offset,
    chips_left,
    draw_lock,
)
from designer.gui.canvas.level_of_detail import Level
from designer.gui.canvas.look import Look
from designer.gui.canvas.metrics import CARD_HEIGHT, CARD_WIDTH, height_of
from designer.gui.canvas.pinned import MARK, MARK_TOP, Mark, draw_mark, mark_left
from designer.model.entities import Component

if TYPE_CHECKING:
    from designer.gui.canvas.scene import Scene

_BOUNDS = QRectF(-MARGIN, -MARGIN - 8, CARD_WIDTH + 2 * MARGIN + 10, CARD_HEIGHT + 2 * MARGIN + 8)
_TEXT_LEFT = ICON[0] + ICON[2] + 10
_TEXT_RIGHT = CARD_WIDTH - 8
_THREE_LINES = (QPointF(_TEXT_LEFT, 7), QPointF(_TEXT_LEFT, 25), QPointF(_TEXT_LEFT, 41))
_TWO_LINES = (QPointF(_TEXT_LEFT, 14), QPointF(_TEXT_LEFT, 33))
_TWO_LINES_SHARE = 1.7
"""How much of a name is kept for two lines, as a share of one line: wrapping leaves some room unused."""
_WRAPPED = QTextOption()
_WRAPPED.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
_IDENTITY = QTransform()
_ORDER = count()
_MOST_ITEMS = 10**9
"""No program makes as many items while it runs."""
FADED = 0.28


class CardTexts:
    """The texts of one card, cut to its width. Made when the card is first drawn close up."""

    def __init__(self, look: Look, name: str, title: str, facts: str, zones: tuple[str, ...], epoch: int) -> None:
        room = _TEXT_RIGHT - _TEXT_LEFT
        self.epoch = epoch
        self.zones = zones
        self.name = static_text(name, look.name_metrics, room)
        self.title = static_text(title, look.sub_metrics, room)
        self.facts = static_text(facts, look.sub_metrics, room) if facts else None
        self.places: tuple[QPointF, ...] = _THREE_LINES if facts else _TWO_LINES
        self.key = (name, title, facts, zones)


def static_text(text: str, metrics: QFontMetricsF, width: float) -> QStaticText:
    """A text cut to a width with an ellipsis, laid out once."""
    made = QStaticText(metrics.elidedText(text, Qt.TextElideMode.ElideRight, width))
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setPerformanceHint(QStaticText.PerformanceHint.AggressiveCaching)
    return made


class ComponentItem(QGraphicsItem):
    """Draws one component; everything else about it is in the scene's tables."""

    def __init__(self, owner: Scene, component: Component) -> None:
        super().__init__()
        self.owner = owner
        self.key = component.id
        self.kind = component.kind
        self.name = component.name
        self.state = State.PLAIN
        self.faded = False
        self._number = next(_ORDER)
        self.stand(component)
        self._texts: CardTexts | None = None
        self._far_name: tuple[QFont, QStaticText] | None = None
        self.setPos(component.x, component.y)

    def stand(self, component: Component) -> None:
        """Takes over whether the component is locked, and its layer: of two cards of one, the newer lies above."""
        self.locked = component.locked
        self.order = component.layer * _MOST_ITEMS + self._number
        """Of two cards that overlap, the one with the higher number lies above."""
        self.setZValue(height_of(component.layer))
        self.update()

    def boundingRect(self) -> QRectF:
        """The card with its shadow and badge."""
        return _BOUNDS

    @property
    def dimmed(self) -> bool:
        """Whether it stands back: out of the light, no end for the wire being drawn, or down."""
        effect = self.owner.labels.effects.get(self.key)
        refused = self.kind in self.owner.emphasis.refused_kinds
        return self.faded or refused or (effect is not None and not effect.state.works)

    def renamed(self, name: str) -> None:
        """Shows another name."""
        self.name = name
        self.forget_texts()

    def forget_texts(self) -> None:
        """Lays the texts out again when next drawn (other name, other fonts)."""
        self._texts = None
        self._far_name = None
        self.update()

    def texts(self) -> CardTexts:
        """The texts as they are now."""
        labels = self.owner.labels
        texts = self._texts
        if texts is not None and texts.epoch == labels.epoch:
            return texts
        told = (self.name, labels.kind_title(self.key), labels.facts(self.key), labels.zones(self.key))
        if texts is not None and texts.key == told:
            texts.epoch = labels.epoch
            return texts
        self._texts = made = CardTexts(self.owner.look, *told, labels.epoch)
        return made

    def far_name(self) -> tuple[QFont, QStaticText]:
        """The name in the large letters of the middle level of detail; smaller ones where a word needs them."""
        if self._far_name is None:
            room = _TEXT_RIGHT - _TEXT_LEFT
            font, metrics = self.owner.look.far_name_for(self.name.split(), room)
            name = static_text(self.name, metrics, _TWO_LINES_SHARE * room)
            name.setTextOption(_WRAPPED)
            name.setTextWidth(room)
            name.prepare(font=font)
            self._far_name = font, name
        return self._far_name

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:  # noqa: ARG002
        """Copies the card to whole pixels, then writes upon it what the level of detail allows."""
        owner = self.owner
        frame = owner.frame
        effect = owner.labels.effects.get(self.key)
        if self.dimmed:
            painter.setOpacity(FADED)
        transform = painter.worldTransform()
        if frame.level is Level.NEAR:
            self._paint_near(painter, transform)
        else:
            self._paint_card(painter, transform, owner.cards.card(self.kind, self.state, frame))
        at = owner.scratch_point
        if frame.level is not Level.NEAR and frame.names:
            painter.setPen(owner.look.card_text)
            font, name = self.far_name()
            painter.setFont(font)
            at.setX(_TEXT_LEFT)
            at.setY((CARD_HEIGHT - name.size().height()) / 2)
            painter.drawStaticText(at, name)
        found = owner.labels.findings(self.key)
        if found is not None:
            badge = owner.cards.badge(found[0], found[1], frame)
            self._paint_badge(painter, transform, badge)
        if self.locked and frame.level is Level.NEAR:
            self._paint_lock(painter, transform)
        mark = owner.labels.mark(self.key)
        if mark is not None and frame.level is Level.NEAR:
            self._paint_mark(painter, transform, mark)
        if effect is not None and effect.state is not Effects.FINE:
            painter.setOpacity(1.0)
            self._paint_state(painter, transform, owner.cards.state(effect.state, frame))

    def _paint_near(self, painter: QPainter, transform: QTransform) -> None:
        """Draws card and texts, from their picture where there is one."""
        owner, frame, texts = self.owner, self.owner.frame, self.texts()
        card = owner.cards.card(self.kind, self.state, frame)
        offset = card_offset(frame) / frame.ratio

        def paint(inner: QPainter) -> None:
            inner.drawPixmap(0, 0, card)
            inner.translate(offset, offset)
            inner.scale(frame.zoom, frame.zoom)
            self.write_texts(inner, texts)

        face = owner.faces.face(self.key, (texts.key, card.cacheKey()), card.size(), frame.ratio, paint)
        self._paint_card(painter, transform, face or card)
        if face is None:
            self.write_texts(painter, texts)
        self._paint_chips(painter, texts)

    def _paint_card(self, painter: QPainter, transform: QTransform, card: QPixmap) -> None:
        """Copies the picture of the card, around which there is a margin, to whole pixels."""
        frame, at = self.owner.frame, self.owner.scratch_point
        offset = card_offset(frame)
        at.setX((round(transform.dx() * frame.ratio) - offset) / frame.ratio)
        at.setY((round(transform.dy() * frame.ratio) - offset) / frame.ratio)
        painter.setWorldTransform(_IDENTITY)
        painter.drawPixmap(at, card)
        painter.setWorldTransform(transform)

    def write_texts(self, painter: QPainter, texts: CardTexts) -> None:
        """Writes name, kind and key facts, the card's corner at the origin."""
        look, places = self.owner.look, texts.places
        painter.setPen(look.card_text)
        painter.setFont(look.name_font)
        painter.drawStaticText(places[0], texts.name)
        painter.setPen(look.card_subtext)
        painter.setFont(look.sub_font)
        painter.drawStaticText(places[1], texts.title)
        if texts.facts is not None:
            painter.drawStaticText(places[2], texts.facts)

    def _paint_chips(self, painter: QPainter, texts: CardTexts) -> None:
        if texts.zones and (chips := self.owner.bands.chips(self.key)):
            at = self.owner.scratch_point
            at.setX(chips_left(self.owner.look, chips))
            at.setY(CHIPS_TOP)
            self._copy(painter, painter.worldTransform(), self.owner.cards.chips(chips, self.owner.frame))

    def _paint_badge(self, painter: QPainter, transform: QTransform, badge: QPixmap) -> None:
        frame, at = self.owner.frame, self.owner.scratch_point
        scale = frame.ratio * frame.zoom
        width, height = badge.width() / scale, badge.height() / scale
        # A badge shrinks less than its card: from further away it stands over the corner by half, not upon the name.
        at.setX(CARD_WIDTH + max(BADGE_OVER - width, -width / 2))
        at.setY(max(-height / 2, -BADGE_OVER) if frame.level is Level.NEAR else -height / 2)
        self._copy(painter, transform, badge)

    def _paint_lock(self, painter: QPainter, transform: QTransform) -> None:
        at = self.owner.scratch_point
        at.setX(LOCK_LEFT)
        at.setY(LOCK_TOP)
        cards, look = self.owner.cards, self.owner.look
        lock = cards.mark("lock", (LOCK, LOCK), self.owner.frame, lambda inner: draw_lock(inner, look))
        self._copy(painter, transform, lock)

    def _paint_mark(self, painter: QPainter, transform: QTransform, mark: Mark) -> None:
        owner, at = self.owner, self.owner.scratch_point
        at.setX(mark_left(locked=self.locked))
        at.setY(MARK_TOP)
        cards, look = owner.cards, owner.look
        sheet = cards.mark(mark, MARK, owner.frame, lambda inner: draw_mark(inner, look, mark))
        self._copy(painter, transform, sheet)

    def _paint_state(self, painter: QPainter, transform: QTransform, pill: QPixmap) -> None:
        at = self.owner.scratch_point
        at.setX(STATE_LEFT)
        at.setY(STATE_TOP)
        self._copy(painter, transform, pill)

    def _copy(self, painter: QPainter, transform: QTransform, pixmap: QPixmap) -> None:
        """Copies a pixmap to whole pixels, its corner at the scratch point in item coordinates."""
        at, ratio = self.owner.scratch_point, self.owner.frame.ratio
        zoom = transform.m11()
        at.setX(round((transform.dx() + at.x() * zoom) * ratio) / ratio)
        at.setY(round((transform.dy() + at.y() * zoom) * ratio) / ratio)
        painter.setWorldTransform(_IDENTITY)
        painter.drawPixmap(at, pixmap)
        painter.setWorldTransform(transform)
