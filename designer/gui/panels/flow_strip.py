"""The flows side by side: name, availability of accepting and completing, and a year's downtime."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QWidget

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
        row.setContentsMargins(12, 8, 12, 0)
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
    row = QHBoxLayout(block)
    row.setContentsMargins(10, 5, 10, 5)
    row.setSpacing(6)
    row.addWidget(label(flow.name, "title"))
    for what, figure in (("accepts", flow.accept), ("completes", flow.complete)):
        row.addSpacing(8)
        row.addWidget(label(f"{what} {_figure(figure)}"))
        row.addWidget(label(downtime_words(figure), "small"))
    return block


def _figure(figure: FlowAvailability) -> str:
    return percent(figure.structural) if figure.exact else f"at least {percent(figure.lower)}"
