"""Tables and trees in the look of the panels."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QTreeWidget


def tree(name: str, columns: Sequence[str]) -> QTreeWidget:
    """An empty one, of which one row can be chosen; `name` is for assistive technology."""
    made = QTreeWidget()
    made.setAccessibleName(name)
    made.setColumnCount(len(columns))
    made.setHeaderLabels(list(columns))
    made.setIndentation(14)
    made.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
    made.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    return made
