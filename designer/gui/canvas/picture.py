"""The drawing as a picture for files and paper: everything close up, as lines and letters, not pixels."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter

from designer.analysis.scale import State as Effects
from designer.gui.canvas.boundary_item import BoundaryItem, paint_each
from designer.gui.canvas.cards import (
    BADGE_OVER,
    CHIPS_TOP,
    ICON,
    LOCK_LEFT,
    LOCK_TOP,
    STATE_LEFT,
    STATE_TOP,
    State,
    badge_width,
    chips_left,
    draw_badge,
    draw_card,
    draw_chips,
    draw_lock,
    draw_state,
)
from designer.gui.canvas.component_item import FADED, ComponentItem
from designer.gui.canvas.emphasis import Emphasis
from designer.gui.canvas.legend import legend_size, show_legend
from designer.gui.canvas.level_of_detail import FAR_BELOW, NAMES_FROM, Frame
from designer.gui.canvas.metrics import CARD_HEIGHT, CARD_WIDTH, Rect, grown, united
from designer.gui.canvas.pinned import MARK_TOP, draw_mark, mark_left
from designer.gui.canvas.scene import Scene
from designer.gui.icons import draw_service

_ICON_BOX = QRectF(*ICON, ICON[2])
MARGIN = 24.0
"""Free units around the drawing in a picture."""


def picture_size(scene: Scene, legend: bool = False) -> tuple[float, float]:
    """Width and height of the whole drawing with its margin, in units, and with the legend below it if asked."""
    left, top, right, bottom = _with_legend(scene, _area(scene)) if legend else _area(scene)
    return right - left, bottom - top


def render(scene: Scene, painter: QPainter, rect: QRectF, transparent: bool = False, *, legend: bool = False) -> None:
    """Draws the whole scene, as large as fits and in the middle, into a rectangle.

    Without its background if asked, and with a legend of lines and heads below it.
    """
    drawn = _area(scene)
    area = _with_legend(scene, drawn) if legend else drawn
    width, height = area[2] - area[0], area[3] - area[1]
    scale = min(rect.width() / width, rect.height() / height)
    kept = scene.frame, scene.emphasis, scene.look
    painter.save()
    if not transparent:
        painter.fillRect(rect, scene.look.canvas)
    painter.translate(rect.center().x() - width * scale / 2, rect.center().y() - height * scale / 2)
    painter.scale(scale, scale)
    painter.translate(-area[0], -area[1])
    # The items must draw everything, whatever the view shows now, and nothing of what is selected in it.
    scene.frame = Frame(1.0, 1.0)
    scene.emphasis = Emphasis(lit=scene.emphasis.lit, failing=scene.emphasis.failing)
    scene.look = scene.look.for_pictures()
    try:
        _paint(scene, painter, drawn)
        if legend:
            painter.translate(drawn[0], drawn[3])
            show_legend(painter, scene.look)
    finally:
        scene.frame, scene.emphasis, scene.look = kept
        painter.restore()


def render_small(scene: Scene, painter: QPainter, rect: QRectF) -> None:
    """Draws the whole scene into a rectangle too small for letters: boundaries, lines, and kinds by icon and colour."""
    area = _area(scene)
    width, height = area[2] - area[0], area[3] - area[1]
    scale = min(rect.width() / width, rect.height() / height, NAMES_FROM)
    kept = scene.frame, scene.emphasis
    painter.save()
    painter.translate(rect.center().x() - width * scale / 2, rect.center().y() - height * scale / 2)
    painter.scale(scale, scale)
    painter.translate(-area[0], -area[1])
    scene.frame, scene.emphasis = Frame(max(scale, FAR_BELOW)), Emphasis()
    try:
        paint_each(painter, scene.boundaries_in(area), BoundaryItem.paint_frame)
        painter.save()
        scene.wire_layer.paint_rect(painter, area)
        painter.restore()
        for key, item in scene.components.items():
            painter.save()
            painter.translate(*scene.rects[key][:2])
            scene.cards.draw_kind(painter, item.kind)
            painter.restore()
    finally:
        scene.frame, scene.emphasis = kept
        painter.restore()


def _paint(scene: Scene, painter: QPainter, area: Rect) -> None:
    boundaries = scene.boundaries_in(area)
    paint_each(painter, boundaries, BoundaryItem.paint_frame)
    painter.save()
    scene.band_painter.paint_scaled(painter, area)
    painter.restore()
    painter.save()
    scene.wire_layer.paint_rect(painter, area)
    painter.restore()
    paint_each(painter, boundaries, BoundaryItem.paint_scaled_title)
    for item in sorted(scene.components.values(), key=lambda item: item.order):
        painter.save()
        painter.translate(*scene.rects[item.key][:2])
        _paint_component(scene, painter, item)
        painter.restore()


def _paint_component(scene: Scene, painter: QPainter, item: ComponentItem) -> None:
    look, texts = scene.look, item.texts()
    painter.setOpacity(FADED if item.dimmed else 1.0)
    draw_card(painter, look, State.WITNESS if item.state is State.WITNESS else State.PLAIN)
    draw_service(painter, item.kind, _ICON_BOX)
    item.write_texts(painter, texts)
    if chips := scene.bands.chips(item.key):
        painter.save()
        painter.translate(chips_left(look, chips), CHIPS_TOP)
        draw_chips(painter, look, chips)
        painter.restore()
    found = scene.labels.findings(item.key)
    if found is not None:
        left, top = CARD_WIDTH + BADGE_OVER - badge_width(look, found[1]), -BADGE_OVER
        painter.translate(left, top)
        draw_badge(painter, look, *found)
        painter.translate(-left, -top)
    if item.locked:
        painter.translate(LOCK_LEFT, LOCK_TOP)
        draw_lock(painter, look)
        painter.translate(-LOCK_LEFT, -LOCK_TOP)
    mark = scene.labels.mark(item.key)
    if mark is not None:
        left = mark_left(locked=item.locked)
        painter.translate(left, MARK_TOP)
        draw_mark(painter, look, mark)
        painter.translate(-left, -MARK_TOP)
    effect = scene.labels.effects.get(item.key)
    if effect is not None and effect.state is not Effects.FINE:
        painter.setOpacity(1.0)
        painter.translate(STATE_LEFT, STATE_TOP)
        draw_state(painter, look, effect.state)


def _with_legend(scene: Scene, area: Rect) -> Rect:
    width, height = legend_size(scene.look.for_pictures())
    return area[0], area[1], max(area[2], area[0] + width), area[3] + height


def _area(scene: Scene) -> Rect:
    """Around all that is drawn, and the wires that lead around it."""
    around = scene.content() or (0.0, 0.0, CARD_WIDTH, CARD_HEIGHT)
    for wire in scene.wires.all.values():
        scene.wires.complete(wire)
        points = scene.wires.points(wire)
        xs, ys = [x for x, _ in points], [y for _, y in points]
        around = united(around, (min(xs), min(ys), max(xs), max(ys))) or around
    return grown(around, MARGIN)
