"""Wires that a person has bent."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from designer.gui.canvas.canvas import Canvas
from designer.gui.canvas.gestures.rename import RenameEditor
from designer.gui.canvas.metrics import card_rect
from designer.gui.canvas.waypoints import bent, sides_through, through
from designer.gui.canvas.wire_path import OUTWARD, STUB, choose_sides, port, route
from designer.gui.document import Document
from designer.model.edits import Put
from designer.storage.files import dumps, loads
from tests.gui.canvas.conftest import Hand, Point
from tests.gui.canvas.test_pointer import EMPTY, steps

coordinate = st.integers(-800, 800)
cards = st.builds(card_rect, coordinate, coordinate)
corners = st.lists(st.tuples(coordinate, coordinate), min_size=1, max_size=5).map(tuple)


@given(cards, cards, corners)
@example(card_rect(0, 0), card_rect(0, 0), ((0, 0), (1, 1), (0, 1), (1, 0)))
def test_any_corners_give_a_right_angled_way_that_leaves_and_enters_outwards(
    source: tuple[int, int, int, int], target: tuple[int, int, int, int], via: tuple[tuple[int, int], ...]
) -> None:
    sides = sides_through(source, target, via)
    start, end = port(source, sides[0], 32), port(target, sides[1], 32)
    # On one height the run between both ends has no length, and nothing of it is left.
    assume(start[0] != end[0] and start[1] != end[1])
    points = through(source, target, start, end, sides, via)
    assert points[0] == start and points[-1] == end
    for (x1, y1), (x2, y2) in pairwise(points):
        assert abs(x1 - x2) < 0.5 or abs(y1 - y2) < 0.5
    out, into = OUTWARD[sides[0]], OUTWARD[sides[1]]
    assert (points[1][0] - start[0]) * out[0] + (points[1][1] - start[1]) * out[1] >= 0
    assert (points[-2][0] - end[0]) * into[0] + (points[-2][1] - end[1]) * into[1] >= 0


@given(cards, cards, st.integers(0, 5), coordinate)
@example(card_rect(0, 10), card_rect(0, -5), 0, 27)
def test_a_moved_run_lies_where_it_was_put(
    source: tuple[int, int, int, int], target: tuple[int, int, int, int], run: int, to: int
) -> None:
    sides = choose_sides(source, target)
    start, end = port(source, sides[0], 32), port(target, sides[1], 32)
    points = route(start, sides[0], end, sides[1])
    run %= len(points) - 1
    level = abs(points[run][1] - points[run + 1][1]) < 0.5
    via = bent(points, run, to)
    if via:
        lines = [(a, b) for a, b in pairwise(via) if (a[1] == b[1] if level else a[0] == b[0])]
        there = {a[1] if level else a[0] for a, _ in lines}
        # The first and the last run lead to the ports, and have one corner each.
        there |= {via[0][1 if level else 0], via[-1][1 if level else 0]}
        assert min(abs(to - place) for place in there) <= STUB


def runs(canvas: Canvas, wire: str) -> list[Point]:
    return canvas.drawing.wires.points(canvas.drawing.wires.all[wire])


def middle(canvas: Canvas, wire: str, run: int) -> Point:
    (x1, y1), (x2, y2) = runs(canvas, wire)[run : run + 2]
    return (x1 + x2) / 2, (y1 + y2) / 2


@pytest.fixture
def bent_wire(canvas: Canvas, hand: Hand, document: Document) -> str:
    """The wire from the users to the entry, led above both."""
    at = middle(canvas, "users-entry", 0)
    hand.drag(at, (at[0], -320))
    assert document.architecture.connections["users-entry"].via
    return "users-entry"


def test_a_run_is_dragged_to_where_it_shall_pass(canvas: Canvas, hand: Hand, document: Document) -> None:
    at = middle(canvas, "users-entry", 0)
    before = runs(canvas, "users-entry")
    hand.start_drag(at, (at[0], -317))
    assert (canvas.viewport().cursor().shape()) is Qt.CursorShape.SplitVCursor
    shown = runs(canvas, "users-entry")
    hand.release((at[0], -317))
    via = document.architecture.connections["users-entry"].via
    assert len(via) == 4 and {via[1][1], via[2][1]} == {-320}, "it snaps to the grid"
    assert runs(canvas, "users-entry") == shown
    assert document.history.undo_label == "Bend Users to Entry" and steps(document) == 1
    document.undo()
    assert runs(canvas, "users-entry") == before


def test_corners_stay_when_an_end_moves_and_are_in_the_file(
    canvas: Canvas, hand: Hand, document: Document, bent_wire: str
) -> None:
    via = document.architecture.connections[bent_wire].via
    hand.drag((-464, -208), (-464, -160))
    points = runs(canvas, bent_wire)
    assert points[0] == (-368, -160), "the wire follows its end"
    assert points[2][1] == points[3][1] == -320, "and stays where it was put"
    assert document.architecture.connections[bent_wire].via == via
    text = dumps(document.architecture)
    assert f'"via": [[{via[0][0]}, {via[0][1]}], ' in text
    assert loads(text, document.catalog) == document.architecture


def test_corners_go_along_when_both_ends_move(canvas: Canvas, hand: Hand, document: Document, bent_wire: str) -> None:
    via = document.architecture.connections[bent_wire].via
    before = runs(canvas, bent_wire)
    canvas.select(["users", "entry"])
    hand.start_drag((-464, -208), (-464 + 40, -208 + 16))
    assert runs(canvas, bent_wire) == [(x + 40, y + 16) for x, y in before], "already while they are dragged"
    hand.release((-464 + 40, -208 + 16))
    assert document.architecture.connections[bent_wire].via == tuple((x + 40, y + 16) for x, y in via)
    assert runs(canvas, bent_wire) == [(x + 40, y + 16) for x, y in before]
    document.undo()
    assert runs(canvas, bent_wire) == before
    hand.start_drag((-464, -208), (-400, -208))
    hand.key(Qt.Key.Key_Escape)
    assert runs(canvas, bent_wire) == before, "a move that is given up moves nothing"
    hand.release((-400, -208))
    hand.key(Qt.Key.Key_Right)
    assert runs(canvas, bent_wire) == [(x + 8, y) for x, y in before], "keys move them too"


def test_a_double_click_on_a_corner_straightens(canvas: Canvas, hand: Hand, document: Document, bent_wire: str) -> None:
    hand.double_click(middle(canvas, bent_wire, 2))
    assert isinstance(QApplication.focusWidget(), RenameEditor), "elsewhere on the wire its note is edited"
    hand.key(Qt.Key.Key_Escape)
    hand.double_click(runs(canvas, bent_wire)[2])
    assert document.architecture.connections[bent_wire].via == ()
    assert document.history.undo_label == "Straighten Users to Entry"
    assert len(runs(canvas, bent_wire)) == 2


def test_the_menu_straightens(canvas: Canvas, document: Document, bent_wire: str) -> None:
    canvas.select(connections=[bent_wire, "web-db"])
    canvas.wiring.straighten(canvas.selection().connections)
    assert not any(wire.via for wire in document.architecture.connections.values())


def test_escape_gives_up_bending(canvas: Canvas, hand: Hand, document: Document) -> None:
    before = runs(canvas, "users-entry")
    at = middle(canvas, "users-entry", 0)
    hand.start_drag(at, (at[0], -320))
    assert runs(canvas, "users-entry") != before
    hand.key(Qt.Key.Key_Escape)
    hand.release((at[0], -320))
    assert runs(canvas, "users-entry") == before and steps(document) == 0


def test_dragging_a_run_back_lets_the_wire_find_its_own_way(
    canvas: Canvas, hand: Hand, document: Document, bent_wire: str
) -> None:
    at = middle(canvas, bent_wire, 2)
    hand.drag(at, (at[0], -208))
    assert document.architecture.connections[bent_wire].via == ()


def test_a_copy_has_its_corners_beside_it(canvas: Canvas, document: Document, bent_wire: str) -> None:
    via = document.architecture.connections[bent_wire].via
    canvas.select(["users", "entry"])
    canvas.duplicate()
    (copy,) = (w for w in document.architecture.connections.values() if w.via and w.id != bent_wire)
    assert copy.via == tuple((x + 32, y + 32) for x, y in via)


def test_bending_reads_no_text_again(canvas: Canvas, document: Document) -> None:
    epoch = canvas.drawing.labels.epoch
    wire = document.architecture.connections["users-entry"]
    document.do(Put(wire.with_(via=((-300, -300), (-300, -200)))))
    assert canvas.drawing.labels.epoch == epoch


def test_a_bent_wire_led_elsewhere_finds_its_own_way(
    canvas: Canvas, hand: Hand, document: Document, bent_wire: str
) -> None:
    canvas.select(connections=[bent_wire])
    canvas.start_reconnecting(1)
    hand.click((-144, 232))
    moved = [w for w in document.architecture.connections.values() if w.source == "users"]
    assert moved and not moved[0].via
    assert hand.view(EMPTY)
