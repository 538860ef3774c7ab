"""To the front and to the back, kept in the file."""

from __future__ import annotations

from pathlib import Path

import pytest

from designer.gui.canvas.canvas import Canvas
from designer.gui.document import Document
from designer.model.edits import Batch, Put
from designer.model.entities import Boundary, Component
from designer.storage.files import read, write
from tests.gui.canvas.conftest import Hand
from tests.gui.canvas.test_pointer import steps

MIDDLE_OF_THREE = (690, 240)
"""A point that all three cards of the pile lie on."""


@pytest.fixture
def pile(document: Document) -> list[str]:
    """Three cards that overlap, from the lowest to the highest, and one far from them."""
    keys = ["one", "three", "two"]
    cards = [Component(id=key, kind="sqs", name=key, x=600 + n * 16, y=200 + n * 16) for n, key in enumerate(keys)]
    document.do(Batch("Pile up", tuple(map(Put, cards))))
    return keys


def stack(canvas: Canvas, keys: list[str]) -> list[str]:
    """From the lowest to the highest, as they are drawn."""
    return [item.key for item in canvas.drawing.components_from_below([canvas.drawing.content()]) if item.key in keys]


def test_front_and_back_go_past_everything(canvas: Canvas, hand: Hand, document: Document, pile: list[str]) -> None:
    canvas.viewpoint.centre((690, 240))
    canvas.select(["one"])
    canvas.arranging.reorder("front")
    assert stack(canvas, pile) == ["three", "two", "one"]
    assert document.history.undo_label == "Bring to front"
    canvas.select()
    hand.click(MIDDLE_OF_THREE)
    assert canvas.selection().components == ("one",)
    canvas.arranging.reorder("back")
    assert stack(canvas, pile) == ["one", "three", "two"]
    assert steps(document) == 3
    document.undo()
    document.undo()
    assert stack(canvas, pile) == pile


def test_forward_and_backward_pass_one(canvas: Canvas, pile: list[str]) -> None:
    canvas.select(["one"])
    canvas.arranging.reorder("forward")
    assert stack(canvas, pile) == ["three", "one", "two"]
    canvas.arranging.reorder("forward")
    assert stack(canvas, pile) == ["three", "two", "one"]
    canvas.arranging.reorder("backward")
    assert stack(canvas, pile) == ["three", "one", "two"]
    canvas.select(["three", "one"])
    canvas.arranging.reorder("forward")
    assert stack(canvas, pile) == ["two", "three", "one"], "several keep their order"


@pytest.mark.usefixtures("pile")
def test_where_nothing_is_passed_nothing_is_changed(canvas: Canvas, document: Document, messages: list[str]) -> None:
    canvas.select(["two"])
    canvas.arranging.reorder("forward")
    assert messages[-1] == "Nothing lies above it."
    canvas.select(["one"])
    canvas.arranging.reorder("backward")
    assert messages[-1] == "Nothing lies below it."
    canvas.arranging.reorder("back")
    canvas.arranging.reorder("back")
    assert steps(document) == 2, "at the back already"


def test_the_order_survives_saving(canvas: Canvas, document: Document, pile: list[str], tmp_path: Path) -> None:
    canvas.select(["one"])
    canvas.arranging.reorder("front")
    canvas.select(["two"])
    canvas.arranging.reorder("back")
    assert stack(canvas, pile) == ["two", "three", "one"]
    path = tmp_path / "pile.arch.yaml"
    write(document.architecture, path)
    document.replace(read(path, document.catalog), path)
    assert stack(canvas, pile) == ["two", "three", "one"]


def test_boundaries_beside_one_another_have_an_order_too(canvas: Canvas, hand: Hand, document: Document) -> None:
    frames = [
        Boundary(id=key, kind="group", name=key, x=400 + n * 40, y=160 + n * 40, width=240, height=160)
        for n, key in enumerate(("first", "second"))
    ]
    document.do(Batch("Groups", tuple(map(Put, frames))))
    crossing = (640, 210)
    hand.click(crossing)
    assert canvas.selection().boundaries == ("second",), "its title lies above the border of the first"
    canvas.arranging.reorder("back")
    canvas.select()
    hand.click(crossing)
    assert canvas.selection().boundaries == ("first",)
    items = canvas.drawing.boundaries
    assert items["first"].height > items["second"].height
    assert items["private"].height > items["vpc"].height
