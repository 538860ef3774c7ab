"""States as the window shows them: those of a knock-out with word, colour and shape, and the words of others."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap

from designer.analysis.scale import State
from designer.catalog.entries import Strength, Style
from designer.gui.theme import current_theme
from designer.language import later
from designer.model.decisions import Status

WORDS: Mapping[State, str] = {
    State.DOWN: later("Down"),
    State.CAPACITY_SHORT: later("Short of capacity"),
    State.BUFFERING: later("Buffering"),
    State.DEGRADED: later("Degraded"),
    State.FINE: later("Fine"),
}
COUPLINGS: Mapping[str, str] = {
    "loose": later("loose coupling"),
    "medium": later("medium coupling"),
    "tight": later("tight coupling"),
}
"""By the word of a `WireCoupling`."""
STYLES: Mapping[str, str] = {
    Style.SYNC: later("sync"),
    Style.ASYNC: later("async"),
    Strength.HARD: later("hard"),
    Strength.SOFT: later("soft"),
}
DECISIONS: Mapping[Status, str] = {
    Status.PROPOSED: later("Proposed"),
    Status.ACCEPTED: later("Accepted"),
    Status.SUPERSEDED: later("Superseded"),
}
ROLES: Mapping[State, str] = {
    State.DOWN: "severity-error",
    State.CAPACITY_SHORT: "severity-high",
    State.BUFFERING: "severity-low",
    State.DEGRADED: "severity-medium",
    State.FINE: "ok",
}


def state_icon(state: State) -> QIcon:
    """The sign of a state for lists."""
    return QIcon(_pixmap(state, 16, current_theme().color(ROLES[state]).name(), current_theme().name))


@lru_cache(maxsize=64)
def _pixmap(state: State, size: int, colour: str, theme: str) -> QPixmap:  # noqa: ARG001 - the theme is part of the key
    ratio = 2.0
    pixmap = QPixmap(round(size * ratio), round(size * ratio))
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.scale(ratio, ratio)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(current_theme().color(ROLES[state]))
    painter.drawEllipse(QRectF(1, 1, size - 2, size - 2))
    painter.translate(size / 2, size / 2)
    pen = current_theme().pen("severity-text", 1.8)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    draw_sign(painter, state, 3.2)
    painter.end()
    pixmap.setDevicePixelRatio(ratio)
    return pixmap


def draw_sign(painter: QPainter, state: State, reach: float) -> None:
    """The shape of a state around the origin, in the painter's pen: cross, falling line, pause, half, tick."""
    r = reach
    match state:
        case State.DOWN:
            painter.drawLine(QPointF(-r, -r), QPointF(r, r))
            painter.drawLine(QPointF(-r, r), QPointF(r, -r))
        case State.CAPACITY_SHORT:
            painter.drawLine(QPointF(0, -r), QPointF(0, r * 0.25))
            painter.drawPoint(QPointF(0, r))
        case State.BUFFERING:
            painter.drawLine(QPointF(-r * 0.5, -r), QPointF(-r * 0.5, r))
            painter.drawLine(QPointF(r * 0.5, -r), QPointF(r * 0.5, r))
        case State.DEGRADED:
            painter.drawLine(QPointF(-r, 0), QPointF(r, 0))
        case State.FINE:
            painter.drawPolyline([QPointF(-r, 0), QPointF(-r * 0.2, r * 0.8), QPointF(r, -r * 0.7)])
