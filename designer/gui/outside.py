"""Notices when another program changes the document's file, and brings both together without losing either.

A document without changes of its own is loaded again without a question, as one step that undo takes back; otherwise
the user chooses between the file, the document, and a merge of the two.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QFileSystemWatcher, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QWidget

from designer.errors import UserError
from designer.gui.answers import Change
from designer.gui.document import Document
from designer.gui.keeper import Keeper
from designer.language import tr
from designer.model.architecture import Architecture
from designer.model.differences import changes_between, edit_of

if TYPE_CHECKING:
    from designer.storage.stamps import Stamp

_SETTLED = 200
"""Milliseconds until a change counts as finished: others write in several steps."""


class Outside(QObject):
    """Looks at the file when the system says so, when the program comes to the front, and before each save."""

    told = Signal(str)
    """A short word for the status bar."""

    def __init__(self, document: Document, keeper: Keeper, window: QWidget) -> None:
        super().__init__(window)
        self._document = document
        self._keeper = keeper
        self._window = window
        self._watcher: QFileSystemWatcher | None = None
        self._passed: Stamp | None = None
        self._gone = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_SETTLED)
        self._timer.timeout.connect(self._look)
        application = QGuiApplication.instance()
        if isinstance(application, QGuiApplication):
            application.applicationStateChanged.connect(self._state_changed)

    def watch(self) -> None:
        """Watches the document's file from now on, as it is now."""
        self._passed, self._gone = None, False
        path = self._document.path
        if self._watcher is None:
            if path is None:
                return
            self._watcher = QFileSystemWatcher(self)
            self._watcher.fileChanged.connect(self._timer.start)
        watched = self._watcher.files()
        if watched:
            self._watcher.removePaths(watched)
        if path is not None and path.exists():
            self._watcher.addPath(str(path))

    @property
    def is_gone(self) -> bool:
        """Whether the document's file, which was read or written, is no longer there."""
        path = self._document.path
        return path is not None and self._keeper.stamp is not None and not path.exists()

    def may_save(self, path: Path) -> bool:
        """Whether the document may be written to its file: nobody else has changed it, or the user has decided."""
        stamp = self._changed() if path == self._document.path else None
        if stamp is None:
            return True
        from designer.gui.messages import ask_changed

        try:
            theirs = self._read()
        except UserError as error:
            answer = ask_changed(self._window, path.name, saving=True, unreadable=str(error))
            return answer is Change.MINE
        match ask_changed(self._window, path.name, saving=True):
            case Change.MINE:
                return True
            case Change.MERGE:
                return self._merge(theirs, stamp)
            case Change.RELOAD:
                self._reload(theirs, stamp)
        return False

    def check(self) -> None:
        """Looks whether the file has changed, and sees to it."""
        path = self._document.path
        if path is None:
            return
        if self.is_gone:
            if not self._gone:
                self.told.emit(tr("{name} is no longer there: saving writes it again", name=path.name))
            self._gone = True
            return
        if self._gone and self._watcher is not None:
            self._gone = False
            self._watcher.addPath(str(path))
        stamp = self._changed()
        if stamp is None or (self._passed is not None and stamp.digest == self._passed.digest):
            return
        self._passed = stamp
        try:
            theirs = self._read()
        except UserError as error:
            self.told.emit(
                tr(
                    "{name} was changed by another program and cannot be read: {message}",
                    name=path.name,
                    message=error.message,
                )
            )
            return
        self._settle(path, theirs, stamp)

    def _settle(self, path: Path, theirs: Architecture, stamp: Stamp) -> None:
        if self._document.history.is_clean:
            self._reload(theirs, stamp)
            self.told.emit(tr("{name} was changed by another program and is loaded again", name=path.name))
            return
        from designer.gui.messages import ask_changed

        match ask_changed(self._window, path.name, saving=False):
            case Change.RELOAD:
                self._reload(theirs, stamp)
            case Change.MINE:
                self._keeper.stamp = stamp
            case Change.MERGE:
                self._merge(theirs, stamp)

    def _changed(self) -> Stamp | None:
        """The stamp of the file where its content is not what this window last read or wrote."""
        from designer.storage.stamps import stamp_again

        path, known = self._document.path, self._keeper.stamp
        if path is None or known is None:
            return None
        now = stamp_again(path, known)
        if now is None or now.digest == known.digest:
            # The same content, written again, is no change.
            self._keeper.stamp = now or known
            return None
        return now

    def _read(self) -> Architecture:
        from designer.storage.files import read

        path = self._document.path
        assert path is not None
        return read(path, self._document.catalog)

    def _reload(self, theirs: Architecture, stamp: Stamp) -> None:
        """One step of the history: undo brings back what was here."""
        document, path = self._document, self._document.path
        assert path is not None
        changes = changes_between(document.architecture, theirs, tr("Load {name} again", name=path.name))
        if changes:
            document.do(edit_of(changes))
        document.saved(path)
        self._keeper.saved(path, stamp)
        self.watch()

    def _merge(self, theirs: Architecture, stamp: Stamp) -> bool:
        """Brings both together as one step; whether the user went through with it."""
        from designer.gui.dialogs.merge import decided
        from designer.storage.merge import merge

        document, path = self._document, self._document.path
        assert path is not None
        base = self._keeper.saved_state or Architecture()
        made = merge(base, document.architecture, theirs, document.catalog)
        decisions = decided(made, path.name, self._window) if made.conflicts else {}
        if decisions is None:
            return False
        merged, notes = made.resolve(decisions)
        changes = changes_between(document.architecture, merged, tr("Merge {name}", name=path.name))
        if changes:
            document.do(edit_of(changes))
        self._keeper.merged(stamp, theirs)
        if notes:
            from designer.gui.messages import show_notes

            show_notes(
                self._window, tr("{name} is merged", name=path.name), [note[:1].upper() + note[1:] for note in notes]
            )
        self.told.emit(tr("Merged with {name}: not saved yet", name=path.name))
        return True

    def _state_changed(self, state: Qt.ApplicationState) -> None:
        if state == Qt.ApplicationState.ApplicationActive:
            self._timer.start()

    def _look(self) -> None:
        if QGuiApplication.mouseButtons() != Qt.MouseButton.NoButton or QApplication.activeModalWidget() is not None:
            # Not in the middle of a drag or a question.
            self._timer.start()
            return
        self.check()
        path = self._document.path
        if self._watcher is not None and not self._watcher.files() and path is not None and path.exists():
            # Who replaces a file takes the watched one away.
            self._watcher.addPath(str(path))
