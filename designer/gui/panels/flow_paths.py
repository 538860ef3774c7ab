"""The flows panel: each flow's availability, its way through the drawing, and the formula that explains the figure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QSplitter,
    QTabWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from designer.analysis.findings import Analysis, FlowResult
from designer.gui.controls import Elided, allow, label, tip
from designer.gui.document import Document
from designer.gui.inputs import ComboBox
from designer.gui.latest import Latest
from designer.gui.panels.flow_rows import (
    KEY,
    combination_row,
    first_stretches,
    flow_row,
    nested,
    weight_row,
)
from designer.gui.panels.flow_study import MOST_LINES, Explanation, Question, explain
from designer.gui.panels.trees import tree
from designer.language import later, plural, tr
from designer.model.entities import Mode

if TYPE_CHECKING:
    from designer.analysis.flow_weights import FlowWeights

_COLUMNS = (later("Flow"), later("Availability"), later("Down a year"), later("Goal"))
_EXPLAINED = {
    Mode.ACCEPT: later("accepting"),
    Mode.COMPLETE: later("completing"),
    Mode.DEGRADED: later("with nothing missing"),
}
_WEIGHTS = (later("Event"), later("Costs a year"), later("Decides"), later("Share"))
_COMBINATIONS = (later("Together these stop the flow"), later("In a year"))
_DOWNTIME, _NOTE = 2, 2
"""Columns of the list and of the formula."""
_WIDE, _NARROW = 900, 660
"""From the one width in pixels on all columns are shown, below the other only what cannot be done without."""
_SHARES = {True: (400, 500), False: (275, 465)}
_LEAST_SHARES = (225, 390)
"""The widths of the list and of what explains a flow, by whether all columns are shown; below `_NARROW` the least."""
_PATIENCE_MS = 250
"""An answer that comes sooner takes the place of the last one without a word between."""
_CHECKING = later("The flows are being worked out.")
_NONE = later("No flow begins anywhere. Draw users, wire them to what they ask, and their path is a flow.")


class FlowsPanel(QWidget):
    """The list of flows on the left; on the right why the chosen one is as available as it is."""

    path_wanted = Signal(object)
    """The ids on the way of the chosen flow, to be lit up on the canvas; empty when none is chosen any more."""
    component_chosen = Signal(str)
    """A line was clicked that is about this component."""
    edit_wanted = Signal(str)
    """The flows that begin at this component are to be edited."""

    def __init__(self, document: Document, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(tr("Flows"))
        self._document = document
        self._flows: tuple[FlowResult, ...] = ()
        self._analysis: Analysis | None = None
        self._lit = False
        self._looked_at = False
        self.list = tree(tr("List of flows"), [tr(column) for column in _COLUMNS])
        self.list.setRootIsDecorated(False)
        self.formula = tree(tr("Formula"), (tr("What has to work"), tr("Availability"), tr("How that comes about")))
        self.weights = tree(tr("What weighs most"), [tr(column) for column in _WEIGHTS])
        self.combinations = tree(tr("What stops it"), [tr(column) for column in _COMBINATIONS])
        self.edit = QPushButton(tr("Edit…"))
        self.edit.setToolTip(tr("Name, mode and goal, where the flow begins"))
        self.edit.setAccessibleName(tr("Edit the flow"))
        self.heading = Elided("title")
        self.heading.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.mode = ComboBox()
        self.mode.setAccessibleName(tr("Availability of"))
        self.mode.setToolTip(
            tr("What has to work: taking requests in, doing all their work, or that nothing is missing")
        )
        self.setFocusProxy(self.list)
        self.mode.setMinimumContentsLength(16)
        for mode, words in _EXPLAINED.items():
            self.mode.addItem(tr(words).capitalize(), mode)
        self.source = QLabel()
        self.source.setWordWrap(True)
        self.source.setTextFormat(Qt.TextFormat.PlainText)
        self.source.setProperty("role", "small")
        self.nothing = label(tr(_NONE), "muted", wrap=True)
        self._late = QTimer(self)
        self._late.setSingleShot(True)
        self._late.setInterval(60)
        self._late.timeout.connect(self._explain)
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(_PATIENCE_MS)
        self._patience.timeout.connect(self._tell_busy)
        self._worker = Latest()
        self._worker.answered.connect(self._show_answer)
        self._asked: Question | None = None
        self._meant: tuple[str, Mode] | None = None
        self._trees = (self.formula, self.weights, self.combinations)
        self._arrange()
        self.list.itemSelectionChanged.connect(self._choose)
        self.mode.currentIndexChanged.connect(self._explain)
        self.edit.clicked.connect(self._edit)
        for each in self._trees:
            each.itemClicked.connect(self._open)
            each.itemActivated.connect(self._open)
            each.currentItemChanged.connect(lambda item, _before: self._cite(item))

    def show_analysis(self, analysis: Analysis | None) -> None:
        """Shows the flows of an analysis; the chosen one stays chosen."""
        self._analysis = analysis
        flows = analysis.flows if analysis is not None else ()
        self._show_nothing(flows)
        if flows == self._flows and self.list.topLevelItemCount() == len(flows):
            # Figures may be the same and their reasons others.
            self._explain_soon()
            return
        chosen = self._chosen()
        self._flows = flows
        self.list.blockSignals(True)
        self.list.clear()
        self.list.addTopLevelItems([flow_row(flow) for flow in flows])
        self.list.blockSignals(False)
        kept = next((row for row, flow in enumerate(flows) if chosen is not None and flow.id == chosen.id), None)
        if kept is not None:
            self._take(kept)
        self._explain_soon()

    def _show_nothing(self, flows: Sequence[FlowResult]) -> None:
        checked = self._analysis is not None or not self._document.architecture.components
        self.nothing.setText(tr(_NONE if checked else _CHECKING))
        self.nothing.setVisible(not flows)
        self._splitter.setVisible(bool(flows))

    def choose(self, flow: str) -> None:
        """Chooses a flow by its id."""
        for row, each in enumerate(self._flows):
            if each.id == flow:
                self._take(row)
                self._choose()

    def let_go(self) -> None:
        """Something else is chosen on the canvas: the flow's way is not lit any more."""
        self._lit = False
        self.list.blockSignals(True)
        self.list.clearSelection()
        self.list.blockSignals(False)

    def look(self, looked_at: bool) -> None:
        """Whether the panel is in front: only then does the formula follow and a way is lit."""
        self._looked_at = looked_at
        if looked_at:
            self._explain_soon()
        elif self._lit:
            self.let_go()
            self.path_wanted.emit(())

    def _arrange(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(8, 8, 12, 4)
        head.setSpacing(8)
        head.addWidget(self.heading, 1)
        head.addWidget(self.mode)
        head.addWidget(self.edit)
        right = QWidget()
        column = QVBoxLayout(right)
        column.setContentsMargins(4, 0, 0, 4)
        column.setSpacing(2)
        column.addLayout(head)
        self.pages = QTabWidget()
        self.pages.setDocumentMode(True)
        self.pages.setAccessibleName(tr("How a flow is looked at"))
        self.pages.addTab(self.formula, tr("Formula"))
        self.pages.addTab(self.weights, tr("What weighs most"))
        self.pages.addTab(self.combinations, tr("What stops it"))
        self.pages.currentChanged.connect(self._explain)
        column.addWidget(self.pages, 1)
        self.source.setContentsMargins(10, 2, 12, 4)
        column.addWidget(self.source)
        first_stretches(self.list, (80, 112, 72))
        first_stretches(self.formula, (96, 150))
        first_stretches(self.weights, (140, 80, 64))
        first_stretches(self.combinations, (140,))
        for flat in (self.weights, self.combinations):
            flat.setRootIsDecorated(False)
        self._splitter = QSplitter(Qt.Orientation.Horizontal)
        self._splitter.setChildrenCollapsible(False)
        left = QWidget()
        inner = QVBoxLayout(left)
        inner.setContentsMargins(8, 8, 0, 4)
        inner.addWidget(self.list)
        self._splitter.addWidget(left)
        self._splitter.addWidget(right)
        self._splitter.setStretchFactor(1, 1)
        self._shares = _SHARES[True]
        self._splitter.setSizes(self._shares)
        self.nothing.setContentsMargins(16, 14, 16, 14)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.nothing, 0, Qt.AlignmentFlag.AlignTop)
        whole.addWidget(self._splitter, 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where there is little room, what the tooltips tell too gives way."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        self.formula.setColumnHidden(_NOTE, self.width() < _NARROW)
        narrow = self.width() < _WIDE
        shares = _LEAST_SHARES if self.width() < _NARROW else _SHARES[not narrow]
        if shares == self._shares:
            return
        self._shares = shares
        self.list.setColumnHidden(_DOWNTIME, narrow)
        self.mode.setMinimumContentsLength(10 if narrow else 16)
        self._splitter.setSizes(shares)

    def _take(self, row: int) -> None:
        self.list.blockSignals(True)
        if (item := self.list.topLevelItem(row)) is not None:
            self.list.setCurrentItem(item)
        self.list.blockSignals(False)

    def _chosen(self) -> FlowResult | None:
        """The flow that is chosen, else the first one: there is always something to read."""
        items = self.list.selectedItems()
        chosen = items[0].data(0, KEY) if items else None
        found = next((flow for flow in self._flows if flow.id == chosen), None)
        return found or next(iter(self._flows), None)

    def _choose(self) -> None:
        flow = self._chosen() if self.list.selectedItems() else None
        self._lit = flow is not None
        self.path_wanted.emit((*flow.members, *flow.wires) if flow is not None else ())
        self._explain()

    def _explain_soon(self) -> None:
        if self._looked_at:
            self._late.start()

    def _explain(self) -> None:
        flow = self._chosen()
        allow(self.edit, "" if flow is not None else tr("There is no flow yet"))
        if flow is None or not self._looked_at or flow.entry not in self._document.architecture.components:
            self._worker.cancel()
            self._asked = None
            self._clear()
            self.heading.clear()
            return
        self._follow_mode(flow)
        self.heading.setText(flow.name)
        self.heading.setToolTip(tip(flow.name))
        weights = self.pages.currentWidget() is not self.formula
        question = Question(flow.entry, flow.name, Mode(self.mode.currentData()), weights)
        architecture, catalog = self._document.architecture.copy(), self._document.catalog
        self._worker.ask(lambda stale: explain(question, architecture, catalog, stale))
        self._patience.start()

    def _follow_mode(self, flow: FlowResult) -> None:
        """Another flow is explained as it is meant; for the same one the choice in the box stays."""
        if (flow.id, flow.mode) != self._meant:
            self._meant = (flow.id, flow.mode)
            with QSignalBlocker(self.mode):
                self.mode.setCurrentIndex(self.mode.findData(flow.mode))

    @property
    def settled(self) -> bool:
        """Whether what is shown is up to date."""
        return not self._worker.busy and not self._late.isActive()

    def stop(self) -> None:
        """Waits for the worker and takes no more answers."""
        self._late.stop()
        self._patience.stop()
        self._worker.stop()

    def _clear(self) -> None:
        self._patience.stop()
        for each in self._trees:
            each.clear()
        self.source.clear()

    def _tell_busy(self) -> None:
        self._clear()
        self.source.setText(tr("Working it out…"))

    def _show_answer(self, answer: Explanation | None) -> None:
        if answer is None:
            return
        same = answer.question == self._asked
        places = [each.verticalScrollBar().value() for each in self._trees]
        self._asked = answer.question
        self._clear()
        if answer.found is not None:
            self._show_weights(answer.found)
        else:
            self._show_formula(answer)
        if same:
            # An edit changed some figures: what was read stays where it was.
            for each, place in zip(self._trees, places, strict=True):
                each.verticalScrollBar().setValue(place)

    def _show_formula(self, answer: Explanation) -> None:
        self.formula.addTopLevelItems(nested(answer.rows))
        self.formula.expandToDepth(2)
        if answer.count > len(answer.rows):
            self.source.setText(tr("The first {shown} of {count} lines", shown=len(answer.rows), count=answer.count))

    def _show_weights(self, found: FlowWeights) -> None:
        if found.weights is None:
            self.source.setText(tr("Too large to be worked out exactly: see the single points of failure."))
        self.weights.addTopLevelItems([weight_row(weight) for weight in (found.weights or ())[:MOST_LINES]])
        self.combinations.addTopLevelItems([combination_row(each) for each in found.combinations[:MOST_LINES]])
        if self.pages.currentWidget() is self.combinations and found.weights is not None:
            count = len(found.combinations)
            first = tr("; the first {most} are listed", most=MOST_LINES) if count > MOST_LINES else ""
            words = plural(
                "{count} combination of up to {complete_to} events, the likeliest first{first}",
                "{count} combinations of up to {complete_to} events, the likeliest first{first}",
                count,
                complete_to=found.complete_to,
                first=first,
            )
            self.source.setText(words)

    def _edit(self) -> None:
        flow = self._chosen()
        if flow is not None:
            self.edit_wanted.emit(flow.entry)

    def _open(self, item: QTreeWidgetItem) -> None:
        key = item.data(0, KEY)
        if key is not None:
            self.component_chosen.emit(key)

    def _cite(self, item: QTreeWidgetItem | None) -> None:
        from designer.analysis.flow_formula import source_text

        known = self._document.catalog.facts
        sources = item.data(1, KEY) if item is not None else ()
        facts = [known[key] for key in sources or () if key in known]
        note = [item.data(2, KEY)] if item is not None and item.data(2, KEY) else []
        self.source.setText("\n".join([*note, *(source_text(fact) for fact in facts)]))
