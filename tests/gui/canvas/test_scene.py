"""The scene says what the document says, after any edits and undos; wires worked on from moves are as if made new."""

from __future__ import annotations

import random

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from designer.analysis.findings import Analysis, CouplingResult, Finding, Severity, WireCoupling
from designer.catalog.catalog import Catalog, load_catalog
from designer.catalog.entries import Strength, Style
from designer.gui.canvas.canvas import Canvas
from designer.gui.canvas.cards import State
from designer.gui.canvas.hit_test import innermost
from designer.gui.canvas.labels import Labels
from designer.gui.canvas.level_of_detail import Frame
from designer.gui.canvas.look import Look
from designer.gui.canvas.metrics import CARD_HEIGHT, CARD_WIDTH, boundary_rect, card_rect, overlaps
from designer.gui.canvas.placement import Frames
from designer.gui.canvas.scene import Scene
from designer.gui.canvas.wire import Wire, WireStyle
from designer.gui.canvas.wire_ports import allot
from designer.gui.canvas.wires import Wires
from designer.gui.document import Document
from designer.gui.theme import load_theme
from designer.model import operations
from designer.model.architecture import Architecture
from designer.model.entities import Boundary, Collection
from tests.bench.canvas.graph import make_graph
from tests.bench.canvas.own import drawing_of
from tests.gui.canvas.conftest import architecture


def assert_same(scene: Scene, document: Document) -> None:
    """Everything drawn is as in the document, and nothing else is drawn."""
    model = document.architecture
    assert scene.components.keys() == model.components.keys() == scene.rects.keys()
    for key, component in model.components.items():
        item = scene.components[key]
        assert (item.name, item.kind) == (component.name, component.kind)
        assert scene.rects[key] == card_rect(component.x, component.y)
        assert key in scene.components_in(scene.rects[key])
    assert scene.boundaries.keys() == model.boundaries.keys()
    for key, boundary in model.boundaries.items():
        assert scene.boundaries[key].rect == boundary_rect(boundary)
        assert scene.boundaries[key].depth == len(model.boundaries_around(key))
    assert_boundaries_found(scene)
    assert scene.wires.all.keys() == model.connections.keys()
    for key, connection in model.connections.items():
        wire = scene.wires.all[key]
        assert (wire.source, wire.target) == (connection.source, connection.target)


def assert_boundaries_found(scene: Scene) -> None:
    """What is near a place is found as if all boundaries were looked at, the upper ones and the newer ones last."""
    frames = Frames(scene.labels.architecture)
    for left, top, right, bottom in [each.rect for each in scene.boundaries.values()]:
        for rect in ((left, top, right, bottom), (left - 9, top - 9, left - 9, top - 9), (right, top, right + 40, top)):
            near = [each for each in scene.boundaries.values() if overlaps(each.rect, rect)]
            assert scene.boundaries_in(rect) == sorted(near, key=lambda each: each.height)
        middle = (left + CARD_WIDTH / 2, top + CARD_HEIGHT / 2)
        around = ((each.entity.id, each.rect, each.height) for each in scene.boundaries.values())
        assert frames.around_component(left, top) == innermost(middle, around)


def assert_wires_as_new(scene: Scene) -> None:
    """Incremental work on wires gives what working on all of them anew gives."""
    fresh = Wires(scene.rects, scene.components_in)
    for wire in scene.wires.all.values():
        fresh.add(Wire(wire.key, wire.source, wire.target, wire.style, wire.label, wire.via, wire.kind))
    for wires in (scene.wires, fresh):
        # What is learnt late of one wire may lead another one elsewhere, once.
        for wire in [*wires.all.values()] * 2:
            wires.complete(wire)
    for key, wire in scene.wires.all.items():
        assert scene.wires.points(wire) == fresh.points(fresh.all[key]), key
        assert scene.wires.line(wire) == fresh.line(fresh.all[key]), key
    scene.wires.far.refresh()
    fresh.far.refresh()
    known = scene.wires.far.blocks
    assert {role: len(block) for role, block in known.items() if len(block)} == {
        role: len(block) for role, block in fresh.far.blocks.items()
    }
    for role, block in fresh.far.blocks.items():
        for key in scene.wires.all:
            assert (key in block) == (key in known[role])
            assert key not in block or block.record(key) == known[role].record(key)


