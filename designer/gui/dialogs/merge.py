"""Lets the user decide what a merge could not: each conflict with what either side did."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QButtonGroup,
    QDialog,
    QDialogButtonBox,
    QFrame,
    QRadioButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from designer.cloudformation.diff.text import one_line
from designer.gui.controls import label, set_state
from designer.language import later, plural, tr
from designer.storage.merge import Conflict, Merge, Side, Unit

_NAMES = {Side.MINE: later("Here"), Side.THEIRS: later("In the file")}


class MergeDialog(QDialog):
    """One pair of choices for each conflict; what loses nothing is chosen beforehand."""

    def __init__(self, merge: Merge, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Merge"))
        self.resize(560, 480)
        self.rows = {conflict.unit: ConflictRow(conflict) for conflict in merge.conflicts}
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel, self)
        self.merge = buttons.addButton(tr("Merge"), QDialogButtonBox.ButtonRole.AcceptRole)
        set_state(self.merge, "primary", True)
        self.merge.setDefault(True)
        self.all_mine = buttons.addButton(tr("All from Here"), QDialogButtonBox.ButtonRole.ActionRole)
        self.all_theirs = buttons.addButton(tr("All from the File"), QDialogButtonBox.ButtonRole.ActionRole)
        self.all_mine.clicked.connect(lambda: self._choose_all(Side.MINE))
        self.all_theirs.clicked.connect(lambda: self._choose_all(Side.THEIRS))
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        count = len(self.rows)
        column = QVBoxLayout(self)
        column.setContentsMargins(22, 18, 22, 16)
        column.setSpacing(8)
        column.addWidget(label(tr("Merge {name}", name=name), "display", wrap=True))
        words = plural(
            "{count} thing was changed both here and in the file. Everything else comes together by itself.",
            "{count} things were changed both here and in the file. Everything else comes together by itself.",
            count,
        )
        column.addWidget(label(words, "muted", wrap=True))
        column.addWidget(self._list(), 1)
        column.addWidget(buttons)

    def decisions(self) -> dict[Unit, Side]:
        """What is chosen."""
        return {unit: row.side for unit, row in self.rows.items()}

    def _list(self) -> QScrollArea:
        body = QWidget()
        rows = QVBoxLayout(body)
        rows.setContentsMargins(0, 0, 8, 0)
        rows.setSpacing(10)
        for row in self.rows.values():
            rows.addWidget(row)
        rows.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidget(body)
        return scroll

    def _choose_all(self, side: Side) -> None:
        for row in self.rows.values():
            row.buttons[side].setChecked(True)


class ConflictRow(QFrame):
    """One conflict."""

    def __init__(self, conflict: Conflict) -> None:
        super().__init__()
        self.setProperty("role", "card")
        title = one_line(conflict.title)
        self.setAccessibleName(title)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 12, 10)
        column.setSpacing(4)
        column.addWidget(label(title, "title", wrap=True))
        group = QButtonGroup(self)
        self.buttons = {side: QRadioButton(_words(conflict, side)) for side in Side}
        for side, button in self.buttons.items():
            button.setAccessibleName(tr("{title}: {words}", title=title, words=_words(conflict, side)))
            button.setChecked(side is conflict.usual)
            group.addButton(button)
            column.addWidget(button)

    @property
    def side(self) -> Side:
        """What is chosen."""
        return Side.MINE if self.buttons[Side.MINE].isChecked() else Side.THEIRS


def decided(merge: Merge, name: str, parent: QWidget) -> Mapping[Unit, Side] | None:
    """Asks for a decision of every conflict; `None` when the user gives the merge up."""
    dialog = MergeDialog(merge, name, parent)
    return dialog.decisions() if dialog.exec() == QDialog.DialogCode.Accepted else None


def _words(conflict: Conflict, side: Side) -> str:
    text = one_line(f"{tr(_NAMES[side])}: {conflict.did(side)}").replace("&", "&&")
    return text if len(text) <= 90 else f"{text[:89]}…"
