"""Wires that are there: their note, direction and meaning, their paths, and components put into them or taken out."""

from __future__ import annotations

from itertools import pairwise

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QAction, QContextMenuEvent, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu
from pytestqt.qtbot import QtBot

from designer.gui.canvas.canvas import Canvas
from designer.gui.canvas.emphasis import Selection
from designer.gui.canvas.metrics import Rect, overlaps
from designer.gui.document import Document
from designer.model.edits import Batch, Put, Remove
from designer.model.entities import Collection, Component, Connection
from designer.storage.files import dumps, loads
from tests.gui.canvas.conftest import ALT, CONTROL, NONE, SHIFT, Hand, Point
from tests.gui.canvas.test_pointer import EMPTY, steps

WEB, DATA, TOPIC = (-120, -8), (136, -8), (176, 232)


def middle(canvas: Canvas, wire: str) -> Point:
    points = canvas.drawing.wires.points(canvas.drawing.wires.all[wire])
    (x1, y1), (x2, y2) = max(pairwise(points), key=lambda run: abs(run[0][0] - run[1][0]) + abs(run[0][1] - run[1][1]))
    return (x1 + x2) / 2, (y1 + y2) / 2


def put(document: Document, *entities: Component | Connection) -> None:
    document.architecture.apply(Batch("Put", tuple(Put(entity) for entity in entities)))


def wire(document: Document, source: str, target: str) -> Connection | None:
    return next((w for w in document.architecture.outgoing(source) if w.target == target), None)


def context_menu(canvas: Canvas, at: QPoint) -> QMenu:
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, at, canvas.viewport().mapToGlobal(at))
    QApplication.sendEvent(canvas.viewport(), event)
    assert canvas.menu is not None
    return canvas.menu


def entry(menu: QMenu, text: str) -> QAction:
    return next(action for action in menu.actions() if action.text() == text)


def write(text: str, key: Qt.Key) -> None:
    editor = QApplication.focusWidget()
    assert isinstance(editor, QLineEdit)
    editor.selectAll()
    QTest.keyClicks(editor, text)
    QTest.keyClick(editor, key)


def test_a_double_click_on_a_wire_edits_its_note(canvas: Canvas, hand: Hand, document: Document) -> None:
    assert canvas.drawing.wires.all["web-db"].label == "queries"
    hand.double_click(middle(canvas, "web-db"))
    write("only reads", Qt.Key.Key_Return)
    assert document.architecture.connections["web-db"].note == "only reads"
    assert document.history.undo_label == "Note Web to Data" and steps(document) == 1
    assert canvas.drawing.wires.all["web-db"].label == "only reads", "it stands on the wire"
    assert "only reads" in canvas.drawing.labels.connection_tip("web-db")
    assert "queries" in canvas.drawing.labels.connection_tip("web-db"), "what it means is still told"
    assert loads(dumps(document.architecture), document.catalog) == document.architecture
    document.undo()
    assert canvas.drawing.wires.all["web-db"].label == "queries"


def test_f2_edits_the_first_line_of_a_note_and_escape_gives_up(canvas: Canvas, hand: Hand, document: Document) -> None:
    put(document, document.architecture.connections["web-db"].with_(note="first\nsecond\nthird"))
    assert canvas.drawing.wires.all["web-db"].label == "first"
    canvas.select(connections=["web-db"])
    canvas.rename_selected()
    write("changed", Qt.Key.Key_Escape)
    assert document.architecture.connections["web-db"].note == "first\nsecond\nthird"
    hand.key(Qt.Key.Key_F2)
    write("changed", Qt.Key.Key_Return)
    assert document.architecture.connections["web-db"].note == "changed\nsecond\nthird"
    hand.key(Qt.Key.Key_F2)
    write(" ", Qt.Key.Key_Return)
    assert document.architecture.connections["web-db"].note == "second\nthird"


def test_a_wire_is_reversed_with_its_corners(canvas: Canvas, hand: Hand, document: Document) -> None:
    put(
        document,
        Component(id="shop", kind="ecs", name="Shop", x=400, y=200),
        Component(id="stock", kind="ecs", name="Stock", x=400, y=-200),
        Connection(id="shop-stock", source="shop", target="stock", relation="calls", via=((700, 232), (700, -168))),
    )
    canvas.select(connections=["shop-stock"])
    hand.key(Qt.Key.Key_R, CONTROL | ALT)
    turned = wire(document, "stock", "shop")
    assert turned == Connection(
        id="stock-shop", source="stock", target="shop", relation="calls", via=((700, -168), (700, 232))
    )
    assert wire(document, "shop", "stock") is None
    assert document.history.undo_label == "Reverse Shop to Stock"
    assert canvas.selection() == Selection(connections=("stock-shop",))
    document.undo()
    assert wire(document, "shop", "stock") is not None


