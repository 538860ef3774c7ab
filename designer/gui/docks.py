"""The panels around the canvas: where they stand, what they are called, and when they are made."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QDockWidget, QMainWindow, QTabWidget, QWidget

from designer.gui.icons import action_icon
from designer.gui.panel_places import bare_title
from designer.gui.tab_order import Dock
from designer.gui.workspace import Workspace
from designer.language import tr
from designer.records import record

_AREA = Qt.DockWidgetArea
_LEFT, _RIGHT, _BOTTOM = _AREA.LeftDockWidgetArea, _AREA.RightDockWidgetArea, _AREA.BottomDockWidgetArea
_HEIGHT = 260
_WIDTHS = {"palette": 216, "inspector": 312}


@record
class Panel:
    """One panel: its title, its entry in the menu View, and its place.

    A `late` one is made when it is first looked at. One with a `button` can be switched from the tool bar; the others
    have commands of their own.
    """

    key: str
    title: str
    entry: str
    area: Qt.DockWidgetArea = _BOTTOM
    icon: str = ""
    late: bool = False
    button: bool = False


PANELS = (
    Panel("palette", "Palette", "&Palette", _LEFT, button=True),
    Panel("outline", "Outline", "Out&line", _LEFT, late=True),
    Panel("inspector", "Inspector", "I&nspector", _RIGHT, button=True),
    Panel("findings", "Findings", "Fin&dings", button=True),
    Panel("flows", "Flows", "Flo&ws", late=True),
    Panel("knock-out", "Knock-out", "&Knock-out", late=True),
    Panel("improve", "What helps most", "W&hat Helps Most", icon="lightbulb", late=True),
    Panel("template", "Template", "T&emplate", button=True),
)
"""The panels in the order of the menu; those of one place are tabs, the first one in front."""


class Docks(QObject):
    """The docks of a window, by the keys of their panels."""

    def __init__(self, window: QMainWindow, workspace: Workspace) -> None:
        super().__init__(window)
        self._window = window
        self._workspace = workspace
        self._panels = {panel.key: panel for panel in PANELS}
        self.by_key = {panel.key: _dock(panel, _placeholder(), window) for panel in PANELS}
        self._fill("palette", workspace.palette)
        self.actions = {panel.key: self._action(panel) for panel in PANELS}

    @property
    def buttons(self) -> list[QAction]:
        """The switches that stand in the tool bar."""
        return [self.actions[panel.key] for panel in PANELS if panel.button]

    def complete(self, made: Mapping[str, QWidget]) -> None:
        """Puts the panels that were made after the first picture into their places, and makes late ones when seen."""
        for key, widget in made.items():
            self._fill(key, widget)
        for key in (panel.key for panel in PANELS if panel.late):
            self._look(key, not self.by_key[key].widget().visibleRegion().isEmpty())
            self.by_key[key].visibilityChanged.connect(lambda shown, key=key: self._look(key, shown))

    def show(self, key: str) -> None:
        """Shows a panel, in front of those that share its place."""
        self.by_key[key].show()
        self.by_key[key].raise_()

    def enter(self, key: str) -> None:
        """Shows a panel and takes the keyboard there."""
        self.show(key)
        # A panel that was never seen is made first.
        QTimer.singleShot(0, self, lambda: self.by_key[key].widget().setFocus(Qt.FocusReason.ShortcutFocusReason))

    def count(self, key: str, number: int) -> None:
        """Says on a panel's tab how many things it lists."""
        panel = self._panels[key]
        title = tr(panel.title)
        self.by_key[key].setWindowTitle(f"{title} {number}" if number else title)
        # The entry in the menu would follow the tab.
        self.actions[key].setText(tr(panel.entry))

    def arrange(self) -> None:
        """Puts all panels into the places where they are at first."""
        window = self._window
        window.setDockOptions(QMainWindow.DockOption.AllowTabbedDocks)
        window.setTabPosition(_BOTTOM, QTabWidget.TabPosition.North)
        window.setTabPosition(_LEFT, QTabWidget.TabPosition.North)
        window.setCorner(Qt.Corner.BottomLeftCorner, _LEFT)
        window.setCorner(Qt.Corner.BottomRightCorner, _RIGHT)
        for dock in self.by_key.values():
            dock.setFloating(False)
            # On their way those of one place stand beside each other: a small window would grow by them.
            if dock.isVisible():
                dock.hide()
        for area in (_LEFT, _RIGHT, _BOTTOM):
            self._stack(area, [self.by_key[panel.key] for panel in PANELS if panel.area == area])
        for key, width in _WIDTHS.items():
            window.resizeDocks([self.by_key[key]], [width], Qt.Orientation.Horizontal)
        height = min(_HEIGHT, window.height() * 3 // 10)
        window.resizeDocks([self.by_key["findings"]], [height], Qt.Orientation.Vertical)

    def _stack(self, area: Qt.DockWidgetArea, docks: list[QDockWidget]) -> None:
        first = docks[0]
        self._window.addDockWidget(area, first)
        for dock in docks[1:]:
            self._window.tabifyDockWidget(first, dock)
        for dock in docks:
            dock.show()
        if len(docks) > 1:
            first.raise_()

    def _look(self, key: str, shown: bool) -> None:
        if shown and self.by_key[key].widget().property("placeholder"):
            self._fill(key, self._workspace.make_panel(key))
        self._workspace.look_at(key, shown)

    def _fill(self, key: str, panel: QWidget) -> None:
        placeholder = self.by_key[key].widget()
        self.by_key[key].setWidget(panel)
        placeholder.deleteLater()

    def _action(self, panel: Panel) -> QAction:
        action = self.by_key[panel.key].toggleViewAction()
        action.setIcon(action_icon(panel.icon or panel.key))
        action.setText(tr(panel.entry))
        action.setToolTip(tr("Show or hide the panel {title}", title=tr(panel.title)))
        return action


def _placeholder() -> QWidget:
    placeholder = QWidget()
    placeholder.setProperty("role", "panel")
    placeholder.setProperty("placeholder", True)
    placeholder.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    return placeholder


def _dock(panel: Panel, widget: QWidget, window: QMainWindow) -> Dock:
    dock = Dock(tr(panel.title), window)
    dock.setObjectName(panel.key)
    dock.setAccessibleName(tr(panel.title))
    feature = QDockWidget.DockWidgetFeature
    dock.setFeatures(feature.DockWidgetClosable | feature.DockWidgetMovable | feature.DockWidgetFloatable)
    # Every panel begins with a row that says what it is; a title bar would only say it again.
    dock.setTitleBarWidget(bare_title())
    dock.setWidget(widget)
    return dock
