"""The window with the real analysis and the real export: what a change on the drawing does to findings and template."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from designer.analysis.findings import Severity
from designer.catalog.catalog import Catalog
from designer.gui.document import Document
from designer.gui.inputs import ComboBox
from designer.gui.window import Window
from designer.storage.samples import samples
from tests.gui.conftest import begun


@pytest.fixture
def real_window(qtbot: QtBot, catalog: Catalog) -> Iterator[Window]:
    with begun(Document(catalog), qtbot) as made:
        yield made


def settle(window: Window, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: window.workspace.tasks.settled, timeout=20000)


def high(window: Window) -> set[str]:
    model = window.workspace.findings.model
    found = (model.finding(row) for row in range(model.rowCount()))
    return {finding.title for finding in found if finding.severity is Severity.HIGH}


@pytest.mark.parametrize("name", [sample.name for sample in samples()])
def test_every_sample_is_analysed_and_exported(real_window: Window, qtbot: QtBot, name: str) -> None:
    assert real_window.files.open_sample(name)
    real_window.panels.show("template")
    settle(real_window, qtbot)
    template = real_window.workspace.template
    assert template.errors.count() == 0
    assert "Resources:" in template.view.toPlainText()
    assert real_window.workspace.findings.flows.isVisibleTo(real_window.workspace.findings)
    for component in real_window.document.architecture.components.values():
        real_window.canvas.select(components=(component.id,))
        if component.kind != "users":
            assert template.view.marked_lines(), f"no line of the template is marked for {component.id}"


def test_mending_a_single_point_of_failure_in_the_inspector(real_window: Window, qtbot: QtBot) -> None:
    assert real_window.files.open_sample("three-tier-fragile")
    settle(real_window, qtbot)
    architecture = real_window.document.architecture
    (database,) = [c for c in architecture.components.values() if c.kind == "rds"]
    (finding,) = [title for title in high(real_window) if database.name in title]
    real_window.canvas.select(components=(database.id,))
    form = real_window.workspace.inspector.form
    assert form is not None
    box = form.fields["deployment"].widget
    assert isinstance(box, ComboBox)
    box.setFocus()
    qtbot.keyClick(box, Qt.Key.Key_Down)
    assert box.currentText().startswith("Multi-AZ with")
    settle(real_window, qtbot)
    assert finding not in high(real_window)
    real_window.document.undo()
    settle(real_window, qtbot)
    assert finding in high(real_window)
