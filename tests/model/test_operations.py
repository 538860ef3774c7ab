"""What a person does, as one undo step each."""

from __future__ import annotations

from typing import Any

from designer.model import operations
from designer.model.architecture import Architecture
from designer.model.decisions import Decision
from designer.model.entities import Boundary, Collection, Component, Connection, Entity, Flow, Settings
from designer.model.names import is_id, slug, unique, unique_name

C, W, B, F = Collection.COMPONENTS, Collection.CONNECTIONS, Collection.BOUNDARIES, Collection.FLOWS


def shop() -> Architecture:
    """web -> jobs -> work in a group within a group, and a flow."""
    entities: list[Entity] = [
        Boundary(id="outer", kind="group", name="Outer"),
        Boundary(id="inner", kind="group", name="Inner", parent="outer", x=8, y=8),
        Component(id="web", kind="asg", name="Web", boundary="inner"),
        Component(id="jobs", kind="sqs", name="Jobs", boundary="inner"),
        Component(id="work", kind="lambda", name="Work"),
        Connection(id="web-jobs", source="web", target="jobs", relation="sends"),
        Connection(id="jobs-work", source="jobs", target="work", relation="triggers"),
        Flow(id="buy", name="Buy", entry="web"),
    ]
    return Architecture.of(Settings(), entities)


def test_deleting_takes_wires_and_flows_along() -> None:
    """One step, named after the component."""
    drawing = shop()
    edit = operations.delete(drawing, {C: ["web"]})
    drawing.apply(edit)
    assert edit.label == "Delete Web"
    assert set(drawing.connections) == {"jobs-work"}
    assert not drawing.flows


def test_deleting_a_boundary_leaves_its_content_in_the_next_one() -> None:
    """Both at once leave it in none."""
    drawing = shop()
    drawing.apply(operations.delete(drawing, {B: ["inner"]}))
    assert drawing.components["web"].boundary == "outer"
    drawing = shop()
    drawing.apply(operations.delete(drawing, {B: ["inner", "outer"], C: ["jobs"]}))
    assert drawing.components["web"].boundary is None
    assert not drawing.boundaries


def test_renaming_changes_the_ids_with_the_name() -> None:
    """Wires named after their ends follow, others stay."""
    drawing = shop()
    drawing.apply(operations.rename(drawing, "jobs", "Überweisungen & mehr"))
    assert drawing.components["uberweisungen-mehr"].name == "Überweisungen & mehr"
    assert set(drawing.connections) == {"web-uberweisungen-mehr", "uberweisungen-mehr-work"}
    drawing.apply(operations.rename(drawing, "web", "Work"))
    assert set(drawing.components) == {"work-2", "uberweisungen-mehr", "work"}


def test_an_id_that_was_chosen_stays() -> None:
    """It does not come from the name, so it does not follow it."""
    drawing = Architecture.of(Settings(), [Component(id="x1", kind="sqs", name="Orders")])
    drawing.apply(operations.rename(drawing, "x1", "Bills"))
    assert set(drawing.components) == {"x1"}


def test_copies_get_ids_and_names_of_their_own() -> None:
    """With the wires among them, at an offset, in the same boundary."""
    drawing = shop()
    parts = [drawing.components["web"], drawing.components["jobs"]]
    edit, ids = operations.duplicate(drawing, parts, drawing.connections.values())
    drawing.apply(edit)
    assert ids == {"web": "web-2", "jobs": "jobs-2"}
    assert drawing.components["web-2"].name == "Web 2"
    assert (drawing.components["web-2"].x, drawing.components["web-2"].boundary) == (32, "inner")
    assert drawing.connections["web-2-jobs-2"].relation == "sends"
    assert len(drawing.connections) == 3


