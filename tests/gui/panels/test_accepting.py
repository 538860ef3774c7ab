"""Accepting a finding with a reason in the panel, by mouse and keys: one undo step, a group of its own, taken back."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from designer.analysis.analyse import analyse
from designer.catalog.catalog import load_catalog
from designer.gui.dialogs.reason import ReasonDialog
from designer.gui.document import Document
from designer.gui.panels.findings import FindingsPanel
from designer.model.entities import Collection
from designer.model.operations import set_settings_property
from tests.analysis.drawings import draw
from tests.gui.panels.test_inspector import type_number

LEFT = Qt.MouseButton.LeftButton
TEXT = "users: users; s: ec2 name=Shop; db: rds name=Data deployment=single; users requests s; s queries db"


@pytest.fixture
def panel(document: Document, show: Callable[..., None]) -> FindingsPanel:
    """The panel over a fragile drawing; it follows the document."""
    document.replace(draw(TEXT), None)
    made = FindingsPanel(document)
    show(made, 1000, 420)

    def follow() -> None:
        made.show_analysis(analyse(document.architecture, load_catalog()))

    document.changed.connect(lambda *_: follow())
    follow()
    return made


def centre(panel: FindingsPanel, row: int, *, accepted: bool = False) -> QPoint:
    """The middle of a row."""
    listed = panel.accepted.list if accepted else panel.list
    return listed.visualRect(listed.model().index(row, 0)).center()


def row_of(panel: FindingsPanel, rule: str) -> int:
    """The row of the first finding of a rule."""
    return next(row for row in range(panel.model.rowCount()) if panel.model.finding(row).rule == rule)


def dialog(panel: FindingsPanel, open_it: Callable[[], None]) -> ReasonDialog:
    """The dialog that something opens."""
    made: list[ReasonDialog] = []
    panel.acceptance.asked.connect(made.append)
    open_it()
    panel.acceptance.asked.disconnect(made.append)
    (found,) = made
    return found


def accept(panel: FindingsPanel, qtbot: QtBot, rule: str, reason: str) -> None:
    """Clicks the finding, the button, types a reason, accepts."""
    qtbot.mouseClick(panel.list.viewport(), LEFT, pos=centre(panel, row_of(panel, rule)))
    asked = dialog(panel, lambda: qtbot.mouseClick(panel.details.accept, LEFT))
    assert not asked.accept_button.isEnabled()
    qtbot.keyClicks(asked.reason, reason)
    qtbot.mouseClick(asked.accept_button, LEFT)


def test_a_finding_is_accepted_with_a_reason_in_one_step(
    panel: FindingsPanel, document: Document, qtbot: QtBot
) -> None:
    """It goes from the list to the group, the file has the reason, and undo brings it back."""
    before = panel.model.rowCount()
    key = panel.model.finding(row_of(panel, "SPOF-01")).components[0]
    accept(panel, qtbot, "SPOF-01", "A nightly copy is enough.")
    assert document.architecture.components[key].accepted == {"SPOF-01": "A nightly copy is enough."}
    assert panel.model.rowCount() == before - 1
    assert panel.accepted.isVisible() and panel.accepted.toggle.text() == "Accepted (1)"
    assert not panel.accepted.list.isVisible()
    assert document.history.undo_label == "Accept SPOF-01"
    document.undo()
    assert panel.model.rowCount() == before
    assert not panel.accepted.isVisible()


def test_an_accepted_finding_tells_its_reason_and_is_taken_back(
    panel: FindingsPanel, document: Document, qtbot: QtBot
) -> None:
    """In the unfolded group, with a button; then it counts again."""
    before = panel.model.rowCount()
    accept(panel, qtbot, "SPOF-01", "Good enough")
    qtbot.mouseClick(panel.accepted.toggle, LEFT)
    qtbot.mouseClick(panel.accepted.list.viewport(), LEFT, pos=centre(panel, 0, accepted=True))
    assert panel.details.reason.text() == "Good enough"
    assert panel.details.take_back.isVisible() and not panel.details.accept.isVisible()
    qtbot.mouseClick(panel.details.take_back, LEFT)
    assert panel.model.rowCount() == before
    assert not any(component.accepted for component in document.architecture.components.values())
    assert not panel.details.take_back.isVisible()


def test_the_whole_architecture_can_accept_a_rule(panel: FindingsPanel, document: Document, qtbot: QtBot) -> None:
    """Chosen in the dialog by the keyboard."""
    qtbot.mouseClick(panel.list.viewport(), LEFT, pos=centre(panel, row_of(panel, "SPOF-01")))
    asked = dialog(panel, lambda: qtbot.mouseClick(panel.details.accept, LEFT))
    qtbot.keyClick(asked.place, Qt.Key.Key_End)
    assert asked.place.currentText() == "The whole architecture"
    qtbot.keyClicks(asked.reason, "A test")
    qtbot.mouseClick(asked.accept_button, LEFT)
    assert document.architecture.settings.accepted == {"SPOF-01": "A test"}


def test_escape_and_blanks_accept_nothing(panel: FindingsPanel, document: Document, qtbot: QtBot) -> None:
    """No reason, no acceptance."""
    qtbot.mouseClick(panel.list.viewport(), LEFT, pos=centre(panel, 0))
    asked = dialog(panel, lambda: qtbot.mouseClick(panel.details.accept, LEFT))
    qtbot.keyClicks(asked.reason, "   ")
    assert not asked.accept_button.isEnabled()
    asked.reason.setPlainText("x" * 1001)
    assert not asked.accept_button.isEnabled() and "1001" in asked.message.text()
    qtbot.keyClick(asked, Qt.Key.Key_Escape)
    assert document.history.undo_label is None


def test_the_menu_of_a_finding_offers_the_same(panel: FindingsPanel, qtbot: QtBot) -> None:
    """By the right button; what is under the mouse is chosen by it."""
    place = centre(panel, 1)
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, place, panel.list.viewport().mapToGlobal(place))
    with qtbot.waitSignal(panel.list.menu_asked) as told:
        QApplication.sendEvent(panel.list.viewport(), event)
    assert told.args is not None and told.args[0] == panel.model.finding(1) == panel.list.current()
    popup = QApplication.activePopupWidget()
    if popup is not None:
        popup.close()
    (action,) = panel.menu_of(panel.model.finding(1)).actions()
    assert action.text() == "Accept with a reason…" and action.isEnabled()


def test_errors_cannot_be_accepted(panel: FindingsPanel, document: Document, qtbot: QtBot) -> None:
    """Neither by button nor by menu."""
    document.replace(draw("web: asg min=3 desired=2"), None)
    panel.show_analysis(analyse(document.architecture, load_catalog()))
    qtbot.mouseClick(panel.list.viewport(), LEFT, pos=centre(panel, row_of(panel, "ASG-01")))
    assert not panel.details.accept.isVisible()
    (action,) = panel.menu_of(panel.model.finding(row_of(panel, "ASG-01"))).actions()
    assert not action.isEnabled()


def test_learning_tells_why_before_what(panel: FindingsPanel, document: Document, qtbot: QtBot) -> None:
    """The profile of the architecture, an ordinary edit."""
    qtbot.mouseClick(panel.list.viewport(), LEFT, pos=centre(panel, 0))
    details = panel.details
    assert details.message.y() < details.why.y()
    document.do(set_settings_property(document.architecture, "profile", "learning"))
    qtbot.mouseClick(panel.list.viewport(), LEFT, pos=centre(panel, 0))
    qtbot.waitUntil(lambda: details.why.y() < details.message.y())


def test_objectives_of_a_flow_are_typed_in_seconds(document: Document, qtbot: QtBot, show: Callable[..., None]) -> None:
    """With the units said, and what does not fit refused."""
    from designer.gui.panels.flow_editor import FlowEditor
    from designer.model.entities import Flow
    from designer.model.operations import add

    document.replace(draw(TEXT), None)
    document.do(add(Flow(id="buy", name="Buy", entry="users"), "Add flow"))
    editor = FlowEditor(document)
    show(editor, 360, 420)
    editor.show_entry("users")
    for name, text, value in (("rto", "3600", 3600), ("rpo", "300", 300)):
        type_number(qtbot, editor.fields["buy"][name], text)
        assert getattr(document.architecture.table(Collection.FLOWS)["buy"], name) == value
