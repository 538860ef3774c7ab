"""Several things in the inspector: what they have in common, what differs, and one step for all of them."""

from __future__ import annotations

from collections.abc import Callable
from time import thread_time

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPlainTextEdit
from pytestqt.qtbot import QtBot

from designer.catalog.catalog import Catalog
from designer.catalog.check import check_value
from designer.gui.document import Document
from designer.gui.inputs import NumberBox, Switch
from designer.gui.panels.common import common_properties
from designer.gui.panels.inspector import InspectorPanel
from designer.gui.panels.selected import Choice
from designer.model.edits import Batch, Put
from designer.model.entities import Collection, Component
from designer.model.operations import set_property
from tests.gui.panels.test_inspector import LEFT, form_of, own, type_number, visible_fields

UNCHECKED, PARTLY = Qt.CheckState.Unchecked, Qt.CheckState.PartiallyChecked


@pytest.fixture
def panel(document: Document, show: Callable[..., None]) -> InspectorPanel:
    made = InspectorPanel(document)
    show(made, 320, 1400)
    return made


def set_own(document: Document, key: str, name: str, value: object) -> None:
    document.do(set_property(document.architecture, Collection.COMPONENTS, [key], name, value))


def test_components_of_several_kinds_show_what_they_have_in_common(
    panel: InspectorPanel, document: Document, qtbot: QtBot
) -> None:
    set_own(document, "front", "deletion_protection", False)
    form = form_of(panel, "orders", "front")
    assert {"deletion_protection", "availability"} <= visible_fields(form)
    assert "engine" not in form.fields and "scheme" not in form.fields
    field = form.fields["deletion_protection"]
    assert isinstance(field.widget, Switch) and field.widget.checkState() is PARTLY, "they differ"
    assert "Mixed values" in field.widget.accessibleDescription()
    qtbot.mouseClick(field.widget, LEFT)
    assert own(document, "orders") == own(document, "front") == {"deletion_protection": True}
    assert document.history.undo_label == "Set deletion protection"
    document.undo()
    assert own(document, "orders") == {} and own(document, "front") == {"deletion_protection": False}
    assert field.widget.checkState() is PARTLY


def test_looking_at_mixed_values_writes_nothing(panel: InspectorPanel, document: Document, qtbot: QtBot) -> None:
    set_own(document, "jobs", "delay", 30)
    steps = document.history.undo_label
    form = form_of(panel, "jobs", "mail")
    for name in visible_fields(form):
        widget = form.fields[name].widget
        widget.setFocus()
        qtbot.keyClick(widget, Qt.Key.Key_Tab)
    assert own(document, "jobs") == {"delay": 30} and own(document, "mail") == {}
    assert document.history.undo_label == steps


def test_what_does_not_fit_leaves_mixed_values_as_they_were(
    panel: InspectorPanel, document: Document, qtbot: QtBot
) -> None:
    """Its first keys would: 9 and 90 fit, 9000 does not. Erased again, the things still differ."""
    set_own(document, "jobs", "delay", 30)
    form = form_of(panel, "jobs", "mail")
    field = form.fields["delay"]
    type_number(qtbot, field, "90")
    assert own(document, "jobs") == own(document, "mail") == {"delay": 90}
    qtbot.keyClicks(field.widget.lineEdit(), "00")  # type: ignore[attr-defined]
    assert own(document, "jobs") == {"delay": 30} and own(document, "mail") == {}
    assert "at most 15 min (900 s), got 2 h 30 min" in field.message.text()
    assert document.history.undo_label == "Set delay", "the step that the test began with"
    for _ in range(4):
        qtbot.keyClick(field.widget, Qt.Key.Key_Backspace)
    assert own(document, "jobs") == {"delay": 30} and own(document, "mail") == {}
    assert isinstance(field.widget, NumberBox)
    assert field.widget.lineEdit().placeholderText() == "Mixed" and field.message.isHidden()


