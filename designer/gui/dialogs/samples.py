"""The gallery of samples: a picture of each, what it teaches, and one click to open it."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QGridLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from designer.catalog.catalog import Catalog
from designer.errors import UserError
from designer.gui.controls import Clickable, label
from designer.gui.thumbnail import thumbnail
from designer.language import tr
from designer.storage.samples import Sample, open_sample, samples

_PICTURE, _SMALL_PICTURE = QSize(400, 220), QSize(300, 168)
_COLUMNS = 2
_ARROWS = {
    Qt.Key.Key_Left: -1,
    Qt.Key.Key_Right: 1,
    Qt.Key.Key_Up: -_COLUMNS,
    Qt.Key.Key_Down: _COLUMNS,
}
_FRAME, _HEIGHT, _FREE = 116, 760, QSize(40, 80)
"""What a row of pictures has around it, the dialog's height, and what a small screen keeps free around the dialog."""


class SamplesDialog(QDialog):
    """Opens at once; the pictures come one after the other."""

    chosen = Signal(str)
    """The name of the sample to open."""

    def __init__(self, catalog: Catalog, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Samples"))
        room = self.screen().availableSize() - _FREE
        size = _PICTURE if _COLUMNS * _PICTURE.width() + _FRAME <= room.width() else _SMALL_PICTURE
        self.resize(QSize(_COLUMNS * size.width() + _FRAME, _HEIGHT).boundedTo(room))
        self._catalog = catalog
        self.cards = {sample.name: SampleCard(sample, size) for sample in samples()}
        self._waiting = list(self.cards.values())
        self._arrange()
        for card in self.cards.values():
            card.clicked.connect(lambda name=card.sample.name: self._choose(name))
            card.left.connect(lambda step, card=card: self._go(card, step))
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._draw_next)
        self._timer.start(0)

    def _arrange(self) -> None:
        body = QWidget()
        grid = QGridLayout(body)
        grid.setContentsMargins(22, 2, 22, 8)
        grid.setSpacing(14)
        for index, card in enumerate(self.cards.values()):
            grid.addWidget(card, index // _COLUMNS, index % _COLUMNS)
        grid.setRowStretch(len(self.cards), 1)
        self._scroll = scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(body)
        title = label(tr("Open a sample"), "display")
        title.setContentsMargins(22, 0, 22, 0)
        text = label(
            tr("It opens as a new drawing: change it as you like, the sample stays as it is."), "muted", wrap=True
        )
        text.setContentsMargins(22, 0, 22, 0)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel, self)
        buttons.setContentsMargins(22, 0, 22, 0)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 18, 0, 16)
        column.setSpacing(8)
        column.addWidget(title)
        column.addWidget(text)
        column.addWidget(scroll, 1)
        column.addWidget(buttons)

    def _go(self, card: SampleCard, step: int) -> None:
        cards = list(self.cards.values())
        number = cards.index(card) + step
        if 0 <= number < len(cards):
            cards[number].setFocus(Qt.FocusReason.TabFocusReason)
            self._scroll.ensureWidgetVisible(cards[number])

    def _choose(self, name: str) -> None:
        self.accept()
        self.chosen.emit(name)

    def _draw_next(self) -> None:
        if self._waiting:
            self._waiting.pop(0).draw(self._catalog)
        else:
            self._timer.stop()


class SampleCard(Clickable):
    """One sample."""

    left = Signal(int)
    """An arrow key leads so many cards on, or back."""

    def __init__(self, sample: Sample, size: QSize) -> None:
        super().__init__(tr("Open the sample {title}", title=tr(sample.title)))
        self.sample, self._size = sample, size
        self.setAccessibleDescription(tr(sample.teaches))
        self.picture = QLabel()
        self.picture.setFixedSize(size)
        self.picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 10, 10, 12)
        column.setSpacing(4)
        column.addWidget(self.picture, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addSpacing(4)
        column.addWidget(label(tr(sample.title), "title", wrap=True))
        column.addWidget(label(tr(sample.teaches), "muted", wrap=True))
        column.addStretch(1)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The arrow keys go to other cards; the area around them would scroll by them."""
        step = _ARROWS.get(Qt.Key(event.key()))
        if step is not None:
            self.left.emit(step)
        else:
            super().keyPressEvent(event)

    def draw(self, catalog: Catalog) -> None:
        """Draws the sample's picture."""
        try:
            architecture = open_sample(self.sample.name, catalog)
        except UserError as error:
            self.picture.setText(str(error))
            self.picture.setWordWrap(True)
            return
        self.picture.setPixmap(thumbnail(architecture, catalog, self._size, self.devicePixelRatioF()))
