"""Themes, icons and the style sheet: every role used exists, and colours follow the theme and the state."""

from __future__ import annotations

import re

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QIcon, QPalette
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from designer.assets import data
from designer.catalog.catalog import Catalog
from designer.gui import style
from designer.gui.actions import COMMANDS
from designer.gui.icons import action_icon, action_pixmap, service_icon, service_pixmap
from designer.gui.inputs import Switch
from designer.gui.style import style_sheet
from designer.gui.theme import ThemeChoice, current_theme, load_theme, theme_switch


def strongest(icon: QIcon, mode: QIcon.Mode) -> str:
    """The most opaque colour of an icon."""
    image = icon.pixmap(QSize(32, 32), 1.0, mode).toImage()
    pixels = (image.pixelColor(x, y) for x in range(image.width()) for y in range(image.height()))
    return max(pixels, key=lambda pixel: pixel.alpha()).name()


@pytest.mark.parametrize("name", ["light", "dark"])
def test_the_style_sheet_asks_only_for_colours_that_there_are(name: str) -> None:
    sheet = style_sheet(load_theme(name))
    assert "@" not in sheet and "{" in sheet


def test_the_style_sheet_names_no_colour_itself() -> None:
    assert not re.search(r"#[0-9A-Fa-f]{3,8}\b|rgba?\(", style._SHEET)


@pytest.mark.parametrize("choice", [ThemeChoice.LIGHT, ThemeChoice.DARK])
def test_the_palette_follows_the_theme(choice: ThemeChoice) -> None:
    theme_switch().use(choice)
    theme = current_theme()
    assert QApplication.palette().color(QPalette.ColorRole.Window) == theme.color("window")
    assert QApplication.palette().color(QPalette.ColorGroup.Disabled, QPalette.ColorRole.Text) == theme.color(
        "text-disabled"
    )


def test_system_follows_the_desktop(monkeypatch: pytest.MonkeyPatch) -> None:
    hints = QApplication.styleHints()
    switch = theme_switch()
    switch.use(ThemeChoice.SYSTEM)
    assert switch.theme.dark is (hints.colorScheme() is Qt.ColorScheme.Dark)
    monkeypatch.setattr(type(hints), "colorScheme", lambda _self: Qt.ColorScheme.Dark)
    hints.colorSchemeChanged.emit(Qt.ColorScheme.Dark)
    assert switch.theme.dark
    switch.use(ThemeChoice.LIGHT)
    hints.colorSchemeChanged.emit(Qt.ColorScheme.Dark)
    assert not switch.theme.dark, "a choice of the user's own stands"


def test_a_theme_shares_its_pens_and_brushes() -> None:
    theme = load_theme("light")
    assert theme.pen("wire") is theme.pen("wire") and theme.brush("card") is theme.brush("card")
    assert theme.pen("wire", 2.0) is not theme.pen("wire")
    assert theme.pen("wire").isCosmetic()


def test_action_icons_take_the_colour_of_theme_and_state() -> None:
    icon = action_icon("save")
    for choice in (ThemeChoice.LIGHT, ThemeChoice.DARK):
        theme_switch().use(choice)
        theme = current_theme()
        assert strongest(icon, QIcon.Mode.Normal) == theme.color("text-muted").name()
        assert strongest(icon, QIcon.Mode.Disabled) == theme.color("text-disabled").name()
        assert strongest(icon, QIcon.Mode.Active) == theme.color("text").name()


def test_icons_outlive_garbage_collection(qtbot: QtBot) -> None:
    import gc

    button = QPushButton(action_icon("open"), "Open")
    qtbot.addWidget(button)
    gc.collect()
    assert not button.icon().pixmap(QSize(16, 16)).isNull()


def test_pixmaps_are_made_once_per_size_and_ratio() -> None:
    assert service_pixmap("sqs", 24) is service_pixmap("sqs", 24)
    sharp = service_pixmap("sqs", 24, 2.0)
    assert (sharp.width(), sharp.devicePixelRatio()) == (48, 2.0)


@pytest.mark.parametrize("ratio", [1.0, 1.5, 2.0])
def test_icons_are_drawn_for_the_pixels_of_the_screen(ratio: float) -> None:
    for icon in (action_icon("save"), service_icon("sqs"), service_icon("vpc")):
        pixmap = icon.pixmap(QSize(18, 18), ratio)
        assert pixmap.width() == round(18 * ratio) and pixmap.devicePixelRatio() == pytest.approx(ratio)


def test_every_kind_and_command_has_its_icon(catalog: Catalog) -> None:
    folder = data("resources") / "icons"
    kinds = [*catalog.kinds, "vpc", "group", "tier-public", "tier-private", "tier-isolated"]
    missing = [kind for kind in kinds if not (folder / f"{kind}.svg").is_file()]
    missing += [c.icon for c in COMMANDS if c.icon and not (folder / "toolbar" / f"{c.icon}.svg").is_file()]
    assert not missing


def test_an_unknown_kind_gets_a_stand_in() -> None:
    assert not service_icon("no-such-kind").pixmap(QSize(16, 16)).isNull()


def test_boundaries_are_drawn_in_their_colours() -> None:
    theme_switch().use(ThemeChoice.DARK)
    assert strongest(service_icon("tier:public"), QIcon.Mode.Normal) == current_theme().color("boundary-public").name()


def test_a_plain_picture_of_an_icon_has_the_asked_colour() -> None:
    color = current_theme().color("severity-high")
    image = action_pixmap("warning", 32, color).toImage()
    pixels = [image.pixelColor(x, y) for x in range(32) for y in range(32)]
    assert max(pixels, key=lambda pixel: pixel.alpha()).name() == color.name()


@pytest.mark.parametrize("choice", [ThemeChoice.LIGHT, ThemeChoice.DARK])
def test_an_unchecked_switch_can_be_seen(qtbot: QtBot, choice: ThemeChoice) -> None:
    theme_switch().use(choice)
    switch = Switch()
    qtbot.addWidget(switch)
    switch.resize(120, 26)
    image = switch.grab().toImage()
    outline = current_theme().color("border-strong").name()
    assert outline in {image.pixelColor(x, y).name() for x in range(34) for y in range(26)}
