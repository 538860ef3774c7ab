"""The ground that rows of all lists share."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem

from designer.gui.theme import current_theme


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
