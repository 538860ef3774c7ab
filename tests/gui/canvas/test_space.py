"""Making and removing space by a drag with Ctrl, Shift and Alt."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from designer.gui.canvas.canvas import Canvas
from designer.gui.canvas.metrics import boundary_rect, card_rect, overlaps
from designer.gui.document import Document
from designer.model.edits import Put
from designer.model.entities import Boundary
from tests.gui.canvas.conftest import ALT, CONTROL, SHIFT, Hand
from tests.gui.canvas.test_pointer import EMPTY, place, steps

ALL_KEYS = CONTROL | SHIFT | ALT


@pytest.fixture
def plain(document: Document) -> None:
    """A group in the place of the VPC, for boundaries without lanes."""
    document.do(Put(Boundary(id="team", kind="group", name="Team", x=400, y=160, width=320, height=160)))
    document.do(Put(document.architecture.components["topic"].with_(x=480, y=208, boundary="team")))


@pytest.mark.usefixtures("plain")
def test_a_drag_to_the_right_makes_space(canvas: Canvas, hand: Hand, document: Document) -> None:
    before = steps(document)
    hand.held = ALL_KEYS
    hand.start_drag((-100, 300), (-100 + 83, 305))
    assert canvas.drawing.rects["topic"][:2] == (560, 208), "what lies beyond the line goes along"
    assert canvas.drawing.rects["worker"][:2] == (-240, 200) and canvas.drawing.rects["queue"][:2] == (-560, 200)
    assert canvas.overlay.band is not None
    hand.release((-100 + 83, 305))
    assert place(document, "topic") == (560, 208) and place(document, "worker") == (-240, 200)
    assert document.architecture.boundaries["team"].x == 480
    assert document.history.undo_label == "Make space" and steps(document) == before + 1
    assert canvas.overlay.band is None
    document.undo()
    assert place(document, "topic") == (480, 208)


@pytest.mark.usefixtures("plain")
def test_a_boundary_that_the_line_runs_through_grows(canvas: Canvas, hand: Hand, document: Document) -> None:
    hand.held = ALL_KEYS
    hand.drag((440, 400), (440 + 64, 400))
    team = document.architecture.boundaries["team"]
    assert (team.x, team.width) == (400, 384)
    assert place(document, "topic") == (544, 208)
    assert canvas.drawing.boundaries["team"].rect == boundary_rect(team)


@pytest.mark.usefixtures("plain")
def test_a_drag_back_removes_space_and_nothing_comes_to_lie_on_another(
    hand: Hand, document: Document, messages: list[str]
) -> None:
    hand.held = ALL_KEYS
    hand.drag((340, 300), (340 - 700, 300))
    assert document.history.undo_label == "Remove space"
    assert any(text.startswith("Remove space: ") for text in messages)
    architecture = document.architecture
    cards = {key: card_rect(c.x, c.y) for key, c in architecture.components.items()}
    assert architecture.boundaries["team"].x == -240 + 192 + 24, "up to what stays"
    for key, rect in cards.items():
        assert not any(overlaps(rect, other) for name, other in cards.items() if name != key)


@pytest.mark.usefixtures("plain")
def test_downwards_too_and_the_longer_way_decides(hand: Hand, document: Document) -> None:
    hand.held = ALL_KEYS
    hand.drag((-600, 160), (-590, 160 + 40))
    assert place(document, "queue") == (-560, 240) and place(document, "worker") == (-240, 240)
    assert place(document, "users") == (-560, -240)
    assert document.architecture.boundaries["team"].y == 200


def test_lanes_of_a_vpc_keep_what_is_in_them(hand: Hand, document: Document) -> None:
    zones = {key: component.zones for key, component in document.architecture.components.items()}
    hand.held = ALL_KEYS
    hand.drag((0, 300), (160, 300))
    vpc = document.architecture.boundaries["vpc"]
    assert vpc.width == 608 + 160
    assert {key: component.zones for key, component in document.architecture.components.items()} == zones
    for key in ("entry", "web", "db"):
        component = document.architecture.components[key]
        assert vpc.x <= component.x and component.x + 192 <= vpc.x + vpc.width


def test_a_vpc_becomes_no_narrower_than_its_lanes_need(hand: Hand, document: Document) -> None:
    hand.held = ALL_KEYS
    hand.drag((20, 300), (20 - 700, 300))
    vpc = document.architecture.boundaries["vpc"]
    web, database = document.architecture.components["web"], document.architecture.components["db"]
    assert 300 < vpc.width < 608
    assert database.x >= web.x + 192 and database.x + 192 <= vpc.x + vpc.width


def test_escape_takes_it_back_and_what_is_locked_refuses(
    canvas: Canvas, hand: Hand, document: Document, messages: list[str]
) -> None:
    rects = dict(canvas.drawing.rects)
    hand.held = ALL_KEYS
    hand.start_drag(EMPTY, (EMPTY[0] + 120, EMPTY[1]))
    hand.key(Qt.Key.Key_Escape)
    hand.release(EMPTY)
    assert canvas.drawing.rects == rects and steps(document) == 0
    canvas.select(["topic"])
    canvas.arranging.lock()
    hand.drag((0, 300), (160, 300))
    assert messages[-1].startswith("Events is locked.")
    assert canvas.drawing.rects == rects and steps(document) == 1
