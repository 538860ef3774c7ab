"""What a large drawing takes of memory, in bytes that Python's allocator was asked for: the same in every run."""

from __future__ import annotations

import gc
import tracemalloc
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtGui import QPixmap
from pytestqt.qtbot import QtBot

from designer.catalog.catalog import Catalog
from designer.gui.canvas.canvas import Canvas
from designer.gui.document import Document
from designer.gui.kept_pictures import KeptPictures
from designer.storage.reader import loads
from designer.storage.writer import dumps
from tests.bench.canvas.graph import make_graph
from tests.bench.canvas.own import drawing_of
from tests.bench.large_drawings import cells

FEW, MANY = 200, 800
"""What one more component takes is told from two sizes: what every drawing takes, however small, is left out."""

Step = Callable[[], object]
Prepare = Callable[[int], Step]


@pytest.fixture
def traced() -> Iterator[None]:
    """Everything that is asked for meanwhile is counted."""
    tracemalloc.start(1)
    yield
    tracemalloc.stop()


def kept(step: Step) -> int:
    """The bytes that are kept with what a step gives."""
    gc.collect()
    before, _peak = tracemalloc.get_traced_memory()
    made = step()
    gc.collect()
    after, _peak = tracemalloc.get_traced_memory()
    del made
    return after - before


def of_a_component(prepare: Prepare) -> float:
    """What a step, prepared for a number of components, keeps for one more of them."""
    # What is made once, for all that come after, is made here.
    kept(prepare(FEW))
    few, many = (kept(prepare(size)) for size in (FEW, MANY))
    return (many - few) / (MANY - FEW)


@pytest.mark.usefixtures("traced")
def test_a_component_of_a_file_takes_little(catalog: Catalog) -> None:
    """With 1.1 wires, without a second copy of the ids and kinds that it names."""
    texts = {size: dumps(cells(size)) for size in (FEW, MANY)}
    assert of_a_component(lambda size: lambda: loads(texts[size], catalog)) < 850


@pytest.mark.usefixtures("traced")
def test_a_copy_of_a_document_takes_next_to_nothing() -> None:
    """One is made for every analysis and every export: only tables are copied."""
    drawings = {size: drawing_of(make_graph(size)) for size in (FEW, MANY)}
    assert of_a_component(lambda size: drawings[size].copy) < 130


@pytest.fixture
def shown(catalog: Catalog, qtbot: QtBot) -> Callable[[int], Canvas]:
    """Makes canvases with so many components, and 1.5 wires for each."""
    drawings = {size: drawing_of(make_graph(size)) for size in (FEW, MANY)}

    def show(size: int) -> Canvas:
        canvas = Canvas(Document(catalog, drawings[size]))
        qtbot.addWidget(canvas)
        canvas.resize(800, 600)
        return canvas

    return show


@pytest.mark.usefixtures("traced")
def test_a_component_on_the_canvas_takes_little(shown: Callable[[int], Canvas]) -> None:
    """With its wires, and all that the canvas knows of them before they were looked at."""
    assert of_a_component(lambda size: lambda: shown(size)) < 2_100


@pytest.mark.usefixtures("traced")
def test_what_is_out_of_sight_is_not_worked_out(shown: Callable[[int], Canvas]) -> None:
    """Looking at a part of a large drawing takes no more memory than looking at a part of a small one."""

    def prepare(size: int) -> Step:
        canvas = shown(size)
        return lambda: canvas.grab()

    assert of_a_component(prepare) < 60


@pytest.mark.usefixtures("traced")
def test_a_component_seen_from_afar_takes_little(shown: Callable[[int], Canvas]) -> None:
    """The lines of its wires, and where on its sides they start and end."""

    def prepare(size: int) -> Step:
        canvas = shown(size)
        canvas.zoom_to_fit()
        return lambda: canvas.grab()

    assert of_a_component(prepare) < 700


def test_zooming_keeps_few_pictures(shown: Callable[[int], Canvas]) -> None:
    """Each zoom has cards of its own, which close up take a megabyte each: those of zooms gone by are dropped."""
    canvas, most = shown(FEW), 0
    for step in range(40):
        canvas.zoom_to(2 + step / 20)
        canvas.grab()
        kept = [picture for made in canvas.drawing.cards._by_frame.values() for picture in made.values()]
        most = max(most, sum(picture.width() * picture.height() * 4 for picture in kept))
    assert 2**20 < most <= 32 * 2**20


@pytest.mark.usefixtures("qapp")
def test_pictures_used_longest_ago_go_first() -> None:
    made: list[str] = []

    def draw(key: str) -> QPixmap:
        made.append(key)
        return QPixmap(10, 10)

    one = QPixmap(10, 10).depth() * 10 * 10 // 8
    pictures = KeptPictures(2 * one)
    for key in ("a", "b", "a", "c", "a", "b"):
        assert pictures.get(key, lambda key=key: draw(key)).width() == 10  # type: ignore[misc]
        assert pictures.size <= 2 * one
    assert made == ["a", "b", "c", "b"]
    pictures.clear()
    assert pictures.size == 0


@pytest.mark.usefixtures("qapp")
def test_a_picture_larger_than_all_may_take_is_kept_alone() -> None:
    pictures = KeptPictures(10)
    small = pictures.get("small", lambda: QPixmap(1, 1))
    large = pictures.get("large", lambda: QPixmap(100, 100))
    assert pictures.get("large", lambda: QPixmap(5, 5)).cacheKey() == large.cacheKey()
    assert pictures.get("small", lambda: QPixmap(1, 1)).cacheKey() != small.cacheKey()
