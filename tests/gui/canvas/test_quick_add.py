"""Adding by a search at the pointer."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from designer.gui.canvas.canvas import Canvas
from designer.gui.canvas.emphasis import Selection
from designer.gui.document import Document
from tests.gui.canvas.conftest import Hand
from tests.gui.canvas.test_pointer import EMPTY, QUEUE, steps

QUEUE_HANDLE = (-560 + 192 + 9, 232)
FREE = (360, 80)


def shown(canvas: Canvas) -> list[str]:
    assert canvas.adding.search is not None
    return [canvas.adding.search.list.item(row).text() for row in range(canvas.adding.search.list.count())]


def test_a_double_click_on_empty_canvas_adds_what_is_typed(
    canvas: Canvas, hand: Hand, document: Document, qtbot: QtBot
) -> None:
    hand.double_click(FREE)
    search = canvas.adding.search
    assert search is not None and search.isVisible()
    qtbot.waitUntil(search.search.hasFocus)
    assert canvas.viewport().rect().contains(search.geometry())
    QTest.keyClicks(search.search, "postgres")
    assert shown(canvas)[0] == document.catalog.kinds["rds"].title
    QTest.keyClick(search.search, Qt.Key.Key_Return)
    (key,) = canvas.selection().components
    component = document.architecture.components[key]
    assert (component.kind, component.x, component.y) == ("rds", 360 - 96, 80 - 32)
    assert component.boundary is None
    assert not search.isVisible() and canvas.hasFocus() and steps(document) == 1


def test_slash_opens_the_search_and_arrows_choose(canvas: Canvas, hand: Hand, document: Document) -> None:
    hand.key(Qt.Key.Key_Slash, text="/")
    search = canvas.adding.search
    assert search is not None
    assert len(shown(canvas)) >= len(document.catalog.kinds)
    before = set(document.architecture.components)
    QTest.keyClick(search.search, Qt.Key.Key_Down)
    wanted = shown(canvas)[1]
    QTest.keyClick(search.search, Qt.Key.Key_Enter)
    (new,) = document.architecture.components.keys() - before
    assert document.catalog.kinds[document.architecture.components[new].kind].title == wanted


def test_escape_or_a_click_elsewhere_adds_nothing(canvas: Canvas, hand: Hand, document: Document) -> None:
    for close in ("escape", "click"):
        hand.double_click(FREE)
        search = canvas.adding.search
        assert search is not None
        if close == "escape":
            QTest.keyClick(search.search, Qt.Key.Key_Escape)
        else:
            canvas.setFocus()
        assert not search.isVisible() and canvas.hasFocus()
    assert steps(document) == 0


def test_what_nothing_is_called_adds_nothing(canvas: Canvas, hand: Hand, document: Document) -> None:
    hand.double_click(FREE)
    search = canvas.adding.search
    assert search is not None
    QTest.keyClicks(search.search, "zzzz")
    assert shown(canvas) == []
    QTest.keyClick(search.search, Qt.Key.Key_Return)
    assert steps(document) == 0 and search.isVisible()


def test_a_wire_let_go_on_empty_canvas_offers_what_fits(canvas: Canvas, hand: Hand, document: Document) -> None:
    hand.move(QUEUE)
    hand.drag(QUEUE_HANDLE, (-200, 344))
    search = canvas.adding.search
    assert search is not None and search.isVisible()
    assert canvas.overlay.wire is not None, "the wire is still to be seen"
    catalog = document.catalog
    fits = {kind.title for kind in catalog.kinds.values() if catalog.relations_between("sqs", kind.id)}
    assert {text.split(": ")[0] for text in shown(canvas)} == fits
    QTest.keyClicks(search.search, "lambda")
    QTest.keyClick(search.search, Qt.Key.Key_Return)
    (new,) = canvas.selection().components
    component = document.architecture.components[new]
    assert (component.kind, component.x, component.y) == ("lambda", -200, 312)
    (wire,) = document.architecture.wires_of(new)
    assert (wire.source, wire.target) == ("queue", new)
    assert wire.relation in [relation.id for relation in catalog.relations_between("sqs", "lambda")]
    assert canvas.overlay.wire is None and steps(document) == 1
    document.undo()
    assert new not in document.architecture.components and not document.architecture.wires_of("queue")


def test_escape_leaves_no_wire(canvas: Canvas, hand: Hand, document: Document) -> None:
    hand.move(QUEUE)
    hand.drag(QUEUE_HANDLE, EMPTY)
    assert canvas.adding.search is not None
    QTest.keyClick(canvas.adding.search.search, Qt.Key.Key_Escape)
    assert canvas.overlay.wire is None and canvas.gesture is None and steps(document) == 0
    assert canvas.selection() == Selection()


def test_another_document_closes_the_search(canvas: Canvas, document: Document) -> None:
    canvas.quick_add(QPoint(5000, 5000))
    search = canvas.adding.search
    assert search is not None and canvas.viewport().rect().contains(search.geometry())
    document.replace(document.architecture.copy(), None)
    assert not search.isVisible() and canvas.adding.search is None


def test_favourites_stand_first_until_something_is_typed(canvas: Canvas, hand: Hand) -> None:
    canvas.favoured = lambda: ["sns", "tier:public"]
    hand.double_click(FREE)
    assert shown(canvas)[:2] == ["SNS topic", "Public subnets"]
    assert canvas.adding.search is not None
    QTest.keyClicks(canvas.adding.search.search, "queue")
    assert shown(canvas)[0] == "SQS queue"
