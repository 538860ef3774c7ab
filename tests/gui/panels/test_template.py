"""The template view: colours, marks, clicks that lead to the drawing, find, copy, and errors in its place."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QGuiApplication
from pytestqt.qtbot import QtBot

from designer.errors import UserError, UserErrors
from designer.gui.panels.template import TemplatePanel
from designer.gui.theme import ThemeChoice, current_theme, theme_switch

LEFT = Qt.MouseButton.LeftButton
ENTER = Qt.Key.Key_Return


@dataclass
class FakeLine:
    """A line as the export gives it."""

    text: str
    origins: tuple[str, ...] = ()


@dataclass
class FakeExport:
    """An export with given lines."""

    lines: Sequence[FakeLine]
    notes: Sequence[str] = ()

    def text(self, format: str = "yaml") -> str:
        if format == "json":
            return '{\n  "Resources": {"Queue": {"Fn::Sub": "x"}}\n}\n'
        return "\n".join(line.text for line in self.lines) + "\n"


def export_of(count: int = 3, *, retention: int = 60) -> FakeExport:
    lines = [FakeLine("AWSTemplateFormatVersion: '2010-09-09'"), FakeLine("Resources:")]
    for index in range(count):
        name = f"queue-{index}"
        lines += [
            FakeLine(f"  # Queue {index}", (name,)),
            FakeLine(f"  Queue{index}:", (name,)),
            FakeLine("    Type: AWS::SQS::Queue", (name,)),
            FakeLine(f"    MessageRetentionPeriod: {retention if index == 1 else 60}", (name, "jobs-worker")),
            FakeLine('    QueueName: !Sub "${AWS::StackName}-q"', (name,)),
        ]
    return FakeExport(lines, notes=["Confirm the certificate."])


@pytest.fixture
def panel(show: Callable[..., None]) -> TemplatePanel:
    made = TemplatePanel()
    show(made, 700, 300)
    return made


def click_line(panel: TemplatePanel, line: int, qtbot: QtBot) -> None:
    block = panel.view.document().findBlockByNumber(line)
    box = panel.view.blockBoundingGeometry(block).translated(panel.view.contentOffset())
    qtbot.mouseClick(panel.view.viewport(), LEFT, pos=QPoint(30, round(box.center().y())))


def colours_of(panel: TemplatePanel, line: int) -> dict[str, QColor]:
    block = panel.view.document().findBlockByNumber(line)
    return {
        block.text()[part.start : part.start + part.length]: part.format.foreground().color()
        for part in block.layout().formats()
    }


def grounds(panel: TemplatePanel) -> dict[int, QColor]:
    return {s.cursor.blockNumber(): s.format.background().color() for s in panel.view.extraSelections()}


def test_shows_the_text_read_only(panel: TemplatePanel, qtbot: QtBot) -> None:
    exported = export_of()
    panel.show_export(exported)
    assert panel.view.toPlainText() + "\n" == exported.text()
    qtbot.keyClicks(panel.view, "x")
    assert panel.view.toPlainText() + "\n" == exported.text()


def test_yaml_is_coloured_by_the_theme(panel: TemplatePanel) -> None:
    panel.show_export(export_of())
    theme = current_theme()
    assert colours_of(panel, 2) == {"# Queue 0": theme.color("code-comment")}
    assert colours_of(panel, 5)["60"] == theme.color("code-number")
    assert colours_of(panel, 6) == {
        "QueueName": theme.color("code-key"),
        "!Sub": theme.color("code-tag"),
        '"${AWS::StackName}-q"': theme.color("code-string"),
    }
    assert "AWS::SQS::Queue" not in colours_of(panel, 4), "the colons of a type make no key"
    theme_switch().use(ThemeChoice.DARK)
    assert colours_of(panel, 2) == {"# Queue 0": current_theme().color("code-comment")}


def test_json_is_shown_and_remembered(panel: TemplatePanel, qtbot: QtBot) -> None:
    panel.show_export(export_of())
    with qtbot.waitSignal(panel.format_changed) as told:
        qtbot.mouseClick(panel.bar.buttons["json"], LEFT)
    assert told.args == ["json"]
    assert panel.view.toPlainText().startswith("{")
    assert colours_of(panel, 1)['"Fn::Sub"'] == current_theme().color("code-tag")


def test_lines_of_the_selection_are_marked_and_brought_into_sight(panel: TemplatePanel) -> None:
    panel.show_export(export_of(60))
    panel.show_selection(["queue-50"])
    marked = panel.view.marked_lines()
    assert marked == list(range(2 + 50 * 5, 2 + 51 * 5))
    first = panel.view.firstVisibleBlock().blockNumber()
    assert first <= marked[0] < first + 20
    assert grounds(panel)[marked[0]] == current_theme().color("code-highlight")
    panel.show_selection([])
    assert panel.view.marked_lines() == []


def test_a_click_on_a_line_tells_who_wrote_it(panel: TemplatePanel, qtbot: QtBot) -> None:
    panel.show_export(export_of())
    with qtbot.waitSignal(panel.origin_clicked) as told:
        click_line(panel, 8, qtbot)
    assert told.args == ["queue-1"]
    with qtbot.assertNotEmitted(panel.origin_clicked):
        click_line(panel, 0, qtbot)


def test_an_update_keeps_the_place_and_marks_what_changed(panel: TemplatePanel) -> None:
    panel.show_export(export_of(60))
    panel.view.verticalScrollBar().setValue(100)
    panel.show_export(export_of(60, retention=3600))
    assert panel.view.verticalScrollBar().value() == 100
    assert panel.view.toPlainText() + "\n" == export_of(60, retention=3600).text()
    assert grounds(panel) == {10: current_theme().color("code-changed")}


@pytest.mark.parametrize(("before", "after"), [(3, 5), (5, 3), (1, 0), (0, 2), (4, 4)])
def test_any_update_ends_with_the_new_text(panel: TemplatePanel, before: int, after: int) -> None:
    panel.show_export(export_of(before))
    panel.show_export(export_of(after))
    assert panel.view.toPlainText() + "\n" == export_of(after).text()


def test_find_goes_from_hit_to_hit_and_round(panel: TemplatePanel, qtbot: QtBot) -> None:
    panel.show_export(export_of())
    panel.focus_find()
    qtbot.keyClicks(panel.bar.search, "Queue1")
    assert panel.view.textCursor().selectedText() == "Queue1"
    panel.bar.search.clear()
    qtbot.keyClicks(panel.bar.search, "QueueName")
    lines = []
    for _ in range(4):
        lines.append(panel.view.textCursor().blockNumber())
        qtbot.keyClick(panel.bar.search, ENTER)
    assert len(set(lines)) == 3 and lines[3] == lines[0]
    qtbot.keyClicks(panel.bar.search, "nowhere")
    assert panel.bar.search.property("invalid") is True


def test_copy_takes_the_whole_text(panel: TemplatePanel, qtbot: QtBot) -> None:
    panel.show_export(export_of())
    qtbot.mouseClick(panel.bar.copy, LEFT)
    assert QGuiApplication.clipboard().text() == export_of().text()


def test_errors_stand_in_the_place_of_the_text(panel: TemplatePanel, qtbot: QtBot) -> None:
    panel.show_export(export_of())
    panel.show_errors(UserErrors([UserError("too few zones", name="orders"), UserError("no target", name="front")]))
    assert not panel.view.isVisible() and panel.errors.count() == 2
    assert not panel.bar.export.isEnabled()
    item = panel.errors.item(1)
    with qtbot.waitSignal(panel.origin_clicked) as told:
        qtbot.mouseClick(panel.errors.viewport(), LEFT, pos=panel.errors.visualItemRect(item).center())
    assert told.args == ["front"]
    panel.show_export(export_of())
    assert panel.view.isVisible() and panel.bar.export.isEnabled()


def test_nothing_drawn_says_so(panel: TemplatePanel) -> None:
    panel.show_export(None)
    assert not panel.view.isVisible()
    assert not panel.bar.copy.isEnabled()


def test_the_export_button_asks_for_the_dialog(panel: TemplatePanel, qtbot: QtBot) -> None:
    panel.show_export(export_of())
    with qtbot.waitSignal(panel.export_requested):
        qtbot.mouseClick(panel.bar.export, LEFT)
