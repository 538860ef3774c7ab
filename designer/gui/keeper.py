"""Keeps every edit of the window's document on disk until it is saved, and knows what its file held."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from designer.errors import UserError
from designer.gui.document import Document
from designer.gui.settings import state_folder
from designer.model.architecture import Architecture
from designer.model.changes import Changes

if TYPE_CHECKING:
    from designer.storage.journal import Journal
    from designer.storage.stamps import Stamp

_FOLDER = "journals"


class Keeper(QObject):
    """The journal of one window, begun anew with each document that it opens.

    `stamp` is what the document's file held when it was last read or written, `saved` the same as an architecture;
    `None` for a document without a file.
    """

    told = Signal(str)
    """A short word for the status bar."""

    def __init__(self, document: Document, parent: QObject) -> None:
        super().__init__(parent)
        self._document = document
        self._journal: Journal | None = None
        self.stamp: Stamp | None = None
        self.saved_state: Architecture | None = None
        document.changed.connect(self._record)

    def start(self) -> None:
        """Begins to keep; before, the window is not yet there and nothing can be edited."""
        from designer.storage.journal import Journal

        try:
            self._journal = Journal(journal_folder(), self._fail)
        except OSError as error:
            self._fail(UserError(f"edits cannot be kept for recovery: {error.strerror or error}"))
            return
        document = self._document
        digest = self.stamp.digest if self.stamp is not None else None
        self._journal.begin(document.architecture, document.path, digest)

    def opened(self, stamp: Stamp | None, saved: Architecture | None = None, edits: int = 0) -> bool:
        """Another document was opened; `saved` is what its file holds where the document holds so many edits more.

        Returns whether edits that are not saved are on the disk now.
        """
        document = self._document
        self.stamp = stamp
        self.saved_state = (saved or document.architecture).copy() if document.path is not None else None
        if self._journal is not None:
            digest = stamp.digest if stamp is not None else None
            self._journal.begin(document.architecture, document.path, digest, saved=saved, edits=edits)
        return self._journal is not None and self._journal.is_whole

    def saved(self, path: Path, stamp: Stamp) -> None:
        """The present state is in this file now."""
        self.stamp = stamp
        self.saved_state = self._document.architecture.copy()
        if self._journal is not None:
            self._journal.saved(path, stamp.digest)

    def close(self) -> None:
        """The document is saved, or its changes were given up."""
        if self._journal is not None:
            self._journal.discard()

    def _record(self, changes: Changes) -> None:
        if self._journal is not None:
            self._journal.record(changes)

    def _fail(self, error: UserError) -> None:
        # May come from the journal's threads; Qt brings it to the window's.
        text = str(error)
        self.told.emit(text[:1].upper() + text[1:])


def journal_folder() -> Path:
    """Where journals are; raises OSError when there is no making the folder around it."""
    return state_folder() / _FOLDER
