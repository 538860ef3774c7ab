"""The findings: what is wrong with the drawing, worst first, with the reason, the remedy and the source of each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import (
    QHBoxLayout,
    QMenu,
    QSplitter,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from designer.analysis.findings import Analysis, Finding, Severity
from designer.gui.controls import SearchField
from designer.gui.document import Document
from designer.gui.panels.accepted import Acceptance, AcceptedGroup
from designer.gui.panels.finding_details import Details, Nothing
from designer.gui.panels.finding_list import FindingList, FindingModel
from designer.gui.panels.flow_strip import FlowStrip
from designer.gui.panels.severity import WORDS, severity_pixmap
from designer.gui.theme import theme_switch
from designer.language import tr


class FindingsPanel(QWidget):
    """Flows on top, the list with its filter on the left, the chosen finding in full on the right."""

    finding_selected = Signal(object)
    """The chosen `Finding`, or `None` when there is none any more: its witness is to be lit up on the canvas."""

    def __init__(self, document: Document, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(tr("Findings"))
        self._document = document
        self._analysis: Analysis | None = None
        self._titles: Counter[str] = Counter()
        self.flows = FlowStrip()
        self.filters = SeverityFilter()
        self.search = SearchField(tr("Filter findings"))
        self.search.setMaximumWidth(260)
        self.search.setMinimumWidth(120)
        self.model = FindingModel()
        self.list = FindingList(self.model)
        self.accepted = AcceptedGroup()
        self.acceptance = Acceptance(document, self)
        self.details = Details()
        self.nothing = Nothing()
        self._stack = QStackedWidget()
        self._arrange()
        self.filters.changed.connect(self._filter)
        self.search.textChanged.connect(self._filter)
        self.search.left_down.connect(self._enter_list)
        self.list.chosen.connect(self._choose_open)
        self.accepted.list.chosen.connect(self._choose_accepted)
        for each in (self.list, self.accepted.list):
            each.menu_asked.connect(self._show_menu)
        self.details.accept_asked.connect(self.acceptance.ask)
        self.details.take_back_asked.connect(self.acceptance.take_back)
        self.nothing.filter_dropped.connect(self._drop_filter)
        document.replaced.connect(lambda: self.show_analysis(None))
        self.show_analysis(None)

    def show_analysis(self, analysis: Analysis | None) -> None:
        """Shows an analysis; selection and scroll position stay where the same finding is still there."""
        if analysis is not None and analysis == self._analysis:
            return
        self._analysis = analysis
        self._titles = Counter(f.title for f in analysis.findings) if analysis else Counter()
        self.flows.show_flows(analysis.flows if analysis else ())
        self.details.tell_why_first(on=analysis is not None and analysis.explanation_first)
        self.filters.show_counts(Counter(f.severity for f in analysis.findings) if analysis else {})
        self._filter()

    def select(self, finding: Finding) -> None:
        """Chooses a finding, dropping the filter if it hides it."""
        if self.model.row_of(finding) is None:
            self._drop_filter()
        row = self.model.row_of(finding)
        if row is not None:
            self.list.take(row)
            self._choose(finding)

    def clear_choice(self) -> None:
        """Ends showing a witness."""
        self.list.clear_choice()

    def _arrange(self) -> None:
        bar = QHBoxLayout()
        bar.setContentsMargins(12, 8, 12, 6)
        bar.setSpacing(6)
        bar.addWidget(self.filters)
        bar.addStretch(1)
        bar.addWidget(self.search, 1)
        self._stack.addWidget(self.list)
        self._stack.addWidget(self.nothing)
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.splitter.setChildrenCollapsible(False)
        left = QWidget()
        lists = QVBoxLayout(left)
        lists.setContentsMargins(0, 0, 0, 0)
        lists.setSpacing(0)
        lists.addWidget(self._stack, 1)
        lists.addWidget(self.accepted)
        self.splitter.addWidget(left)
        self.splitter.addWidget(self.details)
        self.splitter.setStretchFactor(0, 3)
        self.splitter.setStretchFactor(1, 2)
        self.splitter.setSizes([550, 450])
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.flows)
        column.addLayout(bar)
        column.addWidget(self.splitter, 1)

    def _filter(self) -> None:
        findings = self._analysis.findings if self._analysis else ()
        shown = self.filters.chosen()
        text = self.search.text().strip().lower()
        kept = [f for f in findings if f.severity in shown and (not text or text in self._words(f))]
        accepted_one = self.accepted.list.current()
        self.accepted.show_accepted(self._analysis.accepted if self._analysis else (), self._places)
        if accepted_one is not None and self.accepted.of(accepted_one) is None:
            self._choose(None)
        chosen = self.list.current()
        scroll = self.list.verticalScrollBar().value()
        self.model.show(kept, self._places)
        if chosen is not None:
            self._choose_again(chosen)
        self.list.verticalScrollBar().setValue(scroll)
        self._stack.setCurrentWidget(self.list if kept else self.nothing)
        self.details.setVisible(bool(kept) or self.accepted.isVisibleTo(self))
        self.filters.setVisible(bool(findings))
        self.search.setVisible(bool(findings))
        if not kept:
            self.nothing.explain(self._analysis, self._document, filtered=bool(findings))

    def _choose_again(self, chosen: Finding) -> None:
        row = self.model.row_of(chosen)
        if row is None:
            row = self.model.row_like(chosen)
        if row is None:
            self._choose(None)
            return
        self.list.take(row)
        again = self.model.finding(row)
        if again != chosen:
            self._choose(again)

    def _choose_open(self, finding: Finding | None) -> None:
        if finding is not None:
            self.accepted.list.selectionModel().clear()
        self._choose(finding)

    def _choose_accepted(self, finding: Finding | None) -> None:
        if finding is not None:
            self.list.selectionModel().clear()
        self._choose(finding)

    def _show_menu(self, finding: Finding, place: QPoint) -> None:
        menu = self.menu_of(finding)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(place)

    def menu_of(self, finding: Finding) -> QMenu:
        """What can be done with a finding of the lists."""
        menu = QMenu(self)
        accepted = self.accepted.of(finding)
        if accepted is not None:
            menu.addAction(tr("Take back"), lambda: self.acceptance.take_back(accepted))
            return menu
        action = menu.addAction(tr("Accept with a reason…"), lambda: self.acceptance.ask(finding))
        action.setEnabled(self.acceptance.can_accept(finding))
        return menu

    def _choose(self, finding: Finding | None) -> None:
        self.details.show_finding(finding, self._places(finding) if finding else "")
        accepted = None if finding is None else self.accepted.of(finding)
        self.details.show_acceptance(accepted, can_accept=finding is not None and self.acceptance.can_accept(finding))
        self.finding_selected.emit(finding)

    def _enter_list(self) -> None:
        self.list.setFocus(Qt.FocusReason.TabFocusReason)
        if self.list.current() is None and self.model.rowCount():
            self.list.setCurrentIndex(self.model.index(0))

    def _drop_filter(self) -> None:
        self.search.clear()
        self.filters.choose_all()
        self._filter()

    def _places(self, finding: Finding) -> str:
        architecture = self._document.architecture
        names = [architecture.components[key].name for key in finding.components if key in architecture.components]
        for key in finding.connections:
            if wire := architecture.connections.get(key):
                ends = (architecture.components[end].name for end in (wire.source, wire.target))
                names.append(" to ".join(ends))
        names += [architecture.boundaries[key].name for key in finding.boundaries if key in architecture.boundaries]
        if (flow := self._flow_to_tell(finding)) is not None:
            names.insert(0, flow)
        return ", ".join(names)

    def _flow_to_tell(self, finding: Finding) -> str | None:
        """The name of a finding's flow, where another finding would read the same without it."""
        if self._analysis is None or finding.flow is None:
            return None
        if self._titles[finding.title] < 2:
            return None
        return next((flow.name for flow in self._analysis.flows if flow.id == finding.flow), None)

    def _words(self, finding: Finding) -> str:
        parts = (finding.title, finding.message, finding.rule, finding.category, self._places(finding))
        return " ".join(parts).lower()


