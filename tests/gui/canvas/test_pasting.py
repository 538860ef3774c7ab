"""Pasting between windows and processes, and from text: our own format, parts of it, and templates."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt
from PySide6.QtGui import QContextMenuEvent, QCursor, QGuiApplication
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from designer.catalog.catalog import Catalog
from designer.cloudformation.drawing import DRAWING
from designer.gui.canvas.canvas import Canvas
from designer.gui.canvas.clipboard import CONFIGURATION_MIME, PART_MIME
from designer.gui.canvas.metrics import overlaps
from designer.gui.document import Document
from designer.model.architecture import Architecture
from designer.model.edits import Put
from designer.storage.files import loads
from tests.gui.canvas.conftest import CONTROL, Hand
from tests.gui.canvas.test_pointer import place, steps

V, C, D = Qt.Key.Key_V, Qt.Key.Key_C, Qt.Key.Key_D
PART = """\
components:
  shop: {kind: ecs, name: Shop}
  jobs: {kind: sqs, name: Jobs}
connections:
  shop-jobs: {from: shop, relation: sends, to: jobs}
"""
TEMPLATE = """\
Resources:
  Worker: {Type: AWS::Lambda::Function, Properties: {Timeout: 5, Layers: [a]}}
  Source:
    Type: AWS::Lambda::EventSourceMapping
    Properties: {FunctionName: !Ref Worker, EventSourceArn: !GetAtt Jobs.Arn}
  Jobs: {Type: AWS::SQS::Queue}
  Bucket: {Type: AWS::S3::Bucket}
"""


@pytest.fixture(autouse=True)
def empty_clipboard() -> Iterator[None]:
    """What was made here must not outlive Python on Qt's clipboard."""
    yield
    QGuiApplication.clipboard().clear()


@pytest.fixture
def noted(canvas: Canvas) -> list[str]:
    """The notes that the canvas has shown."""
    notes: list[str] = []
    canvas.noted.connect(lambda _title, found: notes.extend(found))
    return notes


@pytest.fixture
def other(catalog: Catalog, qtbot: QtBot) -> Canvas:
    """The canvas of another window, on an empty drawing."""
    made = Canvas(Document(catalog, Architecture()))
    qtbot.addWidget(made)
    made.resize(900, 600)
    return made


def test_a_copy_goes_to_another_window_with_wires_boundaries_and_settings(
    canvas: Canvas, hand: Hand, document: Document, other: Canvas
) -> None:
    before = document.architecture.components["web"]
    document.do(Put(before.with_(note="Ours.", zones=("a",), properties={"min": 4})))
    canvas.select((), (), ["vpc"])
    hand.key(C, CONTROL)
    other.setFocus()
    other.paste()
    made = other.document.architecture
    assert set(made.boundaries) == {"vpc", "private"} and made.boundaries["private"].parent == "vpc"
    web = made.components["web"]
    assert (web.note, web.zones, dict(web.properties), web.boundary) == ("Ours.", ("a",), {"min": 4}, "private")
    assert {wire.relation for wire in made.connections.values()} == {"routes", "queries"}
    assert other.document.history.undo_label == "Paste"
    other.document.undo()
    assert not made.components and not made.boundaries


def test_a_copy_goes_to_another_process_as_text(canvas: Canvas, hand: Hand, catalog: Catalog, tmp_path: Path) -> None:
    canvas.select(["web", "db"])
    hand.key(C, CONTROL)
    text = QGuiApplication.clipboard().text()
    assert set(loads(text, catalog).components) == {"web", "db"}
    code = (
        "import sys\n"
        "from designer.gui.app import application\n"
        "made = application()\n"
        "from designer.catalog.catalog import load_catalog\n"
        "from designer.gui.canvas.canvas import Canvas\n"
        "from designer.gui.document import Document\n"
        "from PySide6.QtGui import QGuiApplication\n"
        "QGuiApplication.clipboard().setText(sys.stdin.read())\n"
        "canvas = Canvas(Document(load_catalog()))\n"
        "canvas.paste(); canvas.select_all(); canvas.copy()\n"
        "sys.stdout.write(QGuiApplication.clipboard().text())\n"
    )
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "HOME": str(tmp_path)}
    ended = subprocess.run(
        [sys.executable, "-c", code], env=environment, input=text, capture_output=True, text=True, check=True
    )
    back = loads(ended.stdout, catalog)
    assert {component.name for component in back.components.values()} == {"Web", "Data"}
    assert [wire.relation for wire in back.connections.values()] == ["queries"]


