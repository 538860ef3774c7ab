"""The menu bar and the tool bar, put together from the commands."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMainWindow, QMenu, QSizePolicy, QToolBar, QToolButton, QWidget

from designer.gui.actions import COMMANDS, Actions, plain
from designer.gui.controls import tip
from designer.gui.languages import SYSTEM, own_name
from designer.gui.settings import TEXT_SIZES, UserSettings
from designer.gui.theme import ThemeChoice
from designer.language import languages, later, tr
from designer.layout.measures import Direction

_FILE = (
    *(
        "new",
        "new-window",
        "open",
        "RECENT",
        "samples",
        "",
        "save",
        "save-as",
        "versions",
        "recover",
        "",
        "compare",
        "compare-other",
        "",
    ),
    *("export", "picture", "", "reopen", "close-window", "quit"),
)
_EDIT = (
    *("undo", "redo", "history", "", "cut", "copy", "COPY", "paste", "duplicate", "delete", "delete-bridge", ""),
    *("rename", "replace", "", "SELECT", ""),
    *("commands", "add", "find", "find-next", "find-previous", "find-template", "outline"),
)
_ARRANGE = (
    *("connect", "connect-to", "reverse", "straighten", "move-to", "zones", "collapse", "expand", ""),
    *("arrange-all", "arrange-selection", "DIRECTION", "animate", ""),
    *("ALIGN", "SIZE", "ORDER", "lock"),
)
_VIEW = (
    *("zoom-in", "zoom-out", "zoom-fit", "ZOOM", "", "PANELS", "PLACES", "GO", "reset-layout", ""),
    *("trace", "minimap", "THEME", "ICONS", "TEXT", "LANGUAGE", "canvas-only", "full-screen"),
)
_ANALYSE = (*("improve", "flows", "", "knock-out", "fail", "restore", "", "lint", "", "rules-folder", "rules-reload"),)
_HELP = ("shortcuts", "legend", "", "about")
_INNER = {
    "SELECT": (
        later("&Select"),
        (
            *("select-all", "select-none", "select-components", "select-wires", ""),
            *("select-parent", "select-children", "", "walk-on", "walk-back"),
        ),
    ),
    "COPY": (later("Copy Spec&ial"), ("copy-picture", "copy-template", "", "copy-settings", "paste-settings")),
    "ALIGN": (
        later("Align and &Space Out"),
        (
            *("align-left", "align-centre", "align-right", "", "align-top", "align-middle", "align-bottom", ""),
            *("spread-across", "spread-down"),
        ),
    ),
    "SIZE": (later("Make Sizes E&qual"), ("same-width", "same-height", "same-size")),
    "ORDER": (later("Dra&wing Order"), ("front", "forward", "backward", "back")),
    "ZOOM": (later("&Zoom to"), ("zoom-100", "zoom-selection")),
    "GO": (later("Move the &Cursor to"), ("next-pane", "previous-pane", "", "next-tab", "previous-tab")),
}
"""Menus within the others."""
_MENUS = (
    (later("&File"), _FILE),
    (later("&Edit"), _EDIT),
    (later("&View"), _VIEW),
    (later("&Arrange"), _ARRANGE),
    (later("A&nalyse"), _ANALYSE),
    (later("&Help"), _HELP),
)
_TOOLS = (
    *("new", "open", "save", "", "undo", "redo", "history", "", "connect", "delete", ""),
    *("improve", "flows", "knock-out", ""),
    *("zoom-out", "zoom-in", "zoom-fit"),
)
_DIRECTIONS = ((Direction.RIGHT, later("&Left to Right")), (Direction.DOWN, later("&Top Down")))
_THEMES = (
    (ThemeChoice.SYSTEM, later("Follow the &System")),
    (ThemeChoice.LIGHT, later("&Light")),
    (ThemeChoice.DARK, later("&Dark")),
    (ThemeChoice.CONTRAST, later("&High Contrast")),
    (ThemeChoice.CONTRAST_DARK, later("High Contrast, Da&rk")),
)


class Menus:
    """Menu bar and tool bar of a window; keeps the menus that change.

    What is in the menus is made by `complete`, which the window calls once its first picture is shown.
    """

    recent: QMenu
    themes: QMenu
    directions: QMenu
    languages: QMenu
    icons: QMenu
    text_sizes: QMenu
    places: QMenu

    def __init__(
        self, window: QMainWindow, actions: Actions, panels: Sequence[QAction], buttons: Sequence[QAction]
    ) -> None:
        self._window = window
        self._actions = actions
        self._panels = panels
        self._buttons = buttons
        self.theme_actions: dict[ThemeChoice, QAction] = {}
        self._menus = [(window.menuBar().addMenu(tr(title)), keys) for title, keys in _MENUS]
        self.tools = self._tool_bar()

    def complete(self) -> None:
        """Makes what is in the menus, except the choices of those that change."""
        window = self._window
        self.recent = QMenu(tr("Open &Recent"), window)
        self.themes = QMenu(tr("&Theme"), window)
        self.directions = QMenu(tr("&Direction"), window)
        self.languages = QMenu(tr("Lan&guage"), window)
        self.icons = QMenu(tr("Ser&vice Icons"), window)
        self.text_sizes = QMenu(tr("Te&xt Size"), window)
        self.places = QMenu(tr("Mo&ve Panel"), window)
        for menu, keys in self._menus:
            self._fill(menu, keys)

    def offer_themes(self, now: ThemeChoice, use: Callable[[ThemeChoice], None]) -> None:
        """The choice of light, dark or system."""
        group = QActionGroup(self._window)
        for choice, title in _THEMES:
            action = self.themes.addAction(tr(title))
            action.setCheckable(True)
            action.setChecked(choice is now)
            action.triggered.connect(lambda _checked=False, choice=choice: use(choice))
            group.addAction(action)
            self.theme_actions[choice] = action

    def offer_directions(self, now: Direction, use: Callable[[Direction], None]) -> None:
        """The choice of the way that wires run in an arranged drawing."""
        group = QActionGroup(self._window)
        for direction, title in _DIRECTIONS:
            action = self.directions.addAction(tr(title))
            action.setCheckable(True)
            action.setChecked(direction is now)
            action.triggered.connect(lambda _checked=False, direction=direction: use(direction))
            group.addAction(action)

    def offer_icons(self, own: Callable[[], None], aws: Callable[[], None]) -> None:
        """The choice of the icons of services: the program's own, or a package of AWS's that is asked for."""
        group = QActionGroup(self._window)
        for title, use in ((tr("&Built-in"), own), (tr("&AWS Architecture Icons…"), aws)):
            action = self.icons.addAction(title)
            action.setCheckable(True)
            action.triggered.connect(lambda _checked=False, use=use: use())
            group.addAction(action)

    def show_icons(self, own: bool) -> None:
        """Marks which of both are shown now."""
        self.icons.actions()[0 if own else 1].setChecked(True)

    def offer_text_sizes(self, now: int, use: Callable[[int], None]) -> None:
        """The choice of how large the letters of the window are, in percent of the desktop's."""
        group = QActionGroup(self._window)
        for percent in TEXT_SIZES:
            action = self.text_sizes.addAction(tr("{percent} %", percent=percent))
            action.setCheckable(True)
            action.setChecked(percent == now)
            action.triggered.connect(lambda _checked=False, percent=percent: use(percent))
            group.addAction(action)

    def offer_languages(self, now: str, use: Callable[[str], None]) -> None:
        """The choice of the language of the window; each is called what it calls itself."""
        group = QActionGroup(self._window)
        for name, title in ((SYSTEM, tr("Follow the &System")), *((name, own_name(name)) for name in languages())):
            action = self.languages.addAction(title)
            action.setCheckable(True)
            action.setChecked(name == now)
            action.triggered.connect(lambda _checked=False, name=name: use(name))
            group.addAction(action)

    def offer_recent(self, settings: UserSettings, open_file: Callable[[Path], object]) -> None:
        """Fills the list of recent files anew."""
        self.recent.clear()
        files = settings.recent
        for number, path in enumerate(files, start=1):
            name = path.name.replace("&", "&&")
            action = self.recent.addAction(f"&{number % 10} {name}")
            action.setToolTip(tip(str(path)))
            action.triggered.connect(lambda _checked=False, path=path: open_file(path))
        if files:
            self.recent.addSeparator()

        def forget() -> None:
            settings.clear_recent()
            self.offer_recent(settings, open_file)

        self.recent.addAction(tr("&Clear List"), forget).setEnabled(bool(files))
        self.recent.setToolTipsVisible(True)

    def _fill(self, menu: QMenu, keys: Sequence[str]) -> None:
        menu.setToolTipsVisible(True)
        for key in keys:
            match key:
                case "":
                    menu.addSeparator()
                case "RECENT":
                    menu.addMenu(self.recent)
                case _ if key in _INNER:
                    title, inner = _INNER[key]
                    self._fill(menu.addMenu(tr(title)), inner)
                case "THEME":
                    menu.addMenu(self.themes)
                case "LANGUAGE":
                    menu.addMenu(self.languages)
                case "ICONS":
                    menu.addMenu(self.icons)
                case "TEXT":
                    menu.addMenu(self.text_sizes)
                case "DIRECTION":
                    menu.addMenu(self.directions)
                case "PLACES":
                    menu.addMenu(self.places)
                case "PANELS":
                    menu.addActions(self._panels)
                case _:
                    menu.addAction(self._actions[key])
        from designer.gui.mnemonics import give_letters

        give_letters(menu)

    def _tool_bar(self) -> QToolBar:
        bar = QToolBar(tr("Tools"), self._window)
        bar.setObjectName("tools")
        bar.setAccessibleName(tr("Tools"))
        bar.setMovable(False)
        bar.setFloatable(False)
        bar.setIconSize(QSize(18, 18))
        bar.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        for key in _TOOLS:
            if key:
                bar.addAction(self._actions[key])
            else:
                bar.addSeparator()
        spring = QWidget()
        spring.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        bar.addWidget(spring)
        bar.addActions(self._buttons)
        bar.addSeparator()
        bar.addWidget(self._export_button())
        names = {self._actions[command.id]: plain(tr(command.text)) for command in COMMANDS}
        for action in bar.actions():
            button = bar.widgetForAction(action)
            if isinstance(button, QToolButton) and action.text():
                button.setAccessibleName(names.get(action, plain(action.text())))
                button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        return bar

    def _export_button(self) -> QToolButton:
        action = self._actions["export"]
        button = QToolButton()
        button.setText(tr("Export"))
        button.setProperty("primary", True)
        button.setProperty("wide", True)
        button.setToolTip(action.toolTip())
        button.setAccessibleName(tr("Export template"))
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.clicked.connect(action.trigger)
        button.setEnabled(action.isEnabled())
        action.enabledChanged.connect(button.setEnabled)
        return button
