"""The small controls that panels and dialogs are made of, where Qt's own look or behave differently from the design."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLayout, QLineEdit, QSizePolicy, QToolButton, QWidget

from designer.gui.icons import action_icon

_TIP_LINE = 90
"""Characters in a line of a tooltip, from which on it is broken."""
_ENTITIES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#x27;"})


def set_state(widget: QWidget, name: str, value: object) -> None:
    """Sets a dynamic property that the style sheet reads ("invalid", "quiet"), and restyles if it changed."""
    if widget.property(name) != value:
        widget.setProperty(name, value)
        widget.style().unpolish(widget)
        widget.style().polish(widget)


def allow(widget: QWidget, reason: str) -> None:
    """Switches a control on, or (for a reason) off, which its tooltip then says instead of what it says else."""
    if bool(reason) == widget.isEnabled():
        widget.setEnabled(not reason)
        if reason:
            widget.setProperty("explanation", widget.toolTip())
        else:
            widget.setToolTip(widget.property("explanation") or "")
    if reason:
        widget.setToolTip(tip(reason))


def label(text: str, role: str = "", *, wrap: bool = False) -> QLabel:
    """A plain-text label in one of the style sheet's roles: muted, small, heading, title, display or error."""
    made = QLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setWordWrap(wrap)
    if role:
        made.setProperty("role", role)
    return made


class Elided(QLabel):
    """A plain text on one line that ends in an ellipsis where there is no room for all of it."""

    def __init__(self, role: str = "") -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        if role:
            self.setProperty("role", role)

    def minimumSizeHint(self) -> QSize:
        """Room for a few letters."""
        return QSize(min(60, self.sizeHint().width()), super().minimumSizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The text, as far as it fits."""
        painter, room = QPainter(self), self.contentsRect()
        shown = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, room.width())
        if len(shown) == 1 < len(self.text()):
            shown = ""
        self.style().drawItemText(
            painter, room, self.alignment(), self.palette(), self.isEnabled(), shown, self.foregroundRole()
        )
        painter.end()


def escape(text: str) -> str:
    """A text for a place where Qt reads HTML, as it is written. (The module `html` loads all entities' names first.)"""
    return text.translate(_ENTITIES)


def tip(text: str) -> str:
    """A tooltip that shows a text as it is written, in lines of a readable length.

    Qt would read what looks like tags as rich text, and would write a plain text on one line however long it is.
    """
    short = all(len(line) <= _TIP_LINE for line in text.split("\n"))
    if short and "<" not in text:
        return text
    return f"<p>{'<br>'.join(escape(line) for line in text.split(chr(10)))}</p>"


def empty_layout(layout: QLayout) -> None:
    """Takes all widgets out of a layout; they vanish at once and are deleted when no event needs them any more."""
    while (item := layout.takeAt(0)) is not None:
        if widget := item.widget():
            widget.hide()
            widget.deleteLater()


def line() -> QFrame:
    """A horizontal rule, one pixel high."""
    made = QFrame()
    made.setProperty("role", "line")
    made.setFixedHeight(1)
    return made


def tool_button(icon: str, name: str, *, tip: str = "", checkable: bool = False) -> QToolButton:
    """A flat button with an icon, named for tooltips and assistive technology."""
    made = QToolButton()
    made.setIcon(action_icon(icon))
    made.setIconSize(QSize(16, 16))
    made.setToolTip(tip or name)
    made.setAccessibleName(name)
    made.setCheckable(checkable)
    made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return made


class SearchField(QLineEdit):
    """A search field with a loupe and a clear button; Escape clears it."""

    left_down = Signal()
    """Down was pressed: the user wants to go into the list."""

    def __init__(self, placeholder: str) -> None:
        super().__init__()
        self._loupe = QAction(action_icon("search"), "", self)
        self.addAction(self._loupe, QLineEdit.ActionPosition.LeadingPosition)
        self.setPlaceholderText(placeholder)
        self.setAccessibleName(placeholder)
        self.setClearButtonEnabled(False)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Down goes on to the results, Escape clears."""
        if event.key() == Qt.Key.Key_Down:
            self.left_down.emit()
        elif event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        else:
            super().keyPressEvent(event)


class Chips(QWidget):
    """A row of toggles, any of which may be on."""

    toggled = Signal(object)
    """The texts that are on, in order, after a click."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._name = name
        self._chips: dict[str, QToolButton] = {}
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(4)
        self._row.addStretch(1)
        self.setAccessibleName(name)

    def offer(self, texts: Sequence[str]) -> None:
        """The toggles to show."""
        if list(self._chips) == list(texts):
            return
        for chip in self._chips.values():
            self._row.removeWidget(chip)
            chip.deleteLater()
        self._chips = {text: self._chip(text) for text in texts}
        for index, chip in enumerate(self._chips.values()):
            self._row.insertWidget(index, chip)

    def show_on(self, texts: Iterable[str], *, quiet: bool) -> None:
        """Which are on; `quiet` greys them, because they are inherited."""
        on = set(texts)
        for text, chip in self._chips.items():
            chip.setChecked(text in on)
            set_state(chip, "quiet", quiet)

    def chips(self) -> dict[str, QToolButton]:
        """The buttons by their text."""
        return dict(self._chips)

    def _chip(self, text: str) -> QToolButton:
        chip = QToolButton()
        chip.setText(text)
        chip.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
        chip.setCheckable(True)
        chip.setProperty("chip", True)
        chip.setAccessibleName(f"{self._name} {text}")
        chip.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        chip.clicked.connect(self._tell)
        return chip

    def _tell(self) -> None:
        self.toggled.emit(tuple(text for text, chip in self._chips.items() if chip.isChecked()))


class Clickable(QFrame):
    """A frame that is pressed like a button, by mouse, Enter or Space."""

    clicked = Signal()

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setProperty("role", "clickable")

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click inside."""
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self.clicked.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter or Space."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.clicked.emit()
        else:
            super().keyPressEvent(event)
