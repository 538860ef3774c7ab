"""Commands: their keys leave text fields alone, what is off says why, and the status bar tells where one is."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from designer.gui.actions import COMMANDS, explanation
from designer.gui.window import Window
from designer.model.architecture import Architecture
from designer.storage.files import dumps
from tests.gui.canvas.conftest import Hand
from tests.gui.test_undo import middle

LEFT = Qt.MouseButton.LeftButton
CTRL, SHIFT, ALT, NONE = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.NoModifier,
)


def watch(window: Window) -> list[str]:
    """The ids of the commands that are triggered from now on."""
    told: list[str] = []
    for command in COMMANDS:
        window.commands[command.id].triggered.connect(lambda _on=False, key=command.id: told.append(key))
    return told


def name_field(window: Window, qtbot: QtBot) -> QWidget:  # noqa: ARG001
    form = window.workspace.inspector.form
    assert form is not None and form.name is not None
    return form.name


def note_field(window: Window, qtbot: QtBot) -> QWidget:  # noqa: ARG001
    form = window.workspace.inspector.form
    assert form is not None
    return form.extras["note"].widget


def text_field(window: Window, qtbot: QtBot) -> QWidget:  # noqa: ARG001
    form = window.workspace.inspector.form
    assert form is not None
    return form.fields["database_name"].widget


def palette_search(window: Window, qtbot: QtBot) -> QWidget:  # noqa: ARG001
    return window.workspace.palette.search


def find_field(window: Window, qtbot: QtBot) -> QWidget:
    qtbot.keyClick(window.canvas, Qt.Key.Key_F, CTRL)
    finder = window.workspace.searching.finder
    assert finder is not None
    return finder.bar.search


def find_scope(window: Window, qtbot: QtBot) -> QWidget:
    find_field(window, qtbot)
    finder = window.workspace.searching.finder
    assert finder is not None
    return finder.bar.scope


def rename_field(window: Window, qtbot: QtBot) -> QWidget:
    qtbot.keyClick(window.canvas, Qt.Key.Key_F2)
    focused = QApplication.focusWidget()
    assert focused is not None and focused is not window.canvas
    return focused


FIELDS = [name_field, note_field, text_field, palette_search, find_field, find_scope, rename_field]


@pytest.mark.parametrize("field", FIELDS, ids=[field.__name__ for field in FIELDS])
def test_keys_of_the_drawing_do_nothing_while_one_types(
    window: Window, qtbot: QtBot, field: Callable[[Window, QtBot], QWidget]
) -> None:
    """Neither letters nor Delete, nor any key of a command for the drawing, where a text field has the cursor."""
    Hand(window.canvas).click(middle(window, "orders"))
    target = field(window, qtbot)
    target.setFocus()
    qtbot.waitUntil(target.hasFocus)
    before = set(window.document.architecture.components), set(window.document.architecture.connections)
    told = watch(window)
    for command in COMMANDS:
        for key in command.keys if command.drawing else ():
            press(target, QKeySequence(key))
    assert told == []
    assert (set(window.document.architecture.components), set(window.document.architecture.connections)) == before


def press(target: QWidget, keys: QKeySequence) -> None:
    """A key as the window system gives it: first to the keys of commands, then to the widget."""
    combination = keys[0]
    if target.hasFocus():
        QTest.keyClick(target, combination.key(), combination.keyboardModifiers())


def test_every_command_that_is_off_says_why(window: Window, qtbot: QtBot) -> None:
    """In an empty drawing, in one where nothing is selected, and with one component selected."""
    seen: set[str] = set()

    def check() -> None:
        for command in COMMANDS:
            action = window.commands[command.id]
            if not action.isEnabled():
                seen.add(command.id)
                assert action.toolTip() and not action.toolTip().startswith(explanation(command)), command.id
            else:
                assert action.toolTip().startswith(explanation(command)), command.id

    check()
    Hand(window.canvas).click(middle(window, "orders"))
    assert window.commands["delete"].isEnabled() and not window.commands["align-left"].isEnabled()
    assert window.commands["align-left"].toolTip() == "Select several things first"
    check()
    window.document.replace(Architecture(), None)
    check()
    assert {"delete", "export", "undo", "redo", "history", "align-left", "versions", "compare"} <= seen
    button = window.menus.tools.widgetForAction(window.commands["delete"])
    assert isinstance(button, QToolButton) and button.toolTip() == "Select something first"
    qtbot.waitUntil(lambda: window.workspace.tasks.settled)


def test_a_drawing_of_boundaries_alone_can_be_looked_at(window: Window) -> None:
    window.document.replace(Architecture(), path=None)
    commands = ("zoom-fit", "select-all", "picture")
    assert not any(window.commands[key].isEnabled() for key in commands)
    window.workspace.canvas.insert("vpc")
    assert all(window.commands[key].isEnabled() for key in commands)


def test_menus_show_the_reasons(window: Window) -> None:
    for action in window.menuBar().actions():
        menu = action.menu()
        assert isinstance(menu, QMenu) and menu.toolTipsVisible()


def test_what_is_said_of_a_step_goes_with_the_next(window: Window) -> None:
    canvas, words = window.workspace.canvas, window.workspace.status.words
    canvas.insert("vpc")
    canvas.commands.fold(True)
    assert words.text() == "Collapse VPC"
    window.commands["undo"].trigger()
    assert words.text() == ""


def test_a_message_moves_nothing_in_the_status_bar(window: Window, qtbot: QtBot) -> None:
    status = window.workspace.status
    before = status.zoom.geometry()
    status.tell("Saved shop.arch.yaml")
    qtbot.wait(20)
    assert status.currentMessage() and status.zoom.geometry() == before


def test_the_status_bar_tells_zoom_selection_and_findings(window: Window, qtbot: QtBot) -> None:
    status, hand = window.workspace.status, Hand(window.canvas)
    assert status.findings.text() == "1 high"
    assert status.selection.text() == ""
    hand.click(middle(window, "orders"))
    assert status.selection.text() == "1 component selected"
    hand.held = SHIFT
    hand.click(middle(window, "jobs"))
    assert status.selection.text() == "2 components selected"
    hand.held = NONE
    qtbot.keyClick(window.canvas, Qt.Key.Key_Minus, CTRL)
    assert window.canvas.zoom < 1.0 and status.zoom.text() == f"{window.canvas.zoom * 100:.0f} %"
    qtbot.keyClick(window.canvas, Qt.Key.Key_0, CTRL)
    assert window.canvas.zoom == 1.0 and status.zoom.text() == "100 %"
    assert dumps(window.document.architecture)
    window.panels.show("template")
    qtbot.mouseClick(status.findings, LEFT)
    qtbot.waitUntil(lambda: not window.workspace.findings.visibleRegion().isEmpty())
