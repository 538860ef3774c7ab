"""Offers the work that was not saved when the program ended: which file, when, how much, and what it looks like."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QDateTime, QLocale, QSize, Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from designer.catalog.catalog import Catalog
from designer.cloudformation.diff.text import one_line
from designer.errors import UserError
from designer.gui.controls import label
from designer.gui.messages import ask_discard, show_error
from designer.gui.thumbnail import thumbnail
from designer.storage.recovery import Unsaved

_PICTURE = QSize(380, 240)
_LARGE = 2000
"""Components from which a picture takes so long that it is left out."""


class RecoveryDialog(QDialog):
    """A list with a preview. What is neither recovered nor discarded is offered again at the next start."""

    chosen = Signal(object)
    """The `Unsaved` to recover; whoever takes it discards or releases it."""

    def __init__(self, found: Sequence[Unsaved], catalog: Catalog, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Recover unsaved work")
        self.resize(760, 430)
        self._catalog = catalog
        self._left = list(found)
        self.list = QListWidget()
        self.list.setAccessibleName("Unsaved work")
        self.list.setWordWrap(True)
        self.list.setSpacing(2)
        self.picture = QLabel()
        self.picture.setFixedSize(_PICTURE)
        self.picture.setWordWrap(True)
        self.picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.details = label("", "muted", wrap=True)
        self.buttons = QDialogButtonBox()
        self.recover = self.buttons.addButton("Recover", QDialogButtonBox.ButtonRole.AcceptRole)
        self.recover.setProperty("primary", True)
        self.recover.setDefault(True)
        self.later = self.buttons.addButton("Keep for Later", QDialogButtonBox.ButtonRole.RejectRole)
        self.drop = self.buttons.addButton("Discard…", QDialogButtonBox.ButtonRole.DestructiveRole)
        self._arrange()
        for one in self._left:
            self.list.addItem(_entry(one))
        self._drawing = QTimer(self)
        self._drawing.setSingleShot(True)
        self._drawing.timeout.connect(self._draw)
        self.list.currentRowChanged.connect(self._show)
        self.list.itemDoubleClicked.connect(self._recover)
        self.recover.clicked.connect(self._recover)
        self.drop.clicked.connect(self._discard)
        self.buttons.rejected.connect(self.reject)
        self.list.setCurrentRow(0)

    def done(self, result: int) -> None:
        """Closes; what is left waits for later."""
        for one in self._left:
            one.release()
        self._left.clear()
        super().done(result)

    def _arrange(self) -> None:
        right = QVBoxLayout()
        right.setSpacing(8)
        right.addWidget(self.picture)
        right.addWidget(self.details)
        right.addStretch(1)
        middle = QHBoxLayout()
        middle.setSpacing(14)
        middle.addWidget(self.list, 1)
        middle.addLayout(right)
        column = QVBoxLayout(self)
        column.setContentsMargins(22, 18, 22, 16)
        column.setSpacing(8)
        column.addWidget(label("There is work that was not saved", "display"))
        words = "The program ended before it was. Recovered work opens as unsaved; the file itself stays as it is."
        column.addWidget(label(words, "muted", wrap=True))
        column.addSpacing(4)
        column.addLayout(middle, 1)
        column.addWidget(self.buttons)

    def _show(self, row: int) -> None:
        if not 0 <= row < len(self._left):
            return
        one = self._left[row]
        place = one_line(str(one.path.parent)) if one.path is not None else "It was never saved."
        self.details.setText(f"{place}\n{_when(one.time)}, {_edits(one.edits)} since the last save")
        self.picture.clear()
        self._drawing.start(0)

    def _draw(self) -> None:
        row = self.list.currentRow()
        if not 0 <= row < len(self._left):
            return
        try:
            architecture = self._left[row].recover(self._catalog).architecture
        except UserError as error:
            self.picture.setText(str(error))
            return
        count = len(architecture.components)
        if count > _LARGE:
            self.picture.setText(f"{count} components")
        else:
            self.picture.setPixmap(thumbnail(architecture, self._catalog, _PICTURE, self.devicePixelRatioF()))
        self.picture.setAccessibleName(f"Preview: {count} components")

    def _recover(self) -> None:
        row = self.list.currentRow()
        if 0 <= row < len(self._left):
            one = self._left.pop(row)
            self.accept()
            self.chosen.emit(one)

    def _discard(self) -> None:
        row = self.list.currentRow()
        if not 0 <= row < len(self._left) or not ask_discard(self, self._left[row].title):
            return
        try:
            self._left[row].discard()
        except UserError as error:
            show_error(self, "The unsaved work could not be discarded", error)
            return
        del self._left[row]
        self.list.takeItem(row)
        if not self._left:
            self.accept()
        else:
            self._show(self.list.currentRow())


def _entry(one: Unsaved) -> QListWidgetItem:
    return QListWidgetItem(f"{one_line(one.title)}\n{_when(one.time)} · {_edits(one.edits)}")


def _when(time: float) -> str:
    moment = QDateTime.fromSecsSinceEpoch(int(time))
    return QLocale().toString(moment, QLocale.FormatType.ShortFormat)


def _edits(count: int) -> str:
    return "1 edit" if count == 1 else f"{count} edits"
