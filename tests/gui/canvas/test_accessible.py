"""The canvas as assistive technology sees it, and as a driver finds things on it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface

from designer.gui.canvas.canvas import Canvas
from designer.gui.document import Document
from designer.model import operations
from designer.model.edits import Put
from designer.model.entities import Collection
from tests.gui.canvas.conftest import Hand
from tests.gui.canvas.test_scene import analysis


def interface(canvas: Canvas) -> QAccessibleInterface:
    found = QAccessible.queryAccessibleInterface(canvas)
    assert found is not None
    return found


def names(canvas: Canvas) -> list[str]:
    top = interface(canvas)
    return [top.child(index).text(QAccessible.Text.Name) for index in range(top.childCount())]


def child(canvas: Canvas, name: str) -> QAccessibleInterface:
    return interface(canvas).child(names(canvas).index(name))


def test_everything_has_role_and_name_in_reading_order(canvas: Canvas) -> None:
    top = interface(canvas)
    assert top.role() == QAccessible.Role.Canvas
    assert top.text(QAccessible.Text.Name) == "Canvas"
    assert names(canvas) == [
        "Users, Users",
        "Entry, Load balancer",
        "Web, Auto Scaling group",
        "Data, RDS database",
        "Orders, SQS queue",
        "Worker, Lambda function",
        "Events, SNS topic",
        "Inside, Subnet tier",
        "Network, VPC",
        "Entry to Web, routes",
        "Users to Entry, requests",
        "Web to Data, queries",
    ]
    for index in range(top.childCount()):
        item = top.child(index)
        assert item.role() == QAccessible.Role.Graphic
        assert item.isValid() and item.childCount() == 0
        assert top.indexOfChild(item) == index


def test_findings_are_part_of_the_name(canvas: Canvas) -> None:
    canvas.show_analysis(analysis())
    assert "Web, Auto Scaling group, 2 findings" in names(canvas)
    assert "Data, RDS database, 1 finding" in names(canvas)
    assert "Web to Data, queries, 1 finding" in names(canvas)


def test_rectangles_are_where_things_are_on_the_screen(canvas: Canvas) -> None:
    rect = child(canvas, "Worker, Lambda function").rect()
    corner = canvas.viewport().mapToGlobal(canvas.mapFromScene(-240, 200))
    assert (rect.topLeft() - corner).manhattanLength() <= 2
    assert abs(rect.width() - 192) <= 2 and abs(rect.height() - 64) <= 2
    found = interface(canvas).childAt(rect.center().x(), rect.center().y())
    assert found.text(QAccessible.Text.Name) == "Worker, Lambda function"
    empty = canvas.viewport().mapToGlobal(QPoint(5, 5))
    assert interface(canvas).childAt(empty.x(), empty.y()) is None


def test_states_tell_selection_and_sight(canvas: Canvas) -> None:
    worker = child(canvas, "Worker, Lambda function")
    assert worker.state().selectable and worker.state().focusable and not worker.state().selected
    canvas.select(["worker"])
    assert worker.state().selected and worker.state().focused
    focus = interface(canvas).focusChild()
    assert focus is not None and focus.text(QAccessible.Text.Name) == "Worker, Lambda function"
    assert not worker.state().offscreen
    canvas.viewpoint.centre((9000, 9000))
    assert worker.state().offscreen


def test_children_follow_the_document(canvas: Canvas, hand: Hand, document: Document) -> None:
    assert len(names(canvas)) == 12
    hand.drag_in("dynamodb", (-400, 330))
    hand.drop((-400, 330))
    assert len(names(canvas)) == 13 and "Table, DynamoDB table" in names(canvas)
    gone = child(canvas, "Orders, SQS queue")
    document.do(operations.delete(document.architecture, {Collection.COMPONENTS: ["queue"]}))
    assert not gone.isValid() and gone.text(QAccessible.Text.Name) == ""
    assert "Orders, SQS queue" not in names(canvas)
    document.undo()
    assert "Orders, SQS queue" in names(canvas)


def test_a_description_tells_what_else_is_drawn(canvas: Canvas) -> None:
    def told(name: str) -> str:
        return child(canvas, name).text(QAccessible.Text.Description)

    web = told("Web, Auto Scaling group")
    assert "In Inside, Network." in web and "Zones a, b." in web
    assert "Leads to Data (queries)." in web and "Reached from Entry (routes)." in web
    assert "Leads to" not in told("Data, RDS database")
    assert told("Entry to Web, routes") == "From Load balancer to Auto Scaling group."
    assert told("Inside, Subnet tier") == "Holds 2 components. In Network. Zones a, b."
    assert told("Network, VPC") == "Holds 1 component, 1 boundary. Zones a, b."


def test_relations_lead_along_the_wires(canvas: Canvas) -> None:
    to, back = QAccessible.RelationFlag.FlowsTo, QAccessible.RelationFlag.FlowsFrom
    web, wire = child(canvas, "Web, Auto Scaling group"), child(canvas, "Web to Data, queries")

    def related(item: QAccessibleInterface, match: QAccessible.RelationFlag) -> list[tuple[str, object]]:
        return [(other.text(QAccessible.Text.Name), flag) for other, flag in item.relations(match)]

    # The flag says what the other is to this one: "flows from" is asked of what something flows to.
    assert related(web, to | back) == [("Entry to Web, routes", to), ("Web to Data, queries", back)]
    assert related(wire, back) == [("Data, RDS database", back)]
    assert related(wire, to) == [("Web, Auto Scaling group", to)]
    assert related(child(canvas, "Network, VPC"), to | back) == []


_LISTENED_TO = """
from PySide6.QtGui import QAccessible
from designer.catalog.catalog import load_catalog
from designer.gui.app import application
from designer.gui.canvas.canvas import Canvas
from designer.gui.document import Document
from tests.gui.canvas.conftest import architecture