def test_zones_and_notes_of_several_kinds(panel: InspectorPanel, document: Document, qtbot: QtBot) -> None:
    form = form_of(panel, "orders", "front")
    assert form.zones is not None
    qtbot.mouseClick(form.zones.chips()["c"], LEFT)
    found = document.architecture.components
    assert found["orders"].zones == found["front"].zones == ("a", "b", "c")
    box = form.extras["note"].widget
    assert isinstance(box, QPlainTextEdit)
    qtbot.keyClicks(box, "shared")
    assert found["orders"].note == found["front"].note == "shared"
    document.undo()
    assert found["orders"].note == found["front"].note == ""
    assert form_of(panel, "orders", "jobs").zones is None, "a queue stands in no zone"


def test_a_component_and_a_connection_share_a_note(panel: InspectorPanel, document: Document, qtbot: QtBot) -> None:
    panel.show_selection(Choice(components=("jobs",), connections=("jobs-worker",)))
    form = panel.form
    assert form is not None and form.title.text() == "2 things"
    qtbot.keyClicks(form.extras["note"].widget, "both")
    assert document.architecture.components["jobs"].note == "both"
    assert document.architecture.connections["jobs-worker"].note == "both"
    document.undo()
    assert document.architecture.connections["jobs-worker"].note == ""


def test_connections_of_several_meanings(panel: InspectorPanel, document: Document, qtbot: QtBot) -> None:
    panel.show_selection(Choice(connections=("shop-jobs", "shop-orders", "jobs-worker")))
    form = panel.form
    assert form is not None and form.title.text() == "3 connections"
    assert {"strength", "alternatives"} <= visible_fields(form)
    qtbot.keyClicks(form.fields["alternatives"].widget, "either")
    wires = document.architecture.connections
    assert {wires[key].properties["alternatives"] for key in ("shop-jobs", "shop-orders", "jobs-worker")} == {"either"}
    document.undo()
    assert not any(wire.properties for wire in wires.values())


def test_a_value_for_several_kinds_fits_each(catalog: Catalog) -> None:
    """Of limits the narrowest count, of choices the common ones; what means something else is left out."""
    kinds = list(catalog.kinds.values())
    checked = 0
    for one in kinds:
        for other in kinds:
            for name, prop in common_properties([one.properties, other.properties]).items():
                own_limits = (one.properties[name], other.properties[name])
                for value in (*prop.choices, prop.minimum, prop.maximum, *prop.suggestions):
                    if check_value(prop, value) is None:
                        assert all(check_value(each, value) is None for each in own_limits), f"{one.id} {other.id}"
                        checked += 1
    assert checked > 100
    asg, ecs = catalog.kinds["asg"].properties, catalog.kinds["ecs"].properties
    common = common_properties([asg, ecs])
    assert common["grace_period"].maximum == 3600 and asg["grace_period"].maximum == 7200
    assert "max" not in common, "instances are not tasks"
    assert set(common["purchase"].choices) == set(asg["purchase"].choices) & set(ecs["purchase"].choices)


def test_thousands_are_shown_when_the_selection_pauses(panel: InspectorPanel, document: Document, qtbot: QtBot) -> None:
    made = [Component(id=f"n{number}", kind="sqs", name=f"N{number}", x=number) for number in range(2000)]
    document.do(Batch("Add", tuple(Put(one) for one in made)))
    form_of(panel, "jobs")
    start = thread_time()
    for count in range(300, 2000, 100):
        panel.show_selection(Choice(components=tuple(one.id for one in made[:count])))
    assert thread_time() - start < 0.2, "nothing is worked out on the way"
    form = panel.form
    assert form is not None and form.title.text() == "Jobs"
    qtbot.waitUntil(lambda: panel.form is not None and panel.form.title.text() == "1900 components")
    qtbot.mouseClick(panel.form.fields["fifo"].widget, LEFT)
    assert all(document.architecture.components[f"n{number}"].properties == {"fifo": True} for number in range(1900))
    document.undo()
    assert not document.architecture.components["n0"].properties
