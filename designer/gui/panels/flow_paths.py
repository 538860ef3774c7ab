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
    QPushButton,
    QSizePolicy,
    QSplitter,
    QTabWidget,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from designer.analysis.downtime import SECONDS_PER_YEAR, downtime_per_year, duration
from designer.analysis.findings import Analysis, FlowResult
from designer.analysis.wording import percent
from designer.gui.controls import label
from designer.gui.document import Document
from designer.gui.inputs import ComboBox
from designer.gui.panels.flows import flow_facts
from designer.model.entities import Mode

if TYPE_CHECKING:
    from designer.analysis.flow_formula import FlowFormulas, Row
    from designer.analysis.flow_weights import Combination, Weigher, Weight

KEY = Qt.ItemDataRole.UserRole
"""The id of the flow or component that an item stands for."""
_COLUMNS = ("Flow", "Availability", "Down a year", "Goal")
_EXPLAINED = {Mode.ACCEPT: "accepting", Mode.COMPLETE: "completing", Mode.DEGRADED: "with nothing missing"}
_WEIGHTS = ("Event", "Costs a year", "Decides", "Share")
_COMBINATIONS = ("Together these stop the flow", "In a year")
MOST_COMBINATIONS = 400
"""So many are listed at most."""
_NONE = "No flow begins anywhere. Draw users, wire them to what they ask, and their path is a flow."


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
        self.setAccessibleName("Flows")
        self._document = document
        self._flows: tuple[FlowResult, ...] = ()
        self._analysis: Analysis | None = None
        self._lit = False
        self._looked_at = False
        self.list = _tree("List of flows", _COLUMNS)
        self.list.setRootIsDecorated(False)
        self.formula = _tree("Formula", ("What has to work", "Availability", "How that comes about"))
        self.weights = _tree("What weighs most", _WEIGHTS)
        self.combinations = _tree("What stops it", _COMBINATIONS)
        self.edit = QPushButton("Edit…")
        self.edit.setToolTip("Name, mode and goal, where the flow begins")
        self.edit.setAccessibleName("Edit the flow")
        self.heading = label("", "title")
        self.heading.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
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
        self.edit.clicked.connect(self._edit)
        for tree in (self.formula, self.weights, self.combinations):
            tree.itemClicked.connect(self._open)
            tree.itemActivated.connect(self._open)
            tree.currentItemChanged.connect(lambda item, _before: self._cite(item))

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
        head.addWidget(self.edit)
        right = QWidget()
        column = QVBoxLayout(right)
        column.setContentsMargins(4, 0, 0, 4)
        column.setSpacing(2)
        column.addLayout(head)
        self.pages = QTabWidget()
        self.pages.setDocumentMode(True)
        self.pages.setAccessibleName("How a flow is looked at")
        self.pages.addTab(self.formula, "Formula")
        self.pages.addTab(self.weights, "What weighs most")
        self.pages.addTab(self.combinations, "What stops it")
        self.pages.currentChanged.connect(self._explain)
        column.addWidget(self.pages, 1)
        self.source.setContentsMargins(10, 2, 12, 4)
        column.addWidget(self.source)
        header = self.list.header()
        header.setStretchLastSection(True)
        for section, width in enumerate((104, 80, 118)):
            header.resizeSection(section, width)
        _first_stretches(self.formula, (96, 150))
        _first_stretches(self.weights, (140, 80, 64))
        _first_stretches(self.combinations, (140,))
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
        self._splitter.setSizes([390, 460])
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
        for tree in (self.formula, self.weights, self.combinations):
            tree.clear()
        self.source.clear()
        self.edit.setEnabled(flow is not None)
        if flow is None or not self._looked_at or flow.entry not in self._document.architecture.components:
            self.heading.clear()
            return
        self.heading.setText(flow.name)
        self.heading.setToolTip(flow.name)
        mode = Mode(self.mode.currentData())
        if self.pages.currentWidget() is self.formula:
            formulas = _formulas(self._document)
            rows = formulas.rows(formulas.formula(flow.entry, mode), flow.name)
            self.formula.addTopLevelItems(_nested(rows))
            self.formula.expandToDepth(2)
        else:
            self._weigh(flow, mode)

    def _weigh(self, flow: FlowResult, mode: Mode) -> None:
        found = _weigher(self._document).weigh(flow.entry, mode)
        if found.weights is None:
            self.source.setText("Too large to be worked out exactly: see the single points of failure.")
        self.weights.addTopLevelItems([_weight_row(weight) for weight in found.weights or ()])
        self.combinations.addTopLevelItems([_combination_row(each) for each in found.combinations[:MOST_COMBINATIONS]])
        if self.pages.currentWidget() is self.combinations and found.weights is not None:
            count = len(found.combinations)
            self.source.setText(f"{count} combinations of up to {found.complete_to} events, the likeliest first")

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
        note = [item.toolTip(2)] if item is not None and item.toolTip(2) else []
        self.source.setText("\n".join([*note, *(source_text(fact) for fact in facts)]))


def _formulas(document: Document) -> FlowFormulas:
    from designer.analysis.budget import LIVE
    from designer.analysis.flow_formula import FlowFormulas
    from designer.catalog.resolve import Resolution

    return FlowFormulas(Resolution(document.architecture, document.catalog), LIVE)


def _weigher(document: Document) -> Weigher:
    from designer.analysis.budget import LIVE
    from designer.analysis.flow_weights import Weigher
    from designer.catalog.resolve import Resolution

    return Weigher(Resolution(document.architecture, document.catalog), LIVE)


def _weight_row(weight: Weight) -> QTreeWidgetItem:
    measures = weight.measures
    share = "" if measures.criticality is None else percent(measures.criticality)
    item = QTreeWidgetItem([weight.label, duration(weight.seconds), percent(measures.birnbaum), share])
    item.setData(0, KEY, weight.component)
    item.setData(1, KEY, (weight.source,))
    words = [f"Down {percent(weight.unavailability)} of the time", f"Birnbaum {measures.birnbaum:.3g}"]
    words += [
        f"{name} {value:.3g}"
        for name, value in (
            ("Criticality", measures.criticality),
            ("Fussell-Vesely", measures.fussell_vesely),
            ("Risk achievement worth", measures.risk_achievement),
            ("Risk reduction worth", measures.risk_reduction),
        )
        if value is not None
    ]
    for column in range(4):
        item.setToolTip(column, "\n".join(words))
    item.setToolTip(2, "; ".join(words))
    for column in (1, 2, 3):
        item.setTextAlignment(column, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
    return item


def _combination_row(found: Combination) -> QTreeWidgetItem:
    words = " and ".join(found.labels)
    item = QTreeWidgetItem([words, duration(found.likelihood * SECONDS_PER_YEAR)])
    item.setData(0, KEY, found.components[0] if len(found.components) == 1 else None)
    item.setToolTip(0, words)
    return item


def _first_stretches(tree: QTreeWidget, widths: Sequence[int]) -> None:
    """The first column takes the room that the others leave."""
    header = tree.header()
    header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
    header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
    header.setStretchLastSection(False)
    for section, width in enumerate(widths, start=1):
        header.resizeSection(section, width)


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
