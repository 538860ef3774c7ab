"""What has changed between a file and the drawing, and what that would do to a running stack."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, QRunnable, QThreadPool, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QTextBrowser, QVBoxLayout, QWidget

from designer.catalog.catalog import Catalog
from designer.errors import UserError, UserErrors
from designer.gui.comparison import Compared, Exporting, as_html, compare_with, failure_html, summary
from designer.gui.controls import allow, label
from designer.gui.document import Document
from designer.gui.tasks import Tasks
from designer.gui.theme import current_theme, theme_switch
from designer.language import tr
from designer.model.architecture import Architecture


class CompareDialog(QDialog):
    """Shows at once, and its content when it is worked out."""

    def __init__(self, document: Document, file: Path, tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Compare"))
        self.resize(760, 560)
        self.compared: Compared | None = None
        self.error: UserError | None = None
        self.summary = label(tr("Working it out…"), "title", wrap=True)
        self.explanation = label(
            tr("What an update from there to the present drawing would change."), "muted", wrap=True
        )
        self.text = QTextBrowser()
        self.text.setAccessibleName(tr("Changes"))
        self.text.setOpenLinks(False)
        self.text.document().setDocumentMargin(10)
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        self.copy = self.buttons.addButton(tr("Copy"), QDialogButtonBox.ButtonRole.ActionRole)
        self.copy.setToolTip(tr("Copy all changes as text"))
        allow(self.copy, tr("There is nothing to copy"))
        self._arrange(file)
        self.copy.clicked.connect(self._copy)
        self.buttons.rejected.connect(self.reject)
        theme_switch().theme_changed.connect(self._render)
        self._pool = QThreadPool()
        self._runner = _Runner(file, document.architecture.copy(), document.catalog, tasks.export)
        self._runner.signals.finished.connect(self._take)
        self._pool.start(self._runner)

    def done(self, result: int) -> None:
        """Closes; a comparison that still runs is waited for, as its thread must not outlive it."""
        self._pool.waitForDone()
        super().done(result)

    def _arrange(self, file: Path) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(22, 18, 22, 16)
        column.setSpacing(8)
        heading = label(tr("Changes since {name}", name=file.name), "display", wrap=True)
        for widget in (heading, self.explanation, self.summary):
            column.addWidget(widget)
        column.addWidget(self.text, 1)
        column.addWidget(self.buttons)

    def _take(self) -> None:
        self.compared, self.error = self._runner.compared, self._runner.error
        self._render()

    def _render(self) -> None:
        theme = current_theme()
        if self.error is not None:
            errors = self.error.errors if isinstance(self.error, UserErrors) else [self.error]
            self.summary.setText(tr("These cannot be compared"))
            self.text.setHtml(failure_html([str(error) for error in errors], theme))
        elif self.compared is not None:
            self.summary.setText(summary(self.compared))
            self.text.setHtml(as_html(self.compared, theme))
            if not self.compared.entries:
                self.explanation.setText(tr("Both export to the same template. A moved box or a note deploys nothing."))
            self.text.setVisible(bool(self.compared.entries or self.compared.notes))
            allow(self.copy, "" if self.compared.entries else tr("There is nothing to copy"))

    def _copy(self) -> None:
        if self.compared is not None:
            QGuiApplication.clipboard().setText(self.compared.plain)


class _Signals(QObject):
    finished = Signal()


class _Runner(QRunnable):
    """The comparison, on a copy of the drawing."""

    def __init__(self, file: Path, architecture: Architecture, catalog: Catalog, export: Exporting) -> None:
        super().__init__()
        self.setAutoDelete(False)
        self.signals = _Signals()
        self.compared: Compared | None = None
        self.error: UserError | None = None
        self._file, self._architecture, self._catalog, self._export = file, architecture, catalog, export

    def run(self) -> None:
        """Runs in the worker."""
        try:
            self.compared = compare_with(self._file, self._architecture, self._catalog, self._export)
        except UserError as error:
            self.error = error
        self.signals.finished.emit()
