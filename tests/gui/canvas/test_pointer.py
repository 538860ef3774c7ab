"""Selecting, dragging and navigating with the mouse."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from designer.gui.canvas.canvas import Canvas
from designer.gui.canvas.emphasis import Selection
from designer.gui.document import Document
from designer.model.edits import Put
from designer.model.entities import Component
from tests.gui.canvas.conftest import ALT, CONTROL, MIDDLE, SHIFT, Hand

WEB, DB, QUEUE, WORKER = (-120, -8), (136, -8), (-464, 232), (-144, 232)
EMPTY = (-600, 340)
INSIDE_TIER = (10, 55)


def place(document: Document, key: str) -> tuple[int, int]:
    component = document.architecture.components[key]
    return component.x, component.y


def steps(document: Document) -> int:
    """The number of undo steps there are."""
    count = 0
    while document.history.undo_label is not None:
        document.undo()
        count += 1
    for _ in range(count):
        document.redo()
    return count


def test_click_selects_and_click_on_empty_clears(canvas: Canvas, hand: Hand) -> None:
    seen: list[Selection] = []
    canvas.selection_changed.connect(seen.append)
    hand.click(WEB)
    hand.click(EMPTY)
    assert seen == [Selection(components=("web",)), Selection()]


@pytest.mark.parametrize("held", [SHIFT, CONTROL])
def test_shift_or_control_click_toggles(canvas: Canvas, hand: Hand, held: Qt.KeyboardModifier) -> None:
    hand.click(WEB)
    hand.held = held
    hand.click(DB)
    assert canvas.selection().components == ("db", "web")
    hand.click(WEB)
    assert canvas.selection().components == ("db",)
    hand.click(EMPTY)
    assert canvas.selection().components == ("db",), "a modified click on empty canvas keeps the selection"


def test_click_on_one_of_many_selects_it_alone(canvas: Canvas, hand: Hand) -> None:
    canvas.select(["web", "db"])
    hand.click(DB)
    assert canvas.selection() == Selection(components=("db",))


def test_click_selects_a_wire(canvas: Canvas, hand: Hand) -> None:
    hand.click((0, -8))
    assert canvas.selection() == Selection(connections=("web-db",))


@pytest.mark.parametrize(("at", "boundary"), [((-200, -300), "vpc"), ((-200, -90), "private"), ((288, 20), "private")])
def test_title_bar_or_border_selects_a_boundary(canvas: Canvas, hand: Hand, at: tuple[int, int], boundary: str) -> None:
    hand.click(at)
    assert canvas.selection() == Selection(boundaries=(boundary,))


def test_the_inside_of_a_boundary_is_paper(canvas: Canvas, hand: Hand, document: Document) -> None:
    hand.click(INSIDE_TIER)
    assert not canvas.selection()
    hand.drag(INSIDE_TIER, (20, 65))
    assert steps(document) == 0, "dragging the inside of a boundary does not move it"


def test_the_upper_of_two_overlapping_components_is_picked(canvas: Canvas, hand: Hand) -> None:
    canvas.commands.insert_at("sns", (-240, 184))
    key = canvas.selection().components[0]
    canvas.select()
    hand.click(WORKER)
    assert canvas.selection().components == (key,)


def test_band_to_the_right_encloses(canvas: Canvas, hand: Hand) -> None:
    hand.drag((-600, 180), (-20, 300))
    assert canvas.selection().components == ("queue", "worker")
    hand.drag((-600, 180), (-100, 300))
    assert canvas.selection().components == ("queue",), "a card that is only crossed does not count"


def test_band_to_the_left_crosses(canvas: Canvas, hand: Hand) -> None:
    hand.drag((-100, 300), (-400, 180))
    assert canvas.selection().components == ("queue", "worker")


def test_band_takes_wires_and_boundaries(canvas: Canvas, hand: Hand) -> None:
    hand.drag((-600, -340), (340, 160))
    assert canvas.selection() == Selection(
        ("db", "entry", "users", "web"), ("entry-web", "users-entry", "web-db"), ("private", "vpc")
    )
    canvas.select()
    hand.drag((10, 44), (-10, -20))
    assert canvas.selection() == Selection(connections=("web-db",)), "the boundaries around a small band are not meant"


def test_band_with_shift_adds(canvas: Canvas, hand: Hand) -> None:
    hand.click(WEB)
    hand.held = SHIFT
    hand.drag((-600, 180), (-340, 300))
    assert canvas.selection().components == ("queue", "web")


def test_escape_gives_back_the_selection_before_a_band(canvas: Canvas, hand: Hand) -> None:
    hand.click(WEB)
    hand.start_drag((-600, 180), (-20, 300))
    assert canvas.overlay.band is not None
    hand.key(Qt.Key.Key_Escape)
    assert canvas.overlay.band is None
    assert canvas.selection().components == ("web",)
    hand.release((-20, 300))
    assert canvas.selection().components == ("web",)


def test_a_drag_snaps_to_the_grid_and_is_one_step(canvas: Canvas, hand: Hand, document: Document) -> None:
    hand.drag(WORKER, (WORKER[0] + 61, WORKER[1] + 29))
    assert place(document, "worker") == (-176, 232)
    assert document.history.undo_label == "Move Worker"
    assert steps(document) == 1
    document.undo()
    assert place(document, "worker") == (-240, 200)
    assert canvas.drawing.rects["worker"][:2] == (-240, 200)


def test_alt_ignores_the_grid(hand: Hand, document: Document) -> None:
    hand.start_drag(WORKER, (WORKER[0] + 61, WORKER[1] + 29))
    hand.hold(Qt.Key.Key_Alt)
    hand.release((WORKER[0] + 61, WORKER[1] + 29))
    assert place(document, "worker") == (-179, 229)


def test_shift_keeps_one_axis(hand: Hand, document: Document) -> None:
    hand.start_drag(WORKER, (WORKER[0] + 64, WORKER[1] + 24))
    hand.hold(Qt.Key.Key_Shift)
    hand.release((WORKER[0] + 64, WORKER[1] + 24))
    assert place(document, "worker") == (-176, 200)


def test_jitter_moves_nothing(canvas: Canvas, hand: Hand, document: Document) -> None:
    hand.drag(WORKER, (WORKER[0] + 3, WORKER[1] - 3))
    assert steps(document) == 0
    assert canvas.selection().components == ("worker",)


def test_escape_cancels_a_drag(canvas: Canvas, hand: Hand, document: Document) -> None:
    hand.start_drag(WORKER, (40, 300))
    assert canvas.drawing.rects["worker"][:2] != (-240, 200), "the card follows the pointer"
    assert place(document, "worker") == (-240, 200), "the document is not touched yet"
    hand.key(Qt.Key.Key_Escape)
    assert canvas.drawing.rects["worker"][:2] == (-240, 200)
    hand.release((40, 300))
    assert steps(document) == 0


def test_wires_follow_a_drag(canvas: Canvas, hand: Hand) -> None:
    wire = canvas.drawing.wires.all["users-entry"]
    before = canvas.drawing.wires.points(wire)
    hand.start_drag((-464, -208), (-464, -120))
    after = canvas.drawing.wires.points(wire)
    assert after[0] == (-560 + 192, -152 + 32) and after != before


def test_all_selected_things_move_together(hand: Hand, canvas: Canvas, document: Document) -> None:
    canvas.select(["queue", "worker"])
    hand.drag(WORKER, (WORKER[0] + 80, WORKER[1]))
    assert place(document, "queue") == (-480, 200)
    assert place(document, "worker") == (-160, 200)
    assert document.history.undo_label == "Move 2 things"
    assert steps(document) == 1


def test_an_edit_from_elsewhere_ends_a_drag(canvas: Canvas, hand: Hand, document: Document) -> None:
    hand.drag(WORKER, (WORKER[0] + 80, WORKER[1]))
    hand.start_drag((WORKER[0] + 80, WORKER[1]), (300, 320))
    document.undo()
    assert canvas.drawing.rects["worker"][:2] == place(document, "worker") == (-240, 200)
    hand.release((300, 320))
    assert place(document, "worker") == (-240, 200)


def test_control_drag_copies(canvas: Canvas, hand: Hand, document: Document) -> None:
    hand.start_drag(WORKER, (WORKER[0], WORKER[1] + 96))
    hand.hold(Qt.Key.Key_Control)
    assert canvas.drawing.rects["worker"][:2] == (-240, 200), "the original goes back"
    assert canvas.overlay.ghosts, "the copy is shown"
    hand.release((WORKER[0], WORKER[1] + 96))
    (copy,) = canvas.selection().components
    assert copy == "worker-2"
    assert place(document, copy) == (-240, 296)
    assert place(document, "worker") == (-240, 200)
    assert steps(document) == 1
    assert not canvas.overlay.ghosts


def test_the_view_scrolls_at_the_edge_of_a_drag(canvas: Canvas, hand: Hand, document: Document, qtbot: QtBot) -> None:
    before = canvas.horizontalScrollBar().value()
    hand.press(WORKER)
    hand.move_view(QPoint(700, 400))
    hand.move_view(QPoint(canvas.viewport().width() - 3, 400))
    qtbot.waitUntil(lambda: canvas.horizontalScrollBar().value() > before + 60)
    moved = canvas.drawing.rects["worker"][0]
    assert moved > canvas.mapToScene(canvas.viewport().width() - 300, 0).x(), "the card stays below the pointer"
    hand.key(Qt.Key.Key_Escape)
    assert place(document, "worker") == (-240, 200)
    stopped = canvas.horizontalScrollBar().value()
    qtbot.waitUntil(lambda: canvas.horizontalScrollBar().value() == stopped)


def test_middle_drag_pans(canvas: Canvas, hand: Hand, document: Document) -> None:
    at = canvas.mapToScene(700, 400)
    hand.drag((0, 0), (-150, 90), button=MIDDLE)
    now = canvas.mapToScene(700, 400)
    assert (now.x() - at.x(), now.y() - at.y()) == (150, -90)
    assert steps(document) == 0


def test_space_drag_pans(canvas: Canvas, hand: Hand, document: Document) -> None:
    hand.hold(Qt.Key.Key_Space)
    assert canvas.viewport().cursor().shape() is Qt.CursorShape.OpenHandCursor
    at = canvas.mapToScene(700, 400)
    hand.drag(WORKER, (WORKER[0] + 100, WORKER[1] + 40))
    assert (canvas.mapToScene(700, 400) - at).x() == -100
    hand.let_go(Qt.Key.Key_Space)
    assert canvas.viewport().cursor().shape() is Qt.CursorShape.ArrowCursor
    assert steps(document) == 0


def test_wheel_scrolls_down_and_shift_wheel_sideways(canvas: Canvas, hand: Hand) -> None:
    at = canvas.mapToScene(700, 400)
    hand.wheel((0, 0), -120)
    down = canvas.mapToScene(700, 400)
    assert down.y() > at.y() and down.x() == at.x()
    hand.wheel((0, 0), -120, held=SHIFT)
    side = canvas.mapToScene(700, 400)
    assert side.x() > down.x() and side.y() == down.y()


def test_control_wheel_zooms_to_the_cursor(canvas: Canvas, hand: Hand) -> None:
    zooms: list[float] = []
    canvas.zoom_changed.connect(zooms.append)
    at = hand.view((320, -160))
    for _ in range(4):
        hand.wheel((canvas.mapToScene(at).x(), canvas.mapToScene(at).y()), 120, held=CONTROL)
    assert canvas.zoom == pytest.approx(2.0)
    assert zooms[-1] == canvas.zoom
    under = canvas.mapToScene(at)
    assert abs(under.x() - 320) < 1.5 and abs(under.y() + 160) < 1.5


def test_zoom_has_limits(canvas: Canvas, hand: Hand) -> None:
    for _ in range(60):
        hand.wheel((0, 0), 480, held=CONTROL)
    assert canvas.zoom == 4.0
    for _ in range(60):
        hand.wheel((0, 0), -480, held=CONTROL)
    assert canvas.zoom == 0.04


def test_gestures_work_at_any_zoom(canvas: Canvas, hand: Hand, document: Document) -> None:
    canvas.zoom_to(0.15)
    canvas.viewpoint.centre((0, 0))
    hand.drag(WORKER, (WORKER[0] + 400, WORKER[1] + 400))
    x, y = place(document, "worker")
    assert x % 8 == 0 and y % 8 == 0
    assert abs(x - 160) <= 8 and abs(y - 600) <= 8


def test_hover_shows_connect_handles_and_leaving_hides_them(canvas: Canvas, hand: Hand) -> None:
    hand.move(WORKER)
    assert canvas.overlay.knobs == "worker"
    hand.move((-144, 200 - 9))
    assert canvas.overlay.knobs == "worker", "they stay while the pointer goes to one of them"
    assert canvas.viewport().cursor().shape() is Qt.CursorShape.CrossCursor
    hand.move(EMPTY)
    assert canvas.overlay.knobs is None


UPPER = Put(Component(id="upper", kind="lambda", name="Upper", x=-216, y=-40, boundary="private"))
"""A card on another, as a file may have it."""


def test_alt_click_selects_what_lies_below_and_begins_again(canvas: Canvas, hand: Hand, document: Document) -> None:
    document.do(UPPER)
    hand.held = ALT
    found = []
    for _ in range(4):
        hand.click(WEB)
        found.append(canvas.selection())
    assert found == [
        Selection(components=("web",)),
        Selection(boundaries=("private",)),
        Selection(boundaries=("vpc",)),
        Selection(components=("upper",)),
    ]
    hand.click(INSIDE_TIER)
    assert canvas.selection() == Selection(boundaries=("private",)), "the paper of a boundary stands for it"
    hand.click(EMPTY)
    assert not canvas.selection()


def test_what_was_chosen_below_can_be_dragged(canvas: Canvas, hand: Hand, document: Document) -> None:
    document.do(UPPER)
    hand.held = ALT
    hand.click(WEB)
    assert canvas.selection().components == ("web",)
    hand.drag(WEB, (WEB[0] + 40, WEB[1] + 24))
    assert place(document, "web") == (-176, -16)
