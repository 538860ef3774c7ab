"""Looking for garbage when nobody waits: to walk all that a large drawing holds takes a tenth of a second."""

from __future__ import annotations

import gc
import time

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication

from designer.gui.document import Document
from designer.gui.tasks import Tasks

THRESHOLDS = (5_000, 50, 100_000)
"""Young objects are looked through after so many new ones, those that survived it after so many times of that, and all
of them, on Python's own account, practically never."""
EVERY_MS = 20_000
QUIET_SECONDS = 10.0
"""So long nothing may have changed before everything is looked through."""


class Housekeeping(QObject):
    """Keeps collections out of the way of edits: small ones go on, a full one follows when the user pauses."""

    def __init__(self, document: Document, tasks: Tasks, parent: QObject) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._changed_at: float | None = None
        gc.set_threshold(*THRESHOLDS)
        document.changed.connect(self._note)
        document.replaced.connect(self._note)
        self._timer = QTimer(self)
        self._timer.setInterval(EVERY_MS)
        self._timer.timeout.connect(self.tidy)
        self._timer.start()

    def tidy(self) -> bool:
        """Looks through everything if something has changed since, and nothing goes on now; says whether it did."""
        if self._changed_at is None or time.monotonic() - self._changed_at < QUIET_SECONDS:
            return False
        if not self._tasks.settled or QApplication.mouseButtons() != Qt.MouseButton.NoButton:
            return False
        self._changed_at = None
        gc.collect()
        return True

    def _note(self) -> None:
        self._changed_at = time.monotonic()
