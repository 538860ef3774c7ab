"""The first steps of a new user, ticked off by what is really done, never in the way."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from designer.catalog.catalog import Catalog
from designer.gui.document import Document
from designer.gui.first_steps import FirstSteps
from designer.gui.settings import UserSettings
from designer.gui.window import Window
from tests.gui.conftest import begun

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def fresh(qtbot: QtBot, catalog: Catalog, quick_work: None) -> Iterator[Window]:
    """The window as a new user meets it."""
    del quick_work
    with begun(Document(catalog), qtbot) as made:
        yield made


def state(window: Window) -> list[bool]:
    steps = window.workspace.beginning.steps
    assert steps is not None
    return [row.done for row in steps._rows.values()]


def add(window: Window, qtbot: QtBot, name: str) -> str:
    """Types a name at the pointer, as the card says."""
    before = set(window.document.architecture.components)
    window.canvas.setFocus()
    qtbot.keyClick(window.canvas, Qt.Key.Key_Slash)
    search = window.canvas.adding.search
    assert search is not None
    qtbot.keyClicks(search.search, name)
    qtbot.keyClick(search.search, Qt.Key.Key_Return)
    (new,) = window.document.architecture.components.keys() - before
    return new


def card_of(window: Window, key: str) -> QPoint:
    rect = window.canvas.drawing.rects[key]
    return window.canvas.mapFromScene(QPointF((rect[0] + rect[2]) / 2, (rect[1] + rect[3]) / 2))


def test_a_double_click_on_the_card_begins(fresh: Window, qtbot: QtBot) -> None:
    card = fresh.workspace.beginning.card
    assert card is not None and card.isVisible() and fresh.workspace.beginning.steps is None
    at = card.geometry().center()
    target = fresh.canvas.viewport().childAt(at) or card
    QTest.mouseDClick(target, LEFT, Qt.KeyboardModifier.NoModifier, target.mapFrom(fresh.canvas.viewport(), at))
    search = fresh.canvas.adding.search
    assert search is not None, "the card lets double clicks through"
    qtbot.keyClicks(search.search, "queue")
    qtbot.keyClick(search.search, Qt.Key.Key_Return)
    assert not card.isVisible() and len(fresh.document.architecture.components) == 1


def test_the_steps_tick_off_as_they_are_done(fresh: Window, qtbot: QtBot) -> None:
    fresh.canvas.viewpoint.centre((0, 0))
    database = add(fresh, qtbot, "postgres")
    steps = fresh.workspace.beginning.steps
    assert steps is not None and steps.isVisible() and state(fresh) == [True, False, False]
    fresh.canvas.select([database])
    fresh.canvas.insert("ecs")
    (service,) = fresh.canvas.selection().components
    qtbot.keyClick(fresh.canvas, Qt.Key.Key_C)
    qtbot.mouseClick(fresh.canvas.viewport(), LEFT, pos=card_of(fresh, database))
    assert [(wire.source, wire.target) for wire in fresh.document.architecture.connections.values()] == [
        (service, database)
    ]
    assert state(fresh) == [True, True, False]
    qtbot.waitUntil(lambda: fresh.workspace.tasks.settled)
    panel = fresh.workspace.findings
    qtbot.waitUntil(lambda: panel.model.rowCount() > 0)
    qtbot.mouseClick(panel.list.viewport(), LEFT, pos=panel.list.visualRect(panel.model.index(0)).center())
    assert panel.list.current() is not None
    assert state(fresh) == [True, True, True] and steps.finished and "Export" in steps.hint.text()
    assert not FirstSteps.wanted(UserSettings())
    fresh.document.history.mark_clean()
    fresh.files.new()
    add(fresh, qtbot, "queue")
    assert fresh.workspace.beginning.steps is None, "who has done it once is left alone"


def test_closing_is_remembered_and_nothing_is_modal(fresh: Window, qtbot: QtBot) -> None:
    add(fresh, qtbot, "queue")
    steps = fresh.workspace.beginning.steps
    assert steps is not None and QApplication.activeModalWidget() is None and fresh.canvas.hasFocus()
    assert fresh.canvas.viewport().rect().contains(steps.geometry())
    qtbot.mouseClick(steps.close_button, LEFT)
    assert not steps.isVisible() and not FirstSteps.wanted(UserSettings())
    add(fresh, qtbot, "topic")
    assert not steps.isVisible()


def test_what_was_done_before_stays_done(fresh: Window, qtbot: QtBot) -> None:
    add(fresh, qtbot, "queue")
    assert UserSettings().first_steps == {"add"}
    fresh.document.undo()
    card = fresh.workspace.beginning.card
    assert card is not None and card.isVisible()
    assert state(fresh)[0]


def test_an_opened_drawing_shows_no_steps(fresh: Window) -> None:
    fresh.files.open_sample("three-tier")
    fresh.canvas.insert("sqs")
    assert fresh.workspace.beginning.steps is None
