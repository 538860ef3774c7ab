"""Fixes in the real window: offered with a finding, ranked by what helps most, made in one step and taken back."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from designer.catalog.catalog import Catalog
from designer.gui.document import Document
from designer.gui.panels.fix_list import FixRow
from designer.gui.panels.improve import ImprovePanel
from designer.gui.settings import UserSettings
from designer.gui.window import Window
from designer.storage.files import dumps

LEFT = Qt.MouseButton.LeftButton
PATIENCE = 30_000


@pytest.fixture
def window(qtbot: QtBot, catalog: Catalog) -> Iterator[Window]:
    """The window on the fragile sample."""
    made = Window(Document(catalog), UserSettings())
    qtbot.addWidget(made, before_close_func=lambda window: window.document.history.mark_clean())
    made.resize(1360, 860)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    made.begin()
    assert made.files.open_sample("three-tier-fragile")
    settle(made, qtbot)
    yield made
    made.workspace.tasks.stop()
    made.workspace.fixes.stop()


def settle(window: Window, qtbot: QtBot) -> None:
    workspace = window.workspace
    qtbot.waitUntil(lambda: workspace.tasks.settled and not workspace.fixes.busy, timeout=PATIENCE)


def choose(window: Window, qtbot: QtBot, component: str, rule: str) -> list[FixRow]:
    """Clicks the finding of a rule about a component; gives the fixes that show with it."""
    panel = window.workspace.findings
    for row in range(panel.model.rowCount()):
        finding = panel.model.finding(row)
        if finding.rule == rule and component in finding.components:
            index = panel.model.index(row)
            panel.list.scrollTo(index)
            qtbot.mouseClick(panel.list.viewport(), LEFT, pos=panel.list.visualRect(index).center())
            settle(window, qtbot)
            return panel.details.fixes.rows
    raise AssertionError(f"no finding {rule} about {component}")


def rules_of(window: Window, component: str) -> set[str]:
    model = window.workspace.findings.model
    found = [model.finding(row) for row in range(model.rowCount())]
    return {finding.rule for finding in found if component in finding.components}


def improve(window: Window, qtbot: QtBot) -> ImprovePanel:
    qtbot.keyClick(window.canvas, Qt.Key.Key_F9)
    panel = window.docks["improve"].widget()
    assert isinstance(panel, ImprovePanel)
    qtbot.waitUntil(lambda: bool(panel.list.rows), timeout=PATIENCE)
    return panel


def apply(window: Window, qtbot: QtBot, row: FixRow) -> None:
    """Clicks a fix's button once it is laid out, and waits for the analysis of what comes of it."""
    qtbot.waitUntil(lambda: row.apply.isVisible() and row.apply.height() > 10)
    told = window.document.history.undo_label
    qtbot.mouseClick(row.apply, LEFT)
    assert window.document.history.undo_label != told
    settle(window, qtbot)


def test_a_fix_of_a_finding_is_previewed_made_and_taken_back(window: Window, qtbot: QtBot) -> None:
    before = dumps(window.document.architecture)
    rows = choose(window, qtbot, "database", "SPOF-01")
    assert rows
    assert "downtime" in rows[0].preview.summary
    assert "->" in rows[0].preview.summary
    told = window.document.history.undo_label
    rows[0].apply.setFocus()
    qtbot.keyClick(rows[0].apply, Qt.Key.Key_Space)
    settle(window, qtbot)
    assert window.document.history.undo_label != told
    assert "SPOF-01" not in rules_of(window, "database")
    qtbot.keyClick(window.canvas, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert dumps(window.document.architecture) == before, "one step takes all of it back"


def test_looking_at_a_fix_lights_what_it_touches(window: Window, qtbot: QtBot) -> None:
    rows = choose(window, qtbot, "database", "SPOF-01")
    witness = window.canvas.drawing.emphasis.lit
    rows[0].apply.setFocus()
    assert window.canvas.drawing.emphasis.lit == frozenset(rows[0].preview.fix.components)
    window.canvas.setFocus()
    assert window.canvas.drawing.emphasis.lit == witness


def test_what_helps_most_ranks_the_fixes(window: Window, qtbot: QtBot) -> None:
    panel = improve(window, qtbot)
    previews = [row.preview for row in panel.list.rows]
    assert previews[0].gain == max(preview.gain for preview in previews)
    assert "worked through" in panel.heading.text()
    availability = [flow.complete.structural for flow in window.workspace.analysis.flows]
    apply(window, qtbot, panel.list.rows[0])
    after = [flow.complete.structural for flow in window.workspace.analysis.flows]
    assert after[0] - availability[0] == pytest.approx(previews[0].flows[0].gain)


def test_an_edit_outdates_the_ranking_and_a_new_one_follows(window: Window, qtbot: QtBot) -> None:
    panel = improve(window, qtbot)
    row = panel.list.rows[0]
    window.canvas.select(["database"])
    window.canvas.setFocus()
    qtbot.keyClick(window.canvas, Qt.Key.Key_Delete)
    assert not row.apply.isEnabled()
    qtbot.waitUntil(lambda: all(one is not row for one in panel.list.rows) and bool(panel.list.rows), timeout=PATIENCE)
    assert all("database" not in one.preview.fix.components for one in panel.list.rows)


def test_applying_again_and_again_leads_to_a_sound_drawing(window: Window, qtbot: QtBot) -> None:
    panel = improve(window, qtbot)
    for _ in range(12):
        helping = [row for row in panel.list.rows if row.preview.gain > 1e-9]
        if not helping:
            break
        apply(window, qtbot, helping[0])
        qtbot.waitUntil(lambda: all(row.apply.isEnabled() for row in panel.list.rows), timeout=PATIENCE)
    flow = window.workspace.analysis.flows[0]
    assert not [point for point in flow.single_points if point.level in ("instance", "resource", "zone")]
    assert flow.goal is not None
    assert flow.complete.structural >= flow.goal


def test_a_fix_that_lowers_a_figure_says_so_and_stands_last(window: Window, qtbot: QtBot) -> None:
    assert window.files.open_sample("orders-coupled")
    settle(window, qtbot)
    panel = improve(window, qtbot)
    falls = [row.preview.falls for row in panel.list.rows]
    assert any(falls)
    assert falls == sorted(falls)
    words = [part.text() for part in panel.list.rows[-1].findChildren(QLabel)]
    assert "Solves its finding, and lowers a figure" in words
