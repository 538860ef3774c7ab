"""What is locked keeps its place, says so, and looks like it."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QToolTip

from designer.gui.canvas.canvas import Canvas
from designer.gui.canvas.descriptions import describe
from designer.gui.document import Document
from designer.model.entities import Collection
from designer.storage.files import read, write
from tests.gui.canvas.conftest import CONTROL, NONE, Hand
from tests.gui.canvas.test_pointer import QUEUE, WEB, WORKER, place, steps

REASON = "is locked. Unlock with Ctrl+Alt+L to move or delete."
TITLE_OF_TIER, CORNER_OF_TIER = (-200, -90), (288, 72)


def lock(canvas: Canvas, *components: str, boundaries: tuple[str, ...] = ()) -> None:
    canvas.select(components, (), boundaries)
    canvas.arranging.lock()


def test_lock_and_unlock_are_steps_that_toggle(canvas: Canvas, document: Document) -> None:
    canvas.select(["worker", "queue"])
    canvas.arranging.lock()
    assert document.history.undo_label == "Lock 2 things"
    assert all(document.architecture.components[key].locked for key in ("worker", "queue"))
    canvas.select(["worker", "topic"])
    canvas.arranging.lock()
    assert document.architecture.components["topic"].locked, "what is not locked yet is, before anything is unlocked"
    canvas.arranging.lock()
    assert document.history.undo_label == "Unlock 2 things"
    assert steps(document) == 3


def test_a_locked_component_is_not_dragged_and_says_why(
    canvas: Canvas, hand: Hand, document: Document, messages: list[str]
) -> None:
    lock(canvas, "worker")
    hand.start_drag(WORKER, (40, 300))
    assert canvas.drawing.rects["worker"][:2] == (-240, 200)
    assert messages[-1] == "Worker is locked and stays. Unlock with Ctrl+Alt+L."
    assert QToolTip.text() == messages[-1], "beside the pointer too"
    hand.release((40, 300))
    assert place(document, "worker") == (-240, 200) and steps(document) == 1
    QToolTip.hideText()


def test_of_several_the_locked_stay(canvas: Canvas, hand: Hand, document: Document, messages: list[str]) -> None:
    lock(canvas, "worker")
    canvas.select(["worker", "queue"])
    hand.drag(QUEUE, (QUEUE[0] + 80, QUEUE[1]))
    assert place(document, "queue") == (-480, 200) and place(document, "worker") == (-240, 200)
    assert "Worker is locked and stays. Unlock with Ctrl+Alt+L." in messages


@pytest.mark.parametrize(
    ("key", "held"),
    [(Qt.Key.Key_Right, NONE), (Qt.Key.Key_Delete, NONE), (Qt.Key.Key_X, CONTROL)],
    ids=["nudge", "delete", "cut"],
)
def test_commands_are_refused_with_the_reason(
    canvas: Canvas, hand: Hand, document: Document, messages: list[str], key: Qt.Key, held: Qt.KeyboardModifier
) -> None:
    lock(canvas, "worker")
    before = document.architecture.copy()
    hand.key(key, held)
    assert document.architecture == before
    assert messages[-1] == f"Worker {REASON}"
    canvas.select(["worker", "queue"])
    canvas.arranging.arrange("align-centre")
    assert document.architecture == before
    assert messages[-1] == f"Worker {REASON}"


def test_a_locked_component_can_be_copied_wired_and_renamed(canvas: Canvas, hand: Hand, document: Document) -> None:
    lock(canvas, "worker")
    hand.held = CONTROL
    hand.drag(WORKER, (WORKER[0], WORKER[1] + 96))
    assert place(document, "worker-2") == (-240, 296)
    assert not document.architecture.components["worker-2"].locked, "a copy is free"
    hand.held = NONE
    hand.move(QUEUE)
    hand.drag((-560 + 192 + 9, 232), WORKER)
    assert "queue-worker" in document.architecture.connections


def test_a_locked_boundary_is_neither_moved_nor_resized_and_its_content_is_free(
    canvas: Canvas, hand: Hand, document: Document, messages: list[str]
) -> None:
    lock(canvas, boundaries=("private",))
    frame = document.architecture.boundaries["private"]
    hand.drag(TITLE_OF_TIER, (TITLE_OF_TIER[0] + 40, TITLE_OF_TIER[1]))
    assert messages[-1] == "Inside is locked and stays. Unlock with Ctrl+Alt+L."
    hand.drag(CORNER_OF_TIER, (300, 120))
    assert messages[-1] == "Inside is locked. Unlock with Ctrl+Alt+L."
    hand.key(Qt.Key.Key_Delete)
    assert messages[-1] == f"Inside {REASON}"
    assert document.architecture.boundaries["private"] == frame
    canvas.select()
    hand.drag(WEB, (WEB[0] + 16, WEB[1]))
    assert place(document, "web") == (-200, -40)


def test_what_is_locked_goes_along_with_the_boundary_around_it(canvas: Canvas, hand: Hand, document: Document) -> None:
    lock(canvas, "web", boundaries=("private",))
    hand.drag((-200, -300), (-200 + 40, -300))
    assert document.architecture.boundaries["vpc"].x == -248
    assert document.architecture.boundaries["private"].x == -216
    assert place(document, "web") == (-176, -40)


def test_undo_is_not_held_back(canvas: Canvas, hand: Hand, document: Document) -> None:
    hand.drag(WORKER, (WORKER[0] + 80, WORKER[1]))
    lock(canvas, "worker")
    document.undo()
    document.undo()
    assert place(document, "worker") == (-240, 200)


def test_the_lock_and_its_mark_survive_saving(canvas: Canvas, document: Document, tmp_path: Path) -> None:
    canvas.select()
    before = canvas.grab().toImage()
    lock(canvas, "worker", boundaries=("vpc",))
    canvas.select()
    after = canvas.grab().toImage()
    for x, y in ((-240, 200), (-190, -298)):
        at = canvas.mapFromScene(x, y)
        around = [(at.x() + dx, at.y() + dy) for dx in range(-6, 60, 2) for dy in range(-6, 12, 2)]
        assert any(before.pixel(*p) != after.pixel(*p) for p in around), "a padlock is seen"
    path = tmp_path / "locked.arch.yaml"
    write(document.architecture, path)
    assert '"locked": true' in path.read_text(encoding="utf-8")
    again = read(path, document.catalog)
    assert again.components["worker"].locked and again.boundaries["vpc"].locked


def test_a_lock_is_told_to_those_who_hear_the_drawing(canvas: Canvas) -> None:
    labels = canvas.drawing.labels
    assert "Locked." not in describe(labels, Collection.COMPONENTS, "worker")
    lock(canvas, "worker", boundaries=("vpc",))
    assert "Locked." in describe(labels, Collection.COMPONENTS, "worker")
    assert "Locked." in describe(labels, Collection.BOUNDARIES, "vpc")
