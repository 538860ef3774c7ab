"""Garbage is looked for when nobody waits."""

from __future__ import annotations

import gc
import threading
import weakref

import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from designer.gui import housekeeping
from designer.gui.housekeeping import Housekeeping
from designer.gui.window import Window


class Knot:
    """Something that refers to itself, which only a collection finds."""

    def __init__(self) -> None:
        self.itself = self


@pytest.fixture
def keeping(window: Window) -> Housekeeping:
    """Housekeeping of the window."""
    return Housekeeping(window.document, window.workspace.tasks, window)


def settle(window: Window, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: window.workspace.tasks.settled)


def test_a_pause_after_an_edit_is_used_once(
    window: Window, keeping: Housekeeping, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert not keeping.tidy(), "nothing has changed yet"
    window.canvas.select(["mail"])
    window.canvas.delete_selection()
    settle(window, qtbot)
    knot = weakref.ref(Knot())
    assert not keeping.tidy(), "the edit was just now"
    assert knot() is not None
    monkeypatch.setattr(housekeeping, "QUIET_SECONDS", 0.0)
    assert keeping.tidy()
    assert knot() is None
    assert not keeping.tidy(), "nothing has changed since"


def test_work_that_goes_on_is_not_held_up(
    window: Window, keeping: Housekeeping, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(housekeeping, "QUIET_SECONDS", 0.0)
    window.canvas.insert("sqs")
    assert not window.workspace.tasks.settled
    assert not keeping.tidy()
    settle(window, qtbot)
    assert keeping.tidy()


def test_it_comes_by_itself(window: Window, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(housekeeping, "QUIET_SECONDS", 0.0)
    monkeypatch.setattr(housekeeping, "EVERY_MS", 5)
    keeping = Housekeeping(window.document, window.workspace.tasks, window)
    window.canvas.insert("sqs")
    knot = weakref.ref(Knot())
    qtbot.waitUntil(lambda: knot() is None)
    assert keeping.parent() is window


def test_what_is_new_is_looked_through_when_it_is_much(
    window: Window, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By a timer of its own, without an edit, and without looking at what is old."""
    monkeypatch.setattr(housekeeping, "YOUNG_EVERY_MS", 5)
    gc.collect()
    kept = Housekeeping(window.document, window.workspace.tasks, window)
    knot = weakref.ref(Knot())
    assert not kept.sweep(), "one object is not much"
    many: list[list[int]] = [[] for _ in range(housekeeping.YOUNG)]
    qtbot.waitUntil(lambda: knot() is None)
    assert len(many) == housekeeping.YOUNG


def test_nothing_is_looked_through_during_a_drag(keeping: Housekeeping, monkeypatch: pytest.MonkeyPatch) -> None:
    many: list[list[int]] = [[] for _ in range(housekeeping.YOUNG)]
    with monkeypatch.context() as held:
        held.setattr(QApplication, "mouseButtons", staticmethod(lambda: Qt.MouseButton.LeftButton))
        assert not keeping.sweep()
    assert keeping.sweep()
    assert len(many) == housekeeping.YOUNG


@pytest.mark.usefixtures("keeping")
def test_no_thread_but_the_window_s_looks_for_garbage() -> None:
    """A thing of Qt that only a collection finds outlives any work of another thread, and goes in its own."""
    threads: list[bool] = []

    def make() -> None:
        left = QObject()
        left.itself = left  # type: ignore[attr-defined]
        left.destroyed.connect(
            lambda: threads.append(threading.current_thread() is threading.main_thread()),
            Qt.ConnectionType.DirectConnection,
        )

    def work() -> None:
        made = [[n] for n in range(20 * housekeeping.YOUNG)]
        assert made

    make()
    worker = threading.Thread(target=work)
    worker.start()
    worker.join()
    assert threads == []
    gc.collect()
    assert threads == [True]
