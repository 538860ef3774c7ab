"""What is known of each flow, in two lines: how available it is, and what that means in a year."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

from designer.analysis.downtime import downtime_per_year
from designer.analysis.findings import FlowAvailability, FlowResult
from designer.analysis.wording import percent
from designer.gui.controls import empty_layout, label
from designer.model.entities import Mode

_MODES = {
    Mode.ACCEPT: "Requests are taken in",
    Mode.COMPLETE: "All the work is done",
    Mode.DEGRADED: "Nothing is missing",
}


def downtime_words(availability: FlowAvailability) -> str:
    """A year's downtime; the longest that is possible, where only a bound is known."""
    if availability.exact:
        return f"down {downtime_per_year(availability.structural)}"
    return f"down {downtime_per_year(availability.lower)} at most"


def availability_words(availability: FlowAvailability) -> str:
    """Figure and downtime; where only a bound is known, what the figure lies between."""
    if availability.exact:
        figure = percent(availability.structural)
    else:
        figure = f"between {percent(availability.lower)} and {percent(availability.upper)}"
    return f"{figure}, {downtime_words(availability)}"


def is_exact(flow: FlowResult) -> bool:
    """Whether its figures are worked out to the end, and not only bounds."""
    return flow.accept.exact and flow.complete.exact


def flow_facts(flow: FlowResult) -> list[tuple[str, str]]:
    """What is said of a flow, as (what, value) lines."""
    if flow.accept == flow.complete:
        facts = [("Accepts and completes requests", availability_words(flow.complete))]
    else:
        facts = [("Accepts requests", availability_words(flow.accept))]
        facts.append(("Completes them", availability_words(flow.complete)))
    facts.append(("By contract (SLAs)", percent(flow.complete.contract)))
    if flow.goal is not None:
        reached = (flow.accept if flow.mode is Mode.ACCEPT else flow.complete).structural >= flow.goal
        facts.append(("Goal", f"{percent(flow.goal)}, {'reached' if reached else 'not reached'}"))
    if flow.single_points:
        facts.append(("Stops with any one of", ", ".join(point.label for point in flow.single_points)))
    if missing := sorted({*flow.accept.unmodelled, *flow.complete.unmodelled}):
        facts.append(("Left out (no figure known)", ", ".join(missing)))
    return facts


class FlowCards(QWidget):
    """One card a flow, under one another."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("Flows")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(8)
        self._shown: tuple[FlowResult, ...] | None = None

    def show_flows(self, flows: Sequence[FlowResult]) -> None:
        """Shows these flows; does nothing when they are shown already."""
        flows = tuple(flows)
        if flows == self._shown:
            return
        self._shown = flows
        empty_layout(self._column)
        for flow in flows:
            self._column.addWidget(_card(flow))


def _card(flow: FlowResult) -> QFrame:
    card = QFrame()
    card.setProperty("role", "card")
    card.setAccessibleName(f"Flow {flow.name}")
    column = QVBoxLayout(card)
    column.setContentsMargins(12, 10, 12, 10)
    column.setSpacing(2)
    column.addWidget(label(flow.name, "title", wrap=True))
    kind = "figures are exact" if is_exact(flow) else "figures are bounds"
    column.addWidget(label(f"{_MODES[flow.mode]}; {kind}", "small", wrap=True))
    column.addSpacing(4)
    for what, value in flow_facts(flow):
        column.addWidget(label(what, "small"))
        text: QLabel = label(value, wrap=True)
        text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        column.addWidget(text)
        column.addSpacing(3)
    return card
