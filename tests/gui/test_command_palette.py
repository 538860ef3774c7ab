"""One search for everything: by keys, by letters left out, with reasons for what cannot be done."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from designer.gui.actions import COMMANDS, plain
from designer.gui.command_palette import CommandPalette
from designer.gui.window import Window
from designer.model.architecture import Architecture
from designer.model.entities import Component, Settings
from designer.storage.files import write
from designer.storage.samples import samples

CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
ENTER, ESCAPE, DOWN = Qt.Key.Key_Return, Qt.Key.Key_Escape, Qt.Key.Key_Down


@pytest.fixture(autouse=True)
def nothing_run(monkeypatch: pytest.MonkeyPatch) -> None:
    """No command was run from the palette yet."""
    monkeypatch.setattr(CommandPalette, "recent", ())


def opened(window: Window, qtbot: QtBot) -> CommandPalette:
    window.canvas.setFocus()
    qtbot.keyClick(window.canvas, Qt.Key.Key_K, CONTROL)
    palette = window.openers.command_palette
    assert palette is not None and palette.isVisible()
    qtbot.waitUntil(palette.search.hasFocus)
    return palette


def titles(palette: CommandPalette) -> list[str]:
    return [palette.list.item(row).text() for row in range(palette.list.count())]


def spoken(palette: CommandPalette) -> str:
    return palette.search.accessibleDescription()


def run(palette: CommandPalette, qtbot: QtBot, text: str) -> None:
    qtbot.keyClicks(palette.search, text)
    qtbot.keyClick(palette.search, ENTER)
    QApplication.processEvents()


def test_ctrl_k_lists_every_command_with_its_keys(window: Window, qtbot: QtBot) -> None:
    palette = opened(window, qtbot)
    listed = {text.removeprefix("\u2713 ") for text in titles(palette)}
    assert {plain(window.commands[command.id].text()) for command in COMMANDS} <= listed
    assert {"Light", "Dark"} <= listed, "what the menus in menus offer"
    qtbot.keyClicks(palette.search, "arrange all")
    assert titles(palette)[0] == "Arrange All" and "Ctrl+L" in spoken(palette)


def test_enter_runs_a_command_and_the_keyboard_comes_back(window: Window, qtbot: QtBot) -> None:
    run(opened(window, qtbot), qtbot, "select all")
    assert len(window.canvas.selection().components) == len(window.document.architecture.components)
    assert window.openers.command_palette is None and window.canvas.hasFocus()


def test_ctrl_shift_p_opens_it_from_a_field_and_escape_goes_back_there(window: Window, qtbot: QtBot) -> None:
    field = window.workspace.palette.search
    field.setFocus()
    qtbot.keyClick(field, Qt.Key.Key_P, CONTROL | SHIFT)
    palette = window.openers.command_palette
    assert palette is not None
    qtbot.waitUntil(palette.search.hasFocus)
    qtbot.keyClick(palette.search, ESCAPE)
    assert window.openers.command_palette is None and field.hasFocus()


def test_letters_may_be_left_out(window: Window, qtbot: QtBot) -> None:
    palette = opened(window, qtbot)
    qtbot.keyClicks(palette.search, "zmfit")
    assert titles(palette) == ["Zoom to Fit"]


def test_what_cannot_be_done_says_why_and_does_nothing(window: Window, qtbot: QtBot) -> None:
    window.canvas.select()
    palette = opened(window, qtbot)
    qtbot.keyClicks(palette.search, "align left")
    assert titles(palette)[0] == "Align Left"
    assert palette.detail.text() == "Select several things first" and palette.detail.text() in spoken(palette)
    qtbot.keyClick(palette.search, ENTER)
    assert palette.isVisible(), "Enter does nothing where the reason stands"


def test_it_adds_services_and_goes_to_components(window: Window, qtbot: QtBot) -> None:
    before = set(window.document.architecture.components)
    run(opened(window, qtbot), qtbot, "dynamo")
    (new,) = window.document.architecture.components.keys() - before
    assert window.document.architecture.components[new].kind == "dynamodb"
    run(opened(window, qtbot), qtbot, "Mail")
    assert window.canvas.selection().components == ("mail",)


def test_it_opens_samples_and_recent_files(window: Window, qtbot: QtBot, tmp_path: Path) -> None:
    window.document.history.mark_clean()
    sample = samples()[0]
    run(opened(window, qtbot), qtbot, sample.title)
    qtbot.waitUntil(lambda: window.document.architecture.settings.name == sample.title)
    file = tmp_path / "harbour.arch.yaml"
    write(Architecture(Settings(name="Harbour")), file)
    window.settings.add_recent(file)
    run(opened(window, qtbot), qtbot, "harbour")
    qtbot.waitUntil(lambda: window.document.architecture.settings.name == "Harbour")


def test_what_was_run_last_stands_on_top(window: Window, qtbot: QtBot) -> None:
    run(opened(window, qtbot), qtbot, "zoom to fit")
    run(opened(window, qtbot), qtbot, "select all components")
    assert titles(opened(window, qtbot))[:2] == ["Select All Components", "Zoom to Fit"]


def test_another_click_or_key_closes_it_and_nothing_is_barred(window: Window, qtbot: QtBot) -> None:
    palette = opened(window, qtbot)
    assert QApplication.activeModalWidget() is None
    qtbot.mouseClick(window.canvas.viewport(), Qt.MouseButton.LeftButton)
    window.canvas.setFocus()
    assert window.openers.command_palette is None and not palette.isVisible()
    opened(window, qtbot)
    window.openers.search_commands()
    assert window.openers.command_palette is None


def test_nothing_found_is_said(window: Window, qtbot: QtBot) -> None:
    palette = opened(window, qtbot)
    qtbot.keyClicks(palette.search, "qqqq")
    assert titles(palette) == [] and palette.detail.text()
    qtbot.keyClick(palette.search, ENTER)
    assert palette.isVisible()
    assert QAccessible.queryAccessibleInterface(palette) is not None


def test_it_opens_and_answers_in_time_on_a_large_drawing(window: Window, qtbot: QtBot) -> None:
    many = [Component(id=f"c{n}", kind="sqs", name=f"Queue number {n}", x=n * 220, y=0) for n in range(5000)]
    window.document.replace(Architecture.of(Settings(), many), None)
    window.openers.search_commands()
    assert window.openers.command_palette is not None
    window.openers.command_palette.close_up()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    taken = []
    for _ in range(3):
        start = time.thread_time()
        window.openers.search_commands()
        palette = window.openers.command_palette
        assert palette is not None
        taken.append(time.thread_time() - start)
        palette.close_up()
    assert min(taken) < 0.05
    palette = opened(window, qtbot)
    palette.search.setText("queue number 49")
    start = time.thread_time()
    palette.search.setText("queue number 4999")
    assert time.thread_time() - start < 0.2
    assert titles(palette) == ["Queue number 4999"]
