"""Dragging with guides: lines and equal gaps pull, and show."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt

from designer.gui.canvas.canvas import Canvas
from designer.gui.canvas.guides import Guide, Guides
from designer.gui.canvas.metrics import Rect, shifted
from designer.gui.document import Document
from designer.model.entities import Collection
from designer.model.operations import move
from tests.gui.canvas.conftest import CONTROL, NONE, Hand
from tests.gui.canvas.test_pointer import EMPTY, QUEUE, WORKER, place, steps


def put(document: Document, key: str, at: tuple[int, int]) -> None:
    document.do(move(document.architecture, {Collection.COMPONENTS: {key: at}}))


def test_a_dragged_card_is_pulled_into_line_with_another(canvas: Canvas, hand: Hand, document: Document) -> None:
    put(document, "topic", (83, 331))
    hand.start_drag((179, 363), (179, 363 - 134))
    assert canvas.drawing.rects["topic"][1] == 200, "three off the grid above, in line with its neighbours"
    lines = [guide for guide in canvas.overlay.guides if guide.gap is None]
    assert {guide.start[1] for guide in lines} == {232}, "the middles of cards of one size say it all"
    hand.release((179, 363 - 134))
    assert place(document, "topic") == (83, 200), "sideways it was not dragged"
    assert not canvas.overlay.guides
    assert steps(document) == 2


def test_a_dragged_card_is_pulled_to_equal_gaps(canvas: Canvas, hand: Hand, document: Document) -> None:
    put(document, "topic", (100, 200))
    hand.start_drag(WORKER, (WORKER[0] + 8, WORKER[1] + 1))
    gaps = [guide.gap for guide in canvas.overlay.guides if guide.gap is not None]
    assert canvas.drawing.rects["worker"][:2] == (-230, 200), "in the middle between queue and topic, off the grid"
    assert gaps == [138, 138]
    hand.release((WORKER[0] + 8, WORKER[1] + 1))
    assert place(document, "worker") == (-230, 200)


def test_a_third_card_takes_over_the_gap_of_two(canvas: Canvas, hand: Hand, document: Document) -> None:
    put(document, "topic", (83, 331))
    hand.start_drag((179, 363), (179 - 2, 363 - 134))
    assert canvas.drawing.rects["topic"][0] == 80, "as far from the worker as that is from the queue"
    assert {guide.gap for guide in canvas.overlay.guides} == {None, 128}


def test_alt_ignores_guides_too(canvas: Canvas, hand: Hand) -> None:
    hand.start_drag(WORKER, (WORKER[0] + 5, WORKER[1] + 1))
    assert canvas.overlay.guides
    hand.hold(Qt.Key.Key_Alt)
    assert not canvas.overlay.guides
    assert canvas.drawing.rects["worker"][:2] == (-235, 201)


def test_what_is_far_off_or_not_seen_does_not_pull(canvas: Canvas, hand: Hand, document: Document) -> None:
    put(document, "topic", (83, 2203))
    hand.start_drag(WORKER, (WORKER[0] + 321, WORKER[1] + 120))
    assert canvas.drawing.rects["worker"][0] == 80, "the grid counts where only something out of sight would pull"
    hand.key(Qt.Key.Key_Escape)
    assert not canvas.overlay.guides
    canvas.zoom_to(0.1)
    hand.start_drag(WORKER, (WORKER[0] + 321, WORKER[1] + 120))
    assert not canvas.overlay.guides, "from afar hundreds of things would pull"


def test_guides_follow_while_the_view_scrolls_below_the_drag(canvas: Canvas, hand: Hand, document: Document) -> None:
    put(document, "topic", (83, 1043))
    hand.start_drag(WORKER, (WORKER[0] + 321, WORKER[1] + 20))
    assert not [guide for guide in canvas.overlay.guides if guide.gap is None and guide.start[0] == guide.end[0]]
    hand.wheel((WORKER[0] + 321, WORKER[1] + 20), -120 * 9)
    assert [guide for guide in canvas.overlay.guides if guide.start[0] == guide.end[0] == 179]
    assert canvas.drawing.rects["worker"][0] == 83


def test_a_kind_out_of_the_palette_lines_up(canvas: Canvas, hand: Hand, document: Document) -> None:
    put(document, "worker", (-239, 203))
    assert hand.drag_in("sqs", (-139, 350))
    assert [guide for guide in canvas.overlay.guides if guide.start[0] == guide.end[0] == -143]
    hand.drop((-139, 350))
    (added,) = canvas.selection().components
    assert place(document, added)[0] == -239
    assert not canvas.overlay.guides


@pytest.mark.parametrize(
    ("start", "end", "held"),
    [
        (WORKER, (40, 300), NONE),
        (WORKER, (40, 300), CONTROL),
        ((-200, -300), (-160, -340), NONE),
        ((320, 136), (400, 200), NONE),
        ((0, -8), (0, 120), NONE),
        (EMPTY, (-300, 100), NONE),
        ((-464 + 105, 232), (-144, 232), NONE),
    ],
    ids=["component", "copy", "boundary", "corner", "wire", "band", "new wire"],
)
def test_escape_takes_any_drag_back(
    canvas: Canvas,
    hand: Hand,
    document: Document,
    start: tuple[int, int],
    end: tuple[int, int],
    held: Qt.KeyboardModifier,
) -> None:
    hand.click((-200, -300))
    before, rects, frame = (
        document.architecture.copy(),
        dict(canvas.drawing.rects),
        canvas.drawing.boundaries["vpc"].rect,
    )
    points = canvas.drawing.wires.points(canvas.drawing.wires.all["web-db"])
    hand.move(QUEUE)
    hand.held = held
    hand.start_drag(start, end)
    assert canvas.gesture is not None
    hand.key(Qt.Key.Key_Escape)
    assert canvas.gesture is None
    hand.release(end)
    assert document.architecture == before and steps(document) == 0
    assert canvas.drawing.rects == rects and canvas.drawing.boundaries["vpc"].rect == frame
    assert canvas.drawing.wires.points(canvas.drawing.wires.all["web-db"]) == points
    overlay = canvas.overlay
    assert not overlay.ghosts and not overlay.guides and overlay.band is None and overlay.wire is None


# The arithmetic

PLACES = st.integers(-40, 40).map(lambda step: step * 5)
RECTS = st.tuples(PLACES, PLACES, st.integers(1, 8), st.integers(1, 8)).map(
    lambda made: (made[0], made[1], made[0] + made[2] * 5, made[1] + made[3] * 5)
)


def lines(guides: list[Guide], upright: bool) -> set[float]:
    return {g.start[0 if upright else 1] for g in guides if g.gap is None and (g.start[0] == g.end[0]) is upright}


@given(st.lists(RECTS, max_size=6), RECTS, st.integers(0, 6))
def test_what_is_pulled_shows_why(others: list[Rect], rect: Rect, reach: int) -> None:
    guides = Guides(others)
    dx, dy = guides.pull(rect, reach)
    assert dx is None or abs(dx) <= reach
    there = shifted(rect, dx or 0, dy or 0)
    shown = guides.shown(there)
    if dx is not None:
        gaps = [g for g in shown if g.gap is not None and g.start[1] == g.end[1]]
        touching = any(o[0] in (there[0], there[2]) or o[2] in (there[0], there[2]) for o in others)
        assert lines(shown, True) or gaps or dy or touching or middle_overlaps(others, there)
    for x in lines(shown, True):
        assert x in (there[0], there[2], (there[0] + there[2]) / 2)


def middle_overlaps(others: list[Rect], there: Rect) -> bool:
    """Whether something with the same middle overlaps, so that there is no room for a line between."""
    middle = there[0] + there[2]
    return any(abs(o[0] + o[2] - middle) <= 1 and o[1] <= there[3] and there[1] <= o[3] for o in others)


@given(st.lists(RECTS, max_size=6), RECTS, st.integers(1, 6))
def test_the_nearest_line_pulls(others: list[Rect], rect: Rect, reach: int) -> None:
    dx, _ = Guides(others).pull(rect, reach)
    ways = [place - mine for o in others for place in (o[0], o[2]) for mine in (rect[0], rect[2])]
    ways += [(o[0] + o[2]) / 2 - (rect[0] + rect[2]) / 2 for o in others]
    within = [abs(way) for way in ways if abs(way) <= reach]
    if within:
        assert dx is not None and abs(dx) == min(within)
