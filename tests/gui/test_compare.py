"""The comparison of the drawing with a file: what it shows, in which words, and when it is offered."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QPushButton
from pytestqt.qtbot import QtBot

from designer.catalog.catalog import Catalog
from designer.cloudformation.diff.changes import Change, ChangeKind, Replacement, Risk, grouped
from designer.cloudformation.export import export
from designer.gui.comparison import Compared, as_html, compare_with, summary
from designer.gui.dialogs import compare as compare_module
from designer.gui.dialogs.compare import CompareDialog
from designer.gui.theme import ThemeChoice, current_theme, theme_switch
from designer.gui.window import Window
from designer.model.entities import Collection
from designer.model.operations import delete, move, set_property
from designer.storage.files import write

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def saved(window: Window, tmp_path: Path) -> Window:
    """The window on a sample that has been saved."""
    assert window.files.open_sample("three-tier")
    path = tmp_path / "shop.arch.yaml"
    write(window.document.architecture, path)
    window.document.saved(path)
    return window


def database(window: Window) -> str:
    return next(key for key, one in window.document.architecture.components.items() if one.kind == "rds")


def compare(window: Window, qtbot: QtBot) -> CompareDialog:
    window.commands["compare"].trigger()
    return shown(window, qtbot)


def shown(window: Window, qtbot: QtBot) -> CompareDialog:
    (dialog,) = [child for child in window.findChildren(CompareDialog) if child.isVisible()]
    qtbot.waitUntil(lambda: "Working" not in dialog.summary.text(), timeout=20000)
    return dialog


def test_without_a_file_it_is_off_and_says_why(window: Window, tmp_path: Path) -> None:
    action = window.commands["compare"]
    assert not action.isEnabled() and "no saved file" in action.toolTip()
    path = tmp_path / "shop.arch.yaml"
    write(window.document.architecture, path)
    window.document.saved(path)
    assert action.isEnabled() and "no saved file" not in action.toolTip()
    window.files.new()
    assert not action.isEnabled()
    assert "Nothing is drawn" in window.commands["compare-other"].toolTip()


def test_no_difference_is_said_also_after_a_box_was_moved(saved: Window, qtbot: QtBot) -> None:
    architecture = saved.document.architecture
    saved.document.do(move(architecture, {Collection.COMPONENTS: {database(saved): (5000, 5000)}}))
    dialog = compare(saved, qtbot)
    assert dialog.summary.text() == "No difference"
    assert not dialog.text.isVisible() and not dialog.copy.isEnabled()
    dialog.reject()


def test_changes_are_grouped_named_and_copied(saved: Window, qtbot: QtBot) -> None:
    key = database(saved)
    saved.document.do(set_property(saved.document.architecture, Collection.COMPONENTS, [key], "backup_retention", 11))
    dialog = compare(saved, qtbot)
    text = dialog.text.toPlainText()
    assert "~ changed" in text and "AWS::RDS::DBInstance" in text
    assert "BackupRetentionPeriod" in text and "→ 11" in text
    assert dialog.text.textInteractionFlags() & Qt.TextInteractionFlag.TextSelectableByMouse
    qtbot.mouseClick(dialog.copy, LEFT)
    copied = QGuiApplication.clipboard().text()
    assert copied.startswith("Resources: 1 changed") and "-> 11" in copied
    (close,) = [button for button in dialog.findChildren(QPushButton) if "Close" in button.text()]
    qtbot.mouseClick(close, LEFT)
    assert not dialog.isVisible()


def test_a_deleted_database_is_flagged(saved: Window, qtbot: QtBot) -> None:
    saved.document.do(delete(saved.document.architecture, {Collection.COMPONENTS: [database(saved)]}))
    dialog = compare(saved, qtbot)
    assert "removed" in dialog.summary.text()
    assert "data left behind" in dialog.summary.text() or "data loss" in dialog.summary.text()
    assert "− removed" in dialog.text.toPlainText()  # noqa: RUF001 - a minus sign
    dialog.reject()


def test_another_file_may_be_a_template(
    saved: Window, qtbot: QtBot, tmp_path: Path, catalog: Catalog, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "old.template.json"
    path.write_text(export(saved.document.architecture, catalog, drawing=True).text("json"), encoding="utf-8")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_, **__: (str(path), ""))
    saved.commands["compare-other"].trigger()
    dialog = shown(saved, qtbot)
    assert dialog.summary.text() == "No difference"
    dialog.reject()


def test_a_file_that_is_gone_is_explained(saved: Window, qtbot: QtBot) -> None:
    assert saved.document.path is not None
    saved.document.path.unlink()
    dialog = compare(saved, qtbot)
    assert dialog.summary.text() == "These cannot be compared"
    assert "shop.arch.yaml" in dialog.text.toPlainText() and not dialog.copy.isEnabled()
    dialog.reject()


def test_it_is_worked_out_beside_the_window(saved: Window, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    gate, threads = threading.Event(), []

    def slow(*arguments: object) -> Compared:
        gate.wait(10)
        threads.append(threading.current_thread())
        return compare_with(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(compare_module, "compare_with", slow)
    saved.commands["compare"].trigger()
    (dialog,) = [child for child in saved.findChildren(CompareDialog) if child.isVisible()]
    assert "Working" in dialog.summary.text()
    gate.set()
    shown(saved, qtbot)
    assert threads and threads[0] is not threading.main_thread()
    dialog.reject()


CHANGES = [
    Change(kind=ChangeKind.REMOVED, section="Resources", logical_id="Old", type="AWS::DynamoDB::Table", before={},
           risk=Risk.LOST, loss="the table is deleted"),
    Change(kind=ChangeKind.CHANGED, section="Resources", logical_id="Data", type="AWS::RDS::DBInstance",
           path=("Properties", "Name"), before="<b>a</b>", after="b", replacement=Replacement.MAYBE,
           why="the value depends on a parameter", risk=Risk.LOST, loss="the instance is deleted"),
    Change(kind=ChangeKind.ADDED, section="Outputs", logical_id="Url", after={"Value": "x"}),
]  # fmt: skip


def test_words_signs_and_escapes(saved: Window) -> None:
    del saved
    compared = Compared(tuple(grouped(CHANGES)), ("a key is given twice",))
    assert summary(compared) == (
        "1 added, 1 removed, 1 changed; 1 may be replaced, 1 with data loss, 1 with possible data loss"
    )
    html = as_html(compared, current_theme())
    for expected in ("+ added", "~ changed", "Data loss", "Possible data loss", "May be replaced", "Outputs", "twice"):
        assert expected in html
    assert "&lt;b&gt;a&lt;/b&gt;" in html and "<b>a</b>" not in html


def test_the_colours_follow_the_theme(saved: Window, qtbot: QtBot) -> None:
    saved.document.do(delete(saved.document.architecture, {Collection.COMPONENTS: [database(saved)]}))
    dialog = compare(saved, qtbot)
    theme_switch().use(ThemeChoice.DARK)
    wanted = current_theme().color("severity-error").name()
    assert wanted in dialog.text.toHtml()
    dialog.reject()
