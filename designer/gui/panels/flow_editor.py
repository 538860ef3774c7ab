"""The flows that begin at a component: their names, what counts as working, and the availability that is wanted."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from designer.catalog.entries import Property, PropertyType
from designer.gui.controls import empty_layout, label, line, tool_button
from designer.gui.document import Document
from designer.gui.panels.editors import FieldState
from designer.gui.panels.fields import Field
from designer.language import tr
from designer.model.entities import Collection, Flow, Mode, Value
from designer.model.operations import add, delete, new_flow, set_field
from designer.storage.fields import LONGEST

_NAME = Property(name="name", title="Name", type=PropertyType.TEXT, max_length=200, help="What the user does.")
_MODE = Property(
    name="mode",
    title="Works when",
    type=PropertyType.CHOICE,
    choices={
        Mode.ACCEPT.value: "the request is taken in",
        Mode.COMPLETE.value: "all its work is done",
        Mode.DEGRADED.value: "nothing is missing",
    },
    help="Taken in: asynchronous work behind a queue may wait. Done: it is finished too. Nothing missing: also what "
    "the flow could do without works.",
)
_GOAL = Property(
    name="goal",
    title="Goal",
    type=PropertyType.NUMBER,
    minimum=0,
    maximum=100,
    unit="%",
    help="The availability that is wanted: 99.9, 99.95, 99.99, 99.999 or any other. Less than that is a finding.",
)
_RTO = Property(
    name="rto",
    title="Back within",
    type=PropertyType.INTEGER,
    minimum=0,
    maximum=LONGEST,
    unit="s",
    help="Recovery time objective (RTO): how long it may be down after a failure, such as 15 min or 4 h.",
)
_RPO = Property(
    name="rpo",
    title="Data loss",
    type=PropertyType.INTEGER,
    minimum=0,
    maximum=LONGEST,
    unit="s",
    help="Recovery point objective (RPO): the data of how long before a failure may be lost, such as 5 min.",
)
_DIGITS = 10
"""A goal typed as 99.95 is kept as 0.9995, without the noise of binary fractions."""


class FlowEditor(QWidget):
    """Edits the flows of one entry component; every change is one edit of the document."""

    def __init__(self, document: Document) -> None:
        super().__init__()
        self.setAccessibleName(tr("Flows from here"))
        self._document = document
        self._entry = ""
        self.fields: dict[str, dict[str, Field]] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 6, 0, 0)
        self._column.setSpacing(7)

    def show_entry(self, entry: str) -> None:
        """Shows the flows that begin at a component; fields in use stay as they are."""
        flows = [flow for flow in self._document.architecture.flows.values() if flow.entry == entry]
        if entry != self._entry or list(self.fields) != [flow.id for flow in flows] or not self._column.count():
            self._entry = entry
            self._build(flows)
        for flow in flows:
            goal = None if flow.goal is None else round(flow.goal * 100, _DIGITS)
            self.fields[flow.id]["name"].show_state(FieldState(flow.name, own=True))
            self.fields[flow.id]["mode"].show_state(FieldState(flow.mode.value, own=True))
            self.fields[flow.id]["goal"].show_state(FieldState(goal, own=goal is not None))
            for name, seconds in (("rto", flow.rto), ("rpo", flow.rpo)):
                self.fields[flow.id][name].show_state(FieldState(seconds, own=seconds is not None))
            for name in ("name", "mode"):
                self.fields[flow.id][name].reset.hide()

    def _build(self, flows: Sequence[Flow]) -> None:
        empty_layout(self._column)
        self.fields = {}
        self._column.addWidget(line())
        self._column.addWidget(label(tr("Flows from here"), "heading"))
        for flow in flows:
            self._column.addWidget(self._block(flow))
        self.add = QPushButton(tr("Add a flow"))
        self.add.setProperty("flat", True)
        self.add.setProperty("column", True)
        self.add.clicked.connect(self._add)
        self._column.addWidget(self.add, 0, Qt.AlignmentFlag.AlignLeft)

    def _block(self, flow: Flow) -> QWidget:
        block = QWidget()
        block.setAccessibleName(tr("Flow {name}", name=flow.name))
        column = QVBoxLayout(block)
        column.setContentsMargins(0, 0, 0, 8)
        column.setSpacing(6)
        self.fields[flow.id] = {}
        for prop in (_NAME, _MODE, _GOAL, _RTO, _RPO):
            field = self.fields[flow.id][prop.name] = Field(prop)
            field.committed.connect(lambda name, value, typed, key=flow.id: self._set(key, name, value, typed))
            field.abandoned.connect(lambda name, key=flow.id: self._document.abandon(f"flow {key} {name}"))
            field.finished.connect(lambda: self._document.history.end_merge())
            column.addWidget(field)
        remove = tool_button("delete", tr("Remove the flow {name}", name=flow.name))
        remove.clicked.connect(lambda _checked=False, key=flow.id: self._remove(key))
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(remove)
        column.addLayout(row)
        return block

    def _set(self, key: str, name: str, value: Value, typed: bool) -> None:
        match name:
            case "name" if not value:
                self.fields[key]["name"].complain(tr("A name is needed."))
                return
            case "mode":
                value = Mode(value)
            case "goal" if value is not None:
                value = round(value / 100, _DIGITS)
        edit = set_field(self._document.architecture, Collection.FLOWS, [key], name, value)
        self._document.do(edit, merge=f"flow {key} {name}" if typed else None)

    def _add(self) -> None:
        architecture = self._document.architecture
        number = len(architecture.flows) + 1
        flow = new_flow(architecture, tr("Flow {number}", number=number), self._entry)
        self._document.do(add(flow, tr("Add flow")))

    def _remove(self, key: str) -> None:
        self._document.do(delete(self._document.architecture, {Collection.FLOWS: [key]}))
