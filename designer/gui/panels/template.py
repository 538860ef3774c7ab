"""The template as it would be exported now, line by line connected with what is drawn."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QGuiApplication, QIcon
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from designer.analysis.findings import Severity
from designer.errors import UserError, UserErrors
from designer.gui.controls import SearchField, label, set_state, tool_button
from designer.gui.panels.code_view import CodeView
from designer.gui.panels.severity import severity_pixmap

_NAME = Qt.ItemDataRole.UserRole


class ExportedLine(Protocol):
    """A line of the YAML text and the ids of what wrote it."""

    @property
    def origins(self) -> tuple[str, ...]:
        """Component, connection and boundary ids, or "network", "shared:..."."""


class Exported(Protocol):
    """A finished export."""

    @property
    def lines(self) -> Sequence[ExportedLine]:
        """One entry per line of the YAML text."""

    @property
    def notes(self) -> Sequence[str]:
        """What the user should know before deploying."""

    def text(self, format: str = "yaml") -> str:
        """The template as "yaml" or "json"."""


class TemplatePanel(QWidget):
    """The text, or the list of what keeps it from being written."""

    origin_clicked = Signal(str)
    """The id of what wrote the clicked line, or of what the clicked error names."""
    export_requested = Signal()
    format_changed = Signal(str)

    def __init__(self, format: str = "yaml", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName("Template")
        self._export: Exported | None = None
        self._selected: frozenset[str] = frozenset()
        self.format = format
        self.text_to_copy: Callable[[], str | None] = self._shown_text
        """What "Copy" takes: the text that is shown, unless the window knows of a fuller one."""
        self.view = CodeView("Template text")
        self.errors = QListWidget()
        self.errors.setAccessibleName("What keeps the template from being written")
        self.errors.setWordWrap(True)
        self.errors.setSpacing(2)
        self._problem = label("", "title", wrap=True)
        self._wait = label("The template shows here as soon as something is drawn.", "muted", wrap=True)
        self._stack = QStackedWidget()
        self._bar = _Bar(format)
        self._arrange()
        self._connect()
        self._enable()

    def show_export(self, exported: Exported | None) -> None:
        """Shows a finished export; `None` while there is nothing to export."""
        fresh = self._export is None
        self._export = exported
        if exported is None:
            self._stack.setCurrentWidget(self._wait)
        else:
            self.view.show_text(exported.text(self.format), self.format, mark_changes=not fresh)
            self._stack.setCurrentWidget(self.view)
            self._mark()
        self._bar.show_notes(exported.notes if exported else ())
        self._enable()

    def show_errors(self, error: UserError) -> None:
        """Shows why the template cannot be written; each error leads to what it names."""
        self._export = None
        found = error.errors if isinstance(error, UserErrors) else [error]
        count = "One thing keeps" if len(found) == 1 else f"{len(found)} things keep"
        self._problem.setText(f"{count} the template from being written")
        self.errors.clear()
        for one in found:
            item = QListWidgetItem(QIcon(severity_pixmap(Severity.ERROR, 16, self.devicePixelRatioF())), str(one))
            item.setData(_NAME, one.name)
            self.errors.addItem(item)
        self._stack.setCurrentWidget(self._failure)
        self._bar.show_notes(())
        self._enable()

    def show_selection(self, ids: Sequence[str]) -> None:
        """Marks the lines that these components, connections or boundaries wrote."""
        self._selected = frozenset(ids)
        self._mark()

    def focus_find(self) -> None:
        """Puts the cursor into the search field."""
        self._bar.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._bar.search.selectAll()

    @property
    def bar(self) -> _Bar:
        """The row of controls over the text."""
        return self._bar

    def _arrange(self) -> None:
        self._wait.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._wait.setContentsMargins(14, 12, 14, 12)
        self._failure = QWidget()
        failure = QVBoxLayout(self._failure)
        failure.setContentsMargins(8, 8, 8, 0)
        self._problem.setContentsMargins(6, 0, 0, 0)
        failure.addWidget(self._problem)
        failure.addWidget(self.errors, 1)
        for page in (self._wait, self.view, self._failure):
            self._stack.addWidget(page)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._bar)
        column.addWidget(self._stack, 1)

    def _connect(self) -> None:
        self.view.line_clicked.connect(self._line_clicked)
        self.errors.itemClicked.connect(self._error_clicked)
        self.errors.itemActivated.connect(self._error_clicked)
        self._bar.format_chosen.connect(self._set_format)
        self._bar.copy.clicked.connect(self._copy)
        self._bar.export.clicked.connect(self.export_requested)
        self._bar.search.returnPressed.connect(self._find)
        self._bar.search.textChanged.connect(self._find_from_here)
        self._bar.search.left_down.connect(self._find)

    def _enable(self) -> None:
        ready = self._export is not None
        for widget in (self._bar.copy, self._bar.export, self._bar.search):
            widget.setEnabled(ready)

    def _set_format(self, format: str) -> None:
        if format == self.format:
            return
        self.format = format
        if self._export is not None:
            self.view.show_text(self._export.text(format), format, mark_changes=False)
            self._mark()
        self.format_changed.emit(format)

    def _mark(self) -> None:
        if self._export is None or self.format != "yaml":
            self.view.mark(())
            return
        lines = enumerate(self._export.lines)
        self.view.mark(index for index, line in lines if not self._selected.isdisjoint(line.origins))

    def _line_clicked(self, line: int) -> None:
        if self._export is None or self.format != "yaml" or line >= len(self._export.lines):
            return
        for origin in self._export.lines[line].origins:
            self.origin_clicked.emit(origin)
            return

    def _error_clicked(self, item: QListWidgetItem) -> None:
        if name := item.data(_NAME):
            self.origin_clicked.emit(name)

    def _copy(self) -> None:
        text = self.text_to_copy()
        if text is not None:
            QGuiApplication.clipboard().setText(text)
            self._bar.tell("Copied")

    def _shown_text(self) -> str | None:
        return self._export.text(self.format) if self._export is not None else None

    def _find(self) -> None:
        self._look(self._bar.search.text())

    def _find_from_here(self, text: str) -> None:
        cursor = self.view.textCursor()
        cursor.setPosition(cursor.selectionStart())
        self.view.setTextCursor(cursor)
        self._look(text)

    def _look(self, text: str) -> None:
        found = not text or self.view.find_next(text)
        set_state(self._bar.search, "invalid", not found)
        self._bar.tell("" if found else "Not found")


class _Bar(QWidget):
    """YAML or JSON, find, copy, export."""

    format_chosen = Signal(str)

    def __init__(self, format: str) -> None:
        super().__init__()
        self.buttons: dict[str, QToolButton] = {}
        group = QButtonGroup(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 7, 10, 7)
        row.setSpacing(4)
        for value in ("yaml", "json"):
            button = self.buttons[value] = QToolButton()
            button.setText(value.upper())
            button.setCheckable(True)
            button.setChecked(value == format)
            button.setProperty("chip", True)
            button.setAccessibleName(f"Show as {value.upper()}")
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            group.addButton(button)
            row.addWidget(button)
        group.buttonClicked.connect(lambda button: self.format_chosen.emit(button.text().lower()))
        self.search = SearchField("Find in template")
        self.search.setMaximumWidth(240)
        self._told = label("", "small")
        self._notes = QLabel()
        self._notes.setProperty("role", "small")
        self.copy = tool_button("copy", "Copy template", tip="Copy the whole template")
        self.copy.setIconSize(QSize(16, 16))
        self.export = QPushButton("Export…")
        self.export.setToolTip("Write the template to a file")
        row.addSpacing(8)
        row.addWidget(self.search, 1)
        row.addWidget(self._told)
        row.addStretch(1)
        row.addWidget(self._notes)
        row.addWidget(self.copy)
        row.addWidget(self.export)

    def tell(self, text: str) -> None:
        """A short word about what has just been done."""
        self._told.setText(text)

    def show_notes(self, notes: Sequence[str]) -> None:
        """How many notes there are, in full as a tooltip."""
        count = len(notes)
        self._notes.setText("" if not count else "1 note" if count == 1 else f"{count} notes")
        self._notes.setToolTip("\n".join(f"• {note}" for note in notes))
        self._notes.setAccessibleDescription("\n".join(notes))
