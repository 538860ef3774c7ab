"""Three-way merges: what one side did is kept, what both did is asked, and the outcome always is an architecture."""

from __future__ import annotations

import random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from designer.catalog.catalog import Catalog, load_catalog
from designer.model.architecture import Architecture
from designer.model.decisions import Decision, Status
from designer.model.differences import changes_between, edit_of
from designer.model.edits import Put, PutSettings, Remove
from designer.model.entities import Boundary, Collection, Component, Connection, Flow, Settings
from designer.storage.files import dumps, loads
from designer.storage.merge import Side, merge
from tests.storage.killing import edit_number

COMPONENTS, BOUNDARIES = Collection.COMPONENTS, Collection.BOUNDARIES


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return load_catalog()


@pytest.fixture
def base() -> Architecture:
    """A queue, a worker, the wire between them, a flow and two groups."""
    return Architecture.of(
        Settings(name="Shop"),
        [
            Boundary(id="in", kind="group", name="Inside"),
            Boundary(id="out", kind="group", name="Outside"),
            Component(id="jobs", kind="sqs", name="Jobs", boundary="in"),
            Component(id="worker", kind="lambda", name="Worker"),
            Component(id="users", kind="users", name="Users"),
            Connection(id="jobs-worker", source="jobs", target="worker", relation="triggers"),
            Flow(id="order", name="Order", entry="users"),
        ],
    )


def changed(base: Architecture, *edits: Any) -> Architecture:
    """What one side made of it."""
    made = base.copy()
    for edit in edits:
        made.apply(edit)
    return made


def put(base: Architecture, key: str, **fields: Any) -> Put:
    return Put(base.components[key].with_(**fields))


def test_decisions_at_different_places_come_together(base: Architecture, catalog: Catalog) -> None:
    """At one place they are a conflict, told as what it is."""
    queue, mail = Decision(title="A queue", status=Status.ACCEPTED), Decision(title="Mail", why="Because.")
    wire = base.connections["jobs-worker"]
    mine = changed(base, put(base, "jobs", decisions=(queue,)), Put(wire.with_(note="Soon.")))
    theirs = changed(base, put(base, "worker", decisions=(mail,)), PutSettings(base.settings.with_(decisions=(mail,))))
    made = merge(base, mine, theirs, catalog)
    merged, _notes = made.resolve()
    assert made.conflicts == () and merged.settings.decisions == (mail,)
    assert merged.components["jobs"].decisions == (queue,) and merged.components["worker"].decisions == (mail,)
    assert merged.connections["jobs-worker"].note == "Soon."
    other = changed(base, put(base, "jobs", decisions=(mail,), note="No."))
    (conflict,) = merge(base, mine, other, catalog).conflicts
    assert conflict.did(Side.MINE) == "changed decisions" and conflict.did(Side.THEIRS) == "changed note, decisions"
    whole = [changed(base, PutSettings(base.settings.with_(decisions=some))) for some in ((queue,), (mail, queue))]
    (conflict,) = merge(base, *whole, catalog).conflicts
    assert (conflict.did(Side.MINE), conflict.did(Side.THEIRS)) == ("set to ['A queue']", "set to ['Mail', 'A queue']")


def test_changes_of_different_things_come_together(base: Architecture, catalog: Catalog) -> None:
    mine = changed(base, put(base, "jobs", x=40), PutSettings(base.settings.with_(name="Laden")))
    theirs = changed(
        base,
        put(base, "worker", name="Arbeiter"),
        Put(Component(id="mail", kind="sqs", name="Mail")),
        PutSettings(base.settings.with_(region="eu-central-1")),
    )
    made = merge(base, mine, theirs, catalog)
    merged, notes = made.resolve()
    assert made.conflicts == () and notes == ()
    assert merged.components["jobs"].x == 40 and merged.components["worker"].name == "Arbeiter"
    assert "mail" in merged.components
    assert (merged.settings.name, merged.settings.region) == ("Laden", "eu-central-1")


