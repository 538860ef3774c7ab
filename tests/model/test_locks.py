"""Edits that would move, resize or remove what is locked are refused, and all others are not."""

from __future__ import annotations

import pytest

from designer.errors import UserError
from designer.model import operations
from designer.model.architecture import Architecture
from designer.model.edits import Batch, Edit, Put, Rekey, Remove
from designer.model.entities import Boundary, Collection, Component, Settings
from designer.model.locks import refuse_locked

C, B = Collection.COMPONENTS, Collection.BOUNDARIES
INNER = Boundary(id="inner", kind="group", name="Inner", parent="outer", x=8, y=40, locked=True)
OUTER = Boundary(id="outer", kind="group", name="Outer")
FIXED = Component(id="fixed", kind="sqs", name="Fixed", boundary="outer", x=16, y=80, locked=True)
FREE = Component(id="free", kind="sqs", name="Free", x=400, y=80)


@pytest.fixture
def drawing() -> Architecture:
    return Architecture.of(Settings(), [OUTER, INNER, FIXED, FREE])


@pytest.mark.parametrize(
    ("edit", "name"),
    [
        (Put(FIXED.with_(x=24)), "Fixed"),
        (Remove(C, "fixed"), "Fixed"),
        (Put(INNER.with_(width=900)), "Inner"),
        (Batch("Both", (Put(FREE.with_(x=0)), Put(FIXED.with_(y=0)))), "Fixed"),
        (Batch("Not along", (Put(OUTER.with_(x=8)), Put(FIXED.with_(x=32)))), "Fixed"),
        (Batch("Two", (Put(FIXED.with_(y=0)), Remove(B, "inner"))), "Fixed, Inner"),
    ],
)
def test_what_is_locked_is_neither_moved_nor_removed(drawing: Architecture, edit: Edit, name: str) -> None:
    with pytest.raises(UserError, match=f"^{name} (is|are) locked. Unlock with") as refused:
        refuse_locked(drawing, edit)
    assert "Ctrl+Alt+L" in str(refused.value)


@pytest.mark.parametrize(
    "edit",
    [
        Put(FREE.with_(x=0)),
        Put(FIXED.with_(properties={"fifo": True}, note="Stays.")),
        Put(FIXED.with_(locked=False, x=0)),
        Rekey(C, "fixed", "firm"),
        Put(FIXED.with_(boundary=None)),
        Batch("Along", (Put(OUTER.with_(x=8, y=8)), Put(INNER.with_(x=16, y=48)), Put(FIXED.with_(x=24, y=88)))),
        Put(Component(id="new", kind="sqs", name="New", locked=True)),
    ],
    ids=["free", "settings", "unlocked", "renamed", "let out", "along", "new"],
)
def test_everything_else_goes(drawing: Architecture, edit: Edit) -> None:
    refuse_locked(drawing, edit)


def test_copies_of_what_is_locked_are_free(drawing: Architecture) -> None:
    batch, new = operations.duplicate(drawing, [FIXED], [], [INNER])
    drawing.apply(batch)
    assert not drawing.components[new["fixed"]].locked
    assert not any(boundary.locked for key, boundary in drawing.boundaries.items() if key != "inner")
