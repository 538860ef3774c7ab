"""The minimap, by mouse and key in the window."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QWheelEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from designer.gui.canvas.look import mixed
from designer.gui.canvas.minimap import Minimap
from designer.gui.settings import UserSettings
from designer.gui.theme import ThemeChoice, current_theme
from designer.gui.window import Window
from tests.gui.canvas.conftest import Hand

LEFT, CONTROL, SHIFT = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def press_key(window: Window, qtbot: QtBot) -> None:
    qtbot.keyClick(window.canvas, Qt.Key.Key_M, CONTROL | SHIFT)


@pytest.fixture
def map_(window: Window, qtbot: QtBot) -> Iterator[Minimap]:
    window.canvas.zoom_to(2.0)
    press_key(window, qtbot)
    made = window.appearance.map
    assert made is not None and made.isVisible()
    yield made


def middle_of_view(window: Window) -> QPointF:
    return window.canvas.mapToScene(window.canvas.viewport().rect().center())


def test_a_key_shows_and_hides_it_and_that_is_remembered(window: Window, qtbot: QtBot, map_: Minimap) -> None:
    assert UserSettings().minimap and window.commands["minimap"].isChecked()
    press_key(window, qtbot)
    assert not map_.isVisible() and not UserSettings().minimap
    press_key(window, qtbot)
    assert map_.isVisible()


def test_it_leaves_when_all_is_seen(window: Window, qtbot: QtBot, map_: Minimap) -> None:
    qtbot.keyClick(window.canvas, Qt.Key.Key_1, CONTROL)
    assert not map_.isVisible()
    Hand(window.canvas).wheel((0, 0), 360, held=CONTROL)
    assert map_.isVisible()


def test_a_click_goes_there(window: Window, qtbot: QtBot, map_: Minimap) -> None:
    left, top, right, bottom = window.canvas.drawing.rects["worker"]
    wanted = (left + right) / 2, (top + bottom) / 2
    qtbot.mouseClick(map_, LEFT, pos=map_.place_of(wanted).toPoint())
    at = middle_of_view(window)
    assert abs(at.x() - wanted[0]) < 20 and abs(at.y() - wanted[1]) < 20


def test_dragging_the_frame_moves_the_view_with_it(window: Window, qtbot: QtBot, map_: Minimap) -> None:
    content = window.canvas.drawing.content()
    assert content is not None
    window.canvas.viewpoint.centre(((content[0] + content[2]) / 2, (content[1] + content[3]) / 2))
    before, start = middle_of_view(window), map_.frame.center().toPoint()
    qtbot.mousePress(map_, LEFT, pos=start + QPoint(3, 3))
    assert abs(middle_of_view(window).x() - before.x()) < 2, "the frame is taken where it is held"
    qtbot.mouseMove(map_, start + QPoint(33, 3))
    qtbot.mouseRelease(map_, LEFT, pos=start + QPoint(33, 3))
    scale = map_.place_of((1000, 0)).x() - map_.place_of((0, 0)).x()
    assert middle_of_view(window).x() - before.x() == pytest.approx(30 / scale * 1000, abs=8)
    assert abs(middle_of_view(window).y() - before.y()) < 4


def test_the_wheel_over_it_zooms(window: Window, map_: Minimap) -> None:
    before = window.canvas.zoom
    place = QPointF(10, 10)
    event = QWheelEvent(
        place,
        place,
        QPoint(),
        QPoint(0, 120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(map_, event)
    assert window.canvas.zoom > before


def test_it_keeps_its_corner_and_its_frame_follows(window: Window, map_: Minimap) -> None:
    place, frame = map_.pos(), map_.frame
    Hand(window.canvas).wheel((400, 100), -240)
    assert map_.pos() == place
    assert map_.frame != frame
    window.resize(window.width() - 100, window.height() - 60)
    area = window.canvas.viewport().rect()
    assert area.contains(map_.geometry()) and area.right() - map_.geometry().right() < 20


def test_it_shows_what_is_drawn_now(window: Window, qtbot: QtBot, map_: Minimap) -> None:
    def tones() -> set[str]:
        image = map_.grab().toImage()
        return {image.pixelColor(x, y).name() for x in range(image.width()) for y in range(image.height())}

    theme = current_theme()
    database = mixed(QColor(window.document.catalog.categories["database"].colour), theme.color("canvas"), 0.15).name()
    assert database in tones()
    window.canvas.select(["orders"])
    qtbot.keyClick(window.canvas, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: database not in tones())
    window.use_theme(ThemeChoice.DARK)
    qtbot.waitUntil(lambda: theme.color("canvas").name() not in tones())
    assert current_theme().color("canvas").name() in tones()


def test_what_stands_over_the_canvas_stays_when_the_drawing_moves(window: Window) -> None:
    window.workspace.failures.pick(True)
    bar = window.workspace.bar
    assert bar.isVisible()
    place = bar.pos()
    Hand(window.canvas).wheel((400, 100), -240)
    assert bar.pos() == place
