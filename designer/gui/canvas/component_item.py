"""Components on the canvas: a copied card each, with texts, badge and zone chips, all of them by one call."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import count
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPixmap, QStaticText, QTextOption, QTransform

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
from designer.gui.canvas.metrics import CARD_HEIGHT, CARD_WIDTH, Point, on_pixel
from designer.gui.canvas.pinned import MARK, MARK_TOP, Mark, draw_mark, mark_left
from designer.model.entities import Component

if TYPE_CHECKING:
    from designer.gui.canvas.scene import Scene

CARD_OVER = MARGIN + 10.0
"""How far shadow, badge and marks stand over a card's border, in units or, from further away, in pixels."""
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


class ComponentItem:
    """Draws one component; everything else about it, and where it is, stands in the scene's tables.

    It is no item of Qt's: thousands of those would cost memory and, one call each, most of a frame (`paint_cards`).
    """

    __slots__ = (
        *("_far_name", "_number", "_texts", "faded", "key", "kind"),
        *("layer", "locked", "name", "order", "owner", "state"),
    )

    def __init__(self, owner: Scene, component: Component) -> None:
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

    def stand(self, component: Component) -> None:
        """Takes over whether the component is locked, and its layer: of two cards of one, the newer lies above."""
        self.locked, self.layer = component.locked, component.layer
        self.order = component.layer * _MOST_ITEMS + self._number
        """Of two cards that overlap, the one with the higher number lies above."""

    @property
    def dimmed(self) -> bool:
        """Whether it stands back: out of the light, no end for the wire being drawn, or down."""
        effect = self.owner.labels.effects.get(self.key)
        refused = self.kind in self.owner.emphasis.refused_kinds
        return self.faded or refused or (effect is not None and not effect.state.works)

    def renamed(self, name: str) -> None:
        """Has another name when next drawn."""
        self.name = name
        self.forget_texts()

    def forget_texts(self) -> None:
        """Lays the texts out again when next drawn (other name, other fonts)."""
        self._texts = None
        self._far_name = None

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

    def draw(self, painter: QPainter, corner: Point, level: Level) -> None:
        """Copies the card to whole pixels, then writes upon it what the level of detail allows.

        The painter stands in points of the screen, where the card's corner is at `corner`.
        """
        owner = self.owner
        labels, frame = owner.labels, owner.frame
        effect = labels.effects.get(self.key)
        dimmed = self.dimmed
        if dimmed:
            painter.setOpacity(FADED)
        if level is Level.NEAR:
            self._draw_near(painter, corner)
        else:
            self._draw_card(painter, corner, owner.cards.card(self.kind, self.state, frame))
            if frame.names:
                self._write_far_name(painter, corner)
        found = labels.findings(self.key)
        if found is not None:
            self._draw_badge(painter, corner, owner.cards.badge(found[0], found[1], frame), level)
        if self.locked and level is Level.NEAR:
            self._draw_lock(painter, corner)
        if level is Level.NEAR and (mark := labels.mark(self.key)) is not None:
            self._draw_mark(painter, corner, mark)
        if dimmed:
            painter.setOpacity(1.0)
        if effect is not None and effect.state is not Effects.FINE:
            self._copy(painter, corner, (STATE_LEFT, STATE_TOP), owner.cards.state(effect.state, frame))

    def _draw_near(self, painter: QPainter, corner: Point) -> None:
        """Draws card and texts, from their picture where there is one, and the chips of zones."""
        owner, frame, texts = self.owner, self.owner.frame, self.texts()
        card = owner.cards.card(self.kind, self.state, frame)
        offset = card_offset(frame) / frame.ratio

        def paint(inner: QPainter) -> None:
            inner.drawPixmap(0, 0, card)
            self._write_at(inner, (offset, offset), texts)

        face = owner.faces.face(self.key, (texts.key, card.cacheKey()), card.size(), frame.ratio, paint)
        self._draw_card(painter, corner, face or card)
        if face is None:
            # On whole pixels as a picture would be: letters must not change when there is one.
            self._write_at(painter, (on_pixel(corner[0], frame.ratio), on_pixel(corner[1], frame.ratio)), texts)
            painter.setWorldTransform(_IDENTITY)
        if texts.zones and (chips := owner.bands.chips(self.key)):
            self._copy(painter, corner, (chips_left(owner.look, chips), CHIPS_TOP), owner.cards.chips(chips, frame))

    def _draw_card(self, painter: QPainter, corner: Point, card: QPixmap) -> None:
        """Copies the picture of the card, around which there is a margin, to whole pixels."""
        frame, at = self.owner.frame, self.owner.scratch_point
        offset = card_offset(frame)
        at.setX(on_pixel(corner[0], frame.ratio) - offset / frame.ratio)
        at.setY(on_pixel(corner[1], frame.ratio) - offset / frame.ratio)
        painter.drawPixmap(at, card)

    def _write_at(self, painter: QPainter, corner: Point, texts: CardTexts) -> None:
        painter.translate(*corner)
        painter.scale(self.owner.frame.zoom, self.owner.frame.zoom)
        self.write_texts(painter, texts)

    def _write_far_name(self, painter: QPainter, corner: Point) -> None:
        zoom, at = self.owner.frame.zoom, self.owner.scratch_point
        font, name = self.far_name()
        painter.translate(*corner)
        painter.scale(zoom, zoom)
        painter.setPen(self.owner.look.card_text)
        painter.setFont(font)
        at.setX(_TEXT_LEFT)
        at.setY((CARD_HEIGHT - name.size().height()) / 2)
        painter.drawStaticText(at, name)
        painter.setWorldTransform(_IDENTITY)

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

    def _draw_badge(self, painter: QPainter, corner: Point, badge: QPixmap, level: Level) -> None:
        scale = self.owner.frame.ratio * self.owner.frame.zoom
        width, height = badge.width() / scale, badge.height() / scale
        # A badge shrinks less than its card: from further away it stands over the corner by half, not upon the name.
        left = CARD_WIDTH + max(BADGE_OVER - width, -width / 2)
        top = max(-height / 2, -BADGE_OVER) if level is Level.NEAR else -height / 2
        self._copy(painter, corner, (left, top), badge)

    def _draw_lock(self, painter: QPainter, corner: Point) -> None:
        cards, look = self.owner.cards, self.owner.look
        lock = cards.mark("lock", (LOCK, LOCK), self.owner.frame, lambda inner: draw_lock(inner, look))
        self._copy(painter, corner, (LOCK_LEFT, LOCK_TOP), lock)

    def _draw_mark(self, painter: QPainter, corner: Point, mark: Mark) -> None:
        """Says that something is pinned to the component."""
        cards, look = self.owner.cards, self.owner.look
        sheet = cards.mark(mark, MARK, self.owner.frame, lambda inner: draw_mark(inner, look, mark))
        self._copy(painter, corner, (mark_left(locked=self.locked), MARK_TOP), sheet)

    def _copy(self, painter: QPainter, corner: Point, place: Point, pixmap: QPixmap) -> None:
        """Copies a pixmap to whole pixels, its corner at a place on the card in canvas units."""
        at, frame = self.owner.scratch_point, self.owner.frame
        at.setX(on_pixel(corner[0] + place[0] * frame.zoom, frame.ratio))
        at.setY(on_pixel(corner[1] + place[1] * frame.zoom, frame.ratio))
        painter.drawPixmap(at, pixmap)


def paint_cards(painter: QPainter, items: Sequence[ComponentItem]) -> None:
    """Draws components in the order given; the painter stands in scene coordinates."""
    if not items:
        return
    owner = items[0].owner
    base, level = painter.worldTransform(), owner.frame.level
    left, top, zoom = base.dx(), base.dy(), base.m11()
    painter.setWorldTransform(_IDENTITY)
    for item in items:
        card = owner.rects[item.key]
        item.draw(painter, (left + card[0] * zoom, top + card[1] * zoom), level)
    painter.setWorldTransform(base)
