"""Find in the drawing: what is searched, what is lit, and the way from match to match, by keys."""

from __future__ import annotations

from time import thread_time

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from designer.analysis.findings import Analysis, CouplingResult, Finding, Severity
from designer.catalog.catalog import Catalog
from designer.gui.document import Document
from designer.gui.find.finder import Finder
from designer.gui.find.index import DrawingIndex, Scope
from designer.gui.window import Window
from designer.model.architecture import Architecture
from designer.model.decisions import Decision
from designer.model.edits import Put
from designer.model.entities import Collection, Component, Settings
from designer.model.operations import delete, set_property

CTRL, SHIFT, NONE = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.NoModifier,
)
LEFT = Qt.MouseButton.LeftButton
ENTER, ESCAPE, F3 = Qt.Key.Key_Return, Qt.Key.Key_Escape, Qt.Key.Key_F3


def find(index: DrawingIndex, query: str, scope: Scope | None = None) -> list[str]:
    return [key for _collection, key in index.find(query, scope)]


def opened(window: Window, qtbot: QtBot, query: str) -> Finder:
    """Opens the search with Ctrl+F and types."""
    qtbot.keyClick(window.canvas, Qt.Key.Key_F, CTRL)
    finder = window.workspace.searching.finder
    assert finder is not None
    qtbot.waitUntil(finder.bar.search.hasFocus)
    qtbot.keyClicks(finder.bar.search, query)
    return finder


def lit(window: Window) -> set[str]:
    return set(window.canvas.drawing.emphasis.lit)


def test_things_are_found_by_what_is_known_of_them(document: Document) -> None:
    index = DrawingIndex(document.architecture, document.catalog)
    found = document.architecture
    document.do(set_property(found, Collection.COMPONENTS, ["mail"], "delay", 77))
    document.do(Put(found.components["jobs"].with_(note="Owned by the Größe team")))
    document.do(Put(found.connections["jobs-worker"].with_(decisions=(Decision(title="No retries"),))))
    assert find(index, "orders")[0] == "orders", "a name first"
    assert find(index, "queue", Scope.KIND) == find(index, "SQS", Scope.KIND) == ["jobs", "mail"]
    assert find(index, "delay 77") == ["mail"] and find(index, "delay 77", Scope.NAME) == []
    assert find(index, "postgresql", Scope.PROPERTY) == ["orders"], "a default counts, by its title"
    assert find(index, "GROSSE", Scope.NOTE) == find(index, "größe") == ["jobs"] and find(index, "groesse") == []
    assert find(index, "retries") == ["jobs-worker"]
    assert find(index, "jobs worker", Scope.NAME) == ["jobs-worker"], "a connection by its ends"
    finding = Finding(rule="SPOF-09", severity=Severity.HIGH, title="One zone", message="m", components=("shop",))
    index.analysed(Analysis(findings=(finding,), flows=(), coupling=CouplingResult()))
    assert find(index, "spof-09") == find(index, "one zone", Scope.FINDING) == ["shop"]
    assert find(index, "") == find(index, "   ") == [] and find(index, "nothing like it") == []


def test_what_is_called_just_so_comes_first(catalog: Catalog) -> None:
    things = [Component(id=f"c{n}", kind="sqs", name=f"Queue {n}", x=0, y=n * 100) for n in range(20, 0, -1)]
    things[1] = things[1].with_(name="Queue 1 of old", y=-500)
    index = DrawingIndex(Architecture.of(Settings(), things), catalog)
    found = find(index, "queue 1")
    assert found[:2] == ["c1", "c19"] and len(found) > 5


