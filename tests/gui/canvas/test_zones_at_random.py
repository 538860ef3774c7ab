"""Whatever is done to a VPC in whatever order: zones and places agree, bands lie on nothing, and nothing is lost."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from designer.catalog.catalog import Catalog
from designer.gui.canvas.canvas import Canvas
from designer.gui.document import Document
from designer.layout.boxes import Direction
from designer.layout.drawing import arranged
from designer.layout.relaning import relane
from designer.model.architecture import Architecture
from designer.model.edits import Put
from designer.model.entities import Component, Connection
from designer.storage.files import dumps, loads
from tests.gui.canvas.conftest import CONTROL, SHIFT, Hand, shown_canvas
from tests.gui.canvas.test_folding import told
from tests.gui.canvas.test_zones import band_end, three_lanes
from tests.layout.agreement import astray, clashes

ARROWS = (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down)
KINDS = ("ec2", "asg", "rds", "elb", "lambda", "sqs", "tier:private", "group", "vpc")
ZONES = (("a",), ("a", "b"), ("a", "b", "c"), ("b", "c"), ("a", "c"), ("a", "b", "c", "d"))
SIDES = ("align-left", "align-centre", "align-right", "align-top", "align-middle", "align-bottom")
ALIGNING = (*SIDES, "spread-across", "spread-down")
XS, YS = st.integers(-700, 700), st.integers(-420, 420)
LANES = st.sampled_from((-300, 0, 300))
ACTIONS = st.one_of(
    st.tuples(st.just("drag"), st.integers(0, 30), XS, YS),
    st.tuples(st.just("drag"), st.integers(0, 30), LANES, YS),
    st.tuples(st.just("reach"), st.integers(0, 30), LANES, st.integers(0, 1)),
    st.tuples(st.just("edge"), st.integers(0, 9), st.integers(-300, 300), st.integers(-200, 200)),
    st.tuples(st.just("title"), st.integers(0, 9), st.integers(-400, 400), st.integers(-200, 200)),
    st.tuples(st.just("nudge"), st.integers(0, 30), st.integers(0, 3), st.integers(1, 12)),
    st.tuples(st.just("drop"), st.integers(0, len(KINDS) - 1), XS, YS),
    st.tuples(st.just("fold"), st.integers(0, 9), st.just(0), st.just(0)),
    st.tuples(st.just("duplicate"), st.integers(0, 30), st.just(0), st.just(0)),
    st.tuples(st.just("zones"), st.integers(0, 30), st.integers(0, 2), st.just(0)),
    st.tuples(st.just("into"), st.integers(0, 30), st.integers(0, 9), st.just(0)),
    st.tuples(st.just("relane"), st.integers(0, 9), st.integers(0, 5), st.just(0)),
    st.tuples(st.just("arrange"), st.integers(0, 30), st.integers(0, 30), st.just(0)),
    st.tuples(st.just("align"), st.integers(0, 30), st.integers(0, 30), st.integers(0, 7)),
    st.tuples(st.just("delete"), st.integers(0, 30), st.just(0), st.just(0)),
    st.tuples(st.just("undo"), st.just(0), st.just(0), st.just(0)),
    st.tuples(st.just("redo"), st.just(0), st.just(0), st.just(0)),
)


def crowded() -> Architecture:
    """The VPC of three lanes with more in it, and wires among all of it."""
    made = three_lanes()
    for key, home, zone, x, y in (
        ("s0", "two", "a", -396, 34),
        ("s1", "two", "b", -96, 34),
        ("s2", "vpc", "c", 204, 40),
    ):
        made.apply(Put(Component(id=key, kind="ec2", name=key, boundary=home, zones=(zone,), x=x, y=y)))
    made.apply(Put(Connection(id="w1", source="web", target="s1", relation="calls")))
    made.apply(Put(Connection(id="w2", source="server", target="s2", relation="calls")))
    return made


@pytest.fixture
def document(catalog: Catalog) -> Document:
    return Document(catalog, crowded())


@pytest.fixture
def canvas(document: Document, qtbot: QtBot) -> Iterator[Canvas]:
    yield from shown_canvas(document, qtbot, 1500, 900)


class Player:
    """Does one thing after the other to a canvas, by mouse and keys; what is not there is passed over."""

    def __init__(self, canvas: Canvas, hand: Hand) -> None:
        self.canvas = canvas
        self.hand = hand

    def do(self, name: str, number: int, one: int, two: int) -> None:
        """One of the things below by its name."""
        way: Callable[[int, int, int], None] = getattr(self, f"_{name}")
        way(number, one, two)

    def _card(self, number: int) -> str | None:
        keys = sorted(self.canvas.drawing.components)
        return keys[number % len(keys)] if keys else None

    def _frame(self, number: int) -> str | None:
        keys = sorted(self.canvas.drawing.boundaries)
        return keys[number % len(keys)] if keys else None

    def _drag(self, number: int, x: int, y: int) -> None:
        key = self._card(number)
        if key is not None:
            left, top, right, bottom = self.canvas.drawing.rects[key]
            self.canvas.select()
            self.hand.drag(((left + right) / 2, (top + bottom) / 2), (x, y))

    def _reach(self, number: int, x: int, end: int) -> None:
        keys = [key for key in sorted(self.canvas.drawing.components) if self.canvas.drawing.bands.band(key)]
        if keys:
            key = keys[number % len(keys)]
            self.canvas.select([key])
            at = band_end(self.canvas, key, end)
            self.hand.drag(at, (x, at[1]))

    def _edge(self, number: int, dx: int, dy: int) -> None:
        key = self._frame(number)
        if key is not None:
            self.canvas.select(boundaries=[key])
            _left, _top, right, bottom = self.canvas.drawing.boundaries[key].rect
            self.hand.drag((right, bottom), (right + dx, bottom + dy))

    def _title(self, number: int, dx: int, dy: int) -> None:
        key = self._frame(number)
        if key is not None:
            self.canvas.select()
            left, top, _right, _bottom = self.canvas.drawing.boundaries[key].rect
            self.hand.drag((left + 50, top + 12), (left + 50 + dx, top + 12 + dy))

    def _nudge(self, number: int, way: int, times: int) -> None:
        key = self._card(number)
        if key is not None:
            self.canvas.select([key])
            for _ in range(times):
                self.hand.key(ARROWS[way], SHIFT if times % 2 else Qt.KeyboardModifier.NoModifier)

    def _drop(self, kind: int, x: int, y: int) -> None:
        if self.hand.drag_in(KINDS[kind], (x, y)):
            self.hand.held = SHIFT
            self.hand.drop((x, y))
            self.hand.held = Qt.KeyboardModifier.NoModifier

    def _fold(self, number: int, _x: int, _y: int) -> None:
        key = self._frame(number)
        if key is not None:
            self.canvas.commands.turn_fold(key)

    def _duplicate(self, number: int, _x: int, _y: int) -> None:
        key = self._card(number)
        if key is not None and len(self.canvas.drawing.components) < 20:
            self.canvas.select([key])
            self.hand.key(Qt.Key.Key_D, CONTROL)

    def _zones(self, number: int, choice: int, _y: int) -> None:
        key = self._card(number)
        if key is None:
            return
        self.canvas.select([key])
        menu = self.canvas.zones.made(self.canvas)
        if menu is not None:
            actions = [action for action in menu.actions() if action.isEnabled() and not action.isSeparator()]
            if actions:
                actions[choice % len(actions)].trigger()
            menu.deleteLater()

    def _into(self, number: int, home: int, _y: int) -> None:
        key, frame = self._card(number), self._frame(home)
        if key is not None:
            self.canvas.select([key])
            self.canvas.commands.move_into(frame)

    def _delete(self, number: int, _x: int, _y: int) -> None:
        key = self._card(number)
        if key is not None:
            self.canvas.select([key])
            self.hand.key(Qt.Key.Key_Delete)

    def _relane(self, number: int, choice: int, _y: int) -> None:
        document = self.canvas.document
        vpcs = sorted(key for key, each in document.architecture.boundaries.items() if each.kind == "vpc")
        if vpcs:
            batch = relane(document.architecture, document.catalog, [vpcs[number % len(vpcs)]], ZONES[choice])
            self.canvas.do(batch)

    def _arrange(self, one: int, other: int, _y: int) -> None:
        document, keys = self.canvas.document, [key for key in (self._card(one), self._card(other)) if key is not None]
        batch = arranged(document.architecture, document.catalog, Direction.RIGHT, keys)
        if batch is not None:
            self.canvas.do(batch)

    def _align(self, one: int, other: int, how: int) -> None:
        self.canvas.select([key for key in (self._card(one), self._card(other)) if key is not None])
        self.canvas.arranging.arrange(ALIGNING[how])

    def _undo(self, _n: int, _x: int, _y: int) -> None:
        self.canvas.document.undo()

    def _redo(self, _n: int, _x: int, _y: int) -> None:
        self.canvas.document.redo()


@pytest.mark.timeout(240)
@given(actions=st.lists(ACTIONS, min_size=1, max_size=12))
@settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_zones_and_places_agree_whatever_is_done(
    canvas: Canvas, hand: Hand, actions: list[tuple[str, int, int, int]], qtbot: QtBot
) -> None:
    document = canvas.document
    document.replace(crowded(), None)
    canvas.viewpoint.centre((0, 0))
    player, catalog = Player(canvas, hand), document.catalog
    start = document.architecture.copy()
    for action in actions:
        player.do(*action)
        canvas.abandon()
        now = document.architecture
        assert not astray(now, catalog)
        assert not clashes(now, catalog)
        assert loads(dumps(now), catalog) == now
        for key, component in now.components.items():
            if key in canvas.drawing.components:
                assert canvas.drawing.rects[key][:2] == (component.x, component.y)
    fresh = Canvas(Document(catalog, document.architecture.copy()))
    qtbot.addWidget(fresh)
    assert told(canvas) == told(fresh)
    while document.history.undo_label is not None:
        document.undo()
    assert document.architecture == start
