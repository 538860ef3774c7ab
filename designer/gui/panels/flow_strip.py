"""The flows as a small table: name, availability of accepting and completing, and a year's downtime."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QScrollArea, QWidget

from designer.analysis.findings import FlowAvailability, FlowResult
from designer.analysis.wording import percent
from designer.gui.controls import label, tip
from designer.gui.panels.flows import downtime_words, flow_facts, is_exact
from designer.gui.theme import theme_switch
from designer.language import tr

_MOST_ROWS = 3
_MOST_FLOWS = 20
_MAX_NAME = 200
_GAP = 3
_TOP, _BOTTOM = 8, 3


class FlowStrip(QScrollArea):
    """One line a flow, so that figures stand under one another; hidden while there is no flow.

    More than three flows scroll. What does not fit beside the name in a narrow window is in the tooltip.
    """

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "panel")
        self.setAccessibleName(tr("Flows"))
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._shown: tuple[FlowResult, ...] = ()
        self._downtimes: list[QLabel] = []
        self._rows: list[list[QLabel]] = []
        self._full_width = 0
        self.hide()
        theme_switch().theme_changed.connect(self._show_soon)

    def show_flows(self, flows: Sequence[FlowResult]) -> None:
        """Shows these flows; does nothing when they are shown already."""
        flows = tuple(flows)
        if flows == self._shown:
            return
        before, self._shown = self._shown, flows
        shown = flows[:_MOST_FLOWS]
        if len(before) == len(flows) and [len(row) for row in self._rows] == [len(_cells(flow)) for flow in shown]:
            for number, flow in enumerate(shown):
                if flow != before[number]:
                    self._fill(self._rows[number], flow)
            self._measure()
        else:
            self._build(shown, len(flows) - len(shown))

    def _show_soon(self) -> None:
        # When everything has the letters of the other look.
        QTimer.singleShot(0, self, self._show_again)

    def _show_again(self) -> None:
        shown = self._shown[:_MOST_FLOWS]
        self._build(shown, len(self._shown) - len(shown))

    def _build(self, flows: Sequence[FlowResult], more: int) -> None:
        self._downtimes = []
        self._rows = []
        body = QWidget()
        body.setProperty("role", "panel")
        body.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        grid = QGridLayout(body)
        grid.setContentsMargins(14, _TOP, 14, _BOTTOM)
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(_GAP)
        for row, flow in enumerate(flows):
            self._add_row(grid, row, flow)
        if more:
            columns = max(grid.columnCount(), 1)
            grid.addWidget(label(tr("{more} more in the list of flows", more=more), "small"), len(flows), 0, 1, columns)
        grid.setColumnStretch(grid.columnCount(), 1)
        grid.setRowStretch(grid.rowCount(), 1)
        self.setWidget(body)
        # The style sheet's fonts decide about sizes, and labels take them over when they are polished.
        for part in body.findChildren(QLabel):
            part.ensurePolished()
        self._measure()
        self._fix_height(grid, len(flows) + bool(more))
        self.setVisible(bool(flows))

    def _measure(self) -> None:
        """Finds out how much room all of it needs."""
        body = self.widget()
        layout = body.layout() if body is not None else None
        if layout is not None:
            for downtime in self._downtimes:
                downtime.setVisible(True)
            self._full_width = layout.sizeHint().width()
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leaves the downtimes, which follow from the figures, out where all does not fit."""
        super().resizeEvent(event)
        self._fit()

    def _fix_height(self, grid: QGridLayout, count: int) -> None:
        """Makes room for three flows at most; the rest scrolls."""
        if count:
            line = (grid.sizeHint().height() - _TOP - _BOTTOM - (count - 1) * _GAP) // count
            rows = min(count, _MOST_ROWS)
            self.setFixedHeight(_TOP + _BOTTOM + rows * line + (rows - 1) * _GAP)

    def _fit(self) -> None:
        room = self._full_width <= self.viewport().width()
        for downtime in self._downtimes:
            downtime.setVisible(room)

    def _add_row(self, grid: QGridLayout, row: int, flow: FlowResult) -> None:
        cells = [label("", role) for _text, role in _cells(flow)]
        # After the name come figures and downtimes in turn, and last whether they are exact.
        self._downtimes += cells[2:-1:2]
        self._rows.append(cells)
        self._fill(cells, flow)
        for column, cell in enumerate(cells):
            grid.addWidget(cell, row, column, Qt.AlignmentFlag.AlignVCenter)

    def _fill(self, row: Sequence[QLabel], flow: FlowResult) -> None:
        facts = flow_facts(flow)
        shown = tip("\n".join((flow.name, *(f"{what}: {value}" for what, value in facts))))
        for cell, (text, _role) in zip(row, _cells(flow), strict=True):
            cell.setText(text)
            cell.setToolTip(shown)
        name = row[0]
        name.setText(name.fontMetrics().elidedText(flow.name, Qt.TextElideMode.ElideRight, _MAX_NAME))
        words = ". ".join(f"{what}: {value}" for what, value in facts)
        name.setAccessibleName(tr("Flow {name}. {words}", name=flow.name, words=words))


def _cells(flow: FlowResult) -> list[tuple[str, str]]:
    """What a row says and in which role: the name, figures with their downtimes, and whether they are exact."""
    cells = [(flow.name, "title")]
    for what, figure in _figures(flow):
        cells += [(f"{what} {_figure(figure)}", ""), (downtime_words(figure), "small")]
    pending = flow.accept.pending or flow.complete.pending
    cells.append((tr("being worked out") if pending else tr("exact") if is_exact(flow) else tr("a bound"), "small"))
    return cells


def _figures(flow: FlowResult) -> list[tuple[str, FlowAvailability]]:
    """What is told apart: accepting and completing, unless they are the same."""
    if flow.accept == flow.complete:
        return [(tr("accepts and completes"), flow.complete)]
    return [(tr("accepts"), flow.accept), (tr("completes"), flow.complete)]


def _figure(figure: FlowAvailability) -> str:
    return percent(figure.structural) if figure.exact else tr("at least {percent}", percent=percent(figure.lower))
