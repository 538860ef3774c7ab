"""What is being typed is part of the drawing: it is saved, and asked about, although its field was never left."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from designer.gui.window import Window
from tests.gui.canvas.conftest import Hand
from tests.gui.conftest import BUTTON, Answers
from tests.gui.test_commands import name_field, note_field, rename_field, text_field
from tests.gui.test_undo import middle

Field = Callable[[Window, QtBot], QWidget]
ChooseFile = Callable[[Path | None], None]
FIELDS = [name_field, text_field, note_field, rename_field]
CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture(params=FIELDS, ids=[field.__name__ for field in FIELDS])
def typed_in(request: pytest.FixtureRequest, window: Window, qtbot: QtBot) -> QWidget:
    """A field of the component `orders`, with a word typed into it."""
    Hand(window.canvas).click(middle(window, "orders"))
    field: QWidget = request.param(window, qtbot)
    field.setFocus()
    qtbot.waitUntil(field.hasFocus)
    qtbot.keyClicks(field, "zebra")
    return field


def test_save_saves_it(
    window: Window, typed_in: QWidget, qtbot: QtBot, tmp_path: Path, choose_file: ChooseFile
) -> None:
    choose_file(tmp_path / "shop.arch.yaml")
    qtbot.keyClick(typed_in, Qt.Key.Key_S, CONTROL)
    assert "zebra" in (tmp_path / "shop.arch.yaml").read_text(encoding="utf-8")
    assert not window.isWindowModified()


@pytest.mark.parametrize("typed_in", [name_field, text_field, note_field], indirect=True)
def test_after_that_typing_goes_on(typed_in: QWidget, qtbot: QtBot, tmp_path: Path, choose_file: ChooseFile) -> None:
    """The field of a form keeps the keyboard and the place of the cursor."""
    choose_file(tmp_path / "shop.arch.yaml")
    qtbot.keyClick(typed_in, Qt.Key.Key_S, CONTROL)
    assert QApplication.focusWidget() is typed_in
    qtbot.keyClicks(typed_in, "s")
    qtbot.keyClick(typed_in, Qt.Key.Key_S, CONTROL)
    assert "zebras" in (tmp_path / "shop.arch.yaml").read_text(encoding="utf-8")


@pytest.mark.parametrize("way", ["close", "new"])
@pytest.mark.usefixtures("typed_in")
def test_it_is_asked_about(window: Window, answers: Answers, way: str) -> None:
    answers.press(BUTTON.Cancel)
    {"close": window.close, "new": window.files.new}[way]()
    assert window.isVisible() and window.isWindowModified()
    assert "Save the changes" in answers.said[0]
