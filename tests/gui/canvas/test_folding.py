"""Boundaries collapsed into cards: by control and key, with wires led to them, and nothing of them lost."""

from __future__ import annotations

import random

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from designer.analysis.scale import Severity
from designer.catalog.catalog import Catalog
from designer.gui.canvas.canvas import Canvas
from designer.gui.canvas.folding import fold_name
from designer.gui.document import Document
from designer.layout.boxes import Direction
from designer.layout.drawing import arranged
from designer.model.architecture import Architecture
from designer.model.edits import Put
from designer.model.entities import Boundary, Collection, Component, Connection, Settings
from designer.storage.files import dumps, loads
from tests.gui.canvas.conftest import ALT, CONTROL, SHIFT, Hand
from tests.gui.canvas.test_pointer import WORKER, steps
from tests.gui.canvas.test_scene import analysis

VPC_CONTROL = (304, -298)
"""The middle of the control on the VPC's title bar."""
TIER_CONTROL = (272, -90)
VPC_CARD = (-184, -280)
"""A place on the card of the collapsed VPC."""


@pytest.fixture
def collapsed(canvas: Canvas, hand: Hand) -> Canvas:
    hand.click(VPC_CONTROL)
    return canvas


def test_the_control_collapses_and_expands(canvas: Canvas, hand: Hand, document: Document) -> None:
    hand.move(VPC_CONTROL)
    assert canvas.viewport().cursor().shape() is Qt.CursorShape.PointingHandCursor
    hand.click(VPC_CONTROL)
    assert document.architecture.boundaries["vpc"].collapsed
    assert document.history.undo_label == "Collapse Network" and steps(document) == 1
    assert not {"entry", "web", "db"} & canvas.drawing.components.keys()
    assert "private" not in canvas.drawing.boundaries
    assert canvas.drawing.boundaries["vpc"].rect == (-288, -312, -80, -248)
    assert canvas.selection().boundaries == ("vpc",)
    hand.click((-96, -298))
    assert not document.architecture.boundaries["vpc"].collapsed
    assert document.history.undo_label == "Expand Network"
    assert {"entry", "web", "db"} <= canvas.drawing.components.keys() and "private" in canvas.drawing.boundaries
    assert canvas.drawing.rects["web"][:2] == (-216, -40), "everything is where it was"


def test_undo_and_redo_follow(collapsed: Canvas, document: Document) -> None:
    document.undo()
    assert "web" in collapsed.drawing.components and "web-db" in collapsed.drawing.wires.all
    document.redo()
    assert "web" not in collapsed.drawing.components and "web-db" not in collapsed.drawing.wires.all


def test_wires_lead_to_what_stands_for_their_ends(collapsed: Canvas) -> None:
    wires = collapsed.drawing.wires
    assert wires.all.keys() == {"users-entry"}, "wires within are not drawn"
    (x, y) = wires.points(wires.all["users-entry"])[-1]
    left, top, right, bottom = collapsed.drawing.boundaries["vpc"].rect
    assert (x == left or y in (top, bottom)) and left <= x <= right and top <= y <= bottom


def test_keys_and_the_menu_do_the_same(canvas: Canvas, document: Document, messages: list[str]) -> None:
    canvas.select(["web"])
    canvas.commands.fold(collapsed=True)
    assert document.architecture.boundaries["private"].collapsed, "the boundary around what is selected"
    assert messages[-1] == "Collapse Inside"
    canvas.show_menu(canvas.viewport().rect().center())
    assert canvas.menu is not None
    texts = {action.text(): action for action in canvas.menu.actions()}
    assert "Expand" in texts and "Collapse" not in texts
    texts["Expand"].trigger()
    canvas.menu.close()
    assert not document.architecture.boundaries["private"].collapsed
    canvas.select(["queue"])
    canvas.commands.fold(collapsed=True)
    assert messages[-1] == "Select a boundary to collapse."


