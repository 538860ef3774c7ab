"""Subnet tiers are laid across the lanes of their VPC, wherever in it they are let go."""

from __future__ import annotations

from itertools import pairwise

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QDragMoveEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from designer.gui.canvas.canvas import Canvas
from designer.gui.canvas.metrics import DOT_SPACING, boundary_rect
from designer.gui.document import Document
from designer.model.entities import Boundary, Collection
from designer.model.operations import delete
from tests.gui.canvas.conftest import LEFT, Hand

TIERS = ("tier:public", "tier:private", "tier:isolated")


def test_a_tier_dropped_into_a_vpc_reaches_from_side_to_side(canvas: Canvas, hand: Hand, document: Document) -> None:
    vpc = _emptied(document)
    near_the_left_side = (vpc.x + 10.0, vpc.y + 150.0)
    hand.drag_in("tier:public", near_the_left_side)
    hand.drop(near_the_left_side)
    tier = _selected(canvas, document)
    assert tier.parent == vpc.id
    assert (tier.x, tier.x + tier.width) == (vpc.x + DOT_SPACING, vpc.x + vpc.width - DOT_SPACING)


def test_tiers_dropped_on_one_another_lie_below_one_another(hand: Hand, document: Document) -> None:
    vpc = _emptied(document)
    for kind in TIERS:
        place = (vpc.x + 60.0, vpc.y + 80.0)
        hand.drag_in(kind, place)
        hand.drop(place)
    _lie_apart_in(document, "vpc")
    assert document.architecture.boundaries["vpc"].height > vpc.height
    document.undo()
    assert document.architecture.boundaries.keys() == {"vpc", "public-subnets", "private-subnets"}, "one step each"


def test_clicks_in_the_palette_put_tiers_into_the_selected_vpc(canvas: Canvas, document: Document) -> None:
    _emptied(document)
    canvas.select(boundaries=["vpc"])
    for kind in TIERS:
        canvas.insert(kind)
    assert [each.properties.get("access", "private") for each in _lie_apart_in(document, "vpc")] == [
        "public",
        "private",
        "isolated",
    ]


def test_a_tier_outside_of_networks_keeps_its_size(canvas: Canvas, hand: Hand, document: Document) -> None:
    vpc = _emptied(document)
    hand.drag_in("tier:public", (vpc.x - 400.0, vpc.y + 100.0))
    hand.drop((vpc.x - 400.0, vpc.y + 100.0))
    tier = _selected(canvas, document)
    assert tier.parent is None and tier.width == 280


def test_a_kind_that_comes_in_over_the_edge_does_not_move_the_view(canvas: Canvas, hand: Hand, qtbot: QtBot) -> None:
    before, rests = canvas.mapToScene(0, 0), 120
    edge = canvas.mapToScene(5, 300)
    hand.drag_in("sqs", (edge.x(), edge.y()))
    qtbot.wait(rests)
    assert canvas.mapToScene(0, 0) == before
    _over(canvas, hand, QPoint(400, 300))
    _over(canvas, hand, QPoint(5, 300))
    qtbot.waitUntil(lambda: canvas.mapToScene(0, 0).x() < before.x() - 60)
    hand.leave()


def _emptied(document: Document) -> Boundary:
    """The VPC, with all its tiers and what is in it deleted."""
    inner = [key for key, each in document.architecture.boundaries.items() if key != "vpc"]
    document.do(delete(document.architecture, {Collection.BOUNDARIES: inner}))
    document.do(delete(document.architecture, {Collection.COMPONENTS: list(document.architecture.components)}))
    return document.architecture.boundaries["vpc"]


def _selected(canvas: Canvas, document: Document) -> Boundary:
    return document.architecture.boundaries[canvas.selection().boundaries[0]]


def _lie_apart_in(document: Document, vpc: str) -> list[Boundary]:
    """The tiers of a VPC from the top, which overlap nowhere and stay inside."""
    boundaries = document.architecture.boundaries
    tiers = sorted((each for each in boundaries.values() if each.parent == vpc), key=lambda each: each.y)
    assert len(tiers) == len(TIERS)
    assert all(one.y + one.height < other.y for one, other in pairwise(tiers))
    outer = boundary_rect(boundaries[vpc])
    for left, top, right, bottom in map(boundary_rect, tiers):
        assert outer[0] < left and right < outer[2] and outer[1] < top and bottom < outer[3]
    return tiers


def _over(canvas: Canvas, hand: Hand, at: QPoint) -> None:

    event = QDragMoveEvent(at, Qt.DropAction.CopyAction, hand.mime, LEFT, hand.held)
    QApplication.sendEvent(canvas.viewport(), event)
