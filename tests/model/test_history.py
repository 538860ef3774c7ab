"""Undo and redo as the user sees them: steps, their names, joining, and the mark of unsaved changes."""

from __future__ import annotations

from designer.model import operations
from designer.model.architecture import Architecture
from designer.model.entities import Component, Settings
from designer.model.history import History


def history() -> History:
    """Over an architecture with one queue."""
    return History(Architecture.of(Settings(), [Component(id="q", kind="sqs", name="Q")]))


def name(history: History, text: str, merge: str | None = None) -> None:
    """Names the architecture, as typing does."""
    history.do(operations.set_settings(history.architecture, f"Name {text}", name=text), merge)


def test_steps_have_names() -> None:
    """What the menu offers to undo and redo."""
    steps = history()
    assert (steps.undo_label, steps.redo_label) == (None, None)
    name(steps, "one")
    name(steps, "two")
    steps.undo()
    assert (steps.undo_label, steps.redo_label) == ("Name one", "Name two")


def test_typing_is_one_step() -> None:
    """Edits with the same key join, and go back at once."""
    steps = history()
    for text in ("S", "Sh", "Shop"):
        name(steps, text, merge="name")
    assert steps.undo_label == "Name S"
    steps.undo()
    assert steps.architecture.settings.name == "Untitled"
    steps.redo()
    assert steps.architecture.settings.name == "Shop"


def test_joining_ends_with_another_action_an_undo_a_save_and_on_request() -> None:
    """The next edit is then a step of its own."""
    for interrupt in (
        lambda steps: name(steps, "other"),
        lambda steps: (name(steps, "gone"), steps.undo()),
        lambda steps: steps.mark_clean(),
        lambda steps: steps.end_merge(),
    ):
        steps = history()
        name(steps, "first", merge="name")
        interrupt(steps)
        before = steps.architecture.settings.name
        name(steps, "second", merge="name")
        steps.undo()
        assert steps.architecture.settings.name == before


def test_the_mark_follows_the_saved_state() -> None:
    """Clean when opened, after saving, and whenever undo or redo leads back to what was saved."""
    steps = history()
    assert steps.is_clean
    name(steps, "one")
    assert not steps.is_clean
    steps.mark_clean()
    assert steps.is_clean
    steps.undo()
    assert not steps.is_clean
    steps.redo()
    assert steps.is_clean
    name(steps, "two")
    steps.undo()
    assert steps.is_clean


def test_a_saved_state_that_cannot_be_reached_again_stays_unsaved() -> None:
    """Saved, undone, and gone on from there: no undo leads to the saved state."""
    steps = history()
    name(steps, "saved")
    steps.mark_clean()
    steps.undo()
    name(steps, "else")
    assert not steps.is_clean
    steps.undo()
    assert not steps.is_clean
    assert steps.redo_label == "Name else"


def test_without_steps_nothing_happens() -> None:
    """Undo and redo at the ends."""
    steps = history()
    steps.undo()
    steps.redo()
    assert steps.is_clean
