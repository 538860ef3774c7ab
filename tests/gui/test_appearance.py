"""Theme, size of text and pixel ratio: chosen in the window, at once and remembered, and all of it legible."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QFontMetrics, QGuiApplication
from PySide6.QtWidgets import QApplication, QLabel, QListWidget, QToolButton
from pytestqt.qtbot import QtBot

from designer.gui.canvas.cards import Cards, State
from designer.gui.canvas.level_of_detail import Frame
from designer.gui.canvas.look import Look
from designer.gui.settings import TEXT_SIZES, UserSettings
from designer.gui.text_size import use_text_size
from designer.gui.theme import ThemeChoice, current_theme, load_theme
from designer.gui.window import Window


@pytest.fixture(autouse=True)
def usual_size_again() -> Iterator[None]:
    yield
    use_text_size(100)


def entry(actions: list[QAction], text: str) -> QAction:
    return next(action for action in actions if action.text() == text)


def test_the_theme_is_chosen_in_the_menu_and_remembered(window: Window) -> None:
    window.menus.theme_actions[ThemeChoice.DARK].trigger()
    ground = window.canvas.viewport().grab().toImage().pixelColor(1, 1)
    assert current_theme().dark and ground.lightness() < 60
    assert window.palette().window().color() == current_theme().color("window")
    assert UserSettings().theme is ThemeChoice.DARK


def test_a_window_follows_the_desktop_while_it_is_open(window: Window, monkeypatch: pytest.MonkeyPatch) -> None:
    hints = QGuiApplication.styleHints()
    window.menus.theme_actions[ThemeChoice.SYSTEM].trigger()
    for scheme, dark in ((Qt.ColorScheme.Dark, True), (Qt.ColorScheme.Light, False)):
        monkeypatch.setattr(type(hints), "colorScheme", lambda _self, scheme=scheme: scheme)
        hints.colorSchemeChanged.emit(scheme)
        ground = window.canvas.viewport().grab().toImage().pixelColor(1, 1)
        assert (ground.lightness() < 60) is dark
    window.menus.theme_actions[ThemeChoice.LIGHT].trigger()
    hints.colorSchemeChanged.emit(Qt.ColorScheme.Dark)
    assert not current_theme().dark, "a theme that was chosen stays"


def test_the_size_of_text_is_chosen_in_the_menu_and_remembered(window: Window, qtbot: QtBot) -> None:
    usual = QApplication.font().pointSizeF()
    actions = window.menus.text_sizes.actions()
    assert [action.text() for action in actions] == [f"{size} %" for size in TEXT_SIZES]
    label = next(label for label in window.findChildren(QLabel) if label.isVisible() and label.text() == "Region")
    before = label.height()
    entry(actions, "150 %").trigger()
    assert QApplication.font().pointSizeF() == pytest.approx(usual * 1.5)
    assert UserSettings().text_size == 150
    qtbot.waitUntil(lambda: label.fontMetrics().height() > before)
    entry(actions, "100 %").trigger()
    assert QApplication.font().pointSizeF() == pytest.approx(usual)


def test_letters_of_every_size_have_room(window: Window, qtbot: QtBot) -> None:
    for size in TEXT_SIZES:
        entry(window.menus.text_sizes.actions(), f"{size} %").trigger()
        QApplication.processEvents()
        qtbot.waitUntil(lambda: window.workspace.tasks.settled)
        letters_have_room(window)
        zoom = window.workspace.status.zoom.field
        assert zoom.width() >= zoom.fontMetrics().horizontalAdvance("100 %") + 12


def letters_have_room(window: Window) -> None:
    letters = QFontMetrics(QApplication.font()).height()
    for row in (list_.sizeHintForRow(0) for list_ in window.findChildren(QListWidget) if list_.count()):
        assert row >= letters * 0.9
    for button in window.findChildren(QToolButton):
        if (
            button.isVisible()
            and button.text()
            and button.toolButtonStyle() is not Qt.ToolButtonStyle.ToolButtonIconOnly
        ):
            assert button.height() >= button.fontMetrics().height()
    for label in window.findChildren(QLabel):
        if label.isVisible() and label.text():
            assert label.height() >= label.fontMetrics().ascent(), label.text()


def test_a_size_that_is_none_reads_as_the_usual_one() -> None:
    settings = UserSettings()
    settings._store.setValue("appearance/text", "9000")
    assert settings.text_size == 100


@pytest.mark.parametrize("ratio", [1.0, 1.5, 2.0])
def test_cards_badges_and_icons_have_the_pixels_of_the_screen(qapp: QApplication, ratio: float) -> None:
    cards = Cards(Look(load_theme("light")))
    for zoom in (0.3, 0.5, 1.0, 1.3):
        frame = Frame(zoom, ratio)
        card = cards.card("sqs", State.PLAIN, frame)
        assert card.devicePixelRatio() == ratio
        assert card.width() >= round(192 * zoom * ratio)
        assert cards.icon("sqs", frame).devicePixelRatio() == ratio
    assert qapp
