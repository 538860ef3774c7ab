"""The template as it would be exported now, line by line connected with what is drawn."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Protocol

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication, QIcon
from PySide6.QtWidgets import (
    QListWidget,
    QListWidgetItem,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from designer.analysis.findings import Severity
from designer.errors import UserError, UserErrors
from designer.gui.controls import allow, label, set_state
from designer.gui.live_validation import Said, Verdict
from designer.gui.panels.code_view import SIGN, CodeView, Sign
from designer.gui.panels.severity import severity_pixmap
from designer.gui.panels.template_bar import TemplateBar
from designer.gui.panels.template_messages import MessagesPane
from designer.gui.panels.template_summary import SEVERITY_WORDS, message_pixmap, role_of
from designer.gui.theme import theme_switch
from designer.language import later, plural, tr

_NAME = Qt.ItemDataRole.UserRole
_NOTHING = later("The template shows here as soon as something is drawn.")
_COMING = later("The template is being made.")


class ExportedLine(Protocol):
    """A line of the YAML text and the ids of what wrote it."""

    @property
    def origins(self) -> tuple[str, ...]:
        """Component, connection and boundary ids, or "network", "shared:..."."""

    @property
    def writer(self) -> str:
        """Who wrote it, as "component:orders"."""

    @property
    def path(self) -> tuple[str | int, ...]:
        """The keys and indexes that lead to what it shows."""


class Exported(Protocol):
    """A finished export."""

    @property
    def lines(self) -> Sequence[ExportedLine]:
        """One entry per line of the YAML text."""

    @property
    def titles(self) -> Mapping[str, str]:
        """The names of the writers."""

    @property
    def notes(self) -> Sequence[str]:
        """What the user should know before deploying."""

    def text(self, format: str = "yaml") -> str:
        """The template as "yaml" or "json"."""


class TemplatePanel(QWidget):
    """The text with what is said of it, or the list of what keeps it from being written."""

    origin_clicked = Signal(str)
    """The id of what wrote the clicked line, or of what the clicked error or message is about."""
    export_requested = Signal()
    format_changed = Signal(str)

    def __init__(self, format: str = "yaml", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(tr("Template"))
        self._export: Exported | None = None
        self._selected: frozenset[str] = frozenset()
        self._verdict = Verdict()
        self.format = format
        self.text_to_copy: Callable[[], str | None] = self._shown_text
        """What "Copy" takes: the text that is shown, unless the window knows of a fuller one."""
        self.view = CodeView(tr("Template text"))
        self.errors = QListWidget()
        self.errors.setAccessibleName(tr("What keeps the template from being written"))
        self.errors.setWordWrap(True)
        self.errors.setSpacing(2)
        self._problem = label("", "title", wrap=True)
        self._wait = label(tr(_NOTHING), "muted", wrap=True)
        self._stack = QStackedWidget()
        self.messages = MessagesPane()
        self.messages.use_format(format)
        self._text = QSplitter(Qt.Orientation.Horizontal)
        self._bar = TemplateBar(format)
        self._arrange()
        self._connect()
        self._enable()
        theme_switch().theme_changed.connect(self._show_signs)

    def show_export(self, exported: Exported | None) -> None:
        """Shows a finished export; `None` while there is nothing to export."""
        fresh = self._export is None
        self._export = exported
        if exported is None:
            self._stack.setCurrentWidget(self._wait)
        else:
            self.view.show_text(exported.text(self.format), self.format, mark_changes=not fresh)
            self._stack.setCurrentWidget(self._text)
            self._mark()
        self._bar.show_notes(exported.notes if exported else ())
        self._enable()

    def expect(self, *, drawn: bool) -> None:
        """Whether anything is drawn, of which a template is made as soon as this panel is seen."""
        self._wait.setText(tr(_COMING if drawn else _NOTHING))

    def show_errors(self, error: UserError) -> None:
        """Shows why the template cannot be written; each error leads to what it names."""
        self._export = None
        found = error.errors if isinstance(error, UserErrors) else [error]
        words = plural(
            "One thing keeps the template from being written",
            "{count} things keep the template from being written",
            len(found),
        )
        self._problem.setText(words)
        self.errors.clear()
        for one in found:
            item = QListWidgetItem(QIcon(severity_pixmap(Severity.ERROR, 16, self.devicePixelRatioF())), str(one))
            item.setData(_NAME, one.name)
            self.errors.addItem(item)
        self._stack.setCurrentWidget(self._failure)
        self._bar.show_notes(())
        self._enable()

    def show_verdict(self, verdict: Verdict) -> None:
        """Shows what the judges say of the template."""
        same = verdict.said == self._verdict.said
        self._verdict = verdict
        self._bar.show_verdict(verdict)
        if not same:
            self.messages.show_messages(verdict.said)
            self._show_signs()
        self._show_or_hide_messages()

    def show_selection(self, ids: Sequence[str]) -> None:
        """Marks the lines that these components, connections or boundaries wrote."""
        self._selected = frozenset(ids)
        self._mark()

    def focus_find(self) -> None:
        """Puts the cursor into the search field."""
        self._bar.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._bar.search.selectAll()

    def find_next(self, *, back: bool = False) -> None:
        """Goes on to the next place of what was searched, or back to the one before."""
        self._look(self._bar.search.text(), back=back)

    @property
    def bar(self) -> TemplateBar:
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
        self._text.setChildrenCollapsible(False)
        self._text.addWidget(self.view)
        self._text.addWidget(self.messages)
        self._text.setSizes([600, 400])
        self._text.setStretchFactor(0, 3)
        self._text.setStretchFactor(1, 2)
        self.messages.hide()
        for page in (self._wait, self._text, self._failure):
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
        self.messages.chosen.connect(self._message_chosen)
        self._bar.messages_wanted.connect(self._show_or_hide_messages)
        self._bar.format_chosen.connect(self._set_format)
        self._bar.copy.clicked.connect(self._copy)
        self._bar.export.clicked.connect(self.export_requested)
        self._bar.search.returnPressed.connect(self._find)
        self._bar.search.textChanged.connect(self._find_from_here)
        self._bar.search.left_down.connect(self._find)

    def _enable(self) -> None:
        ready = self._export is not None
        for widget in (self._bar.copy, self._bar.export, self._bar.search, self._bar.opinion):
            allow(widget, "" if ready else tr("There is no template yet"))

    def _set_format(self, format: str) -> None:
        if format == self.format:
            return
        self.format = format
        if self._export is not None:
            self.view.show_text(self._export.text(format), format, mark_changes=False)
            self._mark()
        self.messages.use_format(format)
        self._show_signs()
        self.format_changed.emit(format)

    def _mark(self) -> None:
        if self._export is None or self.format != "yaml":
            self.view.mark(())
            return
        lines = enumerate(self._export.lines)
        self.view.mark(index for index, line in lines if not self._selected.isdisjoint(line.origins))

    def _show_signs(self) -> None:
        signs: dict[int, Sign] = {}
        for said in reversed(self._verdict.said):
            # The worst is first, and its icon the one that is seen where a line has several.
            if said.lines:
                line = said.line(self.format) - 1
                signs[line] = self._sign(said, signs.get(line))
        self.view.show_signs(signs)

    def _sign(self, said: Said, other: Sign | None) -> Sign:
        severity, text = said.message.severity, f"{tr(SEVERITY_WORDS[said.message.severity])}: {said.message.text}"
        icon = message_pixmap(severity, SIGN, self.devicePixelRatioF())
        return Sign(icon, role_of(severity), f"{text}\n{other.words}" if other is not None else text)

    def _show_or_hide_messages(self) -> None:
        self.messages.setVisible(bool(self._verdict.said) and self._bar.wants_messages())

    def _message_chosen(self, said: Said) -> None:
        self.origin_clicked.emit(said.origin)
        if said.lines:
            self.view.go_to(said.line(self.format) - 1)

    def _line_clicked(self, line: int) -> None:
        self.messages.choose_line(line + 1)
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
            self._bar.tell(tr("Copied"))

    def _shown_text(self) -> str | None:
        return self._export.text(self.format) if self._export is not None else None

    def _find(self) -> None:
        self._look(self._bar.search.text())

    def _find_from_here(self, text: str) -> None:
        cursor = self.view.textCursor()
        cursor.setPosition(cursor.selectionStart())
        self.view.setTextCursor(cursor)
        self._look(text)

    def _look(self, text: str, *, back: bool = False) -> None:
        found = not text or self.view.find_next(text, back=back)
        set_state(self._bar.search, "invalid", not found)
        self._bar.tell("" if found else tr("Not found"))
