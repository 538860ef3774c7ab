"""Earlier versions of the document's file: when each was saved, what it looks like, what has changed since."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QVBoxLayout, QWidget

from designer.gui.controls import label, set_state
from designer.gui.document import Document
from designer.gui.previews import Choice, Previews, moment
from designer.language import later, tr
from designer.model.architecture import Architecture
from designer.model.differences import changes_between
from designer.model.entities import Collection
from designer.storage.backups import KEPT, Version
from designer.storage.files import read


class VersionsDialog(QDialog):
    """A list with a preview."""

    compare_wanted = Signal(object)
    """The `Version` to compare with the drawing."""
    chosen = Signal(object)
    """The `Version` to bring back."""

    def __init__(
        self, document: Document, name: str, versions: Sequence[Version], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Earlier versions"))
        self.resize(760, 430)
        self._versions = list(versions)
        choices = [_choice(one, document) for one in versions]
        self.previews = Previews(tr("Earlier versions"), choices, document.catalog)
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        self.restore = self.buttons.addButton(tr("Bring Back"), QDialogButtonBox.ButtonRole.AcceptRole)
        set_state(self.restore, "primary", True)
        self.restore.setToolTip(tr("Takes the place of the drawing as one step, which can be undone"))
        self.compare = self.buttons.addButton(tr("Compare…"), QDialogButtonBox.ButtonRole.ActionRole)
        self.compare.setToolTip(tr("Shows what has changed since then, and what that would do to a running stack"))
        column = QVBoxLayout(self)
        column.setContentsMargins(22, 18, 22, 16)
        column.setSpacing(8)
        column.addWidget(label(tr("Earlier versions of {name}", name=name), "display", wrap=True))
        words = tr("What the last {KEPT} saves replaced, each with the time when it was saved itself.", KEPT=KEPT)
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


def _choice(version: Version, document: Document) -> Choice:
    when = moment(version.time, seconds=True)
    return Choice(
        when,
        tr("Saved {when}", when=when),
        lambda: read(version.path, document.catalog),
        lambda then: _since(then, document.architecture),
    )


def _since(then: Architecture, now: Architecture) -> str:
    """What has happened since then, in numbers."""
    changes = changes_between(then, now, "")
    counts = Counter(
        "added" if before is None else "removed" if after is None else "changed"
        for collection in Collection
        for _, before, after in changes.of(collection)
    )
    counts["changed"] += changes.settings is not None
    words = {"added": later("{count} added"), "changed": later("{count} changed"), "removed": later("{count} removed")}
    told = ", ".join(tr(text, count=counts[word]) for word, text in words.items() if counts[word])
    return tr("Since then: {told}", told=told) if told else tr("The same as the drawing")
