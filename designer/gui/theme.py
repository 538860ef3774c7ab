"""The palettes of the program, by role, and the switch between light, dark, high contrast and what the desktop says.

Everything that is painted asks for a role ("panel", "wire-async", "severity-high"), never for a colour of its own. The
roles and their colours are data: `resources/themes/*.json`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from enum import StrEnum
from functools import lru_cache

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QBrush, QColor, QGuiApplication, QPalette, QPen
from PySide6.QtWidgets import QApplication, QToolTip

from designer.assets import data


class ThemeChoice(StrEnum):
    """What the user asked for; `system` follows the desktop where it says, else is light and of usual contrast."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"
    CONTRAST = "contrast"
    CONTRAST_DARK = "contrast-dark"


class Theme:
    """The colours of one palette. Colours, pens and brushes are made once per role and shared: never change them."""

    def __init__(self, name: str, dark: bool, colours: Mapping[str, str]) -> None:
        self.name = name
        self.dark = dark
        self._colours = {role: QColor(text) for role, text in colours.items()}
        self._pens: dict[tuple[str, float, Qt.PenStyle], QPen] = {}
        self._brushes: dict[str, QBrush] = {}

    @property
    def roles(self) -> tuple[str, ...]:
        """All roles, in the order of the theme's file."""
        return tuple(self._colours)

    def color(self, role: str) -> QColor:
        """The colour of a role. Raises `KeyError` for a role that no theme has."""
        return self._colours[role]

    def brush(self, role: str) -> QBrush:
        """A plain brush in the colour of a role."""
        brush = self._brushes.get(role)
        if brush is None:
            brush = self._brushes[role] = plain_brush(self._colours[role])
        return brush

    def pen(self, role: str, width: float = 1.0, style: Qt.PenStyle = Qt.PenStyle.SolidLine) -> QPen:
        """A cosmetic pen (its width is in device-independent pixels at any zoom) in the colour of a role."""
        key = (role, width, style)
        pen = self._pens.get(key)
        if pen is None:
            pen = QPen(self._colours[role], width, style, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)
            pen.setCosmetic(True)
            self._pens[key] = pen
        return pen

    def palette(self) -> QPalette:
        """The palette for Qt's own widgets."""
        palette = QPalette()
        for group, roles in _PALETTE.items():
            for role, name in roles.items():
                palette.setColor(group, role, self._colours[name])
        return palette


def plain_brush(colour: QColor) -> QBrush:
    """A brush of one colour.

    With a pattern named, the binding of Qt does not load its classes for pictures and gradients to see whether the
    colour is one of them, which takes longer than everything that a start paints with brushes.
    """
    return QBrush(colour, Qt.BrushStyle.SolidPattern)


_ROLE = QPalette.ColorRole
_PALETTE: Mapping[QPalette.ColorGroup, Mapping[QPalette.ColorRole, str]] = {
    QPalette.ColorGroup.All: {
        _ROLE.Window: "window",
        _ROLE.WindowText: "text",
        _ROLE.Base: "input",
        _ROLE.AlternateBase: "panel-alt",
        _ROLE.Text: "text",
        _ROLE.Button: "button",
        _ROLE.ButtonText: "text",
        _ROLE.BrightText: "severity-error",
        _ROLE.Highlight: "selection",
        _ROLE.HighlightedText: "text",
        _ROLE.Accent: "accent",
        _ROLE.Link: "accent",
        _ROLE.LinkVisited: "accent",
        _ROLE.PlaceholderText: "text-muted",
        _ROLE.ToolTipBase: "tooltip",
        _ROLE.ToolTipText: "text",
        # Fusion draws frames and check box outlines from these; without them they vanish on a dark ground.
        _ROLE.Light: "panel",
        _ROLE.Midlight: "border",
        _ROLE.Mid: "border",
        _ROLE.Dark: "border-strong",
        _ROLE.Shadow: "border-strong",
    },
    QPalette.ColorGroup.Disabled: {
        _ROLE.WindowText: "text-disabled",
        _ROLE.Text: "text-disabled",
        _ROLE.ButtonText: "text-disabled",
        _ROLE.PlaceholderText: "text-disabled",
        _ROLE.Highlight: "panel-alt",
        _ROLE.HighlightedText: "text-disabled",
    },
}


@lru_cache(maxsize=8)
def load_theme(name: str) -> Theme:
    """The theme in `resources/themes/NAME.json` ("light", "contrast-dark")."""
    raw = json.loads((data("resources") / "themes" / f"{name}.json").read_text(encoding="utf-8"))
    title, dark = str(raw.pop("name")), bool(raw.pop("dark"))
    return Theme(title, dark, raw)


class ThemeSwitch(QObject):
    """Holds the theme in use, gives it to the application and says when it changes."""

    theme_changed = Signal(object)
    """The new `Theme`, after the application's palette and style sheet have been set."""

    def __init__(self) -> None:
        super().__init__()
        self.choice = ThemeChoice.SYSTEM
        self.theme = load_theme("light")
        self._follows = False

    def use(self, choice: ThemeChoice) -> None:
        """Takes a choice over, at once and for what the desktop will say later."""
        self.choice = choice
        self._follow_desktop()
        self._show(load_theme(self._wanted()))

    def restyle(self) -> None:
        """Has everything take colours, fonts and icons anew: one of them is another."""
        self.theme_changed.emit(self.theme)

    def _wanted(self) -> str:
        if self.choice is not ThemeChoice.SYSTEM:
            return str(self.choice)
        hints = QGuiApplication.styleHints()
        dark = hints.colorScheme() is Qt.ColorScheme.Dark
        if hints.accessibility().contrastPreference() is Qt.ContrastPreference.HighContrast:
            return str(ThemeChoice.CONTRAST_DARK if dark else ThemeChoice.CONTRAST)
        return str(ThemeChoice.DARK if dark else ThemeChoice.LIGHT)

    def _follow_desktop(self) -> None:
        if not self._follows:
            hints = QGuiApplication.styleHints()
            hints.colorSchemeChanged.connect(self._desktop_changed)
            hints.accessibility().contrastPreferenceChanged.connect(self._desktop_changed)
            self._follows = True

    def _desktop_changed(self) -> None:
        if self.choice is ThemeChoice.SYSTEM:
            self._show(load_theme(self._wanted()))

    def _show(self, theme: Theme) -> None:
        self.theme = theme
        palette = theme.palette()
        QApplication.setPalette(palette)
        QToolTip.setPalette(palette)
        self.theme_changed.emit(theme)


@lru_cache(maxsize=1)
def theme_switch() -> ThemeSwitch:
    """The one switch of the program."""
    return ThemeSwitch()


def current_theme() -> Theme:
    """The theme in use."""
    return theme_switch().theme
