"""The flows panel: each flow's availability, its way through the drawing, and the formula that explains the figure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QSplitter,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from designer.analysis.downtime import downtime_per_year
from designer.analysis.findings import Analysis, FlowResult
from designer.analysis.wording import percent
from designer.gui.controls import label
from designer.gui.document import Document
from designer.gui.inputs import ComboBox
from designer.gui.panels.flows import flow_facts
from designer.model.entities import Mode

if TYPE_CHECKING:
    from designer.analysis.flow_formula import FlowFormulas, Row

KEY = Qt.ItemDataRole.UserRole
"""The id of the flow or component that an item stands for."""
_COLUMNS = ("Flow", "Availability", "Down a year", "Goal")
_EXPLAINED = {Mode.ACCEPT: "accepting", Mode.COMPLETE: "completing", Mode.DEGRADED: "with nothing missing"}
_NONE = "No flow begins anywhere. Draw users, wire them to what they ask, and their path is a flow."


class FlowsPanel(QWidget):
    """The list of flows on the left; on the right why the chosen one is as available as it is."""

    path_wanted = Signal(object)
    """The ids on the way of the chosen flow, to be lit up on the canvas; empty when none is chosen any more."""
    component_chosen = Signal(str)
    """A line of the formula was clicked that is about this component."""

    def __init__(self, document: Document, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName("Flows")
        self._document = document
        self._flows: tuple[FlowResult, ...] = ()
        self._analysis: Analysis | None = None
        self._lit = False
        self._looked_at = False
        self.list = _tree("List of flows", _COLUMNS)
        self.list.setRootIsDecorated(False)
        self.formula = _tree("Formula", ("What has to work", "Availability", "How that comes about"))
        self.heading = label("", "title")
        self.mode = ComboBox()
        self.mode.setAccessibleName("Availability of")
        self.mode.setMinimumContentsLength(16)
        for mode, words in _EXPLAINED.items():
            self.mode.addItem(words.capitalize(), mode)
        self.source = QLabel()
        self.source.setWordWrap(True)
        self.source.setTextFormat(Qt.TextFormat.PlainText)
        self.source.setProperty("role", "small")
        self.nothing = label(_NONE, "muted", wrap=True)
        self._late = QTimer(self)
        self._late.setSingleShot(True)
        self._late.setInterval(60)
        self._late.timeout.connect(self._explain)
        self._arrange()
        self.list.itemSelectionChanged.connect(self._choose)
        self.mode.currentIndexChanged.connect(self._explain)
        self.formula.itemClicked.connect(self._open)
        self.formula.itemActivated.connect(self._open)
        self.formula.currentItemChanged.connect(lambda item, _before: self._cite(item))

    def show_analysis(self, analysis: Analysis | None) -> None:
        """Shows the flows of an analysis; the chosen one stays chosen."""
        self._analysis = analysis
        flows = analysis.flows if analysis is not None else ()
        if flows == self._flows and self.list.topLevelItemCount() == len(flows):
            return
        chosen = self._chosen()
        self._flows = flows
        self.list.blockSignals(True)
        self.list.clear()
        self.list.addTopLevelItems([_flow_row(flow) for flow in flows])
        self.list.blockSignals(False)
        self.nothing.setVisible(not flows)
        self._splitter.setVisible(bool(flows))
        kept = next((row for row, flow in enumerate(flows) if chosen is not None and flow.id == chosen.id), None)
        if kept is not None:
            self._take(kept)
        self._explain_soon()

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
        right = QWidget()
        column = QVBoxLayout(right)
        column.setContentsMargins(4, 0, 0, 4)
        column.setSpacing(2)
        column.addLayout(head)
        column.addWidget(self.formula, 1)
        self.source.setContentsMargins(10, 2, 12, 4)
        column.addWidget(self.source)
        header = self.list.header()
        header.setStretchLastSection(True)
        for section, width in enumerate((104, 80, 118)):
            header.resizeSection(section, width)
        wide = self.formula.header()
        wide.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        wide.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        wide.setStretchLastSection(False)
        wide.resizeSection(1, 96)
        wide.resizeSection(2, 150)
        self._splitter = QSplitter(Qt.Orientation.Horizontal)
        self._splitter.setChildrenCollapsible(False)
        left = QWidget()
        inner = QVBoxLayout(left)
        inner.setContentsMargins(8, 8, 0, 4)
        inner.addWidget(self.list)
        self._splitter.addWidget(left)
        self._splitter.addWidget(right)
        self._splitter.setSizes([380, 470])
        self._splitter.setStretchFactor(1, 1)
        self.nothing.setContentsMargins(16, 14, 16, 14)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.nothing, 0, Qt.AlignmentFlag.AlignTop)
        whole.addWidget(self._splitter, 1)

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
        if flow is not None:
            self.mode.blockSignals(True)
            self.mode.setCurrentIndex(self.mode.findData(flow.mode))
            self.mode.blockSignals(False)
        self._lit = flow is not None
        self.path_wanted.emit((*flow.members, *flow.wires) if flow is not None else ())
        self._explain()

    def _explain_soon(self) -> None:
        if self._looked_at:
            self._late.start()

    def _explain(self) -> None:
        flow = self._chosen()
        self.formula.clear()
        self.source.clear()
        if flow is None or not self._looked_at or flow.entry not in self._document.architecture.components:
            self.heading.clear()
            return
        self.heading.setText(f"Why {flow.name} is available as it is")
        formulas = _formulas(self._document)
        rows = formulas.rows(formulas.formula(flow.entry, Mode(self.mode.currentData())), flow.name)
        self._facts = formulas.resolution.catalog.facts
        self.formula.addTopLevelItems(_nested(rows))
        self.formula.expandToDepth(2)

    def _open(self, item: QTreeWidgetItem) -> None:
        key = item.data(0, KEY)
        if key is not None:
            self.component_chosen.emit(key)

    def _cite(self, item: QTreeWidgetItem | None) -> None:
        from designer.analysis.flow_formula import source_text

        sources = item.data(1, KEY) if item is not None else ()
        facts = [self._facts[key] for key in sources or () if key in self._facts]
        note = [item.text(2)] if item is not None and item.text(2) else []
        self.source.setText("\n".join([*note, *(source_text(fact) for fact in facts)]))


def _formulas(document: Document) -> FlowFormulas:
    from designer.analysis.budget import LIVE
    from designer.analysis.flow_formula import FlowFormulas
    from designer.catalog.resolve import Resolution

    return FlowFormulas(Resolution(document.architecture, document.catalog), LIVE)


def _tree(name: str, columns: Sequence[str]) -> QTreeWidget:
    made = QTreeWidget()
    made.setAccessibleName(name)
    made.setColumnCount(len(columns))
    made.setHeaderLabels(list(columns))
    made.setIndentation(14)
    made.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
    made.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    return made


def _flow_row(flow: FlowResult) -> QTreeWidgetItem:
    figure = flow.accept if flow.mode is Mode.ACCEPT else flow.complete
    shown = percent(figure.structural) if figure.exact else f"at least {percent(figure.lower)}"
    reached = flow.goal is not None and figure.lower >= flow.goal
    goal = "none" if flow.goal is None else "reached" if reached else "missed"
    item = QTreeWidgetItem([flow.name, shown, downtime_per_year(figure.lower), goal])
    item.setData(0, KEY, flow.id)
    words = "\n".join((flow.name, *(f"{what}: {value}" for what, value in flow_facts(flow))))
    for column in range(len(_COLUMNS)):
        item.setToolTip(column, words)
    return item


def _nested(rows: Sequence[Row]) -> list[QTreeWidgetItem]:
    """The lines of a formula as a tree; a line belongs to the last one before it that is less deep."""
    from designer.analysis.flow_formula import figure

    tops: list[QTreeWidgetItem] = []
    open_items: list[QTreeWidgetItem] = []
    for row in rows:
        value = figure(row.value) if row.value is not None else ""
        item = QTreeWidgetItem([row.label, value, row.note])
        item.setData(0, KEY, row.component)
        item.setData(1, KEY, row.sources)
        item.setTextAlignment(1, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        item.setToolTip(0, row.label)
        item.setToolTip(2, row.note)
        del open_items[row.depth :]
        if open_items:
            open_items[-1].addChild(item)
        else:
            tops.append(item)
        open_items.append(item)
    return tops
