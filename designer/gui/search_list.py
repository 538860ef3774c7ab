"""A search field over a list that stands on the window: the keys of the field choose in the list."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass

import shiboken6
from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFocusEvent, QIcon, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from designer.gui.canvas.accessible import announce
from designer.gui.controls import SearchField, label, tip
from designer.gui.theme import current_theme
from designer.language import tr

ICON = 20
"""The width of a line's icon."""
_MARGIN, _ROW, _DETAIL_LINES, _MOST_LINES, _GAP = 8, 26, 3, 7, 12
_STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 8, Qt.Key.Key_PageUp: -8}
_HINT, _REASON, _DETAIL = Qt.ItemDataRole.UserRole, Qt.ItemDataRole.UserRole + 1, Qt.ItemDataRole.UserRole + 2


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the list: `hint` stands at its right, `detail` below the list while it is current.

    One with a `reason` cannot be taken now, and says why.
    """

    title: str
    icon: QIcon | None = None
    hint: str = ""
    detail: str = ""
    reason: str = ""


class SearchList(QFrame):
    """Enter or a click takes a line; Escape or leaving takes none. It closes itself."""

    def __init__(self, over: QWidget, back: QWidget, prompt: str, names: str, width: int) -> None:
        super().__init__(over)
        self._back, self._done, self._width = back, False, width
        self._before = QApplication.focusWidget()
        self.setProperty("role", "bar")
        self.setAccessibleName(prompt)
        self.search: QLineEdit = SearchField(prompt)
        self.list = QListWidget()
        self.list.setProperty("role", "palette")
        self.list.setAccessibleName(names)
        self.list.setIconSize(QSize(ICON, ICON))
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setUniformItemSizes(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._delegate = _Hints(self.list)
        self.list.setItemDelegate(self._delegate)
        self.detail = label("", "small", wrap=True)
        self.detail.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.detail.setContentsMargins(8, 4, 8, 0)
        self._least = self.detail.fontMetrics().lineSpacing() * _DETAIL_LINES + 8
        self.detail.setFixedHeight(self._least)
        column = QVBoxLayout(self)
        column.setContentsMargins(_MARGIN, _MARGIN, _MARGIN, _MARGIN)
        column.setSpacing(4)
        column.addWidget(self.search)
        column.addWidget(self.list, 1)
        column.addWidget(self.detail)
        self.search.textChanged.connect(self.fill)
        self.search.installEventFilter(self)
        self.list.itemClicked.connect(self._choose)
        self.list.currentItemChanged.connect(self._show_detail)

    @abstractmethod
    def rows_for(self, text: str) -> Sequence[Row]:
        """The lines for what is typed, the best first."""

    @abstractmethod
    def take(self, number: int) -> None:
        """Does what the line of this number (from 0) of those found last is for; the list is closed by then."""

    @abstractmethod
    def closed(self) -> None:
        """The list has closed."""

    def open(self, where: QRect) -> None:
        """Shows the list at a place, with the cursor in the field."""
        self.fill("")
        self.setGeometry(where)
        self.show()
        self.raise_()
        self.search.setFocus(Qt.FocusReason.PopupFocusReason)

    def close_up(self) -> None:
        """Closes, with nothing taken."""
        if self._done:
            return
        self._done = True
        if self.isAncestorOf(QApplication.focusWidget() or self):
            self._give_focus_back()
        self.hide()
        self.deleteLater()
        self.closed()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """The keys of the search field: the list follows them while one types."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._key(Qt.Key(event.key()))
        if isinstance(event, QFocusEvent) and event.type() == QEvent.Type.FocusOut:
            kept = (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason)
            if event.reason() not in kept:
                self.close_up()
        return False

    def fill(self, text: str) -> None:
        """Shows what is found for a text."""
        self.list.clear()
        for row in self.rows_for(text):
            self.list.addItem(_item(row, max(_ROW, self.fontMetrics().lineSpacing() + 6)))
        self.list.setCurrentRow(0)
        if not self.list.count():
            self.detail.setText(tr("Nothing that fits has this name."))

    def _give_focus_back(self) -> None:
        """To where it came from; where that is gone, to what was named for it."""
        before = self._before
        if before is not None and shiboken6.isValid(before) and before.isVisible() and not self.isAncestorOf(before):
            before.setFocus()
        else:
            self._back.setFocus()

    def _key(self, key: Qt.Key) -> bool:
        if key == Qt.Key.Key_Escape:
            self.close_up()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            item = self.list.currentItem()
            if item is not None:
                self._choose(item)
        elif key in _STEPS and self.list.count():
            row = self.list.currentRow() + _STEPS[key]
            self.list.setCurrentRow(max(0, min(self.list.count() - 1, row)))
        else:
            return False
        return True

    def _show_detail(self, item: QListWidgetItem | None) -> None:
        if item is None:
            return
        text = item.data(_REASON) or item.data(_DETAIL)
        self.detail.setToolTip(tip(text))
        width = self._width - 2 * _MARGIN
        most = (width - 24) * _MOST_LINES
        self.detail.setText(self.detail.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, most))
        self.detail.setFixedHeight(max(self._least, self.detail.heightForWidth(width)))
        # The keyboard stays in the search field, so the line that it has come to is not told by itself.
        spoken = item.data(Qt.ItemDataRole.AccessibleTextRole)
        self.search.setAccessibleDescription(spoken)
        announce(self.search, spoken)

    def _choose(self, item: QListWidgetItem) -> None:
        if item.data(_REASON):
            return
        number = self.list.row(item)
        self.close_up()
        self.take(number)


class _Hints(QStyledItemDelegate):
    """Writes the hint of a line at its right, and mutes what cannot be taken."""

    def initStyleOption(  # noqa: N802 - Qt's name
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Leaves room for the hint."""
        super().initStyleOption(option, index)
        hint = index.data(_HINT)
        if hint:
            metrics = option.fontMetrics
            room = option.rect.width() - metrics.horizontalAdvance(hint) - ICON - 4 * _GAP
            option.text = metrics.elidedText(option.text, Qt.TextElideMode.ElideRight, max(40, room))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Paints the line, then its hint."""
        if index.data(_REASON):
            painter.setOpacity(0.5)
        super().paint(painter, option, index)
        hint = index.data(_HINT)
        if hint:
            painter.setPen(current_theme().color("text-muted"))
            painter.setFont(option.font)
            right = option.rect.adjusted(_GAP, 0, -2 * _GAP, 0)
            painter.drawText(right, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, hint)
        painter.setOpacity(1.0)


def _item(row: Row, height: int) -> QListWidgetItem:
    item = QListWidgetItem(row.title)
    if row.icon is not None:
        item.setIcon(row.icon)
    item.setData(_HINT, row.hint)
    item.setData(_REASON, row.reason)
    item.setData(_DETAIL, row.detail)
    item.setSizeHint(QSize(0, height))
    spoken = ", ".join(part for part in (row.title, row.hint, row.reason) if part)
    item.setData(Qt.ItemDataRole.AccessibleTextRole, spoken)
    item.setToolTip(tip(row.reason or row.detail))
    return item