def test_the_same_change_on_both_sides_is_no_conflict(base: Architecture, catalog: Catalog) -> None:
    side = changed(base, put(base, "jobs", x=40), Remove(Collection.FLOWS, "order"))
    made = merge(base, side, side.copy(), catalog)
    assert made.conflicts == () and made.resolve()[0] == side


def test_what_both_changed_is_asked(base: Architecture, catalog: Catalog) -> None:
    mine, theirs = changed(base, put(base, "jobs", x=40)), changed(base, put(base, "jobs", name="Tasks"))
    made = merge(base, mine, theirs, catalog)
    (conflict,) = made.conflicts
    assert conflict.title == "Component jobs (Jobs)"
    assert (conflict.did(Side.MINE), conflict.did(Side.THEIRS)) == ("changed position", "changed name")
    assert made.resolve()[0] == mine
    assert made.resolve({conflict.unit: Side.THEIRS})[0] == theirs


def test_a_change_is_not_lost_to_a_removal(base: Architecture, catalog: Catalog) -> None:
    mine = changed(base, Remove(Collection.CONNECTIONS, "jobs-worker"), Remove(COMPONENTS, "worker"))
    theirs = changed(base, put(base, "worker", name="Arbeiter"))
    made = merge(base, mine, theirs, catalog)
    (conflict,) = made.conflicts
    assert (conflict.did(Side.MINE), conflict.usual) == ("removed", Side.THEIRS)
    assert made.resolve()[0].components["worker"].name == "Arbeiter"
    assert made.resolve({conflict.unit: Side.MINE})[0] == mine


def test_what_a_new_wire_needs_stays_or_takes_the_wire_along(base: Architecture, catalog: Catalog) -> None:
    mine = changed(base, Remove(Collection.CONNECTIONS, "jobs-worker"), Remove(COMPONENTS, "jobs"))
    theirs = changed(
        base,
        Put(Component(id="mail", kind="lambda", name="Mail")),
        Put(Connection(id="jobs-mail", source="jobs", target="mail", relation="triggers")),
    )
    made = merge(base, mine, theirs, catalog)
    (conflict,) = made.conflicts
    assert conflict.unit == (COMPONENTS, "jobs")
    kept, notes = made.resolve()
    assert {"jobs", "mail"} <= set(kept.components) and set(kept.connections) == {"jobs-mail"} and notes == ()
    gone, notes = made.resolve({conflict.unit: Side.MINE})
    assert "jobs" not in gone.components and not gone.connections
    assert notes == ("'jobs-mail' went with 'jobs', which was removed",)


def test_a_removed_boundary_lets_what_is_in_it_out(base: Architecture, catalog: Catalog) -> None:
    mine = changed(base, put(base, "jobs", boundary=None), Remove(BOUNDARIES, "in"))
    theirs = changed(base, put(base, "worker", boundary="in"))
    made = merge(base, mine, theirs, catalog)
    (conflict,) = made.conflicts
    assert made.resolve()[0].components["worker"].boundary == "in"
    merged, notes = made.resolve({conflict.unit: Side.MINE})
    assert merged.components["worker"].boundary is None and "moved out of 'in'" in notes[0]


def test_boundaries_never_stand_in_a_circle(base: Architecture, catalog: Catalog) -> None:
    mine = changed(base, Put(base.boundaries["in"].with_(parent="out")))
    theirs = changed(base, Put(base.boundaries["out"].with_(parent="in")))
    merged, notes = merge(base, mine, theirs, catalog).resolve()
    assert merged.boundaries["in"].parent == "out" and merged.boundaries["out"].parent is None
    assert "inside itself" in notes[0]


