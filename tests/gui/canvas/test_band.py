"""The rubber band looks only at what its edges pass over, and takes what it would take if it looked at everything."""

from __future__ import annotations

import random
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QPoint
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from designer.catalog.catalog import Catalog, load_catalog
from designer.gui.canvas.canvas import Canvas
from designer.gui.canvas.emphasis import DRAWN
from designer.gui.canvas.gestures.rubber_band import Taken
from designer.gui.canvas.labels import Labels
from designer.gui.canvas.look import Look
from designer.gui.canvas.metrics import Rect
from designer.gui.canvas.scene import Scene
from designer.gui.document import Document
from designer.gui.theme import load_theme
from designer.model import operations
from designer.model.entities import Collection
from tests.bench.canvas.graph import make_graph
from tests.bench.canvas.own import drawing_of
from tests.gui.canvas.conftest import SHIFT, Hand, shown_canvas

_SIZE = 64


@pytest.fixture
def document(catalog: Catalog) -> Document:
    """Sixty-four components, every other sixteen of them in a VPC, and wires that cross all of it."""
    return Document(catalog, drawing_of(make_graph(_SIZE)))


@pytest.fixture(scope="module")
def scene(qapp: object) -> Iterator[Scene]:  # noqa: ARG001 - pictures need an application
    catalog = load_catalog()
    document = Document(catalog, drawing_of(make_graph(_SIZE)))
    labels = Labels(document.architecture, catalog)
    made = Scene(labels, Look(load_theme("light")), document)
    made.load(labels)
    # Some wires were looked at and run around things, some never were.
    for number, wire in enumerate(made.wires.all.values()):
        if number % 2:
            made.wires.points(wire)
    yield made


def _bands(area: Rect) -> st.SearchStrategy[list[tuple[Rect, bool]]]:
    xs, ys = st.integers(int(area[0]) - 50, int(area[2]) + 50), st.integers(int(area[1]) - 50, int(area[3]) + 50)
    band = st.tuples(xs, ys, xs, ys).map(lambda of: (min(of[0], of[2]), min(of[1], of[3]), *_largest(of)))
    return st.lists(st.tuples(band, st.booleans()), min_size=2, max_size=6)


def _largest(of: tuple[int, int, int, int]) -> tuple[int, int]:
    return max(of[0], of[2]), max(of[1], of[3])


@settings(deadline=None, max_examples=150)
@given(data=st.data())
def test_a_band_that_is_stretched_takes_what_a_new_one_would(scene: Scene, data: st.DataObject) -> None:
    content = scene.content()
    assert content is not None
    (first, *others) = data.draw(_bands(content))
    taken = Taken(scene, *first)
    for band, enclosing in others:
        before = {each: set(taken.things[each]) for each in DRAWN}
        turned = taken.stretch(band, enclosing)
        assert taken.things == Taken(scene, band, enclosing).things
        assert turned == {each: before[each] ^ taken.things[each] for each in DRAWN}


@pytest.mark.parametrize("shift", [False, True])
def test_ways_and_detours_of_the_pointer_do_not_matter(canvas: Canvas, hand: Hand, shift: bool) -> None:
    canvas.zoom_to_fit()
    canvas.select(["c3", "c60"], ["w5"])
    chance = random.Random(7)
    start, end = QPoint(400, 300), QPoint(1000, 620)
    way = [QPoint(chance.randrange(40, 1360), chance.randrange(40, 760)) for _ in range(12)]

    def taken(by: list[QPoint]) -> object:
        canvas.select(["c3", "c60"], ["w5"])
        places = [(at.x(), at.y()) for at in (canvas.mapToScene(each) for each in (start, *by, end))]
        hand.held = SHIFT if shift else hand.held
        hand.press(places[0])
        for at in places[1:]:
            hand.move(at)
        hand.release(places[-1])
        return canvas.selection()

    straight = taken([])
    assert canvas.selection().components and canvas.selection().connections
    assert taken(way) == straight
    assert ("w5" in canvas.selection().connections) or not shift


def test_the_far_picture_follows_selection_and_edits(canvas: Canvas, document: Document, qtbot: QtBot) -> None:
    chance = random.Random(3)
    canvas.zoom_to(0.15)
    model = document.architecture
    for turn in range(12):
        keys = chance.sample(sorted(model.components), 20)
        wires = chance.sample(sorted(model.connections), 20)
        canvas.select(keys, wires, chance.sample(sorted(model.boundaries), 1))
        _picture(canvas)
        if turn % 3 == 0:
            document.do(operations.move(model, {Collection.COMPONENTS: dict.fromkeys(keys[:3], (turn * 40, 80))}))
        elif turn % 3 == 1:
            document.do(operations.delete(model, {Collection.COMPONENTS: keys[:2]}))
        else:
            document.undo()
        selection = canvas.selection()
        fresh = next(shown_canvas(document, qtbot, canvas.width(), canvas.height()))
        fresh.zoom_to(0.15)
        fresh.viewpoint.centre((0, 0))
        canvas.viewpoint.centre((0, 0))
        fresh.select(selection.components, selection.connections, selection.boundaries)
        assert _picture(canvas) == _picture(fresh), turn
        fresh.close()


def _picture(canvas: Canvas) -> QImage:
    return canvas.viewport().grab().toImage()
