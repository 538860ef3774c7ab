"""The rows of the flows panel: flows, the lines of a formula, what weighs most, what stops a flow."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHeaderView, QTreeWidget, QTreeWidgetItem

from designer.analysis.downtime import SECONDS_PER_YEAR, downtime_per_year, duration
from designer.analysis.findings import FlowResult
from designer.analysis.wording import percent
from designer.gui.controls import tip
from designer.gui.panels.flows import flow_facts
from designer.language import tr
from designer.model.entities import Mode

if TYPE_CHECKING:
    from designer.analysis.flow_formula import Row
    from designer.analysis.flow_weights import Combination, Weight

KEY = Qt.ItemDataRole.UserRole
"""Of a row's columns: the id of the flow or component it stands for, the keys of its sources, its note."""
FLOW_COLUMNS = 4


def weight_row(weight: Weight) -> QTreeWidgetItem:
    """An event with what it costs, how often it decides, and its share; all measures are in the tooltip."""
    measures = weight.measures
    share = "" if measures.criticality is None else percent(measures.criticality)
    item = QTreeWidgetItem([weight.label, duration(weight.seconds), percent(measures.birnbaum), share])
    item.setData(0, KEY, weight.component)
    item.setData(1, KEY, (weight.source,))
    words = [
        tr("Down {percent} of the time", percent=percent(weight.unavailability)),
        tr("Birnbaum {birnbaum:.3g}", birnbaum=measures.birnbaum),
    ]
    words += [
        f"{name} {value:.3g}"
        for name, value in (
            (tr("Criticality"), measures.criticality),
            ("Fussell-Vesely", measures.fussell_vesely),
            (tr("Risk achievement worth"), measures.risk_achievement),
            (tr("Risk reduction worth"), measures.risk_reduction),
        )
        if value is not None
    ]
    for column in range(4):
        item.setToolTip(column, tip("\n".join(words)))
    item.setData(2, KEY, "; ".join(words))
    for column in (1, 2, 3):
        item.setTextAlignment(column, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
    return item


def combination_row(found: Combination) -> QTreeWidgetItem:
    """Events that stop the flow together, and how long a year they are there together."""
    words = " and ".join(found.labels)
    item = QTreeWidgetItem([words, duration(found.likelihood * SECONDS_PER_YEAR)])
    item.setData(0, KEY, found.components[0] if len(found.components) == 1 else None)
    item.setToolTip(0, tip(words))
    return item


def first_stretches(tree: QTreeWidget, widths: Sequence[int]) -> None:
    """The first column takes the room that the others leave."""
    header = tree.header()
    header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
    header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
    header.setStretchLastSection(False)
    for section, width in enumerate(widths, start=1):
        header.resizeSection(section, width)
    header.setTextElideMode(Qt.TextElideMode.ElideRight)


def flow_row(flow: FlowResult) -> QTreeWidgetItem:
    """A flow of the list: name, availability, downtime and goal."""
    figure = flow.accept if flow.mode is Mode.ACCEPT else flow.complete
    shown = percent(figure.structural) if figure.exact else tr("at least {percent}", percent=percent(figure.lower))
    reached = flow.goal is not None and figure.lower >= flow.goal
    goal = tr("none") if flow.goal is None else tr("reached") if reached else tr("missed")
    item = QTreeWidgetItem(
        [flow.name, shown, downtime_per_year(figure.lower).removesuffix(tr("{time} a year", time="")), goal]
    )
    item.setData(0, KEY, flow.id)
    words = "\n".join((flow.name, *(f"{what}: {value}" for what, value in flow_facts(flow))))
    for column in range(FLOW_COLUMNS):
        item.setToolTip(column, tip(words))
    return item


def nested(rows: Sequence[Row]) -> list[QTreeWidgetItem]:
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
        item.setToolTip(0, tip(row.label))
        item.setToolTip(2, tip(row.note))
        item.setData(2, KEY, row.note)
        del open_items[row.depth :]
        if open_items:
            open_items[-1].addChild(item)
        else:
            tops.append(item)
        open_items.append(item)
    return tops
