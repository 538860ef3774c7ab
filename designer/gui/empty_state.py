"""What stands on an empty canvas: the first three steps, and a way to see a finished drawing at once."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from designer.gui.controls import label
from designer.language import later, tr

_STEPS = (
    (
        later("Put services on the canvas"),
        later("Drag them from the palette. Or double-click here, or press /, and type a name."),
    ),
    (
        later("Connect them"),
        later("Drag from the edge of a card to another, or press C. A wire brings permissions and network rules."),
    ),
    (
        later("See what breaks, then export"),
        later("Findings follow every change, and say what helps. The template deploys as it is."),
    ),
)
_WIDTH = 430


class EmptyState(QFrame):
    """A card in the middle of the canvas. Drops and wheel turns go through to the canvas below."""

    sample_wanted = Signal()
    open_wanted = Signal()

    def __init__(self, over: QWidget) -> None:
        super().__init__(over)
        self.setProperty("role", "card")
        self.setProperty("pinned", True)
        self.setAccessibleName(tr("First steps"))
        self.setFixedWidth(_WIDTH)
        column = QVBoxLayout(self)
        column.setContentsMargins(26, 22, 26, 22)
        column.setSpacing(4)
        column.addWidget(label(tr("Start an architecture"), "display"))
        column.addSpacing(8)
        column.addLayout(_steps())
        column.addSpacing(12)
        column.addLayout(self._buttons())
        self._over = over
        over.installEventFilter(self)
        self._centre()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Stays in the middle."""
        if event.type() == QEvent.Type.Resize:
            self._centre()
        return super().eventFilter(watched, event)

    def _centre(self) -> None:
        over = self._over
        width = min(_WIDTH, max(240, over.width() - 24))
        self.setFixedWidth(width)
        height = self.heightForWidth(width) if self.hasHeightForWidth() else self.sizeHint().height()
        self.resize(width, height)
        self.move(max(0, (over.width() - width) // 2), max(0, (over.height() - height) * 2 // 5))

    def _buttons(self) -> QHBoxLayout:
        sample = QPushButton(tr("Open a sample"))
        sample.setProperty("primary", True)
        sample.clicked.connect(self.sample_wanted)
        open_file = QPushButton(tr("Open a file…"))
        open_file.clicked.connect(self.open_wanted)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(sample)
        row.addWidget(open_file)
        row.addStretch(1)
        for button in (sample, open_file):
            button.setCursor(Qt.CursorShape.PointingHandCursor)
        return row


def _steps() -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(12)
    grid.setVerticalSpacing(2)
    grid.setColumnStretch(1, 1)
    for index, (title, text) in enumerate(_STEPS):
        number = QLabel(str(index + 1))
        number.setProperty("role", "step")
        number.setAlignment(Qt.AlignmentFlag.AlignCenter)
        number.setFixedSize(22, 22)
        words = label(tr(text), "muted", wrap=True)
        words.setContentsMargins(0, 0, 0, 10)
        words.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.MinimumExpanding)
        grid.addWidget(number, index * 2, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(label(tr(title), "title"), index * 2, 1)
        grid.addWidget(words, index * 2 + 1, 1)
    return grid
