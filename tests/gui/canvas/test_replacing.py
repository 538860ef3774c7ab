"""Another kind in the place of a component: by key, by menu, by dropping on it, and what stays and goes."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from designer.analysis.analyser import Analyser
from designer.catalog.catalog import Catalog, load_catalog
from designer.cloudformation.export import Exporter
from designer.errors import UserError
from designer.gui.canvas.canvas import Canvas
from designer.gui.canvas.replacing import replace_kind
from designer.gui.document import Document
from designer.model.architecture import Architecture
from designer.model.edits import Put
from designer.storage.files import dumps, loads
from tests.gui.canvas.conftest import CONTROL, SHIFT, Hand, architecture
from tests.gui.canvas.test_pointer import steps

WEB, QUEUE = (-120, -8), (-464, 232)


def chosen(canvas: Canvas, typed: str) -> str:
    """Types into the open search, and gives what it says of the line that is current."""
    search = canvas.adding.search
    assert search is not None
    QTest.keyClicks(search.search, typed)
    return search.detail.toolTip()


def test_ctrl_r_replaces_and_says_what_goes(
    canvas: Canvas, hand: Hand, document: Document, messages: list[str]
) -> None:
    before = document.architecture.components["web"]
    document.do(Put(before.with_(zones=("a",), note="Ours.", properties={"instance_type": "t3.small", "min": 4})))
    hand.click(WEB)
    canvas.replace_kind()
    assert "Minimum" in chosen(canvas, "ec2"), "what is lost is said before it happens"
    before = document.architecture.components["web"]
    search = canvas.adding.search
    assert search is not None
    QTest.keyClick(search.search, Qt.Key.Key_Return)
    after = document.architecture.components["web"]
    assert after == before.with_(kind="ec2", properties={"instance_type": "t3.small"})
    assert {wire.id for wire in document.architecture.wires_of("web")} == {"entry-web", "web-db"}
    assert canvas.selection().components == ("web",) and canvas.hasFocus()
    assert "Minimum" in messages[-1]
    assert document.history.undo_label == "Replace Web by EC2 instance"
    document.undo()
    assert document.architecture.components["web"] == before


def test_wires_without_a_meaning_go_in_the_same_step(canvas: Canvas, hand: Hand, document: Document) -> None:
    hand.click(WEB)
    before = document.architecture.copy()
    canvas.replace_kind()
    said = chosen(canvas, "sqs")
    assert "Entry to Web" in said and "Web to Data" in said
    assert "Network" in said, "a queue is no part of the network that it would be drawn in"
    search = canvas.adding.search
    assert search is not None
    QTest.keyClick(search.search, Qt.Key.Key_Return)
    assert document.architecture.components["web"].kind == "sqs"
    assert not document.architecture.wires_of("web") and steps(document) == 1
    document.undo()
    assert document.architecture == before


def test_several_are_replaced_in_one_step(canvas: Canvas, document: Document) -> None:
    canvas.select(["queue", "topic"])
    canvas.adding.replace_selected("lambda")
    kinds = {document.architecture.components[key].kind for key in ("queue", "topic")}
    assert kinds == {"lambda"} and steps(document) == 1
    assert document.history.undo_label == "Replace 2 components by Lambda function"


def test_the_context_menu_replaces(canvas: Canvas, hand: Hand) -> None:
    at = hand.view(QUEUE)
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, at, canvas.viewport().mapToGlobal(at))
    QApplication.sendEvent(canvas.viewport(), event)
    assert canvas.menu is not None
    (entry,) = [action for action in canvas.menu.actions() if action.text().startswith("Replace")]
    entry.trigger()
    canvas.menu.close()
    assert canvas.adding.search is not None and "Orders" in canvas.adding.search.search.placeholderText()


def test_a_drop_on_a_component_asks_whether_to_replace(
    canvas: Canvas, hand: Hand, document: Document, messages: list[str]
) -> None:
    hand.drag_in("sns", WEB)
    assert "replace Web" in messages[-1]
    hand.drop(WEB)
    menu = canvas.adding.drop_menu
    assert menu is not None and steps(document) == 0
    texts = [action.text() for action in menu.actions()]
    assert texts[0] == "Replace Web by SNS topic" and any("Entry to Web" in text for text in texts)
    menu.actions()[0].trigger()
    menu.close()
    assert document.architecture.components["web"].kind == "sns" and steps(document) == 1


def test_a_drop_on_a_component_can_add_instead(canvas: Canvas, hand: Hand, document: Document) -> None:
    hand.drag_in("sns", WEB)
    hand.drop(WEB)
    menu = canvas.adding.drop_menu
    assert menu is not None
    before = len(document.architecture.components)
    menu.actions()[-1].trigger()
    menu.close()
    assert len(document.architecture.components) == before + 1
    assert document.architecture.components["web"].kind == "asg"


def test_a_drop_with_shift_replaces_at_once(hand: Hand, document: Document) -> None:
    hand.held = SHIFT
    hand.drag_in("lambda", QUEUE)
    hand.drop(QUEUE)
    assert document.architecture.components["queue"].kind == "lambda"
    assert document.architecture.components["queue"].name == "Orders" and steps(document) == 1


def test_a_drop_on_its_own_kind_adds_another(canvas: Canvas, hand: Hand, document: Document) -> None:
    hand.drag_in("sqs", QUEUE)
    hand.drop(QUEUE)
    assert canvas.adding.drop_menu is None
    assert sum(one.kind == "sqs" for one in document.architecture.components.values()) == 2


def test_keys_of_the_list_replace_without_a_mouse(canvas: Canvas, hand: Hand, document: Document) -> None:
    canvas.select(["queue"])
    assert hand.key(Qt.Key.Key_R, CONTROL)
    search = canvas.adding.search
    assert search is not None
    QTest.keyClick(search.search, Qt.Key.Key_Escape)
    assert canvas.adding.search is None and canvas.hasFocus() and steps(document) == 0


def test_a_wire_takes_another_meaning_where_its_own_does_not_fit(catalog: Catalog) -> None:
    """A queue that becomes a topic: what sent to it now publishes to it."""
    from designer.model.entities import Component, Connection, Settings

    made = Architecture.of(
        Settings(),
        [
            Component(id="shop", kind="ecs", name="Shop"),
            Component(id="jobs", kind="sqs", name="Jobs"),
            Connection(id="shop-jobs", source="shop", target="jobs", relation="sends"),
        ],
    )
    replacement = replace_kind(made, catalog, ["jobs"], "sns")
    made.apply(replacement.edit)
    assert made.connections["shop-jobs"].relation == "publishes"
    assert any("Shop to Jobs: publishes" in sentence for sentence in replacement.losses)


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_whatever_is_replaced_the_drawing_stays_one_that_can_be_saved(data: st.DataObject) -> None:
    catalog, made = load_catalog(), architecture()
    for _ in range(data.draw(st.integers(1, 3))):
        keys = data.draw(st.lists(st.sampled_from(sorted(made.components)), min_size=1, max_size=3, unique=True))
        before = made.copy()
        inverse = made.apply(replace_kind(made, catalog, keys, data.draw(st.sampled_from(sorted(catalog.kinds)))).edit)
        assert made.components.keys() == before.components.keys()
        assert loads(dumps(made), catalog) == made
        after = made.copy()
        made.apply(inverse)
        assert made == before
        made = after


@pytest.mark.parametrize("kind", sorted(load_catalog().kinds))
def test_a_component_of_the_same_kind_stays_as_it_is(catalog: Catalog, kind: str) -> None:
    made = architecture()
    keys = [key for key, one in made.components.items() if one.kind == kind]
    assert not replace_kind(made, catalog, keys, kind).edit.edits


def test_analysis_and_export_follow_a_change_of_kind(catalog: Catalog) -> None:
    """Both keep what an edit leaves as it is: a component that is of another kind now is none of that."""
    made, exporter, analyser = architecture(), Exporter(), Analyser(catalog)
    edits = []
    for keys, kind in ((["web"], "ecs"), (["web", "queue"], "lambda"), (["entry"], "sns"), (["web"], "ec2")):
        assert _exported(exporter, made, catalog) == _exported(Exporter(), made, catalog)
        assert analyser.analyse(made).findings == Analyser(catalog).analyse(made).findings
        edits.append(made.apply(replace_kind(made, catalog, keys, kind).edit))
    for inverse in reversed(edits):
        made.apply(inverse)
        assert _exported(exporter, made, catalog) == _exported(Exporter(), made, catalog)
        assert analyser.analyse(made).findings == Analyser(catalog).analyse(made).findings


def _exported(exporter: Exporter, made: Architecture, catalog: Catalog) -> str:
    try:
        return exporter.export(made, catalog).text()
    except UserError as error:
        return str(error)