def test_a_collapsed_boundary_is_dragged_with_all_in_it(collapsed: Canvas, hand: Hand, document: Document) -> None:
    hand.start_drag(VPC_CARD, (VPC_CARD[0] + 80, VPC_CARD[1] + 40))
    assert collapsed.drawing.rects[fold_name("vpc")] == (-208, -272, 0, -208), "wires go along"
    hand.release((VPC_CARD[0] + 80, VPC_CARD[1] + 40))
    boundaries, web = document.architecture.boundaries, document.architecture.components["web"]
    assert (boundaries["vpc"].x, boundaries["vpc"].width, boundaries["vpc"].height) == (-208, 608, 448)
    assert (boundaries["private"].x, boundaries["private"].y) == (-176, -64)
    assert (web.x, web.y, web.zones, web.boundary) == (-136, 0, (), "private")
    hand.key(Qt.Key.Key_Right)
    assert document.architecture.components["web"].x == -128
    document.undo()
    document.undo()
    assert document.architecture.components["web"].x == -216
    assert collapsed.drawing.boundaries["vpc"].rect == (-288, -312, -80, -248)


def test_escape_puts_a_collapsed_boundary_back(collapsed: Canvas, hand: Hand) -> None:
    hand.start_drag(VPC_CARD, (0, 0))
    hand.key(Qt.Key.Key_Escape)
    hand.release((0, 0))
    assert collapsed.drawing.rects[fold_name("vpc")] == (-288, -312, -80, -248)


def test_what_is_dropped_on_it_is_refused_with_the_reason(
    canvas: Canvas, hand: Hand, document: Document, messages: list[str]
) -> None:
    canvas.commands.turn_fold("vpc")
    hand.drag(WORKER, VPC_CARD)
    assert messages[-1] == "Network is collapsed: expand it first."
    assert document.architecture.components["worker"].boundary is None
    hand.drag(WORKER, (0, -40))
    assert document.architecture.components["worker"].boundary is None, "nothing is there, as it is drawn"


def test_expanding_makes_room(hand: Hand, document: Document) -> None:
    hand.click(VPC_CONTROL)
    hand.drag(WORKER, (0, -40))
    hand.click((-96, -298))
    vpc, worker = document.architecture.boundaries["vpc"], document.architecture.components["worker"]
    outside = worker.x >= vpc.x + vpc.width or worker.y >= vpc.y + vpc.height
    assert outside and worker.boundary is None
    document.undo()
    assert document.architecture.components["worker"].x == -96


def test_what_is_folded_away_is_found_by_its_boundary(collapsed: Canvas, hand: Hand) -> None:
    collapsed.select(["web", "queue"])
    assert collapsed.selection().components == ("queue",) and collapsed.selection().boundaries == ("vpc",)
    seen = set()
    collapsed.select()
    while hand.key(Qt.Key.Key_Tab) and collapsed.selection():
        seen |= set(collapsed.selection().components)
    assert seen == {"users", "queue", "worker", "topic"}


def test_its_badge_counts_the_findings_within(canvas: Canvas, hand: Hand) -> None:
    canvas.show_analysis(analysis())
    labels = canvas.drawing.labels
    assert labels.findings("vpc", Collection.BOUNDARIES) == (Severity.INFO, 1)
    hand.click(VPC_CONTROL)
    assert labels.findings("vpc", Collection.BOUNDARIES) == (Severity.HIGH, 4)


def test_it_is_kept_in_the_file(collapsed: Canvas, document: Document) -> None:
    text = dumps(document.architecture)
    assert '"collapsed": true' in text
    again = loads(text, document.catalog)
    assert again == document.architecture
    other = Canvas(Document(document.catalog, again))
    assert other.drawing.components.keys() == collapsed.drawing.components.keys()


def test_arranging_takes_it_for_a_card(collapsed: Canvas, document: Document) -> None:
    edit = arranged(document.architecture, document.catalog, Direction.RIGHT)
    assert edit is not None
    before = document.architecture.components["web"].x - document.architecture.boundaries["vpc"].x
    document.do(edit)
    vpc, web = document.architecture.boundaries["vpc"], document.architecture.components["web"]
    assert (vpc.width, vpc.height) == (608, 448) and web.x - vpc.x == before
    rects = [collapsed.drawing.rects[key] for key in collapsed.drawing.components]
    card = collapsed.drawing.boundaries["vpc"].rect
    assert not any(r[0] < card[2] and card[0] < r[2] and r[1] < card[3] and card[1] < r[3] for r in rects)


