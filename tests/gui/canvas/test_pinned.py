"""The mark of notes and decisions on cards and titles, and what it says under the pointer."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QHelpEvent, QImage
from PySide6.QtWidgets import QApplication, QToolTip
from pytestqt.qtbot import QtBot

from designer.gui.canvas.canvas import Canvas
from designer.gui.canvas.descriptions import describe
from designer.gui.canvas.pinned import MARK, MARK_LEFT, MARK_TOP, Mark, mark_of
from designer.gui.document import Document
from designer.gui.theme import ThemeChoice, theme_switch
from designer.model.decisions import Decision, Status
from designer.model.edits import Put
from designer.model.entities import Collection, Component
from tests.gui.canvas.conftest import Hand
from tests.gui.canvas.test_painting import picture


def corner(canvas: Canvas, key: str) -> QImage:
    """What is seen at the upper left corner of a card."""
    left, top, _right, _bottom = canvas.drawing.rects[key]
    start = canvas.mapFromScene(left + MARK_LEFT, top + MARK_TOP)
    size = canvas.mapFromScene(left + MARK_LEFT + MARK[0], top + MARK_TOP + MARK[1]) - start
    return canvas.viewport().grab(QRect(start, start + size)).toImage()


def pin(document: Document, key: str, note: str = "", *decisions: Decision) -> None:
    document.do(Put(document.architecture.components[key].with_(note=note, decisions=decisions)))


def test_a_note_and_a_decision_have_marks_of_their_own(canvas: Canvas, document: Document) -> None:
    canvas.zoom_to(1.0)
    for theme in (ThemeChoice.LIGHT, ThemeChoice.DARK):
        theme_switch().use(theme)
        pin(document, "worker")
        plain = corner(canvas, "worker")
        pin(document, "worker", "Owned by the web team")
        noted = corner(canvas, "worker")
        pin(document, "worker", "Owned by the web team", Decision(title="One queue"))
        decided = corner(canvas, "worker")
        assert plain != noted and noted != decided and plain != decided, "told apart by shape"
    pin(document, "worker")
    assert corner(canvas, "worker") == plain, "and gone with what was pinned"


def test_a_boundary_has_the_mark_behind_its_title(canvas: Canvas, document: Document) -> None:
    canvas.zoom_to(1.0)
    key = next(iter(document.architecture.boundaries))
    canvas.centre_on(key)
    before = picture(canvas)
    document.do(Put(document.architecture.boundaries[key].with_(note="Shared by all")))
    noted = picture(canvas)
    assert noted != before
    assert canvas.drawing.labels.boundary_tip(key).split("\n")[1] == "Shared by all"
    document.undo()
    assert picture(canvas) == before


def test_blanks_are_no_note() -> None:
    assert mark_of(Component(id="q", kind="sqs", name="Q", note=" \n ")) is None
    assert mark_of(Component(id="q", kind="sqs", name="Q", note="x")) is Mark.NOTE


def test_the_tooltip_and_the_description_tell_what_is_pinned(
    canvas: Canvas, document: Document, hand: Hand, qtbot: QtBot
) -> None:
    old = Decision(title="Two queues", status=Status.SUPERSEDED)
    pin(document, "worker", "Owned by the web team", old, Decision(title="One queue", status=Status.ACCEPTED))
    left, top, right, bottom = canvas.drawing.rects["worker"]
    at: QPoint = hand.view(((left + right) / 2, (top + bottom) / 2))
    QApplication.sendEvent(
        canvas.viewport(), QHelpEvent(QHelpEvent.Type.ToolTip, at, canvas.viewport().mapToGlobal(at))
    )
    qtbot.waitUntil(lambda: QToolTip.text() != "")
    lines = QToolTip.text().split("\n")
    assert lines[-3:] == ["Owned by the web team", "Accepted: One queue", "Superseded: Two queues"]
    QToolTip.hideText()
    told = describe(canvas.drawing.labels, Collection.COMPONENTS, "worker")
    assert "Owned by the web team. Accepted: One queue." in told


def test_a_long_note_is_cut_in_the_tooltip(canvas: Canvas, document: Document) -> None:
    pin(document, "worker", "x" * 1000, *(Decision(title=f"D{number}") for number in range(9)))
    lines = canvas.drawing.labels.component_tip("worker").split("\n")
    assert len(lines[1]) == 400 and lines[-1] == "and 4 more decisions"