app = application()
QAccessible.setActive(True)
canvas = Canvas(Document(load_catalog(), architecture()))
canvas.show()
canvas.select(["web"])
canvas.message.connect(canvas.say)  # what is connected changes how Qt knows the canvas
canvas.select(["db"])
app.processEvents()
print("ended")
"""


def test_a_program_that_a_screen_reader_listens_to_ends_well() -> None:
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    root = Path(__file__).resolve().parents[3]
    ended = subprocess.run(
        [sys.executable, "-c", _LISTENED_TO], env=environment, cwd=root, capture_output=True, text=True, check=False
    )
    assert (ended.returncode, ended.stdout.strip()) == (0, "ended"), ended.stderr


def over(canvas: Canvas) -> list[str]:
    """The names of what stands over the drawing."""
    top = interface(canvas)
    last = top.child(top.childCount() - 1)
    if last.object() is not canvas.viewport():
        return []
    assert top.indexOfChild(last) == top.childCount() - 1
    return [last.child(index).text(QAccessible.Text.Name) for index in range(last.childCount())]


def test_what_stands_over_the_drawing_can_be_found(canvas: Canvas, hand: Hand) -> None:
    hand.key(Qt.Key.Key_Slash)
    assert "Add a service" in over(canvas)
    hand.key(Qt.Key.Key_Escape)
    assert canvas.adding.search is None


def test_the_open_menu_can_be_found(canvas: Canvas) -> None:
    canvas.select(["web"])
    before = interface(canvas).childCount()
    canvas.show_menu(QPoint(10, 10))
    top = interface(canvas)
    menu = top.child(before)
    assert menu.role() == QAccessible.Role.PopupMenu and top.indexOfChild(menu) == before
    assert "Connect to…" in [menu.child(index).text(QAccessible.Text.Name) for index in range(menu.childCount())]
    assert canvas.menu is not None
    canvas.menu.close()
    assert interface(canvas).childCount() == before


def test_a_collapsed_boundary_and_a_locked_component_say_so(canvas: Canvas, document: Document) -> None:
    inside = child(canvas, "Inside, Subnet tier")
    assert inside.state().expandable and inside.state().expanded and not inside.state().collapsed
    document.do(Put(document.architecture.boundaries["private"].with_(collapsed=True)))
    document.do(Put(document.architecture.components["queue"].with_(locked=True)))
    assert inside.state().collapsed and not inside.state().expanded
    assert inside.text(QAccessible.Text.Description).startswith("Collapsed. Holds 2 components.")
    assert "Locked." in child(canvas, "Orders, SQS queue").text(QAccessible.Text.Description)
    assert "Web, Auto Scaling group" not in names(canvas)
    wire = child(canvas, "Entry to Web, routes")
    (end,) = wire.relations(QAccessible.RelationFlag.FlowsFrom)
    assert end[0].text(QAccessible.Text.Name) == "Inside, Subnet tier", "the wire ends where it is drawn to end"
