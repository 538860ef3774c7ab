"""The editors of a form, one for each type of property: they only read and show, and never judge a value."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import QCompleter, QLineEdit, QPlainTextEdit, QWidget

from designer.catalog.entries import Property, PropertyType
from designer.catalog.quantities import SCALES, typed, written
from designer.gui.controls import set_state
from designer.gui.inputs import ComboBox, NumberBox, Switch, TextBox
from designer.gui.panels.limits import short_limits
from designer.language import later, number, tr
from designer.model.entities import Value

DEFAULT, FOLLOWS, NOT_SET = later("default"), later("derived"), later("not set")
_AROUND_LINES = 11
"""Border, padding and upper margin of a block of text: so high, it shows whole lines."""


@dataclass(frozen=True, slots=True)
class FieldState:
    """What a row shows: the effective value, whether the user set it, and whether several things disagree on it.

    `origin` says what a value follows from that the user did not set; empty where it is always the same.
    """

    value: Value
    own: bool = False
    mixed: bool = False
    origin: str = ""

    @property
    def mark(self) -> str:
        """The word in the field for a value that the user did not set; empty for one of their own."""
        if self.own or self.mixed:
            return ""
        return tr(FOLLOWS) if self.origin else tr(DEFAULT)


class Editor(QObject):
    """Reads and shows the values of one property in one widget."""

    edited = Signal(object)
    """The new value as far as it can be read (text where it cannot); `None` for "no value of its own"."""
    left = Signal()
    """The cursor left the widget."""

    typing = False
    """Whether values come key by key, so that they belong into one undo step."""

    def __init__(self, prop: Property, widget: QWidget) -> None:
        super().__init__(widget)
        self.prop = prop
        self.widget = widget
        widget.installEventFilter(self)

    def show(self, state: FieldState) -> None:
        """Shows a value without saying `edited`."""
        raise NotImplementedError

    def write(self, value: Value) -> None:
        """Shows what somebody had typed, fitting or not; only fields that are typed into can."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Notices when the cursor leaves."""
        if event.type() == QEvent.Type.FocusOut and watched is self.widget:
            self.left.emit()
        return False


class BooleanEditor(Editor):
    """A switch."""

    def __init__(self, prop: Property) -> None:
        self.switch = Switch()
        super().__init__(prop, self.switch)
        self.switch.clicked.connect(lambda: self.edited.emit(self.switch.isChecked()))

    def show(self, state: FieldState) -> None:
        """On, off or mixed."""
        self.switch.setTristate(state.mixed)
        on = Qt.CheckState.Checked if state.value else Qt.CheckState.Unchecked
        self.switch.setCheckState(Qt.CheckState.PartiallyChecked if state.mixed else on)
        self.switch.mark = state.mark
        self.switch.update()


class ChoiceEditor(Editor):
    """A combo box of the allowed values."""

    def __init__(self, prop: Property) -> None:
        self.box = ComboBox()
        super().__init__(prop, self.box)
        for value, title in prop.choices.items():
            unit = f" {prop.unit}" if prop.unit else ""
            self.box.addItem(f"{title}{unit}", value)
        self.box.setPlaceholderText(tr("Mixed"))
        self.box.activated.connect(lambda index: self.edited.emit(self.box.itemData(index)))

    def show(self, state: FieldState) -> None:
        """The value's title, greyed while it is the default."""
        self.box.setCurrentIndex(-1 if state.mixed else self.box.findData(state.value))
        self.box.mark = state.mark
        set_state(self.box, "quiet", bool(state.mark))
        self.box.update()


class NumberEditor(Editor):
    """A number box; the default stands in it as a greyed hint. Times and sizes are written with their units."""

    typing = True

    def __init__(self, prop: Property) -> None:
        whole = prop.type is PropertyType.INTEGER
        self.box = NumberBox(whole=whole, unit=prop.unit, minimum=prop.minimum, maximum=prop.maximum)
        self.box.limits = short_limits(prop)
        self._kept: Value = None
        super().__init__(prop, self.box)
        self.box.typed.connect(lambda text: self.edited.emit(self._read(text)))
        self.box.editingFinished.connect(self._settle)

    def show(self, state: FieldState) -> None:
        """The user's number, or the default as a hint."""
        self._kept = state.value if state.own and not state.mixed else None
        if isinstance(state.value, (int, float)):
            self.box.start = state.value
        if state.mixed:
            self.box.set_text("", tr("Mixed"), "")
        elif state.own:
            text = self.box.lineEdit().text()
            self.box.set_text(text if self._read(text) == state.value else self._text(state.value), "", "")
        else:
            mark = tr(NOT_SET) if state.value is None else state.mark
            self.box.set_text("", self._text(state.value), mark)

    def write(self, value: Value) -> None:
        """The text as it was typed."""
        self.box.set_text(_number_text(value), "", "")

    def _read(self, text: str) -> Value:
        text = text.strip()
        if not text:
            return None
        try:
            value = typed(self.prop.unit, text)
        except ValueError:
            return text
        if not self.box.whole:
            return value
        return int(value) if value.is_integer() else text

    def _text(self, value: Value) -> str:
        scaled = self.prop.unit in SCALES and isinstance(value, (int, float))
        return written(self.prop.unit, value) if scaled else _number_text(value)

    def _settle(self) -> None:
        """Writes a number that was taken as it is written everywhere, now that nobody types any more."""
        line = self.box.lineEdit()
        if self._kept is not None and self._read(line.text()) == self._kept and line.text() != self._text(self._kept):
            line.setText(self._text(self._kept))


