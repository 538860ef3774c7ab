"""What comes to lie on a band goes to the next free row, however it came there: one step, and nothing else moves."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from designer.catalog.catalog import Catalog
from designer.gui.canvas.canvas import Canvas
from designer.gui.document import Document
from designer.model.edits import Put
from designer.model.entities import Component
from tests.gui.canvas.conftest import Hand, shown_canvas
from tests.gui.canvas.test_pointer import steps
from tests.gui.canvas.test_zones import FREE_Y, LANE_B, LANE_C, band_end, grip, three_lanes
from tests.layout.agreement import astray, clashes


@pytest.fixture
def document(catalog: Catalog) -> Document:
    made = three_lanes()
    made.apply(
        Put(Component(id="side", kind="ec2", name="Side", boundary="vpc", zones=("c",), x=LANE_C - 96, y=FREE_Y + 8))
    )
    return Document(catalog, made)


@pytest.fixture
def canvas(document: Document, qtbot: QtBot) -> Iterator[Canvas]:
    yield from shown_canvas(document, qtbot, 1500, 900)


def check(document: Document, key: str, before: dict[str, Component]) -> None:
    """One step, nothing on a band, all in their lanes, and no other component is elsewhere; undo takes it back."""
    now = document.architecture
    assert steps(document) == 1
    assert not clashes(now, document.catalog) and not astray(now, document.catalog)
    others = {each: component for each, component in now.components.items() if each in before and each != key}
    # What stands below the VPC makes room where it grows.
    others = {each: component for each, component in others.items() if component.boundary is not None}
    assert all((each.x, each.y) == (before[name].x, before[name].y) for name, each in others.items())
    document.undo()
    assert dict(now.components) == before


def test_a_card_dropped_on_a_band_goes_below_it(canvas: Canvas, hand: Hand, document: Document) -> None:
    before = dict(document.architecture.components)
    hand.drag(grip(canvas, "server"), (LANE_B, FREE_Y + 52))
    server = document.architecture.components["server"]
    assert server.boundary == "vpc" and server.y == FREE_Y + 64 + 16
    vpc = document.architecture.boundaries["vpc"]
    assert vpc.y + vpc.height >= server.y + 64, "the VPC grows around it"
    assert canvas.drawing.rects["server"][1] == server.y
    check(document, "server", before)


def test_a_band_dropped_on_a_card_goes_to_a_row_of_its_own(canvas: Canvas, hand: Hand, document: Document) -> None:
    before = dict(document.architecture.components)
    hand.drag(grip(canvas, "web"), (LANE_C, FREE_Y + 32))
    assert document.architecture.components["web"].zones == ("b", "c")
    check(document, "web", before)


def test_a_band_that_comes_to_reach_over_a_card_goes_below_it(canvas: Canvas, hand: Hand, document: Document) -> None:
    before = dict(document.architecture.components)
    hand.move((60, FREE_Y + 32))
    end = band_end(canvas, "web", 1)
    hand.drag(end, (LANE_C, end[1]))
    assert document.architecture.components["web"].zones == ()
    check(document, "web", before)


def test_a_kind_out_of_the_palette_goes_below_a_band(canvas: Canvas, hand: Hand, document: Document) -> None:
    before = dict(document.architecture.components)
    assert hand.drag_in("ec2", (LANE_B + 20, FREE_Y + 60))
    hand.drop((LANE_B + 20, FREE_Y + 60))
    (key,) = canvas.selection().components
    check(document, key, before)


def test_a_nudge_goes_past_a_band(canvas: Canvas, hand: Hand, document: Document) -> None:
    """And back, the way of the key; a run of nudges stays one step."""
    document.do(Put(document.architecture.components["server"].with_(boundary="vpc", y=FREE_Y - 72)))
    canvas.select(["server"])
    ys = []
    for key in (Qt.Key.Key_Down,) * 3 + (Qt.Key.Key_Up,):
        hand.key(key)
        ys.append(document.architecture.components["server"].y)
        assert not clashes(document.architecture, document.catalog)
    assert ys[0] == FREE_Y + 64 + 16 and ys[1] > ys[0] and ys[2] > ys[1] == ys[3]
    assert steps(document) == 2


def test_copies_of_bands_do_not_lie_on_them(canvas: Canvas, hand: Hand, document: Document) -> None:
    canvas.select(["web", "side"])
    before = dict(document.architecture.components)
    hand.key(Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    added = document.architecture.components.keys() - before.keys()
    tops = {document.architecture.components[key].kind: document.architecture.components[key].y for key in added}
    assert tops["ec2"] - tops["asg"] == 8, "they lie to one another as before"
    check(document, "", before)


def test_a_tier_put_on_a_band_moves_it_out_of_the_way(canvas: Canvas, hand: Hand, document: Document) -> None:
    """And what runs across all lanes keeps to both sides of them."""
    tier = document.architecture.boundaries["two"]
    hand.drag((tier.x + 50, tier.y + 12), (tier.x + 130, tier.y + 12 + 96))
    now = document.architecture
    moved = now.boundaries["two"]
    assert moved.x == tier.x and abs(moved.y - tier.y - 96) < 8
    assert canvas.drawing.boundaries["two"].rect[:2] == (moved.x, moved.y)
    assert now.components["web"].boundary == "vpc" and now.components["web"].y >= moved.y + moved.height
    assert not clashes(now, document.catalog) and steps(document) == 1


def test_what_expands_in_lanes_pushes_nothing_aside(canvas: Canvas, hand: Hand, document: Document) -> None:
    """What was put beside the card of a collapsed tier goes below it, in its lane."""
    canvas.commands.turn_fold("all")
    hand.drag(grip(canvas, "side"), (LANE_C, -140))
    canvas.commands.turn_fold("all")
    side, tier = document.architecture.components["side"], document.architecture.boundaries["all"]
    assert side.boundary == "vpc" and side.x == LANE_C - 96 and side.y >= tier.y + tier.height
    assert not astray(document.architecture, document.catalog) and not clashes(document.architecture, document.catalog)


def test_a_replacement_that_is_a_band_gets_a_row(canvas: Canvas, document: Document) -> None:
    document.do(Put(document.architecture.components["side"].with_(zones=("b",), x=LANE_B - 96, y=FREE_Y - 80)))
    document.do(
        Put(document.architecture.components["alone"].with_(boundary="vpc", zones=("c",), x=204, y=FREE_Y - 80))
    )
    canvas.select(["side"])
    canvas.adding.replace_selected("ecs")
    assert document.architecture.components["side"].kind == "ecs"
    assert not clashes(document.architecture, document.catalog)
    assert steps(document) == 3


def test_what_goes_back_to_its_place_is_drawn_there(canvas: Canvas, hand: Hand, document: Document) -> None:
    """The nearest free row may be the one that it was dragged out of."""
    hand.drag(grip(canvas, "server"), (LANE_B, FREE_Y + 52))
    place = document.architecture.components["server"]
    hand.drag(grip(canvas, "server"), (LANE_B, place.y + 8))
    assert document.architecture.components["server"] == place
    assert canvas.drawing.rects["server"][:2] == (place.x, place.y)
