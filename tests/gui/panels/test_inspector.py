"""The inspector: the form of the catalog, edited with mouse and keys, each change one step of the history."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QHelpEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QComboBox, QPlainTextEdit, QToolButton, QToolTip, QWidget
from pytestqt.qtbot import QtBot

from designer.analysis.analyse import analyse
from designer.analysis.findings import Analysis, CouplingResult, Finding, Severity, WireCoupling
from designer.catalog.catalog import Catalog
from designer.catalog.entries import Strength, Style
from designer.gui.controls import Clickable
from designer.gui.document import Document
from designer.gui.inputs import ComboBox, NumberBox, Switch
from designer.gui.panels.fields import Field
from designer.gui.panels.form import Form
from designer.gui.panels.inspector import InspectorPanel
from designer.gui.panels.selected import Choice
from designer.model.architecture import Architecture
from designer.model.entities import Boundary, Collection, Component, Mode, Settings
from designer.model.operations import set_property, set_settings
from designer.storage.samples import open_sample
from tests.layout.agreement import clashes

LEFT = Qt.MouseButton.LeftButton
TAB, ENTER, ESCAPE, UP = Qt.Key.Key_Tab, Qt.Key.Key_Return, Qt.Key.Key_Escape, Qt.Key.Key_Up


@pytest.fixture
def panel(document: Document, show: Callable[..., None]) -> InspectorPanel:
    made = InspectorPanel(document)
    show(made, 320, 1400)
    return made


def form_of(panel: InspectorPanel, *components: str) -> Form:
    panel.show_selection(Choice(components=components))
    assert panel.form is not None
    return panel.form


def field_of(form: Form, name: str) -> Field:
    return form.fields[name]


def type_number(qtbot: QtBot, field: Field, text: str) -> None:
    box = field.widget
    assert isinstance(box, NumberBox)
    box.setFocus()
    box.selectAll()
    qtbot.keyClicks(box.lineEdit(), text)


def choose(qtbot: QtBot, box: QWidget, title: str) -> None:
    """Opens a combo box and chooses an entry by keys, as a person does."""
    assert isinstance(box, QComboBox)
    box.setFocus()
    qtbot.keyClick(box, Qt.Key.Key_Home)
    for _ in range(box.count()):
        if box.currentText() == title:
            return
        qtbot.keyClick(box, Qt.Key.Key_Down)
    raise AssertionError(f"no entry {title!r}")


def visible_fields(form: Form) -> set[str]:
    return {name for name, field in form.fields.items() if not field.isHidden()}


def own(document: Document, key: str) -> dict[str, object]:
    return dict(document.architecture.components[key].properties)


def test_shows_the_properties_of_the_kind_with_their_defaults(panel: InspectorPanel, document: Document) -> None:
    form = form_of(panel, "orders")
    kind = document.catalog.kinds["rds"]
    assert set(form.fields) == set(kind.properties)
    storage = field_of(form, "storage")
    assert isinstance(storage.widget, NumberBox)
    assert storage.widget.lineEdit().text() == ""
    assert storage.widget.lineEdit().placeholderText() == "50 GiB"
    assert storage.widget.mark == "derived", "it follows the deployment"
    assert field_of(form, "read_replicas").widget.mark == "default"  # type: ignore[attr-defined]
    assert storage.reset.isHidden()


def test_typing_a_number_is_one_step(panel: InspectorPanel, document: Document, qtbot: QtBot) -> None:
    form = form_of(panel, "orders")
    type_number(qtbot, field_of(form, "storage"), "250")
    assert own(document, "orders") == {"storage": 250}
    assert not field_of(form, "storage").reset.isHidden()
    document.undo()
    assert own(document, "orders") == {}
    assert document.history.undo_label is None


def test_a_number_that_does_not_fit_is_said_and_goes_nowhere(
    panel: InspectorPanel, document: Document, qtbot: QtBot
) -> None:
    field = field_of(form_of(panel, "orders"), "storage")
    type_number(qtbot, field, "5")
    assert own(document, "orders") == {}
    assert "at least 20" in field.message.text()
    assert not field.message.isHidden()
    type_number(qtbot, field, "abc")
    assert "a size such as" in field.message.text()
    assert own(document, "orders") == {}
    qtbot.keyClick(field.widget, ESCAPE)
    assert field.message.isHidden()
    assert field.widget.lineEdit().text() == ""  # type: ignore[attr-defined]


def test_the_first_keys_of_a_number_that_does_not_fit_are_taken_back(
    panel: InspectorPanel, document: Document, qtbot: QtBot
) -> None:
    document.do(set_property(document.architecture, Collection.COMPONENTS, ["orders"], "backup_retention", 14))
    field = field_of(form_of(panel, "orders"), "backup_retention")
    type_number(qtbot, field, "350")
    assert own(document, "orders") == {"backup_retention": 14}
    assert "at most 35" in field.message.text()
    assert field.widget.lineEdit().text() == "350", "what was typed stays, to be mended"  # type: ignore[attr-defined]
    qtbot.keyClick(field.widget, Qt.Key.Key_Backspace)
    assert own(document, "orders") == {"backup_retention": 35}


def test_arrow_keys_step_within_the_limits(panel: InspectorPanel, document: Document, qtbot: QtBot) -> None:
    field = field_of(form_of(panel, "orders"), "read_replicas")
    field.widget.setFocus()
    for _ in range(20):
        qtbot.keyClick(field.widget, UP)
    assert own(document, "orders") == {"read_replicas": 15}


def test_the_wheel_changes_nothing(panel: InspectorPanel, document: Document) -> None:
    form = form_of(panel, "orders")
    for name in ("storage", "engine"):
        box = field_of(form, name).widget
        box.setFocus()
        where = QPointF(box.rect().center())
        up = QPoint(0, 120)
        none = Qt.MouseButton.NoButton
        wheel = QWheelEvent(
            where,
            box.mapToGlobal(where),
            QPoint(),
            up,
            none,
            Qt.KeyboardModifier.NoModifier,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        )
        QApplication.sendEvent(box, wheel)
        assert not wheel.isAccepted()
    assert own(document, "orders") == {}


def test_a_switch_by_mouse_and_the_reset_button(panel: InspectorPanel, document: Document, qtbot: QtBot) -> None:
    field = field_of(form_of(panel, "orders"), "deletion_protection")
    assert isinstance(field.widget, Switch)
    assert field.widget.isChecked() and field.widget.mark == "default"
    qtbot.mouseClick(field.widget, LEFT)
    assert own(document, "orders") == {"deletion_protection": False}
    qtbot.mouseClick(field.reset, LEFT)
    assert own(document, "orders") == {}
    assert field.widget.isChecked() and field.reset.isHidden()
    assert document.history.undo_label == "Reset deletion protection"


def test_a_choice_changes_what_else_is_asked(panel: InspectorPanel, document: Document, qtbot: QtBot) -> None:
    form = form_of(panel, "orders")
    assert "read_replicas" in visible_fields(form)
    choose(qtbot, field_of(form, "deployment").widget, "Multi-AZ cluster, two standbys")
    assert own(document, "orders") == {"deployment": "cluster"}
    assert panel.form is form, "the form stays, so that the cursor does"
    assert "read_replicas" not in visible_fields(form)
    storage = field_of(form, "storage").widget
    assert isinstance(storage, NumberBox)
    assert storage.lineEdit().placeholderText() == "100 GiB", "a default that follows another property"


def test_suggestions_are_offered_and_other_text_is_taken(
    panel: InspectorPanel, document: Document, qtbot: QtBot
) -> None:
    field = field_of(form_of(panel, "orders"), "instance_class")
    assert isinstance(field.widget, ComboBox)
    line = field.widget.lineEdit()
    assert line is not None
    line.setFocus()
    qtbot.keyClicks(line, "db.x2g.large")
    qtbot.keyClick(line, TAB)
    assert own(document, "orders") == {"instance_class": "db.x2g.large"}
    assert document.history.undo_label == "Set instance class"
    document.undo()
    assert own(document, "orders") == {}


def test_text_that_breaks_the_pattern_is_refused(panel: InspectorPanel, document: Document, qtbot: QtBot) -> None:
    field = field_of(form_of(panel, "orders"), "database_name")
    qtbot.keyClicks(field.widget, "a b")
    assert own(document, "orders") == {}
    assert not field.message.isHidden()


def test_emptying_a_text_brings_the_default_back(panel: InspectorPanel, document: Document, qtbot: QtBot) -> None:
    document.do(set_property(document.architecture, Collection.COMPONENTS, ["orders"], "database_name", "shop"))
    field = field_of(form_of(panel, "orders"), "database_name")
    field.widget.selectAll()  # type: ignore[attr-defined]
    qtbot.keyClick(field.widget, Qt.Key.Key_Delete)
    assert own(document, "orders") == {}
    assert field.widget.placeholderText() == "app"  # type: ignore[attr-defined]


def test_leaving_a_field_ends_the_step(panel: InspectorPanel, document: Document, qtbot: QtBot) -> None:
    form = form_of(panel, "orders")
    storage, backups = field_of(form, "storage"), field_of(form, "backup_retention")
    type_number(qtbot, storage, "60")
    backups.widget.setFocus()
    type_number(qtbot, storage, "70")
    document.undo()
    assert own(document, "orders") == {"storage": 60}


def test_renaming_takes_the_id_along_and_keeps_the_form(
    panel: InspectorPanel, document: Document, qtbot: QtBot
) -> None:
    form = form_of(panel, "orders")
    assert form.name is not None
    form.name.setFocus()
    form.name.selectAll()
    qtbot.keyClicks(form.name, "Ledger")
    assert "orders" in document.architecture.components, "nothing is renamed before Enter"
    qtbot.keyClick(form.name, ENTER)
    assert document.architecture.components["ledger"].name == "Ledger"
    assert "shop-ledger" in document.architecture.connections
    assert panel.form is form and form.name.text() == "Ledger"
    type_number(qtbot, field_of(form, "storage"), "80")
    assert own(document, "ledger") == {"storage": 80}


def test_an_empty_name_is_refused(panel: InspectorPanel, document: Document, qtbot: QtBot) -> None:
    form = form_of(panel, "orders")
    assert form.name is not None
    form.name.setFocus()
    form.name.selectAll()
    qtbot.keyClick(form.name, Qt.Key.Key_Delete)
    qtbot.keyClick(form.name, ENTER)
    assert document.architecture.components["orders"].name == "Orders"
    assert not form.name_message.isHidden()


def test_many_of_one_kind_show_mixed_values_and_change_in_one_step(
    panel: InspectorPanel, document: Document, qtbot: QtBot
) -> None:
    document.do(set_property(document.architecture, Collection.COMPONENTS, ["jobs"], "delay", 30))
    form = form_of(panel, "jobs", "mail")
    delay, fifo = field_of(form, "delay"), field_of(form, "fifo")
    assert isinstance(delay.widget, NumberBox)
    assert delay.widget.lineEdit().placeholderText() == "Mixed"
    assert form.name is None, "a name is for one thing"
    qtbot.mouseClick(fifo.widget, LEFT)
    assert own(document, "jobs") == {"delay": 30, "fifo": True}
    assert own(document, "mail") == {"fifo": True}
    document.undo()
    assert own(document, "jobs") == {"delay": 30} and own(document, "mail") == {}
    qtbot.mouseClick(delay.reset, LEFT)
    assert own(document, "jobs") == {}


def test_a_mixed_switch_turns_on_with_one_click(panel: InspectorPanel, document: Document, qtbot: QtBot) -> None:
    document.do(set_property(document.architecture, Collection.COMPONENTS, ["jobs"], "fifo", True))
    field = field_of(form_of(panel, "mail", "jobs"), "fifo")
    assert field.widget.checkState() is Qt.CheckState.PartiallyChecked  # type: ignore[attr-defined]
    qtbot.mouseClick(field.widget, LEFT)
    assert own(document, "mail") == {"fifo": True}


def test_several_kinds_are_counted(panel: InspectorPanel) -> None:
    form = form_of(panel, "jobs", "mail", "worker")
    assert "2 × SQS queue" in form.detail.text() and "1 × Lambda function" in form.detail.text()  # noqa: RUF001


def test_zones_are_inherited_until_chosen(panel: InspectorPanel, document: Document, qtbot: QtBot) -> None:
    form = form_of(panel, "orders")
    assert form.zones is not None
    chips = form.zones.chips()
    assert [letter for letter, chip in chips.items() if chip.isChecked()] == ["a", "b"]
    assert form.zones_row.reset.isHidden()
    qtbot.mouseClick(chips["c"], LEFT)
    assert document.architecture.components["orders"].zones == ("a", "b", "c")
    assert "d" in form.zones.chips(), "one more letter than is used is offered"
    qtbot.mouseClick(form.zones_row.reset, LEFT)
    assert document.architecture.components["orders"].zones == ()


def test_what_stands_in_one_zone_moves_from_zone_to_zone(
    panel: InspectorPanel, document: Document, qtbot: QtBot
) -> None:
    document.do(set_property(document.architecture, Collection.COMPONENTS, ["orders"], "deployment", "single"))
    form = form_of(panel, "orders")
    assert form.zones is not None
    qtbot.mouseClick(form.zones.chips()["b"], LEFT)
    assert document.architecture.components["orders"].zones == ("b",)
    assert [letter for letter, chip in form.zones.chips().items() if chip.isChecked()] == ["b"]


def test_a_regional_service_has_no_zones(panel: InspectorPanel) -> None:
    assert form_of(panel, "jobs").zones is None


def test_a_note_is_kept_line_by_line(panel: InspectorPanel, document: Document, qtbot: QtBot) -> None:
    box = form_of(panel, "jobs").extras["note"].widget
    assert isinstance(box, QPlainTextEdit)
    box.setFocus()
    qtbot.keyClicks(box, "one")
    qtbot.keyClick(box, ENTER)
    qtbot.keyClicks(box, "two")
    assert document.architecture.components["jobs"].note == "one\ntwo"
    document.undo()
    assert document.architecture.components["jobs"].note == ""
    assert box.toPlainText() == ""


def test_a_wire_shows_its_relation_and_coupling(panel: InspectorPanel, document: Document, qtbot: QtBot) -> None:
    panel.show_selection(Choice(connections=("jobs-worker",)))
    coupling = WireCoupling(style=Style.ASYNC, strength=Strength.HARD, tightness=1, reasons=("A queue in between",))
    wires = CouplingResult(wires={"jobs-worker": coupling})
    panel.show_analysis(Analysis(findings=(), flows=(), coupling=wires))
    form = panel.form
    assert form is not None
    assert form.title.text() == "Jobs to Worker" and form.detail.text() == "Triggers"
    texts = [child.text() for child in panel.remarks.findChildren(QWidget) if hasattr(child, "text")]
    assert any("Loose coupling" in text for text in texts)
    type_number(qtbot, form.fields["batch_size"], "7")
    assert document.architecture.connections["jobs-worker"].properties == {"batch_size": 7}


def test_another_meaning_for_a_wire(panel: InspectorPanel, document: Document, qtbot: QtBot) -> None:
    catalog = document.catalog
    ambiguous = [
        (source, target)
        for source in catalog.kinds
        for target in catalog.kinds
        if len(catalog.relations_between(source, target)) > 1
    ]
    if not ambiguous:
        pytest.skip("no pair of kinds has more than one relation")
    from designer.model.operations import add, connect, new_component

    source, target = ambiguous[0]
    first, second = catalog.relations_between(source, target)[:2]
    ends = []
    for kind in (source, target):
        component = new_component(document.architecture, kind, f"{kind} end", (0, 600))
        document.do(add(component, "Add"))
        ends.append(component.id)
    document.do(connect(document.architecture, *ends, first.id))
    key = f"{ends[0]}-{ends[1]}"
    panel.show_selection(Choice(connections=(key,)))
    assert panel.form is not None and panel.form.relation is not None
    choose(qtbot, panel.form.relation, second.title)
    assert document.architecture.connections[key].relation == second.id
    assert panel.form.detail.text() == second.title


def test_nothing_selected_is_the_architecture(panel: InspectorPanel, document: Document, qtbot: QtBot) -> None:
    panel.show_selection(Choice())
    form = panel.form
    assert form is not None and form.zones is not None and form.name is not None
    region = form.extras["region"].widget
    assert isinstance(region, QComboBox) and region.lineEdit() is not None
    qtbot.keyClicks(region.lineEdit(), "eu-central-1")
    qtbot.keyClick(region.lineEdit(), TAB)
    assert document.architecture.settings.region == "eu-central-1"
    qtbot.mouseClick(form.zones.chips()["c"], LEFT)
    assert document.architecture.settings.zones == ("a", "b", "c")
    form.name.selectAll()
    qtbot.keyClicks(form.name, "Shop")
    qtbot.keyClick(form.name, ENTER)
    assert document.architecture.settings.name == "Shop"
    qtbot.mouseClick(form.fields["flow_logs"].widget, LEFT)
    assert document.architecture.settings.properties == {"flow_logs": False}


def test_the_architecture_keeps_at_least_one_zone(panel: InspectorPanel, document: Document, qtbot: QtBot) -> None:
    panel.show_selection(Choice())
    form = panel.form
    assert form is not None and form.zones is not None
    qtbot.mouseClick(form.zones.chips()["a"], LEFT)
    qtbot.mouseClick(form.zones.chips()["b"], LEFT)
    assert document.architecture.settings.zones == ("b",)
    assert form.zones.chips()["b"].isChecked()
    assert "At least one zone" in form.zones_row.message.text()


def test_findings_of_the_selected_thing_lead_to_the_list(panel: InspectorPanel, qtbot: QtBot) -> None:
    finding = Finding(rule="r", severity=Severity.HIGH, title="One zone", message="m", components=("orders",))
    other = Finding(rule="r", severity=Severity.LOW, title="Other", message="m", components=("jobs",))
    panel.show_analysis(Analysis(findings=(finding, other), flows=(), coupling=CouplingResult()))
    form_of(panel, "orders")
    (card,) = [card for card in panel.remarks.findChildren(Clickable) if not card.isHidden()]
    assert card.accessibleName() == "High: One zone"
    with qtbot.waitSignal(panel.finding_selected) as told:
        qtbot.mouseClick(card, LEFT)
    assert told.args == [finding]


def test_a_deleted_component_leaves_the_form(panel: InspectorPanel, document: Document) -> None:
    from designer.model.operations import delete

    form_of(panel, "mail")
    document.do(delete(document.architecture, {Collection.COMPONENTS: ["mail"]}))
    assert panel.form is not None and panel.form.detail.text() == document.catalog.architecture.title


def test_every_field_is_named(panel: InspectorPanel, document: Document) -> None:
    for component in list(document.architecture.components.values()):
        for name, field in form_of(panel, component.id).fields.items():
            assert field.widget.accessibleName(), f"{component.kind}.{name}"
            assert field.reset.accessibleName() and field.info.accessibleName()


def test_an_undo_elsewhere_is_shown(panel: InspectorPanel, document: Document) -> None:
    field = field_of(form_of(panel, "jobs"), "delay")
    document.do(set_property(document.architecture, Collection.COMPONENTS, ["jobs"], "delay", 45))
    assert isinstance(field.widget, NumberBox) and field.widget.lineEdit().text() == "45 s"
    document.undo()
    assert field.widget.lineEdit().text() == ""


def test_flows_are_added_set_and_removed(panel: InspectorPanel, document: Document, qtbot: QtBot) -> None:
    form_of(panel, "customers")
    assert panel.flows.isVisible() and not panel.flows.fields
    qtbot.mouseClick(panel.flows.add, LEFT)
    (flow,) = document.architecture.flows.values()
    assert flow.entry == "customers"
    fields = panel.flows.fields[flow.id]
    type_number(qtbot, fields["goal"], "99.95")
    assert document.architecture.flows[flow.id].goal == 0.9995
    choose(qtbot, fields["mode"].widget, "the request is taken in")
    assert document.architecture.flows[flow.id].mode is Mode.ACCEPT
    type_number(qtbot, fields["goal"], "101")
    assert "at most 100" in fields["goal"].message.text()
    assert document.architecture.flows[flow.id].goal == 0.9995
    fields["name"].widget.selectAll()  # type: ignore[attr-defined]
    qtbot.keyClicks(fields["name"].widget, "Buy")
    assert document.architecture.flows[flow.id].name == "Buy"
    (remove,) = [b for b in panel.flows.findChildren(QToolButton) if b.accessibleName().startswith("Remove the flow")]
    qtbot.mouseClick(remove, LEFT)
    assert not document.architecture.flows
    document.undo()
    assert document.architecture.flows[flow.id].name == "Buy"
    assert flow.id in panel.flows.fields


def test_only_where_people_enter_are_there_flows(panel: InspectorPanel) -> None:
    form_of(panel, "orders")
    assert not panel.flows.isVisible()


def test_the_regions_and_their_zones_are_those_of_the_catalog(
    panel: InspectorPanel, document: Document, qtbot: QtBot
) -> None:
    panel.show_selection(Choice())
    form = panel.form
    assert form is not None and form.zones is not None
    box = form.extras["region"].widget
    assert isinstance(box, QComboBox)
    assert {box.itemText(row) for row in range(box.count())} == set(document.catalog.regions)
    assert list(form.zones.chips()) == ["a", "b", "c"]
    choose(qtbot, box, "us-west-1")
    assert document.architecture.settings.region == "us-west-1"
    assert list(form.zones.chips()) == ["a", "b"], "N. California has two"
    document.do(set_settings(document.architecture, "Move", zones=("a", "b", "c")))
    assert list(form.zones.chips()) == ["a", "b", "c"], "what is used can be switched off"
    qtbot.mouseClick(form.zones.chips()["c"], LEFT)
    assert document.architecture.settings.zones == ("a", "b")
    assert list(form.zones.chips()) == ["a", "b"]


def test_a_number_without_a_default_says_that_it_is_not_set(panel: InspectorPanel) -> None:
    panel.show_selection(Choice())
    form = panel.form
    assert form is not None
    boxes = [field for field in form.fields.values() if isinstance(field.widget, NumberBox)]
    empty = [field for field in boxes if field.state.value is None]
    assert empty, "the figures of zone and Region are the catalog's until they are set"
    for field in empty:
        assert isinstance(field.widget, NumberBox)
        assert field.widget.mark == "not set"
        assert field.widget.accessibleDescription().startswith("Not set")
    orders = form_of(panel, "orders")
    storage = next(f for f in orders.fields.values() if isinstance(f.widget, NumberBox) and f.state.value is not None)
    assert isinstance(storage.widget, NumberBox)
    assert storage.widget.mark == "default"


def test_a_card_that_becomes_a_band_gets_a_row_of_its_own(
    catalog: Catalog, show: Callable[..., None], qtbot: QtBot
) -> None:
    """A standby in another zone, where a server stands beside it: one step."""
    vpc = Boundary(id="vpc", kind="vpc", name="Network", zones=("a", "b"), width=600, height=300)
    data = Component(id="data", kind="rds", name="Data", boundary="vpc", zones=("a",), x=40, y=80)
    tool = Component(id="tool", kind="ec2", name="Tool", boundary="vpc", zones=("b",), x=340, y=80)
    data = data.with_(properties={"deployment": "single"}, zones=())
    document = Document(catalog, Architecture.of(Settings(), (vpc, data, tool)))
    panel = InspectorPanel(document)
    show(panel, 320, 1400)
    choose(qtbot, field_of(form_of(panel, "data"), "deployment").widget, "Multi-AZ cluster, two standbys")
    assert not clashes(document.architecture, catalog)
    assert document.architecture.components["data"].y == 160 and document.architecture.components["tool"] == tool
    while document.history.undo_label:
        document.undo()
    assert document.architecture.components["data"] == data


def test_a_time_is_typed_with_or_without_its_units(panel: InspectorPanel, document: Document, qtbot: QtBot) -> None:
    field = field_of(form_of(panel, "jobs"), "retention")
    assert isinstance(field.widget, NumberBox)
    line = field.widget.lineEdit()
    assert line.placeholderText() == "4 days"
    for text, seconds, shown in (
        ("2 days", 172_800, "2 days"),
        ("1h30", 5_400, "1 h 30 min"),
        ("90", 90, "1 min 30 s"),
    ):
        type_number(qtbot, field, text)
        assert own(document, "jobs") == {"retention": seconds} and line.text() == text, "what is typed is left alone"
        qtbot.keyClick(field.widget, TAB)
        assert line.text() == shown and own(document, "jobs") == {"retention": seconds}
    document.undo()
    assert own(document, "jobs") == {"retention": 5_400} and line.text() == "1 h 30 min"


def test_a_time_that_does_not_fit_is_said_in_the_same_units(
    panel: InspectorPanel, document: Document, qtbot: QtBot
) -> None:
    field = field_of(form_of(panel, "jobs"), "retention")
    type_number(qtbot, field, "15 days")
    assert field.message.text() == "Expected at most 14 days (1209600 s), got 15 days."
    type_number(qtbot, field, "two days")
    assert field.message.text() == "Expected a time such as 15 min or 1 h 30 min, got the text 'two days'."
    assert own(document, "jobs") == {}
    qtbot.keyClick(field.widget, TAB)
    assert field.widget.lineEdit().text() == "two days", "it waits to be mended"  # type: ignore[attr-defined]


def test_arrow_keys_step_by_the_unit_that_is_shown(panel: InspectorPanel, document: Document, qtbot: QtBot) -> None:
    field = field_of(form_of(panel, "jobs"), "retention")
    assert isinstance(field.widget, NumberBox)
    field.widget.setFocus()
    qtbot.keyClick(field.widget, UP)
    assert field.widget.lineEdit().text() == "5 days" and own(document, "jobs") == {"retention": 432_000}
    for _ in range(20):
        qtbot.keyClick(field.widget, UP)
    assert own(document, "jobs") == {"retention": 1_209_600}, "no further than the limit"


def test_no_choice_is_cut(panel: InspectorPanel, document: Document) -> None:
    """Where the longest does not fit beside its label, it stands below it; narrower and wider, as it comes."""
    for width in (312, 480):
        panel.resize(width, 1400)
        for key in ("users", "elb", "web", "jobs", "orders"):
            if key not in document.architecture.components:
                continue
            for name, field in form_of(panel, key).fields.items():
                QApplication.processEvents()
                box = field.widget
                if isinstance(box, ComboBox) and not field.isHidden():
                    assert box.width() >= box.room(), f"{key}.{name} at {width}"


def test_a_list_opens_as_wide_as_its_longest_entry(panel: InspectorPanel, qtbot: QtBot) -> None:
    box = field_of(form_of(panel, "orders"), "deployment").widget
    assert isinstance(box, ComboBox)
    qtbot.mouseClick(box, LEFT)
    longest = max(box.fontMetrics().horizontalAdvance(box.itemText(index)) for index in range(box.count()))
    assert box.view().viewport().width() >= longest
    box.hidePopup()


def test_a_text_that_is_cut_is_told_whole_under_the_pointer(
    panel: InspectorPanel, document: Document, qtbot: QtBot
) -> None:
    panel.resize(320, 1400)
    name = "x" * 60
    document.do(set_property(document.architecture, Collection.COMPONENTS, ["orders"], "database_name", name))
    box = field_of(form_of(panel, "orders"), "database_name").widget
    at = box.rect().center()
    QApplication.sendEvent(box, QHelpEvent(QEvent.Type.ToolTip, at, box.mapToGlobal(at)))
    qtbot.waitUntil(lambda: name in QToolTip.text())
    QToolTip.hideText()


@pytest.mark.parametrize("sample", ["three-tier-fragile", "orders-decoupled"])
def test_nothing_is_wider_than_the_panel(catalog: Catalog, show: Callable[..., None], sample: str) -> None:
    """At the width that the window gives it, with the bar to scroll by."""
    document = Document(catalog, open_sample(sample, catalog))
    panel = InspectorPanel(document)
    show(panel, 312, 500)
    panel.show_analysis(analyse(document.architecture, catalog))
    for chosen in ((), *((key,) for key in document.architecture.components)):
        form = form_of(panel, *chosen)
        QApplication.processEvents()
        assert form.minimumSizeHint().width() <= 312 - panel._scroll.verticalScrollBar().width(), chosen
