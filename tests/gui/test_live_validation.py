"""The judges beside the window: an edit is judged, its message leads to what wrote the line, and nothing waits."""

from __future__ import annotations

import sys
import textwrap
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import QApplication, QToolTip
from pytestqt.qtbot import QtBot

from designer.catalog.catalog import Catalog
from designer.cloudformation.export import export
from designer.cloudformation.validation.client import ValidationError, ValidationProcess
from designer.cloudformation.validation.messages import CFN_LINT, ENGINE, MISSING, Message, Severity
from designer.gui import live_validation, tasks
from designer.gui.document import Document
from designer.gui.inputs import ComboBox
from designer.gui.live_validation import Phase
from designer.gui.settings import UserSettings
from designer.gui.theme import ThemeChoice, theme_switch
from designer.gui.window import Window
from designer.model.entities import Collection
from designer.model.operations import set_field, set_settings
from tests.gui.conftest import QuickJudge

LEFT = Qt.MouseButton.LeftButton
ORDERS = 4
"""The line (from 1) of the component `orders` in the stand-in for an export: one line a component, in order."""


def about(component: str, line: int, severity: Severity = Severity.ERROR, **more: str) -> Message:
    """A message about a component's line."""
    words = {
        "rule": "D00",
        "text": f"{component} is wrong",
        "hint": "Put it right.",
        "link": "https://docs.aws.amazon.com/x",
    }
    return Message(severity=severity, path=("Resources", component), line=line, **{**words, **more})


def show_template(window: Window, qtbot: QtBot) -> None:
    """As a click on the tab does; waits for the verdict."""
    window.panels.show("template")
    qtbot.waitUntil(lambda: window.workspace.validation.verdict.phase is Phase.DONE, timeout=20000)


def rename(window: Window, key: str, name: str) -> None:
    document = window.document
    document.do(set_field(document.architecture, Collection.COMPONENTS, [key], "name", name))


def settle(window: Window, qtbot: QtBot) -> None:
    """Waits until the newest template is judged."""
    validation = window.workspace.validation
    qtbot.waitUntil(lambda: window.workspace.tasks.settled and validation.verdict.phase is Phase.DONE, timeout=20000)


def click_message(window: Window, row: int, qtbot: QtBot) -> None:
    shown = window.workspace.template.messages.list
    place = shown.visualRect(shown.model().index(row, 0))
    # A list that has just come up has no size before its splitter has been laid out.
    qtbot.waitUntil(lambda: shown.viewport().rect().contains(place.center()))
    qtbot.mouseClick(shown.viewport(), LEFT, pos=shown.visualRect(shown.model().index(row, 0)).center())


def add_queue(window: Window, qtbot: QtBot) -> None:
    """An edit that changes the template: another queue, by a click in the palette."""
    before = len(window.document.architecture.components)
    window.workspace.palette.insert_requested.emit("sqs")
    assert len(window.document.architecture.components) == before + 1
    settle(window, qtbot)


def test_an_edit_is_judged_and_its_message_leads_to_the_component(
    window: Window, judge: QuickJudge, qtbot: QtBot
) -> None:
    template = window.workspace.template
    show_template(window, qtbot)
    assert template.bar.summary.text() == "No messages"
    assert not template.messages.isVisible()
    judge.says = lambda _text: [about("orders", ORDERS)]
    add_queue(window, qtbot)
    assert template.bar.summary.text() == "1 error"
    assert window.docks["template"].windowTitle() == "Template 1"
    assert template.messages.isVisible()
    assert [*template.view.signs()] == [ORDERS - 1]
    click_message(window, 0, qtbot)
    assert window.canvas.selection().components == ("orders",)
    assert template.view.textCursor().blockNumber() == ORDERS - 1
    details = template.messages.details
    assert (details.text.text(), details.hint.text()) == ("orders is wrong", "Put it right.")
    assert "https://docs.aws.amazon.com/x" in details.source.text()


