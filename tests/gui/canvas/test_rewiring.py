"""Leading an end of a wire to another component."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QToolTip
from pytestqt.qtbot import QtBot

from designer.gui.canvas.canvas import Canvas
from designer.gui.canvas.connecting import kept_properties
from designer.gui.canvas.emphasis import Selection
from designer.gui.canvas.gestures.reconnect import Reconnect
from designer.gui.canvas.hit_test import Part, grip_points
from designer.gui.canvas.picking import pick
from designer.gui.document import Document
from designer.model.edits import Put
from designer.model.entities import Component, Connection
from tests.gui.canvas.conftest import Hand, Point
from tests.gui.canvas.test_pointer import EMPTY, QUEUE, WORKER, steps

DATA = (136, -8)
TOPIC = (176, 232)


def grip(canvas: Canvas, wire: str, end: int) -> Point:
    found = canvas.drawing.wires.all[wire]
    return grip_points(canvas.drawing.wires.points(found), found.sides)[end]


def test_dragging_the_end_of_a_wire_leads_it_elsewhere(canvas: Canvas, hand: Hand, document: Document) -> None:
    before = document.architecture.connections["entry-web"]
    canvas.select(connections=["entry-web"])
    hand.start_drag(grip(canvas, "entry-web", 1), WORKER)
    assert canvas.overlay.wire is not None and canvas.overlay.wire.allowed
    assert canvas.drawing.emphasis.loose_wire == "entry-web"
    assert canvas.drawing.wire_layer.role(canvas.drawing.wires.all["entry-web"]).endswith("-dim")
    hand.release(WORKER)
    after = document.architecture.connections
    assert "entry-web" not in after
    assert after["entry-worker"] == before.with_(id="entry-worker", target="worker")
    assert document.history.undo_label == "Reconnect Entry to Worker"
    assert canvas.selection() == Selection(connections=("entry-worker",))
    assert canvas.drawing.emphasis.loose_wire is None and canvas.overlay.wire is None
    assert steps(document) == 1
    document.undo()
    assert document.architecture.connections["entry-web"] == before
    assert canvas.drawing.wires.all["entry-web"].target == "web"


def test_the_source_of_a_wire_can_be_dragged_too(canvas: Canvas, hand: Hand, document: Document) -> None:
    canvas.select(connections=["web-db"])
    hand.start_drag(grip(canvas, "web-db", 0), WORKER)
    points = canvas.overlay.wire.points if canvas.overlay.wire else []
    assert points[-1][1] <= 24, "the arrow still enters the database"
    hand.release(WORKER)
    wire = document.architecture.connections["worker-db"]
    assert (wire.source, wire.target) == ("worker", "db")


def test_a_target_that_does_not_fit_is_refused_with_the_reason(
    canvas: Canvas, hand: Hand, document: Document, messages: list[str]
) -> None:
    canvas.select(connections=["entry-web"])
    hand.start_drag(grip(canvas, "entry-web", 1), QUEUE)
    reason = document.catalog.refusal("elb", "sqs").reason
    assert canvas.overlay.wire is not None and not canvas.overlay.wire.allowed
    assert reason in QToolTip.text() and reason in messages[-1]
    assert "sqs" in canvas.drawing.emphasis.refused_kinds
    hand.release(QUEUE)
    assert steps(document) == 0 and "entry-web" in document.architecture.connections
    assert reason in messages[-1], "the reason stays to be read"
    assert canvas.drawing.emphasis.loose_wire is None


@pytest.mark.parametrize("end", ["home", "empty", "escape"])
def test_a_wire_stays_where_it_is_left(canvas: Canvas, hand: Hand, document: Document, end: str) -> None:
    canvas.select(connections=["entry-web"])
    web = (-120.0, -8.0)
    hand.start_drag(grip(canvas, "entry-web", 1), web if end == "home" else EMPTY)
    if end == "escape":
        hand.key(Qt.Key.Key_Escape)
    hand.release(web if end == "home" else EMPTY)
    assert steps(document) == 0 and canvas.gesture is None
    assert canvas.drawing.emphasis.loose_wire is None and canvas.drawing.emphasis.refused_kinds == frozenset()


def test_grips_lie_above_the_handles_of_components(canvas: Canvas, hand: Hand) -> None:
    at = grip(canvas, "entry-web", 0)
    hand.move(at)
    assert pick(canvas.drawing, canvas.overlay, at).part is not Part.WIRE_END
    canvas.select(connections=["entry-web"])
    hand.move(at)
    hit = pick(canvas.drawing, canvas.overlay, at)
    assert (hit.part, hit.key, hit.end) == (Part.WIRE_END, "entry-web", 0)
    assert canvas.tip(hit) == "Drag to reconnect"


def test_an_end_can_be_led_elsewhere_without_dragging(canvas: Canvas, hand: Hand, document: Document) -> None:
    canvas.select(connections=["entry-web"])
    hand.click(grip(canvas, "entry-web", 1))
    assert isinstance(canvas.gesture, Reconnect)
    hand.click(WORKER)
    assert "entry-worker" in document.architecture.connections


def test_an_end_can_be_led_elsewhere_by_keyboard_alone(canvas: Canvas, hand: Hand, document: Document) -> None:
    canvas.select(connections=["entry-web"])
    canvas.start_reconnecting(1)
    seen = []
    for _ in range(6):
        hand.key(Qt.Key.Key_Tab)
        seen.append(canvas.drawing.emphasis.target)
        if seen[-1] == "worker":
            break
    assert "web" not in seen, "where the wire ends already is no other place"
    hand.key(Qt.Key.Key_Return)
    assert "entry-worker" in document.architecture.connections


def wire_that_needs_another_relation(document: Document) -> tuple[str, str, str, str, list[str]]:
    """Source kind, old target kind, relation, new target kind and the several relations that fit there."""
    catalog = document.catalog
    for source in catalog.kinds:
        for old in catalog.kinds:
            for new in catalog.kinds:
                fits = [one.id for one in catalog.relations_between(source, new)]
                for relation in catalog.relations_between(source, old):
                    if len(fits) > 1 and relation.id not in fits:
                        return source, old, relation.id, new, fits
    raise AssertionError("no such kinds")


def test_a_menu_asks_for_the_relation_where_several_fit(
    canvas: Canvas, hand: Hand, document: Document, qtbot: QtBot
) -> None:
    source, old, relation, new, fits = wire_that_needs_another_relation(document)
    for key, kind, x in (("one", source, -600), ("two", old, -300), ("three", new, 0)):
        document.architecture.apply(Put(Component(id=key, kind=kind, name=key, x=x, y=312)))
    wire = Connection(id="mine", source="one", target="two", relation=relation)
    document.architecture.apply(Put(wire))
    canvas.select(connections=["mine"])
    hand.drag(grip(canvas, "mine", 1), (96, 344))
    assert document.architecture.connections["mine"].target == "two", "nothing changes before the choice"
    menu = canvas.wiring.relation_menu
    assert menu is not None
    qtbot.waitUntil(menu.isVisible)
    assert len(menu.actions()) == len(fits)
    qtbot.keyClick(menu, Qt.Key.Key_Down)
    qtbot.keyClick(menu, Qt.Key.Key_Return)
    assert document.architecture.connections["mine"] == wire.with_(target="three", relation=fits[1])
    assert steps(document) == 1


def test_of_another_relation_only_judgements_are_kept(document: Document) -> None:
    catalog = document.catalog
    for old in catalog.relations.values():
        own = {prop.name: 1 for prop in old.properties.values() if not prop.analysis_only}
        for new in catalog.relations.values():
            wire = Connection(id="w", source="a", target="b", relation=old.id, properties={**own, "strength": "soft"})
            kept = kept_properties(wire, new)
            judged = {"strength": "soft"} if "strength" in new.properties else {}
            assert kept == (wire.properties if old is new else judged)
