"""Undo and redo over an architecture: a list of inverses, each one step for the user."""

from __future__ import annotations

from collections.abc import Iterator

from designer.language import tr
from designer.model.architecture import Architecture
from designer.model.edits import Batch, Edit, Put, PutSettings, label_of
from designer.records import record

View = object
"""What somebody looked at (a selection), kept with a step and given back with it; the history never looks into it."""


@record(frozen=False)
class _Step:
    """`before` and `after` are what was looked at before the step was taken, and before it was taken back."""

    label: str
    back: Edit
    merge: str | None
    before: View = None
    after: View = None


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

    def do(self, edit: Edit, merge: str | None = None, view: View = None) -> None:
        """Applies an edit as one undo step; `view` is looked at now. Raises `InvalidEdit` with nothing changed."""
        inverse = self.architecture.apply(edit)
        self._undone.clear()
        last = self._done[-1] if self._done else None
        if merge is not None and last is not None and last.merge == merge and last is not self._clean:
            last.back = _joined(last.label, inverse, last.back)
        else:
            self._done.append(_Step(label_of(edit), inverse, merge, view))

    def undo(self, view: View = None) -> View:
        """Takes the last step back; does nothing where there is none. Returns what was looked at before the step."""
        return self.go(self.position - 1, view)

    def abandon(self, merge: str) -> bool:
        """Takes back what was joined under this key as if it had never been; says whether there was anything.

        What is half typed and does not fit leaves no trace: neither in the architecture nor among the steps.
        """
        last = self._done[-1] if self._done else None
        if last is None or last.merge != merge or last is self._clean:
            return False
        self.architecture.apply(self._done.pop().back)
        return True

    def redo(self, view: View = None) -> View:
        """Takes the last undone step again; does nothing where there is none. Returns what was looked at after it."""
        return self.go(self.position + 1, view)

    def go(self, position: int, view: View = None) -> View:
        """Takes steps back or again until so many are done, as one change for all listeners.

        `view` is what is looked at now. Returns what was looked at there, or `None` where there is nothing to do.
        """
        count = min(max(position, 0), len(self._done) + len(self._undone)) - len(self._done)
        if not count:
            return None
        back = count < 0
        source, target = (self._done, self._undone) if back else (self._undone, self._done)
        steps = source[: -abs(count) - 1 : -1]
        count = len(steps)
        several = tr("Undo {count} steps" if back else "Redo {count} steps", count=count)
        label = steps[0].label if count == 1 else several
        inverse = self.architecture.apply(Batch(label, tuple(step.back for step in steps)))
        assert isinstance(inverse, Batch)  # of a batch it is one, the last edit first
        del source[-len(steps) :]
        for step, other in zip(steps, reversed(inverse.edits), strict=True):
            after = view if back and step is steps[0] else step.after
            target.append(_Step(step.label, other, None, step.before, after))
            self._follow_clean(step, target[-1])
        self.end_merge()
        return steps[-1].before if back else steps[-1].after

    @property
    def position(self) -> int:
        """How many of the steps are done."""
        return len(self._done)

    @property
    def labels(self) -> tuple[str, ...]:
        """The names of all steps, the done ones first, then those that can be taken again."""
        return tuple(step.label for step in (*self._done, *reversed(self._undone)))

    @property
    def clean_position(self) -> int | None:
        """How many steps were done when the document was saved or opened; `None` where no step leads there."""
        steps = [None, *self._done, *reversed(self._undone)]
        return next((number for number, step in enumerate(steps) if step is self._clean), None)

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


def _joined(label: str, first: Edit, then: Edit) -> Batch:
    """Two edits as one, flat and without what the second puts again, so that typing at length stays one small edit."""
    edits = [*_flat(first), *_flat(then)]
    if all(isinstance(edit, (Put, PutSettings)) for edit in edits):
        last = {_target(edit): edit for edit in edits}
        edits = list(last.values())
    return Batch(label, tuple(edits))


def _flat(edit: Edit) -> Iterator[Edit]:
    if isinstance(edit, Batch):
        for inner in edit.edits:
            yield from _flat(inner)
    else:
        yield edit


def _target(edit: Edit) -> object:
    return (edit.collection, edit.entity.id) if isinstance(edit, Put) else None
