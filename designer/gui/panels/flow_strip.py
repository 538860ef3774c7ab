"""The flows as a small table: name, availability of accepting and completing, and a year's downtime."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QScrollArea, QWidget

from designer.analysis.findings import FlowAvailability, FlowResult
from designer.analysis.wording import percent
from designer.gui.controls import label
from designer.gui.panels.flows import downtime_words, flow_facts, is_exact

_MOST_ROWS = 3
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
        self.setAccessibleName("Flows")
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._shown: tuple[FlowResult, ...] = ()
        self._downtimes: list[QLabel] = []
        self._full_width = 0
        self.hide()

    def show_flows(self, flows: Sequence[FlowResult]) -> None:
        """Shows these flows; does nothing when they are shown already."""
        flows = tuple(flows)
        if flows == self._shown:
            return
        self._shown = flows
        self._downtimes = []
        body = QWidget()
        body.setProperty("role", "panel")
        body.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        grid = QGridLayout(body)
        grid.setContentsMargins(14, _TOP, 14, _BOTTOM)
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(_GAP)
        for row, flow in enumerate(flows):
            self._add_row(grid, row, flow)
        grid.setColumnStretch(grid.columnCount(), 1)
        grid.setRowStretch(grid.rowCount(), 1)
        self.setWidget(body)
        # The style sheet's fonts decide about sizes, and labels take them over when they are polished.
        for part in body.findChildren(QLabel):
            part.ensurePolished()
        self._full_width = grid.sizeHint().width()
        self._fix_height(grid, len(flows))
        self._fit()
        self.setVisible(bool(flows))

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
        facts = flow_facts(flow)
        name = label("", "title")
        name.setText(name.fontMetrics().elidedText(flow.name, Qt.TextElideMode.ElideRight, _MAX_NAME))
        words = ". ".join(f"{what}: {value}" for what, value in facts)
        name.setAccessibleName(f"Flow {flow.name}. {words}")
        cells = [name]
        for what, figure in _figures(flow):
            downtime = label(downtime_words(figure), "small")
            self._downtimes.append(downtime)
            cells += [label(f"{what} {_figure(figure)}"), downtime]
        cells.append(label("exact" if is_exact(flow) else "a bound", "small"))
        for column, cell in enumerate(cells):
            cell.setToolTip("\n".join((flow.name, *(f"{what}: {value}" for what, value in facts))))
            grid.addWidget(cell, row, column, Qt.AlignmentFlag.AlignVCenter)


def _figures(flow: FlowResult) -> list[tuple[str, FlowAvailability]]:
    """What is told apart: accepting and completing, unless they are the same."""
    if flow.accept == flow.complete:
        return [("accepts and completes", flow.complete)]
    return [("accepts", flow.accept), ("completes", flow.complete)]


def _figure(figure: FlowAvailability) -> str:
    return percent(figure.structural) if figure.exact else f"at least {percent(figure.lower)}"
