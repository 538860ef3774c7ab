"""The flows side by side: name, availability of accepting and completing, and a year's downtime."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QWidget

from designer.analysis.findings import FlowAvailability, FlowResult
from designer.analysis.wording import percent
from designer.gui.controls import label
from designer.gui.panels.flows import downtime_words, flow_facts, is_exact


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
        row.setContentsMargins(12, 8, 12, 2)
        row.setSpacing(8)
        for flow in flows:
            row.addWidget(_block(flow))
        row.addStretch(1)
        self.setWidget(body)
        self._fit()
        self.setVisible(bool(flows))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Makes room for the scroll bar where the flows do not fit side by side."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        body = self.widget()
        if body is not None:
            wanted = body.sizeHint()
            bar = self.horizontalScrollBar().sizeHint().height() if wanted.width() > self.width() else 0
            self.setFixedHeight(wanted.height() + bar)


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
    for what, figure in _figures(flow):
        row.addSpacing(8)
        row.addWidget(label(f"{what} {_figure(figure)}"))
        row.addWidget(label(downtime_words(figure), "small"))
    row.addSpacing(8)
    row.addWidget(label("exact" if is_exact(flow) else "a bound", "small"))
    return block


def _figures(flow: FlowResult) -> list[tuple[str, FlowAvailability]]:
    """What is told apart: accepting and completing, unless they are the same."""
    if flow.accept == flow.complete:
        return [("accepts and completes", flow.complete)]
    return [("accepts", flow.accept), ("completes", flow.complete)]


def _figure(figure: FlowAvailability) -> str:
    return percent(figure.structural) if figure.exact else f"at least {percent(figure.lower)}"
