"""The flows panel in the real window: the way of a flow on the canvas, and the formula of its availability."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QTreeWidgetItem
from pytestqt.qtbot import QtBot

from designer.catalog.catalog import Catalog
from designer.gui.document import Document
from designer.gui.panels import flow_paths
from designer.gui.panels.flow_paths import FlowsPanel
from designer.gui.panels.flow_rows import KEY
from designer.gui.panels.flow_study import Explanation, Question
from designer.gui.window import Window
from designer.model.entities import Collection, Mode
from designer.model.operations import set_property
from tests.gui.conftest import begun

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def window(qtbot: QtBot, catalog: Catalog) -> Iterator[Window]:
    """The window on the well-built sample."""
    with begun(Document(catalog), qtbot, (1360, 860)) as made:
        assert made.files.open_sample("orders-decoupled")
        qtbot.waitUntil(lambda: made.workspace.tasks.settled, timeout=20000)
        yield made


def shown(window: Window, qtbot: QtBot) -> FlowsPanel:
    window.commands["flows"].trigger()
    panel = window.docks["flows"].widget()
    assert isinstance(panel, FlowsPanel)
    qtbot.waitUntil(lambda: panel.formula.topLevelItemCount() == 1)
    return panel


def lines(panel: FlowsPanel) -> list[QTreeWidgetItem]:
    found: list[QTreeWidgetItem] = []
    open_items = [panel.formula.topLevelItem(0)]
    while open_items:
        item = open_items.pop()
        if item is not None:
            found.append(item)
            open_items += [item.child(row) for row in range(item.childCount())]
    return found


def figure_of(panel: FlowsPanel, qtbot: QtBot, mode: Mode) -> float:
    panel.mode.setCurrentIndex(panel.mode.findData(mode))
    qtbot.waitUntil(lambda: panel.settled)
    top = panel.formula.topLevelItem(0)
    assert top is not None
    return float(top.text(1).removesuffix(" %"))


def take(panel: FlowsPanel, qtbot: QtBot, row: int) -> None:
    item = panel.list.topLevelItem(row)
    assert item is not None
    qtbot.mouseClick(panel.list.viewport(), LEFT, pos=panel.list.visualItemRect(item).center())
    qtbot.waitUntil(lambda: panel.settled)


def test_choosing_a_flow_lights_its_way_up(window: Window, qtbot: QtBot) -> None:
    panel = shown(window, qtbot)
    assert not window.canvas.drawing.emphasis.lit
    take(panel, qtbot, 0)
    lit = window.canvas.drawing.emphasis.lit
    assert {"users", "load-balancer", "orders"} <= lit
    wires = window.document.architecture.connections
    assert lit & wires.keys(), "wires are on the way too"
    window.panels.show("findings")
    # Another panel puts it out.
    qtbot.waitUntil(lambda: not window.canvas.drawing.emphasis.lit)


def test_the_formula_gives_the_figure_of_the_analysis(window: Window, qtbot: QtBot) -> None:
    panel = shown(window, qtbot)
    take(panel, qtbot, 0)
    item = panel.list.topLevelItem(0)
    top = panel.formula.topLevelItem(0)
    assert item is not None
    assert top is not None
    assert top.text(0) == item.text(0)
    told = float(item.text(1).removesuffix(" %").removeprefix("at least "))
    assert float(top.text(1).removesuffix(" %")) == pytest.approx(told, abs=0.006)
    assert figure_of(panel, qtbot, Mode.ACCEPT) > figure_of(panel, qtbot, Mode.COMPLETE)


def test_a_line_of_the_formula_leads_to_its_component_and_its_source(window: Window, qtbot: QtBot) -> None:
    panel = shown(window, qtbot)
    panel.formula.expandAll()
    line = next(item for item in lines(panel) if item.text(0) == "Load balancer")
    panel.formula.scrollToItem(line)
    qtbot.mouseClick(panel.formula.viewport(), LEFT, pos=panel.formula.visualItemRect(line).center())
    assert window.canvas.selection().components == ("load-balancer",)
    region = next(item for item in lines(panel) if item.text(0).startswith("Region"))
    panel.formula.scrollToItem(region)
    qtbot.mouseClick(panel.formula.viewport(), LEFT, pos=panel.formula.visualItemRect(region).center())
    assert "(" in panel.source.text(), "the source and how far it can be relied on"


def test_the_formula_follows_edits_and_the_chosen_flow_stays(window: Window, qtbot: QtBot) -> None:
    panel = shown(window, qtbot)
    take(panel, qtbot, 0)
    before = panel.formula.topLevelItem(0)
    assert before is not None
    figure = before.text(1)
    architecture = window.document.architecture
    edit = set_property(architecture, Collection.COMPONENTS, ["payments-database"], "deployment", "single")
    window.document.do(edit)
    qtbot.waitUntil(lambda: window.workspace.tasks.settled)

    def changed() -> bool:
        top = panel.formula.topLevelItem(0)
        return top is not None and top.text(1) != figure

    qtbot.waitUntil(changed)
    assert panel.list.selectedItems()


def test_without_flows_the_panel_says_how_to_get_one(window: Window, qtbot: QtBot) -> None:
    panel = shown(window, qtbot)
    window.canvas.select_all()
    window.canvas.setFocus()
    qtbot.keyClick(window.canvas, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: window.workspace.tasks.settled)
    qtbot.waitUntil(lambda: panel.nothing.isVisible())
    qtbot.waitUntil(lambda: panel.formula.topLevelItemCount() == 0)


def test_what_weighs_most_and_what_stops_the_flow(window: Window, qtbot: QtBot) -> None:
    panel = shown(window, qtbot)
    take(panel, qtbot, 0)
    bar = panel.pages.tabBar()
    qtbot.mouseClick(bar, LEFT, pos=bar.tabRect(1).center())
    qtbot.waitUntil(lambda: panel.settled)
    first = panel.weights.topLevelItem(0)
    assert first is not None
    assert "in this Region" in first.text(0), "the services that the flow stands on"
    assert "hours" in first.text(1)
    assert "Birnbaum" in first.toolTip(0)
    rows = [panel.weights.topLevelItem(row) for row in range(panel.weights.topLevelItemCount())]
    one = next(row for row in rows if row is not None and row.data(0, KEY) is not None)
    panel.weights.scrollToItem(one)
    qtbot.mouseClick(panel.weights.viewport(), LEFT, pos=panel.weights.visualItemRect(one).center())
    assert window.canvas.selection().components == (one.data(0, KEY),)
    assert "SLA" in panel.source.text() or "(" in panel.source.text()
    qtbot.mouseClick(bar, LEFT, pos=bar.tabRect(2).center())
    qtbot.waitUntil(lambda: panel.settled)
    rows = [panel.combinations.topLevelItem(row) for row in range(panel.combinations.topLevelItemCount())]
    texts = [row.text(0) for row in rows if row is not None]
    assert any(" and " in text for text in texts)
    assert panel.source.text().startswith(f"{len(texts)} combinations of up to 3 events")


def test_edit_leads_to_where_the_flow_begins(window: Window, qtbot: QtBot) -> None:
    panel = shown(window, qtbot)
    qtbot.mouseClick(panel.edit, LEFT)
    assert window.canvas.selection().components == ("users",)
    assert not window.docks["inspector"].widget().visibleRegion().isEmpty()


def test_a_flow_that_nobody_chose_is_explained_as_it_is_meant(window: Window, qtbot: QtBot) -> None:
    """List and formula say the same figure at once, and a choice of another mode outlives an edit."""
    panel = shown(window, qtbot)
    qtbot.waitUntil(lambda: panel.settled)
    item, top = panel.list.topLevelItem(0), panel.formula.topLevelItem(0)
    assert item is not None and top is not None
    assert float(top.text(1).removesuffix(" %")) == pytest.approx(float(item.text(1).removesuffix(" %")), abs=0.006)
    figure_of(panel, qtbot, Mode.DEGRADED)
    architecture = window.document.architecture
    window.document.do(set_property(architecture, Collection.COMPONENTS, ["payments-database"], "deployment", "single"))
    qtbot.waitUntil(lambda: window.workspace.tasks.settled and panel.settled)
    assert panel.mode.currentData() == Mode.DEGRADED


def test_a_narrow_panel_keeps_what_is_needed(window: Window, qtbot: QtBot) -> None:
    panel = shown(window, qtbot)
    window.resize(1100, 700)
    qtbot.waitUntil(lambda: panel.width() < 720)
    bar = panel.pages.tabBar()
    assert bar.tabRect(bar.count() - 1).right() <= panel.pages.width(), "every tab is seen"
    assert panel.formula.columnWidth(0) >= 140
    assert panel.list.columnWidth(0) >= 60
    window.resize(1500, 860)
    qtbot.waitUntil(lambda: not panel.formula.isColumnHidden(2) and not panel.list.isColumnHidden(2))


def test_a_slow_explanation_does_not_stop_the_window(
    window: Window, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """That it is being worked out is said, and only the newest answer is shown."""
    panel = shown(window, qtbot)
    qtbot.waitUntil(lambda: panel.settled)
    go_on, asked = threading.Event(), []
    true_explain = flow_paths.explain

    def slow(question: Question, *rest: Any) -> Explanation | None:
        asked.append(question)
        assert go_on.wait(20)
        return true_explain(question, *rest)

    monkeypatch.setattr(flow_paths, "explain", slow)
    panel.mode.setCurrentIndex(panel.mode.findData(Mode.ACCEPT))
    qtbot.waitUntil(lambda: panel.source.text() == "Working it out…")
    assert panel.formula.topLevelItemCount() == 0, "nothing old stands under the new heading"
    panel.mode.setCurrentIndex(panel.mode.findData(Mode.DEGRADED))
    go_on.set()
    qtbot.waitUntil(lambda: panel.settled)
    assert asked[-1].mode is Mode.DEGRADED
    assert panel.formula.topLevelItemCount() == 1
