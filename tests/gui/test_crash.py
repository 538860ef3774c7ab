"""Defects: logged always, shown once, with details to copy and the drawing to save."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QRunnable, Qt, QThreadPool
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from designer.gui.crash import CrashReporter

LEFT = Qt.MouseButton.LeftButton


class Saved:
    """Counts how often a copy of the drawing was asked for."""

    count = 0

    def save(self) -> None:
        """One more."""
        self.count += 1


@pytest.fixture
def saved() -> Saved:
    return Saved()


@pytest.fixture
def reporter(qtbot: QtBot, tmp_path: Path, saved: Saved) -> Iterator[CrashReporter]:
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    hooks = sys.excepthook, threading.excepthook
    yield CrashReporter(tmp_path, saved.save, window)
    sys.excepthook, threading.excepthook = hooks


def fail(reporter: CrashReporter, message: str) -> None:
    """Raises and reports; always from the same line."""
    try:
        raise ZeroDivisionError(message)
    except ZeroDivisionError as error:
        reporter.report(type(error), error, error.__traceback__)


def test_a_defect_is_shown_with_details_and_logged(reporter: CrashReporter, qtbot: QtBot, saved: Saved) -> None:
    fail(reporter, "first")
    qtbot.waitUntil(lambda: reporter.dialog is not None and reporter.dialog.isVisible())
    dialog = reporter.dialog
    assert dialog is not None
    assert "ZeroDivisionError: first" in dialog.details.toPlainText()
    assert "PySide6" in dialog.details.toPlainText()
    assert "ZeroDivisionError: first" in reporter.log.read_text(encoding="utf-8")
    qtbot.mouseClick(dialog.copy, LEFT)
    assert QGuiApplication.clipboard().text() == dialog.details.toPlainText()
    qtbot.mouseClick(dialog.save, LEFT)
    assert saved.count == 1


def test_the_same_defect_is_shown_once_and_logged_each_time(reporter: CrashReporter, qtbot: QtBot) -> None:
    shown: list[str] = []
    reporter.caught.connect(shown.append)
    for message in ("one", "two", "three"):
        fail(reporter, message)
    try:
        raise KeyError("another")
    except KeyError as error:
        reporter.report(type(error), error, error.__traceback__)
    qtbot.waitUntil(lambda: len(shown) == 2)
    log = reporter.log.read_text(encoding="utf-8")
    assert all(word in log for word in ("one", "two", "three", "another"))


def test_a_defect_in_another_thread_is_taken_too(reporter: CrashReporter, qtbot: QtBot) -> None:
    reporter.install()
    shown: list[str] = []
    reporter.caught.connect(shown.append)

    def work() -> None:
        raise RuntimeError("in a thread")

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    qtbot.waitUntil(lambda: len(shown) == 1)
    assert "in a thread" in shown[0]


def test_a_defect_in_a_worker_is_taken_too(reporter: CrashReporter, qtbot: QtBot) -> None:
    reporter.install()
    shown: list[str] = []
    reporter.caught.connect(shown.append)

    class Work(QRunnable):
        def run(self) -> None:
            raise RuntimeError("in a worker")

    pool = QThreadPool()
    work = Work()
    work.setAutoDelete(False)
    pool.start(work)
    qtbot.waitUntil(lambda: len(shown) == 1)
    assert "in a worker" in shown[0]


def test_the_log_begins_anew_when_it_is_large(reporter: CrashReporter) -> None:
    reporter.log.write_text("x" * 600_000, encoding="utf-8")
    fail(reporter, "fresh")
    text = reporter.log.read_text(encoding="utf-8")
    assert "fresh" in text and "xxx" not in text


def test_an_interrupt_is_no_defect(reporter: CrashReporter, capsys: pytest.CaptureFixture[str]) -> None:
    error = KeyboardInterrupt()
    reporter.report(KeyboardInterrupt, error, None)
    assert "KeyboardInterrupt" in capsys.readouterr().err
    assert not reporter.log.exists()


def test_a_folder_that_cannot_be_written_is_no_second_defect(qtbot: QtBot, tmp_path: Path) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    reporter = CrashReporter(tmp_path / "missing", lambda: None, window)
    shown: list[str] = []
    reporter.caught.connect(shown.append)
    fail(reporter, "still shown")
    qtbot.waitUntil(lambda: len(shown) == 1)
