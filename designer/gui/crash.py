"""What happens when the program has a defect: it is logged, shown once, and the drawing can be brought to safety."""

from __future__ import annotations

import contextlib
import hashlib
import platform
import sys
import threading
import time
import traceback
from collections.abc import Callable
from pathlib import Path
from types import TracebackType

from PySide6 import __version__ as qt_version
from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QPlainTextEdit, QVBoxLayout, QWidget

from designer import __version__
from designer.gui.controls import label
from designer.language import tr

LOG_NAME = "errors.log"
_LOG_BYTES = 512 * 1024


class CrashReporter(QObject):
    """Takes exceptions that nobody caught, from any thread.

    `save_copy` asks where to and writes a copy of the drawing there; it must not raise.
    """

    caught = Signal(str)
    """The traceback of a defect that was not yet seen in this run; sent to the window's thread."""

    def __init__(self, folder: Path, save_copy: Callable[[], None], parent: QWidget) -> None:
        super().__init__(parent)
        self._window = parent
        self._save_copy = save_copy
        self._seen: set[str] = set()
        self._lock = threading.Lock()
        self.log = folder / LOG_NAME
        self.dialog: CrashDialog | None = None
        self.caught.connect(self._show, Qt.ConnectionType.QueuedConnection)

    def install(self) -> None:
        """Becomes the handler for this thread and all others."""
        sys.excepthook = self.report
        threading.excepthook = self._report_thread

    def report(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        """Logs an exception, and shows it if the same was not shown before."""
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        text = "".join(traceback.format_exception(kind, error, trace))
        with self._lock:
            _append(self.log, text)
            known = self._is_known(kind, trace)
        if not known:
            self.caught.emit(text)

    def _report_thread(self, hook: threading.ExceptHookArgs) -> None:
        if hook.exc_value is not None:
            self.report(hook.exc_type, hook.exc_value, hook.exc_traceback)

    def _is_known(self, kind: type[BaseException], trace: TracebackType | None) -> bool:
        # The message is left out: it may hold what differs from time to time.
        places = [f"{frame.filename}:{frame.lineno}" for frame in traceback.extract_tb(trace)]
        digest = hashlib.sha256("\n".join([kind.__name__, *places]).encode()).hexdigest()
        known = digest in self._seen
        self._seen.add(digest)
        return known

    def _show(self, text: str) -> None:
        if self.dialog is not None and self.dialog.isVisible():
            return
        self.dialog = CrashDialog(report_text(text), self.log, self._save_copy, self._window)
        self.dialog.open()


class CrashDialog(QDialog):
    """Says that there is a defect, with all that a report of it needs."""

    def __init__(self, details: str, log: Path, save_copy: Callable[[], None], parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("A defect in the program"))
        self.details = QPlainTextEdit(details)
        self.details.setProperty("role", "field")
        self.details.setReadOnly(True)
        self.details.setAccessibleName(tr("Details of the defect"))
        self.details.setMinimumSize(560, 220)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 18, 20, 16)
        column.setSpacing(8)
        column.addWidget(label(tr("The program has made an error"), "display"))
        words = tr(
            "Your drawing is still open, and every edit is kept for recovery. Save a copy of it, then start the "
            "program again. The details below help to mend it; they are also in {log}.",
            log=log,
        )
        column.addWidget(label(words, "muted", wrap=True))
        column.addWidget(self.details, 1)
        buttons = QDialogButtonBox(self)
        self.copy = buttons.addButton(tr("Copy details"), QDialogButtonBox.ButtonRole.ActionRole)
        self.save = buttons.addButton(tr("Save a copy of the drawing…"), QDialogButtonBox.ButtonRole.ActionRole)
        close = buttons.addButton(QDialogButtonBox.StandardButton.Close)
        close.setDefault(True)
        self.copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(details))
        self.save.clicked.connect(save_copy)
        buttons.rejected.connect(self.reject)
        column.addWidget(buttons)


def report_text(trace: str) -> str:
    """The traceback with the versions that matter."""
    versions = (
        f"designer {__version__}, Python {platform.python_version()}, PySide6 {qt_version}, {platform.platform()}"
    )
    return f"{versions}\n\n{trace}"


def _append(file: Path, text: str) -> None:
    """Adds an entry to the log, which begins anew when it is large; without a log there is still the dialog."""
    stamp = time.strftime("%Y-%m-%d %H:%M:%S")
    with contextlib.suppress(OSError):
        mode = "w" if file.exists() and file.stat().st_size > _LOG_BYTES else "a"
        with file.open(mode, encoding="utf-8") as log:
            log.write(f"{stamp} {text}\n")
