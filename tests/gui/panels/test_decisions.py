"""Notes and decisions in the inspector: written, changed, removed, each one step; kept by the file."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from designer.gui.dialogs.decision import DecisionDialog
from designer.gui.document import Document
from designer.gui.panels.form import Form
from designer.gui.panels.inspector import InspectorPanel
from designer.gui.panels.selected import Choice
from designer.model.decisions import Decision, Status
from designer.model.edits import Put
from designer.storage.decisions import MOST_DECISIONS
from designer.storage.files import dumps, loads
from tests.gui.panels.test_inspector import ENTER, ESCAPE, LEFT, choose, form_of


@pytest.fixture
def panel(document: Document, show: Callable[..., None]) -> InspectorPanel:
    made = InspectorPanel(document)
    show(made, 320, 1400)
    return made


def open_new(panel: InspectorPanel, form: Form, qtbot: QtBot) -> DecisionDialog:
    qtbot.mouseClick(form.decisions.add, LEFT)
    assert panel.dialog is not None
    return panel.dialog


def retype(qtbot: QtBot, line: object, text: str) -> None:
    line.selectAll()  # type: ignore[attr-defined]
    qtbot.keyClicks(line, text)


def test_a_decision_is_written_and_kept(panel: InspectorPanel, document: Document, qtbot: QtBot) -> None:
    dialog = open_new(panel, form_of(panel, "jobs"), qtbot)
    assert not dialog.keep.isEnabled() and dialog.keep.toolTip() == "Write what is decided first"
    qtbot.keyClicks(dialog.title, "A queue before mail")
    choose(qtbot, dialog.status, "Accepted")
    retype(qtbot, dialog.date, "2026-03-01")
    qtbot.keyClicks(dialog.why, "Mail may wait.")
    qtbot.mouseClick(dialog.keep, LEFT)
    made = Decision(title="A queue before mail", status=Status.ACCEPTED, why="Mail may wait.", date="2026-03-01")
    assert document.architecture.components["jobs"].decisions == (made,)
    assert document.history.undo_label == "Add decision A queue before mail"
    assert loads(dumps(document.architecture), document.catalog) == document.architecture
    assert panel.form is not None
    (card,) = panel.form.decisions.cards
    assert card.accessibleName() == "Decision: A queue before mail, Accepted"
    document.undo()
    assert document.architecture.components["jobs"].decisions == () and panel.form.decisions.cards == []


def test_what_is_wrong_with_a_decision_is_said_while_typing(panel: InspectorPanel, qtbot: QtBot) -> None:
    dialog = open_new(panel, form_of(panel, "jobs"), qtbot)
    qtbot.keyClicks(dialog.title, "Q")
    assert dialog.keep.isEnabled()
    retype(qtbot, dialog.date, "2026-02-30")
    assert not dialog.keep.isEnabled() and "day such as" in dialog.message.text()
    retype(qtbot, dialog.date, "2026-02-28")
    assert dialog.keep.isEnabled() and dialog.message.isHidden()
    dialog.title.setText("x" * 201)
    assert not dialog.keep.isEnabled() and "at most 200 characters, not 201" in dialog.message.text()
    qtbot.keyClick(dialog, ESCAPE)


def test_a_decision_is_changed_and_removed(panel: InspectorPanel, document: Document, qtbot: QtBot) -> None:
    """Keys of the file that this program does not know stay."""
    old = Decision(title="One zone", extra={"id": 7})
    document.do(Put(document.architecture.components["orders"].with_(decisions=(old, Decision(title="Other")))))
    form = form_of(panel, "orders")
    form.decisions.cards[0].setFocus()
    qtbot.keyClick(form.decisions.cards[0], ENTER)
    dialog = panel.dialog
    assert dialog is not None and dialog.title.text() == "One zone"
    choose(qtbot, dialog.status, "Superseded")
    qtbot.mouseClick(dialog.keep, LEFT)
    first, second = document.architecture.components["orders"].decisions
    assert first == Decision(title="One zone", status=Status.SUPERSEDED, extra={"id": 7}) and second.title == "Other"
    qtbot.mouseClick(form.decisions.cards[0], LEFT)
    assert panel.dialog is not None
    qtbot.mouseClick(panel.dialog.remove, LEFT)
    assert [one.title for one in document.architecture.components["orders"].decisions] == ["Other"]
    assert document.history.undo_label == "Remove decision One zone"
    document.undo()
    document.undo()
    assert document.architecture.components["orders"].decisions[0] == old


def test_a_decision_for_several_things_and_for_the_whole(
    panel: InspectorPanel, document: Document, qtbot: QtBot
) -> None:
    panel.show_selection(Choice(components=("jobs", "orders"), connections=("shop-orders",)))
    assert panel.form is not None
    assert panel.form.decisions.add.toolTip() == "Pin a decision to each of the 3 things"
    dialog = open_new(panel, panel.form, qtbot)
    qtbot.keyClicks(dialog.title, "Encrypt")
    qtbot.keyClick(dialog.title, ENTER)
    found = document.architecture
    things = (found.components["jobs"], found.components["orders"], found.connections["shop-orders"])
    assert [[one.title for one in thing.decisions] for thing in things] == [["Encrypt"]] * 3
    document.undo()
    assert not any(thing.decisions for thing in found.components.values())
    panel.show_selection(Choice())
    dialog = open_new(panel, panel.form, qtbot)
    qtbot.keyClicks(dialog.title, "One Region")
    qtbot.keyClick(dialog.title, ENTER)
    assert [one.title for one in document.architecture.settings.decisions] == ["One Region"]


def test_a_dialog_that_changed_nothing_makes_no_step(panel: InspectorPanel, document: Document, qtbot: QtBot) -> None:
    document.do(Put(document.architecture.components["jobs"].with_(decisions=(Decision(title="A"),))))
    step = document.history.undo_label
    form = form_of(panel, "jobs")
    qtbot.mouseClick(form.decisions.cards[0], LEFT)
    assert panel.dialog is not None
    qtbot.mouseClick(panel.dialog.keep, LEFT)
    assert document.history.undo_label == step


def test_no_more_decisions_than_a_file_takes(panel: InspectorPanel, document: Document) -> None:
    some = tuple(Decision(title=f"D{number}") for number in range(MOST_DECISIONS))
    document.do(Put(document.architecture.components["jobs"].with_(decisions=some)))
    loads(dumps(document.architecture), document.catalog)
    form = form_of(panel, "jobs")
    assert not form.decisions.add.isEnabled() and "100 decisions" in form.decisions.add.toolTip()
    assert not form_of(panel, "jobs", "mail").decisions.add.isEnabled()
    assert form_of(panel, "mail").decisions.add.isEnabled()


def test_notes_of_connections_and_of_the_whole(panel: InspectorPanel, document: Document, qtbot: QtBot) -> None:
    panel.show_selection(Choice(connections=("jobs-worker",)))
    assert panel.form is not None
    qtbot.keyClicks(panel.form.extras["note"].widget, "By hand")
    assert document.architecture.connections["jobs-worker"].note == "By hand"
    panel.show_selection(Choice())
    qtbot.keyClicks(panel.form.extras["note"].widget, "Read me")
    assert document.architecture.settings.note == "Read me"
    qtbot.keyClick(panel.form.extras["note"].widget, Qt.Key.Key_Backspace)
    assert document.architecture.settings.note == "Read m"
    document.undo()
    assert document.architecture.settings.note == ""
