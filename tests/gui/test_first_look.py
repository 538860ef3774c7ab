"""What somebody meets who looks around for the first time: menus, tooltips, panels with nothing in them yet."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QMenu, QToolButton
from pytestqt.qtbot import QtBot

from designer.catalog.catalog import Catalog
from designer.gui.controls import Clickable
from designer.gui.document import Document
from designer.gui.settings import LAYOUT_VERSION, UserSettings
from designer.gui.window import Window
from tests.gui.conftest import begun

_PANELS = ("findings", "flows", "knock-out", "improve", "template")


@pytest.fixture
def empty(qtbot: QtBot, catalog: Catalog) -> Iterator[Window]:
    """The window as it opens, with the analysis that it has."""
    with begun(Document(catalog), qtbot) as made:
        yield made


def menus(window: Window) -> list[QMenu]:
    found = [action.menu() for action in window.menuBar().actions()]
    return [menu for menu in found if isinstance(menu, QMenu)]


def mnemonic(action: QAction) -> str:
    text = action.text().replace("&&", "")
    return text[text.index("&") + 1].lower() if "&" in text else ""


def words(window: Window, panel: str) -> str:
    shown = [label.text() for label in window.docks[panel].findChildren(QLabel) if label.isVisible()]
    return "\n".join(shown)


def test_every_menu_entry_has_a_letter_of_its_own(window: Window) -> None:
    for menu in menus(window):
        letters = Counter(mnemonic(action) for action in menu.actions() if not action.isSeparator())
        assert "" not in letters, menu.title()
        assert {letter for letter, count in letters.items() if count > 1} == set(), menu.title()


def test_buttons_of_the_tool_bar_speak_plainly(window: Window) -> None:
    buttons = [button for button in window.menus.tools.findChildren(QToolButton) if button.isVisible()]
    assert len(buttons) > 12
    for button in buttons:
        assert button.accessibleName() and "&" not in button.accessibleName()
        assert button.toolTip() and "&" not in button.toolTip()


def test_panels_are_called_by_their_names(window: Window) -> None:
    (view,) = (menu for menu in menus(window) if menu.title() == "&View")
    tips = [action.toolTip() for action in view.actions() if action.toolTip().startswith("Show or hide")]
    assert "Show or hide the panel What helps most" in tips
    assert len(tips) == len(window.docks)


@pytest.mark.parametrize("panel", _PANELS)
def test_a_panel_of_an_empty_drawing_says_what_will_show_there(empty: Window, qtbot: QtBot, panel: str) -> None:
    empty.panels.show(panel)
    qtbot.waitUntil(lambda: empty.workspace.tasks.settled)
    qtbot.waitUntil(lambda: empty.docks[panel].findChildren(QLabel) != [])
    expected = {
        "findings": "Nothing to check yet",
        "flows": "No flow begins anywhere",
        "knock-out": "Nothing is drawn yet that could fail",
        "improve": "There is nothing to fix",
        "template": "as soon as something is drawn",
    }[panel]
    qtbot.waitUntil(lambda: expected in words(empty, panel))
    if panel == "flows":
        assert empty.workspace.flows is not None
        assert not empty.workspace.flows.list.isVisible(), "no tables with nothing in them"


@pytest.mark.parametrize("panel", _PANELS)
def test_before_the_first_answer_no_panel_says_that_there_is_nothing(
    empty: Window, qtbot: QtBot, panel: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    qtbot.waitUntil(lambda: empty.workspace.tasks.settled)
    monkeypatch.setattr(empty.workspace.tasks, "_begin", lambda: None)
    empty.workspace.tasks._soon.timeout.disconnect()  # the answer does not come
    assert empty.files.open_sample("three-tier")
    empty.panels.show(panel)
    qtbot.waitUntil(lambda: empty.docks[panel].findChildren(QLabel) != [])
    said = words(empty, panel)
    for wrong in (
        "Nothing to check",
        "Nothing is drawn",
        "No flow",
        "nothing to fix",
        "No findings",
        "as soon as something is drawn",
    ):
        assert wrong not in said


def test_findings_of_many_things_are_told_worst_first(empty: Window, qtbot: QtBot) -> None:
    assert empty.files.open_sample("orders-coupled")
    qtbot.waitUntil(lambda: empty.workspace.tasks.settled, timeout=20000)
    empty.canvas.setFocus()
    qtbot.keyClick(empty.canvas, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    cards = empty.workspace.inspector.remarks.findChildren(Clickable)
    told = [card.accessibleName().split(":")[0].lower() for card in cards if card.isVisible()]
    order = ["error", "high", "medium", "low"]
    assert len(set(told)) > 1
    assert told == sorted(told, key=order.index)


def test_a_layout_of_before_there_were_all_panels_gets_them_too(qtbot: QtBot, catalog: Catalog) -> None:
    """What was kept by a window with fewer docks still opens with every panel to be reached."""
    settings = UserSettings()
    old = Window(Document(catalog), settings)
    qtbot.addWidget(old)
    for key in ("flows", "knock-out", "improve"):
        old.removeDockWidget(old.docks[key])
    old.docks["palette"].hide()
    settings.keep_layout(old.saveGeometry(), old.saveState())
    assert settings.layout is not None, LAYOUT_VERSION
    new = Window(Document(catalog), settings)
    qtbot.addWidget(new, before_close_func=lambda window: window.document.history.mark_clean())
    with qtbot.waitActive(new):
        new.show()
        new.activateWindow()
    new.begin()
    assert not new.docks["palette"].isVisible(), "what was chosen stays"
    for key in ("flows", "knock-out", "improve"):
        new.panels.show(key)
        qtbot.waitUntil(lambda key=key: not new.docks[key].widget().visibleRegion().isEmpty())
        assert new.docks[key] in new.tabifiedDockWidgets(new.docks["findings"]), key
        assert not new.docks[key].isFloating()
    new.workspace.tasks.stop()


@pytest.mark.parametrize(("key", "panel"), [(Qt.Key.Key_F7, "flows"), (Qt.Key.Key_F9, "improve")])
def test_the_keyboard_goes_into_a_panel_and_escape_brings_it_back(
    window: Window, qtbot: QtBot, key: Qt.Key, panel: str
) -> None:
    window.canvas.setFocus()
    qtbot.keyClick(window, key)

    def inside() -> bool:
        focus = QApplication.focusWidget()
        return focus is not None and window.docks[panel].isAncestorOf(focus)

    qtbot.waitUntil(inside)
    focus = QApplication.focusWidget()
    assert focus is not None and focus.accessibleName()
    qtbot.keyClick(focus, Qt.Key.Key_Escape)
    assert window.canvas.hasFocus()


@pytest.mark.parametrize("name", ["inspector", "findings", "template", "palette"])
def test_escape_leads_out_of_every_panel(window: Window, qtbot: QtBot, name: str) -> None:
    window.panels.show(name)
    fields = [each for each in window.docks[name].findChildren(QLineEdit) if each.isVisible() and each.isEnabled()]
    for field in fields:
        field.setFocus()
        qtbot.keyClick(field, Qt.Key.Key_Escape)
        assert window.canvas.hasFocus(), field.accessibleName()
