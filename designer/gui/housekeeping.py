"""Looking for garbage, always in the window's thread, and when nobody waits.

On its own account Python looks for garbage in whichever thread makes the next object. There it would destroy what the
window has let go of, a closed dialog with its timers for instance, and Qt then crashes: its things have to end in their
own thread. So that is off from the start (`app.main`), and timers look instead.
"""

from __future__ import annotations

import gc
import time

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication

from designer.gui.document import Document
from designer.gui.tasks import Tasks

YOUNG_EVERY_MS = 1_000
YOUNG = 5_000
"""What is new is looked through when it has become so many objects."""
MIDDLING = 50
"""What survived that is looked through after so many times."""
EVERY_MS = 20_000
QUIET_SECONDS = 10.0
"""So long nothing may have changed before everything is looked through, a tenth of a second with a large drawing."""


class Housekeeping(QObject):
    """Keeps collections out of the way of edits: small ones go on, a full one follows when the user pauses."""

    def __init__(self, document: Document, tasks: Tasks, parent: QObject) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._changed_at: float | None = None
        gc.disable()
        document.changed.connect(self._note)
        document.replaced.connect(self._note)
        self._small = self._timer(YOUNG_EVERY_MS)
        self._small.timeout.connect(self.sweep)
        self._full = self._timer(EVERY_MS)
        self._full.timeout.connect(self.tidy)

    def sweep(self) -> bool:
        """Looks through what is new if that is much, and the user drags nothing; says whether it did."""
        young, middling, _old = gc.get_count()
        if young < YOUNG or _dragging():
            return False
        gc.collect(0 if middling < MIDDLING else 1)
        return True

    def tidy(self) -> bool:
        """Looks through everything if something has changed since, and nothing goes on now; says whether it did."""
        if self._changed_at is None or time.monotonic() - self._changed_at < QUIET_SECONDS:
            return False
        if not self._tasks.settled or _dragging():
            return False
        self._changed_at = None
        gc.collect()
        return True

    def _timer(self, every_ms: int) -> QTimer:
        timer = QTimer(self)
        timer.setInterval(every_ms)
        timer.start()
        return timer

    def _note(self) -> None:
        self._changed_at = time.monotonic()


def _dragging() -> bool:
    return QApplication.mouseButtons() != Qt.MouseButton.NoButton