@pytest.mark.parametrize(
    "text", [PART, f"designer: 1\n{PART}", "    " + PART.replace("\n", "\n    "), PART.replace("\n", "\r\n")]
)
def test_text_of_the_format_is_pasted_at_the_pointer(
    canvas: Canvas, hand: Hand, document: Document, noted: list[str], text: str
) -> None:
    QGuiApplication.clipboard().setText(text)
    QCursor.setPos(canvas.viewport().mapToGlobal(hand.view((300, -300))))
    hand.key(V, CONTROL)
    keys = canvas.selection().components
    assert {document.architecture.components[key].name for key in keys} == {"Shop", "Jobs"}
    rects = [canvas.drawing.rects[key] for key in keys]
    left, top = min(rect[0] for rect in rects), min(rect[1] for rect in rects)
    right, bottom = max(rect[2] for rect in rects), max(rect[3] for rect in rects)
    assert abs((left + right) / 2 - 300) <= 8 and abs((top + bottom) / 2 + 300) <= 8
    assert not (rects[0][2] > rects[1][0] and rects[1][2] > rects[0][0]), "laid out beside one another"
    assert steps(document) == 1 and not noted
    assert any(wire.relation == "sends" and wire.source in keys for wire in document.architecture.connections.values())


def test_text_pasted_over_a_card_does_not_hide_it(canvas: Canvas, hand: Hand) -> None:
    QGuiApplication.clipboard().setText('jobs: {"kind": "sqs", "name": "Jobs"}')
    left, top, right, bottom = canvas.drawing.rects["queue"]
    QCursor.setPos(canvas.viewport().mapToGlobal(hand.view(((left + right) / 2 + 10, (top + bottom) / 2))))
    hand.key(V, CONTROL)
    (key,) = canvas.selection().components
    pasted = canvas.drawing.rects[key]
    assert not any(overlaps(pasted, rect) for other, rect in canvas.drawing.rects.items() if other != key)
    assert abs(pasted[0] - left) < 260 and abs(pasted[1] - top) < 260


def test_lines_of_a_file_are_pasted(canvas: Canvas, hand: Hand, document: Document) -> None:
    lines = ('jobs: {"kind": "sqs", "name": "Jobs"}', 'net: {"kind": "vpc", "at": [0, 600], "size": [300, 200]}')
    QGuiApplication.clipboard().setText("".join(f"  {line}\n" for line in lines))
    hand.key(V, CONTROL)
    assert len(canvas.selection().components) == 1 and len(canvas.selection().boundaries) == 1
    assert steps(document) == 1


def test_a_template_makes_components_and_says_what_it_leaves_out(
    canvas: Canvas, hand: Hand, document: Document, noted: list[str]
) -> None:
    QGuiApplication.clipboard().setText(TEMPLATE)
    hand.key(V, CONTROL)
    keys = canvas.selection().components
    found = {document.architecture.components[key].name: document.architecture.components[key] for key in keys}
    assert {name: one.kind for name, one in found.items()} == {"Jobs": "sqs", "Worker 2": "lambda"}
    assert found["Worker 2"].properties["timeout"] == 5
    (wire,) = document.architecture.wires_of(found["Jobs"].id)
    assert wire.relation == "triggers"
    said = "\n".join(noted)
    assert "AWS::S3::Bucket" in said and "Layers" in said
    assert steps(document) == 1 and document.history.undo_label == "Paste"


