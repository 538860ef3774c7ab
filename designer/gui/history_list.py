"""Every step of the document in a list: a click goes back or forward to any of them."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from designer.gui.controls import label, tip
from designer.gui.document import Document
from designer.gui.theme import current_theme
from designer.language import tr

_WIDTH = 320
_MOST_ROWS = 14
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class HistoryList(QFrame):
    """Stays open while one goes from step to step; Escape or a click elsewhere closes it."""

    def __init__(self, document: Document, owner: QWidget) -> None:
        super().__init__(owner, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setProperty("role", "bar")
        self.setAccessibleName(tr("History"))
        self.setFixedWidth(_WIDTH)
        self._document = document
        self.list = QListWidget()
        self.list.setProperty("role", "palette")
        self.list.setAccessibleName(tr("Steps"))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setTextElideMode(Qt.TextElideMode.ElideRight)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 10, 8, 8)
        column.setSpacing(6)
        heading = label(tr("History"), "heading")
        heading.setContentsMargins(6, 0, 0, 0)
        column.addWidget(heading)
        column.addWidget(self.list)
        self.list.itemClicked.connect(lambda item: self._go(self.list.row(item)))
        document.state_changed.connect(self._fill)
        self._fill()
        self._fit()

    def open_at(self, place: QPoint) -> None:
        """Shows itself with its upper left corner at a point of the screen, as far as it fits there."""
        screen = self.screen().availableGeometry()
        self.adjustSize()
        left = min(place.x(), screen.right() - self.width())
        top = min(place.y(), screen.bottom() - self.height())
        self.move(max(screen.left(), left), max(screen.top(), top))
        self.show()
        self.list.setFocus(Qt.FocusReason.PopupFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes to the chosen step, Escape closes."""
        if event.key() == Qt.Key.Key_Escape:
            self.close()
        elif event.key() in _ENTER:
            self._go(self.list.currentRow())
        else:
            super().keyPressEvent(event)

    def _go(self, position: int) -> None:
        if position != self._document.history.position:
            self._document.go(position)

    def _fill(self) -> None:
        """The steps in the order in which they were taken; those that were taken back are grey and say so."""
        history = self._document.history
        self.list.clear()
        for number, step in enumerate(("", *history.labels)):
            name = step[:1].upper() + step[1:] if step else tr("As opened")
            marks = []
            if number == history.position:
                marks.append(tr("now"))
            if number == history.clean_position and number:
                marks.append(tr("saved"))
            undone = number > history.position
            words = f"{name}  ({', '.join(marks)})" if marks else name
            item = QListWidgetItem(words)
            item.setToolTip(tip(name))
            item.setData(Qt.ItemDataRole.AccessibleTextRole, tr("{step}, undone", step=words) if undone else words)
            font = item.font()
            font.setItalic(undone)
            font.setBold(number == history.position)
            item.setFont(font)
            if undone:
                item.setForeground(current_theme().color("text-muted"))
            self.list.addItem(item)
        self.list.setCurrentRow(history.position)

    def _fit(self) -> None:
        rows = min(_MOST_ROWS, self.list.count())
        self.list.setFixedHeight(rows * (self.list.sizeHintForRow(0) + 2) + 8)
