"""A list of drawings to choose from, with a picture and some words about the chosen one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QDateTime, QLocale, QSize, Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QListWidget, QVBoxLayout, QWidget

from designer.catalog.catalog import Catalog
from designer.errors import UserError
from designer.gui.controls import label
from designer.gui.thumbnail import thumbnail
from designer.language import language, plural
from designer.model.architecture import Architecture

_PICTURE = QSize(380, 240)
_LARGE = 2000
"""Components from which a picture takes so long that it is left out."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One line of the list, the words beside it, and how to open it (which may raise `UserError`).

    `about` has more to say when it is open.
    """

    text: str
    details: str
    open: Callable[[], Architecture]
    about: Callable[[Architecture], str] | None = None


class Previews(QWidget):
    """The list on the left, the chosen one on the right. A picture comes as soon as there is nothing else to do."""

    picked = Signal()
    """The chosen one was double-clicked."""

    def __init__(self, name: str, choices: Sequence[Choice], catalog: Catalog) -> None:
        super().__init__()
        self._catalog = catalog
        self._choices = list(choices)
        self.list = QListWidget()
        self.list.setAccessibleName(name)
        self.list.setWordWrap(True)
        self.list.setSpacing(2)
        self.picture = QLabel()
        self.picture.setFixedSize(_PICTURE)
        self.picture.setWordWrap(True)
        self.picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.details = label("", "muted", wrap=True)
        right = QVBoxLayout()
        right.setSpacing(8)
        right.addWidget(self.picture)
        right.addWidget(self.details)
        right.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(14)
        row.addWidget(self.list, 1)
        row.addLayout(right)
        for choice in self._choices:
            self.list.addItem(choice.text)
        self._drawing = QTimer(self)
        self._drawing.setSingleShot(True)
        self._drawing.timeout.connect(self._draw)
        self.list.currentRowChanged.connect(self._show)
        self.list.itemDoubleClicked.connect(self.picked)
        self.list.setCurrentRow(0)

    @property
    def row(self) -> int:
        """Which one is chosen, from 0; -1 for none."""
        return self.list.currentRow()

    def remove(self, row: int) -> None:
        """Takes one off the list."""
        del self._choices[row]
        self.list.takeItem(row)
        self._show()

    def _show(self) -> None:
        if 0 <= self.row < len(self._choices):
            self.details.setText(self._choices[self.row].details)
            self.picture.clear()
            self._drawing.start(0)

    def _draw(self) -> None:
        if not 0 <= self.row < len(self._choices):
            return
        choice = self._choices[self.row]
        try:
            architecture = choice.open()
        except UserError as error:
            self.picture.setText(str(error))
            return
        if choice.about is not None:
            self.details.setText(f"{choice.details}\n{choice.about(architecture)}")
        count = len(architecture.components)
        if count > _LARGE:
            self.picture.setText(plural("{count:,} component", "{count:,} components", count))
        else:
            self.picture.setPixmap(thumbnail(architecture, self._catalog, _PICTURE, self.devicePixelRatioF()))
        self.picture.setAccessibleName(plural("Preview: {count} component", "Preview: {count} components", count))


def moment(time: float, *, seconds: bool = False) -> str:
    """A time (seconds since 1970) in the local time zone, as the desktop writes it.

    Where the window speaks another language than the desktop, as ISO 8601 does, for nobody could tell which of the
    two 3/4 is meant in.
    """
    desktop, when = QLocale.system(), QDateTime.fromSecsSinceEpoch(int(time))
    clock = when.time().toString("HH:mm:ss" if seconds else "HH:mm")
    if desktop.language() is not QLocale(language()).language():
        return f"{when.date().toString(Qt.DateFormat.ISODate)} {clock}"
    if seconds:
        return f"{desktop.toString(when.date(), QLocale.FormatType.ShortFormat)} {clock}"
    return desktop.toString(when, QLocale.FormatType.ShortFormat)