def test_different_things_of_one_id_are_both_kept(base: Architecture, catalog: Catalog) -> None:
    mine = changed(base, Put(Component(id="mail", kind="sqs", name="Mail")))
    theirs = changed(
        base,
        Put(Component(id="mail", kind="sns", name="Mail")),
        Put(Connection(id="mail-worker", source="mail", target="worker", relation="delivers")),
    )
    made = merge(base, mine, theirs, catalog)
    merged, notes = made.resolve()
    assert made.conflicts == ()
    assert merged.components["mail"].kind == "sqs" and merged.components["mail-2"].kind == "sns"
    assert merged.connections["mail-worker"].source == "mail-2"
    assert notes == ("both sides added 'mail' for different things: theirs is 'mail-2' now",)


def test_one_thing_that_both_added_is_a_conflict(base: Architecture, catalog: Catalog) -> None:
    mine = changed(base, Put(Component(id="mail", kind="sqs", name="Mail", x=1)))
    theirs = changed(base, Put(Component(id="mail", kind="sqs", name="Mail", x=2)))
    (conflict,) = merge(base, mine, theirs, catalog).conflicts
    assert (conflict.did(Side.MINE), conflict.did(Side.THEIRS)) == ("added", "added")


def test_a_wire_that_no_longer_fits_goes_and_is_named(base: Architecture, catalog: Catalog) -> None:
    bare = changed(base, Remove(Collection.CONNECTIONS, "jobs-worker"))
    mine = changed(bare, Put(Component(id="jobs", kind="rds", name="Jobs")))
    theirs = changed(bare, Put(base.connections["jobs-worker"]))
    merged, notes = merge(bare, mine, theirs, catalog).resolve()
    assert merged.components["jobs"].kind == "rds" and not merged.connections
    assert "does not fit" in notes[0]


def test_the_edit_between_two_architectures_leads_from_one_to_the_other(base: Architecture) -> None:
    other = changed(
        base, Remove(Collection.CONNECTIONS, "jobs-worker"), Remove(COMPONENTS, "worker"), put(base, "jobs", x=9)
    )
    now = base.copy()
    back = now.apply(edit_of(changes_between(base, other, "Reload")))
    assert now == other
    now.apply(back)
    assert now == base


def edited(start: Architecture, seed: int, first: int, count: int) -> Architecture:
    """An architecture after some random edits; their number in the settings is left out."""
    now = start.copy()
    for number in range(first, first + count):
        now.apply(edit_number(number, seed, now))
    now.apply(PutSettings(start.settings))
    return now


SEEDS = st.integers(0, 10**6)
COUNTS = st.integers(0, 25)


@given(SEEDS, COUNTS, COUNTS, COUNTS)
def test_any_decision_gives_a_file_that_opens(seed: int, before: int, here: int, there: int) -> None:
    catalog = load_catalog()
    base = edited(Architecture(), seed, 1, before)
    mine, theirs = edited(base, seed + 1, 100, here), edited(base, seed + 2, 110, there)
    made = merge(base, mine, theirs, catalog)
    rng = random.Random(seed)
    for decisions in ({}, {one.unit: rng.choice(list(Side)) for one in made.conflicts}):
        merged, _ = made.resolve(decisions)
        assert loads(dumps(merged), catalog) == merged


@given(SEEDS, COUNTS, COUNTS)
def test_a_side_that_did_nothing_changes_nothing(seed: int, before: int, count: int) -> None:
    catalog = load_catalog()
    base = edited(Architecture(), seed, 1, before)
    other = edited(base, seed + 1, 100, count)
    for mine, theirs in ((other, base), (base, other)):
        made = merge(base, mine, theirs, catalog)
        assert made.conflicts == () and made.resolve() == (other, ())


@given(SEEDS, COUNTS, COUNTS, COUNTS)
def test_nothing_that_a_side_added_is_lost(seed: int, before: int, here: int, there: int) -> None:
    """Where nobody decides, every component that was added is there."""
    catalog = load_catalog()
    base = edited(Architecture(), seed, 1, before)
    mine, theirs = edited(base, seed + 1, 100, here), edited(base, seed + 2, 130, there)
    merged, _ = merge(base, mine, theirs, catalog).resolve()
    for side in (mine, theirs):
        new = side.components.keys() - base.components.keys()
        assert new <= merged.components.keys()
