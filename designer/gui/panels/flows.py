"""What is known of each flow, in two lines: how available it is, and what that means in a year."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from designer.analysis.downtime import downtime_per_year
from designer.analysis.findings import FlowAvailability, FlowResult
from designer.analysis.wording import percent
from designer.gui.controls import empty_layout, label, tip
from designer.language import later, tr
from designer.model.entities import Mode

_MODES = {
    Mode.ACCEPT: later("Requests are taken in"),
    Mode.COMPLETE: later("All the work is done"),
    Mode.DEGRADED: later("Nothing is missing"),
}

_MOST_CARDS = 5
"""More flows than this have no card of their own: each takes time to lay out, and nobody scrolls through them here."""

_FIGURES = (later("Accepts and completes requests"), later("Accepts requests"), later("Completes them"))
_LISTS = {
    later("Stops with any one of"): later("Stops with any one of"),
    later("Left out (no figure known)"): later("Left out, no figure known:"),
}


def downtime_words(availability: FlowAvailability) -> str:
    """A year's downtime; the longest that is possible, where only a bound is known."""
    if availability.exact:
        return tr("down {time}", time=downtime_per_year(availability.structural))
    return tr("down {time} at most", time=downtime_per_year(availability.lower))


def availability_words(availability: FlowAvailability) -> str:
    """Figure and downtime; where only a bound is known, what the figure lies between."""
    if availability.exact:
        figure = percent(availability.structural)
    else:
        figure = tr(
            "between {lower} and {upper}",
            lower=percent(availability.lower),
            upper=percent(availability.upper),
        )
    return f"{figure}, {downtime_words(availability)}"


def is_exact(flow: FlowResult) -> bool:
    """Whether its figures are worked out to the end, and not only bounds."""
    return flow.accept.exact and flow.complete.exact


def flow_facts(flow: FlowResult) -> list[tuple[str, str]]:
    """What is said of a flow, as (what, value) lines."""
    if flow.accept == flow.complete:
        facts = [(tr("Accepts and completes requests"), availability_words(flow.complete))]
    else:
        facts = [(tr("Accepts requests"), availability_words(flow.accept))]
        facts.append((tr("Completes them"), availability_words(flow.complete)))
    facts.append((tr("By contract (SLAs)"), percent(flow.complete.contract)))
    if flow.goal is not None:
        reached = (flow.accept if flow.mode is Mode.ACCEPT else flow.complete).structural >= flow.goal
        facts.append(
            (
                tr("Goal"),
                tr("{goal}, reached" if reached else "{goal}, not reached", goal=percent(flow.goal)),
            )
        )
    if flow.single_points:
        facts.append((tr("Stops with any one of"), ", ".join(point.label for point in flow.single_points)))
    if missing := sorted({*flow.accept.unmodelled, *flow.complete.unmodelled}):
        facts.append((tr("Left out (no figure known)"), ", ".join(missing)))
    return facts


class FlowCards(QWidget):
    """One card a flow, under one another."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(tr("Flows"))
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(8)
        self._shown: tuple[FlowResult, ...] | None = None

    def show_flows(self, flows: Sequence[FlowResult]) -> None:
        """Shows these flows; does nothing when they are shown already."""
        flows = tuple(flows)
        if flows == self._shown:
            return
        before, self._shown = self._shown or (), flows
        if len(before) != len(flows):
            before = ()
            empty_layout(self._column)
        for place, flow in enumerate(flows[:_MOST_CARDS]):
            if not before:
                self._column.addWidget(_card(flow))
            elif before[place] != flow:
                self._replace(place, _card(flow))
        if not before and len(flows) > _MOST_CARDS:
            more = tr("{count} more flows are in the list of flows.", count=len(flows) - _MOST_CARDS)
            self._column.addWidget(label(more, "muted", wrap=True))

    def _replace(self, place: int, card: QFrame) -> None:
        old = self._column.takeAt(place)
        if old is not None and (widget := old.widget()) is not None:
            widget.hide()
            widget.deleteLater()
        self._column.insertWidget(place, card)


def _card(flow: FlowResult) -> QFrame:
    card = QFrame()
    card.setProperty("role", "card")
    facts = flow_facts(flow)
    card.setAccessibleName(tr("Flow {name}", name=flow.name))
    card.setAccessibleDescription(". ".join(f"{what}: {value}" for what, value in facts))
    grid = QGridLayout(card)
    grid.setContentsMargins(12, 8, 12, 8)
    grid.setHorizontalSpacing(10)
    grid.setVerticalSpacing(3)
    grid.setColumnStretch(1, 1)
    grid.addWidget(label(flow.name, "title", wrap=True), 0, 0, 1, 2)
    kind = tr("figures are exact") if is_exact(flow) else tr("figures are bounds")
    grid.addWidget(label(f"{tr(_MODES[flow.mode])}; {kind}", "small", wrap=True), 1, 0, 1, 2)
    for what, figure in _told_apart(flow):
        _add_figure(grid, what, _short_figure(figure))
        _add_line(grid, downtime_words(figure))
    lists = {tr(what): tr(words) for what, words in _LISTS.items()}
    figures = {tr(what) for what in _FIGURES}
    for what, value in facts:
        if what in lists:
            _add_line(grid, f"{lists[what]} {value}")
        elif what not in figures:
            _add_figure(grid, what, value)
    card.setToolTip(tip("\n".join(f"{what}: {value}" for what, value in facts)))
    return card


def _told_apart(flow: FlowResult) -> list[tuple[str, FlowAvailability]]:
    if flow.accept == flow.complete:
        return [(tr("Accepts and completes"), flow.complete)]
    return [(tr("Accepts"), flow.accept), (tr("Completes"), flow.complete)]


def _add_figure(grid: QGridLayout, what: str, value: str) -> None:
    """A line with the figure at the right; no column, for the longest words and the longest figure need not meet."""
    text = label(value)
    text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    line = QHBoxLayout()
    line.setSpacing(10)
    line.addWidget(label(what, "small"), 1)
    line.addWidget(text)
    grid.addLayout(line, grid.rowCount(), 0, 1, 2)


def _add_line(grid: QGridLayout, text: str) -> None:
    """A line of its own, in small letters."""
    made = label(text, "small", wrap=True)
    made.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    grid.addWidget(made, grid.rowCount(), 0, 1, 2)


def _short_figure(figure: FlowAvailability) -> str:
    if figure.exact:
        return percent(figure.structural)
    return tr("{lower} to {upper}", lower=percent(figure.lower), upper=percent(figure.upper))
