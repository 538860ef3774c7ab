"""A drawing that fills the view goes on filling it when the window changes its size, until somebody works in it."""

from __future__ import annotations

from typing import Any

import pytest

from designer.gui.canvas.canvas import Canvas
from designer.gui.canvas.metrics import SMALLEST_ZOOM, contains
from designer.gui.document import Document
from designer.model import operations
from designer.model.entities import Collection
from tests.gui.canvas.conftest import CONTROL, Hand


def test_a_fitted_drawing_is_fitted_again_when_the_view_grows(canvas: Canvas) -> None:
    canvas.resize(500, 400)
    canvas.zoom_to_fit()
    small = canvas.zoom
    canvas.resize(1400, 1000)
    assert canvas.zoom > small
    content = canvas.drawing.content()
    assert content is not None
    assert contains(canvas.viewpoint.visible(), content)


def test_a_view_that_somebody_zoomed_stays_as_it_is(canvas: Canvas) -> None:
    canvas.resize(500, 400)
    canvas.zoom_to_fit()
    canvas.zoom_in()
    chosen = canvas.zoom
    canvas.resize(1400, 1000)
    assert canvas.zoom == chosen


def test_a_view_in_which_somebody_works_stays_as_it_is(canvas: Canvas, hand: Any) -> None:
    canvas.resize(500, 400)
    canvas.zoom_to_fit()
    fitted = canvas.zoom
    content = canvas.drawing.content()
    assert content is not None
    hand.press((content[0] - 5, content[1] - 5))
    hand.release((content[0] - 5, content[1] - 5))
    canvas.resize(1400, 1000)
    assert canvas.zoom == fitted


@pytest.fixture
def wide(canvas: Canvas, document: Document) -> Canvas:
    """A canvas whose drawing is larger than the view at the smallest zoom that is of use else."""
    document.do(operations.move(document.architecture, {Collection.COMPONENTS: {"db": (90_000, -70_000)}}))
    return canvas


def test_a_drawing_of_any_size_is_fitted_whole(wide: Canvas) -> None:
    wide.zoom_to_fit()
    content = wide.drawing.content()
    assert content is not None and wide.zoom < SMALLEST_ZOOM
    assert contains(wide.viewpoint.visible(), content)


def test_the_wheel_goes_as_far_as_all_is_seen_and_never_the_other_way(wide: Canvas, hand: Hand) -> None:
    zooms: list[float] = []
    wide.zoom_to_fit()
    furthest = wide.zoom
    wide.zoom_changed.connect(zooms.append)
    hand.wheel((0, 0), -480, held=CONTROL)
    assert wide.zoom == furthest and not zooms
    for _ in range(6):
        hand.wheel((0, 0), 240, held=CONTROL)
    for _ in range(20):
        hand.wheel((0, 0), -480, held=CONTROL)
    assert wide.zoom == pytest.approx(furthest)


def test_steps_go_there_and_back(wide: Canvas) -> None:
    wide.zoom_to(1.0)
    for _ in range(12):
        wide.zoom_out()
    furthest = wide.zoom
    wide.zoom_to_fit()
    assert furthest == pytest.approx(wide.zoom)
    wide.zoom_in()
    assert wide.zoom == 0.05
