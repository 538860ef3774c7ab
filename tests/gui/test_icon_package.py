"""The user's package of AWS icons in the window, in pictures and in draw.io files."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from designer.cli.main import main
from designer.gui import icons
from designer.gui.appearance import Appearance
from designer.gui.dialogs.icons import IconsDialog
from designer.gui.icons import service_icon, service_pixmap
from designer.gui.pictures import write_picture
from designer.gui.settings import UserSettings
from designer.gui.theme import ThemeChoice, theme_switch
from designer.gui.window import Window
from tests.icon_packages import files, tile, write_folder, write_zip

COLOUR = "#13579b"
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture(autouse=True)
def own_icons_again() -> Iterator[None]:
    yield
    icons.use_package(None)


@pytest.fixture
def package(tmp_path: Path) -> Path:
    return write_zip(tmp_path / "Icon-package_01302026.zip", files(COLOUR))


def middle(kind: str) -> str:
    return service_pixmap(kind, 24).toImage().pixelColor(12, 12).name()


def tones(image: QImage) -> set[str]:
    return {image.pixelColor(x, y).name() for x in range(0, image.width(), 2) for y in range(0, image.height(), 2)}


def open_dialog(window: Window) -> IconsDialog:
    window.menus.icons.actions()[1].trigger()
    (dialog,) = window.findChildren(IconsDialog)
    return dialog


def choose(window: Window, qtbot: QtBot, path: Path) -> IconsDialog:
    dialog = open_dialog(window)
    field = dialog.findChild(QLineEdit)
    assert field is not None
    qtbot.waitUntil(dialog.isActiveWindow)
    field.setFocus()
    field.clear()
    qtbot.keyClicks(field, str(path))
    qtbot.keyClick(field, Qt.Key.Key_Tab)
    return dialog


def test_a_package_replaces_the_icons_everywhere_and_is_remembered(
    window: Window, qtbot: QtBot, package: Path, tmp_path: Path
) -> None:
    own = middle("sqs")
    dialog = choose(window, qtbot, package)
    assert "7 of 14 icons were found" in dialog.found.text()
    assert "The built-in icon stays for: " in dialog.found.text() and "SNS topic" in dialog.found.text()
    assert "Subnet tier, private" in dialog.found.text()
    qtbot.mouseClick(dialog.use, LEFT)
    assert middle("sqs") == COLOUR and middle("sns") != COLOUR
    assert COLOUR in tones(service_icon("sqs").pixmap(QSize(32, 32)).toImage()), "palette and lists"
    window.canvas.zoom_to_fit()
    assert COLOUR in tones(window.canvas.grab().toImage()), "the canvas"
    assert UserSettings().icons == package
    for suffix in (".png", ".svg", ".drawio"):
        write_picture(window.canvas, tmp_path / f"a{suffix}")
    assert COLOUR in tones(QImage(str(tmp_path / "a.png")))
    assert COLOUR in (tmp_path / "a.svg").read_text()
    assert b64encode(tile(COLOUR)).decode() in (tmp_path / "a.drawio").read_text()
    window.menus.icons.actions()[0].trigger()
    assert middle("sqs") == own and UserSettings().icons is None
    assert COLOUR not in tones(window.canvas.grab().toImage())


def test_icons_for_a_dark_ground_are_taken_in_the_dark_theme(package: Path, window: Window, qtbot: QtBot) -> None:
    qtbot.mouseClick(choose(window, qtbot, package).use, LEFT)
    assert middle("users") == "#232f3e"
    theme_switch().use(ThemeChoice.DARK)
    assert middle("users") == "#eeeeee" and middle("sqs") == COLOUR


def test_the_next_start_shows_them(window: Window, package: Path) -> None:
    window.settings.icons = package
    Appearance(window)
    assert middle("sqs") == COLOUR


def test_a_package_that_has_gone_leaves_the_built_in_icons_and_a_word(window: Window, tmp_path: Path) -> None:
    window.settings.icons = tmp_path / "gone.zip"
    own = middle("sqs")
    Appearance(window)
    window.begun.emit()
    assert middle("sqs") == own
    assert "gone.zip" in window.workspace.status.currentMessage()


def test_what_is_no_package_is_told_in_the_dialog(window: Window, qtbot: QtBot, tmp_path: Path) -> None:
    other = tmp_path / "notes.zip"
    other.write_text("no archive")
    dialog = choose(window, qtbot, other)
    assert not dialog.use.isEnabled()
    assert "cannot be read" in dialog.found.text()
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert window.menus.icons.actions()[0].isChecked(), "the menu says what is shown, not what was tried"


def test_a_file_or_a_folder_can_be_looked_for(
    window: Window, qtbot: QtBot, package: Path, tmp_path: Path, choose_file: Callable[[Path | None], None]
) -> None:
    dialog = open_dialog(window)
    choose_file(package)
    qtbot.mouseClick(dialog.file, LEFT)
    assert dialog.path.text() == str(package) and dialog.use.isEnabled()
    folder = write_folder(tmp_path / "unpacked", files(COLOUR))
    choose_file(folder)
    qtbot.mouseClick(dialog.folder, LEFT)
    assert dialog.path.text() == str(folder) and dialog.use.isEnabled()


@pytest.mark.parametrize("suffix", [".png", ".drawio"])
def test_the_command_line_takes_a_package_too(package: Path, tmp_path: Path, suffix: str) -> None:
    out = tmp_path / f"out{suffix}"
    assert main(["render", "sample:worker-fleet", "-o", str(out), "--icons", str(package), "--transparent"]) == 0
    if suffix == ".png":
        image = QImage(str(out))
        assert COLOUR in tones(image) and image.pixelColor(1, 1).alpha() == 0
    else:
        assert b64encode(tile(COLOUR)).decode() in out.read_text()