class TextEditor(Editor):
    """A line of text, with suggestions where the property has some."""

    typing = True

    def __init__(self, prop: Property) -> None:
        self.box = TextBox()
        super().__init__(prop, self.box)
        self.box.textEdited.connect(lambda text: self.edited.emit(text or None))

    def show(self, state: FieldState) -> None:
        """The user's text, or the default as a hint."""
        text = str(state.value) if state.own and not state.mixed else ""
        if self.box.text() != text:
            self.box.setText(text)
            if not self.box.hasFocus():
                self.box.setCursorPosition(0)
        hint = "" if state.value is None else str(state.value)
        self.box.setPlaceholderText(tr("Mixed") if state.mixed else hint)
        self.box.mark = state.mark if hint else ""
        self.box.update()

    def write(self, value: Value) -> None:
        """The text as it was typed."""
        self.box.setText("" if value is None else str(value))


class SuggestionEditor(Editor):
    """A combo box whose text may also be typed, completed from the suggestions."""

    typing = True

    def __init__(self, prop: Property) -> None:
        self.box = ComboBox()
        super().__init__(prop, self.box)
        self.line = QLineEdit()
        self.line.setTextMargins(-2, 0, 0, 0)
        self.box.setLineEdit(self.line)
        self.box.setInsertPolicy(ComboBox.InsertPolicy.NoInsert)
        self.box.addItems([str(value) for value in prop.suggestions])
        completer = QCompleter(self.box.model(), self.box)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.box.setCompleter(completer)
        self.line.installEventFilter(self)
        self.line.textEdited.connect(lambda text: self.edited.emit(text or None))
        self.box.textActivated.connect(lambda text: self.edited.emit(text or None))
        completer.activated.connect(lambda: self.edited.emit(self.line.text() or None))

    def show(self, state: FieldState) -> None:
        """The user's text, or the default as a hint."""
        text = str(state.value) if state.own and not state.mixed else ""
        if self.line.text() != text:
            self.box.setCurrentIndex(self.box.findText(text) if text else -1)
            self.box.setEditText(text)
        if not self.line.hasFocus():
            self.line.setCursorPosition(0)
        hint = "" if state.value is None else str(state.value)
        self.line.setPlaceholderText(tr("Mixed") if state.mixed else hint)
        self.box.mark = state.mark if hint else ""
        self.box.update()

    def write(self, value: Value) -> None:
        """The text as it was typed."""
        self.box.setEditText("" if value is None else str(value))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """The line inside the box has the cursor."""
        if event.type() == QEvent.Type.FocusOut and watched is self.line:
            self.left.emit()
        return False


class BlockEditor(Editor):
    """A block of text, or a list with one entry a line."""

    typing = True

    def __init__(self, prop: Property) -> None:
        self.box = TextBlock()
        super().__init__(prop, self.box)
        self._shown = ""
        self.box.textChanged.connect(self._read)

    def show(self, state: FieldState) -> None:
        """The user's text, or the default as a hint."""
        own = state.own and not state.mixed
        self._set(_block_text(state.value) if own else "")
        hint = tr("One entry per line") if self.prop.type is PropertyType.LIST else ""
        self.box.setPlaceholderText(tr("Mixed") if state.mixed else _block_text(state.value) or hint)

    def write(self, value: Value) -> None:
        """The text as it was typed."""
        self._set(_block_text(value))

    def _set(self, text: str) -> None:
        if self._value(self.box.toPlainText()) == self._value(text):
            return
        self._shown = text
        self.box.setPlainText(text)

    def _read(self) -> None:
        text = self.box.toPlainText()
        if text != self._shown:
            self._shown = text
            self.edited.emit(self._value(text))

    def _value(self, text: str) -> Value:
        if self.prop.type is not PropertyType.LIST:
            return text or None
        return [line.strip() for line in text.splitlines() if line.strip()] or None


class TextBlock(QPlainTextEdit):
    """A few lines of text that Tab leaves."""

    def __init__(self, lines: int = 3) -> None:
        super().__init__()
        self.setProperty("role", "field")
        self.setTabChangesFocus(True)
        self.setFixedHeight(self.fontMetrics().lineSpacing() * lines + _AROUND_LINES)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)


def editor_for(prop: Property) -> Editor:
    """The editor that fits a property's type."""
    match prop.type:
        case PropertyType.BOOLEAN:
            return BooleanEditor(prop)
        case PropertyType.CHOICE:
            return ChoiceEditor(prop)
        case PropertyType.INTEGER | PropertyType.NUMBER:
            return NumberEditor(prop)
        case PropertyType.LIST:
            return BlockEditor(prop)
        case PropertyType.TEXT:
            if prop.multiline:
                return BlockEditor(prop)
            return SuggestionEditor(prop) if prop.suggestions else TextEditor(prop)


def _number_text(value: Value) -> str:
    return number(f"{value:.10g}") if isinstance(value, float) else "" if value is None else str(value)


def _block_text(value: Value) -> str:
    if isinstance(value, (list, tuple)):
        return "\n".join(str(item) for item in value)
    return "" if value is None else str(value)
