"""One row of a form: a property's name, the right editor for its type, a way back to the default, and what is wrong.

Whether a value fits is asked of the catalog's check, the same that guards the file.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QEnterEvent, QKeyEvent
from PySide6.QtWidgets import QGridLayout, QToolTip, QWidget

from designer.catalog.check import check_value
from designer.catalog.entries import Property
from designer.catalog.spoken import spoken
from designer.gui.controls import label, set_state, tool_button
from designer.gui.panels.editors import BlockEditor, FieldState, editor_for
from designer.language import tr
from designer.model.entities import Value

LABEL_WIDTH = 112


class Row(QWidget):
    """Label on the left, any widget on the right, a small button at the end and a message below.

    `high` puts the label level with the first line of the widget; `wide` does without it, where a heading says as much.
    """

    def __init__(
        self, title: str, widget: QWidget, help_text: str = "", *, high: bool = False, wide: bool = False
    ) -> None:
        super().__init__()
        self.widget = widget
        self.title = label(title, "muted", wrap=True)
        self.title.setBuddy(widget)
        self.title.setFixedWidth(LABEL_WIDTH)
        self.help = help_text
        self.info = tool_button("info", tr("About {title}", title=title), tip=help_text)
        self.info.setIconSize(QSize(13, 13))
        self.info.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.info.setFixedSize(20, 24)
        self.info.setStyleSheet("padding: 0")
        self.info.clicked.connect(self._tell)
        self.reset = tool_button("undo", tr("Back to the default: {title}", title=title), tip=tr("Back to the default"))
        self.reset.setIconSize(QSize(13, 13))
        self.reset.setFixedSize(20, 24)
        self.reset.setStyleSheet("padding: 0")
        self.message = label("", "error", wrap=True)
        self._arrange(high, wide)
        widget.setAccessibleName(title)
        widget.setAccessibleDescription(help_text)
        widget.setToolTip(help_text)
        self.title.setToolTip(help_text)

    def complain(self, text: str) -> None:
        """Says what is wrong; nothing is, for the empty text."""
        self.message.setText(text)
        self.message.setVisible(bool(text))
        set_state(self.widget, "invalid", bool(text))

    def enterEvent(self, event: QEnterEvent) -> None:
        """Offers the explanation."""
        self.info.setVisible(bool(self.help) and self.reset.isHidden())
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        """Takes the offer back."""
        self.info.hide()
        super().leaveEvent(event)

    def _arrange(self, high: bool, wide: bool) -> None:
        level = Qt.AlignmentFlag.AlignTop if high else Qt.AlignmentFlag.AlignVCenter
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(6)
        grid.setVerticalSpacing(2)
        grid.setColumnStretch(1, 1)
        grid.setColumnMinimumWidth(2, self.reset.width())
        self.title.setContentsMargins(0, 4 if high else 0, 0, 0)
        grid.addWidget(self.title, 0, 0, level)
        self.title.setHidden(wide)
        grid.addWidget(self.widget, 0, 0 if wide else 1, 1, 2 if wide else 1)
        grid.addWidget(self.info, 0, 2, level)
        grid.addWidget(self.reset, 0, 2, level)
        grid.addWidget(self.message, 1, 0 if wide else 1, 1, 2)
        for hidden in (self.info, self.reset, self.message):
            hidden.hide()

    def _tell(self) -> None:
        below = self.info.mapToGlobal(self.info.rect().bottomLeft())
        QToolTip.showText(below, f"<p>{_escaped(self.help)}</p>", self.info)


class Field(Row):
    """The row of one property. A value that does not fit is said below the editor, and goes nowhere."""

    committed = Signal(str, object, bool)
    """Property name, its new value (`None` resets it), and whether it came from typing."""
    finished = Signal()
    """The cursor left the editor: the next key begins another undo step."""

    def __init__(self, prop: Property, *, wide: bool = False) -> None:
        prop = spoken(prop)
        editor = editor_for(prop)
        super().__init__(prop.title, editor.widget, prop.help, high=isinstance(editor, BlockEditor), wide=wide)
        self.prop = prop
        self.editor = editor
        self.state = FieldState(None)
        self._before: FieldState | None = None
        self._going_back = False
        editor.edited.connect(self._take)
        editor.left.connect(self._leave)
        self.reset.clicked.connect(self._reset)
        for watched in (editor.widget, getattr(editor, "line", None)):
            if watched is not None:
                watched.installEventFilter(self)

    def show_state(self, state: FieldState) -> None:
        """Shows a value, unless the user is mending one that does not fit."""
        if self._going_back or (self.message.text() and state == self.state):
            self.state = state
            return
        self.state = state
        self.complain("")
        self.editor.show(state)
        self.reset.setVisible(state.own)
        self.info.setVisible(self.info.isVisible() and not state.own)
        set_state(self.title, "role", "" if state.own else "muted")
        unset = tr("Not set") if state.value is None else tr("Default value")
        words = tr("Mixed values") if state.mixed else "" if state.own else unset
        self.widget.setAccessibleDescription(". ".join(part for part in (words, self.prop.help) if part))

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Escape drops text that does not fit."""
        escape = isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape
        if not escape or event.type() != QEvent.Type.KeyPress or not self.message.text():
            return False
        self.complain("")
        self.editor.show(self.state)
        return True

    def _take(self, value: Value) -> None:
        wrong = check_value(self.prop, value)
        self.complain(_sentence(wrong) if wrong else "")
        if wrong is not None:
            self._go_back()
        elif not self._shows(value):
            if self.editor.typing and self._before is None:
                self._before = self.state
            self.committed.emit(self.prop.name, value, self.editor.typing)

    def _go_back(self) -> None:
        """Takes back what the first keys of a text that does not fit had set: 10 on the way to 1000 is not meant."""
        before = self._before
        if before is None or before.mixed or before == self.state:
            return
        self._going_back = True
        self.committed.emit(self.prop.name, before.value if before.own else None, True)
        self._going_back = False

    def _leave(self) -> None:
        self._before = None
        self.finished.emit()

    def _shows(self, value: Value) -> bool:
        state = self.state
        if value is None:
            return not state.own and not state.mixed
        return state.own and not state.mixed and bool(value == state.value)

    def _reset(self) -> None:
        self.complain("")
        self.widget.setFocus(Qt.FocusReason.OtherFocusReason)
        self.committed.emit(self.prop.name, None, False)


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}."


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")
