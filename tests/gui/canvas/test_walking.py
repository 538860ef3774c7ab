"""Going along wires and through boundaries, moving into boundaries and connecting: without a mouse."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from designer.gui.canvas.canvas import Canvas
from designer.gui.canvas.emphasis import Selection
from designer.gui.canvas.quick_add import QuickAdd
from designer.gui.document import Document
from designer.model import operations
from designer.model.edits import Batch, Put
from designer.model.entities import Boundary, Component
from tests.gui.canvas.conftest import ALT, CONTROL, SHIFT, Hand
from tests.gui.canvas.test_pointer import place, steps


def search(canvas: Canvas) -> QuickAdd:
    found = canvas.adding.search
    assert found is not None and found.isVisible()
    return found


def lines(canvas: Canvas) -> list[str]:
    return [search(canvas).list.item(row).text() for row in range(search(canvas).list.count())]


def type_text(hand: Hand, text: str) -> None:
    for letter in text:
        hand.key(Qt.Key.Key_unknown, text=letter)


def test_walking_along_wires_goes_from_component_to_wire_to_component(canvas: Canvas, hand: Hand) -> None:
    canvas.select(["users"])
    met = []
    for _ in range(4):
        hand.key(Qt.Key.Key_Right, ALT)
        met.append((*canvas.selection().components, *canvas.selection().connections))
    assert met == [("users-entry",), ("entry",), ("entry-web",), ("web",)]
    hand.key(Qt.Key.Key_Left, ALT)
    assert canvas.selection().connections == ("entry-web",)
    hand.key(Qt.Key.Key_Left, ALT)
    assert canvas.selection().components == ("entry",)


def test_walking_shows_where_it_is(canvas: Canvas, hand: Hand) -> None:
    canvas.select(["users"])
    canvas.viewpoint.centre((5000, 5000))
    hand.key(Qt.Key.Key_Right, ALT)
    hand.key(Qt.Key.Key_Right, ALT)
    left, top, right, bottom = canvas.viewpoint.visible()
    rect = canvas.drawing.rects["entry"]
    assert left <= rect[0] and rect[2] <= right and top <= rect[1] and rect[3] <= bottom


def test_up_and_down_change_to_another_wire_of_the_same_component(
    canvas: Canvas, hand: Hand, document: Document
) -> None:
    document.do(operations.connect(document.architecture, "worker", "queue", "sends"))
    document.do(operations.connect(document.architecture, "worker", "topic", "publishes"))
    document.do(operations.connect(document.architecture, "worker", "db", "queries"))
    canvas.select(["worker"])
    hand.key(Qt.Key.Key_Right, ALT)
    met = [canvas.selection().connections[0]]
    for _ in range(3):
        hand.key(Qt.Key.Key_Down, ALT)
        met.append(canvas.selection().connections[0])
    assert met == ["worker-db", "worker-queue", "worker-topic", "worker-db"]
    hand.key(Qt.Key.Key_Up, ALT)
    assert canvas.selection().connections == ("worker-topic",)
    canvas.select(["db"])
    hand.key(Qt.Key.Key_Left, ALT)
    hand.key(Qt.Key.Key_Down, ALT)
    hand.key(Qt.Key.Key_Left, ALT)
    assert canvas.selection().components in (("web",), ("worker",))


def test_where_no_wire_leads_that_is_said(canvas: Canvas, hand: Hand, messages: list[str]) -> None:
    canvas.select(["db"])
    hand.key(Qt.Key.Key_Right, ALT)
    assert canvas.selection().components == ("db",)
    assert messages[-1] == "No connection leads on from Data."
    canvas.select(["users"])
    hand.key(Qt.Key.Key_Left, ALT)
    assert messages[-1] == "No connection leads to Users."


def test_select_parent_and_select_children(canvas: Canvas, hand: Hand, messages: list[str]) -> None:
    canvas.select(["web"])
    hand.key(Qt.Key.Key_Up, ALT)
    assert canvas.selection() == Selection(boundaries=("private",))
    hand.key(Qt.Key.Key_Up, ALT)
    assert canvas.selection() == Selection(boundaries=("vpc",))
    hand.key(Qt.Key.Key_Up, ALT)
    assert canvas.selection() == Selection(boundaries=("vpc",))
    assert messages[-1] == "There is no boundary around it."
    hand.key(Qt.Key.Key_Down, ALT)
    assert canvas.selection() == Selection(components=("entry",), boundaries=("private",))
    hand.key(Qt.Key.Key_Down, ALT)
    assert canvas.selection() == Selection(components=("db", "web"))
    hand.key(Qt.Key.Key_Down, ALT)
    assert canvas.selection() == Selection(components=("db", "web"))
    assert messages[-1] == "Nothing stands in it."


def test_moving_into_a_boundary_from_a_list(canvas: Canvas, hand: Hand, document: Document) -> None:
    canvas.select(["worker"])
    hand.key(Qt.Key.Key_M)
    assert lines(canvas) == ["Network / Inside", "Network"]
    assert search(canvas).accessibleName() == "Move Worker into"
    type_text(hand, "ins")
    assert lines(canvas) == ["Network / Inside"]
    hand.key(Qt.Key.Key_Return)
    assert canvas.adding.search is None and canvas.hasFocus()
    moved, home = document.architecture.components["worker"], document.architecture.boundaries["private"]
    assert moved.boundary == "private" and steps(document) == 1
    assert home.x < moved.x and moved.x + 192 < home.x + home.width
    assert home.y < moved.y and moved.y + 64 < home.y + home.height
    assert not [key for key in canvas.drawing.components_in(canvas.drawing.rects["worker"]) if key != "worker"]
    outer = document.architecture.boundaries["vpc"]
    assert home.y + home.height <= outer.y + outer.height
    document.undo()
    assert place(document, "worker") == (-240, 200)
    assert document.architecture.boundaries["private"].height == 176


def test_moving_out_of_all_boundaries_from_the_list(canvas: Canvas, hand: Hand, document: Document) -> None:
    canvas.select(["web"], (), ())
    hand.key(Qt.Key.Key_M)
    assert lines(canvas) == ["Network", "Out of all boundaries"]
    hand.key(Qt.Key.Key_Down)
    hand.key(Qt.Key.Key_Return)
    outer = document.architecture.boundaries["vpc"]
    assert document.architecture.components["web"].boundary is None
    assert document.architecture.components["web"].x > outer.x + outer.width
    assert document.history.undo_label == "Move Web out of the boundary"


def test_many_moved_in_stand_apart_and_the_boundary_grows(canvas: Canvas, hand: Hand, document: Document) -> None:
    crowd = [Component(id=f"q{n}", kind="lambda", name=f"Q{n}", x=2000, y=n * 100) for n in range(9)]
    document.do(Batch("Add", tuple(Put(each) for each in crowd)))
    canvas.select([each.id for each in crowd])
    hand.key(Qt.Key.Key_M)
    type_text(hand, "inside")
    hand.key(Qt.Key.Key_Return)
    private, vpc = (document.architecture.boundaries[key] for key in ("private", "vpc"))
    rects = [canvas.drawing.rects[key] for key in ("web", "db", *(each.id for each in crowd))]
    for at, one in enumerate(rects):
        assert private.x < one[0] and one[2] < private.x + private.width
        assert private.y < one[1] and one[3] < private.y + private.height
        for other in rects[at + 1 :]:
            assert one[2] < other[0] or other[2] < one[0] or one[3] < other[1] or other[3] < one[1]
    assert vpc.y + vpc.height >= private.y + private.height
    assert steps(document) == 2


def test_a_tier_is_only_offered_what_may_hold_it(canvas: Canvas, hand: Hand, document: Document) -> None:
    document.do(Put(Boundary(id="other", kind="vpc", name="Other", x=2000, y=0, width=600, height=400)))
    document.do(Put(Boundary(id="more", kind="tier", name="More", parent="other", x=2040, y=60)))
    canvas.select((), (), ["private"])
    hand.key(Qt.Key.Key_M)
    assert lines(canvas) == ["Other", "Out of all boundaries"]
    hand.key(Qt.Key.Key_Return)
    assert document.architecture.boundaries["private"].parent == "other"
    moved, other = document.architecture.boundaries["private"], document.architecture.boundaries["other"]
    assert moved.x > 2000 and moved.x + moved.width <= other.x + other.width
    more = document.architecture.boundaries["more"]
    assert moved.y >= more.y + more.height or moved.x >= more.x + more.width
    web = document.architecture.components["web"]
    assert web.boundary == "private" and moved.x < web.x and web.y > moved.y


def test_where_there_is_nothing_to_move_into_that_is_said(
    canvas: Canvas, hand: Hand, messages: list[str], document: Document
) -> None:
    canvas.select()
    hand.key(Qt.Key.Key_M)
    assert messages[-1] == "Nothing is selected that could be moved."
    document.do(operations.delete(document.architecture, {"boundaries": ["vpc", "private"]}))  # type: ignore[dict-item]
    canvas.select(["web"])
    hand.key(Qt.Key.Key_M)
    assert messages[-1] == "There is no other boundary that it could be moved into."


def test_connecting_from_a_list(canvas: Canvas, hand: Hand, document: Document) -> None:
    canvas.select(["worker"])
    hand.key(Qt.Key.Key_C, SHIFT)
    assert search(canvas).accessibleName() == "Connect Worker to"
    offered = lines(canvas)
    assert "Orders: sends" in offered and not any(line.startswith("Worker") for line in offered)
    type_text(hand, "orders")
    hand.key(Qt.Key.Key_Return)
    (wire,) = [each for each in document.architecture.connections.values() if each.source == "worker"]
    assert wire.target == "queue" and canvas.selection().connections == (wire.id,)
    hand.key(Qt.Key.Key_Left, ALT)
    hand.key(Qt.Key.Key_C, SHIFT)
    assert "Orders: sends" not in lines(canvas), "it is drawn already"
    hand.key(Qt.Key.Key_Escape)
    assert canvas.hasFocus() and steps(document) == 1


@pytest.mark.parametrize("held", [CONTROL])
def test_a_boundary_is_made_larger_and_smaller(
    canvas: Canvas, hand: Hand, document: Document, held: Qt.KeyboardModifier
) -> None:
    canvas.select((), (), ["private"])
    for _ in range(3):
        hand.key(Qt.Key.Key_Right, held)
    hand.key(Qt.Key.Key_Up, held)
    private = document.architecture.boundaries["private"]
    assert (private.width, private.height) == (544 + 24, 176 - 8)
    assert steps(document) == 1
    for _ in range(100):
        hand.key(Qt.Key.Key_Left, held)
    assert document.architecture.boundaries["private"].width == 120


def test_enter_renames_a_component_and_opens_the_details_of_a_wire(canvas: Canvas, hand: Hand) -> None:
    opened: list[str] = []
    canvas.open_requested.connect(opened.append)
    canvas.select((), ["entry-web"])
    hand.key(Qt.Key.Key_Return)
    assert opened == ["entry-web"]


def test_what_is_folded_away_is_gone_through_as_its_boundary(
    canvas: Canvas, hand: Hand, document: Document, messages: list[str]
) -> None:
    document.do(Put(document.architecture.boundaries["private"].with_(collapsed=True)))
    canvas.select(["entry"])
    hand.key(Qt.Key.Key_Right, ALT)
    assert canvas.selection().connections == ("entry-web",)
    hand.key(Qt.Key.Key_Right, ALT)
    assert canvas.selection() == Selection(boundaries=("private",))
    hand.key(Qt.Key.Key_Down, ALT)
    assert messages[-1] == "Inside is collapsed: its content is not drawn."
    canvas.select(["queue"])
    hand.key(Qt.Key.Key_M)
    assert lines(canvas) == ["Network"], "nothing is put where it would not be seen"
