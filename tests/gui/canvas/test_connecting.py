"""Drawing wires."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QToolTip
from pytestqt.qtbot import QtBot

from designer.gui.canvas.canvas import Canvas
from designer.gui.canvas.connecting import judge
from designer.gui.canvas.emphasis import Selection
from designer.gui.canvas.gestures.connect import Connect
from designer.gui.document import Document
from tests.gui.canvas.conftest import Hand
from tests.gui.canvas.test_pointer import EMPTY, QUEUE, WORKER, steps

QUEUE_HANDLE = (-560 + 192 + 9, 232)
DATA = (136, -8)


def wires(document: Document) -> set[str]:
    return set(document.architecture.connections)


def test_dragging_from_a_handle_draws_a_wire(canvas: Canvas, hand: Hand, document: Document) -> None:
    hand.move(QUEUE)
    hand.start_drag(QUEUE_HANDLE, WORKER)
    assert canvas.overlay.wire is not None and canvas.overlay.wire.allowed
    assert canvas.drawing.emphasis.target == "worker"
    hand.release(WORKER)
    wire = document.architecture.connections["queue-worker"]
    assert (wire.source, wire.target, wire.relation) == ("queue", "worker", "triggers")
    assert document.history.undo_label == "Connect Orders to Worker"
    assert canvas.selection() == Selection(connections=("queue-worker",))
    assert canvas.overlay.wire is None and canvas.drawing.emphasis.target is None
    assert steps(document) == 1
    document.undo()
    assert "queue-worker" not in canvas.drawing.wires.all


def test_invalid_targets_are_dimmed_while_drawing(canvas: Canvas, hand: Hand, document: Document) -> None:
    hand.move(QUEUE)
    hand.start_drag(QUEUE_HANDLE, EMPTY)
    refused = canvas.drawing.emphasis.refused_kinds
    for kind in document.catalog.kinds:
        assert (kind in refused) == (not document.catalog.relations_between("sqs", kind))
    assert "rds" in refused and "lambda" not in refused
    hand.release(EMPTY)
    assert canvas.drawing.emphasis.refused_kinds == frozenset()


def test_a_refused_pair_says_why_and_never_makes_a_wire(
    canvas: Canvas, hand: Hand, document: Document, messages: list[str]
) -> None:
    hand.move(QUEUE)
    hand.start_drag(QUEUE_HANDLE, DATA)
    reason = document.catalog.refusal("sqs", "rds").reason
    assert reason in messages[-1] and "Lambda function" in messages[-1]
    assert reason in QToolTip.text()
    assert canvas.overlay.wire is not None and not canvas.overlay.wire.allowed
    hand.release(DATA)
    assert "queue-db" not in wires(document)
    assert steps(document) == 0
    assert reason in messages[-1], "the reason stays to be read"


def test_escape_cancels_a_wire(canvas: Canvas, hand: Hand, document: Document) -> None:
    hand.move(QUEUE)
    hand.start_drag(QUEUE_HANDLE, WORKER)
    hand.key(Qt.Key.Key_Escape)
    assert canvas.overlay.wire is None
    hand.release(WORKER)
    assert steps(document) == 0


def test_two_clicks_draw_a_wire(canvas: Canvas, hand: Hand, document: Document) -> None:
    hand.click(QUEUE)
    hand.key(Qt.Key.Key_C)
    assert isinstance(canvas.gesture, Connect)
    hand.move(WORKER)
    hand.click(WORKER)
    assert "queue-worker" in wires(document)


def test_a_click_on_a_handle_offers_what_fits_and_adds_it_there(canvas: Canvas, hand: Hand, document: Document) -> None:
    hand.move(QUEUE)
    hand.click((-560 + 96, 200 + 64 + 9))
    search = canvas.adding.search
    assert search is not None
    kinds = {offer.kind for offer in search._offers}
    assert kinds and all(document.catalog.relations_between("sqs", kind) for kind in kinds)
    before = set(document.architecture.components)
    QTest.keyClicks(search.search, "lambda")
    QTest.keyClick(search.search, Qt.Key.Key_Return)
    (new,) = set(document.architecture.components) - before
    component = document.architecture.components[new]
    assert component.kind == "lambda" and component.y > 264 and component.x == -560, "below, where the handle is"
    assert {(w.source, w.target) for w in document.architecture.connections.values()} >= {("queue", new)}
    assert steps(document) == 1


def test_command_mode_takes_source_and_target_by_click(canvas: Canvas, hand: Hand, document: Document) -> None:
    canvas.select()
    hand.key(Qt.Key.Key_C)
    hand.click(QUEUE)
    hand.click(WORKER)
    assert "queue-worker" in wires(document)
    assert canvas.gesture is None


def test_command_mode_ends_on_empty_canvas(canvas: Canvas, hand: Hand, document: Document) -> None:
    hand.click(QUEUE)
    canvas.start_connecting()
    hand.click(EMPTY)
    assert canvas.gesture is None and steps(document) == 0


def test_a_wire_can_be_drawn_by_keyboard_alone(canvas: Canvas, hand: Hand, document: Document) -> None:
    canvas.select(["queue"])
    hand.key(Qt.Key.Key_C)
    seen = set()
    for _ in range(6):
        hand.key(Qt.Key.Key_Tab)
        target = canvas.drawing.emphasis.target
        assert target is not None
        seen.add(target)
        if target == "worker":
            break
    assert all(judge(document.architecture, document.catalog, "queue", key).relations for key in seen)
    hand.key(Qt.Key.Key_Return)
    assert "queue-worker" in wires(document)


def test_a_source_can_be_chosen_by_keyboard(canvas: Canvas, hand: Hand) -> None:
    canvas.select()
    hand.key(Qt.Key.Key_C)
    hand.key(Qt.Key.Key_Tab)
    assert canvas.drawing.emphasis.target == "users"
    hand.key(Qt.Key.Key_Tab)
    assert canvas.drawing.emphasis.target == "entry"
    hand.key(Qt.Key.Key_Backtab)
    assert canvas.drawing.emphasis.target == "users"
    hand.key(Qt.Key.Key_Return)
    assert "rds" in canvas.drawing.emphasis.refused_kinds


def test_a_component_is_not_connected_to_itself(document: Document) -> None:
    assert not judge(document.architecture, document.catalog, "queue", "queue").relations


def test_the_same_wire_is_not_drawn_twice(canvas: Canvas, hand: Hand, document: Document, messages: list[str]) -> None:
    for _ in range(2):
        canvas.select()
        hand.move(EMPTY)
        hand.move(QUEUE)
        hand.drag(QUEUE_HANDLE, WORKER)
    assert wires(document) & {"queue-worker", "queue-worker-2"} == {"queue-worker"}
    assert "connected already" in messages[-1]


def pair_with_choice(document: Document) -> tuple[str, str]:
    kinds = document.catalog.kinds
    found = [(a, b) for a in kinds for b in kinds if len(document.catalog.relations_between(a, b)) > 1]
    if not found:
        pytest.skip("no pair of kinds has two relations")
    return found[0]


def test_several_relations_are_asked_for_by_a_menu(
    canvas: Canvas, hand: Hand, document: Document, qtbot: QtBot
) -> None:
    one, other = pair_with_choice(document)
    canvas.commands.insert_at(one, (-600, 320))
    source = canvas.selection().components[0]
    canvas.commands.insert_at(other, (-320, 320))
    target = canvas.selection().components[0]
    canvas.select()
    before = wires(document)
    hand.move((-504, 352))
    hand.drag((-600 + 192 + 9, 352), (-224, 352))
    assert wires(document) == before, "nothing is drawn before the choice"
    menu = canvas.wiring.relation_menu
    assert menu is not None
    qtbot.waitUntil(menu.isVisible)
    relations = document.catalog.relations_between(one, other)
    assert [action.text() for action in menu.actions()] == [relation.title for relation in relations]
    qtbot.keyClick(menu, Qt.Key.Key_Down)
    qtbot.keyClick(menu, Qt.Key.Key_Return)
    (new,) = wires(document) - before
    made = document.architecture.connections[new]
    assert (made.source, made.target, made.relation) == (source, target, relations[1].id)
