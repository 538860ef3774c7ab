"""Offers the work that was not saved when the program ended: which file, when, how much, and what it looks like."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QVBoxLayout, QWidget

from designer.catalog.catalog import Catalog
from designer.cloudformation.diff.text import one_line
from designer.errors import UserError
from designer.gui.controls import label, set_state
from designer.gui.messages import ask_discard, show_error
from designer.gui.previews import Choice, Previews, moment
from designer.language import plural, tr
from designer.storage.recovery import Unsaved


class RecoveryDialog(QDialog):
    """A list with a preview. What is neither recovered nor discarded is offered again at the next start."""

    chosen = Signal(object)
    """The `Unsaved` to recover; whoever takes it discards or releases it."""

    def __init__(self, found: Sequence[Unsaved], catalog: Catalog, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Recover unsaved work"))
        self.resize(760, 430)
        self._left = list(found)
        self.previews = Previews(tr("Unsaved work"), [_choice(one, catalog) for one in found], catalog)
        self.buttons = QDialogButtonBox()
        self.recover = self.buttons.addButton(tr("Recover"), QDialogButtonBox.ButtonRole.AcceptRole)
        set_state(self.recover, "primary", True)
        self.recover.setDefault(True)
        self.later = self.buttons.addButton(tr("Keep for Later"), QDialogButtonBox.ButtonRole.RejectRole)
        self.drop = self.buttons.addButton(tr("Discard…"), QDialogButtonBox.ButtonRole.DestructiveRole)
        column = QVBoxLayout(self)
        column.setContentsMargins(22, 18, 22, 16)
        column.setSpacing(8)
        column.addWidget(label(tr("There is work that was not saved"), "display"))
        words = tr("The program ended before it was. Recovered work opens as unsaved; the file itself stays as it is.")
        column.addWidget(label(words, "muted", wrap=True))
        column.addSpacing(4)
        column.addWidget(self.previews, 1)
        column.addWidget(self.buttons)
        self.previews.picked.connect(self._recover)
        self.recover.clicked.connect(self._recover)
        self.drop.clicked.connect(self._discard)
        self.buttons.rejected.connect(self.reject)
        self.previews.list.setFocus()

    def done(self, result: int) -> None:
        """Closes; what is left waits for later."""
        for one in self._left:
            one.release()
        self._left.clear()
        super().done(result)

    def _recover(self) -> None:
        row = self.previews.row
        if 0 <= row < len(self._left):
            one = self._left.pop(row)
            self.accept()
            self.chosen.emit(one)

    def _discard(self) -> None:
        row = self.previews.row
        if not 0 <= row < len(self._left):
            return
        path = self._left[row].path
        if not ask_discard(self, path.name if path is not None else ""):
            return
        try:
            self._left[row].discard()
        except UserError as error:
            show_error(self, tr("The unsaved work could not be discarded"), error)
            return
        del self._left[row]
        self.previews.remove(row)
        if not self._left:
            self.accept()


def _choice(one: Unsaved, catalog: Catalog) -> Choice:
    count = plural("{count} edit", "{count} edits", one.edits)
    place = one_line(str(one.path.parent)) if one.path is not None else tr("It was never saved.")
    return Choice(
        f"{one_line(one.title)}\n{moment(one.time)} · {count}",
        tr("{place}\n{moment}, {count} since the last save", place=place, moment=moment(one.time), count=count),
        lambda: one.recover(catalog).architecture,
    )