class Session(RuleBasedStateMachine):
    """A person edits at random while the scene follows."""

    @initialize()
    def open(self) -> None:
        self.catalog = load_catalog()
        self.document = Document(self.catalog, architecture())
        labels = Labels(self.document.architecture, self.catalog)
        self.scene = Scene(labels, Look(load_theme("light")), self.document)
        self.scene.load(labels)
        self.document.changed.connect(self.scene.apply)

    def component(self, data: st.DataObject) -> str:
        return data.draw(st.sampled_from(sorted(self.document.architecture.components)))

    @property
    def has_components(self) -> bool:
        return len(self.document.architecture.components) > 1

    @rule(kind=st.sampled_from(["sqs", "lambda", "rds", "elb"]), x=st.integers(-900, 900), y=st.integers(-900, 900))
    def add(self, kind: str, x: int, y: int) -> None:
        made = operations.new_component(self.document.architecture, kind, kind.upper(), (x, y))
        self.document.do(operations.add(made, "Add"))

    @precondition(lambda self: self.has_components)
    @rule(data=st.data(), dx=st.integers(-300, 300), dy=st.integers(-300, 300), count=st.integers(1, 4))
    def move(self, data: st.DataObject, dx: int, dy: int, count: int) -> None:
        model = self.document.architecture
        keys = {self.component(data) for _ in range(count)}
        places = {key: (model.components[key].x + dx, model.components[key].y + dy) for key in keys}
        before = {key: self.scene.rects[key] for key in keys}
        self.scene.move(((key, x + 3, y + 5) for key, (x, y) in places.items()), live=True)
        self.scene.move(((key, *place) for key, place in places.items()), live=True)
        self.document.do(operations.move(model, {Collection.COMPONENTS: places}))
        self.scene.settle(before)

    @precondition(lambda self: self.has_components)
    @rule(data=st.data())
    def connect(self, data: st.DataObject) -> None:
        one, other = self.component(data), self.component(data)
        kinds = self.document.architecture.components
        relations = self.catalog.relations_between(kinds[one].kind, kinds[other].kind)
        if relations:
            self.document.do(operations.connect(self.document.architecture, one, other, relations[0].id))

    @precondition(lambda self: self.has_components)
    @rule(data=st.data())
    def delete(self, data: st.DataObject) -> None:
        self.document.do(operations.delete(self.document.architecture, {Collection.COMPONENTS: [self.component(data)]}))

    @precondition(lambda self: self.has_components)
    @rule(data=st.data(), name=st.sampled_from(["Web", "Orders", "Élan", "a b c"]))
    def rename(self, data: st.DataObject, name: str) -> None:
        self.document.do(operations.rename(self.document.architecture, self.component(data), name))

    @rule(x=st.integers(-900, 900), y=st.integers(-900, 900), number=st.integers(0, 3))
    def put_boundary(self, x: int, y: int, number: int) -> None:
        boundary = Boundary(id=f"box-{number}", kind="group", name=f"Box {number}", x=x, y=y)
        self.document.do(operations.add(boundary, "Add"))

    @rule(data=st.data())
    def delete_boundary(self, data: st.DataObject) -> None:
        boundaries = sorted(self.document.architecture.boundaries)
        if boundaries:
            key = data.draw(st.sampled_from(boundaries))
            self.document.do(operations.delete(self.document.architecture, {Collection.BOUNDARIES: [key]}))

    @rule()
    def undo(self) -> None:
        self.document.undo()

    @rule()
    def redo(self) -> None:
        self.document.redo()

    @invariant()
    def drawn_as_said(self) -> None:
        if hasattr(self, "scene"):
            assert_same(self.scene, self.document)
            assert_wires_as_new(self.scene)


