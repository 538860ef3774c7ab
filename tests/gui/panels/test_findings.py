"""The findings: order, filter, choosing by mouse and keys, and standing still while nothing changes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from designer.analysis.findings import (
    Analysis,
    CouplingResult,
    Finding,
    FlowAvailability,
    FlowResult,
    Severity,
    SinglePoint,
)
from designer.gui.document import Document
from designer.gui.panels.finding_list import PLACES
from designer.gui.panels.findings import FindingsPanel
from designer.gui.panels.flows import FlowCards, availability_words, flow_facts, is_exact
from designer.model.entities import Mode

LEFT = Qt.MouseButton.LeftButton
DOWN, ESCAPE = Qt.Key.Key_Down, Qt.Key.Key_Escape


def finding(severity: Severity, title: str, *components: str, **more: str) -> Finding:
    return Finding(
        rule=title.lower(), severity=severity, title=title, message=f"{title}!", components=components, **more
    )


LOW = finding(Severity.LOW, "No alarm", "jobs")
HIGH = finding(
    Severity.HIGH,
    "One zone",
    "orders",
    why="A zone fails.",
    fix="Use two.",
    source="REL10-BP01",
    link="https://docs.aws.amazon.com/x",
)
MEDIUM = finding(Severity.MEDIUM, "Waits", "shop", "orders")


def availability(value: float, *, exact: bool = True) -> FlowAvailability:
    return FlowAvailability(structural=value, exact=exact, lower=value - 0.001, upper=value, contract=0.999)


def flow(**more: object) -> FlowResult:
    values: dict[str, object] = {
        "id": "buy",
        "name": "Buy",
        "entry": "customers",
        "mode": Mode.COMPLETE,
        "implied": False,
        "goal": None,
        "members": (),
        "wires": (),
        "accept": availability(0.9999),
        "complete": availability(0.9995),
        "single_points": (),
    }
    return FlowResult(**{**values, **more})  # type: ignore[arg-type]


def analysis(findings: Sequence[Finding] = (), flows: Sequence[FlowResult] = ()) -> Analysis:
    return Analysis(findings=tuple(findings), flows=tuple(flows), coupling=CouplingResult())


@pytest.fixture
def panel(document: Document, show: Callable[..., None]) -> FindingsPanel:
    made = FindingsPanel(document)
    show(made, 900, 300)
    return made


def titles(panel: FindingsPanel) -> list[str]:
    return [panel.model.finding(row).title for row in range(panel.model.rowCount())]


def row_centre(panel: FindingsPanel, row: int) -> QPoint:
    return panel.list.visualRect(panel.model.index(row)).center()


def test_worst_first(panel: FindingsPanel) -> None:
    panel.show_analysis(analysis([LOW, HIGH, MEDIUM]))
    assert titles(panel) == ["One zone", "Waits", "No alarm"]


def test_a_click_chooses_and_shows_all_of_it(panel: FindingsPanel, qtbot: QtBot) -> None:
    panel.show_analysis(analysis([LOW, HIGH]))
    with qtbot.waitSignal(panel.finding_selected) as told:
        qtbot.mouseClick(panel.list.viewport(), LEFT, pos=row_centre(panel, 0))
    assert told.args == [HIGH]
    details = panel.details
    assert details.title.text() == "One zone"
    assert details.severity.text() == "High · Orders"
    assert details.why.text() == "A zone fails." and details.fix.text() == "Use two."
    assert 'href="https://docs.aws.amazon.com/x"' in details.source.text()


def test_arrow_keys_choose_and_escape_lets_go(panel: FindingsPanel, qtbot: QtBot) -> None:
    panel.show_analysis(analysis([LOW, HIGH]))
    qtbot.mouseClick(panel.list.viewport(), LEFT, pos=row_centre(panel, 0))
    panel.list.setFocus()
    with qtbot.waitSignal(panel.finding_selected) as told:
        qtbot.keyClick(panel.list, DOWN)
    assert told.args == [LOW]
    with qtbot.waitSignal(panel.finding_selected) as told:
        qtbot.keyClick(panel.list, ESCAPE)
    assert told.args == [None]
    assert panel.list.current() is None


def test_filter_by_severity_and_by_text(panel: FindingsPanel, qtbot: QtBot) -> None:
    panel.show_analysis(analysis([LOW, HIGH, MEDIUM]))
    qtbot.mouseClick(panel.filters.buttons[Severity.HIGH], LEFT)
    assert titles(panel) == ["Waits", "No alarm"]
    qtbot.keyClicks(panel.search, "jobs")
    assert titles(panel) == ["No alarm"], "the name of a component finds its findings"
    assert panel.filters.buttons[Severity.ERROR].isHidden(), "no toggle for what does not occur"
    assert panel.filters.buttons[Severity.MEDIUM].text() == "Medium 1"


def test_a_filter_that_hides_everything_says_so_and_can_be_dropped(panel: FindingsPanel, qtbot: QtBot) -> None:
    panel.show_analysis(analysis([LOW, HIGH]))
    qtbot.keyClicks(panel.search, "zzz")
    assert titles(panel) == []
    empty = panel.nothing
    assert empty.isVisible()
    assert "fits the filter" in empty.title.text()
    qtbot.mouseClick(empty.button, LEFT)
    assert titles(panel) == ["One zone", "No alarm"]


def test_no_findings_says_what_was_checked(panel: FindingsPanel) -> None:
    panel.show_analysis(analysis())
    empty = panel.nothing
    assert empty.isVisible()
    assert empty.title.text() == "No findings"
    assert "7 components, 5 connections" in empty.text.text()


def test_an_unchanged_analysis_keeps_choice_and_scroll(panel: FindingsPanel, qtbot: QtBot) -> None:
    many = [finding(Severity.LOW, f"Number {index:02}", "jobs") for index in range(40)]
    panel.show_analysis(analysis(many))
    panel.list.verticalScrollBar().setValue(300)
    qtbot.mouseClick(panel.list.viewport(), LEFT, pos=QPoint(60, 60))
    chosen, scroll = panel.list.current(), panel.list.verticalScrollBar().value()
    assert chosen is not None
    with qtbot.assertNotEmitted(panel.finding_selected):
        panel.show_analysis(analysis([*many]))
        panel.show_analysis(analysis([*many, LOW]))
    assert panel.list.current() == chosen
    assert panel.list.verticalScrollBar().value() == scroll


def test_a_chosen_finding_that_goes_puts_its_witness_out(panel: FindingsPanel, qtbot: QtBot) -> None:
    panel.show_analysis(analysis([LOW, HIGH]))
    qtbot.mouseClick(panel.list.viewport(), LEFT, pos=row_centre(panel, 0))
    with qtbot.waitSignal(panel.finding_selected) as told:
        panel.show_analysis(analysis([LOW]))
    assert told.args == [None]


def test_a_chosen_finding_whose_words_change_stays_chosen(panel: FindingsPanel, qtbot: QtBot) -> None:
    panel.show_analysis(analysis([LOW, HIGH]))
    qtbot.mouseClick(panel.list.viewport(), LEFT, pos=row_centre(panel, 0))
    reworded = Finding(
        rule=HIGH.rule, severity=HIGH.severity, title="One zone", message="a", components=HIGH.components
    )
    panel.show_analysis(analysis([LOW, reworded]))
    assert panel.list.current() == reworded
    assert panel.details.message.text() == "a"


def test_selecting_from_elsewhere_drops_a_filter_in_the_way(panel: FindingsPanel, qtbot: QtBot) -> None:
    panel.show_analysis(analysis([LOW, HIGH]))
    qtbot.keyClicks(panel.search, "alarm")
    with qtbot.waitSignal(panel.finding_selected) as told:
        panel.select(HIGH)
    assert told.args == [HIGH]
    assert panel.search.text() == ""


def test_markup_in_a_finding_is_shown_as_text(panel: FindingsPanel) -> None:
    evil = finding(Severity.LOW, "<b>x</b>", "jobs", source="<img src=x>", link="javascript:alert(1)")
    panel.show_analysis(analysis([evil]))
    panel.select(evil)
    assert panel.details.title.textFormat() is Qt.TextFormat.PlainText
    assert "&lt;img" in panel.details.source.text()
    assert "javascript:" not in panel.details.source.text()


def test_rows_speak_in_words(panel: FindingsPanel) -> None:
    panel.show_analysis(analysis([LOW, HIGH]))
    tree = QAccessible.queryAccessibleInterface(panel.list)
    assert tree is not None
    assert tree.child(0).text(QAccessible.Text.Name) == "High: One zone, Orders"


def test_flows_show_availability_and_downtime(panel: FindingsPanel) -> None:
    panel.show_analysis(analysis(flows=[flow()]))
    assert panel.flows.isVisible()
    texts = " ".join(child.text() for child in panel.flows.findChildren(type(panel.details.title)))
    assert "accepts 99.99 %" in texts and "completes 99.95 %" in texts
    assert "down 4 hours 22 minutes a year" in texts and "exact" in texts
    panel.show_analysis(analysis())
    assert not panel.flows.isVisible()


def shop_flows(count: int) -> list[FlowResult]:
    return [flow(id=f"flow-{number}", name=f"An order is paid and reserved {number}") for number in range(count)]


@pytest.mark.parametrize("count", [1, 2, 3])
def test_up_to_three_flows_need_no_scroll_bar(panel: FindingsPanel, qtbot: QtBot, count: int) -> None:
    panel.show_analysis(analysis([HIGH], shop_flows(count)))
    strip = panel.flows
    for width in (1000, 620):
        panel.resize(width, 300)
        qtbot.waitUntil(lambda: strip.horizontalScrollBar().maximum() == 0)
        assert not strip.horizontalScrollBar().isVisible()
        assert not strip.verticalScrollBar().isVisible()
        titles = [one for one in strip.findChildren(QLabel) if one.property("role") == "title"]
        assert len(titles) == count
        for title in titles:
            assert strip.viewport().rect().contains(title.mapTo(strip.viewport(), title.rect().bottomRight()))
            assert title.accessibleName().startswith("Flow An order is paid and reserved")
        assert strip.height() < 30 * count + 20, "compact: one line a flow"


def test_many_flows_scroll_and_leave_room_for_the_list(panel: FindingsPanel) -> None:
    panel.show_analysis(analysis([HIGH], shop_flows(3)))
    before = panel.flows.height()
    panel.show_analysis(analysis([HIGH], shop_flows(12)))
    QApplication.processEvents()
    assert panel.flows.height() == before
    assert panel.flows.verticalScrollBar().maximum() > 0


def test_findings_that_read_alike_are_told_apart_by_their_flow(panel: FindingsPanel) -> None:
    flows = [flow(id="pay", name="Pay"), flow(id="order", name="Order")]
    twins = [replace(HIGH, flow="pay"), replace(HIGH, flow="order")]
    panel.show_analysis(analysis([*twins, replace(LOW, flow="pay")], flows))
    rows = [panel.model.index(row) for row in range(3)]
    shown = [row.data(PLACES) for row in rows]
    assert [text.split(", ")[0] for text in shown[:2]] == ["Pay", "Order"]
    assert "Pay" not in shown[2], "one title alone needs no more words"
    assert "Order" in rows[1].data(Qt.ItemDataRole.AccessibleTextRole)


def test_a_bound_is_called_a_bound() -> None:
    words = availability_words(availability(0.999, exact=False))
    assert words == "between 99.8 % and 99.9 %, down 17 hours 31 minutes a year at most"
    assert is_exact(flow()) and not is_exact(flow(accept=availability(0.999, exact=False)))


def test_a_card_has_its_figures_at_the_right_and_its_downtime_below(qtbot: QtBot) -> None:
    cards = FlowCards()
    qtbot.addWidget(cards)
    point = SinglePoint(event="zone:a", level="zone", label="Zone a")
    cards.show_flows([flow(goal=0.9999, single_points=(point,))])
    cards.resize(280, 400)
    cards.show()
    QApplication.processEvents()
    shown = {one.text(): one for one in cards.findChildren(QLabel)}
    figures = [shown[text] for text in ("99.99 %", "99.95 %", "99.9 %", "99.99 %, not reached")]
    assert len({figure.geometry().right() for figure in figures}) == 1
    assert shown["Accepts"].geometry().center().y() == pytest.approx(figures[0].geometry().center().y(), abs=3)
    downtime = next(one for text, one in shown.items() if text.startswith("down 5"))
    assert shown["Accepts"].y() < downtime.y() < shown["Completes"].y()
    assert "Stops with any one of Zone a" in shown
    assert cards.sizeHint().height() < 230


def test_a_goal_and_single_points_are_told() -> None:
    point = SinglePoint(event="zone:a", level="zone", label="Zone a")
    facts = dict(flow_facts(flow(goal=0.9999, single_points=(point,))))
    assert facts["Goal"] == "99.99 %, not reached"
    assert facts["Stops with any one of"] == "Zone a"
    assert dict(flow_facts(flow(goal=0.99)))["Goal"] == "99 %, reached"
