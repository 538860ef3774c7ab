"""Failures tried out in the real window: by clicks on the canvas, by keys, in the panel and in the bar."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, QPointF, QRect, Qt
from PySide6.QtGui import QAccessible, QColor
from PySide6.QtWidgets import QTreeWidgetItem
from pytestqt.qtbot import QtBot

from designer.analysis.knock_out.outcome import State
from designer.catalog.catalog import Catalog
from designer.gui import failures as failures_module
from designer.gui.document import Document
from designer.gui.panels.knock_out import NAME, KnockOutPanel
from designer.gui.window import Window
from designer.model.entities import Collection
from tests.gui.conftest import begun

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def window(qtbot: QtBot, catalog: Catalog) -> Iterator[Window]:
    """The window on a sample whose components all stand and fall with one another."""
    with begun(Document(catalog), qtbot, (1360, 860)) as made:
        assert made.files.open_sample("orders-coupled")
        qtbot.waitUntil(lambda: made.workspace.tasks.settled, timeout=20000)
        yield made
        made.workspace.failures.stop()


def place_of(window: Window, key: str) -> QPoint:
    left, top, right, bottom = window.canvas.drawing.rects[key]
    return window.canvas.mapFromScene(QPointF((left + right) / 2, (top + bottom) / 2))


def click(window: Window, qtbot: QtBot, key: str) -> None:
    qtbot.mouseClick(window.canvas.viewport(), LEFT, pos=place_of(window, key))
    qtbot.waitUntil(lambda: window.workspace.failures.settled)


def press(window: Window, qtbot: QtBot, key: Qt.Key) -> None:
    qtbot.keyClick(window.canvas, key)
    qtbot.waitUntil(lambda: window.workspace.failures.settled)


def states(window: Window) -> dict[str, State]:
    return {key: effect.state for key, effect in window.canvas.drawing.labels.effects.items()}


def panel(window: Window) -> KnockOutPanel:
    window.panels.show("knock-out")
    found = window.docks["knock-out"].widget()
    assert isinstance(found, KnockOutPanel)
    return found


def rows(shown: KnockOutPanel) -> dict[str, tuple[str, str]]:
    items = [shown.effects.topLevelItem(row) for row in range(shown.effects.topLevelItemCount())]
    return {item.text(1): (item.text(0), item.text(2)) for item in items if item is not None}


def offered(shown: KnockOutPanel) -> dict[str, QTreeWidgetItem]:
    groups = [shown.tree.topLevelItem(row) for row in range(shown.tree.topLevelItemCount())]
    found = [group.child(row) for group in groups if group is not None for row in range(group.childCount())]
    return {item.data(0, NAME): item for item in found if item is not None}


def test_a_click_fails_a_component_and_the_next_one_restores_it(window: Window, qtbot: QtBot) -> None:
    window.commands["knock-out"].trigger()
    click(window, qtbot, "payments")
    found = states(window)
    assert found["payments"] is found["orders"] is found["load-balancer"] is State.DOWN
    assert found["database"] is State.FINE
    assert window.workspace.bar.isVisible()
    assert "1 of 1 flow stopped: Place an order" in window.workspace.bar.text.text()
    click(window, qtbot, "payments")
    assert states(window) == {}
    assert not window.document.history.undo_label, "a knock-out is no edit"


def test_without_the_mode_a_click_only_selects(window: Window, qtbot: QtBot) -> None:
    click(window, qtbot, "payments")
    assert states(window) == {}
    assert window.canvas.selection().components == ("payments",)


def test_k_fails_what_is_selected_and_escape_lets_go_step_by_step(window: Window, qtbot: QtBot) -> None:
    window.canvas.setFocus()
    click(window, qtbot, "inventory")
    press(window, qtbot, Qt.Key.Key_K)
    assert states(window)["inventory"] is State.DOWN
    press(window, qtbot, Qt.Key.Key_Escape)
    assert not window.canvas.selection()
    assert states(window), "first the selection is let go"
    press(window, qtbot, Qt.Key.Key_Escape)
    assert states(window) == {}
    assert not window.workspace.bar.isVisible()


def test_a_drag_in_the_mode_moves_and_fails_nothing(window: Window, qtbot: QtBot) -> None:
    window.commands["knock-out"].trigger()
    viewport, at = window.canvas.viewport(), place_of(window, "payments")
    qtbot.mousePress(viewport, LEFT, pos=at)
    for step in (10, 30, 60):
        qtbot.mouseMove(viewport, at + QPoint(step, step))
    qtbot.mouseRelease(viewport, LEFT, pos=at + QPoint(60, 60))
    assert states(window) == {}
    assert window.document.history.undo_label


def test_zones_in_the_bar(window: Window, qtbot: QtBot) -> None:
    window.commands["knock-out"].trigger()
    qtbot.waitUntil(lambda: window.workspace.failures.settled)
    chips = window.workspace.bar.places.chips()
    assert list(chips) == ["Zone a", "Zone b", "Region"]
    qtbot.mouseClick(chips["Zone a"], LEFT)
    qtbot.waitUntil(lambda: window.workspace.failures.settled)
    assert states(window)["database"] is State.DEGRADED
    assert window.workspace.bar.text.text() == "Every flow works"
    qtbot.mouseClick(chips["Zone b"], LEFT)
    qtbot.waitUntil(lambda: window.workspace.failures.settled)
    assert states(window)["database"] is State.DOWN
    qtbot.mouseClick(window.workspace.bar.done, LEFT)
    qtbot.waitUntil(lambda: window.workspace.failures.settled)
    assert states(window) == {}
    assert not window.commands["knock-out"].isChecked()


def test_the_panel_lists_what_can_fail_and_what_that_does(window: Window, qtbot: QtBot) -> None:
    shown = panel(window)
    qtbot.waitUntil(lambda: "zone:a" in offered(shown))
    offered(shown)["payments"].setCheckState(0, Qt.CheckState.Checked)
    qtbot.waitUntil(lambda: bool(states(window)))
    assert rows(shown)["Flow Place an order"][0] == "Stopped"
    assert rows(shown)["Orders"] == ("Down", "needs Payments, which is down")
    assert "1 of 1 flow stopped" in shown.summary.text()
    item = shown.effects.findItems("Orders", Qt.MatchFlag.MatchExactly, 1)[0]
    qtbot.mouseClick(shown.effects.viewport(), LEFT, pos=shown.effects.visualItemRect(item).center())
    assert window.canvas.selection().components == ("orders",)
    qtbot.mouseClick(shown.restore, LEFT)
    qtbot.waitUntil(lambda: states(window) == {})
    assert offered(shown)["payments"].checkState(0) is Qt.CheckState.Unchecked


def test_the_filter_finds_what_can_fail(window: Window, qtbot: QtBot) -> None:
    shown = panel(window)
    qtbot.waitUntil(lambda: "zone:a" in offered(shown))
    qtbot.keyClicks(shown.search, "zone b")
    visible = {name for name, item in offered(shown).items() if not item.isHidden()}
    assert "zone:b" in visible
    assert not visible & {"zone:a", "payments", "region"}


def test_edits_are_followed_and_what_is_deleted_no_longer_fails(window: Window, qtbot: QtBot) -> None:
    window.canvas.setFocus()
    click(window, qtbot, "payments")
    press(window, qtbot, Qt.Key.Key_K)
    assert states(window)["orders"] is State.DOWN
    press(window, qtbot, Qt.Key.Key_Delete)
    assert window.workspace.failures.failed == ()
    assert states(window) == {}
    window.document.undo()
    qtbot.waitUntil(lambda: window.workspace.failures.settled)
    assert states(window) == {}, "what comes back is whole"


def test_another_document_starts_whole(window: Window, qtbot: QtBot) -> None:
    window.commands["knock-out"].trigger()
    click(window, qtbot, "payments")
    assert window.files.open_sample("three-tier")
    assert states(window) == {}
    assert not window.workspace.bar.isVisible()
    assert not window.canvas.picks_failures


def test_states_are_told_by_word_and_wires_by_the_way_the_failure_takes(window: Window, qtbot: QtBot) -> None:
    window.commands["knock-out"].trigger()
    click(window, qtbot, "payments")
    labels = window.canvas.drawing.labels
    assert "down" in labels.component_name("orders").split(", ")
    assert "needs Payments, which is down" in labels.component_tip("orders")
    canvas = QAccessible.queryAccessibleInterface(window.canvas)
    names = [canvas.child(index).text(QAccessible.Text.Name) for index in range(canvas.childCount())]
    assert any(name.startswith("Orders, ECS service, down") for name in names)
    wires = window.document.architecture.connections.values()
    way = next(wire.id for wire in wires if (wire.source, wire.target) == ("orders", "payments"))
    layer, drawing = window.canvas.drawing.wire_layer, window.canvas.drawing
    assert layer.role(drawing.wires.all[way]) == "witness"
    assert drawing.exists(Collection.CONNECTIONS, way)


@pytest.mark.parametrize("zoom", [1.0, 0.5, 0.12])
def test_the_state_is_seen_at_every_zoom(window: Window, qtbot: QtBot, zoom: float) -> None:
    window.canvas.zoom_to(zoom)
    window.canvas.centre_on("payments")
    before = window.canvas.grab().toImage()
    window.canvas.fail_wanted.emit("payments")
    qtbot.waitUntil(lambda: bool(states(window)))
    window.workspace.bar.hide()
    after = window.canvas.grab().toImage()
    colour = window.canvas.drawing.look.color("severity-error")
    assert _count(after, colour) > _count(before, colour)


@pytest.mark.parametrize("zoom", [1.0, 0.5, 0.12])
def test_a_failing_zone_is_hatched_at_every_zoom(window: Window, qtbot: QtBot, zoom: float) -> None:
    """On the ground of its lane, beside everything that stands in it."""
    assert window.files.open_sample("three-tier")
    qtbot.waitUntil(lambda: window.workspace.tasks.settled, timeout=20000)
    canvas = window.canvas
    canvas.zoom_to(zoom)
    canvas.centre_on("network")
    left, _top, _right, bottom = canvas.drawing.boundaries["network"].rect
    ground = canvas.mapFromScene(QPointF(left + 100, bottom - 10))
    width = max(8, round(60 * zoom))
    place = QRect(ground.x(), ground.y() - 1, width, 2)
    before = canvas.viewport().grab(place).toImage()
    window.workspace.failures.fail(["zone:a"])
    qtbot.waitUntil(lambda: bool(states(window)))
    assert canvas.viewport().grab(place).toImage() != before


def _count(image: object, colour: QColor) -> int:
    from PySide6.QtGui import QImage

    assert isinstance(image, QImage)
    near = 0
    for y in range(0, image.height()):
        for x in range(0, image.width()):
            near += image.pixelColor(x, y).rgb() == colour.rgb()
    return near


def test_a_large_drawing_is_worked_out_beside_the_window(
    window: Window, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(failures_module, "DIRECT_COMPONENTS", 3)
    window.canvas.fail_wanted.emit("payments")
    assert states(window) == {}
    qtbot.waitUntil(lambda: bool(states(window)))
    assert states(window)["orders"] is State.DOWN


def test_the_bar_hides_nothing_of_a_drawing_that_fits(window: Window, qtbot: QtBot) -> None:
    """What was shown whole is shown whole below the bar, and again without it."""
    canvas = window.canvas
    window.commands["zoom-fit"].trigger()
    before = canvas.zoom
    window.commands["knock-out"].trigger()
    qtbot.waitUntil(lambda: window.workspace.bar.isVisible())
    tops = [canvas.mapFromScene(0, rect[1]).y() for rect in canvas.drawing.rects.values()]
    assert min(tops) >= window.workspace.bar.geometry().bottom()
    qtbot.keyClick(canvas, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not window.workspace.bar.isVisible())
    assert canvas.zoom == before


def test_a_narrow_bar_cuts_its_name_before_its_buttons(window: Window, qtbot: QtBot) -> None:
    window.resize(900, 700)
    window.commands["knock-out"].trigger()
    bar = window.workspace.bar
    qtbot.waitUntil(lambda: bar.isVisible() and bool(bar.places.chips()))
    click(window, qtbot, "orders")
    qtbot.waitUntil(lambda: bar.width() <= window.canvas.viewport().width())
    chips = bar.places.chips().values()
    assert all(chip.width() >= chip.minimumSizeHint().width() for chip in chips)
    assert bar.done.geometry().right() < bar.width() and bar.text.width() >= 60