def test_the_index_follows_edits(document: Document) -> None:
    index = DrawingIndex(document.architecture, document.catalog)
    document.changed.connect(index.changed)
    assert find(index, "visibility timeout 462", Scope.PROPERTY) == []
    document.do(set_property(document.architecture, Collection.COMPONENTS, ["worker"], "timeout", 77))
    assert find(index, "visibility timeout 462", Scope.PROPERTY) == ["jobs"], "six times that of what it triggers"
    assert "jobs-worker" in find(index, "worker", Scope.NAME)
    document.do(Put(document.architecture.components["worker"].with_(name="Mule")))
    assert "jobs-worker" in find(index, "mule", Scope.NAME)
    document.do(delete(document.architecture, {Collection.COMPONENTS: ["jobs"]}))
    assert find(index, "jobs", Scope.NAME) == []
    document.undo()
    assert "jobs" in find(index, "jobs", Scope.NAME)


def test_typing_lights_the_matches_and_enter_goes_through_them(window: Window, qtbot: QtBot) -> None:
    finder = opened(window, qtbot, "queue")
    bar = finder.bar
    assert bar.count.text() == "2 matches" and lit(window) == {"jobs", "mail"}
    assert window.canvas.drawing.components["shop"].faded and not window.canvas.drawing.components["jobs"].faded
    assert not window.canvas.selection(), "looking changes no selection"
    qtbot.keyClick(bar.search, ENTER)
    assert bar.count.text() == "1 of 2" and window.canvas.selection().components == ("jobs",)
    assert bar.where.text() == "Jobs, SQS queue"
    qtbot.keyClick(bar.search, F3)
    assert bar.count.text() == "2 of 2" and window.canvas.selection().components == ("mail",)
    qtbot.keyClick(bar.search, ENTER)
    assert bar.count.text() == "1 of 2", "around at the end"
    qtbot.keyClick(bar.search, ENTER, SHIFT)
    assert window.canvas.selection().components == ("mail",)
    qtbot.keyClick(bar.search, F3, SHIFT)
    assert window.canvas.selection().components == ("jobs",)
    assert lit(window) == {"jobs", "mail"}, "the matches stay lit"


def test_escape_closes_and_keeps_what_was_gone_to(window: Window, qtbot: QtBot) -> None:
    """And F3 goes on from there without the bar."""
    finder = opened(window, qtbot, "queue")
    qtbot.keyClick(finder.bar.search, ENTER)
    qtbot.keyClick(finder.bar.search, ESCAPE)
    assert not finder.bar.isVisible() and lit(window) == set()
    assert window.canvas.hasFocus() and window.canvas.selection().components == ("jobs",)
    qtbot.keyClick(window.canvas, F3)
    assert window.canvas.selection().components == ("mail",) and not finder.bar.isVisible()
    assert lit(window) == set()


def test_a_match_out_of_sight_is_brought_into_view(window: Window, qtbot: QtBot) -> None:
    far = Component(id="far", kind="sqs", name="Far away", x=40_000, y=30_000)
    window.document.do(Put(far))
    finder = opened(window, qtbot, "far away")
    qtbot.keyClick(finder.bar.search, ENTER)
    rect = window.canvas.drawing.rects["far"]
    seen = window.canvas.mapToScene(window.canvas.viewport().rect()).boundingRect()
    assert seen.contains(rect[0], rect[1]) and seen.contains(rect[2], rect[3])


def test_where_to_look_can_be_chosen_by_keys(window: Window, qtbot: QtBot) -> None:
    finder = opened(window, qtbot, "orders")
    assert len(finder.hits) > 1
    finder.bar.scope.setFocus()
    for _ in range(2):
        qtbot.keyClick(finder.bar.scope, Qt.Key.Key_Down)
    assert finder.bar.chosen_scope() is Scope.KIND and finder.hits == []
    assert finder.bar.count.text() == "No match" and finder.bar.search.property("invalid")
    assert not finder.bar.next.isEnabled() and lit(window) == set()


