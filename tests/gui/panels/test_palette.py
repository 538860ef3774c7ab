"""The palette: finding by any name, inserting by key and click, and what a drag carries."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QAccessible, QContextMenuEvent, QEnterEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from designer.catalog.catalog import Catalog
from designer.gui.document import Document
from designer.gui.offers import all_offers
from designer.gui.panels.palette import PalettePanel
from designer.gui.panels.palette_list import KIND_MIME
from designer.gui.settings import UserSettings
from designer.model.entities import Collection
from designer.model.operations import delete

ENTER, DOWN, ESCAPE = Qt.Key.Key_Return, Qt.Key.Key_Down, Qt.Key.Key_Escape
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def panel(catalog: Catalog, show: Callable[..., None]) -> PalettePanel:
    made = PalettePanel(Document(catalog), UserSettings())
    show(made, 220, 760)
    return made


def centre_of(panel: PalettePanel, title: str) -> QPoint:
    (item,) = panel.list.findItems(title, Qt.MatchFlag.MatchExactly)
    return panel.list.visualItemRect(item).center()


def test_offers_every_service_and_boundary_once(catalog: Catalog) -> None:
    kinds = [entry.kind for entry in all_offers(catalog)]
    assert len(kinds) == len(set(kinds))
    assert set(catalog.kinds) <= set(kinds)
    assert {"vpc", "tier:public", "tier:private", "tier:isolated", "group"} <= set(kinds)


def test_categories_head_their_entries(panel: PalettePanel, catalog: Catalog) -> None:
    texts = [panel.list.item(row).text() for row in range(panel.list.count())]
    for kind in catalog.kinds.values():
        heading = texts.index(catalog.categories[kind.category].title)
        assert heading < texts.index(kind.title)


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("queue", "sqs"),
        ("ALB", "elb"),
        ("postgres", "rds"),
        ("sqs", "sqs"),
        ("isolated sub", "tier:isolated"),
        ("key-value", "dynamodb"),
        ("network", "vpc"),
    ],
)
def test_finds_by_any_name(panel: PalettePanel, qtbot: QtBot, query: str, first: str) -> None:
    qtbot.keyClicks(panel.search, query)
    assert first in panel.list.shown_kinds()
    assert panel.list.current_kind() == first


def test_enter_in_the_search_inserts_what_fits_best(panel: PalettePanel, qtbot: QtBot) -> None:
    qtbot.keyClicks(panel.search, "queue")
    with qtbot.waitSignal(panel.insert_requested) as inserted:
        qtbot.keyClick(panel.search, ENTER)
    assert inserted.args == ["sqs"]


def test_enter_without_a_search_inserts_nothing(panel: PalettePanel, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(panel.insert_requested):
        qtbot.keyClick(panel.search, ENTER)


def test_down_goes_into_the_list_and_enter_inserts_there(panel: PalettePanel, qtbot: QtBot) -> None:
    panel.focus_search()
    qtbot.keyClick(panel.search, DOWN)
    qtbot.waitUntil(panel.list.hasFocus)
    first = panel.list.current_kind()
    qtbot.keyClick(panel.list, DOWN)
    second = panel.list.current_kind()
    assert second is not None and second != first, "arrow keys pass over headings"
    with qtbot.waitSignal(panel.insert_requested) as inserted:
        qtbot.keyClick(panel.list, ENTER)
    assert inserted.args == [second]


def test_nothing_found_is_said_and_escape_brings_all_back(panel: PalettePanel, qtbot: QtBot) -> None:
    everything = panel.list.shown_kinds()
    qtbot.keyClicks(panel.search, "mainframe")
    assert panel.list.isHidden()
    qtbot.keyClick(panel.search, ESCAPE)
    assert not panel.list.isHidden()
    assert panel.list.shown_kinds() == everything


def test_headings_of_empty_categories_hide(panel: PalettePanel, qtbot: QtBot, catalog: Catalog) -> None:
    qtbot.keyClicks(panel.search, "postgres")
    shown = [panel.list.item(row) for row in range(panel.list.count()) if not panel.list.item(row).isHidden()]
    assert [item.text() for item in shown] == [catalog.categories["database"].title, "RDS database"]


def test_a_click_inserts_once_and_so_does_a_double_click(panel: PalettePanel, qtbot: QtBot) -> None:
    inserted: list[str] = []
    panel.insert_requested.connect(inserted.append)
    at = centre_of(panel, "SQS queue")
    qtbot.mouseClick(panel.list.viewport(), LEFT, pos=at)
    assert inserted == ["sqs"]
    at = centre_of(panel, "SNS topic")
    qtbot.mouseClick(panel.list.viewport(), LEFT, pos=at)
    qtbot.mouseDClick(panel.list.viewport(), LEFT, pos=at)
    qtbot.mouseRelease(panel.list.viewport(), LEFT, pos=at)
    assert inserted == ["sqs", "sns"]


def test_a_click_on_a_heading_inserts_nothing(panel: PalettePanel, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(panel.insert_requested):
        qtbot.mouseClick(panel.list.viewport(), LEFT, pos=centre_of(panel, "Database"))


def test_a_drag_carries_the_kind(panel: PalettePanel) -> None:
    (item,) = panel.list.findItems("Public subnets", Qt.MatchFlag.MatchExactly)
    data = panel.list.mimeData([item])
    assert data.formats() == [KIND_MIME]
    assert bytes(data.data(KIND_MIME).data()) == b"tier:public"


def test_entries_are_named_for_assistive_technology(panel: PalettePanel) -> None:
    tree = QAccessible.queryAccessibleInterface(panel.list)
    assert tree is not None
    names = {tree.child(index).text(QAccessible.Text.Name) for index in range(tree.childCount())}
    assert {"SQS queue", "Load balancer", "VPC"} <= names
    assert panel.search.accessibleName()


def headings(panel: PalettePanel) -> list[str]:
    rows = [panel.list.item(row) for row in range(panel.list.count())]
    return [row.text() for row in rows if row.data(Qt.ItemDataRole.UserRole) is None]


def under(panel: PalettePanel, heading: str) -> list[str]:
    """The entries that stand below a heading."""
    found: list[str] = []
    now = ""
    for row in range(panel.list.count()):
        item = panel.list.item(row)
        if item.data(Qt.ItemDataRole.UserRole) is None:
            now = item.text()
        elif now == heading:
            found.append(item.data(Qt.ItemDataRole.UserRole))
    return found


def away(panel: PalettePanel) -> None:
    """The pointer goes away from the panel."""
    QApplication.sendEvent(panel, QEvent(QEvent.Type.Leave))


def click_heading(panel: PalettePanel, qtbot: QtBot, heading: str) -> None:
    qtbot.mouseClick(panel.list.viewport(), LEFT, pos=centre_of(panel, heading))


def test_the_star_makes_a_favourite_that_is_remembered(panel: PalettePanel, qtbot: QtBot, catalog: Catalog) -> None:
    assert "Favourites" not in headings(panel)
    inserted: list[str] = []
    panel.insert_requested.connect(inserted.append)
    at = centre_of(panel, "SQS queue")
    qtbot.mouseClick(panel.list.viewport(), LEFT, pos=QPoint(panel.list.viewport().width() - 12, at.y()))
    away(panel)
    assert under(panel, "Favourites") == ["sqs"] and not inserted
    again = PalettePanel(Document(catalog), UserSettings())
    qtbot.addWidget(again)
    again.show()
    assert under(again, "Favourites") == ["sqs"]
    panel.list.setFocus()
    panel.list.setCurrentRow(1)
    qtbot.keyClick(panel.list, "*")
    assert "Favourites" not in headings(panel)


def test_what_was_added_last_stands_on_top_once(panel: PalettePanel, qtbot: QtBot) -> None:
    for kind in ("sqs", "lambda", "vpc", "sqs", "rds", "sns", "elb"):
        panel.note_added(kind)
    away(panel)
    assert under(panel, "Recent") == ["elb", "sns", "rds", "sqs", "vpc"]
    panel.list.setFocus()
    panel.list.setCurrentRow(1)
    qtbot.keyClick(panel.list, "*")
    assert under(panel, "Favourites") == ["elb"] and under(panel, "Recent") == ["sns", "rds", "sqs", "vpc"]


def test_rows_do_not_move_away_below_the_pointer(panel: PalettePanel, qtbot: QtBot) -> None:
    QApplication.sendEvent(panel, QEnterEvent(QPointF(5, 5), QPointF(5, 5), QPointF(5, 5)))
    panel.insert_requested.connect(panel.note_added)
    before = headings(panel)
    qtbot.mouseClick(panel.list.viewport(), LEFT, pos=centre_of(panel, "SQS queue"))
    assert headings(panel) == before
    away(panel)
    assert under(panel, "Recent") == ["sqs"]


def test_nor_do_they_when_one_after_the_other_becomes_a_favourite(panel: PalettePanel, qtbot: QtBot) -> None:
    QApplication.sendEvent(panel, QEnterEvent(QPointF(5, 5), QPointF(5, 5), QPointF(5, 5)))
    before, right = headings(panel), panel.list.viewport().width() - 12
    for title in ("SQS queue", "Lambda function"):
        qtbot.mouseClick(panel.list.viewport(), LEFT, pos=QPoint(right, centre_of(panel, title).y()))
    assert headings(panel) == before
    said = {panel.list.item(row).data(Qt.ItemDataRole.AccessibleTextRole) for row in range(panel.list.count())}
    assert {"SQS queue, favourite", "Lambda function, favourite"} <= said
    away(panel)
    assert under(panel, "Favourites") == ["sqs", "lambda"]


def test_the_kinds_of_the_drawing_have_a_group_of_their_own(
    document: Document, show: Callable[..., None], qtbot: QtBot
) -> None:
    panel = PalettePanel(document, UserSettings())
    show(panel, 220, 760)
    assert under(panel, "In this drawing") == [], "folded up until somebody wants it"
    click_heading(panel, qtbot, "In this drawing")
    assert set(under(panel, "In this drawing")) == {"users", "elb", "ecs", "rds", "sqs", "lambda"}
    document.do(delete(document.architecture, {Collection.COMPONENTS: ["worker"]}))
    away(panel)
    assert "lambda" not in under(panel, "In this drawing")
    document.undo()
    assert "lambda" in under(panel, "In this drawing")


def test_groups_fold_by_mouse_and_keys_and_stay_so(panel: PalettePanel, qtbot: QtBot, catalog: Catalog) -> None:
    click_heading(panel, qtbot, "Compute")
    assert not under(panel, "Compute") and "Compute" in headings(panel)
    again = PalettePanel(Document(catalog), UserSettings())
    qtbot.addWidget(again)
    again.show()
    assert not under(again, "Compute") and under(again, "Database")
    panel.focus_search()
    qtbot.keyClick(panel.search, DOWN)
    qtbot.keyClick(panel.list, DOWN)
    assert panel.list.currentItem().text() == "Compute", "a folded heading can be reached"
    qtbot.keyClick(panel.list, Qt.Key.Key_Right)
    assert under(panel, "Compute") and panel.list.current_kind() == under(panel, "Compute")[0]
    qtbot.keyClick(panel.list, Qt.Key.Key_Left)
    assert not under(panel, "Compute") and panel.list.currentItem().text() == "Compute"


def test_a_search_finds_what_is_folded_up(panel: PalettePanel, qtbot: QtBot) -> None:
    click_heading(panel, qtbot, "Database")
    qtbot.keyClicks(panel.search, "postgres")
    assert panel.list.shown_kinds() == ["rds"]
    qtbot.keyClick(panel.search, ESCAPE)
    assert not under(panel, "Database")


def test_letters_may_be_left_out_but_not_put_in(panel: PalettePanel, qtbot: QtBot) -> None:
    qtbot.keyClicks(panel.search, "lmbda")
    assert panel.list.current_kind() == "lambda"
    panel.search.clear()
    qtbot.keyClicks(panel.search, "lambdaz")
    assert panel.list.isHidden()


def test_alt_connects_and_shift_replaces(panel: PalettePanel, qtbot: QtBot) -> None:
    qtbot.keyClicks(panel.search, "queue")
    for held, signal in (
        (Qt.KeyboardModifier.AltModifier, panel.connect_requested),
        (Qt.KeyboardModifier.ShiftModifier, panel.replace_requested),
    ):
        panel.list.setFocus()
        with qtbot.waitSignal(signal) as asked:
            qtbot.keyClick(panel.list, ENTER, held)
        assert asked.args == ["sqs"]


def test_the_menu_of_a_line_does_what_the_keys_do(panel: PalettePanel, qtbot: QtBot) -> None:
    at = centre_of(panel, "SQS queue")
    for number, signal in enumerate((panel.insert_requested, panel.connect_requested, panel.replace_requested)):
        viewport = panel.list.viewport()
        event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, at, viewport.mapToGlobal(at))
        QApplication.sendEvent(viewport, event)
        menu = panel.list.menu
        assert menu is not None
        with qtbot.waitSignal(signal) as asked:
            menu.actions()[number].trigger()
        assert asked.args == ["sqs"]
        if signal == panel.replace_requested:
            menu.actions()[-1].trigger()
        menu.close()
    assert under(panel, "Favourites") == ["sqs"]


def test_rows_grow_with_their_letters(panel: PalettePanel) -> None:
    before = panel.list.sizeHintForRow(1)
    font = panel.list.font()
    font.setPointSizeF(font.pointSizeF() * 2)
    panel.list.setFont(font)
    assert panel.list.sizeHintForRow(1) > before
    assert panel.list.sizeHintForRow(1) > panel.list.fontMetrics().height()