def test_a_wire_that_cannot_run_the_other_way_stays_and_says_why(
    canvas: Canvas, hand: Hand, document: Document, messages: list[str]
) -> None:
    canvas.select(connections=["web-db"])
    hand.key(Qt.Key.Key_R, CONTROL | ALT)
    reason = document.catalog.refusal("rds", "asg").reason
    assert reason in messages[-1] and steps(document) == 0


def choose(canvas: Canvas, hand: Hand, qtbot: QtBot, key: str, submenu: str, text: str) -> list[str]:
    """Chooses an entry in a menu within the context menu of a wire; returns all entries, the checked ones marked."""
    menu = context_menu(canvas, hand.view(middle(canvas, key)))
    inner = entry(menu, submenu).menu()
    assert isinstance(inner, QMenu)
    entries = [("* " if action.isChecked() else "") + action.text() for action in inner.actions()]
    inner.popup(canvas.mapToGlobal(QPoint(0, 0)))
    qtbot.waitUntil(inner.isVisible)
    qtbot.mouseClick(inner, Qt.MouseButton.LeftButton, pos=inner.actionGeometry(entry(inner, text)).center())
    menu.close()
    return entries


def test_the_meaning_of_a_wire_is_changed_in_its_menu(
    canvas: Canvas, hand: Hand, document: Document, qtbot: QtBot
) -> None:
    put(
        document,
        Component(id="later", kind="sqs", name="Later", x=80, y=400),
        Connection(id="worker-later", source="worker", target="later", relation="sends"),
    )
    sends, fails = (document.catalog.relations[key].title for key in ("sends", "fails-to"))
    assert choose(canvas, hand, qtbot, "worker-later", "Meaning", fails) == [f"* {sends}", fails]
    assert document.architecture.connections["worker-later"].relation == "fails-to"
    assert document.history.undo_label == f"Change meaning to {fails}" and steps(document) == 1
    assert canvas.drawing.wires.all["worker-later"].label == "fails to"


def test_reading_and_waiting_are_changed_in_the_menu(
    canvas: Canvas, hand: Hand, document: Document, qtbot: QtBot
) -> None:
    put(
        document,
        Component(id="store", kind="dynamodb", name="Store", x=80, y=400),
        Component(id="helper", kind="lambda", name="Helper", x=-240, y=400),
        Connection(id="worker-store", source="worker", target="store", relation="reads-writes"),
        Connection(id="worker-helper", source="worker", target="helper", relation="invokes"),
    )
    relations = document.catalog.relations
    access, mode = relations["reads-writes"].properties["access"], relations["invokes"].properties["mode"]
    choose(canvas, hand, qtbot, "worker-store", access.title, access.choices["read"])
    assert document.architecture.connections["worker-store"].properties == {"access": "read"}
    dashed = canvas.drawing.wires.all["worker-helper"].style.dashed
    choose(canvas, hand, qtbot, "worker-helper", mode.title, mode.choices["request" if dashed else "event"])
    assert canvas.drawing.wires.all["worker-helper"].style.dashed != dashed, "the line tells who waits"
    assert steps(document) == 2


def test_a_component_is_taken_out_and_its_wires_are_joined(
    canvas: Canvas, hand: Hand, document: Document, messages: list[str]
) -> None:
    put(
        document,
        Component(id="shop", kind="ecs", name="Shop", x=400, y=200),
        Component(id="stock", kind="ecs", name="Stock", x=700, y=200),
        Component(id="bills", kind="ecs", name="Bills", x=1000, y=200),
        Connection(
            id="shop-stock", source="shop", target="stock", relation="calls", properties={"calls_per_request": 3}
        ),
        Connection(id="stock-bills", source="stock", target="bills", relation="calls"),
    )
    before = document.architecture.copy()
    canvas.select(["stock"])
    hand.key(Qt.Key.Key_Delete, CONTROL)
    assert "stock" not in document.architecture.components
    bridge = wire(document, "shop", "bills")
    assert bridge is not None and (bridge.relation, dict(bridge.properties)) == ("calls", {"calls_per_request": 3})
    assert document.history.undo_label == "Delete Stock and bridge the gap" and steps(document) == 1
    assert "1 connection bridges the gap" in messages[-1]
    document.undo()
    assert document.architecture == before


