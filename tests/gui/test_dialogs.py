"""The dialogs: samples, exporting a template and a picture; each driven as a person does."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QApplication, QMessageBox, QPushButton
from pytestqt.qtbot import QtBot

from designer.gui import tasks
from designer.gui.controls import Clickable
from designer.gui.dialogs.export import ExportDialog
from designer.gui.dialogs.picture import PictureDialog
from designer.gui.dialogs.samples import SamplesDialog
from designer.gui.pictures import drawing_size
from designer.gui.theme import current_theme
from designer.gui.window import Window
from designer.model.entities import Collection
from designer.model.operations import set_field
from designer.storage.samples import samples
from tests.gui.conftest import export_of

LEFT = Qt.MouseButton.LeftButton
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def quick_export(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tasks, "work_out_export", export_of)


def answer_replace(qtbot: QtBot, *, replace: bool) -> None:
    """Answers the next question about an existing file."""

    def look() -> None:
        box = QApplication.activeModalWidget()
        if not isinstance(box, QMessageBox):
            QTimer.singleShot(5, look)
            return
        wanted = [button for button in box.buttons() if (button.text() == "Replace") is replace]
        qtbot.mouseClick(wanted[0], LEFT)

    QTimer.singleShot(5, look)


def open_export(window: Window, qtbot: QtBot) -> ExportDialog:
    qtbot.keyClick(window.canvas, Qt.Key.Key_E, CTRL)
    (dialog,) = [child for child in window.findChildren(ExportDialog) if child.isVisible()]
    qtbot.waitUntil(lambda: "Working" not in dialog.summary.text())
    return dialog


def open_picture(window: Window, qtbot: QtBot) -> PictureDialog:
    qtbot.keyClick(window.canvas, Qt.Key.Key_E, CTRL | SHIFT)
    (dialog,) = [child for child in window.findChildren(PictureDialog) if child.isVisible()]
    return dialog


@pytest.mark.parametrize("open_it", [open_export, open_picture])
def test_the_button_that_does_it_stands_out(
    window: Window, qtbot: QtBot, quick_export: None, open_it: Callable[[Window, QtBot], ExportDialog | PictureDialog]
) -> None:
    del quick_export
    dialog = open_it(window, qtbot)
    qtbot.waitUntil(dialog.write.isEnabled)
    grounds = [button.grab().toImage().pixelColor(6, button.height() // 2) for button in dialog.buttons.buttons()]
    assert [ground == current_theme().color("accent") for ground in grounds].count(True) == 1
    assert dialog.write.grab().toImage().pixelColor(6, dialog.write.height() // 2) == current_theme().color("accent")
    dialog.reject()


# Samples


def test_the_gallery_shows_every_sample_with_its_picture(window: Window, qtbot: QtBot) -> None:
    qtbot.keyClick(window.canvas, Qt.Key.Key_O, CTRL | SHIFT)
    (dialog,) = window.findChildren(SamplesDialog)
    assert list(dialog.cards) == [sample.name for sample in samples()]
    qtbot.waitUntil(lambda: all(not card.picture.pixmap().isNull() for card in dialog.cards.values()), timeout=20000)
    for card in dialog.cards.values():
        image = card.picture.pixmap().toImage()
        colours = {image.pixel(x, y) for x in range(0, image.width(), 2) for y in range(0, image.height(), 2)}
        assert len(colours) > 8, f"nothing is drawn on the card of {card.sample.name}"
        assert card.accessibleName() == f"Open the sample {card.sample.title}"
    dialog.reject()


@pytest.mark.parametrize("by", ["mouse", "key"])
def test_a_card_opens_its_sample(window: Window, qtbot: QtBot, by: str) -> None:
    window.openers.choose_sample()
    (dialog,) = window.findChildren(SamplesDialog)
    name = samples()[0].name
    card: Clickable = dialog.cards[name]
    if by == "mouse":
        qtbot.mouseClick(card, LEFT)
    else:
        card.setFocus()
        qtbot.keyClick(card, Qt.Key.Key_Return)
    assert not dialog.isVisible()
    assert window.document.architecture.settings.name == samples()[0].title
    assert window.document.path is None


def test_arrow_keys_go_from_card_to_card(window: Window, qtbot: QtBot) -> None:
    window.openers.choose_sample()
    (dialog,) = window.findChildren(SamplesDialog)
    qtbot.waitUntil(dialog.isActiveWindow)
    cards = list(dialog.cards.values())
    cards[0].setFocus()
    for key, expected in (
        (Qt.Key.Key_Right, 1),
        (Qt.Key.Key_Down, 3),
        (Qt.Key.Key_Left, 2),
        (Qt.Key.Key_Up, 0),
        (Qt.Key.Key_Up, 0),
        (Qt.Key.Key_Down, 2),
        (Qt.Key.Key_Down, 4),
    ):
        focused = next(card for card in cards if card.hasFocus())
        qtbot.keyClick(focused, key)
        assert cards[expected].hasFocus()
    shown = cards[4].visibleRegion().boundingRect()
    assert shown.height() > cards[4].picture.height(), "the card is scrolled to"
    dialog.reject()


# Template


def test_the_export_says_what_it_will_write_and_writes_it(
    window: Window, qtbot: QtBot, tmp_path: Path, quick_export: None
) -> None:
    del quick_export
    dialog = open_export(window, qtbot)
    assert dialog.summary.text().startswith("7 resources, 0 parameters")
    assert "Confirm the certificate." in dialog.notes.text() and "cfn-lint" in dialog.notes.text()
    path = tmp_path / "shop.template.yaml"
    dialog.path.setText(str(path))
    qtbot.mouseClick(dialog.formats["json"], LEFT, pos=dialog.formats["json"].rect().center())
    assert dialog.path.text().endswith("shop.template.json"), "the suffix follows the format"
    qtbot.mouseClick(dialog.write, LEFT)
    assert len(json.loads((tmp_path / "shop.template.json").read_text())["Resources"]) == 7
    assert not dialog.isVisible() and window.settings.template_format == "json"


def test_another_file_is_replaced_only_when_asked(
    window: Window, qtbot: QtBot, tmp_path: Path, quick_export: None
) -> None:
    del quick_export
    path = tmp_path / "mine.template.yaml"
    path.write_text("mine")
    dialog = open_export(window, qtbot)
    dialog.path.setText(str(path))
    answer_replace(qtbot, replace=False)
    qtbot.mouseClick(dialog.write, LEFT)
    assert path.read_text() == "mine" and dialog.isVisible()
    answer_replace(qtbot, replace=True)
    qtbot.mouseClick(dialog.write, LEFT)
    assert "orders: {}" in path.read_text() and not dialog.isVisible()


def test_what_cannot_be_exported_is_named_and_nothing_can_be_written(
    window: Window, qtbot: QtBot, quick_export: None
) -> None:
    del quick_export
    window.document.do(set_field(window.document.architecture, Collection.COMPONENTS, ["mail"], "name", "Broken"))
    dialog = open_export(window, qtbot)
    assert "mail: cannot be exported" in dialog.notes.text()
    assert not dialog.write.isEnabled()
    dialog.reject()


def test_a_folder_that_is_not_there_is_explained(
    window: Window, qtbot: QtBot, tmp_path: Path, quick_export: None
) -> None:
    del quick_export
    dialog = open_export(window, qtbot)
    dialog.path.setText(str(tmp_path / "missing" / "x.template.yaml"))
    said: list[str] = []

    def look() -> None:
        box = QApplication.activeModalWidget()
        if isinstance(box, QMessageBox):
            said.append(box.text())
            box.accept()
        else:
            QTimer.singleShot(5, look)

    QTimer.singleShot(5, look)
    qtbot.mouseClick(dialog.write, LEFT)
    assert said == ["x.template.yaml could not be written"]
    assert dialog.isVisible()
    dialog.reject()


# Picture


@pytest.mark.parametrize("suffix", [".svg", ".png", ".pdf", ".drawio"])
def test_a_picture_of_each_format(window: Window, qtbot: QtBot, tmp_path: Path, suffix: str) -> None:
    dialog = open_picture(window, qtbot)
    dialog.path.setText(str(tmp_path / "drawing.svg"))
    button = dialog.formats[suffix]
    qtbot.mouseClick(button, LEFT, pos=button.rect().center())
    assert dialog.scale.isEnabled() is (suffix == ".png")
    qtbot.mouseClick(dialog.write, LEFT)
    content = (tmp_path / f"drawing{suffix}").read_bytes()
    if suffix == ".svg":
        assert ElementTree.fromstring(content).tag.endswith("svg")
    elif suffix == ".drawio":
        names = {cell.get("value", "") for cell in ElementTree.fromstring(content).iter("mxCell")}
        assert any(name.startswith("<b>Customers</b>") for name in names)
    elif suffix == ".pdf":
        assert content.startswith(b"%PDF") and content.rstrip().endswith(b"%%EOF")
    else:
        image = QImage.fromData(content)
        # Seven cards from x = 0 to 960 + one card, with margins, at twice the size.
        assert image.width() > 2 * 960
        assert image.pixelColor(0, 0).alpha() == 255


def test_a_transparent_picture_has_no_ground(window: Window, qtbot: QtBot, tmp_path: Path) -> None:
    dialog = open_picture(window, qtbot)
    dialog.path.setText(str(tmp_path / "drawing.png"))
    dialog.formats[".png"].setChecked(True)
    qtbot.mouseClick(dialog.transparent, LEFT)
    qtbot.mouseClick(dialog.write, LEFT)
    image = QImage(str(tmp_path / "drawing.png"))
    assert image.pixelColor(0, 0).alpha() == 0
    alphas = {image.pixelColor(x, image.height() // 2).alpha() for x in range(image.width())}
    assert 255 in alphas, "something is drawn"


def test_a_picture_needs_a_name(window: Window, qtbot: QtBot) -> None:
    dialog = open_picture(window, qtbot)
    dialog.path.clear()
    qtbot.mouseClick(dialog.write, LEFT)
    assert dialog.isVisible() and dialog.path.property("invalid") is True
    (cancel,) = [button for button in dialog.findChildren(QPushButton) if "Cancel" in button.text()]
    qtbot.mouseClick(cancel, LEFT)
    assert not dialog.isVisible()


def test_the_drawing_is_copied_as_an_image(window: Window, qtbot: QtBot) -> None:
    qtbot.keyClick(window.canvas, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    image = QGuiApplication.clipboard().image()
    size = drawing_size(window.canvas)
    assert image.width() == round(size.width() * 2)
    rows = range(0, image.height(), 5)
    colours = {image.pixelColor(x, y).name() for x in range(0, image.width(), 5) for y in rows}
    assert len(colours) > 20, "there is something in it"
