"""What a screen reader is told as things happen."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from designer.gui import announcer
from designer.gui.canvas import accessible
from designer.gui.window import Window

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def heard(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """All that is said, with "!" before what interrupts, while a screen reader listens."""
    said: list[str] = []

    def announce(_widget: QWidget, text: str, *, urgent: bool = False) -> None:
        if text:
            said.append(f"!{text}" if urgent else text)

    monkeypatch.setattr(announcer, "announce", announce)
    QAccessible.setActive(True)
    yield said
    QAccessible.setActive(False)


def press(qtbot: QtBot, key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    widget = QApplication.focusWidget()
    assert widget is not None
    qtbot.keyClick(widget, key, held)


def test_steps_are_told_and_that_they_were_undone(heard: list[str], window: Window, qtbot: QtBot) -> None:
    window.canvas.select(["mail"])
    press(qtbot, Qt.Key.Key_Delete)
    assert "Delete Mail" in heard
    press(qtbot, Qt.Key.Key_Z, CTRL)
    assert heard[-1] == "Undone: Delete Mail"
    press(qtbot, Qt.Key.Key_Z, CTRL | SHIFT)
    assert heard[-1] == "Delete Mail"


def test_connecting_is_told_and_a_refusal_with_its_reason(heard: list[str], window: Window, qtbot: QtBot) -> None:
    window.canvas.select(["worker"])
    press(qtbot, Qt.Key.Key_C, SHIFT)
    qtbot.keyClicks(QApplication.focusWidget(), "mail")
    press(qtbot, Qt.Key.Key_Return)
    assert any("Worker" in said and "Mail" in said for said in heard)
    window.canvas.select(["orders"])
    press(qtbot, Qt.Key.Key_C, SHIFT)
    assert heard[-1] == "Nothing is drawn yet that Orders could be connected to."


def test_a_knock_out_tells_what_stops(heard: list[str], window: Window, qtbot: QtBot) -> None:
    window.canvas.select(["front"])
    press(qtbot, Qt.Key.Key_K)
    qtbot.waitUntil(lambda: window.workspace.failures.settled and any(said.startswith("!") for said in heard))
    (told,) = [said for said in heard if said.startswith("!")]
    assert told.startswith("!Front fails.") and told.endswith(window.workspace.bar.text.text())
    press(qtbot, Qt.Key.Key_F8, SHIFT)
    qtbot.waitUntil(lambda: heard[-1] == "Nothing fails any more.")


def test_several_selected_things_are_counted(heard: list[str], window: Window, qtbot: QtBot) -> None:
    assert window.canvas.hasFocus()
    press(qtbot, Qt.Key.Key_A, CTRL)
    assert heard[-1] == "12 things selected"
    press(qtbot, Qt.Key.Key_A, CTRL | SHIFT)
    assert heard[-1] == "Nothing selected"


def test_the_number_of_findings_is_told_when_it_changes(heard: list[str], window: Window, qtbot: QtBot) -> None:
    window.canvas.select(["orders"])
    press(qtbot, Qt.Key.Key_D, CTRL)
    qtbot.waitUntil(lambda: "2 findings" in heard)


def test_where_nobody_listens_nothing_is_sent(window: Window, monkeypatch: pytest.MonkeyPatch) -> None:
    sent: list[object] = []
    monkeypatch.setattr(accessible.QAccessible, "updateAccessibility", sent.append)
    QAccessible.setActive(False)
    accessible.announce(window.canvas, "Anything")
    assert not sent
    QAccessible.setActive(True)
    accessible.announce(window.canvas, "Anything", urgent=True)
    QAccessible.setActive(False)
    assert len(sent) == 1
