"""The flows in one line each, side by side: name, availability of accepting and completing, and a year's downtime."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QScrollArea, QWidget

from designer.analysis.findings import FlowAvailability, FlowResult
from designer.gui.controls import label
from designer.gui.panels.flows import downtime_words, flow_facts, percent


class FlowStrip(QScrollArea):
    """Hidden while there is no flow."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "panel")
        self.setAccessibleName("Flows")
        self.setWidgetResizable(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._shown: tuple[FlowResult, ...] = ()
        self.hide()

    def show_flows(self, flows: Sequence[FlowResult]) -> None:
        """Shows these flows; does nothing when they are shown already."""
        flows = tuple(flows)
        if flows == self._shown:
            return
        self._shown = flows
        body = QWidget()
        body.setProperty("role", "panel")
        body.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        row = QHBoxLayout(body)
        row.setContentsMargins(12, 10, 12, 4)
        row.setSpacing(8)
        for flow in flows:
            row.addWidget(_block(flow))
        row.addStretch(1)
        self.setWidget(body)
        self.setFixedHeight(body.sizeHint().height() + 8)
        self.setVisible(bool(flows))


def _block(flow: FlowResult) -> QFrame:
    block = QFrame()
    block.setProperty("role", "card")
    facts = flow_facts(flow)
    words = ". ".join(f"{what}: {value}" for what, value in facts)
    block.setAccessibleName(f"Flow {flow.name}. {words}")
    block.setToolTip("\n".join(f"{what}: {value}" for what, value in facts))
    grid = QGridLayout(block)
    grid.setContentsMargins(12, 7, 12, 7)
    grid.setHorizontalSpacing(14)
    grid.setVerticalSpacing(1)
    grid.addWidget(label(flow.name, "title"), 0, 0, 2, 1)
    for column, (what, figure) in enumerate((("accepts", flow.accept), ("completes", flow.complete)), start=1):
        grid.addWidget(label(f"{what} {_figure(figure)}"), 0, column)
        grid.addWidget(label(downtime_words(figure), "small"), 1, column)
    return block


def _figure(figure: FlowAvailability) -> str:
    return percent(figure.structural) if figure.exact else f"at least {percent(figure.lower)}"
