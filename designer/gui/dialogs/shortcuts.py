"""All keys on one page: those of the commands, and those that only the canvas knows."""

from __future__ import annotations

from itertools import groupby

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from designer.gui.actions import COMMANDS, Command, explanation, sequences
from designer.gui.controls import label
from designer.language import later, tr

MOUSE = (
    (later("Wheel"), later("Scroll; with Shift sideways")),
    (later("Ctrl or Alt + wheel, pinch"), later("Zoom to the pointer")),
    (later("Space, middle or right button, drag"), later("Move the view")),
    (later("Drag on empty ground"), later("Select: to the right what is inside, to the left what is touched")),
    (later("Shift + click"), later("Add to the selection, or take out")),
    (later("Alt + click"), later("Select what lies below")),
    (later("Drag with Shift, Ctrl, Alt"), later("Along one axis; a copy; without grid and guides")),
    (later("Drag with all three on empty ground"), later("Make or remove space")),
    (later("Drag a boundary's edge with Shift, Ctrl"), later("Keep its shape; keep its middle")),
    (later("Drag a card's edge"), later("Connect")),
    (later("Tab, Shift + Tab"), later("Next, previous component")),
    (later("Arrow keys"), later("Move what is selected")),
    (later("Double-click, F2"), later("Rename")),
    (later("Double-click on empty ground, /"), later("Add a service")),
    (later("Drag a selected wire's end, or its run"), later("Reconnect, or bend")),
    (later("Alt + Enter"), later("Go to the inspector")),
    (later("Home"), later("Show the whole drawing")),
    (later("Escape"), later("Give up what was begun; from a panel, back to the canvas")),
)
"""What the canvas answers to besides commands, in the words of this page."""


class ShortcutsDialog(QDialog):
    """A page to look at, in two columns."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Keyboard shortcuts"))
        self.resize(860, 660)
        body = QWidget()
        columns = QHBoxLayout(body)
        columns.setContentsMargins(22, 0, 22, 8)
        columns.setSpacing(36)
        groups = {group: list(found) for group, found in groupby(COMMANDS, key=lambda command: command.group)}
        left, right = QVBoxLayout(), QVBoxLayout()
        for group in ("File", "Edit", "View"):
            left.addLayout(_table(group, _rows(groups[group])))
        for group in ("Arrange", "Analyse", "Help"):
            right.addLayout(_table(group, _rows(groups[group])))
        right.addLayout(_table(tr("On the canvas"), MOUSE))
        for column in (left, right):
            column.setSpacing(16)
            column.addStretch(1)
            columns.addLayout(column, 1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setWidget(body)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.setContentsMargins(22, 0, 22, 0)
        buttons.rejected.connect(self.reject)
        title = label(tr("Keyboard shortcuts"), "display")
        title.setContentsMargins(22, 0, 22, 0)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 18, 0, 16)
        column.addWidget(title)
        column.addWidget(scroll, 1)
        column.addWidget(buttons)


def _rows(commands: list[Command]) -> tuple[tuple[str, str], ...]:
    native = QKeySequence.SequenceFormat.NativeText
    return tuple(
        (
            ", ".join(key.toString(native) for key in sequences(command)[:2]),
            explanation(command),
        )
        for command in commands
        if command.keys
    )


def _table(title: str, rows: tuple[tuple[str, str], ...]) -> QVBoxLayout:
    column = QVBoxLayout()
    column.setSpacing(6)
    column.addWidget(label(tr(title), "heading"))
    grid = QGridLayout()
    grid.setHorizontalSpacing(14)
    grid.setVerticalSpacing(5)
    grid.setColumnMinimumWidth(0, 120)
    grid.setColumnStretch(1, 1)
    for row, (keys, words) in enumerate(rows):
        grid.addWidget(label(tr(keys), wrap=True), row, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(label(tr(words), "muted", wrap=True), row, 1)
    column.addLayout(grid)
    return column