class SeverityFilter(QWidget):
    """One toggle per severity that occurs, with its count."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(tr("Severities shown"))
        self.buttons: dict[Severity, QToolButton] = {}
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        for severity in Severity:
            button = self.buttons[severity] = QToolButton()
            button.setCheckable(True)
            button.setChecked(True)
            button.setProperty("filter", True)
            button.setIconSize(QSize(14, 14))
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            button.toggled.connect(self.changed)
            row.addWidget(button)
        theme_switch().theme_changed.connect(self._colour)
        self._colour()

    def show_counts(self, counts: Mapping[Severity, int]) -> None:
        """How many there are of each."""
        for severity, button in self.buttons.items():
            count = counts.get(severity, 0)
            button.setVisible(count > 0)
            button.setText(f"{tr(WORDS[severity])} {count}")
            button.setAccessibleName(f"{tr(WORDS[severity])}: {count}")
            button.setToolTip(tr("Show findings of severity {severity}", severity=tr(WORDS[severity]).lower()))

    def chosen(self) -> set[Severity]:
        """The severities to show."""
        return {severity for severity, button in self.buttons.items() if button.isChecked()}

    def choose_all(self) -> None:
        """Shows all severities again."""
        for button in self.buttons.values():
            button.setChecked(True)

    def _colour(self) -> None:
        for severity, button in self.buttons.items():
            button.setIcon(QIcon(severity_pixmap(severity, 14, self.devicePixelRatioF())))
