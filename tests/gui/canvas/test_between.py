"""Dropping a component on a wire."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QToolTip

from designer.gui.canvas.canvas import Canvas
from designer.gui.canvas.emphasis import Selection
from designer.gui.canvas.metrics import contains, overlaps
from designer.gui.document import Document
from designer.model.edits import Put
from designer.model.entities import Collection, Component, Connection
from tests.gui.canvas.conftest import Hand, Point
from tests.gui.canvas.test_pointer import steps


@pytest.fixture
def sending(document: Document) -> Connection:
    """A wire from the worker to the topic, far enough apart to put something between."""
    wire = Connection(
        id="worker-topic",
        source="worker",
        target="topic",
        relation=document.catalog.relations_between("lambda", "sns")[0].id,
        properties={"strength": "soft"},
        accepted={"SPOF-02": "known"},
        comments=("# why",),
    )
    document.architecture.apply(Put(wire))
    return wire


def middle(canvas: Canvas, wire: str) -> Point:
    (x1, y1), (x2, y2) = canvas.drawing.wires.points(canvas.drawing.wires.all[wire])[:2]
    return (x1 + x2) / 2, (y1 + y2) / 2


def test_a_component_dropped_on_a_wire_goes_between_its_ends(
    canvas: Canvas, hand: Hand, document: Document, sending: Connection, messages: list[str]
) -> None:
    at = middle(canvas, "worker-topic")
    before = document.architecture.copy()
    assert hand.drag_in("lambda", at)
    assert canvas.drawing.emphasis.hovered == (Collection.CONNECTIONS, "worker-topic")
    assert "Between: Worker to" in messages[-1]
    hand.drop(at)
    (new,) = document.architecture.components.keys() - before.components.keys()
    wires = {(w.source, w.target): w for w in document.architecture.connections.values()}
    assert ("worker", "topic") not in wires
    first, second = wires["worker", new], wires[new, "topic"]
    assert first.relation in [r.id for r in document.catalog.relations_between("lambda", "lambda")]
    assert second == sending.with_(id=f"{new}-topic", source=new), "the half that means the same keeps everything"
    assert document.history.undo_label is not None and "between Worker and Events" in document.history.undo_label
    assert canvas.selection() == Selection(components=(new,))
    assert canvas.drawing.emphasis.hovered is None and steps(document) == 1
    document.undo()
    assert document.architecture == before


def test_a_component_dropped_on_a_wire_beside_a_card_lies_on_no_other(
    canvas: Canvas, hand: Hand, document: Document, sending: Connection
) -> None:
    target = canvas.drawing.rects["topic"]
    before = set(document.architecture.components)
    start, end = canvas.drawing.wires.points(canvas.drawing.wires.all[sending.id])[-2:]
    away = 20 / max(abs(end[0] - start[0]), abs(end[1] - start[1]))
    beside = end[0] + (start[0] - end[0]) * away, end[1] + (start[1] - end[1]) * away
    hand.drag_in("lambda", beside)
    hand.drop(beside)
    (new,) = document.architecture.components.keys() - before
    assert (new, "topic") in {(w.source, w.target) for w in document.architecture.connections.values()}
    placed = canvas.drawing.rects[new]
    assert not any(overlaps(placed, rect) for key, rect in canvas.drawing.rects.items() if key != new)
    frames = [item.rect for item in canvas.drawing.boundaries.values()]
    assert all(contains(frame, placed) or not overlaps(frame, placed) for frame in frames)
    assert abs(placed[0] - target[0]) + abs(placed[1] - target[1]) < 500, "it stays near to where it was dropped"


def chain_whose_first_half_means_the_same(document: Document) -> tuple[str, str, str, str]:
    """Kinds of a source, of what is put between and of a target, and a relation that only the first half may have."""
    catalog = document.catalog
    for relation in catalog.relations.values():
        for source, target in sorted(relation.pairs):
            for kind in catalog.kinds:
                second = [one.id for one in catalog.relations_between(kind, target)]
                if (source, kind) in relation.pairs and second and relation.id not in second:
                    return source, kind, target, relation.id
    raise AssertionError("no such kinds")


def test_the_first_half_keeps_what_was_set_when_it_means_the_same(
    canvas: Canvas, hand: Hand, document: Document
) -> None:
    source, kind, target, relation = chain_whose_first_half_means_the_same(document)
    for key, its, x in (("one", source, -400), ("two", target, 200)):
        document.architecture.apply(Put(Component(id=key, kind=its, name=key, x=x, y=312)))
    wire = Connection(id="own", source="one", target="two", relation=relation, accepted={"SPOF-02": "known"})
    document.architecture.apply(Put(wire))
    at = middle(canvas, "own")
    assert hand.drag_in(kind, at)
    hand.drop(at)
    (new,) = canvas.selection().components
    wires = document.architecture.connections
    assert wires[f"one-{new}"] == wire.with_(id=f"one-{new}", target=new)
    assert wires[f"{new}-two"].accepted == {}


def test_what_does_not_fit_is_refused_with_the_reason_and_put_beside(
    canvas: Canvas, hand: Hand, document: Document, sending: Connection, messages: list[str]
) -> None:
    at = middle(canvas, sending.id)
    wires = dict(document.architecture.connections)
    assert hand.drag_in("users", at)
    reason = document.catalog.refusal("lambda", "users").reason
    assert reason in messages[-1] and reason in QToolTip.text()
    assert canvas.drawing.emphasis.hovered is None
    hand.drop(at)
    assert dict(document.architecture.connections) == wires, "no wire is touched"
    assert canvas.selection().components, "the component stands where it was dropped"
    assert reason in messages[-1], "the reason stays to be read"


def test_dragging_on_over_empty_canvas_says_nothing_more(
    canvas: Canvas, hand: Hand, document: Document, sending: Connection, messages: list[str]
) -> None:
    hand.drag_in("lambda", middle(canvas, "worker-topic"))
    hand.drag_in("lambda", (-400, 340))
    assert messages[-1] == "" and canvas.drawing.emphasis.hovered is None
    hand.drop((-400, 340))
    assert sending.id in document.architecture.connections
