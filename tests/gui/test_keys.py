"""The list of keys: searched, changed, refused, taken back, remembered."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QContextMenuEvent, QKeySequence
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from designer.gui.actions import COMMANDS, Command
from designer.gui.dialogs.shortcuts import ShortcutsDialog
from designer.gui.document import Document
from designer.gui.keymap import Keymap
from designer.gui.settings import UserSettings
from designer.gui.window import Window

CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
NONE = Qt.KeyboardModifier.NoModifier
BY_ID = {command.id: command for command in COMMANDS}


@pytest.fixture
def dialog(window: Window, qtbot: QtBot) -> ShortcutsDialog:
    qtbot.keyClick(window.canvas, Qt.Key.Key_Question)
    (made,) = window.findChildren(ShortcutsDialog)
    qtbot.waitUntil(made.search.hasFocus)
    return made


def choose(dialog: ShortcutsDialog, qtbot: QtBot, words: str) -> Command:
    """Searches for a command and goes to the first that is found, by keyboard."""
    dialog.search.setFocus()
    dialog.search.clear()
    qtbot.keyClicks(dialog.search, words)
    qtbot.keyClick(dialog.search, Qt.Key.Key_Down)
    assert dialog.list.hasFocus()
    command = dialog.command()
    assert command is not None
    return command


def press(dialog: ShortcutsDialog, qtbot: QtBot, key: Qt.Key, held: Qt.KeyboardModifier = NONE) -> str:
    """Enter, then another key for the chosen command; what the dialog says to that."""
    qtbot.keyClick(dialog.list, Qt.Key.Key_Return)
    assert dialog.field.hasFocus()
    qtbot.keyClick(dialog.field, key, held)
    return dialog.told.text()


def back_to_canvas(dialog: ShortcutsDialog, window: Window, qtbot: QtBot) -> None:
    dialog.reject()
    window.activateWindow()
    window.canvas.setFocus()
    qtbot.waitUntil(window.canvas.hasFocus)


def shown(dialog: ShortcutsDialog) -> list[str]:
    return [row.text(0) for row in dialog._rows() if not row.isHidden()]


def test_a_search_finds_by_name_by_what_it_does_and_by_key(dialog: ShortcutsDialog, qtbot: QtBot) -> None:
    assert len(shown(dialog)) > len(COMMANDS)
    qtbot.keyClicks(dialog.search, "duplic")
    assert shown(dialog) == ["Duplicate"]
    dialog.search.clear()
    qtbot.keyClicks(dialog.search, "ctrl+d")
    assert shown(dialog)[0] == "Duplicate"
    dialog.search.clear()
    qtbot.keyClicks(dialog.search, "show 100")
    assert shown(dialog) == ["Actual Size"]


def test_a_changed_key_works_at_once_and_is_told_everywhere(
    dialog: ShortcutsDialog, window: Window, qtbot: QtBot
) -> None:
    assert choose(dialog, qtbot, "duplicate").id == "duplicate"
    assert press(dialog, qtbot, Qt.Key.Key_J, CTRL) == "Duplicate: Ctrl+J"
    assert dialog.list.currentItem().text(1) == "Ctrl+J (changed)"
    back_to_canvas(dialog, window, qtbot)
    assert window.commands["duplicate"].shortcut().toString() == "Ctrl+J"
    window.canvas.select(["mail"])
    assert window.commands["duplicate"].toolTip().endswith("(Ctrl+J)")
    before = len(window.document.architecture.components)
    qtbot.keyClick(window.canvas, Qt.Key.Key_D, CTRL)
    assert len(window.document.architecture.components) == before, "its old key is free"
    qtbot.keyClick(window.canvas, Qt.Key.Key_J, CTRL)
    assert len(window.document.architecture.components) == before + 1
    at = window.canvas.viewport().rect().center()
    event = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, at, window.canvas.viewport().mapToGlobal(at))
    QApplication.sendEvent(window.canvas.viewport(), event)
    assert window.canvas.menu is not None
    keys = {action.text(): action.shortcut().toString() for action in window.canvas.menu.actions()}
    assert keys["Duplicate"] == "Ctrl+J" and keys["Rename"] == "F2"
    window.canvas.menu.close()


@pytest.mark.parametrize(
    ("words", "key", "held", "reason"),
    [
        ("duplicate", Qt.Key.Key_S, CTRL, "Ctrl+S is the key of Save. Give that another one first."),
        ("save as", Qt.Key.Key_S, NONE, "S is needed for typing: take it together with Ctrl or Alt."),
        ("duplicate", Qt.Key.Key_Left, NONE, "Left cannot be changed: it moves what is selected."),
        ("duplicate", Qt.Key.Key_F, ALT, "Alt+F opens the menu File."),
    ],
)
def test_a_key_that_cannot_be_is_refused_with_the_reason(
    dialog: ShortcutsDialog,
    window: Window,
    qtbot: QtBot,
    words: str,
    key: Qt.Key,
    held: Qt.KeyboardModifier,
    reason: str,
) -> None:
    command = choose(dialog, qtbot, words)
    assert press(dialog, qtbot, key, held) == reason
    assert not window.keymap.is_changed(command)
    assert dialog.told.property("role") == "error"


def test_a_letter_can_be_the_key_of_a_command_of_the_drawing(
    dialog: ShortcutsDialog, window: Window, qtbot: QtBot
) -> None:
    choose(dialog, qtbot, "duplicate")
    assert press(dialog, qtbot, Qt.Key.Key_J) == "Duplicate: J"
    choose(dialog, qtbot, "connect")
    back_to_canvas(dialog, window, qtbot)
    window.canvas.select(["mail"])
    qtbot.keyClick(window.canvas, Qt.Key.Key_J)
    assert "mail-2" in window.document.architecture.components
    qtbot.keyClick(window.canvas, Qt.Key.Key_F2)
    field = QApplication.focusWidget()
    assert field is not None and field is not window.canvas
    before = len(window.document.architecture.components)
    qtbot.keyClicks(field, "j")
    assert len(window.document.architecture.components) == before, "a field keeps its letters"


def test_keys_are_taken_away_reset_and_all_reset(dialog: ShortcutsDialog, window: Window, qtbot: QtBot) -> None:
    choose(dialog, qtbot, "duplicate")
    qtbot.mouseClick(dialog.none, Qt.MouseButton.LeftButton)
    assert dialog.list.currentItem().text(1) == "no key (changed)"
    assert window.commands["duplicate"].shortcut().isEmpty()
    choose(dialog, qtbot, "actual size")
    press(dialog, qtbot, Qt.Key.Key_D, CTRL)
    choose(dialog, qtbot, "duplicate")
    qtbot.mouseClick(dialog.own, Qt.MouseButton.LeftButton)
    assert dialog.told.text() == "Ctrl+D is the key of Actual Size. Give that another one first."
    assert dialog.all.isEnabled()
    qtbot.mouseClick(dialog.all, Qt.MouseButton.LeftButton)
    assert not window.keymap.any_changed and not dialog.all.isEnabled()
    assert window.commands["duplicate"].shortcut().toString() == "Ctrl+D"


def test_escape_leaves_the_field_for_keys_and_then_the_list(dialog: ShortcutsDialog, qtbot: QtBot) -> None:
    choose(dialog, qtbot, "duplicate")
    qtbot.keyClick(dialog.list, Qt.Key.Key_Return)
    qtbot.keyClick(dialog.field, Qt.Key.Key_Escape)
    assert dialog.list.hasFocus() and dialog.isVisible()
    qtbot.keyClick(dialog.list, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


def test_what_only_the_canvas_knows_cannot_be_changed(dialog: ShortcutsDialog, qtbot: QtBot) -> None:
    qtbot.keyClicks(dialog.search, "arrow keys")
    qtbot.keyClick(dialog.search, Qt.Key.Key_Down)
    assert dialog.command() is None and not dialog.field.isEnabled()


def test_changed_keys_are_remembered(document: Document, qtbot: QtBot, window: Window) -> None:
    window.keymap.give(BY_ID["duplicate"], [QKeySequence("Ctrl+,")])
    again = Window(document, UserSettings())
    qtbot.addWidget(again)
    assert again.commands["duplicate"].shortcut().toString() == "Ctrl+,"
    again.keymap.reset_all()
    assert UserSettings().keys == {}


def test_a_changed_key_holds_in_every_window(document: Document, qtbot: QtBot, window: Window) -> None:
    other = Window(document, window.settings)
    qtbot.addWidget(other)
    other.keymap.give(BY_ID["duplicate"], [QKeySequence("Ctrl+J")])
    assert window.commands["duplicate"].shortcut().toString() == "Ctrl+J"


def test_a_damaged_file_of_settings_changes_nothing(qapp: object) -> None:  # noqa: ARG001 - keys need it
    settings = UserSettings()
    settings.keys = {"duplicate": ["no such key + at + all"], "no-such-command": ["Ctrl+J"], "save": ["Ctrl+J"]}
    keymap = Keymap(UserSettings())
    assert [key.toString() for key in keymap.of(BY_ID["duplicate"])] == ["Ctrl+D"]
    assert [key.toString() for key in keymap.of(BY_ID["save"])] == ["Ctrl+J"]
