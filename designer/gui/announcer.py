"""What a screen reader says without being asked: what was done, what was refused, what a failure does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QAccessible

from designer.gui.canvas.accessible import announce
from designer.gui.canvas.emphasis import Selection
from designer.language import plural, tr

if TYPE_CHECKING:
    from designer.analysis.knock_out import KnockOut
    from designer.gui.workspace import Workspace
    from designer.model.changes import Changes


class Announcer(QObject):
    """Listens to a workspace and says what a sighted person would see happen. Silent where nobody listens."""

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace)
        self._workspace = workspace
        self._canvas = workspace.canvas
        self._label = ""
        self._findings = 0
        self._failing = False
        document = workspace.document
        document.changed.connect(self._note)
        document.state_changed.connect(self._tell_step)
        self._canvas.message.connect(self._say)
        self._canvas.selection_changed.connect(self._tell_selection)
        workspace.status.messageChanged.connect(self._say)
        workspace.failures.changed.connect(self._tell_failures)
        workspace.counted.connect(self._tell_findings)

    def _say(self, text: str, *, urgent: bool = False) -> None:
        announce(self._canvas, text, urgent=urgent)

    def _note(self, changes: Changes) -> None:
        self._label = changes.label

    def _tell_step(self) -> None:
        """A step was done, taken back, or taken again: the history tells which, once the step is over."""
        label, self._label = self._label, ""
        if label and QAccessible.isActive():
            undone = self._workspace.document.history.redo_label == label
            self._say(tr("Undone: {step}", step=label) if undone else label)

    def _tell_selection(self, selection: Selection) -> None:
        """One selected thing gets the focus and is told by that; several are counted."""
        if len(selection) > 1:
            self._say(plural("{count} thing selected", "{count} things selected", len(selection)))
        elif not selection:
            self._say(tr("Nothing selected"))

    def _tell_failures(self, found: KnockOut | None) -> None:
        if found is not None:
            names = ", ".join(failure.label for failure in found.failures)
            self._say(tr("{names} fails.", names=names) + " " + self._workspace.bar.text.text(), urgent=True)
        elif self._failing:
            self._say(tr("Nothing fails any more."))
        self._failing = found is not None

    def _tell_findings(self, count: int) -> None:
        if count != self._findings:
            self._findings = count
            self._say(plural("{count} finding", "{count} findings", count))
