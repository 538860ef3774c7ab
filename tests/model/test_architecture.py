"""Edits: what they change, what they refuse, and that a refused edit changes nothing."""

from __future__ import annotations

import pytest

from designer.model.architecture import Architecture, InvalidEdit
from designer.model.changes import Changes
from designer.model.edits import Batch, Edit, Put, PutSettings, Rekey, Remove
from designer.model.entities import Boundary, Collection, Component, Connection, Entity, Flow, Settings

C, W, B, F = Collection.COMPONENTS, Collection.CONNECTIONS, Collection.BOUNDARIES, Collection.FLOWS


def component(key: str, boundary: str | None = None) -> Component:
    """A queue."""
    return Component(id=key, kind="sqs", name=key.title(), boundary=boundary)


def wire(source: str, target: str) -> Connection:
    """A wire between two components."""
    return Connection(id=f"{source}-{target}", source=source, target=target, relation="fails-to")


def group(key: str, parent: str | None = None) -> Boundary:
    """A group."""
    return Boundary(id=key, kind="group", name=key, parent=parent)


@pytest.fixture
def drawing() -> Architecture:
    """a -> b, b -> b, a within inner within outer, and a flow from a."""
    entities: list[Entity] = [group("outer"), group("inner", "outer"), component("a", "inner"), component("b")]
    return Architecture.of(Settings(), [*entities, wire("a", "b"), wire("b", "b"), Flow(id="f", name="F", entry="a")])


@pytest.mark.parametrize(
    ("edit", "reason"),
    [
        (Put(wire("a", "nobody")), "ends at 'nobody'"),
        (Put(component("c", "nowhere")), "stands in 'nowhere'"),
        (Put(Flow(id="g", name="G", entry="nobody")), "enters at 'nobody'"),
        (Put(group("outer", "inner")), "inside itself"),
        (Put(group("inner", "inner")), "inside itself"),
        (Put(group("inner", "nowhere")), "stands in 'nowhere'"),
        (Remove(C, "b"), "still used by a-b, b-b"),
        (Remove(C, "a"), "still used by a-b, f"),
        (Remove(B, "outer"), "still used by inner"),
        (Remove(B, "inner"), "still used by a"),
        (Remove(C, "nobody"), "there is no 'nobody' among the components"),
        (Rekey(C, "nobody", "c"), "there is no 'nobody' among the components"),
        (Rekey(C, "a", "b"), "'b' is already taken among the components"),
        (Batch("Two", (Put(component("c")), Remove(C, "nobody"))), "there is no 'nobody'"),
        (Batch("Two", (Put(component("c")), Rekey(C, "a", "d"), Put(wire("a", "b")))), "'a' is still used by a-b"),
    ],
)
def test_what_would_break_the_document_is_refused(drawing: Architecture, edit: Edit, reason: str) -> None:
    """The reason names both ends, nothing is changed, and nobody hears of it."""
    before = drawing.copy()
    heard: list[Changes] = []
    drawing.subscribe(heard.append)
    with pytest.raises(InvalidEdit, match=reason):
        drawing.apply(edit)
    assert drawing == before
    assert not heard
    assert [w.id for w in drawing.wires_of("b")] == ["a-b", "b-b"]


def test_a_batch_may_pass_through_what_would_be_refused_alone(drawing: Architecture) -> None:
    """Only its end counts: the wire is put before its component."""
    drawing.apply(Batch("Add", (Put(wire("a", "c")), Put(component("c")))))
    assert drawing.outgoing("a") == [wire("a", "b"), wire("a", "c")]


def test_rekeying_takes_everything_that_refers_along(drawing: Architecture) -> None:
    """Wires (also from a component to itself), flows, and what stands in a boundary."""
    heard: list[Changes] = []
    drawing.subscribe(heard.append)
    back = drawing.apply(Batch("Rename", (Rekey(C, "b", "z"), Rekey(C, "a", "y"), Rekey(B, "inner", "core"))))
    assert drawing.connections["a-b"].target == "z"
    assert (drawing.connections["b-b"].source, drawing.connections["b-b"].target) == ("z", "z")
    assert drawing.flows["f"].entry == "y"
    assert drawing.components["y"].boundary == "core"
    assert heard[0].renamed[C] == {"b": "z", "a": "y"}
    drawing.apply(back)
    assert set(drawing.components) == {"a", "b"}
    assert drawing.flows["f"].entry == "a"


def test_renaming_in_a_chain_is_one_renaming(drawing: Architecture) -> None:
    """a to t, b to a, t to b: the two have changed places, and t was never there."""
    heard: list[Changes] = []
    drawing.subscribe(heard.append)
    drawing.apply(Batch("Swap", (Rekey(C, "a", "t"), Rekey(C, "b", "a"), Rekey(C, "t", "b"))))
    assert heard[0].renamed[C] == {"a": "b", "b": "a"}
    assert "t" not in heard[0].entities[C]


def test_an_edit_that_changes_nothing_is_not_announced(drawing: Architecture) -> None:
    """Putting what is there, and there-and-back in one batch."""
    heard: list[Changes] = []
    end = drawing.subscribe(heard.append)
    drawing.apply(Put(drawing.components["a"]))
    drawing.apply(PutSettings(drawing.settings))
    drawing.apply(Batch("Both", (Put(component("c")), Remove(C, "c"))))
    assert heard == []
    end()
    drawing.apply(Put(component("c")))
    assert heard == []


def test_a_copy_is_independent(drawing: Architecture) -> None:
    """Neither content nor listeners are shared."""
    heard: list[Changes] = []
    drawing.subscribe(heard.append)
    twin = drawing.copy()
    twin.apply(Batch("Cut", (Remove(W, "a-b"), Remove(F, "f"), Remove(C, "a"))))
    assert heard == []
    assert "a" in drawing.components
    assert twin != drawing
    assert drawing.incoming("b") == [wire("a", "b"), wire("b", "b")]


def test_views_cannot_be_written_to(drawing: Architecture) -> None:
    """All changes are edits."""
    with pytest.raises(TypeError):
        drawing.components["c"] = component("c")  # type: ignore[index]


@pytest.mark.parametrize("entity", [component("a", "nowhere"), wire("a", "b"), Flow(id="f", name="F", entry="a")])
def test_a_document_is_not_made_with_loose_ends(entity: Entity) -> None:
    """The same checks as for edits."""
    with pytest.raises(InvalidEdit):
        Architecture.of(Settings(), [entity])


def test_the_chain_of_boundaries_is_innermost_first(drawing: Architecture) -> None:
    """Without a boundary it is empty."""
    assert [b.id for b in drawing.boundaries_around("inner")] == ["inner", "outer"]
    assert drawing.boundaries_around(None) == []
