"""One row of a form: a property's name, the right editor for its type, a way back to the default, and what is wrong.

Whether a value fits is asked of the catalog's check, the same that guards the file.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QEnterEvent, QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from designer.catalog.check import check_value
from designer.catalog.documentation import property_page
from designer.catalog.entries import Property
from designer.catalog.quantities import SCALES
from designer.catalog.spoken import spoken
from designer.gui.controls import label, set_state, tip, tool_button
from designer.gui.inputs import ComboBox, NumberBox, TextBox
from designer.gui.panels.editors import BlockEditor, FieldState, editor_for
from designer.gui.panels.help_card import HelpCard, explanation
from designer.gui.panels.limits import limits_in_words
from designer.language import tr
from designer.model.entities import Value

LABEL_WIDTH = 112
_ANY_WIDTH = 16_777_215
"""Qt's width of what may be as wide as it likes."""


class Row(QWidget):
    """Label on the left, any widget on the right, a small button at the end and a message below.

    Where the widget needs more room for what it holds, the label stands above it. `high` puts the label level with the
    first line of the widget; `wide` does without it, where a heading says as much.
    The label, the small button and Shift+F1 in the widget open the explanation.
    """

    def __init__(
        self, title: str, widget: QWidget, help_text: str = "", *, high: bool = False, wide: bool = False
    ) -> None:
        super().__init__()
        self.widget = widget
        self.title = label(title, "muted", wrap=True)
        self.title.setBuddy(widget)
        self.title.installEventFilter(self)
        self.help = help_text
        self.card: HelpCard | None = None
        """The explanation that was opened last, while it exists."""
        self.info = tool_button("info", tr("About {title}", title=title), tip=tip(help_text))
        self.info.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.info.clicked.connect(self.explain)
        self.reset = tool_button("undo", tr("Back to the default: {title}", title=title), tip=tr("Back to the default"))
        for small in (self.info, self.reset):
            small.setIconSize(QSize(13, 13))
            small.setFixedSize(20, 24)
            small.setStyleSheet("padding: 0")
        self.message = label("", "error", wrap=True)
        self.hint = label("", "small", wrap=True)
        self._high, self._wide, self._above = high, wide, False
        self._arrange()
        widget.setAccessibleName(title)
        widget.setAccessibleDescription(help_text)
        widget.setToolTip(tip(help_text))
        self.title.setToolTip(tip(help_text))

    def complain(self, text: str) -> None:
        """Says what is wrong; nothing is, for the empty text."""
        self.message.setText(text)
        self.message.setVisible(bool(text))
        set_state(self.widget, "invalid", bool(text))

    def remark(self, text: str) -> None:
        """Says below the widget where its value comes from; nothing, for the empty text."""
        self.hint.setText(text)
        self.hint.setVisible(bool(text))

    def explain(self) -> None:
        """Opens the explanation."""
        self.card = self.make_card()
        self.card.destroyed.connect(self._forget_card)
        self.card.open_below(self)

    def make_card(self) -> HelpCard:
        """The explanation as it is now."""
        return HelpCard(self, self.title.text(), [self.help])

    def enterEvent(self, event: QEnterEvent) -> None:
        """Offers the explanation."""
        self.info.setVisible(bool(self.help) and self.reset.isHidden())
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        """Takes the offer back."""
        self.info.hide()
        super().leaveEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """A click on the label explains the row."""
        clicked = watched is self.title and event.type() == QEvent.Type.MouseButtonRelease
        if clicked and isinstance(event, QMouseEvent) and event.button() == Qt.MouseButton.LeftButton and self.help:
            self.explain()
        return False

    def _forget_card(self) -> None:
        self.card = None

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Stands as its width allows."""
        super().resizeEvent(event)
        self.fit()

    def fit(self) -> None:
        """Puts the label above the widget where beside it what the widget holds would be cut, else beside it."""
        if self._wide or not isinstance(self.widget, (ComboBox, NumberBox, TextBox)):
            return
        beside = self.width() - LABEL_WIDTH - self.reset.width() - 2 * self._grid.horizontalSpacing()
        above = self.widget.room() > beside
        if above != self._above:
            self._above = above
            self._place()

    def _arrange(self) -> None:
        self._grid = grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(6)
        grid.setVerticalSpacing(2)
        grid.setColumnStretch(1, 1)
        grid.setColumnMinimumWidth(2, self.reset.width())
        self.title.setCursor(Qt.CursorShape.WhatsThisCursor if self.help else Qt.CursorShape.ArrowCursor)
        self._place()
        # Not before they have a place: what is shown without a parent becomes a window.
        self.title.setHidden(self._wide)
        for hidden in (self.info, self.reset, self.message, self.hint):
            hidden.hide()

    def _place(self) -> None:
        """Puts everything where it belongs, the label above the widget or beside it."""
        level = Qt.AlignmentFlag.AlignTop if self._high else Qt.AlignmentFlag.AlignVCenter
        above, grid = self._above, self._grid
        self.title.setMinimumWidth(0 if above else LABEL_WIDTH)
        self.title.setMaximumWidth(_ANY_WIDTH if above else LABEL_WIDTH)
        self.title.setContentsMargins(0, 4 if self._high else 2 if above else 0, 0, 1 if above else 0)
        row, left = (1, 0) if above else (0, 0 if self._wide else 1)
        grid.addWidget(self.title, 0, 0, 1, 3 if above else 1, level)
        grid.addWidget(self.widget, row, left, 1, 2 - left)
        grid.addWidget(self.info, row, 2, level)
        grid.addWidget(self.reset, row, 2, level)
        grid.addWidget(self.message, 2, left, 1, 3 - left)
        grid.addWidget(self.hint, 3, left, 1, 3 - left)


class Field(Row):
    """The row of one property. A value that does not fit is said below the editor, and goes nowhere."""

    committed = Signal(str, object, bool)
    """Property name, its new value (`None` resets it), and whether it came from typing."""
    abandoned = Signal(str)
    """What was typed into the property since the cursor came is to be as if it had never been."""
    finished = Signal()
    """The cursor left the editor: the next key begins another undo step."""

    def __init__(self, prop: Property, *, wide: bool = False) -> None:
        prop = spoken(prop)
        editor = editor_for(prop)
        super().__init__(prop.title, editor.widget, prop.help, high=isinstance(editor, BlockEditor), wide=wide)
        self.prop = prop
        self.editor = editor
        self.state = FieldState(None)
        self.draft: Value = None
        """What stands in the editor and does not fit; `None` while all fits."""
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
        if self._going_back or (self.draft is not None and state == self.state):
            self.state = state
            return
        other, self.draft = state.value != self.state.value, None
        self.state = state
        self.complain("")
        self.editor.show(state)
        if other and not self.widget.hasFocus():
            # Never while somebody types: the field would move away below the hands.
            self.fit()
        self.reset.setVisible(state.own)
        self.info.setVisible(self.info.isVisible() and not state.own)
        set_state(self.title, "role", "" if state.own else "muted")
        self._describe()

    def put_draft(self, draft: Value) -> None:
        """Shows again what somebody had typed that does not fit, or (`None`) forgets it."""
        if draft is None:
            if self.draft is not None:
                self.draft = None
                self.complain("")
                self.editor.show(self.state)
            return
        wrong = self._wrong(draft)
        if wrong is not None:
            self.draft = draft
            self.editor.write(draft)
            self.complain(_sentence(wrong))

    def complain(self, text: str) -> None:
        """Says what is wrong; assistive technology reads it with the field."""
        super().complain(text)
        self._describe()

    def make_card(self) -> HelpCard:
        """Meaning, limits, what holds now and why, and where it is documented."""
        prop = self.prop
        return HelpCard(self, prop.title, explanation(prop, self.state), property_page(prop), prop.sets)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Escape drops text that does not fit, Shift+F1 explains."""
        if watched is not self.title and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._key(event)
        return super().eventFilter(watched, event)

    def _key(self, event: QKeyEvent) -> bool:
        if event.key() == Qt.Key.Key_Escape and self.draft is not None:
            self.put_draft(None)
            return True
        if event.key() == Qt.Key.Key_F1 and event.modifiers() == Qt.KeyboardModifier.ShiftModifier:
            self.explain()
            return True
        return False

    def _describe(self) -> None:
        state = self.state
        unset = tr("Not set") if state.value is None else tr("Default value")
        words = tr("Mixed values") if state.mixed else "" if state.own else unset
        parts = (self.message.text().rstrip("."), words, self.prop.help.rstrip("."), limits_in_words(self.prop))
        self.widget.setAccessibleDescription(". ".join(part for part in parts if part))

    def _take(self, value: Value) -> None:
        wrong = self._wrong(value)
        self.draft = value if wrong is not None else None
        self.complain(_sentence(wrong) if wrong else "")
        mixed_again = value is None and (self._before or self.state).mixed
        if wrong is not None or mixed_again:
            self._go_back()
        elif not self._shows(value):
            if self.editor.typing and self._before is None:
                self._before = self.state
            self.committed.emit(self.prop.name, value, self.editor.typing)

    def _wrong(self, value: Value) -> str | None:
        """What is wrong with a value; a text that is no time or size is told what would be one."""
        scale = SCALES.get(self.prop.unit)
        if scale is not None and isinstance(value, str):
            return tr(scale.wrong, shown=tr("the text {value!r}", value=value[:40]))
        return check_value(self.prop, value)

    def _go_back(self) -> None:
        """Takes back what the first keys had set: 10 on the way to 1000 is not meant, nor is what is erased again."""
        before = self._before
        if before is None or before == self.state:
            return
        self._before = None
        self._going_back = self.draft is not None
        self.abandoned.emit(self.prop.name)
        if self.state != before and not before.mixed:
            # The steps are saved by now, or others came between.
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
        self.put_draft(None)
        self.widget.setFocus(Qt.FocusReason.OtherFocusReason)
        self.committed.emit(self.prop.name, None, False)


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}."
