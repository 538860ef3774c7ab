"""Brings back what was not saved when the program ended."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from designer.errors import UserError
from designer.gui.document import Document
from designer.gui.files import Files
from designer.gui.keeper import journal_folder
from designer.language import plural, tr

if TYPE_CHECKING:
    from designer.gui.dialogs.recovery import RecoveryDialog
    from designer.storage.locks import Held
    from designer.storage.recovery import Recovered, Unsaved
    from designer.storage.stamps import Stamp


class Rescue(QObject):
    """Looks for unsaved work and opens it in the window."""

    def __init__(self, files: Files, document: Document, window: QWidget) -> None:
        super().__init__(window)
        self._files = files
        self._document = document
        self._window = window
        self.dialog: RecoveryDialog | None = None

    def offer(self, *, asked: bool = True) -> None:
        """Shows what there is; where there is nothing, that is only said to who has `asked`."""
        try:
            folder = journal_folder()
            if not asked and not _others(folder):
                return
        except OSError as error:
            self._files.told.emit(tr("Unsaved work cannot be looked for: {error}", error=error.strerror or error))
            return
        # Reading files takes modules that a start without anything to recover does without.
        from designer.storage.recovery import find

        found = find(folder)
        if not found:
            if asked:
                self._files.told.emit(tr("There is no unsaved work to recover"))
            return
        from designer.gui.dialogs.recovery import RecoveryDialog

        self.dialog = RecoveryDialog(found, self._document.catalog, self._window)
        self.dialog.chosen.connect(self.recover)
        self.dialog.open()

    def recover(self, unsaved: Unsaved) -> bool:
        """Opens unsaved work as a modified document; whether it did. The journal goes only when a new one holds it."""
        try:
            recovered = unsaved.recover(self._document.catalog)
        except UserError as error:
            unsaved.release()
            self._explain(tr("{title} could not be recovered", title=unsaved.title), error)
            return False
        if not self._files.may_discard():
            unsaved.release()
            return False
        document, keeper = self._document, self._files.keeper
        path, stamp, claimed = self._place(recovered)
        document.replace(recovered.architecture, path)
        document.mark_unsaved()
        keeper.settle(claimed)
        kept = keeper.opened(stamp, recovered.saved, unsaved.edits)
        self._files.outside.watch()
        if recovered.reason is not None:
            # The journal still has what this version cannot read; it stays until it is discarded.
            unsaved.release()
            words = plural(
                "The last edit could not be recovered, and can be found again later",
                "The last {count} edits could not be recovered, and can be found again later",
                recovered.left_out,
            )
            self._explain(words, recovered.reason)
        elif kept:
            try:
                unsaved.discard()
            except UserError as error:
                self._explain(tr("The recovered work will be offered again"), error)
        else:
            unsaved.release()
        self._files.told.emit(tr("Recovered {title}: it is not saved yet", title=document.title))
        return True

    def _place(self, recovered: Recovered) -> tuple[Path | None, Stamp | None, Held | None]:
        """The file to go on with: its own, unless another window has that now."""
        from designer.storage.claims import Other
        from designer.storage.stamps import Stamp

        path = recovered.path
        if path is None or recovered.digest is None:
            return None, None, None
        claimed = self._files.keeper.claim(path)
        if isinstance(claimed, Other):
            return None, None, None
        return path, Stamp(recovered.digest), claimed

    def _explain(self, title: str, error: UserError) -> None:
        from designer.gui.messages import show_error

        show_error(self._window, title, error)


def _others(folder: Path) -> bool:
    """Whether there are journals that are not of this process, by their names: looking into them takes longer."""
    return any(f"-{os.getpid():x}-" not in file.name for file in folder.glob("*.journal"))
