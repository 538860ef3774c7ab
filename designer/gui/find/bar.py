"""The bar over the canvas in which one searches the drawing."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from designer.gui.controls import SearchField, allow, label, set_state, tip, tool_button
from designer.gui.failure_bar import FailureBar
from designer.gui.find.index import Scope
from designer.gui.inputs import ComboBox
from designer.language import tr

_EDGE = 12
_GAP = 6
_WIDTH = 430
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class FindBar(QFrame):
    """Stands at the top right of the canvas. Enter goes to the next match, Shift+Enter back, Escape closes."""

    query_changed = Signal()
    wanted = Signal(int)
    """The next (1) or the previous match (-1) is to be shown."""
    closed = Signal()

    def __init__(self, canvas: QWidget) -> None:
        super().__init__(canvas)
        self._canvas = canvas
        self.setProperty("role", "bar")
        self.setProperty("pinned", True)
        self.setAccessibleName(tr("Find in the drawing"))
        self.search = SearchField(tr("Find in the drawing"))
        self.search.setMinimumWidth(90)
        self.scope = self._scopes()
        self.count = label("", "small")
        self.count.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Preferred)
        self.where = label("", "small")
        self.where.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.previous = tool_button("chevron-up", tr("Previous match"), tip=tr("Previous match (Shift+F3)"))
        self.next = tool_button("chevron-down", tr("Next match"), tip=tr("Next match (F3)"))
        self.close_button = tool_button("close", tr("Close"), tip=tr("Close (Esc)"))
        self._arrange()
        self.search.textChanged.connect(self.query_changed)
        self.scope.currentIndexChanged.connect(self.query_changed)
        self.previous.clicked.connect(lambda: self.wanted.emit(-1))
        self.next.clicked.connect(lambda: self.wanted.emit(1))
        self.close_button.clicked.connect(self.closed)
        for watched in (self.search, canvas):
            watched.installEventFilter(self)
        self.hide()

    def chosen_scope(self) -> Scope | None:
        """Where to look; `None` is everywhere."""
        value = self.scope.currentData()
        return Scope(value) if value else None

    def open(self) -> None:
        """Shows itself, with all that was typed chosen."""
        self.show()
        self.place()
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def tell(self, count: str, where: str, *, found: bool) -> None:
        """Says how many matches there are, and what the present one is."""
        self.count.setText(count)
        self.where.setText(where)
        self.where.setToolTip(tip(where))
        self.where.setVisible(bool(where))
        none = bool(count) and not found
        set_state(self.count, "role", "error" if none else "small")
        set_state(self.search, "invalid", none)
        self.setAccessibleDescription(". ".join(part for part in (count, where) if part))
        for button in (self.previous, self.next):
            allow(button, "" if found else tr("There is no match"))
        self.place()

    def place(self) -> None:
        """Takes its place at the top right of the canvas."""
        width = min(_WIDTH, self._canvas.width() - 2 * _EDGE)
        left = self._canvas.width() - width - _EDGE
        self.setGeometry(left, self._free_top(left), width, self.sizeHint().height())
        self.raise_()

    def _free_top(self, left: int) -> int:
        """Below the bar of failures, where that reaches as far to the right."""
        for other in self._canvas.findChildren(FailureBar, options=Qt.FindChildOption.FindDirectChildrenOnly):
            if other.isVisible() and other.geometry().right() >= left:
                return other.geometry().bottom() + _GAP
        return _EDGE

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Keeps its place in a canvas of another size; Enter steps through the matches."""
        if watched is self._canvas:
            if event.type() is QEvent.Type.Resize:
                self.place()
            return False
        if not isinstance(event, QKeyEvent) or event.type() is not QEvent.Type.KeyPress:
            return False
        if event.key() in _ENTER:
            self.wanted.emit(-1 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1)
        elif event.key() == Qt.Key.Key_Escape:
            # What was typed stays, for F3 and for the next time.
            self.closed.emit()
        else:
            return False
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape closes; other keys stay here, for they are not meant for the drawing."""
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        event.accept()

    def _scopes(self) -> ComboBox:
        box = ComboBox()
        box.setAccessibleName(tr("Where to look"))
        titles = {
            "": tr("Everywhere"),
            Scope.NAME: tr("Names"),
            Scope.KIND: tr("Kinds"),
            Scope.PROPERTY: tr("Properties"),
            Scope.NOTE: tr("Notes"),
            Scope.FINDING: tr("Findings"),
        }
        for scope, title in titles.items():
            box.addItem(title, str(scope))
        box.setFixedWidth(112)
        return box

    def _arrange(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 7, 6, 7)
        column.setSpacing(3)
        row = QHBoxLayout()
        row.setSpacing(5)
        row.addWidget(self.search, 1)
        for widget in (self.scope, self.count, self.previous, self.next, self.close_button):
            row.addWidget(widget)
        column.addLayout(row)
        self.where.setContentsMargins(4, 0, 4, 0)
        column.addWidget(self.where)