def test_a_gap_that_cannot_be_bridged_is_not_made(
    canvas: Canvas, hand: Hand, document: Document, messages: list[str]
) -> None:
    canvas.select(["web"])
    hand.key(Qt.Key.Key_Delete, CONTROL)
    assert "web" in document.architecture.components and steps(document) == 0
    assert document.catalog.refusal("elb", "rds").reason in messages[-1]
    canvas.select(["topic"])
    hand.key(Qt.Key.Key_Delete, CONTROL)
    assert "topic" in document.architecture.components and "nothing leads through it" in messages[-1]


def test_alt_lights_up_the_paths_through_what_the_pointer_is_over(canvas: Canvas, hand: Hand) -> None:
    hand.move(WEB)
    assert not canvas.drawing.emphasis.lit
    hand.hold(Qt.Key.Key_Alt)
    assert canvas.drawing.emphasis.lit == {
        *("users", "users-entry", "entry", "entry-web", "web", "web-db", "db", "vpc", "private")
    }
    hand.move(middle(canvas, "users-entry"))
    assert canvas.drawing.emphasis.lit >= {"users", "users-entry", "db"}
    hand.move(EMPTY)
    assert not canvas.drawing.emphasis.lit
    hand.move(WEB)
    hand.let_go(Qt.Key.Key_Alt)
    assert not canvas.drawing.emphasis.lit


def test_alt_over_a_thing_is_not_for_the_menu_bar(canvas: Canvas, hand: Hand) -> None:
    for at, taken in ((WEB, True), (EMPTY, False)):
        hand.move(at)
        override = QKeyEvent(QEvent.Type.ShortcutOverride, Qt.Key.Key_Alt, ALT)
        override.ignore()
        QApplication.sendEvent(canvas, override)
        assert override.isAccepted() == taken


def test_paths_come_before_what_a_finding_lights_up(canvas: Canvas, hand: Hand) -> None:
    canvas.show_witness(["topic"])
    hand.click(DATA)
    hand.key(Qt.Key.Key_P)
    assert canvas.drawing.emphasis.lit >= {"users", "db"} and "topic" not in canvas.drawing.emphasis.lit
    hand.click(TOPIC)
    assert canvas.drawing.emphasis.lit == {"topic"}, "the paths follow the selection"
    hand.click(DATA)
    hand.key(Qt.Key.Key_Escape)
    assert canvas.drawing.emphasis.lit == {"topic"}, "the finding's again"
    assert canvas.selection().components == ("db",)
    canvas.show_witness(())
    assert not canvas.drawing.emphasis.lit


def test_lit_paths_follow_edits_and_end_with_the_document(canvas: Canvas, hand: Hand, document: Document) -> None:
    canvas.show_witness(["topic"])
    hand.click(DATA)
    hand.key(Qt.Key.Key_P)
    assert "users" in canvas.drawing.emphasis.lit
    document.do(Remove(Collection.CONNECTIONS, "entry-web"))
    assert canvas.drawing.emphasis.lit == {"web", "web-db", "db", "vpc", "private"}
    document.replace(document.architecture.copy(), None)
    assert not canvas.drawing.emphasis.lit
    hand.move(WEB)
    hand.hold(Qt.Key.Key_Alt)
    hand.let_go(Qt.Key.Key_Alt)
    assert not canvas.drawing.emphasis.lit, "nothing of the other document is lit again"


@pytest.fixture
def sending(document: Document) -> Connection:
    """A wire from the worker to the topic, with a function that stands below it."""
    relation = document.catalog.relations_between("lambda", "sns")[0].id
    sending = Connection(id="worker-topic", source="worker", target="topic", relation=relation, note="as it happens")
    put(document, sending, Component(id="filter", kind="lambda", name="Filter", x=-80, y=320))
    return sending


def test_a_component_is_dragged_into_a_wire(
    canvas: Canvas, hand: Hand, document: Document, sending: Connection, messages: list[str]
) -> None:
    before = document.architecture.copy()
    at = middle(canvas, "worker-topic")
    hand.start_drag((16, 352), at)
    assert canvas.drawing.emphasis.hovered == (Collection.CONNECTIONS, "worker-topic")
    assert "Between: Worker to" in messages[-1]
    hand.release(at)
    second = wire(document, "filter", "topic")
    assert wire(document, "worker", "filter") is not None and wire(document, "worker", "topic") is None
    assert second is not None and (second.relation, second.note) == (sending.relation, "as it happens")
    placed = document.architecture.components["filter"]
    assert abs(placed.y - 200) <= 8 and steps(document) == 1, "where it was dropped, as one step"
    assert document.history.undo_label == "Put Filter between Worker and Events"
    document.undo()
    assert document.architecture == before
    assert canvas.drawing.rects["filter"][1] == 320


