"""The fields that Qt's own do not cover: a switch, and boxes that hold "nothing of its own" as well as a value.

A field may stand for a value that the user has not set: it shows the effective value greyed, with a mark ("default").
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QHelpEvent, QPainter, QPaintEvent, QValidator, QWheelEvent
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QCheckBox,
    QComboBox,
    QLineEdit,
    QSizePolicy,
    QStyle,
    QStyleOptionComboBox,
    QStylePainter,
    QToolTip,
    QWidget,
)

from designer.catalog.quantities import SCALES, stepped, typed, written
from designer.gui.controls import escape
from designer.gui.icons import action_pixmap
from designer.gui.theme import current_theme
from designer.language import number, tr

_CHEVRON = 12
_MARK_GAP = 8
_AROUND_CHOICE = 38
"""What a combo box has beside its text: border, padding and chevron, in pixels."""
_AROUND_TEXT, _AROUND_NUMBER, _TEXT_LEFT = 24, 36, 10
_AROUND_LIST = 12
_WIDEST_LIST = 480
_SHORT = {"minutes": "min"}
"""How a unit is written beside a number that was typed without one."""


class Switch(QCheckBox):
    """A check box drawn as a switch, with its state in words beside it; partly checked means "mixed"."""

    TRACK = QSize(30, 16)

    def __init__(self) -> None:
        super().__init__()
        self.mark = ""
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def nextCheckState(self) -> None:  # noqa: N802 - Qt's name
        """A click on a mixed switch turns it on; it never becomes mixed by a click."""
        self.setChecked(self.checkState() is not Qt.CheckState.Checked)

    def sizeHint(self) -> QSize:
        """As high as the other fields, wide enough for the words."""
        return QSize(self.TRACK.width() + 8 + self.fontMetrics().horizontalAdvance(tr("Mixed default")), 26)

    def minimumSizeHint(self) -> QSize:
        """Narrow panels cut the words, not the switch."""
        return QSize(self.TRACK.width() + 4, 26)

    def hitButton(self, pos: QPoint) -> bool:  # noqa: ARG002, N802 - Qt's name and signature
        """The words count as part of the switch."""
        return True

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Track, thumb and words; the thumb's place and a tick tell the state, besides the colour."""
        theme, state = current_theme(), self.checkState()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        top = (self.height() - self.TRACK.height()) / 2 + 0.5
        track = QRectF(1.5, top, self.TRACK.width(), self.TRACK.height() - 1)
        on = state is Qt.CheckState.Checked
        painter.setPen(theme.pen("accent" if on else "border-strong"))
        painter.setBrush(theme.brush("accent" if on else "input"))
        painter.drawRoundedRect(track, track.height() / 2, track.height() / 2)
        places = {Qt.CheckState.Checked: track.right() - 7.5, Qt.CheckState.Unchecked: track.left() + 7.5}
        thumb = QPointF(places.get(state, track.center().x()), track.center().y())
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.brush("accent-text" if on else "border-strong"))
        painter.drawEllipse(thumb, 4.5, 4.5)
        if self.hasFocus():
            painter.setPen(theme.pen("focus", 1.5))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(track.adjusted(-1.5, -2.5, 1.5, 2.5), 10, 10)
        self._paint_words(painter, state)
        painter.end()

    def _paint_words(self, painter: QPainter, state: Qt.CheckState) -> None:
        words = {Qt.CheckState.Checked: tr("On"), Qt.CheckState.Unchecked: tr("Off")}.get(state, tr("Mixed"))
        painter.setPen(current_theme().pen("text-muted" if self.mark or words == "Mixed" else "text"))
        rect = self.rect().adjusted(self.TRACK.width() + 10, 0, 0, 0)
        painter.drawText(rect, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, words)
        start = rect.left() + self.fontMetrics().horizontalAdvance(words)
        _paint_mark(painter, self, self.mark, start, right=8)


