"""A QtBot with more patience than pytest-qt's, and a quicker eye: machines that run tests are slow and shared."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

PATIENCE_MS = 30_000
"""What is waited for comes at once, or never: a long wait only tells a failure later."""

_LOOKS_MS = (1, 1, 2, 3, 5)
_LATER_LOOKS_MS = 10


class PatientBot(QtBot):
    """Waits up to `PATIENCE_MS` milliseconds for whatever is waited for, unless a test says how long."""

    def waitUntil(self, callback: Callable[[], bool | None], *, timeout: int = PATIENCE_MS) -> None:  # noqa: N802
        """As in pytest-qt, but it looks again after a millisecond, and less and less often after that."""
        end = time.monotonic() + timeout / 1000
        for pause in _LOOKS_MS:
            if self._holds(callback):
                return
            self.wait(pause)
        super().waitUntil(callback, timeout=max(0, round((end - time.monotonic()) * 1000)))

    @staticmethod
    def _holds(callback: Callable[[], bool | None]) -> bool:
        """Whether a condition is met: it says so, or its assertions pass."""
        try:
            return callback() in (None, True)
        except AssertionError:
            return False

    def waitActive(self, widget: QWidget, *, timeout: int = PATIENCE_MS) -> Any:  # noqa: N802
        """As in pytest-qt."""
        return super().waitActive(widget, timeout=timeout)

    def waitExposed(self, widget: QWidget, *, timeout: int = PATIENCE_MS) -> Any:  # noqa: N802
        """As in pytest-qt."""
        return super().waitExposed(widget, timeout=timeout)

    def waitSignal(self, signal: Any, *, timeout: int = PATIENCE_MS, **options: Any) -> Any:  # noqa: N802
        """As in pytest-qt."""
        return super().waitSignal(signal, timeout=timeout, **options)

    def waitSignals(self, signals: Sequence[Any], *, timeout: int = PATIENCE_MS, **options: Any) -> Any:  # noqa: N802
        """As in pytest-qt."""
        return super().waitSignals(signals, timeout=timeout, **options)
