"""Undo, redo and the list of steps, by mouse and keys: the selection goes along, and saving ends nothing."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QToolButton
from pytestqt.qtbot import QtBot

from designer.gui.history_list import HistoryList
from designer.gui.inputs import NumberBox
from designer.gui.window import Window
from designer.model.architecture import Architecture
from designer.model.entities import Component, Settings
from designer.model.history import History
from designer.model.operations import rename, set_settings
from designer.storage.files import dumps, read
from tests.gui.canvas.conftest import Hand

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
LEFT = Qt.MouseButton.LeftButton
Z, ENTER, ESCAPE = Qt.Key.Key_Z, Qt.Key.Key_Return, Qt.Key.Key_Escape


def undo(window: Window, qtbot: QtBot) -> None:
    qtbot.keyClick(window.canvas, Z, CTRL)


def redo(window: Window, qtbot: QtBot) -> None:
    qtbot.keyClick(window.canvas, Z, CTRL | SHIFT)


def middle(window: Window, key: str) -> tuple[float, float]:
    left, top, right, bottom = window.canvas.drawing.rects[key]
    return (left + right) / 2, (top + bottom) / 2


def open_list(window: Window, qtbot: QtBot) -> HistoryList:
    button = window.menus.tools.widgetForAction(window.commands["history"])
    assert isinstance(button, QToolButton)
    qtbot.mouseClick(button, LEFT)
    assert window.openers.history is not None
    return window.openers.history


def rows(steps: HistoryList) -> list[str]:
    return [steps.list.item(row).text() for row in range(steps.list.count())]


def test_a_gesture_is_one_named_step(window: Window, qtbot: QtBot) -> None:
    hand, place = Hand(window.canvas), window.document.architecture.components["mail"]
    x, y = middle(window, "mail")
    hand.drag((x, y), (x + 96, y + 48), steps=12)
    moved = window.document.architecture.components["mail"]
    assert (moved.x, moved.y) != (place.x, place.y)
    assert window.document.history.labels == ("Move Mail",)
    assert window.commands["undo"].text() == "&Undo Move Mail"
    undo(window, qtbot)
    assert window.document.architecture.components["mail"] == place
    assert window.commands["redo"].text() == "&Redo Move Mail"
    redo(window, qtbot)
    assert window.document.architecture.components["mail"] == moved


def test_what_was_deleted_comes_back_selected(window: Window, qtbot: QtBot) -> None:
    hand = Hand(window.canvas)
    hand.click(middle(window, "jobs"))
    qtbot.keyClick(window.canvas, Qt.Key.Key_Delete)
    assert "jobs" not in window.document.architecture.components and not window.canvas.selection()
    undo(window, qtbot)
    assert window.canvas.selection().components == ("jobs",)
    redo(window, qtbot)
    assert not window.canvas.selection()


def test_what_was_added_goes_and_what_was_selected_before_stays(window: Window, qtbot: QtBot) -> None:
    Hand(window.canvas).click(middle(window, "jobs"))
    qtbot.keyClick(window.canvas, Qt.Key.Key_D, CTRL)
    (copy,) = window.canvas.selection().components
    assert copy != "jobs"
    undo(window, qtbot)
    assert window.canvas.selection().components == ("jobs",)
    redo(window, qtbot)
    assert window.canvas.selection().components == (copy,), "what comes back is selected as it was"


def test_the_selection_stays_while_other_things_change(window: Window, qtbot: QtBot) -> None:
    hand = Hand(window.canvas)
    x, y = middle(window, "mail")
    hand.drag((x, y), (x + 96, y))
    hand.click(middle(window, "jobs"))
    undo(window, qtbot)
    assert window.canvas.selection().components == ("jobs",)
    window.document.do(rename(window.document.architecture, "jobs", "Work"))
    assert window.canvas.selection().components == ("work",)
    undo(window, qtbot)
    assert window.canvas.selection().components == ("jobs",), "also under its old name"


def test_undo_goes_on_after_saving(window: Window, qtbot: QtBot, tmp_path: Path) -> None:
    file = tmp_path / "shop.arch.yaml"
    window.document.path = file
    hand = Hand(window.canvas)
    before = dumps(window.document.architecture)
    x, y = middle(window, "mail")
    hand.drag((x, y), (x + 96, y))
    qtbot.keyClick(window.canvas, Qt.Key.Key_S, CTRL)
    assert not window.isWindowModified() and file.is_file()
    undo(window, qtbot)
    assert dumps(window.document.architecture) == before and window.isWindowModified()
    qtbot.keyClick(window.canvas, Qt.Key.Key_S, CTRL)
    assert dumps(read(file, window.document.catalog)) == before
    redo(window, qtbot)
    assert dumps(window.document.architecture) != before
    undo(window, qtbot)
    assert not window.isWindowModified(), "it is as it was saved"


def test_typed_text_is_one_step(window: Window, qtbot: QtBot) -> None:
    Hand(window.canvas).click(middle(window, "orders"))
    form = window.workspace.inspector.form
    assert form is not None
    field = form.fields["storage"].widget
    assert isinstance(field, NumberBox)
    field.setFocus()
    qtbot.keyClicks(field.lineEdit(), "250")
    assert window.document.history.labels == ("Set storage",)
    window.canvas.setFocus()
    undo(window, qtbot)
    assert window.document.architecture.components["orders"].properties == {}


def test_the_list_names_all_steps_and_a_click_goes_to_any(window: Window, qtbot: QtBot) -> None:
    hand, document = Hand(window.canvas), window.document
    x, y = middle(window, "mail")
    hand.drag((x, y), (x + 96, y))
    hand.click(middle(window, "jobs"))
    qtbot.keyClick(window.canvas, Qt.Key.Key_Delete)
    document.do(set_settings(document.architecture, "Name it Shop", name="Shop"))
    steps = open_list(window, qtbot)
    assert rows(steps)[1:] == ["Move Mail", "Delete Jobs", "Name it Shop  (now)"]
    assert rows(steps)[0] == "As opened"
    told: list[object] = []
    document.changed.connect(told.append)
    qtbot.mouseClick(steps.list.viewport(), LEFT, pos=steps.list.visualItemRect(steps.list.item(1)).center())
    assert document.history.position == 1 and len(told) == 1, "two steps at once are one change"
    assert "jobs" in document.architecture.components and document.architecture.settings.name != "Shop"
    assert rows(steps)[1:] == ["Move Mail  (now)", "Delete Jobs", "Name it Shop"], "the list stays open"
    undone = steps.list.item(3).data(Qt.ItemDataRole.AccessibleTextRole)
    assert undone == "Name it Shop, undone" and steps.list.item(3).font().italic()
    steps.list.setCurrentRow(0)
    qtbot.keyClick(steps, ENTER)
    assert document.history.position == 0 and document.history.is_clean
    steps.list.setCurrentRow(3)
    qtbot.keyClick(steps, ENTER)
    assert document.architecture.settings.name == "Shop" and "jobs" not in document.architecture.components
    qtbot.keyClick(steps, ESCAPE)
    assert not steps.isVisible()


def test_the_list_opens_from_the_menu_and_says_what_is_saved(window: Window, qtbot: QtBot, tmp_path: Path) -> None:
    assert not window.commands["history"].isEnabled()
    assert window.commands["history"].toolTip() == "Nothing has been changed yet"
    document = window.document
    document.path = tmp_path / "shop.arch.yaml"
    document.do(set_settings(document.architecture, "Name it One", name="One"))
    qtbot.keyClick(window.canvas, Qt.Key.Key_S, CTRL)
    document.do(set_settings(document.architecture, "Name it Two", name="Two"))
    window.commands["history"].trigger()
    assert window.openers.history is not None
    assert rows(window.openers.history)[1:] == ["Name it One  (saved)", "Name it Two  (now)"]
    qtbot.keyClick(window.openers.history, ESCAPE)


def test_typing_at_length_is_undone_at_once() -> None:
    """Thousands of keys in one field are one small step."""
    history = History(Architecture.of(Settings(), [Component(id="q", kind="sqs", name="Q")]))
    for length in range(3000):
        history.do(set_settings(history.architecture, "Set note", note="x" * length), merge="note")
    history.undo()
    assert history.architecture.settings.note == ""
    history.redo()
    assert len(history.architecture.settings.note) == 2999


def test_a_walk_through_the_history_gives_each_state_again() -> None:
    history = History(Architecture.of(Settings(), [Component(id="q", kind="sqs", name="Q")]))
    states = [history.architecture.copy()]
    for number in range(8):
        name = f"Queue {number}"
        key = next(iter(history.architecture.components))
        history.do(rename(history.architecture, key, name))
        states.append(history.architecture.copy())
    for position in (3, 8, 0, 5, 4, 8, 1):
        history.go(position)
        assert history.position == position and history.architecture == states[position]
        assert len(history.labels) == 8