class ComboBox(QComboBox):
    """A combo box that the wheel does not change by accident, with a drawn chevron and a mark ("default") beside it."""

    def __init__(self) -> None:
        super().__init__()
        self.mark = ""
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(6)
        self.setMaxVisibleItems(16)

    def room(self) -> int:
        """The width in which even the longest choice is not cut, in pixels."""
        advance = self.fontMetrics().horizontalAdvance
        texts = (self._shown(), *(self.itemText(index) for index in range(self.count())))
        return max(advance(text) for text in texts) + _AROUND_CHOICE

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Lets the panel scroll."""
        event.ignore()

    def showPopup(self) -> None:  # noqa: N802 - Qt's name
        """Opens the list as wide as its longest entry, however narrow the field is."""
        view = self.view()
        bar = view.verticalScrollBar().sizeHint().width() if self.count() > self.maxVisibleItems() else 0
        view.setMinimumWidth(min(_WIDEST_LIST, view.sizeHintForColumn(0) + bar + _AROUND_LIST))
        super().showPopup()

    def event(self, event: QEvent) -> bool:
        """A tooltip begins with the whole text where it is cut."""
        room = self.width() - _AROUND_CHOICE
        if isinstance(event, QHelpEvent) and self.fontMetrics().horizontalAdvance(self._shown()) > room:
            return _show_whole(self, event, self._shown())
        return super().event(event)

    def _shown(self) -> str:
        editor = self.lineEdit()
        return self.currentText() or (self.placeholderText() if editor is None else editor.placeholderText())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Qt's own with the text cut by an ellipsis, then chevron and mark."""
        painter = QStylePainter(self)
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        editor, shown = self.lineEdit(), self._shown()
        room = self.width() - _AROUND_CHOICE
        option.currentText = self.fontMetrics().elidedText(shown, Qt.TextElideMode.ElideRight, room)
        painter.drawComplexControl(QStyle.ComplexControl.CC_ComboBox, option)
        if editor is None:
            painter.drawControl(QStyle.ControlElement.CE_ComboBoxLabel, option)
        _paint_chevron(painter, QPointF(self.width() - 13, self.height() / 2), down=True, enabled=self.isEnabled())
        _paint_mark(painter, self, self.mark, _TEXT_LEFT + self.fontMetrics().horizontalAdvance(shown), right=24)
        painter.end()


class NumberBox(QAbstractSpinBox):
    """A field for a number: text that may be empty (for "default" or "mixed"), stepped by arrow keys and buttons.

    The text is never corrected behind the user's back; who reads it says whether it fits.
    """

    typed = Signal(str)
    """The text after a key press or a step."""

    def __init__(self, *, whole: bool, unit: str, minimum: float | None, maximum: float | None) -> None:
        super().__init__()
        self.whole = whole
        self.unit = unit
        self.minimum, self.maximum = minimum, maximum
        self.mark = ""
        self.limits = ""
        """The limits, shown in the place of the mark while one is here."""
        self.start: float = minimum or 0.0
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.lineEdit().setTextMargins(5, 0, 0, 0)
        self.lineEdit().textEdited.connect(self.typed)

    def set_text(self, text: str, placeholder: str, mark: str) -> None:
        """Shows a number, or nothing with a greyed hint."""
        if self.lineEdit().text() != text:
            self.lineEdit().setText(text)
        self.lineEdit().setPlaceholderText(placeholder)
        self.mark = mark
        self.update()

    def stepBy(self, steps: int) -> None:  # noqa: N802 - Qt's name
        """One step from the number shown, within the limits."""
        value = self._value()
        if self.unit in SCALES and self.whole:
            value = int(value)
            for _ in range(abs(steps)):
                value = stepped(self.unit, value, steps > 0)
        else:
            value += steps * (1 if self.whole else 0.1)
        if self.minimum is not None:
            value = max(value, self.minimum)
        if self.maximum is not None:
            value = min(value, self.maximum)
        text = self._written(value)
        if text != self.lineEdit().text():
            self.lineEdit().setText(text)
            self.typed.emit(text)
        self.selectAll()

    def stepEnabled(self) -> QAbstractSpinBox.StepEnabledFlag:  # noqa: N802 - Qt's name
        """Up to the limits."""
        value = self._value()
        flags = QAbstractSpinBox.StepEnabledFlag.StepNone
        if self.maximum is None or value < self.maximum:
            flags |= QAbstractSpinBox.StepEnabledFlag.StepUpEnabled
        if self.minimum is None or value > self.minimum:
            flags |= QAbstractSpinBox.StepEnabledFlag.StepDownEnabled
        return flags

    def validate(self, text: str, pos: int) -> tuple[QValidator.State, str, int]:
        """Anything may be typed; what does not fit is said beside the field."""
        return QValidator.State.Acceptable, text, pos

    def sizeHint(self) -> QSize:
        """Like a line of text."""
        return QSize(96, 26)

    def minimumSizeHint(self) -> QSize:
        """Wide enough for a few digits."""
        return QSize(64, 26)

    def room(self) -> int:
        """The width in which number and unit are not cut, in pixels."""
        shown = self._shown()
        return self.fontMetrics().horizontalAdvance(f"{shown} {self._missing_unit(shown)}") + _AROUND_NUMBER

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Lets the panel scroll."""
        event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Qt's own, then chevrons, unit and mark."""
        super().paintEvent(event)
        painter = QPainter(self)
        enabled, x = self.stepEnabled(), self.width() - 11.0
        up = bool(enabled & QAbstractSpinBox.StepEnabledFlag.StepUpEnabled)
        down = bool(enabled & QAbstractSpinBox.StepEnabledFlag.StepDownEnabled)
        _paint_chevron(painter, QPointF(x, self.height() / 2 - 4.5), down=False, enabled=up, size=9)
        _paint_chevron(painter, QPointF(x, self.height() / 2 + 4.5), down=True, enabled=down, size=9)
        shown = self._shown()
        end = _TEXT_LEFT + self.fontMetrics().horizontalAdvance(shown)
        here = self.hasFocus() or self.underMouse()
        unit = self._missing_unit(shown)
        limited = ((self.limits, unit), (self.limits,)) if here and self.limits else ()
        for parts in (*limited, (unit, self._in_words(shown), self.mark), (unit, self.mark), (unit,)):
            if _paint_mark(painter, self, "  ".join(part for part in parts if part), end, right=22):
                break
        painter.end()

    def _shown(self) -> str:
        return self.lineEdit().text() or self.lineEdit().placeholderText()

    def _value(self) -> float:
        try:
            return typed(self.unit, self.lineEdit().text())
        except ValueError:
            return self.start

    def _written(self, value: float) -> str:
        if self.whole:
            return written(self.unit, round(value)) if self.unit in SCALES else str(round(value))
        return number(f"{value:.10g}")

    def _missing_unit(self, shown: str) -> str:
        """The unit, unless the text has one itself."""
        return "" if self.unit in SCALES and any(map(str.isalpha, shown)) else _SHORT.get(self.unit, self.unit)

    def _in_words(self, shown: str) -> str:
        """A plain number as it is written everywhere else, because nobody reads 345600 as four days."""
        if self.unit not in SCALES or not self.whole or not shown.isdecimal() or self._missing_unit(shown) == "":
            return ""
        words = written(self.unit, int(shown))
        return f"= {words}" if words.split()[0] != shown else ""


