"""The selection over undo and redo: what comes back is selected again as it was, what is still there stays selected."""

from __future__ import annotations

from typing import TYPE_CHECKING

from designer.gui.canvas.emphasis import DRAWN, Selection
from designer.model.changes import Changes
from designer.model.entities import Collection

if TYPE_CHECKING:
    from designer.gui.canvas.canvas import Canvas


class Recall:
    """Lets a document keep the canvas's selection with each step, and selects it when a step is taken back."""

    def __init__(self, canvas: Canvas) -> None:
        self._canvas = canvas
        self._come: set[tuple[Collection, str]] = set()
        self._seen = Selection()
        document = canvas.document
        document.view = self._view
        document.changed.connect(self._note)
        document.recalled.connect(self._recall)

    def _view(self) -> Selection:
        """The selection now; steps with the same one share it, for it may hold thousands of ids."""
        now = self._canvas.selection()
        if now != self._seen:
            self._seen = now
        return self._seen

    def _note(self, changes: Changes) -> None:
        self._come = {
            (collection, key)
            for collection in DRAWN
            for key, before, after in changes.of(collection)
            if before is None and after is not None and key not in changes.renamed[collection].values()
        }

    def _recall(self, seen: object) -> None:
        """Nothing is taken out of the user's hand: only what came back, or an empty selection, makes a difference."""
        if not isinstance(seen, Selection):
            return
        came_back = any((collection, key) in self._come for collection in DRAWN for key in seen.of(collection))
        if came_back or not self._canvas.selection():
            self._canvas.select(seen.components, seen.connections, seen.boundaries)
