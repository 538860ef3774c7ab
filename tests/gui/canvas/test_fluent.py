"""Thousands of components stay fluent: a frame after the wheel was turned takes less than a screen has time for it."""

from __future__ import annotations

import statistics
import time
from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from designer.catalog.catalog import Catalog
from designer.gui.canvas.canvas import Canvas
from designer.gui.canvas.level_of_detail import Level
from designer.gui.document import Document
from tests.bench.large_drawings import cells
from tests.gui.canvas.conftest import CONTROL, NONE, Hand

pytestmark = pytest.mark.alone

SIZE = 5000
FRAME_MS = 16.0


@pytest.fixture
def large(catalog: Catalog, qtbot: QtBot) -> Iterator[Canvas]:
    made = Canvas(Document(catalog, cells(SIZE)))
    qtbot.addWidget(made)
    made.resize(1400, 800)
    with qtbot.waitExposed(made):
        made.show()
    yield made


def frames(canvas: Canvas, turns: int, dy: int, held: Qt.KeyboardModifier = NONE) -> float:
    """The median time of the processor, in ms, for a turn of the wheel with all that is painted after it."""
    hand, taken = Hand(canvas), []
    for number in range(turns):
        middle = canvas.mapToScene(canvas.viewport().rect().center())
        begin = time.process_time()
        hand.wheel((middle.x(), middle.y()), dy if number % 2 else -dy, held=held)
        QApplication.processEvents()
        taken.append((time.process_time() - begin) * 1000)
    return statistics.median(taken)


def test_scrolling_and_zooming_keep_up_with_the_screen(large: Canvas) -> None:
    assert len(large.drawing.components) >= SIZE * 0.9
    content = large.drawing.content()
    assert content is not None
    levels = set()
    for zoom in (1.0, 0.5, 0.25, 0.1):
        large.zoom_to(zoom)
        large.viewpoint.centre(((content[0] + content[2]) / 2, (content[1] + content[3]) / 2))
        QApplication.processEvents()
        levels.add(large.drawing.frame.level)
        assert frames(large, 12, 120) < FRAME_MS, f"scrolling at {zoom}"
        assert frames(large, 12, 120, CONTROL) < 2 * FRAME_MS, f"zooming at {zoom}"
    assert levels == set(Level), "near, middle and far"
