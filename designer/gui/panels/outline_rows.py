"""How a row of the outline is painted: icon, name, kind in quieter letters, and at the end state and findings."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QIcon, QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem, QWidget

from designer.analysis.scale import Severity
from designer.gui.panels.outline_model import DETAIL, FINDINGS, STATE
from designer.gui.panels.severity import severity_pixmap
from designer.gui.states import state_icon
from designer.gui.theme import current_theme

_ROW, _ICON, _MARK, _GAP = 26, 16, 14, 6
_LEAST = 48
"""Narrower, the quieter letters would be cut off too much to be read."""
_MIDDLE = Qt.AlignmentFlag.AlignVCenter


class OutlineRows(QStyledItemDelegate):
    """Everything in one line. The ground is painted by the view, over the whole width."""

    def sizeHint(self, option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex) -> QSize:
        """One height for all."""
        return QSize(option.rect.width(), _ROW)

    def updateEditorGeometry(  # noqa: N802 - Qt's name
        self,
        editor: QWidget,
        option: QStyleOptionViewItem,
        _index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """The field for a new name takes the row from the end of the icon on."""
        editor.setGeometry(option.rect.adjusted(_ICON + _GAP - 2, 1, -2, -1))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """One row."""
        left, right = option.rect.left(), option.rect.right() - 8
        icon = index.data(Qt.ItemDataRole.DecorationRole)
        if isinstance(icon, QIcon):
            icon.paint(painter, QRect(left, option.rect.top() + (_ROW - _ICON) // 2, _ICON, _ICON))
            left += _ICON + _GAP
        right = self._paint_marks(painter, option, index, right)
        self._paint_words(painter, option, index, QRect(left, option.rect.top(), right - left, _ROW))

    def _paint_marks(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex, right: int
    ) -> int:
        """The state and the findings, from the end backwards; gives where the room for words ends."""
        top, dpr = option.rect.top(), painter.device().devicePixelRatio()
        found: tuple[Severity, int] | None = index.data(FINDINGS)
        if found is not None:
            severity, count = found
            words = str(count)
            width = option.fontMetrics.horizontalAdvance(words)
            painter.setPen(current_theme().pen("text-muted"))
            painter.setFont(option.font)
            painter.drawText(QRect(right - width, top, width, _ROW), _MIDDLE, words)
            right -= width + 3 + _MARK
            at = QPoint(right, top + (_ROW - _MARK) // 2)
            painter.drawPixmap(at, severity_pixmap(severity, _MARK, dpr))
            right -= _GAP
        state = index.data(STATE)
        if state is not None:
            right -= _MARK
            state_icon(state).paint(painter, QRect(right, top + (_ROW - _MARK) // 2, _MARK, _MARK))
            right -= _GAP
        return right

    def _paint_words(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
        room: QRect,
    ) -> None:
        name, metrics = str(index.data(Qt.ItemDataRole.DisplayRole) or ""), option.fontMetrics
        painter.setFont(option.font)
        painter.setPen(current_theme().pen("text"))
        painter.drawText(room, _MIDDLE, metrics.elidedText(name, Qt.TextElideMode.ElideRight, room.width()))
        detail = index.data(DETAIL)
        start = metrics.horizontalAdvance(name) + _GAP + 2
        if not detail or detail == name or room.width() - start < _LEAST:
            return
        small = QFont(option.font)
        small.setPointSizeF(max(7.0, small.pointSizeF() - 1))
        painter.setFont(small)
        painter.setPen(current_theme().pen("text-muted"))
        rest = room.adjusted(start, 0, 0, 0)
        text = QFontMetrics(small).elidedText(str(detail), Qt.TextElideMode.ElideRight, rest.width())
        painter.drawText(rest, _MIDDLE, text)
