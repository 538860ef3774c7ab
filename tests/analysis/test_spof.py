"""Single points of failure are what a knock-out of one event says they are."""

from __future__ import annotations

import itertools
import random
import time

import pytest

from designer.analysis.cutsets import minimal_cut_sets
from designer.analysis.spof import bits, in_at_least, single_points, single_points_by_node, witness
from designer.analysis.system import Group, InvalidSystem, Node, System, structure
from designer.analysis.works import works
from tests.analysis.failure_systems import brute_works, needs, random_system, system_of


def test_single_points_are_the_cut_sets_of_one_and_the_knock_outs_of_one() -> None:
    rng = random.Random(3)
    found = cyclic = chosen = 0
    for _ in range(1_000):
        system = random_system(rng)
        single = single_points(system, "n0")
        assert single == {event for event in system.events if not brute_works(system, [event])["n0"]}
        assert [(event,) for event in sorted(single)] == list(minimal_cut_sets(system, "n0", 1).sets)
        found += len(single)
        cyclic += is_cyclic(system)
        chosen += any(1 < group.needed < len(group.members) for node in system.nodes.values() for group in node.groups)
    assert found > 1_000
    assert cyclic > 300, "systems with circles of dependencies"
    assert chosen > 100, "systems with two of three"


def is_cyclic(system: System) -> bool:
    """Whether some nodes depend on themselves."""
    part = structure(system, system.nodes)
    return any(part.is_cyclic(component) for component in part.components)


def test_single_points_of_all_nodes_at_once() -> None:
    rng = random.Random(4)
    for _ in range(200):
        system = random_system(rng)
        assert single_points_by_node(system) == {name: single_points(system, name) for name in system.nodes}


def test_the_witness_is_a_path_of_failing_nodes_to_the_event() -> None:
    rng = random.Random(5)
    longest = 0
    for _ in range(400):
        system = random_system(rng)
        for event in system.events:
            path = witness(system, "n0", event)
            if not path:
                assert works(system, [event])["n0"]
                continue
            longest = max(longest, len(path))
            _check_witness(system, event, path)
    assert longest >= 3


def _check_witness(system: System, event: str, path: tuple[str, ...]) -> None:
    assert path[0] == "n0"
    assert len(set(path)) == len(path)
    up = works(system, [event])
    assert not any(up[name] for name in path)
    for consumer, provider in itertools.pairwise(path):
        broken = [
            group
            for group in system.nodes[consumer].groups
            if provider in group.members and sum(up[member] for member in group.members) < group.needed
        ]
        assert broken
    last = system.nodes[path[-1]]
    assert event in last.events or any(event in replica for replica in last.replicas)


def test_a_leaf_database_is_one_although_it_lies_on_no_path_between_others() -> None:
    system = system_of({"web": 0.1, "db": 0.1}, Node("web", ("web",), groups=needs("db")), Node("db", ("db",)))
    assert single_points(system, "web") == {"web", "db"}
    assert witness(system, "web", "db") == ("web", "db")


def test_a_zone_under_two_alternatives_is_one() -> None:
    system = system_of(
        {"i1": 0.1, "i2": 0.1, "za": 0.1},
        Node("web", groups=(Group(("a", "b"), 1),)),
        Node("a", ("i1", "za")),
        Node("b", ("i2", "za")),
    )
    assert single_points(system, "web") == {"za"}
    assert witness(system, "web", "za") == ("web", "a")
    assert witness(system, "web", "i1") == ()


def test_unknown_ids_are_refused() -> None:
    system = system_of({"e": 0.1}, Node("web", ("e",)))
    with pytest.raises(InvalidSystem, match="unknown node"):
        single_points(system, "x")
    with pytest.raises(InvalidSystem, match="unknown event"):
        witness(system, "web", "x")


@pytest.mark.parametrize("closed", [False, True])
def test_a_chain_or_a_ring_of_3000_nodes_takes_one_pass(closed: bool) -> None:
    size = 3_000
    nodes = [
        Node(f"n{i}", (f"e{i}",), groups=needs(f"n{(i + 1) % size}") if closed or i + 1 < size else ())
        for i in range(size)
    ]
    system = system_of({f"e{i}": 0.001 for i in range(size)}, *nodes)
    start = time.thread_time()
    assert len(single_points(system, "n0")) == size
    assert time.thread_time() - start < 2.0
    assert len(witness(system, "n0", "e2999")) == size


def test_bits_in_at_least_so_many_masks() -> None:
    rng = random.Random(6)
    for _ in range(200):
        masks = [rng.getrandbits(9) for _ in range(rng.randint(1, 5))]
        count = rng.randint(1, 6)
        expected = [bit for bit in range(9) if sum(mask >> bit & 1 for mask in masks) >= count]
        assert bits(in_at_least(masks, count)) == expected
