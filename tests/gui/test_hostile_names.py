"""Names that try to be more than names: they are shown as they were typed, in every panel, tooltip and message."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QAbstractItemModel, QModelIndex, Qt
from PySide6.QtWidgets import QAbstractItemView, QLabel, QWidget
from pytestqt.qtbot import QtBot

from designer.catalog.catalog import Catalog
from designer.errors import UserError
from designer.gui import messages
from designer.gui.controls import tip
from designer.gui.document import Document
from designer.gui.settings import UserSettings
from designer.gui.window import Window
from designer.model.entities import Collection
from designer.model.operations import set_field
from tests.gui.conftest import drawn

MARKUP = '<b>Pay</b><img src="x">'
NAMES = {
    "customers": f"{MARKUP} flow",
    "front": "Front " + "very long " * 19,
    "shop": "\u202eShop \u0645\u062a\u062c\u0631",
    "orders": f"{MARKUP} orders",
    "jobs": "Jobs \U0001f680 & more",
    "worker": "W" * 200,
}


@pytest.fixture
def window(qtbot: QtBot, catalog: Catalog) -> Iterator[Window]:
    """The window, analysed for real, on a drawing with such names."""
    architecture = drawn(catalog)
    for key, name in NAMES.items():
        architecture.apply(set_field(architecture, Collection.COMPONENTS, [key], "name", name))
    made = Window(Document(catalog, architecture), UserSettings())
    qtbot.addWidget(made, before_close_func=lambda window: window.document.history.mark_clean())
    made.resize(1360, 860)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    made.begin()
    qtbot.waitUntil(lambda: made.workspace.tasks.settled, timeout=20000)
    yield made
    made.workspace.tasks.stop()


def model_tips(model: QAbstractItemModel, parent: QModelIndex) -> Iterator[str]:
    for row in range(model.rowCount(parent)):
        for column in range(4):
            if not model.hasIndex(row, column, parent):
                break
            yield str(model.index(row, column, parent).data(Qt.ItemDataRole.ToolTipRole) or "")
        yield from model_tips(model, model.index(row, 0, parent))


def tips(window: Window) -> list[str]:
    found = [widget.toolTip() for widget in window.findChildren(QWidget)]
    for view in window.findChildren(QAbstractItemView):
        model = view.model()
        if model is not None:
            found += model_tips(model, QModelIndex())
    return found


def read_as_rich(window: Window) -> list[str]:
    """Where Qt would make an image of a name."""
    labels = [label for label in window.findChildren(QLabel) if label.textFormat() is not Qt.TextFormat.PlainText]
    texts = [*tips(window), *(label.text() for label in labels)]
    return [text for text in texts if "<img" in text]


@pytest.mark.parametrize("panel", ["findings", "flows", "knock-out", "improve", "template"])
def test_no_panel_reads_names_as_markup(window: Window, qtbot: QtBot, panel: str) -> None:
    window.workspace.failures.fail(["orders", "shop"])
    window.panels.show(panel)
    qtbot.waitUntil(lambda: window.workspace.tasks.settled and window.workspace.failures.settled, timeout=20000)
    window.canvas.select(components=tuple(window.document.architecture.components))
    window.workspace.findings.select(window.workspace.findings.model.finding(0))
    qtbot.waitUntil(lambda: not window.workspace.fixes.busy, timeout=20000)
    assert any("img src" in text for text in tips(window)), "the names are told somewhere"
    assert read_as_rich(window) == []
    assert window.width() == 1360, "long names do not widen the window"


def test_a_long_tooltip_is_broken_into_lines_and_a_short_one_left_as_it_is() -> None:
    assert tip("Short & plain") == "Short & plain"
    assert tip("two\nlines") == "two\nlines"
    assert tip("<b>x</b>") == "<p>&lt;b&gt;x&lt;/b&gt;</p>"
    assert tip("word " * 40).startswith("<p>word ")


def test_message_boxes_show_names_as_they_are(window: Window, monkeypatch: pytest.MonkeyPatch) -> None:
    shown: list[tuple[str, Qt.TextFormat]] = []

    def look(box: messages.QMessageBox) -> int:
        shown.extend((one.text(), one.textFormat()) for one in box.findChildren(QLabel))
        return messages.QMessageBox.StandardButton.Cancel.value

    monkeypatch.setattr(messages.QMessageBox, "exec", look)
    messages.show_error(window, "It could not be opened", UserError(f"the component {MARKUP} is unknown"))
    messages.show_notes(window, "Opened", [f"{MARKUP} was left out"])
    messages.ask_unsaved(window, MARKUP)
    messages.ask_replace(window, Path("<b>x<b>.yaml"))
    told = [(text, form) for text, form in shown if "<" in text]
    assert len(told) == 4
    assert {form for _text, form in told} == {Qt.TextFormat.PlainText}
