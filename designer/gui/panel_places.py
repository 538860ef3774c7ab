"""Where panels stand when the user wants them elsewhere: at another side, in windows of their own, out of the way."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QObject, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QDockWidget, QMainWindow, QMenu, QToolBar, QWidget

from designer.language import later, tr

_AREA = Qt.DockWidgetArea
_SIDES = (
    (_AREA.LeftDockWidgetArea, later("&Left")),
    (_AREA.RightDockWidgetArea, later("&Right")),
    (_AREA.BottomDockWidgetArea, later("&Bottom")),
)
_SMALLEST = QSize(360, 300)
_OWN_WINDOW = later("&Own Window")


class PanelPlaces(QObject):
    """Moves the panels of a window, by menu or by their tabs, and clears them away and back."""

    def __init__(self, window: QMainWindow, docks: Mapping[str, QDockWidget], tools: QToolBar) -> None:
        super().__init__(window)
        self._window = window
        self._docks = docks
        self._tools = tools
        self._cleared: list[tuple[QWidget, bool]] = []
        """What was hidden to clear the canvas, in order, and whether it was in front."""
        for dock in docks.values():
            dock.topLevelChanged.connect(lambda floating, dock=dock: _frame(dock, floating))

    def fill(self, menu: QMenu) -> None:
        """Makes the menu anew: for each panel where it can go, with a mark at where it is."""
        menu.clear()
        for key, dock in self._docks.items():
            title = dock.windowTitle().rstrip(" 0123456789").replace("&", "&&")
            inner = menu.addMenu(title)
            group = QActionGroup(inner)
            area = self._window.dockWidgetArea(dock)
            for side, text in _SIDES:
                action = _choice(inner, group, tr(text), not dock.isFloating() and area == side)
                action.triggered.connect(lambda _checked=False, key=key, side=side: self.move_to(key, side))
            inner.addSeparator()
            action = _choice(inner, group, tr(_OWN_WINDOW), dock.isFloating())
            action.triggered.connect(lambda _checked=False, key=key: self.float(key))

    def move_to(self, key: str, side: Qt.DockWidgetArea) -> None:
        """Puts a panel at a side, as a tab beside what stands there."""
        dock = self._docks[key]
        others = [
            other
            for other in self._docks.values()
            if other is not dock and not other.isFloating() and self._window.dockWidgetArea(other) == side
        ]
        dock.setFloating(False)
        self._window.addDockWidget(side, dock)
        if others:
            self._window.tabifyDockWidget(others[-1], dock)
        dock.show()
        dock.raise_()

    def float(self, key: str) -> None:
        """Gives a panel a window of its own."""
        dock = self._docks[key]
        dock.show()
        size = dock.size().expandedTo(dock.minimumSizeHint()).expandedTo(_SMALLEST)
        dock.setFloating(True)
        # A tab that is behind others lies out of sight, and would be taken for hidden there.
        dock.hide()
        around = self._window.geometry()
        place = QRect(around.center() - QPoint(size.width() // 2, size.height() // 2), size)
        dock.setGeometry(place)
        dock.show()
        dock.raise_()

    def clear_away(self, cleared: bool) -> None:
        """Leaves the canvas alone in the window, or brings back what was there."""
        if cleared and not self._cleared:
            shown = [widget for widget in (*self._docks.values(), self._tools) if not widget.isHidden()]
            self._cleared = [(widget, not widget.visibleRegion().isEmpty()) for widget in shown]
            for widget in shown:
                widget.hide()
        elif not cleared:
            back, self._cleared = self._cleared, []
            for widget, _front in back:
                widget.show()
            for widget, front in back:
                if front:
                    widget.raise_()


def _choice(menu: QMenu, group: QActionGroup, text: str, checked: bool) -> QAction:
    action = menu.addAction(text)
    action.setCheckable(True)
    action.setChecked(checked)
    group.addAction(action)
    return action


def _frame(dock: QDockWidget, floating: bool) -> None:
    """A panel in a window of its own has the system's frame; elsewhere no title bar says what its tab says."""
    bare = dock.titleBarWidget()
    if floating:
        dock.setTitleBarWidget(None)  # type: ignore[arg-type]
        if bare is not None:
            bare.deleteLater()
    elif bare is None:
        dock.setTitleBarWidget(bare_title())


def bare_title() -> QWidget:
    """A title bar without height."""
    bare = QWidget()
    bare.setFixedHeight(0)
    return bare