def test_pasted_boundaries_never_share_an_id() -> None:
    """ "group" becomes "group-2", so the pasted "group-2" must become another."""
    target = Architecture.of(Settings(), [Boundary(id="group", kind="group", name="G")])
    pasted = [
        Boundary(id="group-2", kind="group", name="B", parent="group"),
        Boundary(id="group", kind="group", name="A"),
    ]
    inside = Component(id="q", kind="sqs", name="Q", boundary="group-2")
    edit, _ids = operations.duplicate(target, [inside], [], pasted)
    target.apply(edit)
    assert len(target.boundaries) == 3
    held = target.boundaries[str(target.components["q"].boundary)]
    assert held.name == "B"
    assert target.boundaries[str(held.parent)].name == "A"


def test_long_names_give_ids_that_are_ids() -> None:
    """Also for the wires between two of them, and for the second of the same name."""
    drawing = Architecture()
    for _ in range(3):
        drawing.apply(operations.add(operations.new_component(drawing, "sqs", "Long name " * 20, (0, 0)), "Add"))
    first, second, third = drawing.components
    for _ in range(2):
        drawing.apply(operations.connect(drawing, first, second, "fails-to"))
    drawing.apply(operations.connect(drawing, first, third, "fails-to"))
    edit, _ids = operations.duplicate(drawing, drawing.components.values(), drawing.connections.values())
    drawing.apply(edit)
    drawing.apply(operations.rename(drawing, first, "Even longer name " * 20))
    for key in (*drawing.components, *drawing.connections):
        assert is_id(key), key
    assert len(drawing.connections) == 6


def test_properties_and_fields_of_many_at_once() -> None:
    """`None` gives a property its default back."""
    drawing = shop()
    drawing.apply(operations.set_property(drawing, C, ["jobs", "work"], "memory", 512))
    assert drawing.components["work"].properties == {"memory": 512}
    drawing.apply(operations.set_property(drawing, C, ["jobs", "work"], "memory", None))
    assert drawing.components["work"].properties == {}
    drawing.apply(operations.set_field(drawing, C, ["jobs", "work"], "note", "x"))
    assert drawing.components["jobs"].note == "x"
    drawing.apply(operations.set_settings_property(drawing, "nat", "single"))
    drawing.apply(operations.set_settings_property(drawing, "nat", None))
    assert drawing.settings.properties == {}


def test_ids_from_names() -> None:
    """ASCII, starting with a letter; where no letter is left, the fallback."""
    assert slug("Orders queue", "sqs") == "orders-queue"
    assert slug("  Größe №1 ", "sqs") == "groe-no1"
    assert slug("42 things", "sqs") == "things"
    assert slug("注文", "sqs") == "sqs"
    assert len(slug("x" * 500, "sqs")) <= 64
    assert unique("a", {"a", "a-2"}) == "a-3"
    assert unique("a" * 64, {"a" * 64}) == "a" * 62 + "-2"
    assert unique_name("A", {"A", "A 2"}) == "A 3"
    assert [is_id(text) for text in ("a-1", "A", "1a", "a--b", "a-", "", "a" * 65, "ä")] == [True] + [False] * 7


def test_what_is_pinned_to_a_wire_stays_when_something_goes_between() -> None:
    """With the half that is given with it, else with the first."""
    decided = (Decision(title="By hand"),)
    ends = [Component(id=key, kind="lambda", name=key.upper()) for key in ("a", "b")]
    wire = Connection(id="a-b", source="a", target="b", relation="invokes", note="Soon", decisions=decided)
    cases: list[dict[str, Any]] = [{}, {"note": "Soon", "decisions": decided}]
    for second in cases:
        drawn = Architecture.of(Settings(), [*ends, wire])
        between = Component(id="q", kind="sqs", name="Q")
        halves = (
            Connection(id="", source="a", target="q", relation="sends"),
            Connection(id="", source="q", target="b", relation="triggers", **second),
        )
        drawn.apply(operations.insert_between(drawn, between, "a-b", halves))
        pinned = [(one.id, one.note, one.decisions) for one in drawn.connections.values() if one.is_annotated]
        assert pinned == [("q-b" if second else "a-q", "Soon", decided)]
