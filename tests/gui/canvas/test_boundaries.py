"""Dragging into, out of and with boundaries, and resizing them."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from designer.gui.canvas.canvas import Canvas
from designer.gui.document import Document
from designer.model.edits import Put
from designer.model.entities import Boundary
from tests.gui.canvas.conftest import Hand
from tests.gui.canvas.test_pointer import DB, WEB, WORKER, place, steps

VPC_TITLE = (-200, -300)
TIER_TITLE = (-200, -90)


def home(document: Document, key: str) -> str | None:
    return document.architecture.components[key].boundary


def frame(document: Document, key: str) -> tuple[int, int, int, int]:
    boundary = document.architecture.boundaries[key]
    return boundary.x, boundary.y, boundary.width, boundary.height


def test_dragging_into_a_boundary_highlights_it_and_joins_it(canvas: Canvas, hand: Hand, document: Document) -> None:
    hand.start_drag(WORKER, (-144, 20))
    assert canvas.drawing.emphasis.drop_targets == {"private"}
    hand.release((-144, 20))
    assert canvas.drawing.emphasis.drop_targets == frozenset()
    assert home(document, "worker") == "private"
    assert place(document, "worker") == (-240, 40), "on the grid, in the row below the band that is there"
    assert document.history.undo_label == "Move Worker into Inside"
    assert steps(document) == 1
    document.undo()
    assert home(document, "worker") is None


def test_dragging_out_leaves_the_boundary(hand: Hand, document: Document) -> None:
    hand.drag(WEB, (-120, 320))
    assert home(document, "web") is None
    assert document.history.undo_label == "Move Web out of Inside"


def test_dragging_from_a_tier_into_its_vpc(hand: Hand, document: Document) -> None:
    hand.drag(DB, (136, -208))
    assert home(document, "db") == "vpc"


def test_moving_within_a_boundary_is_just_a_move(canvas: Canvas, hand: Hand, document: Document) -> None:
    hand.start_drag(WEB, (-104, 0))
    assert canvas.drawing.emphasis.drop_targets == frozenset()
    hand.release((-104, 0))
    assert home(document, "web") == "private"
    assert document.history.undo_label == "Move Web"


def test_a_boundary_takes_its_content_along(canvas: Canvas, hand: Hand, document: Document) -> None:
    hand.drag(VPC_TITLE, (-120, -260))
    assert frame(document, "vpc") == (-208, -272, 608, 448)
    assert frame(document, "private") == (-176, -64, 544, 176)
    assert place(document, "web") == (-136, 0)
    assert place(document, "worker") == (-240, 200)
    assert home(document, "web") == "private" and document.architecture.boundaries["private"].parent == "vpc"
    assert document.history.undo_label == "Move Network"
    assert steps(document) == 1
    document.undo()
    assert frame(document, "vpc") == (-288, -312, 608, 448)
    assert canvas.drawing.rects["web"][:2] == place(document, "web") == (-216, -40)


def test_a_drag_inside_a_boundary_moves_it_not(canvas: Canvas, hand: Hand, document: Document) -> None:
    hand.drag((120, -136), (200, -120))
    assert frame(document, "vpc") == (-288, -312, 608, 448) and steps(document) == 0
    hand.click((120, -136))
    assert not canvas.selection(), "its inside is paper"


def test_a_tier_can_leave_its_vpc_and_come_back(canvas: Canvas, hand: Hand, document: Document) -> None:
    canvas.zoom_to(0.5)
    canvas.viewpoint.centre((0, 300))
    hand.drag(TIER_TITLE, (-200, 500))
    assert document.architecture.boundaries["private"].parent is None
    assert home(document, "web") == "private"
    canvas.select()
    hand.start_drag((-200, 500), TIER_TITLE)
    assert canvas.drawing.emphasis.drop_targets == {"vpc"}
    hand.release(TIER_TITLE)
    assert document.architecture.boundaries["private"].parent == "vpc"


def test_escape_puts_a_boundary_and_its_content_back(canvas: Canvas, hand: Hand, document: Document) -> None:
    hand.start_drag(VPC_TITLE, (0, 0))
    hand.key(Qt.Key.Key_Escape)
    hand.release((0, 0))
    assert canvas.drawing.boundaries["private"].rect == (-256, -104, 288, 72)
    assert canvas.drawing.rects["web"][:2] == (-216, -40)
    assert steps(document) == 0


@pytest.mark.parametrize(
    ("grab", "to", "expected"),
    [
        ((320, 136), (403, 201), (-288, -312, 688, 512)),
        ((-288, -312), (-341, -330), (-344, -328, 664, 464)),
        ((320, -88), (400, -88), (-288, -312, 688, 448)),
        ((16, 136), (16, 200), (-288, -312, 608, 512)),
    ],
    ids=["corner", "upper left corner", "right edge", "lower edge"],
)
def test_resize_by_a_handle(
    hand: Hand,
    document: Document,
    grab: tuple[int, int],
    to: tuple[int, int],
    expected: tuple[int, int, int, int],
) -> None:
    hand.click(VPC_TITLE)
    hand.drag(grab, to)
    assert frame(document, "vpc") == expected
    assert document.history.undo_label == "Resize Network"
    assert steps(document) == 1


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        (Qt.Key.Key_Shift, (400, 300, 480, 240)),
        (Qt.Key.Key_Control, (400 - 160, 300 - 12, 640, 184)),
    ],
    ids=["ratio", "centred"],
)
def test_shift_keeps_the_ratio_and_control_the_middle(
    hand: Hand, document: Document, key: Qt.Key, expected: tuple[int, int, int, int]
) -> None:
    group = Boundary(id="team", kind="group", name="Team", x=400, y=300, width=320, height=160)
    document.do(Put(group))
    hand.click((440, 310))
    hand.start_drag((720, 460), (880, 472))
    hand.hold(key)
    hand.release((880, 472))
    assert frame(document, "team") == expected
    assert document.history.undo_label == "Resize Team"


def test_an_edge_lines_up_with_edges_nearby(canvas: Canvas, hand: Hand, document: Document) -> None:
    document.do(Put(Boundary(id="others", kind="group", name="Others", x=440, y=300, width=243, height=90)))
    document.do(Put(Boundary(id="team", kind="group", name="Team", x=400, y=180, width=240, height=96)))
    hand.click((440, 190))
    hand.start_drag((640, 228), (680, 228))
    assert canvas.drawing.boundaries["team"].rect == (400, 180, 683, 276), "off the grid, in line with the other"
    assert any(guide.start[0] == guide.end[0] == 683 for guide in canvas.overlay.guides)
    hand.hold(Qt.Key.Key_Alt)
    assert canvas.drawing.boundaries["team"].rect == (400, 180, 680, 276) and not canvas.overlay.guides
    hand.let_go(Qt.Key.Key_Alt)
    hand.release((680, 228))
    assert frame(document, "team") == (400, 180, 283, 96)
    assert not canvas.overlay.guides


def test_a_boundary_cannot_become_smaller_than_its_content(hand: Hand, document: Document) -> None:
    hand.click(TIER_TITLE)
    hand.drag((288, 72), (-240, -90))
    x, y, width, height = frame(document, "private")
    assert (x, y) == (-256, -104)
    assert x + width >= 40 + 192 and y + height >= -40 + 64


def test_escape_cancels_a_resize(canvas: Canvas, hand: Hand, document: Document) -> None:
    hand.click(VPC_TITLE)
    hand.start_drag((320, 136), (500, 300))
    assert canvas.drawing.boundaries["vpc"].rect == (-288, -312, 504, 304)
    hand.key(Qt.Key.Key_Escape)
    hand.release((500, 300))
    assert canvas.drawing.boundaries["vpc"].rect == (-288, -312, 320, 136)
    assert steps(document) == 0


def test_a_grown_boundary_takes_in_what_it_encloses(hand: Hand, document: Document) -> None:
    hand.click(VPC_TITLE)
    hand.drag((16, 136), (16, 304))
    assert home(document, "worker") == "vpc"
    assert home(document, "topic") is None, "a topic is in no VPC, wherever it is drawn"
    assert home(document, "queue") is None
    assert home(document, "web") == "private", "what stands further inside stays there"
    document.undo()
    assert home(document, "worker") is None


def test_a_vpc_dropped_on_a_vpc_is_refused_with_the_reason(
    canvas: Canvas, hand: Hand, document: Document, messages: list[str]
) -> None:
    canvas.zoom_to(0.4)
    hand.drag_in("vpc", (0, 600))
    hand.drop((0, 600))
    (key,) = canvas.selection().boundaries
    before = frame(document, key)
    document.do(Put(document.architecture.boundaries[key].with_(width=300, height=200)))
    hand.start_drag((0, 600), (-60, -140))
    assert canvas.overlay.caption is not None and canvas.overlay.caption.refused
    hand.release((-60, -140))
    assert messages[-1].startswith("A VPC cannot stand in another VPC")
    assert frame(document, key)[:2] == before[:2]
    assert canvas.drawing.boundaries[key].rect[:2] == before[:2], "it is back where it was"


def test_a_vpc_never_stands_in_a_vpc(canvas: Canvas, document: Document) -> None:
    canvas.commands.insert_at("vpc", (-280, -300))
    key = canvas.selection().boundaries[0]
    assert document.architecture.boundaries[key].parent is None


def test_deleting_a_boundary_lets_its_content_out(canvas: Canvas, hand: Hand, document: Document) -> None:
    hand.click(TIER_TITLE)
    hand.key(Qt.Key.Key_Delete)
    assert home(document, "web") == "vpc"
    assert "private" not in canvas.drawing.boundaries
    hand.click(VPC_TITLE)
    hand.key(Qt.Key.Key_Delete)
    assert home(document, "web") is None
    document.undo()
    document.undo()
    assert home(document, "web") == "private"
    assert canvas.drawing.boundaries["private"].depth == 2


def test_a_component_dragged_with_its_boundary_moves_once(canvas: Canvas, hand: Hand, document: Document) -> None:
    canvas.select(["web"], (), ["vpc"])
    hand.drag(WEB, (WEB[0] + 80, WEB[1]))
    assert place(document, "web") == (-136, -40)
    assert frame(document, "vpc")[0] == -208
    assert home(document, "queue") is None
