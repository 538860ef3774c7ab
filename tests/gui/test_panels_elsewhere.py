"""Panels at other sides, in windows of their own, and out of the way."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from designer.catalog.catalog import Catalog
from designer.gui.document import Document
from designer.gui.settings import UserSettings
from designer.gui.window import Window
from tests.gui.test_window import CTRL, entry, menu_of

AREA = Qt.DockWidgetArea


def place(window: Window, panel: str, where: str) -> None:
    """Chooses a place from the menu."""
    places = window.menus.places
    assert places in [action.menu() for action in menu_of(window, "View").actions()]
    places.aboutToShow.emit()
    inner = entry(places, panel).menu()
    assert isinstance(inner, QMenu)
    entry(inner, where).trigger()


def marked(window: Window, panel: str) -> list[str]:
    """The place that the menu marks."""
    window.menus.places.aboutToShow.emit()
    inner = entry(window.menus.places, panel).menu()
    assert isinstance(inner, QMenu)
    return [action.text().replace("&", "") for action in inner.actions() if action.isChecked()]


def test_a_panel_goes_to_another_side(window: Window) -> None:
    inspector = window.docks["inspector"]
    assert marked(window, "Inspector") == ["Right"]
    place(window, "Inspector", "Left")
    assert window.dockWidgetArea(inspector) == AREA.LeftDockWidgetArea
    assert not inspector.visibleRegion().isEmpty(), "in front of what stands there"
    assert marked(window, "Inspector") == ["Left"]
    place(window, "Findings", "Right")
    assert window.dockWidgetArea(window.docks["findings"]) == AREA.RightDockWidgetArea
    entry(menu_of(window, "View"), "Reset Layout").trigger()
    assert window.dockWidgetArea(inspector) == AREA.RightDockWidgetArea
    assert window.dockWidgetArea(window.docks["findings"]) == AREA.BottomDockWidgetArea


def test_a_panel_gets_a_window_of_its_own_and_comes_back(window: Window, qtbot: QtBot) -> None:
    template = window.docks["template"]
    place(window, "Template", "Own Window")
    assert template.isFloating() and template.isWindow() and template.isVisible()
    assert template.titleBarWidget() is None, "with a frame to move it by"
    qtbot.waitUntil(lambda: "orders: {}" in window.workspace.template.view.toPlainText())
    place(window, "Template", "Bottom")
    assert not template.isFloating()
    assert template.titleBarWidget() is not None
    place(window, "Template", "Own Window")
    entry(menu_of(window, "View"), "Reset Layout").trigger()
    assert not template.isFloating()


def test_places_are_remembered(window: Window, catalog: Catalog, qtbot: QtBot) -> None:
    place(window, "Inspector", "Left")
    place(window, "Flows", "Own Window")
    window.close()
    again = Window(Document(catalog), UserSettings())
    qtbot.addWidget(again)
    with qtbot.waitExposed(again):
        again.show()
    again.begin()
    assert again.dockWidgetArea(again.docks["inspector"]) == AREA.LeftDockWidgetArea
    assert again.docks["flows"].isFloating() and again.docks["flows"].titleBarWidget() is None
    again.close()


def test_the_canvas_alone_and_everything_back(window: Window, qtbot: QtBot) -> None:
    window.panels.show("template")
    window.docks["palette"].hide()
    before = {key: dock.isHidden() for key, dock in window.docks.items()}
    width = window.canvas.width()
    qtbot.keyClick(window.canvas, Qt.Key.Key_Period, CTRL)
    assert all(dock.isHidden() for dock in window.docks.values()) and window.menus.tools.isHidden()
    qtbot.waitUntil(lambda: window.canvas.width() > width)
    assert window.commands["canvas-only"].isChecked()
    qtbot.keyClick(window.canvas, Qt.Key.Key_Period, CTRL)
    assert {key: dock.isHidden() for key, dock in window.docks.items()} == before
    assert not window.menus.tools.isHidden()
    qtbot.waitUntil(lambda: not window.docks["template"].visibleRegion().isEmpty())


def test_a_window_that_is_closed_with_the_canvas_alone_has_its_panels_next_time(
    window: Window, catalog: Catalog, qtbot: QtBot
) -> None:
    qtbot.keyClick(window.canvas, Qt.Key.Key_Period, CTRL)
    window.close()
    again = Window(Document(catalog), UserSettings())
    qtbot.addWidget(again)
    again.show()
    again.begin()
    assert not again.docks["inspector"].isHidden() and not again.menus.tools.isHidden()
    again.close()


def test_the_whole_screen(window: Window, qtbot: QtBot) -> None:
    qtbot.keyClick(window.canvas, Qt.Key.Key_F11)
    assert window.isFullScreen()
    qtbot.keyClick(window.canvas, Qt.Key.Key_F11)
    assert not window.isFullScreen()
