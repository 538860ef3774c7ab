"""Keeps every edit of the window's document on disk until it is saved, and knows what its file held."""

from __future__ import annotations

import contextlib
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from designer.errors import UserError
from designer.gui.document import Document
from designer.gui.settings import state_folder
from designer.language import tr
from designer.model.architecture import Architecture
from designer.model.changes import Changes

if TYPE_CHECKING:
    from designer.storage.claims import Other
    from designer.storage.journal import Journal
    from designer.storage.locks import Held
    from designer.storage.stamps import Stamp

    Claimed = Held | Other | None

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
        self._claim: Held | None = None
        self.stamp: Stamp | None = None
        self.saved_state: Architecture | None = None
        document.changed.connect(self._record)

    def start(self) -> None:
        """Begins to keep; before, the window is not yet there and nothing can be edited."""
        from designer.storage.journal import Journal

        try:
            self._journal = Journal(journal_folder(), self._fail)
        except OSError as error:
            self._fail(UserError(tr("edits cannot be kept for recovery: {error}", error=error.strerror or error)))
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

    def merged(self, stamp: Stamp, theirs: Architecture) -> None:
        """The document now has what its file holds, among changes of its own."""
        self.stamp = stamp
        self.saved_state = theirs.copy()

    def keep_version(self, path: Path) -> None:
        """Keeps what a file holds, before a save replaces it. What cannot be kept is told, and stops no save."""
        from designer.storage.backups import keep_version

        try:
            keep_version(backup_folder(), path)
        except UserError as error:
            self._fail(error)
        except OSError as error:
            self._fail(
                UserError(tr("the earlier version cannot be kept: {error}", error=error.strerror or error), file=path)
            )

    def claim(self, path: Path) -> Claimed:
        """Takes a file for this window, or says which other one has it; what was taken is left with `settle`."""
        from designer.storage.claims import claim, claim_file

        try:
            folder = state_folder() / "open"
            if self._claim is not None and self._claim.path == claim_file(folder, path):
                return self._claim
            return claim(folder, path)
        except OSError:
            # Where there is no telling, changes by others are still noticed before each save.
            return None

    def settle(self, claimed: Held | None) -> None:
        """Holds this file from now on, in the place of the one before."""
        before, self._claim = self._claim, claimed
        self.give_back(before)

    def give_back(self, claimed: Held | None) -> None:
        """Lets go of a file that was taken and is not held after all."""
        if claimed is not None and claimed is not self._claim:
            with contextlib.suppress(OSError):
                claimed.remove()

    def close(self) -> None:
        """The document is saved, or its changes were given up."""
        self.settle(None)
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


def backup_folder() -> Path:
    """Where earlier versions are; raises OSError as `journal_folder` does."""
    return state_folder() / "versions"
