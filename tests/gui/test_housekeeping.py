"""Garbage is looked for when nobody waits."""

from __future__ import annotations

import gc
import weakref
from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from designer.gui import housekeeping
from designer.gui.housekeeping import Housekeeping
from designer.gui.window import Window


class Knot:
    """Something that refers to itself, which only a collection finds."""

    def __init__(self) -> None:
        self.itself = self


@pytest.fixture
def keeping(window: Window) -> Iterator[Housekeeping]:
    """Housekeeping of the window, whose thresholds do not outlive the test."""
    before = gc.get_threshold()
    yield Housekeeping(window.document, window.workspace.tasks, window)
    gc.set_threshold(*before)


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
    before = gc.get_threshold()
    keeping = Housekeeping(window.document, window.workspace.tasks, window)
    window.canvas.insert("sqs")
    knot = weakref.ref(Knot())
    qtbot.waitUntil(lambda: knot() is None)
    assert keeping.parent() is window
    gc.set_threshold(*before)