@pytest.mark.usefixtures("qapp")
def test_random_sessions() -> None:
    run_state_machine_as_test(Session, settings=settings(max_examples=25, stateful_step_count=20, deadline=None))


def test_moving_many_at_once_is_as_moving_each(canvas: Canvas, document: Document) -> None:
    for number in range(240):
        kind = ("sqs", "lambda")[number % 2]
        made = operations.new_component(
            document.architecture, kind, f"c{number}", (number % 20 * 240, number // 20 * 120)
        )
        document.do(operations.add(made, "Add"))
    keys = sorted(document.architecture.components)
    queues = [key for key in keys if document.architecture.components[key].kind == "sqs"]
    functions = [key for key in keys if document.architecture.components[key].kind == "lambda"]
    for one, other in zip(queues, functions, strict=False):
        document.do(operations.connect(document.architecture, one, other, "triggers"))
    scene = canvas.drawing
    for wire in scene.wires.all.values():
        scene.wires.points(wire)
    scene.move([(key, scene.rects[key][0] + 16 * (index % 7), scene.rects[key][1]) for index, key in enumerate(keys)])
    assert_wires_as_new(scene)


def test_ports_of_neighbours_follow(canvas: Canvas) -> None:
    scene = canvas.drawing
    before = {key: scene.wires.points(wire) for key, wire in scene.wires.all.items()}
    scene.move([("users", -240, 320)])
    after = {key: scene.wires.points(wire) for key, wire in scene.wires.all.items()}
    assert before["entry-web"] != after["entry-web"], "the entry's lower side is shared now"
    assert before["web-db"] == after["web-db"]


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize("seed", range(6))
def test_ports_keep_up_with_any_drag(seed: int, catalog: Catalog) -> None:
    chance = random.Random(seed)
    document = Document(catalog, drawing_of(make_graph(48)))
    labels = Labels(document.architecture, catalog)
    scene = Scene(labels, Look(load_theme("light")), document)
    scene.load(labels)
    keys = sorted(scene.components)
    for wire in scene.wires.all.values():
        scene.wires.points(wire)
    for _ in range(25):
        dragged = chance.sample(keys, chance.choice((1, 1, 2, 5)))
        before = {key: scene.rects[key] for key in dragged}
        far, together, by_hand = chance.choice((8, 60, 700)), chance.random() < 0.5, chance.random() < 0.7
        for _ in range(4 if by_hand else 1):
            offset = chance.randrange(-far, far + 1, 8), chance.randrange(-far, far + 1, 8)
            places = []
            for key in dragged:
                dx, dy = (
                    offset if together else (chance.randrange(-far, far + 1, 8), chance.randrange(-far, far + 1, 8))
                )
                places.append((key, scene.rects[key][0] + dx, scene.rects[key][1] + dy))
            scene.move(places, live=by_hand)
        if by_hand:
            scene.settle(before)
        for component, rect in scene.rects.items():
            wires = [scene.wires.all[key] for key in scene.wires.of(component)]
            for wire, end, place, bundle in allot(component, rect, wires, scene.rects):
                assert wire.ends[end] == place and (end == 1 or wire.bundle == bundle)


def test_parallel_wires_have_ports_of_their_own(canvas: Canvas, document: Document) -> None:
    for _ in range(3):
        document.do(operations.connect(document.architecture, "queue", "worker", "triggers"))
    wires = canvas.drawing.wires
    paths = [wires.points(wires.all[key]) for key in ("queue-worker", "queue-worker-2", "queue-worker-3")]
    assert len({path[0] for path in paths}) == len({path[-1] for path in paths}) == 3


def coupling(style: Style, strength: Strength, tightness: int) -> WireCoupling:
    return WireCoupling(style=style, strength=strength, tightness=tightness)


def analysis() -> Analysis:
    finding = {"rule": "r", "title": "t", "message": "m"}
    return Analysis(
        findings=(
            Finding(severity=Severity.LOW, components=("web", "db"), **finding),
            Finding(severity=Severity.HIGH, components=("web",), connections=("web-db",), **finding),
            Finding(severity=Severity.INFO, boundaries=("vpc",), **finding),
        ),
        flows=(),
        coupling=CouplingResult(
            wires={
                "web-db": coupling(Style.SYNC, Strength.HARD, 4),
                "entry-web": coupling(Style.ASYNC, Strength.HARD, 1),
                "users-entry": coupling(Style.SYNC, Strength.SOFT, 1),
            }
        ),
    )


def test_analysis_sets_badges_and_wire_styles(canvas: Canvas) -> None:
    canvas.show_analysis(analysis())
    labels, wires = canvas.drawing.labels, canvas.drawing.wires.all
    assert labels.findings("web") == (Severity.HIGH, 2)
    assert labels.findings("db") == (Severity.LOW, 1)
    assert labels.findings("vpc", Collection.BOUNDARIES) == (Severity.INFO, 1) and labels.findings("vpc") is None
    assert labels.boundary_name("vpc") == "Network, VPC, 1 finding"
    assert labels.component_name("web") == "Web, Auto Scaling group, 2 findings"
    assert wires["web-db"].style == WireStyle("wire", 2, False)
    assert wires["entry-web"].style == WireStyle("wire-async", 0, True)
    assert wires["users-entry"].style == WireStyle("wire-soft", 0, False, hard=False)
    canvas.show_analysis(None)
    assert labels.findings("web") is None
    assert wires["web-db"].style == WireStyle("wire", 1, False)


def test_witness_lights_and_dims(canvas: Canvas) -> None:
    canvas.show_witness(["users", "users-entry", "entry", "vpc"])
    scene = canvas.drawing
    assert scene.components["users"].state is State.WITNESS and not scene.components["users"].faded
    assert scene.components["web"].faded and scene.boundaries["private"].faded and not scene.boundaries["vpc"].faded
    assert scene.wire_layer.role(scene.wires.all["users-entry"]) == "witness"
    assert scene.wire_layer.role(scene.wires.all["web-db"]).endswith("-dim")
    canvas.show_witness([])
    assert not scene.components["web"].faded
    assert scene.wire_layer.role(scene.wires.all["web-db"]) == "wire"


def test_another_document_replaces_everything(canvas: Canvas, document: Document) -> None:
    canvas.select(["web"])
    canvas.show_witness(["web"])
    seen: list[object] = []
    canvas.selection_changed.connect(seen.append)
    document.replace(Architecture(), None)
    assert_same(canvas.drawing, document)
    assert not canvas.selection() and len(seen) == 1
    document.replace(architecture(), None)
    assert_same(canvas.drawing, document)
    content = canvas.drawing.content()
    assert content is not None and canvas.viewpoint.visible()[0] <= content[0]


def test_key_facts_follow_properties_and_wires(canvas: Canvas, document: Document) -> None:
    item = canvas.drawing.components["web"]
    first = item.texts()
    document.do(operations.set_property(document.architecture, Collection.COMPONENTS, ["web"], "min", 4))
    assert item.texts() is not first and "4-" in item.texts().key[2]
    second = item.texts()
    document.do(operations.move(document.architecture, {Collection.COMPONENTS: {"web": (0, 0)}}))
    assert item.texts() is second, "a mere move lays no text out again"


def test_zones_are_shown_for_what_stands_in_zones(canvas: Canvas) -> None:
    assert canvas.drawing.labels.zones("web") == ("a", "b")
    assert canvas.drawing.labels.zones("queue") == ()


def test_levels_of_detail() -> None:
    levels = [Frame(zoom).level.name for zoom in (0.1, 0.22, 0.54, 0.55, 3)]
    assert levels == ["FAR", "MID", "MID", "NEAR", "NEAR"]
