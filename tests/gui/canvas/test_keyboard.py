"""Keys: commands, nudging, going through the drawing, renaming, the context menu."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from designer.gui.canvas.canvas import Canvas
from designer.gui.canvas.emphasis import Selection
from designer.gui.document import Document
from tests.gui.canvas.conftest import ALT, CONTROL, SHIFT, Hand
from tests.gui.canvas.test_pointer import EMPTY, WEB, WORKER, place, steps


def editor(canvas: Canvas) -> QLineEdit | None:
    return next((found for found in canvas.viewport().findChildren(QLineEdit) if found.isVisible()), None)


def type_name(canvas: Canvas, hand: Hand, qtbot: QtBot, name: str, end: Qt.Key) -> None:
    field = editor(canvas)
    assert field is not None
    qtbot.waitUntil(field.hasFocus)
    for letter in name:
        hand.key(Qt.Key(ord(letter.upper())), text=letter)
    hand.key(end)


@pytest.mark.parametrize(
    ("key", "held", "step"),
    [
        (Qt.Key.Key_Right, Qt.KeyboardModifier.NoModifier, (8, 0)),
        (Qt.Key.Key_Up, Qt.KeyboardModifier.NoModifier, (0, -8)),
        (Qt.Key.Key_Left, SHIFT, (-1, 0)),
        (Qt.Key.Key_Down, SHIFT, (0, 1)),
    ],
)
def test_arrows_nudge(
    canvas: Canvas,
    hand: Hand,
    document: Document,
    key: Qt.Key,
    held: Qt.KeyboardModifier,
    step: tuple[int, int],
) -> None:
    canvas.select(["worker", "queue"])
    hand.key(key, held)
    assert place(document, "worker") == (-240 + step[0], 200 + step[1])
    assert place(document, "queue") == (-560 + step[0], 200 + step[1])
    hand.key(key, held)
    assert steps(document) == 1, "a run of nudges is one step"
    document.undo()
    assert place(document, "worker") == (-240, 200)


def test_nudging_a_boundary_takes_its_content_along(canvas: Canvas, hand: Hand, document: Document) -> None:
    canvas.select(boundaries=["vpc"])
    hand.key(Qt.Key.Key_Right)
    assert place(document, "web") == (-208, -40)
    assert document.architecture.boundaries["private"].x == -248


def test_arrows_scroll_when_nothing_is_selected(canvas: Canvas, hand: Hand, document: Document) -> None:
    before = canvas.verticalScrollBar().value()
    hand.key(Qt.Key.Key_Down)
    assert canvas.verticalScrollBar().value() > before
    assert steps(document) == 0


def test_delete_removes_components_with_their_wires(canvas: Canvas, hand: Hand, document: Document) -> None:
    hand.click(WEB)
    hand.key(Qt.Key.Key_Delete)
    assert "web" not in document.architecture.components
    assert set(document.architecture.connections) == {"users-entry"}
    assert set(canvas.drawing.wires.all) == {"users-entry"}
    assert canvas.selection() == Selection()
    document.undo()
    assert set(canvas.drawing.wires.all) == {"users-entry", "entry-web", "web-db"}


def test_select_all_and_none(canvas: Canvas, hand: Hand) -> None:
    hand.key(Qt.Key.Key_A, CONTROL)
    assert len(canvas.selection()) == 12
    hand.key(Qt.Key.Key_A, CONTROL | SHIFT)
    assert not canvas.selection()


def test_escape_clears_the_selection_and_is_then_left_to_the_window(canvas: Canvas, hand: Hand) -> None:
    canvas.select(["web"])
    assert hand.key(Qt.Key.Key_Escape)
    assert not canvas.selection()
    assert not hand.key(Qt.Key.Key_Escape)


def test_duplicate_gives_new_ids_names_and_inner_wires(canvas: Canvas, hand: Hand, document: Document) -> None:
    canvas.select(["web", "db"])
    hand.key(Qt.Key.Key_D, CONTROL)
    assert canvas.selection().components == ("data-2", "web-2")
    assert document.architecture.components["web-2"].name == "Web 2"
    assert document.architecture.connections["web-2-data-2"].relation == "queries"
    assert place(document, "web-2") == (-184, 48)
    assert steps(document) == 1


def test_selection_follows_undo_and_rename(canvas: Canvas, hand: Hand, document: Document, qtbot: QtBot) -> None:
    hand.click(WORKER)
    hand.drag(WORKER, (WORKER[0] + 80, WORKER[1]))
    document.undo()
    assert canvas.selection().components == ("worker",)
    hand.key(Qt.Key.Key_F2)
    type_name(canvas, hand, qtbot, "mill", Qt.Key.Key_Return)
    assert canvas.selection().components == ("mill",)


@pytest.mark.parametrize("key", [Qt.Key.Key_F2, Qt.Key.Key_Return])
def test_rename_in_place(canvas: Canvas, hand: Hand, document: Document, qtbot: QtBot, key: Qt.Key) -> None:
    canvas.select(["web"])
    hand.key(key)
    type_name(canvas, hand, qtbot, "shop", Qt.Key.Key_Return)
    assert document.architecture.components["shop"].name == "shop"
    assert canvas.drawing.components["shop"].name == "shop"
    assert set(canvas.drawing.wires.all) == {"users-entry", "entry-shop", "shop-db"}
    assert editor(canvas) is None
    assert canvas.hasFocus()
    assert document.history.undo_label == "Rename Web to shop"


def test_double_click_renames_and_escape_abandons(canvas: Canvas, hand: Hand, document: Document, qtbot: QtBot) -> None:
    hand.double_click(WEB)
    type_name(canvas, hand, qtbot, "shop", Qt.Key.Key_Escape)
    assert document.architecture.components["web"].name == "Web"
    assert editor(canvas) is None
    assert steps(document) == 0


def test_keys_of_the_editor_are_no_commands(canvas: Canvas, hand: Hand, document: Document, qtbot: QtBot) -> None:
    canvas.select(["web"])
    hand.key(Qt.Key.Key_F2)
    field = editor(canvas)
    assert field is not None
    qtbot.waitUntil(field.hasFocus)
    hand.key(Qt.Key.Key_Delete)
    hand.key(Qt.Key.Key_C, text="c")
    hand.key(Qt.Key.Key_Left)
    assert "web" in document.architecture.components and canvas.gesture is None
    assert place(document, "web") == (-216, -40)
    assert field.text() == "c"


def test_leaving_the_editor_keeps_the_name_and_an_empty_one_is_refused(
    canvas: Canvas, hand: Hand, document: Document, qtbot: QtBot
) -> None:
    canvas.select(["web"])
    hand.key(Qt.Key.Key_F2)
    field = editor(canvas)
    assert field is not None
    qtbot.waitUntil(field.hasFocus)
    field.setText("   ")
    hand.key(Qt.Key.Key_Return)
    assert document.architecture.components["web"].name == "Web"
    hand.key(Qt.Key.Key_F2)
    field = editor(canvas)
    assert field is not None
    qtbot.waitUntil(field.hasFocus)
    field.setText("Shop  front")
    canvas.setFocus()
    qtbot.waitUntil(lambda: editor(canvas) is None)
    assert document.architecture.components["shop-front"].name == "Shop front"


def test_rename_a_boundary(canvas: Canvas, hand: Hand, document: Document, qtbot: QtBot) -> None:
    hand.double_click((-200, -300))
    type_name(canvas, hand, qtbot, "core", Qt.Key.Key_Return)
    assert document.architecture.boundaries["vpc"].name == "core"
    assert document.history.undo_label == "Rename Network to core"


def test_details_of_a_wire_are_asked_for(canvas: Canvas, hand: Hand) -> None:
    opened: list[str] = []
    canvas.open_requested.connect(opened.append)
    hand.click((0, -8))
    hand.key(Qt.Key.Key_Return, ALT)
    canvas.select(["web"])
    hand.key(Qt.Key.Key_Return, ALT)
    assert opened == ["web-db", "web"]


def test_tab_goes_through_everything_and_then_leaves(canvas: Canvas, hand: Hand, qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    after = QLineEdit(window)
    canvas.setParent(window)
    canvas.resize(1400, 800)
    with qtbot.waitExposed(window):
        window.show()
    QWidget.setTabOrder(canvas, after)
    canvas.setFocus()
    qtbot.waitUntil(canvas.hasFocus)
    canvas.select()
    met = []
    for _ in range(12):
        hand.key(Qt.Key.Key_Tab)
        selection = canvas.selection()
        met += [*selection.components, *selection.boundaries, *selection.connections]
    assert met[:4] == ["users", "entry", "web", "db"]
    assert met[7:9] == ["private", "vpc"]
    assert sorted(met[9:]) == ["entry-web", "users-entry", "web-db"]
    hand.key(Qt.Key.Key_Tab)
    assert after.hasFocus() and not canvas.selection()
    canvas.setParent(None)


def test_shift_tab_goes_back(canvas: Canvas, hand: Hand) -> None:
    canvas.select(["web"])
    hand.key(Qt.Key.Key_Backtab, SHIFT)
    assert canvas.selection().components == ("entry",)


def test_zoom_keys(canvas: Canvas, hand: Hand) -> None:
    hand.key(Qt.Key.Key_Plus, CONTROL)
    assert canvas.zoom == 1.25
    hand.key(Qt.Key.Key_Minus, CONTROL)
    hand.key(Qt.Key.Key_Minus, CONTROL)
    assert canvas.zoom == 0.75
    hand.key(Qt.Key.Key_0, CONTROL)
    assert canvas.zoom == 1.0
    canvas.zoom_to(3)
    hand.key(Qt.Key.Key_Home)
    content = canvas.drawing.content()
    visible = canvas.viewpoint.visible()
    assert content is not None
    assert visible[0] <= content[0] and visible[3] >= content[3] and canvas.zoom <= 1


def test_an_unknown_key_is_left_to_the_window(hand: Hand) -> None:
    assert not hand.key(Qt.Key.Key_F9)


def context_menu(canvas: Canvas, at: QPoint, reason: QContextMenuEvent.Reason) -> list[str]:
    event = QContextMenuEvent(reason, at, canvas.viewport().mapToGlobal(at))
    QApplication.sendEvent(canvas.viewport(), event)
    assert canvas.menu is not None
    return [action.text() for action in canvas.menu.actions() if not action.isSeparator()]


def choose(canvas: Canvas, text: str, qtbot: QtBot) -> None:
    menu = canvas.menu
    assert menu is not None
    qtbot.waitUntil(menu.isVisible)
    action = next(action for action in menu.actions() if action.text() == text)
    qtbot.mouseClick(menu, Qt.MouseButton.LeftButton, pos=menu.actionGeometry(action).center())


def test_right_click_selects_and_offers_what_fits(canvas: Canvas, hand: Hand, document: Document, qtbot: QtBot) -> None:
    canvas.select(["queue"])
    texts = context_menu(canvas, hand.view(WEB), QContextMenuEvent.Reason.Mouse)
    assert canvas.selection().components == ("web",)
    first = ["Connect", "Connect to\u2026", "Rename", "Replace by\u2026", "Light up paths", "Move into\u2026"]
    then = [
        "Move out of boundary",
        "&Zones",
        "Make it fail",
        "Bring to front",
        "Send to back",
        "Lock",
        "Cut",
        "Copy",
        "Duplicate",
    ]
    assert texts == [*first, *then, "Take out and reconnect", "Delete"]
    choose(canvas, "Delete", qtbot)
    assert "web" not in document.architecture.components


def test_right_click_on_a_selected_thing_keeps_the_selection(canvas: Canvas, hand: Hand) -> None:
    canvas.select(["web", "db"])
    texts = context_menu(canvas, hand.view(WEB), QContextMenuEvent.Reason.Mouse)
    assert canvas.selection().components == ("db", "web")
    assert "Rename" not in texts and "Delete" in texts
    assert canvas.menu is not None
    canvas.menu.close()


def test_menu_key_opens_the_menu_at_the_selection(canvas: Canvas, document: Document, qtbot: QtBot) -> None:
    canvas.select(["web"])
    context_menu(canvas, QPoint(3, 3), QContextMenuEvent.Reason.Keyboard)
    assert canvas.selection().components == ("web",)
    choose(canvas, "Move out of boundary", qtbot)
    assert document.architecture.components["web"].boundary is None
    assert canvas.drawing.rects["web"][0] > 320, "it is drawn where it stands: outside"


def test_menu_on_empty_canvas(canvas: Canvas, hand: Hand, qtbot: QtBot) -> None:
    canvas.select(["web"])
    texts = context_menu(canvas, hand.view(EMPTY), QContextMenuEvent.Reason.Mouse)
    assert not canvas.selection()
    assert texts == ["Add\u2026", "Paste", "Select all", "Zoom to fit", "Zoom to 100 %"]
    choose(canvas, "Select all", qtbot)
    assert len(canvas.selection()) == 12


def test_commands_without_selection_do_nothing(canvas: Canvas, document: Document) -> None:
    canvas.select()
    commands: list[Callable[[], None]] = [canvas.delete_selection, canvas.cut, canvas.duplicate, canvas.rename_selected]
    for command in (*commands, canvas.open_selected, canvas.commands.move_out):
        command()
    assert steps(document) == 0 and editor(canvas) is None
