"""The outline: the drawing as a tree, which can do what the canvas can."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest
from PySide6.QtCore import QModelIndex, QPointF, Qt
from PySide6.QtGui import QContextMenuEvent, QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from designer.catalog.catalog import Catalog
from designer.gui.canvas.labels import Labels
from designer.gui.document import Document
from designer.gui.panels.outline import OutlinePanel, OutlineView
from designer.gui.panels.outline_model import FINDINGS, OutlineModel
from designer.gui.window import Window
from designer.model import operations
from designer.model.edits import Batch, Put
from designer.model.entities import Boundary, Collection

CTRL_ALT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
LEFT = Qt.MouseButton.LeftButton


def add_network(document: Document) -> None:
    """A VPC beside the drawing with a tier in it, and a group."""
    vpc = Boundary(id="net", kind="vpc", name="Network", x=0, y=500, width=720, height=440)
    tier = Boundary(id="data", kind="tier", name="Data", parent="net", x=40, y=560, width=280, height=200)
    group = Boundary(id="team", kind="group", name="Team", x=900, y=500)
    document.do(Batch("Draw a network", (Put(vpc), Put(tier), Put(group))))


@pytest.fixture
def view(window: Window, qtbot: QtBot) -> OutlineView:
    """The outline, entered by its keys, over a drawing with a network."""
    add_network(window.document)
    qtbot.keyClick(window.canvas, Qt.Key.Key_O, CTRL_ALT)
    qtbot.waitUntil(lambda: isinstance(window.docks["outline"].widget(), OutlinePanel))
    panel = window.docks["outline"].widget()
    assert isinstance(panel, OutlinePanel)
    qtbot.waitUntil(panel.view.hasFocus)
    return panel.view


def tree(model: OutlineModel, parent: QModelIndex | None = None) -> list[object]:
    """The texts of all rows, those below a row as a list after it."""
    parent = parent if parent is not None else QModelIndex()
    found: list[object] = []
    for row in range(model.rowCount(parent)):
        index = model.index(row, 0, parent)
        found.append(index.data())
        if model.rowCount(index):
            found.append(tree(model, index))
    return found


def row(view: OutlineView, name: str) -> QModelIndex:
    (found,) = view.model().match(
        view.model().index(0, 0), Qt.ItemDataRole.DisplayRole, name, 1,
        Qt.MatchFlag.MatchExactly | Qt.MatchFlag.MatchRecursive,
    )  # fmt: skip
    return found


def click(view: OutlineView, name: str, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.mouseClick(view.viewport(), LEFT, held, view.visualRect(row(view, name)).center())


def drag(view: OutlineView, onto: str) -> bool:
    """Drags what is selected over a row and lets it go there; says whether the row takes it."""
    at = view.visualRect(row(view, onto)).center()
    carried = view.model().mimeData(view.selectedIndexes())
    move, none = Qt.DropAction.MoveAction, Qt.KeyboardModifier.NoModifier
    QApplication.sendEvent(view.viewport(), QDragEnterEvent(at, move, carried, LEFT, none))
    over = QDragMoveEvent(at, move, carried, LEFT, none)
    over.ignore()
    QApplication.sendEvent(view.viewport(), over)
    if over.isAccepted():
        QApplication.sendEvent(view.viewport(), QDropEvent(QPointF(at), move, carried, LEFT, none))
    return over.isAccepted()


def test_everything_drawn_stands_where_it_belongs(view: OutlineView) -> None:
    model = view.model()
    assert isinstance(model, OutlineModel)
    assert tree(model) == [
        "Region us-east-1",
        [
            *("Network", ["Data"], "Team", "Front", ["→ Shop"], "Jobs", ["→ Worker"]),
            *("Mail", "Orders", "Shop", ["→ Jobs", "→ Orders"], "Worker"),
        ],
        "Outside of the Region",
        ["Customers", ["→ Front"]],
    ]


def test_rows_say_what_the_canvas_says(view: OutlineView, window: Window) -> None:
    spoken = row(view, "Orders").data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "Orders, RDS database, 1 finding" == window.canvas.drawing.labels.component_name("orders")
    assert row(view, "Orders").data(FINDINGS)[1] == 1
    assert row(view, "→ Worker").data(Qt.ItemDataRole.AccessibleTextRole).startswith("Jobs to Worker, ")
    assert row(view, "Region us-east-1").data(Qt.ItemDataRole.AccessibleTextRole) == "Region us-east-1, 8 things"


def test_choosing_in_the_tree_selects_on_the_canvas(view: OutlineView, window: Window) -> None:
    click(view, "Jobs")
    assert window.canvas.selection().components == ("jobs",)
    click(view, "Mail", Qt.KeyboardModifier.ControlModifier)
    assert window.canvas.selection().components == ("jobs", "mail")
    click(view, "Data")
    assert window.canvas.selection().boundaries == ("data",) and not window.canvas.selection().components
    click(view, "Region us-east-1")
    assert not window.canvas.selection()


def test_selecting_on_the_canvas_chooses_in_the_tree(view: OutlineView, window: Window) -> None:
    window.canvas.select(["jobs", "mail", "orders"], (), ["data"])
    assert {index.data() for index in view.selectionModel().selectedRows()} == {"Jobs", "Mail", "Orders", "Data"}
    assert window.canvas.selection().components == ("jobs", "mail", "orders")
    window.canvas.select((), ["jobs-worker"])
    assert [index.data() for index in view.selectionModel().selectedRows()] == ["→ Worker"]
    assert view.isExpanded(row(view, "Jobs"))


def test_letters_look_for_a_name_and_are_no_commands(view: OutlineView, window: Window, qtbot: QtBot) -> None:
    qtbot.keyClick(view, Qt.Key.Key_C)
    assert window.canvas.selection().components == ("customers",) and window.canvas.gesture is None
    QTest.qWait(QApplication.keyboardInputInterval() + 50)
    qtbot.keyClick(view, Qt.Key.Key_W)
    assert window.canvas.selection().components == ("worker",)


def test_f2_renames_in_the_tree(view: OutlineView, window: Window, qtbot: QtBot) -> None:
    click(view, "Jobs")
    qtbot.keyClick(view, Qt.Key.Key_F2)
    (field,) = [each for each in view.findChildren(QLineEdit) if each.isVisible()]
    qtbot.keyClicks(field, "Tasks")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "tasks" in window.document.architecture.components)
    assert window.document.history.undo_label == "Rename Jobs to Tasks"
    assert window.canvas.selection().components == ("tasks",)
    assert row(view, "→ Tasks").isValid()
    click(view, "Network")
    qtbot.keyClick(view, Qt.Key.Key_F2)
    (field,) = [each for each in view.findChildren(QLineEdit) if each.isVisible()]
    qtbot.keyClicks(field, "Home")
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert window.document.architecture.boundaries["net"].name == "Network"


def test_the_keys_of_the_canvas_work_in_the_tree(view: OutlineView, window: Window, qtbot: QtBot) -> None:
    click(view, "Mail")
    qtbot.keyClick(view, Qt.Key.Key_Delete)
    assert "mail" not in window.document.architecture.components
    assert view.hasFocus()
    click(view, "Orders")
    qtbot.keyClick(view, Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    assert row(view, "Orders 2").isValid()
    qtbot.keyClick(view, Qt.Key.Key_Escape)
    assert window.canvas.hasFocus()


def test_enter_opens_the_inspector(view: OutlineView, window: Window, qtbot: QtBot) -> None:
    click(view, "Orders")
    qtbot.keyClick(view, Qt.Key.Key_Return)
    form = window.workspace.inspector.form
    assert form is not None and form.name is not None
    qtbot.waitUntil(form.name.hasFocus)
    assert form.name.text() == "Orders"


def test_dragging_in_the_tree_moves_into_a_boundary_and_out(view: OutlineView, window: Window) -> None:
    document = window.document
    click(view, "Orders")
    assert drag(view, "Data")
    moved = document.architecture.components["orders"]
    assert moved.boundary == "data" and document.history.undo_label == "Move Orders into Data"
    around = document.architecture.boundaries["data"]
    assert around.x < moved.x and around.y < moved.y
    assert moved.x + 192 < around.x + around.width and moved.y + 64 < around.y + around.height
    assert not drag(view, "Data"), "it is there already"
    assert drag(view, "Region us-east-1")
    assert document.architecture.components["orders"].boundary is None
    document.undo()
    document.undo()
    assert document.architecture.components["orders"].boundary is None
    assert (document.architecture.components["orders"].x, document.architecture.components["orders"].y) == (720, 0)


def test_a_move_that_cannot_be_is_refused_with_its_reason(view: OutlineView, window: Window) -> None:
    click(view, "Network")
    assert not drag(view, "Data")
    assert window.workspace.status.words.text() == "A boundary cannot stand in itself."
    window.document.do(Put(Boundary(id="lone", kind="tier", name="Lone", x=0, y=1000)))
    assert not drag(view, "Lone")
    assert window.workspace.status.words.text() == "A VPC cannot stand in a subnet tier."
    click(view, "Data")
    assert not drag(view, "Network")
    assert window.workspace.status.words.text() == "It is there already."


def test_a_boundary_takes_its_content_along(view: OutlineView, window: Window) -> None:
    document = window.document
    click(view, "Jobs")
    assert drag(view, "Team")
    jobs, team = document.architecture.components["jobs"], document.architecture.boundaries["team"]
    click(view, "Team")
    assert drag(view, "Network")
    after, inside = document.architecture.components["jobs"], document.architecture.boundaries["team"]
    assert inside.parent == "net" and after.boundary == "team"
    assert (after.x - jobs.x, after.y - jobs.y) == (inside.x - team.x, inside.y - team.y) != (0, 0)


def test_the_context_menu_is_that_of_the_canvas(view: OutlineView, window: Window) -> None:
    click(view, "Orders")
    at = view.visualRect(row(view, "Orders")).center()
    event = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, at, view.viewport().mapToGlobal(at))
    QApplication.sendEvent(view, event)
    assert window.canvas.menu is not None and window.canvas.menu.isVisible()
    texts = [action.text() for action in window.canvas.menu.actions()]
    assert "Rename" in texts and "Delete" in texts
    window.canvas.menu.close()


def test_a_closed_boundary_stays_closed(view: OutlineView, window: Window) -> None:
    view.setExpanded(row(view, "Network"), False)
    window.document.replace(window.document.architecture.copy(), None)
    assert not view.isExpanded(row(view, "Network")) and view.isExpanded(row(view, "Region us-east-1"))


def test_hidden_behind_the_palette_it_catches_up_when_shown(view: OutlineView, window: Window, qtbot: QtBot) -> None:
    window.panels.show("palette")
    qtbot.waitUntil(lambda: view.visibleRegion().isEmpty())
    edit = operations.add(operations.new_component(window.document.architecture, "sns", "News", (0, 0)), "Add News")
    window.document.do(edit)
    window.canvas.select(["news"])
    assert not view.model().match(view.model().index(0, 0), 0, "News", 1, Qt.MatchFlag.MatchRecursive)
    window.panels.show("outline")
    qtbot.waitUntil(lambda: not view.visibleRegion().isEmpty())
    assert view.selectionModel().isSelected(row(view, "News"))


def steps(document: Document, chance: random.Random) -> list[Callable[[], object]]:
    """What may be done next to a document."""
    now = document.architecture
    component = chance.choice(sorted(now.components))
    homes = [None, *sorted(now.boundaries)]
    found: list[Callable[[], object]] = [
        lambda: document.do(operations.rename(now, component, chance.choice("ABCDEFG") + str(chance.randrange(50)))),
        lambda: document.do(operations.place(now, [component], chance.choice(homes))),
        lambda: document.do(operations.add(operations.new_component(now, "sqs", "New", (0, 0)), "Add")),
        lambda: document.do(operations.duplicate(now, [now.components[component]], ())[0]),
        document.undo,
        document.undo,
        document.redo,
    ]
    if len(now.components) > 3:
        found.append(lambda: document.do(operations.delete(now, {Collection.COMPONENTS: [component]})))
    if now.boundaries:
        chosen = chance.choice(sorted(now.boundaries))
        found.append(lambda: document.do(operations.delete(now, {Collection.BOUNDARIES: [chosen]})))
        found.append(lambda: document.do(Put(now.boundaries[chosen].with_(name=chance.choice("XYZ")))))
        free = [each for each in now.boundaries if chosen not in {b.id for b in now.boundaries_around(each)}]
        found.append(lambda: document.do(Put(now.boundaries[chosen].with_(parent=chance.choice([None, *free])))))
    return found


@pytest.mark.parametrize("seed", range(6))
def test_after_any_edits_the_tree_is_as_if_made_anew(document: Document, catalog: Catalog, seed: int) -> None:
    add_network(document)
    chance = random.Random(seed)
    labels = Labels(document.architecture, catalog)
    document.changed.connect(labels.changed)
    model = OutlineModel(document, lambda: labels)
    bystander = OutlineView(model)
    for _ in range(60):
        chance.choice(steps(document, chance))()
        assert tree(model) == tree(OutlineModel(document, lambda: labels))
    assert bystander.isExpanded(model.index(0, 0))
