"""The ground that rows of all lists share."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem

from designer.gui.theme import current_theme
from designer.language import tr

_AFTER_WORD = 12


def word_width(metrics: QFontMetrics, words: Iterable[str]) -> int:
    """The room in pixels for the longest of some words (marked by `later`), so that what follows stands in a column."""
    return max(metrics.horizontalAdvance(tr(word)) for word in words) + _AFTER_WORD


def paint_ground(painter: QPainter, option: QStyleOptionViewItem) -> None:
    """The ground of a list's row: rounded, for the row under the mouse and the selected one, with the focus ring."""
    theme = current_theme()
    selected = bool(option.state & QStyle.StateFlag.State_Selected)
    hovered = bool(option.state & QStyle.StateFlag.State_MouseOver)
    focused = selected and bool(option.state & QStyle.StateFlag.State_HasFocus)
    if not selected and not hovered:
        return
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(theme.pen("focus") if focused else Qt.PenStyle.NoPen)
    painter.setBrush(theme.brush("selection" if selected else "hover"))
    painter.drawRoundedRect(option.rect.adjusted(6, 1, -6, -1), 6, 6)
    painter.restore()
