"""A read-only view of code with line numbers, whose lines can be marked and clicked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QFontDatabase,
    QGuiApplication,
    QHelpEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPixmap,
    QResizeEvent,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
)
from PySide6.QtWidgets import QPlainTextEdit, QTextEdit, QToolTip, QWidget

from designer.gui.controls import tip
from designer.gui.panels.highlighter import CodeHighlighter
from designer.gui.theme import current_theme, theme_switch

SIGN = 12
"""The width of a sign beside a line number."""


@dataclass(frozen=True, slots=True)
class Sign:
    """What is said of a line: its icon, the colour role that underlines the line, and the words."""

    icon: QPixmap
    role: str
    words: str


class CodeView(QPlainTextEdit):
    """Shows text; `show_text` keeps the scroll position and marks what changed."""

    line_clicked = Signal(int)
    """A line was clicked, counted from 0."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setProperty("role", "code")
        self.setAccessibleName(name)
        self.setReadOnly(True)
        self.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self._use_font()
        self.setUndoRedoEnabled(False)
        self.highlighter = CodeHighlighter(self.document())
        self._marked: list[int] = []
        # Cursors, as they move with the text while it is edited.
        self._signs: list[tuple[QTextCursor, Sign]] = []
        self._changed: range = range(0)
        self._press: int | None = None
        self.line_numbers = _LineNumbers(self)
        self.blockCountChanged.connect(self._fit_margin)
        self.updateRequest.connect(self._scroll_numbers)
        theme_switch().theme_changed.connect(self._paint_marks)
        theme_switch().theme_changed.connect(self._use_font)
        self._fit_margin()

    def _use_font(self) -> None:
        """Takes letters of one width, as large as the others in the window."""
        font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
        font.setPointSizeF(QGuiApplication.font().pointSizeF())
        self.setFont(font)
        self.setTabStopDistance(self.fontMetrics().horizontalAdvance("    "))

    def show_text(self, text: str, language: str, *, mark_changes: bool) -> None:
        """Puts another text in the place of the present one, touching only the lines that differ."""
        self.highlighter.use(language)
        old, new = self.toPlainText().split("\n"), text.rstrip("\n").split("\n")
        if old == new:
            self._changed = range(0)
            self._paint_marks()
            return
        top = _same(old, new)
        bottom = _same(old[top:][::-1], new[top:][::-1])
        self._replace(top, len(old) - bottom, new[top : len(new) - bottom])
        self._changed = range(top, len(new) - bottom) if mark_changes else range(0)
        self._paint_marks()

    def mark(self, lines: Iterable[int]) -> None:
        """Marks lines (counted from 0) and scrolls to the first when none of them is in sight."""
        marked = sorted(lines)
        if marked == self._marked:
            return
        self._marked = marked
        self._paint_marks()
        if marked and not any(line in self._visible_lines() for line in marked):
            self.reveal(marked[0])

    def show_signs(self, signs: Mapping[int, Sign]) -> None:
        """Puts signs beside lines (counted from 0) in the place of the present ones; they move with their lines."""
        self._signs = []
        for line, sign in signs.items():
            block = self.document().findBlockByNumber(line)
            if block.isValid():
                self._signs.append((QTextCursor(block), sign))
        self._paint_marks()

    def signs(self) -> dict[int, Sign]:
        """The signs by their lines, counted from 0."""
        return {cursor.blockNumber(): sign for cursor, sign in self._signs}

    def go_to(self, line: int) -> None:
        """Puts the cursor on a line and shows it."""
        block = self.document().findBlockByNumber(line)
        if block.isValid():
            self.setTextCursor(QTextCursor(block))
            if line not in self._visible_lines():
                self.reveal(line)

    def reveal(self, line: int) -> None:
        """Scrolls a line into the upper third."""
        self.verticalScrollBar().setValue(max(0, line - self._lines_in_sight() // 3))

    def find_next(self, text: str, *, back: bool = False) -> bool:
        """Selects the next place of a text, from the top again after the last; whether there is one."""
        flags = QTextDocument.FindFlag.FindBackward if back else QTextDocument.FindFlag(0)
        if self.find(text, flags):
            return True
        before = self.textCursor()
        self.moveCursor(QTextCursor.MoveOperation.End if back else QTextCursor.MoveOperation.Start)
        if self.find(text, flags):
            return True
        self.setTextCursor(before)
        return False

    def marked_lines(self) -> list[int]:
        """The marked lines, counted from 0."""
        return list(self._marked)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Remembers where a click began."""
        self._press = self.cursorForPosition(event.position().toPoint()).blockNumber()
        super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click that selects nothing chooses its line."""
        super().mouseReleaseEvent(event)
        line = self.cursorForPosition(event.position().toPoint()).blockNumber()
        if event.button() == Qt.MouseButton.LeftButton and line == self._press and not self.textCursor().hasSelection():
            self.line_clicked.emit(line)

    def viewportEvent(self, event: QEvent) -> bool:
        """What is said of the line under the mouse is its tooltip."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            self.explain_line(event.pos(), event.globalPos())
            return True
        return super().viewportEvent(event)

    def explain_line(self, position: QPoint, on_screen: QPoint) -> None:
        """Shows the words of the sign of the line at a position in the viewport, or takes them away."""
        sign = self.signs().get(self.cursorForPosition(position).blockNumber())
        if sign is None:
            QToolTip.hideText()
        else:
            QToolTip.showText(on_screen, tip(sign.words), self)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keeps the line numbers as high as the text."""
        super().resizeEvent(event)
        inside = self.contentsRect()
        self.line_numbers.setGeometry(QRect(inside.left(), inside.top(), self.margin_width(), self.viewport().height()))

    def margin_width(self) -> int:
        """The width of the column of line numbers."""
        digits = max(3, len(str(self.blockCount())))
        return 36 + self.fontMetrics().horizontalAdvance("9") * digits

    def paint_numbers(self, event: QPaintEvent) -> None:
        """Paints the numbers of the lines in sight, the marked ones stronger, with their signs."""
        theme = current_theme()
        painter = QPainter(self.line_numbers)
        painter.fillRect(event.rect(), theme.brush("input"))
        painter.setFont(self.font())
        marked, signs = set(self._marked), self.signs()
        block = self.firstVisibleBlock()
        top = self.blockBoundingGeometry(block).translated(self.contentOffset()).top()
        width, height = self.line_numbers.width() - 12, self.fontMetrics().height()
        while block.isValid() and top <= event.rect().bottom():
            line = block.blockNumber()
            if line in marked:
                painter.fillRect(QRect(0, round(top), 3, height), theme.brush("accent"))
            if line in signs:
                painter.drawPixmap(6, round(top) + (height - SIGN) // 2, signs[line].icon)
            painter.setPen(theme.pen("text" if line in marked or line in signs else "text-muted"))
            painter.drawText(QRect(0, round(top), width, height), Qt.AlignmentFlag.AlignRight, str(line + 1))
            top += self.blockBoundingRect(block).height()
            block = block.next()
        painter.end()

    def _replace(self, first: int, end: int, lines: list[str]) -> None:
        """Puts lines in the place of those from `first` up to `end` (not included), keeping the scroll position."""
        scroll = self.verticalScrollBar().value()
        document = self.document()
        cursor = QTextCursor(document)
        cursor.beginEditBlock()
        if end < document.blockCount():
            cursor.setPosition(document.findBlockByNumber(first).position())
            cursor.setPosition(document.findBlockByNumber(end).position(), QTextCursor.MoveMode.KeepAnchor)
            cursor.insertText("".join(f"{line}\n" for line in lines))
        else:
            # The last lines go together with the break before them, as the last line of all has none behind it.
            start = document.findBlockByNumber(first - 1)
            cursor.setPosition(start.position() + start.length() - 1 if first else 0)
            cursor.movePosition(QTextCursor.MoveOperation.End, QTextCursor.MoveMode.KeepAnchor)
            cursor.insertText(("\n" if first and lines else "") + "\n".join(lines))
        cursor.endEditBlock()
        self.verticalScrollBar().setValue(scroll)

    def _paint_marks(self) -> None:
        theme = current_theme()
        grounds = [(line, "code-changed") for line in self._changed] + [
            (line, "code-highlight") for line in self._marked
        ]
        selections = []
        for line, role in grounds:
            block = self.document().findBlockByNumber(line)
            if not block.isValid():
                continue
            selection = QTextEdit.ExtraSelection()
            selection.format.setBackground(theme.brush(role))
            selection.format.setProperty(QTextFormat.Property.FullWidthSelection, True)
            selection.cursor = QTextCursor(block)
            selections.append(selection)
        self.setExtraSelections([*selections, *(_underlined(cursor, sign) for cursor, sign in self._signs)])
        self.line_numbers.update()

    def _visible_lines(self) -> range:
        first = self.firstVisibleBlock().blockNumber()
        return range(first, first + self._lines_in_sight())

    def _lines_in_sight(self) -> int:
        return max(1, self.viewport().height() // max(1, self.fontMetrics().lineSpacing()))

    def _fit_margin(self) -> None:
        self.setViewportMargins(self.margin_width(), 0, 0, 0)

    def _scroll_numbers(self, rect: QRect, by: int) -> None:
        if by:
            self.line_numbers.scroll(0, by)
        else:
            self.line_numbers.update(0, rect.y(), self.line_numbers.width(), rect.height())


class _LineNumbers(QWidget):
    def __init__(self, view: CodeView) -> None:
        super().__init__(view)
        self._view = view

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            self._view.explain_line(QPoint(0, event.y()), event.globalPos())
            return True
        return super().event(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click beside a line chooses it, as one on it does."""
        if event.button() == Qt.MouseButton.LeftButton:
            position = QPoint(0, round(event.position().y()))
            self._view.line_clicked.emit(self._view.cursorForPosition(position).blockNumber())

    def sizeHint(self) -> QSize:
        return QSize(self._view.margin_width(), 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        self._view.paint_numbers(event)


def _underlined(at: QTextCursor, sign: Sign) -> QTextEdit.ExtraSelection:
    """A wave under the words of the line at which a cursor stands."""
    selection = QTextEdit.ExtraSelection()
    selection.format.setUnderlineStyle(QTextCharFormat.UnderlineStyle.WaveUnderline)
    selection.format.setUnderlineColor(current_theme().color(sign.role))
    text = at.block().text()
    selection.cursor = QTextCursor(at.block())
    selection.cursor.setPosition(at.block().position() + len(text) - len(text.lstrip()))
    selection.cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor)
    return selection


def _same(one: list[str], other: list[str]) -> int:
    """How many lines at the start are the same."""
    count = 0
    for left, right in zip(one, other, strict=False):
        if left != right:
            break
        count += 1
    return count