def test_a_vpc_with_a_collapsed_tier_is_resized(canvas: Canvas, hand: Hand, document: Document) -> None:
    hand.click(TIER_CONTROL)
    hand.click((-200, -300))
    hand.drag((320, -88), (480, -88))
    boundaries = document.architecture.boundaries
    assert (boundaries["vpc"].width, boundaries["private"].width) == (768, 704), "open it keeps its distances"
    web, vpc = document.architecture.components["web"], boundaries["vpc"]
    share = (web.x + 96 - vpc.x) / vpc.width
    assert abs(share - (-216 + 96 + 288) / 608) < 0.01, "its content has gone along in its lane"
    assert canvas.drawing.boundaries["private"].rect[2] - canvas.drawing.boundaries["private"].rect[0] == 208


def test_one_inside_another_stays_collapsed(canvas: Canvas, hand: Hand, document: Document) -> None:
    hand.click(TIER_CONTROL)
    assert canvas.drawing.folds.components == {"web": "private", "db": "private"}
    hand.click(VPC_CONTROL)
    assert canvas.drawing.folds.components == dict.fromkeys(("web", "db", "entry"), "vpc")
    hand.click((-96, -298))
    assert canvas.drawing.folds.components == {"web": "private", "db": "private"}
    assert "entry-web" in canvas.drawing.wires.all and "web-db" not in canvas.drawing.wires.all
    private = document.architecture.boundaries["private"]
    document.do(Put(Boundary(id="more", kind="group", name="More", parent="private", x=private.x, y=private.y)))
    assert "more" not in canvas.drawing.boundaries


def test_making_space_takes_all_of_it_along(canvas: Canvas, hand: Hand, document: Document) -> None:
    canvas.commands.turn_fold("vpc")
    before = document.architecture.copy()
    hand.held = ALT | CONTROL | SHIFT
    hand.drag((-400, 40), (-320, 40))
    after = document.architecture
    for key in ("vpc", "private"):
        one, other = before.boundaries[key], after.boundaries[key]
        assert (other.x, other.width, other.height) == (one.x + 80, one.width, one.height)
    for key in ("entry", "web", "db"):
        assert after.components[key].x == before.components[key].x + 80
    document.undo()
    hand.drag((-60, -400), (20, -400))
    assert document.architecture.components["db"].x == before.components["db"].x, "what its card stands for stays"


def test_a_wire_to_it_is_neither_bent_nor_led_elsewhere(
    collapsed: Canvas, hand: Hand, document: Document, messages: list[str]
) -> None:
    points = collapsed.drawing.wires.points(collapsed.drawing.wires.all["users-entry"])
    middle = ((points[0][0] + points[1][0]) / 2, (points[0][1] + points[1][1]) / 2)
    hand.click(middle)
    assert collapsed.selection().connections == ("users-entry",) and collapsed.overlay.grips is None
    hand.drag(middle, (middle[0], middle[1] + 60))
    collapsed.start_reconnecting(1)
    assert "expand that first" in messages[-1] and collapsed.gesture is None
    assert steps(document) == 1, "nothing but the collapsing"


def test_corners_come_back_when_it_is_expanded(canvas: Canvas, hand: Hand, document: Document) -> None:
    via = ((-300, -208), (-300, -300), (-250, -300))
    document.do(Put(document.architecture.connections["users-entry"].with_(via=via)))
    hand.click(VPC_CONTROL)
    assert canvas.drawing.wires.all["users-entry"].via == ()
    hand.click((-96, -298))
    assert canvas.drawing.wires.all["users-entry"].via == via


def test_paths_light_it_up(collapsed: Canvas) -> None:
    collapsed.select(["users"])
    collapsed.tracing.toggle()
    drawing = collapsed.drawing
    assert not drawing.boundaries["vpc"].faded and drawing.components["queue"].faded


