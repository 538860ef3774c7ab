"""What lines and heads on the canvas mean."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QGridLayout, QVBoxLayout, QWidget

from designer.gui.canvas.legend import ENTRIES, SAMPLE, Entry, show_sample
from designer.gui.canvas.look import Look
from designer.gui.controls import label
from designer.gui.theme import current_theme
from designer.language import tr


class Sample(QWidget):
    """A line as the canvas draws it."""

    def __init__(self, entry: Entry, look: Look) -> None:
        super().__init__()
        self._entry = entry
        self._look = look
        self.setAccessibleName(tr(entry.text))

    def sizeHint(self) -> QSize:
        """The sample's size."""
        return QSize(round(SAMPLE[0]), round(SAMPLE[1]))

    def minimumSizeHint(self) -> QSize:
        """No smaller."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        """Draws the line on the canvas's ground."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._look.canvas)
        painter.translate(0, (self.height() - SAMPLE[1]) / 2)
        show_sample(painter, self._look, self._entry)
        painter.end()


class LegendDialog(QDialog):
    """A page to look at; the canvas can be worked on beside it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Legend"))
        self.setModal(False)
        look = Look(current_theme())
        rows = QGridLayout()
        rows.setHorizontalSpacing(16)
        rows.setVerticalSpacing(4)
        rows.setColumnStretch(1, 1)
        self.samples = [Sample(entry, look) for entry in ENTRIES]
        for number, (entry, sample) in enumerate(zip(ENTRIES, self.samples, strict=True)):
            rows.addWidget(sample, number, 0)
            rows.addWidget(label(tr(entry.text)), number, 1)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(22, 18, 22, 16)
        column.setSpacing(14)
        column.addWidget(label(tr("Legend"), "display"))
        column.addLayout(rows)
        column.addWidget(buttons)
