"""The whole window without a mouse: from part to part, from panel to panel, and back."""

from __future__ import annotations

from itertools import pairwise

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from designer.gui.window import Window

CTRL, SHIFT, ALT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.AltModifier,
)


def focused() -> QWidget:
    found = QApplication.focusWidget()
    assert found is not None
    return found


def part(window: Window) -> str:
    """The part of the window that has the keyboard."""
    pane = window.panes.current()
    assert pane is not None
    return pane.accessibleName()


def test_f6_goes_round_all_parts_of_the_window_and_back(window: Window, qtbot: QtBot) -> None:
    met = []
    for _ in range(6):
        met.append(part(window))
        qtbot.keyClick(focused(), Qt.Key.Key_F6)
    assert met == ["Canvas", "Palette", "Inspector", "Findings", "Tools", "Status"]
    assert part(window) == "Canvas" and window.canvas.hasFocus()
    qtbot.keyClick(focused(), Qt.Key.Key_F6, SHIFT)
    assert part(window) == "Status"


def test_a_part_remembers_where_the_keyboard_was(window: Window, qtbot: QtBot) -> None:
    window.panes.enter(window.docks["inspector"])
    qtbot.keyClick(focused(), Qt.Key.Key_Tab)
    before = focused()
    qtbot.keyClick(focused(), Qt.Key.Key_F6)
    assert focused() is not before
    qtbot.keyClick(focused(), Qt.Key.Key_F6, SHIFT)
    assert focused() is before
    qtbot.keyClick(focused(), Qt.Key.Key_Escape)
    assert window.canvas.hasFocus()


def test_parts_that_are_hidden_are_left_out(window: Window, qtbot: QtBot) -> None:
    window.docks["palette"].hide()
    window.docks["outline"].hide()
    window.docks["inspector"].hide()
    qtbot.waitUntil(lambda: window.docks["palette"].isHidden())
    qtbot.keyClick(focused(), Qt.Key.Key_F6)
    assert part(window) == "Findings"


def test_panels_of_one_place_come_to_the_front_in_turn(window: Window, qtbot: QtBot) -> None:
    window.panes.enter(window.docks["findings"])
    met = []
    for _ in range(5):
        qtbot.keyClick(focused(), Qt.Key.Key_PageDown, CTRL)
        qtbot.waitUntil(lambda: part(window) not in met)
        met.append(part(window))
    assert met == ["Flows", "Knock-out", "What helps most", "Template", "Findings"]
    qtbot.keyClick(focused(), Qt.Key.Key_PageUp, CTRL)
    qtbot.waitUntil(lambda: part(window) == "Template")
    window.panes.enter(window.docks["palette"])
    qtbot.keyClick(focused(), Qt.Key.Key_PageDown, CTRL)
    qtbot.waitUntil(lambda: part(window) == "Outline")


def test_from_an_empty_canvas_to_connected_components_by_keys_alone(window: Window, qtbot: QtBot) -> None:
    """The palette, a list of targets, a boundary from a list: nothing is pointed at."""
    window.files.new()
    architecture = window.document.architecture
    for words in ("vpc", "load balancer", "lambda"):
        qtbot.keyClick(focused(), Qt.Key.Key_I, CTRL)
        qtbot.keyClicks(focused(), words)
        qtbot.keyClick(focused(), Qt.Key.Key_Return)
        qtbot.keyClick(focused(), Qt.Key.Key_Escape)
        qtbot.keyClick(focused(), Qt.Key.Key_Escape)
        assert window.canvas.hasFocus()
    assert {each.kind for each in architecture.components.values()} == {"elb", "lambda"}
    window.canvas.select(["function"])
    for home in (None, "vpc"):
        qtbot.keyClick(focused(), Qt.Key.Key_M)
        qtbot.keyClick(focused(), Qt.Key.Key_Return)
        assert architecture.components["function"].boundary == home
    window.canvas.select(["load-balancer"])
    qtbot.keyClick(focused(), Qt.Key.Key_C, SHIFT)
    qtbot.keyClick(focused(), Qt.Key.Key_Return)
    assert {(each.source, each.target) for each in architecture.connections.values()} == {("load-balancer", "function")}


def test_from_the_outline_a_list_gives_the_keyboard_back_to_it(window: Window, qtbot: QtBot) -> None:
    window.panels.enter("outline")
    qtbot.waitUntil(lambda: part(window) == "Outline")
    tree = focused()
    window.canvas.select(["shop"])
    window.commands["connect-to"].trigger()
    assert window.canvas.adding.search is not None
    qtbot.waitUntil(window.canvas.adding.search.search.hasFocus)
    qtbot.keyClick(focused(), Qt.Key.Key_Escape)
    assert focused() is tree
    window.commands["walk-on"].trigger()
    assert window.canvas.selection().connections


def test_tab_goes_through_a_panel_as_it_is_read_also_to_what_came_later(window: Window, qtbot: QtBot) -> None:
    """The buttons of a finding are made when it is chosen, and come right after it."""
    window.panes.enter(window.docks["findings"])
    panel = window.workspace.findings
    late = QPushButton("Made late", panel.details.widget())
    column = panel.details.widget().layout()
    assert column is not None
    column.addWidget(late)
    panel.list.setFocus()
    qtbot.keyClick(panel.list, Qt.Key.Key_Home)
    qtbot.keyClick(panel.list, Qt.Key.Key_Down)
    qtbot.waitUntil(late.isVisible)
    qtbot.keyClick(focused(), Qt.Key.Key_Tab)
    assert focused() is panel.details
    qtbot.keyClick(focused(), Qt.Key.Key_Tab)
    assert focused() is late
    qtbot.keyClick(focused(), Qt.Key.Key_Tab)
    assert part(window) == "Tools", "past the end of the panel comes the next part"
    window.panes.enter(window.docks["findings"])
    assert focused() is late
    qtbot.keyClick(focused(), Qt.Key.Key_Backtab, SHIFT)
    qtbot.keyClick(focused(), Qt.Key.Key_Backtab, SHIFT)
    assert focused() is panel.list


def test_tab_goes_down_the_inspector(window: Window, qtbot: QtBot) -> None:
    window.canvas.select(["orders"])
    window.panes.enter(window.docks["inspector"])
    form = window.workspace.inspector.form
    assert form is not None
    tops = []
    start = part(window)
    while part(window) == start and len(tops) < 80:
        tops.append(focused().mapTo(form, QPoint(0, 0)).y())
        qtbot.keyClick(focused(), Qt.Key.Key_Tab)
    assert 8 < len(tops) < 80
    jumps = [(one, other) for one, other in pairwise(tops) if other < one - 12]
    assert not jumps, "Tab goes up again"


def test_a_frame_shows_that_the_canvas_has_the_keyboard(window: Window, qtbot: QtBot) -> None:
    canvas, ring = window.canvas, window.workspace.ring
    window.panes.enter(window.docks["palette"])
    assert not ring.isVisible()
    qtbot.keyClick(focused(), Qt.Key.Key_Escape)
    qtbot.keyClick(focused(), Qt.Key.Key_Escape)
    assert canvas.hasFocus() and ring.isVisible()
    picture = canvas.grab().toImage()
    middle = picture.height() // 2
    assert picture.pixelColor(0, middle) == canvas.drawing.look.color("focus")
    assert picture.pixelColor(4, middle) != canvas.drawing.look.color("focus")
    qtbot.mouseClick(canvas.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(20, 20))
    assert not ring.isVisible()
    qtbot.keyClick(focused(), Qt.Key.Key_F6)
    assert not canvas.hasFocus() and not ring.isVisible()