def told(canvas: Canvas) -> dict[str, object]:
    """All that is drawn, with its place."""
    drawing = canvas.drawing
    return {
        "components": {key: drawing.rects[key] for key in sorted(drawing.components)},
        "boundaries": {key: item.rect for key, item in sorted(drawing.boundaries.items())},
        "wires": {key: (wire.source, wire.target, wire.via) for key, wire in sorted(drawing.wires.all.items())},
    }


@pytest.mark.parametrize("seed", range(6))
def test_after_anything_the_drawing_is_what_a_new_one_would_be(
    canvas: Canvas, hand: Hand, document: Document, seed: int, qtbot: QtBot
) -> None:
    chance = random.Random(seed)

    def drag_something() -> None:
        key = chance.choice(sorted(canvas.drawing.boundaries.keys() | canvas.drawing.components.keys()))
        rect = canvas.drawing.rects[key] if key in canvas.drawing.components else canvas.drawing.boundaries[key].rect
        canvas.select()
        hand.drag((rect[0] + 50, rect[1] + 14), (chance.randrange(-600, 600), chance.randrange(-350, 350)))

    def delete_boundary() -> None:
        canvas.select(boundaries=[chance.choice(sorted(canvas.drawing.boundaries))])
        canvas.delete_selection()

    def fold_something() -> None:
        canvas.commands.turn_fold(chance.choice(sorted(document.architecture.boundaries)))

    for _ in range(14):
        things = [document.undo, document.redo, drag_something, drag_something]
        if canvas.drawing.boundaries:
            things += [fold_something, fold_something, fold_something, delete_boundary]
        chance.choice(things)()
        canvas.abandon()
        fresh = Canvas(Document(document.catalog, document.architecture.copy()))
        qtbot.addWidget(fresh)
        assert told(canvas) == told(fresh)


def test_hundreds_of_components_fold_at_once(catalog: Catalog, qtbot: QtBot) -> None:
    """Wires lead where they would in a new drawing, inside, outside and between what is folded away."""
    frames = [
        Boundary(id=key, kind="group", name=key, x=x, width=3000, height=2000) for key, x in (("a", 0), ("b", 4000))
    ]
    cards = [
        Component(id=f"{b.id}{n}", kind="ecs", name="S", boundary=b.id, x=b.x + 40 + n % 12 * 240, y=60 + n // 12 * 90)
        for b in frames
        for n in range(240)
    ]
    ends = [(f"a{n}", f"a{n * 7 % 240}") for n in range(1, 240)] + [(f"a{n}", f"b{n}") for n in range(0, 240, 6)]
    wires = [Connection(id=f"{one}-{two}", source=one, target=two, relation="calls") for one, two in ends if one != two]
    canvas = Canvas(Document(catalog, Architecture.of(Settings(), (*frames, *cards, *wires))))
    qtbot.addWidget(canvas)
    canvas.select(components=["a1"], connections=["a1-a7"])
    undo, redo = canvas.document.undo, canvas.document.redo

    def fold_a() -> None:
        canvas.commands.turn_fold("a")

    for act in (fold_a, lambda: canvas.commands.turn_fold("b"), fold_a, undo, undo, redo, undo, undo, redo):
        act()
        canvas.select()
        drawing = canvas.drawing
        fresh = Canvas(Document(catalog, canvas.document.architecture.copy()))
        qtbot.addWidget(fresh)
        assert told(canvas) == told(fresh)
        for key in sorted(drawing.wires.all)[::9]:
            one, other = drawing.wires, fresh.drawing.wires
            assert one.points(one.all[key]) == other.points(other.all[key])


@pytest.mark.parametrize("how", ["front", "forward", "backward", "back"])
def test_what_stands_beside_a_collapsed_boundary_changes_its_layer(
    collapsed: Canvas, document: Document, how: str
) -> None:
    before = {key: component.layer for key, component in document.architecture.components.items()}
    collapsed.select(["queue"])
    collapsed.arranging.reorder(how)
    after = {key: component.layer for key, component in document.architecture.components.items()}
    changed = {key for key in before if before[key] != after[key]}
    assert changed == ({"queue"} if how in ("front", "back") else set())
