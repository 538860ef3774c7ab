"""The palette: finding by any name, inserting by key and click, and what a drag carries."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible
from pytestqt.qtbot import QtBot

from designer.catalog.catalog import Catalog
from designer.gui.panels.palette import KIND_MIME, PalettePanel, entries_of

ENTER, DOWN, ESCAPE = Qt.Key.Key_Return, Qt.Key.Key_Down, Qt.Key.Key_Escape
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def panel(catalog: Catalog, show: Callable[..., None]) -> PalettePanel:
    made = PalettePanel(catalog)
    show(made, 220, 760)
    return made


def centre_of(panel: PalettePanel, title: str) -> QPoint:
    (item,) = panel.list.findItems(title, Qt.MatchFlag.MatchExactly)
    return panel.list.visualItemRect(item).center()


def test_offers_every_service_and_boundary_once(catalog: Catalog) -> None:
    kinds = [entry.kind for entry in entries_of(catalog)]
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