def test_a_message_about_what_a_wire_wrote_leads_to_the_wire(
    window: Window, judge: QuickJudge, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With the real export of the sample."""
    monkeypatch.setattr(tasks, "work_out_export", lambda architecture, catalog, **_: export(architecture, catalog))
    assert window.files.open_sample("three-tier")
    lines = export(window.document.architecture, window.document.catalog).lines
    number, line = next((n, each) for n, each in enumerate(lines, 1) if each.writer.startswith("connection:"))
    judge.says = lambda _text: [Message(severity=Severity.WARNING, rule="D00", text="odd", path=line.path, line=number)]
    show_template(window, qtbot)
    settle(window, qtbot)
    click_message(window, 0, qtbot)
    assert window.canvas.selection().connections == line.origins
    assert window.workspace.template.view.textCursor().blockNumber() == number - 1
    assert number - 1 in window.workspace.template.view.marked_lines()


def test_keys_choose_a_message(window: Window, judge: QuickJudge, qtbot: QtBot) -> None:
    judge.says = lambda _text: [about("orders", ORDERS), about("front", 2, Severity.WARNING)]
    show_template(window, qtbot)
    shown = window.workspace.template.messages.list
    shown.setFocus()
    shown.setCurrentIndex(shown.model().index(0, 0))
    qtbot.keyClick(shown, Qt.Key.Key_Down)
    assert window.canvas.selection().components == ("front",)
    assert window.workspace.template.bar.summary.text() == "1 error, 1 warning"


def test_a_click_beside_the_line_shows_what_is_said_of_it(window: Window, judge: QuickJudge, qtbot: QtBot) -> None:
    judge.says = lambda _text: [about("customers", 1, text="first"), about("orders", ORDERS, text="second")]
    show_template(window, qtbot)
    template = window.workspace.template
    box = template.view.blockBoundingGeometry(template.view.document().findBlockByNumber(ORDERS - 1))
    at = QPoint(8, round(box.translated(template.view.contentOffset()).center().y()))
    qtbot.mouseClick(template.view.line_numbers, LEFT, pos=at)
    assert template.messages.details.text.text() == "second"
    assert window.canvas.selection().components == ("orders",)
    on_screen = template.view.line_numbers.mapToGlobal(at)
    QApplication.sendEvent(template.view.line_numbers, QHelpEvent(QHelpEvent.Type.ToolTip, at, on_screen))
    assert QToolTip.text() == "Error: second"


def test_the_worst_of_a_line_gives_its_sign(window: Window, judge: QuickJudge, qtbot: QtBot) -> None:
    judge.says = lambda _text: [about("orders", ORDERS, text="bad"), about("orders", ORDERS, Severity.INFO, text="odd")]
    show_template(window, qtbot)
    (sign,) = window.workspace.template.view.signs().values()
    assert (sign.role, sign.words) == ("severity-error", "Error: bad\nInfo: odd")
    theme_switch().use(ThemeChoice.DARK)
    (dark,) = window.workspace.template.view.signs().values()
    assert dark.icon.toImage() != sign.icon.toImage()


def test_signs_move_with_their_lines_until_the_next_answer(window: Window, judge: QuickJudge, qtbot: QtBot) -> None:
    judge.says = lambda _text: [about("orders", ORDERS)]
    show_template(window, qtbot)
    judge.answers = False
    window.canvas.select(components=("customers",))
    window.canvas.delete_selection()
    qtbot.waitUntil(lambda: window.workspace.tasks.settled)
    assert [*window.workspace.template.view.signs()] == [ORDERS - 2]


def test_in_json_the_lines_are_those_of_json(window: Window, judge: QuickJudge, qtbot: QtBot) -> None:
    judge.says = lambda _text: [about("orders", ORDERS)]
    show_template(window, qtbot)
    template = window.workspace.template
    qtbot.mouseClick(template.bar.buttons["json"], LEFT)
    (said,) = window.workspace.validation.verdict.said
    assert [*template.view.signs()] == [said.line("json") - 1]
    assert template.messages.details.place.text().startswith(f"Line {said.line('json')}")


def test_the_list_can_be_put_away(window: Window, judge: QuickJudge, qtbot: QtBot) -> None:
    judge.says = lambda _text: [about("orders", ORDERS)]
    show_template(window, qtbot)
    template = window.workspace.template
    qtbot.mouseClick(template.bar.summary, LEFT)
    assert not template.messages.isVisible()
    add_queue(window, qtbot)
    assert not template.messages.isVisible()
    qtbot.mouseClick(template.bar.summary, LEFT)
    assert template.messages.isVisible()


def test_nothing_is_judged_while_the_template_is_not_seen(window: Window, judge: QuickJudge, qtbot: QtBot) -> None:
    window.panels.show("findings")
    rename(window, "mail", "Letters")
    qtbot.waitUntil(lambda: window.workspace.tasks.settled)
    assert judge.starts == 0
    judge.says = lambda _text: [about("orders", ORDERS)]
    show_template(window, qtbot)
    assert (judge.starts, len(judge.asked)) == (1, 1)
    window.panels.show("findings")
    assert window.docks["template"].windowTitle() == "Template 1"
    window.workspace.palette.insert_requested.emit("sqs")
    qtbot.waitUntil(lambda: window.workspace.tasks.settled)
    assert window.docks["template"].windowTitle() == "Template", "what was said of another template is not told"
    assert len(judge.asked) == 1


def test_a_template_that_stays_the_same_is_not_judged_again(window: Window, judge: QuickJudge, qtbot: QtBot) -> None:
    show_template(window, qtbot)
    rename(window, "mail", "Letters")
    settle(window, qtbot)
    assert len(judge.asked) == 1


def test_only_the_newest_answer_counts(window: Window, judge: QuickJudge, qtbot: QtBot) -> None:
    show_template(window, qtbot)
    judge.answers = False
    validation = window.workspace.validation
    for count in (2, 3):
        window.workspace.palette.insert_requested.emit("sqs")
        qtbot.waitUntil(lambda count=count: len(judge.asked) == count)
    judge.heard(2, [about("orders", ORDERS)])
    judge.heard(3, [])
    qtbot.waitUntil(lambda: validation.verdict.phase is Phase.DONE)
    assert validation.verdict.said == ()


def test_that_it_takes_long_is_said(window: Window, judge: QuickJudge, qtbot: QtBot) -> None:
    """And what was said before stays in sight meanwhile."""
    judge.says = lambda _text: [about("orders", ORDERS)]
    show_template(window, qtbot)
    judge.answers = False
    window.workspace.palette.insert_requested.emit("sqs")
    bar = window.workspace.template.bar
    assert bar.summary.text() == "1 error"
    qtbot.waitUntil(lambda: bar.summary.text() == "Checking…")
    assert window.workspace.template.messages.isVisible()
    qtbot.waitUntil(lambda: len(judge.asked) == 2)
    judge.answer()
    qtbot.waitUntil(lambda: bar.summary.text() == "1 error")


def test_a_missing_linter_is_said(window: Window, judge: QuickJudge, qtbot: QtBot) -> None:
    hint = "python -m pip install cloudformation-validate"
    judge.says = lambda _text: [
        Message(severity=Severity.INFO, rule=MISSING, text=f"{ENGINE} is not installed", judge=ENGINE, hint=hint)
    ]
    show_template(window, qtbot)
    template = window.workspace.template
    assert template.bar.summary.text() == "No messages · own rules only"
    assert "is not installed" in template.bar.summary.toolTip()
    assert template.messages.details.hint.text() == hint
    assert template.view.signs() == {}, "it is about no line"
    click_message(window, 0, qtbot)


def test_an_export_error_leaves_nothing_to_judge(window: Window, judge: QuickJudge, qtbot: QtBot) -> None:
    judge.says = lambda _text: [about("orders", ORDERS)]
    show_template(window, qtbot)
    rename(window, "mail", "Broken")
    qtbot.waitUntil(lambda: window.workspace.validation.verdict.phase is Phase.IDLE)
    assert not window.workspace.template.bar.summary.isVisible()
    assert window.docks["template"].windowTitle() == "Template"
    window.document.undo()
    settle(window, qtbot)
    assert window.workspace.template.bar.summary.text() == "1 error"


def test_a_second_opinion_is_asked_for_the_region(window: Window, judge: QuickJudge, qtbot: QtBot) -> None:
    show_template(window, qtbot)
    document = window.document
    document.do(set_settings(document.architecture, "Move", region="eu-north-1"))
    settle(window, qtbot)
    bar = window.workspace.template.bar
    qtbot.mouseClick(bar.opinion, LEFT)
    qtbot.waitUntil(lambda: window.workspace.validation.verdict.lint and not bar.progress.isVisible())
    assert judge.asked[-1][1:] == (True, ("eu-north-1",))
    assert CFN_LINT in bar.summary.toolTip()
    add_queue(window, qtbot)
    assert judge.asked[-1][1:] == (False, ("eu-north-1",))
    assert CFN_LINT not in bar.summary.toolTip()


def test_another_region_is_judged_anew(window: Window, judge: QuickJudge, qtbot: QtBot) -> None:
    """The text is the same: what the Region lacks is not."""
    show_template(window, qtbot)
    document = window.document
    document.do(set_settings(document.architecture, "Move", region="eu-north-1"))
    settle(window, qtbot)
    document.do(set_settings(document.architecture, "Move", region="ap-southeast-7"))
    settle(window, qtbot)
    texts, regions = zip(*((text, regions) for text, _lint, regions in judge.asked), strict=True)
    assert len(set(texts)) == 1
    assert regions == (("us-east-1",), ("eu-north-1",), ("ap-southeast-7",))


def test_the_menu_asks_from_a_hidden_panel(window: Window, judge: QuickJudge, qtbot: QtBot) -> None:
    """The template is made first."""
    window.commands["lint"].trigger()
    settle(window, qtbot)
    assert window.workspace.template.isVisible()
    assert [lint for _, lint, _ in judge.asked] == [True]


def test_a_second_opinion_can_be_cancelled(window: Window, judge: QuickJudge, qtbot: QtBot) -> None:
    """What was known before stays."""
    judge.says = lambda _text: [about("orders", ORDERS)]
    show_template(window, qtbot)
    judge.answers = False
    bar = window.workspace.template.bar
    qtbot.mouseClick(bar.opinion, LEFT)
    assert (bar.opinion.text(), bar.summary.text()) == ("Cancel", "cfn-lint reads it…")
    assert bar.progress.isVisible()
    qtbot.mouseClick(bar.opinion, LEFT)
    assert judge.cancelled == 1
    assert bar.opinion.text() != "Cancel" and not bar.progress.isVisible()
    assert bar.summary.text() == "1 error"
    judge.answer()
    assert not window.workspace.validation.verdict.lint


def test_a_failure_is_said_and_the_next_edit_tries_again(window: Window, judge: QuickJudge, qtbot: QtBot) -> None:
    judge.says = lambda _text: ValidationError("the process ends")
    show_template(window, qtbot)
    template = window.workspace.template
    assert template.bar.summary.text() == "Not checked"
    assert "the process ends" in template.messages.details.text.text()
    judge.says = lambda _text: []
    add_queue(window, qtbot)
    assert template.bar.summary.text() == "No messages"


def test_closing_the_window_ends_the_judge(window: Window, judge: QuickJudge, qtbot: QtBot) -> None:
    show_template(window, qtbot)
    judge.answers = False
    window.workspace.palette.insert_requested.emit("sqs")
    qtbot.waitUntil(lambda: len(judge.asked) == 2)
    window.document.history.mark_clean()
    window.close()
    assert judge.closed == 1
    judge.answer()
    window.workspace.validation.check(None, "")


Scripted = Callable[[str], None]


@pytest.fixture
def scripted(window: Window, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Scripted]:
    """Lets a script be the process that judges."""

    def use(text: str) -> None:
        file = tmp_path / "worker.py"
        file.write_text(textwrap.dedent(text), encoding="utf-8")
        command = [sys.executable, str(file)]
        monkeypatch.setattr(live_validation, "start_judge", lambda heard: ValidationProcess(heard, command))

    yield use
    window.workspace.validation.close()


def test_the_death_of_the_process_is_survived(window: Window, scripted: Scripted, qtbot: QtBot, tmp_path: Path) -> None:
    """It dies over every request until a file is there."""
    mark = tmp_path / "mark"
    scripted(
        f"""
        import json, pathlib, sys
        for line in sys.stdin:
            if not pathlib.Path({str(mark)!r}).exists():
                sys.exit(3)
            print(json.dumps({{"id": json.loads(line)["id"], "messages": []}}), flush=True)
        """
    )
    show_template(window, qtbot)
    bar = window.workspace.template.bar
    assert bar.summary.text() == "Not checked"
    mark.touch()
    add_queue(window, qtbot)
    assert bar.summary.text() == "No messages"


def test_closing_does_not_wait_for_a_busy_process(window: Window, scripted: Scripted, qtbot: QtBot) -> None:
    """The tests' own watch makes sure that no thread is left."""
    scripted("import sys, time\nfor line in sys.stdin:\n    time.sleep(60)\n")
    window.panels.show("template")
    validation = window.workspace.validation
    qtbot.waitUntil(lambda: validation.verdict.phase is Phase.CHECKING and window.workspace.tasks.settled)
    window.document.history.mark_clean()
    window.close()
    assert not window.isVisible()


@pytest.fixture
def real_window(qtbot: QtBot, catalog: Catalog) -> Iterator[Window]:
    """The window with the real analysis, export and judges."""
    window = Window(Document(catalog), UserSettings())
    qtbot.addWidget(window, before_close_func=lambda made: made.document.history.mark_clean())
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    window.begin()
    yield window
    window.workspace.tasks.stop()
    window.workspace.validation.close()


@pytest.mark.judge
def test_the_real_judges_find_a_wrong_instance_class(real_window: Window, qtbot: QtBot) -> None:
    """Typed in the inspector; its message leads back to the database; undo takes it away; cfn-lint agrees."""
    assert real_window.files.open_sample("three-tier")
    show_template(real_window, qtbot)
    settle(real_window, qtbot)
    bar = real_window.workspace.template.bar
    assert bar.summary.text() == "No messages"
    real_window.canvas.select(components=("database",))
    form = real_window.workspace.inspector.form
    assert form is not None
    box = form.fields["instance_class"].widget
    assert isinstance(box, ComboBox)
    editor = box.lineEdit()
    assert editor is not None
    editor.setFocus()
    editor.selectAll()
    qtbot.keyClicks(editor, "db.q9.large")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "error" in bar.summary.text(), timeout=20000)
    real_window.canvas.select(components=("web",))
    click_message(real_window, 0, qtbot)
    assert real_window.canvas.selection().components == ("database",)
    view = real_window.workspace.template.view
    assert "db.q9.large" in view.textCursor().block().text()
    qtbot.mouseClick(bar.opinion, LEFT)
    qtbot.waitUntil(lambda: not bar.progress.isVisible(), timeout=40000)
    assert real_window.workspace.validation.verdict.lint
    assert real_window.workspace.validation.verdict.said[0].origin == "database"
    real_window.document.undo()
    qtbot.waitUntil(lambda: bar.summary.text() == "No messages", timeout=20000)