def test_copy_as_template_is_one_that_comes_back(
    canvas: Canvas, document: Document, other: Canvas, messages: list[str]
) -> None:
    canvas.select(["web", "db"])
    canvas.pasting.copy_template()
    text = QGuiApplication.clipboard().text()
    assert "AWS::AutoScaling::AutoScalingGroup" in text and DRAWING in text and "2 components" in messages[-1]
    other.paste()
    assert {one.name for one in other.document.architecture.components.values()} == {"Web", "Data"}
    assert steps(document) == 0


@pytest.mark.parametrize(
    "text",
    [
        "components:\n  box: {kind: nonsense}\n",
        "components: [1, 2]\n",
        "designer: 99\ncomponents: {}\n",
        "designer: 1\ncomponents:\n  a: {kind: sqs, properties: {fifo: 3}}\n",
        "connections:\n  a-b: {from: a, relation: sends, to: b}\n",
        "components: &a {x: *a}\n",
        "components: !!python/object/apply:os.system ['true']\n",
        "designer: 1\ncomponents:\n" + "  a: {kind: sqs, name: " + "[" * 500,
        "Resources: {A: {Type: AWS::S3::Bucket}}",
        "Resources: {A: {Type: AWS::SQS::Queue",
        "Resources:\n  A: {Type: AWS::SQS::Queue, Properties: !!python/name:os.system x}}\n",
        'x: {"kind": "sqs", "name": 7}',
        "just some words",
        "",
    ],
)
def test_hostile_or_broken_text_is_refused_and_nothing_changes(
    hand: Hand, document: Document, messages: list[str], text: str
) -> None:
    before = document.architecture.copy()
    QGuiApplication.clipboard().setText(text)
    hand.key(V, CONTROL)
    assert "cannot be pasted" in messages[-1] or "nothing that can be pasted" in messages[-1]
    assert "\n" not in messages[-1]
    assert document.architecture == before and steps(document) == 0


def test_names_and_ids_of_what_is_there_are_not_taken(canvas: Canvas, document: Document) -> None:
    QGuiApplication.clipboard().setText(PART.replace("Jobs", "Orders").replace("jobs", "queue"))
    canvas.paste()
    names = [one.name for one in document.architecture.components.values()]
    assert "Orders" in names and "Orders 2" in names and len(set(names)) == len(names)


def test_the_menu_pastes_where_it_was_opened(canvas: Canvas, hand: Hand, document: Document) -> None:
    canvas.select(["queue"])
    hand.key(C, CONTROL)
    at = hand.view((400, -320))
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, at, canvas.viewport().mapToGlobal(at))
    QApplication.sendEvent(canvas.viewport(), event)
    assert canvas.menu is not None
    next(action for action in canvas.menu.actions() if action.text() == "Paste").trigger()
    canvas.menu.close()
    assert place(document, canvas.selection().components[0]) == (304, -352)


def test_duplicates_have_new_ids_and_lie_a_little_off(canvas: Canvas, hand: Hand, document: Document) -> None:
    canvas.select(["web", "db"])
    hand.key(D, CONTROL)
    keys = canvas.selection().components
    assert len(keys) == 2 and not set(keys) & {"web", "db"}
    web = next(key for key in keys if document.architecture.components[key].kind == "asg")
    assert place(document, web) == (-216 + 32, 48), "in the next free row: it reaches over all lanes"
    assert document.architecture.components[web].name == "Web 2"
    wires = [wire for wire in document.architecture.wires_of(web) if wire.target in keys]
    assert [wire.relation for wire in wires] == ["queries"] and steps(document) == 1


def test_settings_are_copied_from_one_to_others_of_its_kind(
    canvas: Canvas, document: Document, messages: list[str]
) -> None:
    components = document.architecture.components
    document.do(Put(components["queue"].with_(properties={"fifo": True, "retention": 600})))
    canvas.insert("sqs")
    (new,) = canvas.selection().components
    document.do(Put(components[new].with_(properties={"delay": 5})))
    before = steps(document)
    canvas.select(["queue"])
    canvas.pasting.copy_configuration()
    canvas.select([new])
    canvas.pasting.paste_configuration()
    assert dict(components[new].properties) == {"fifo": True, "retention": 600}
    assert components[new].name != components["queue"].name
    assert steps(document) == before + 1 and messages[-1] == ""
    document.undo()
    assert dict(components[new].properties) == {"delay": 5}


