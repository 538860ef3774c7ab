"""Undo and redo over an architecture: a list of inverses, each one step for the user."""

from __future__ import annotations

from dataclasses import dataclass

from designer.model.architecture import Architecture
from designer.model.edits import Batch, Edit, label_of


@dataclass(slots=True)
class _Step:
    label: str
    back: Edit
    merge: str | None


class History:
    """The steps taken since the document was opened.

    `do` with the same non-empty `merge` key as the step before joins that step, so that typing a name or turning a
    spin box is undone at once; any other action, an undo, or a save ends the joining.
    """

    def __init__(self, architecture: Architecture) -> None:
        self.architecture = architecture
        self._done: list[_Step] = []
        self._undone: list[_Step] = []
        self._clean: _Step | None = None

    def do(self, edit: Edit, merge: str | None = None) -> None:
        """Applies an edit as one undo step. Raises `InvalidEdit` with nothing changed."""
        inverse = self.architecture.apply(edit)
        self._undone.clear()
        last = self._done[-1] if self._done else None
        if merge is not None and last is not None and last.merge == merge and last is not self._clean:
            last.back = Batch(last.label, (inverse, last.back))
        else:
            self._done.append(_Step(label_of(edit), inverse, merge))

    def undo(self) -> None:
        """Takes the last step back; does nothing where there is none."""
        if self._done:
            step = self._done.pop()
            forward = self.architecture.apply(step.back)
            self._undone.append(_Step(step.label, forward, None))
            self._follow_clean(step, self._undone[-1])
            self.end_merge()

    def abandon(self, merge: str) -> bool:
        """Takes back what was joined under this key as if it had never been; says whether there was anything.

        What is half typed and does not fit leaves no trace: neither in the architecture nor among the steps.
        """
        last = self._done[-1] if self._done else None
        if last is None or last.merge != merge or last is self._clean:
            return False
        self.architecture.apply(self._done.pop().back)
        return True

    def redo(self) -> None:
        """Takes the last undone step again; does nothing where there is none."""
        if self._undone:
            step = self._undone.pop()
            back = self.architecture.apply(step.back)
            self._done.append(_Step(step.label, back, None))
            self._follow_clean(step, self._done[-1])

    @property
    def undo_label(self) -> str | None:
        """The name of the step that undo would take back."""
        return self._done[-1].label if self._done else None

    @property
    def redo_label(self) -> str | None:
        """The name of the step that redo would take again."""
        return self._undone[-1].label if self._undone else None

    @property
    def is_clean(self) -> bool:
        """Whether the document is as it was when last saved or opened."""
        return (self._done[-1] if self._done else None) is self._clean

    def mark_clean(self) -> None:
        """Says that the present state is the saved one."""
        self._clean = self._done[-1] if self._done else None

    def mark_unsaved(self) -> None:
        """Says that no state of this history is saved: not the present one, and none that undo leads to."""
        self._clean = _Step("", Batch("", ()), None)

    def end_merge(self) -> None:
        """Lets the next edit start a step of its own."""
        if self._done:
            self._done[-1].merge = None

    def _follow_clean(self, old: _Step, new: _Step) -> None:
        if self._clean is old:
            self._clean = new