def test_the_matches_follow_an_edit(window: Window, qtbot: QtBot) -> None:
    finder = opened(window, qtbot, "queue")
    qtbot.keyClick(finder.bar.search, ENTER)
    window.document.do(delete(window.document.architecture, {Collection.COMPONENTS: ["mail"]}))
    qtbot.waitUntil(lambda: finder.bar.count.text() == "1 of 1")
    assert lit(window) == {"jobs"}
    window.document.replace(Architecture(Settings(name="Empty")), None)
    qtbot.waitUntil(lambda: finder.bar.count.text() == "No match")


def test_findings_are_found(window: Window, qtbot: QtBot) -> None:
    finder = opened(window, qtbot, "may fail")
    qtbot.keyClick(finder.bar.search, ENTER)
    assert window.canvas.selection().components == ("orders",)
    assert finder.bar.where.text() == "Orders, Orders may fail (one-zone)"


def test_find_goes_to_the_template_from_its_panel(window: Window, qtbot: QtBot) -> None:
    window.panels.show("template")
    qtbot.waitUntil(lambda: window.workspace.tasks.settled)
    template = window.workspace.template
    qtbot.waitUntil(template.view.isVisible)
    template.view.setFocus()
    qtbot.keyClick(template.view, Qt.Key.Key_F, CTRL)
    qtbot.waitUntil(template.bar.search.hasFocus)
    qtbot.keyClicks(template.bar.search, "jobs")
    first = template.view.textCursor().blockNumber()
    qtbot.keyClick(template.bar.search, F3)
    second = template.view.textCursor().position()
    qtbot.keyClick(template.bar.search, F3, SHIFT)
    assert template.view.textCursor().blockNumber() == first and second >= 0
    assert window.workspace.searching.finder is None, "the drawing was not searched"


def test_the_finding_that_is_looked_at_is_lit_again(window: Window, qtbot: QtBot) -> None:
    """Unless one has gone to a match meanwhile."""
    findings = window.workspace.findings.list
    qtbot.mouseClick(findings.viewport(), LEFT, pos=findings.visualRect(findings.model().index(0, 0)).center())
    qtbot.waitUntil(lambda: "orders" in lit(window))
    before = lit(window)
    finder = opened(window, qtbot, "queue")
    assert lit(window) == {"jobs", "mail"}
    qtbot.keyClick(finder.bar.search, ESCAPE)
    assert lit(window) == before
    finder = opened(window, qtbot, "queue")
    qtbot.keyClick(finder.bar.search, ENTER)
    assert lit(window) == {"jobs", "mail"}
    qtbot.keyClick(finder.bar.search, ESCAPE)
    assert lit(window) == set()


def test_the_bar_stands_below_that_of_failures(window: Window, qtbot: QtBot) -> None:
    window.resize(1000, 700)
    qtbot.keyClick(window.canvas, Qt.Key.Key_F8)
    qtbot.waitUntil(window.workspace.bar.isVisible)
    finder = opened(window, qtbot, "queue")
    assert not finder.bar.geometry().intersects(window.workspace.bar.geometry())


def test_the_bar_keeps_its_place_at_the_right(window: Window, qtbot: QtBot) -> None:
    finder = opened(window, qtbot, "q")
    window.resize(900, 640)
    qtbot.waitUntil(lambda: finder.bar.geometry().right() == window.canvas.viewport().width() - 13)
    assert window.canvas.viewport().rect().contains(finder.bar.geometry())


def test_thousands_of_components_are_searched_at_once(catalog: Catalog) -> None:
    """Their texts are made before, and each key press is quick."""
    kinds = ("sqs", "lambda", "rds", "ecs", "dynamodb")
    made = [Component(id=f"c{number}", kind=kinds[number % 5], name=f"Part {number}") for number in range(2000)]
    index = DrawingIndex(Architecture.of(Settings(), made), catalog)
    turns = 1
    while not index.warm(0.01):
        turns += 1
    assert turns > 1, "bit by bit, so that the window answers meanwhile"
    start = thread_time()
    assert find(index, "part 1999") == ["c1999"]
    assert thread_time() - start < 0.5
