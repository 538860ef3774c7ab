"""The decisions pinned to a thing, as a list in the inspector, each opened in a dialog."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from designer.gui.controls import Clickable, empty_layout, label, tip
from designer.gui.states import DECISIONS
from designer.language import plural, tr
from designer.model.decisions import Decision, Status
from designer.storage.decisions import MOST_DECISIONS

_LONGEST = 120
"""Characters of the reasons that the list shows."""


class DecisionList(QWidget):
    """A card for each decision, and a button for a new one."""

    opened = Signal(object)
    """A `Decision` is to be changed, or (`None`) a new one is to be made."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(tr("Decisions"))
        self.cards: list[Clickable] = []
        self._shown: tuple[Decision, ...] = ()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 4, 0)
        column.setSpacing(6)
        self._column = QVBoxLayout()
        self._column.setSpacing(6)
        column.addLayout(self._column)
        self.add = QPushButton(tr("Add a decision…"))
        self.add.setProperty("flat", True)
        self.add.setProperty("column", True)
        self.add.clicked.connect(lambda: self.opened.emit(None))
        column.addWidget(self.add, 0, Qt.AlignmentFlag.AlignLeft)

    def show_decisions(self, decisions: Sequence[Decision], things: int, *, room: bool) -> None:
        """Shows the decisions of one thing or of the whole; a new one is pinned to all of so many selected things."""
        self.add.setEnabled(room)
        told = plural("Pin a decision to it", "Pin a decision to each of the {count} things", max(1, things))
        self.add.setToolTip(told if room else tr("No more than {most} decisions fit here", most=MOST_DECISIONS))
        if tuple(decisions) == self._shown:
            return
        self._shown = tuple(decisions)
        empty_layout(self._column)
        self.cards = [self._card(one) for one in decisions]
        for card in self.cards:
            self._column.addWidget(card)

    def _card(self, decision: Decision) -> Clickable:
        status = tr(DECISIONS[decision.status])
        card = Clickable(tr("Decision: {title}, {status}", title=decision.title, status=status))
        card.setToolTip(tip(decision.why))
        column = QVBoxLayout(card)
        column.setContentsMargins(9, 7, 9, 7)
        column.setSpacing(2)
        title = label(decision.title, wrap=True)
        if decision.status is Status.SUPERSEDED:
            font = title.font()
            font.setStrikeOut(True)
            title.setFont(font)
        column.addWidget(title)
        column.addWidget(label(", ".join(part for part in (status, decision.date) if part), "small", wrap=True))
        why = " ".join(decision.why.split())
        if why:
            short = why if len(why) <= _LONGEST else f"{why[: _LONGEST - 1].rstrip()}…"
            column.addWidget(label(short, "small", wrap=True))
        card.clicked.connect(lambda: self.opened.emit(decision))
        return card
