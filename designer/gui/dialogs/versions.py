"""Earlier versions of the document's file: when each was saved, what it looks like, what has changed since."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QVBoxLayout, QWidget

from designer.catalog.catalog import Catalog
from designer.gui.controls import label
from designer.gui.previews import Choice, Previews, moment
from designer.storage.backups import KEPT, Version
from designer.storage.files import read


class VersionsDialog(QDialog):
    """A list with a preview."""

    compare_wanted = Signal(object)
    """The `Version` to compare with the drawing."""
    chosen = Signal(object)
    """The `Version` to bring back."""

    def __init__(self, name: str, versions: Sequence[Version], catalog: Catalog, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Earlier versions")
        self.resize(760, 430)
        self._versions = list(versions)
        self.previews = Previews("Earlier versions", [_choice(one, catalog) for one in versions], catalog)
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        self.restore = self.buttons.addButton("Bring Back", QDialogButtonBox.ButtonRole.AcceptRole)
        self.restore.setProperty("primary", True)
        self.restore.setToolTip("Takes the place of the drawing as one step, which can be undone")
        self.compare = self.buttons.addButton("Compare…", QDialogButtonBox.ButtonRole.ActionRole)
        self.compare.setToolTip("Shows what has changed since then, and what that would do to a running stack")
        column = QVBoxLayout(self)
        column.setContentsMargins(22, 18, 22, 16)
        column.setSpacing(8)
        column.addWidget(label(f"Earlier versions of {name}", "display", wrap=True))
        words = f"What the last {KEPT} saves replaced, each with the time when it was saved itself."
        column.addWidget(label(words, "muted", wrap=True))
        column.addSpacing(4)
        column.addWidget(self.previews, 1)
        column.addWidget(self.buttons)
        self.previews.picked.connect(self._restore)
        self.restore.clicked.connect(self._restore)
        self.compare.clicked.connect(lambda: self.compare_wanted.emit(self._versions[self.previews.row]))
        self.buttons.rejected.connect(self.reject)
        self.previews.list.setFocus()

    def _restore(self) -> None:
        version = self._versions[self.previews.row]
        self.accept()
        self.chosen.emit(version)


def _choice(version: Version, catalog: Catalog) -> Choice:
    when = moment(version.time)
    return Choice(when, f"Saved {when}", lambda: read(version.path, catalog))
