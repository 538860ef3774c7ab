"""Brings earlier versions of the document's file back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from designer.errors import UserError
from designer.gui.document import Document
from designer.gui.keeper import backup_folder
from designer.language import tr
from designer.model.differences import changes_between, edit_of

if TYPE_CHECKING:
    from designer.gui.dialogs.versions import VersionsDialog
    from designer.storage.backups import Version


class Versions(QObject):
    """Shows what earlier saves replaced; `compare` opens the comparison of a file with the drawing."""

    told = Signal(str)
    """A short word for the status bar."""

    def __init__(self, document: Document, compare: Callable[[Path], None], window: QWidget) -> None:
        super().__init__(window)
        self._document = document
        self._compare = compare
        self._window = window
        self.dialog: VersionsDialog | None = None

    def offer(self) -> None:
        """Opens the dialog, where there is a version."""
        path = self._document.path
        if path is None:
            return
        from designer.storage.backups import versions

        try:
            found = versions(backup_folder(), path)
        except OSError as error:
            self.told.emit(tr("Earlier versions cannot be looked for: {error}", error=error.strerror or error))
            return
        if not found:
            self.told.emit(tr("There is no earlier version of {name}: saving makes one", name=path.name))
            return
        from designer.gui.dialogs.versions import VersionsDialog

        self.dialog = VersionsDialog(self._document, path.name, found, self._window)
        self.dialog.chosen.connect(self.restore)
        self.dialog.compare_wanted.connect(lambda version: self._compare(version.path))
        self.dialog.open()

    def restore(self, version: Version) -> None:
        """Puts a version in the place of the drawing, as one step; the file stays as it is until the next save."""
        from designer.gui.previews import moment
        from designer.storage.files import read

        document, when = self._document, moment(version.time)
        try:
            then = read(version.path, document.catalog)
        except UserError as error:
            from designer.gui.messages import show_error

            show_error(self._window, tr("The version of {when} could not be brought back", when=when), error)
            return
        changes = changes_between(document.architecture, then, tr("Bring back the version of {when}", when=when))
        if not changes:
            self.told.emit(tr("The drawing is the same as the version of {when}", when=when))
            return
        document.do(edit_of(changes))
        self.told.emit(tr("The version of {when} is back: not saved yet", when=when))