class TextBox(QLineEdit):
    """A line of text with a mark ("default") at its right end, where there is room."""

    def __init__(self) -> None:
        super().__init__()
        self.mark = ""
        # In line with the numbers and choices above and below.
        self.setTextMargins(-3, 0, 0, 0)

    def room(self) -> int:
        """The width in which the text is not cut, in pixels."""
        return self.fontMetrics().horizontalAdvance(self.text() or self.placeholderText()) + _AROUND_TEXT

    def event(self, event: QEvent) -> bool:
        """A tooltip begins with the whole text where it is cut."""
        if isinstance(event, QHelpEvent) and self.room() > self.width():
            return _show_whole(self, event, self.text() or self.placeholderText())
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Qt's own, then the mark."""
        super().paintEvent(event)
        if self.mark:
            painter = QPainter(self)
            shown = self.text() or self.placeholderText()
            _paint_mark(painter, self, self.mark, _TEXT_LEFT + self.fontMetrics().horizontalAdvance(shown), right=8)
            painter.end()


def _show_whole(widget: QWidget, event: QHelpEvent, whole: str) -> bool:
    """Shows what a field holds, and cannot show for its width, above what its tooltip says."""
    about = widget.toolTip()
    if about and not about.startswith("<p>"):
        about = f"<p>{escape(about)}</p>"
    QToolTip.showText(event.globalPos(), f"<p><b>{escape(whole)}</b></p>{about}", widget)
    return True


def _paint_chevron(painter: QPainter, centre: QPointF, *, down: bool, enabled: bool, size: int = _CHEVRON) -> None:
    color = current_theme().color("text-muted" if enabled else "text-disabled")
    picture = action_pixmap("chevron-down", size, color, painter.device().devicePixelRatio())
    painter.save()
    painter.translate(centre)
    if not down:
        painter.scale(1, -1)
    painter.drawPixmap(QPointF(-size / 2, -size / 2), picture)
    painter.restore()


def _paint_mark(painter: QPainter, widget: QWidget, mark: str, end: int, *, right: int) -> bool:
    """Paints a greyed word at the right of a field; false where it would run into what ends at a number of pixels."""
    if not mark:
        return True
    font = QFont(widget.font())
    font.setPointSizeF(max(7.0, font.pointSizeF() - 1.5))
    width = QFontMetrics(font).horizontalAdvance(mark)
    if end + _MARK_GAP + width + right > widget.width():
        return False
    painter.setFont(font)
    painter.setPen(current_theme().pen("text-muted"))
    rect = QRect(widget.width() - right - width, 0, width, widget.height())
    painter.drawText(rect, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, mark)
    return True
