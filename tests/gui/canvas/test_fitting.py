"""A drawing that fills the view goes on filling it when the window changes its size, until somebody works in it."""

from __future__ import annotations

from typing import Any

from designer.gui.canvas.canvas import Canvas
from designer.gui.canvas.metrics import contains


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
