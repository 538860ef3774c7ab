"""In line, spaced out and of one size, by the commands of the canvas."""

from __future__ import annotations

import pytest

from designer.gui.canvas.canvas import Canvas
from designer.gui.document import Document
from designer.model.edits import Batch, Put
from designer.model.entities import Boundary
from tests.gui.canvas.test_pointer import place, steps

THREE = ("queue", "worker", "topic")
PLACES = [(-560, 200), (-240, 296), (80, 400)]
"""Below the VPC, where each of them may stand; a card is 192 by 64."""


@pytest.fixture
def three(document: Document) -> None:
    """Three cards on a slope."""
    table = document.architecture.components
    cards = [table[key].with_(x=x, y=y) for key, (x, y) in zip(THREE, PLACES, strict=True)]
    document.do(Batch("Slope", tuple(map(Put, cards))))


@pytest.mark.parametrize(
    ("how", "places"),
    [
        ("align-left", [(-560, 200), (-560, 296), (-560, 400)]),
        ("align-centre", [(-240, 200), (-240, 296), (-240, 400)]),
        ("align-right", [(80, 200), (80, 296), (80, 400)]),
        ("align-top", [(-560, 200), (-240, 200), (80, 200)]),
        ("align-middle", [(-560, 300), (-240, 300), (80, 300)]),
        ("align-bottom", [(-560, 400), (-240, 400), (80, 400)]),
        ("spread-across", [(-560, 200), (-240, 296), (80, 400)]),
        ("spread-down", [(-560, 200), (-240, 300), (80, 400)]),
    ],
)
@pytest.mark.usefixtures("three")
def test_components_line_up_and_gaps_become_equal(
    canvas: Canvas, document: Document, how: str, places: list[tuple[int, int]]
) -> None:
    canvas.select(THREE)
    canvas.arranging.arrange(how)
    assert [place(document, key) for key in THREE] == places
    label = "Align" if how.startswith("align") else "Space out"
    assert document.history.undo_label == (label if places != PLACES else "Slope")
    assert steps(document) == (2 if places != PLACES else 1)


def test_what_may_not_stand_there_is_refused_with_the_reason(
    canvas: Canvas, document: Document, messages: list[str]
) -> None:
    canvas.select(["users", "queue", "topic"])
    canvas.arranging.arrange("align-top")
    assert steps(document) == 0
    assert "VPC" in messages[-1]


def test_boundaries_line_up_with_their_content_and_among_components(canvas: Canvas, document: Document) -> None:
    canvas.select(["queue", "web"], (), ["vpc"])
    canvas.arranging.arrange("align-left")
    assert document.architecture.boundaries["vpc"].x == -560
    assert document.architecture.boundaries["private"].x == -256 - 272
    assert place(document, "web") == (-216 - 272, -40), "what stands in it goes along, and is not aligned itself"
    assert place(document, "queue") == (-560, 200)
    assert document.architecture.components["web"].boundary == "private"


def test_gaps_between_things_of_unlike_size(canvas: Canvas, document: Document) -> None:
    canvas.select(["users", "topic"], (), ["vpc"])
    canvas.arranging.arrange("spread-down")
    top = document.architecture.boundaries["vpc"]
    first, last = place(document, "users")[1], place(document, "topic")[1]
    assert top.y - (first + 64) == last - (top.y + top.height)


def test_boundaries_take_the_size_of_the_largest(canvas: Canvas, document: Document) -> None:
    groups = (
        Boundary(id="broad", kind="group", name="Broad", x=400, y=200, width=400, height=100),
        Boundary(id="tall", kind="group", name="Tall", x=400, y=400, width=160, height=300),
    )
    document.do(Batch("Groups", tuple(map(Put, groups))))
    canvas.select(boundaries=["broad", "tall"])
    canvas.arranging.arrange("same-width")
    found = document.architecture.boundaries
    assert [(found[key].width, found[key].height) for key in ("broad", "tall")] == [(400, 100), (400, 300)]
    canvas.arranging.arrange("same-size")
    assert [(found[key].width, found[key].height) for key in ("broad", "tall")] == [(400, 300), (400, 300)]
    assert document.history.undo_label == "Make the same size"
    canvas.arranging.arrange("same-height")
    assert steps(document) == 3, "nothing is left to do"


def test_too_few_are_left_alone(canvas: Canvas, document: Document) -> None:
    canvas.select(["users"])
    canvas.arranging.arrange("align-left")
    canvas.select(["users", "web"])
    canvas.arranging.arrange("spread-down")
    canvas.select(boundaries=["vpc"])
    canvas.arranging.arrange("same-size")
    assert steps(document) == 0
