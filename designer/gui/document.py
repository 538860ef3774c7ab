"""The open document: an architecture with its history and file, announcing changes as Qt signals."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from designer.catalog.catalog import Catalog
from designer.model.architecture import Architecture
from designer.model.changes import Changes
from designer.model.edits import Edit
from designer.model.history import History


class Document(QObject):
    """What a window edits. All edits go through `do`, so that each is one undo step."""

    changed = Signal(object)
    """A `Changes` batch was applied (by an edit, an undo or a redo)."""
    state_changed = Signal()
    """Undo, redo or the modified mark may be different now."""
    replaced = Signal()
    """Another architecture was opened in the place of this one."""
    recalled = Signal(object)
    """After steps were taken back or again: what was looked at then, as `view` gave it."""

    def __init__(self, catalog: Catalog, architecture: Architecture | None = None, path: Path | None = None) -> None:
        super().__init__()
        self.catalog = catalog
        self.path: Path | None = None
        self.view: Callable[[], object] = lambda: None
        """What is looked at now (the selection); asked before each step, and given back by `recalled`."""
        self._listen(architecture or Architecture(), path)

    def replace(self, architecture: Architecture, path: Path | None) -> None:
        """Opens another architecture here, with a history of its own."""
        self._unsubscribe()
        self._listen(architecture, path)
        self.replaced.emit()
        self.state_changed.emit()

    def do(self, edit: Edit, merge: str | None = None) -> None:
        """Applies an edit as one undo step (see `History.do`)."""
        self.history.do(edit, merge, self.view())
        self.state_changed.emit()

    def abandon(self, merge: str) -> bool:
        """Takes back the steps joined under this key, without a trace (see `History.abandon`)."""
        done = self.history.abandon(merge)
        if done:
            self.state_changed.emit()
        return done

    def undo(self) -> None:
        """Takes the last step back."""
        self.go(self.history.position - 1)

    def redo(self) -> None:
        """Takes the last undone step again."""
        self.go(self.history.position + 1)

    def go(self, position: int) -> None:
        """Takes steps back or again until so many are done."""
        seen = self.history.go(position, self.view())
        self.state_changed.emit()
        if seen is not None:
            self.recalled.emit(seen)

    def saved(self, path: Path) -> None:
        """Says that the present state is now in `path`."""
        self.path = path
        self.history.mark_clean()
        self.state_changed.emit()

    def mark_unsaved(self) -> None:
        """Says that the present state is in no file, without there being an edit to undo."""
        self.history.mark_unsaved()
        self.state_changed.emit()

    @property
    def title(self) -> str:
        """What the window calls the document: its file's name, or the architecture's."""
        return self.path.name if self.path else self.architecture.settings.name

    def _listen(self, architecture: Architecture, path: Path | None) -> None:
        self.architecture = architecture
        self.history = History(architecture)
        self.path = path
        self._unsubscribe = architecture.subscribe(self._announce)

    def _announce(self, changes: Changes) -> None:
        self.changed.emit(changes)
