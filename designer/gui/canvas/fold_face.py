"""What a boundary shows of being collapsed: the control on its title bar, and the card that stands for its content."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPolygonF

from designer.analysis.scale import State
from designer.gui.canvas.cards import STATE_LEFT, STATE_TOP, draw_state
from designer.gui.canvas.metrics import TITLE_HEIGHT, Point, Rect
from designer.language import plural
from designer.model.entities import Boundary

if TYPE_CHECKING:
    from designer.gui.canvas.labels import Labels
    from designer.gui.canvas.scene import Scene

_RIGHT = 16.0
"""The middle of the control, from the right side."""
_REACH = 11.0
_LEAST_WIDTH = 100.0
"""A narrower boundary has no control."""
_SHOWN_FROM = 0.4
_OPEN = QPolygonF([QPointF(-4, -2), QPointF(0, 2), QPointF(4, -2)])
_CLOSED = QPolygonF([QPointF(-2, -4), QPointF(2, 0), QPointF(-2, 4)])
_STATES = tuple(State)


def has_control(rect: Rect, zoom: float) -> bool:
    """Whether a boundary with a rectangle shows the control at a zoom."""
    return rect[2] - rect[0] >= _LEAST_WIDTH and zoom >= _SHOWN_FROM


def control_at(at: Point, rect: Rect, zoom: float) -> bool:
    """Whether a point is on the control of a boundary with a rectangle."""
    x, y = rect[2] - _RIGHT, rect[1] + TITLE_HEIGHT / 2
    return has_control(rect, zoom) and abs(at[0] - x) <= _REACH and abs(at[1] - y) <= TITLE_HEIGHT / 2


def paint_control(painter: QPainter, scene: Scene, boundary: Boundary, width: float) -> None:
    """Draws an arrow down, or to the right while it is collapsed; the boundary's corner is at the origin.

    A picture tells only what is folded away.
    """
    if scene.look.on_paper and not boundary.collapsed:
        return
    if not has_control((0, 0, width, 0), scene.frame.zoom):
        return
    painter.setPen(scene.look.fold_pens[scene.labels.boundary_role(boundary)])
    painter.setBrush(scene.look.no_brush)
    painter.translate(width - _RIGHT, TITLE_HEIGHT / 2)
    painter.drawPolyline(_CLOSED if boundary.collapsed else _OPEN)
    painter.translate(_RIGHT - width, -TITLE_HEIGHT / 2)


def paint_content(painter: QPainter, scene: Scene, boundary: Boundary, size: Point) -> None:
    """Draws below the title how much is folded away."""
    look, labels = scene.look, scene.labels
    painter.setPen(look.card_subtext)
    painter.setFont(look.sub_font)
    box = QRectF(12, TITLE_HEIGHT, size[0] - 24, size[1] - TITLE_HEIGHT)
    painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, counted(labels, boundary.id))


def paint_state(painter: QPainter, scene: Scene, boundary: Boundary) -> None:
    """Draws the worst that a failure that is tried out does to what is folded away."""
    labels = scene.labels
    found = [labels.effects[key].state for key in labels.content(boundary.id) if key in labels.effects]
    worst = max(found, key=_STATES.index, default=State.FINE)
    if worst is not State.FINE:
        painter.save()
        painter.translate(STATE_LEFT, STATE_TOP)
        draw_state(painter, scene.look, worst)
        painter.restore()


def counted(labels: Labels, boundary: str) -> str:
    """How many components stand in a boundary, in words."""
    return plural("{count} component", "{count} components", len(labels.content(boundary)))