def test_a_component_with_wires_is_moved_over_others_and_no_more(
    canvas: Canvas, hand: Hand, document: Document, sending: Connection
) -> None:
    put(document, Connection(id="queue-filter", source="queue", target="filter", relation="triggers"))
    at = middle(canvas, "worker-topic")
    hand.start_drag((16, 352), at)
    assert canvas.drawing.emphasis.hovered is None
    hand.release(at)
    assert wire(document, "worker", "topic") == sending


def test_escape_gives_up_dragging_into_a_wire(
    canvas: Canvas, hand: Hand, document: Document, sending: Connection
) -> None:
    at = middle(canvas, "worker-topic")
    hand.start_drag((16, 352), at)
    hand.key(Qt.Key.Key_Escape)
    hand.release(at)
    assert wire(document, "worker", "topic") == sending and steps(document) == 0
    assert canvas.drawing.emphasis.hovered is None and canvas.drawing.rects["filter"][1] == 320


def hits(canvas: Canvas, key: str, rect: Rect) -> bool:
    points = canvas.drawing.wires.points(canvas.drawing.wires.all[key])
    return any(
        overlaps((min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2)), rect) for (x1, y1), (x2, y2) in pairwise(points)
    )


def test_wires_go_around_components_while_one_is_dragged(canvas: Canvas, hand: Hand, document: Document) -> None:
    put(document, Connection(id="queue-topic", source="queue", target="worker", relation="triggers"))
    put(document, Component(id="block", kind="ec2", name="Block", x=0, y=180))
    hand.start_drag((-144, 232), (496, 232))
    wire_now = canvas.drawing.wires.points(canvas.drawing.wires.all["queue-topic"])
    assert wire_now[-1][0] > 300, "it follows what is dragged"
    assert hits(canvas, "queue-topic", (-520, 190, 390, 300)), "past what stands between"
    for key in ("block", "topic"):
        assert not hits(canvas, "queue-topic", canvas.drawing.rects[key]), "and around it, before the button goes up"
    hand.release((496, 232))


def test_the_bends_of_selected_wires_are_cleared(canvas: Canvas, hand: Hand, document: Document) -> None:
    first, second = (document.architecture.connections[key] for key in ("users-entry", "web-db"))
    put(document, first.with_(via=((-320, -208), (-320, -300))), second.with_(via=((20, 0), (20, 100))))
    canvas.select(connections=["web-db"])
    hand.key(Qt.Key.Key_R, CONTROL | SHIFT)
    assert document.architecture.connections["web-db"].via == () != document.architecture.connections["users-entry"].via
    hand.click(EMPTY)
    hand.key(Qt.Key.Key_R, CONTROL | SHIFT)
    assert document.architecture.connections["users-entry"].via == (), "with nothing selected, of all"
    assert steps(document) == 2 and hand.held == NONE


def test_a_wire_being_drawn_goes_around_what_is_between(canvas: Canvas, hand: Hand) -> None:
    hand.move((-464, 232))
    hand.start_drag((-560 + 192 + 9, 232), TOPIC)
    drawn = canvas.overlay.wire
    assert drawn is not None
    assert not any(
        overlaps((min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2)), canvas.drawing.rects["worker"])
        for (x1, y1), (x2, y2) in pairwise(drawn.points)
    )
    hand.key(Qt.Key.Key_Escape)
    hand.release(TOPIC)


def test_a_label_without_room_is_shown_while_its_wire_is_hovered(
    canvas: Canvas, hand: Hand, document: Document
) -> None:
    rows = [Component(id=f"r{n}", kind="ecs", name=f"R{n}", x=400 + n % 2 * 224, y=(n // 2 - 1) * 72) for n in range(6)]
    put(document, *rows, Connection(id="r2-r3", source="r2", target="r3", relation="calls", note="far too long"))
    canvas.viewport().repaint()
    wires = canvas.drawing.wires
    assert wires.all["r2-r3"].mark == (None,), "there is no room for it"
    at = canvas.drawing.wires.middle(wires.all["r2-r3"])
    place = hand.view(at)
    hand.move(EMPTY)
    without = canvas.grab().toImage().copy(place.x() - 6, place.y() - 9, 12, 18)
    hand.move(at)
    assert canvas.drawing.emphasis.hovered == (Collection.CONNECTIONS, "r2-r3")
    shown = canvas.grab().toImage().copy(place.x() - 6, place.y() - 9, 12, 18)
    hover = canvas.drawing.look.wire_pens["wire-hover", 1, False].color()
    line = sum(shown.pixelColor(6, y) == hover for y in range(18))
    assert shown != without and line < 2, "letters stand where the line was"
