"""High contrast as a choice and as the desktop's wish; nothing is said by colour alone."""

from __future__ import annotations

from itertools import combinations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QGuiApplication, QIcon, QImage
from PySide6.QtWidgets import QMenu

from designer.analysis.scale import Severity, State
from designer.gui.icons import action_pixmap
from designer.gui.panels.severity import severity_icon_name
from designer.gui.settings import UserSettings
from designer.gui.states import state_icon
from designer.gui.theme import ThemeChoice, theme_switch
from designer.gui.window import Window


class Hints:
    """Stands for what the desktop wishes."""

    def __init__(self, scheme: Qt.ColorScheme, contrast: Qt.ContrastPreference) -> None:
        self._scheme, self._contrast = scheme, contrast

    def colorScheme(self) -> Qt.ColorScheme:  # noqa: N802 - Qt's name
        return self._scheme

    def accessibility(self) -> Hints:
        return self

    def contrastPreference(self) -> Qt.ContrastPreference:  # noqa: N802 - Qt's name
        return self._contrast


@pytest.mark.parametrize(
    ("scheme", "contrast", "name"),
    [
        (Qt.ColorScheme.Light, Qt.ContrastPreference.NoPreference, "Light"),
        (Qt.ColorScheme.Dark, Qt.ContrastPreference.NoPreference, "Dark"),
        (Qt.ColorScheme.Unknown, Qt.ContrastPreference.HighContrast, "High contrast"),
        (Qt.ColorScheme.Dark, Qt.ContrastPreference.HighContrast, "High contrast, dark"),
    ],
)
def test_the_desktop_s_wish_is_followed(
    monkeypatch: pytest.MonkeyPatch, scheme: Qt.ColorScheme, contrast: Qt.ContrastPreference, name: str
) -> None:
    monkeypatch.setattr(QGuiApplication, "styleHints", lambda: Hints(scheme, contrast))
    theme_switch().use(ThemeChoice.SYSTEM)
    assert theme_switch().theme.name == name


def test_high_contrast_is_chosen_in_the_menu_and_remembered(window: Window) -> None:
    for choice, ground in ((ThemeChoice.CONTRAST_DARK, "#000000"), (ThemeChoice.CONTRAST, "#ffffff")):
        window.menus.theme_actions[choice].trigger()
        assert UserSettings().theme is choice
        drawn = window.canvas.grab().toImage()
        assert drawn.pixelColor(4, 4).name() == ground, "the canvas too"
    titles = [action.text().replace("&", "") for action in window.menus.themes.actions()]
    assert titles[-2:] == ["High Contrast", "High Contrast, Dark"]
    assert isinstance(window.menus.themes, QMenu)


def shape(icon: QIcon) -> QImage:
    """An icon as what of it is light and dark, without its colour."""
    picture = icon.pixmap(32, 32).toImage().convertToFormat(QImage.Format.Format_ARGB32)
    plain = QImage(picture.size(), QImage.Format.Format_ARGB32)
    ground = picture.pixelColor(picture.width() // 2, 3)
    for x in range(picture.width()):
        for y in range(picture.height()):
            seen = picture.pixelColor(x, y)
            filled = seen.alpha() > 128 and (seen.lightness() < 200 or seen == ground)
            plain.setPixelColor(x, y, QColor("black") if filled else QColor("white"))
    return plain


def unlike(one: QImage, other: QImage) -> int:
    """How many pixels differ."""
    return sum(one.pixel(x, y) != other.pixel(x, y) for x in range(one.width()) for y in range(one.height()))


@pytest.mark.parametrize(("one", "other"), [*combinations(State, 2)])
def test_states_of_a_failure_have_shapes_of_their_own(qapp: object, one: State, other: State) -> None:  # noqa: ARG001
    assert unlike(shape(state_icon(one)), shape(state_icon(other))) > 20


@pytest.mark.parametrize(("one", "other"), [*combinations(Severity, 2)])
def test_severities_have_shapes_of_their_own(qapp: object, one: Severity, other: Severity) -> None:  # noqa: ARG001
    black = QColor("black")
    first, second = (QIcon(action_pixmap(severity_icon_name(each), 32, black)) for each in (one, other))
    assert unlike(shape(first), shape(second)) > 20