def test_another_kind_takes_what_it_has_too_and_the_rest_is_told(
    canvas: Canvas, document: Document, messages: list[str]
) -> None:
    components = document.architecture.components
    document.do(Put(components["queue"].with_(properties={"fifo": True, "retention": 600})))
    canvas.select(["queue"])
    canvas.pasting.copy_configuration()
    canvas.select(["topic", "worker"])
    canvas.pasting.paste_configuration()
    assert dict(components["topic"].properties) == {"fifo": True} and not components["worker"].properties
    assert "FIFO" in messages[-1] and "Retention" in messages[-1]


def test_settings_of_a_wire_go_to_wires(canvas: Canvas, document: Document) -> None:
    wires = document.architecture.connections
    document.do(Put(wires["web-db"].with_(properties={"access": "read"})))
    canvas.select((), ["web-db"])
    canvas.pasting.copy_configuration()
    canvas.select(["web"])
    canvas.pasting.paste_configuration()
    assert steps(document) == 1, "components take nothing from a wire"
    canvas.select((), ["web-db"])
    document.undo()
    canvas.pasting.paste_configuration()
    assert wires["web-db"].properties == {"access": "read"}


@pytest.mark.parametrize(
    ("mime", "data"),
    [
        (PART_MIME, b"\xff\xfe\x00"),
        (PART_MIME, b"x" * 9_000_000),
        (CONFIGURATION_MIME, b"[" * 100_000),
        (CONFIGURATION_MIME, b'{"of": "flows", "kind": "x", "properties": {}}'),
        (CONFIGURATION_MIME, b'{"of": "components", "kind": "sqs", "properties": {"nonsense": 1}}'),
        (CONFIGURATION_MIME, b'{"of": "components", "kind": "sqs", "properties": {"fifo": "yes"}}'),
    ],
)
def test_data_that_nobody_here_has_written_changes_nothing(
    canvas: Canvas, document: Document, messages: list[str], mime: str, data: bytes
) -> None:
    held = QMimeData()
    held.setData(mime, data)
    QGuiApplication.clipboard().setMimeData(held)
    canvas.select(["queue"])
    canvas.paste() if mime == PART_MIME else canvas.pasting.paste_configuration()
    assert messages[-1] and steps(document) == 0


def test_the_pointer_elsewhere_pastes_text_in_the_middle(canvas: Canvas, document: Document) -> None:
    QCursor.setPos(canvas.viewport().mapToGlobal(QPoint(-500, -500)))
    QGuiApplication.clipboard().setText("components: {a: {kind: sqs}}")
    canvas.paste()
    x, y = place(document, canvas.selection().components[0])
    assert (x, y) == (-96, 40), "below what stands in the middle"


def test_more_than_the_window_can_take_at_once_is_refused(
    canvas: Canvas, document: Document, messages: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("designer.gui.canvas.pasting.MAX_FOREIGN", 3)
    lines = "".join(f"  q{number}: {{kind: sqs}}\n" for number in range(4))
    QGuiApplication.clipboard().setText(f"components:\n{lines}")
    canvas.paste()
    assert "more than 3 things" in messages[-1] and steps(document) == 0


def test_flows_of_a_text_come_along_and_what_it_says_of_the_whole_does_not(
    canvas: Canvas, document: Document, messages: list[str]
) -> None:
    text = f"designer: 1\nregion: eu-west-1\n{PART}flows:\n  buy: {{name: Buy, entry: shop, goal: 99.9}}\n"
    for number in (1, 2):
        QGuiApplication.clipboard().setText(text)
        canvas.paste()
        assert len(document.architecture.flows) == number
    assert {flow.name for flow in document.architecture.flows.values()} == {"Buy", "Buy 2"}
    shops = {key for key, one in document.architecture.components.items() if one.kind == "ecs"}
    assert {flow.entry for flow in document.architecture.flows.values()} == shops
    assert document.architecture.settings.region == "us-east-1" and "Region" in messages[-1]
