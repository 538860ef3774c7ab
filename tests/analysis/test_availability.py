"""Availability against enumeration of all states, its laws, and bounds that bound."""

from __future__ import annotations

import dataclasses
import random
from collections.abc import Iterator

import pytest

from designer.analysis.availability import Method, availability
from designer.analysis.bounds import bounds
from designer.analysis.budget import Budget, Cancelled
from designer.analysis.reduction import reduce_entry
from designer.analysis.system import Event, Group, InvalidSystem, Level, Node, System
from tests.analysis.failure_systems import brute_availability, needs, random_system, renamed, system_of
from tests.bench.bench_failure_engine import random_architecture

NO_CLOCK = Budget(nodes=20_000, seconds=None)
AMPLE = Budget(nodes=2_000_000, seconds=None)


def exact(system: System, entry: str = "n0") -> float:
    """The availability, which has to be exact."""
    result = availability(system, entry, AMPLE)
    assert result.exact
    return result.value


def random_systems(seed: int, count: int, max_events: int = 8) -> Iterator[tuple[random.Random, System]]:
    """Random systems, half of them with cycles, and the generator that made them."""
    rng = random.Random(seed)
    for _ in range(count):
        yield rng, random_system(rng, max_events=max_events)


def with_node(system: System, node: Node, *events: Event) -> System:
    """The system with one node replaced or added, and more events."""
    return System({**system.nodes, node.id: node}, {**system.events, **{event.id: event for event in events}})


@pytest.mark.parametrize(("count", "max_events"), [(500, 8), (40, 12)])
def test_it_is_the_sum_over_all_states(count: int, max_events: int) -> None:
    partial = 0
    for _, system in random_systems(11, count, max_events):
        expected = brute_availability(system, "n0")
        result = availability(system, "n0", NO_CLOCK)
        assert result.method is Method.exact
        assert result.value == result.lower == result.upper
        assert result.value == pytest.approx(expected, abs=1e-12)
        partial += 0.0 < expected < 1.0
    assert partial > count / 2


def test_certain_and_impossible_events() -> None:
    node = Node("n0", ("never",), replicas=(("always",), ("half",)), needed=1)
    assert exact(system_of({"never": 0.0, "always": 1.0, "half": 0.5}, node)) == 0.5
    assert exact(system_of({"never": 1.0, "always": 1.0, "half": 0.5}, node)) == 0.0
    assert exact(system_of({}, Node("n0"))) == 1.0


def test_a_further_replica_never_lowers_it() -> None:
    rose = 0
    for rng, system in random_systems(12, 300):
        node = rng.choice(list(system.nodes.values()))
        replica = ("new", *rng.sample(sorted(system.events), 1))
        more = dataclasses.replace(node, replicas=(*node.replicas, replica))
        after = exact(with_node(system, more, Event("new", 0.1, Level.instance, "new")))
        before = exact(system)
        assert after >= before - 1e-12
        rose += after > before + 1e-12
    assert rose > 20


def test_a_further_alternative_never_lowers_it() -> None:
    rose = 0
    for rng, system in random_systems(13, 300):
        node = rng.choice(list(system.nodes.values()))
        if not node.groups:
            continue
        first, *rest = node.groups
        wider = dataclasses.replace(node, groups=(Group((*first.members, "new"), first.needed), *rest))
        grown = with_node(system, Node("new", ("new",)), Event("new", 0.1, Level.instance, "new"))
        before, after = exact(system), exact(with_node(grown, wider))
        assert after >= before - 1e-12
        rose += after > before + 1e-12
    assert rose > 20


def test_a_further_hard_dependency_never_raises_it() -> None:
    fell = 0
    for rng, system in random_systems(14, 300):
        node = rng.choice(list(system.nodes.values()))
        bound = dataclasses.replace(node, groups=(*node.groups, *needs(rng.choice(list(system.nodes)))))
        before, after = exact(system), exact(with_node(system, bound))
        assert after <= before + 1e-12
        fell += after < before - 1e-12
    assert fell > 20


def test_names_and_order_do_not_matter() -> None:
    for rng, system in random_systems(15, 200):
        other, nodes, _ = renamed(system, rng)
        assert exact(other, nodes["n0"]) == pytest.approx(exact(system), abs=1e-12)


def test_splitting_a_box_into_its_parts_does_not_matter() -> None:
    """Own events of a node may as well be nodes that it needs, and replicas members of a group."""
    for _, system in random_systems(16, 200):
        nodes: dict[str, Node] = {}
        for node in system.nodes.values():
            parts = [Node(f"{node.id}/own{i}", (event,)) for i, event in enumerate(node.events)]
            copies = [Node(f"{node.id}/copy{i}", replica) for i, replica in enumerate(node.replicas)]
            pool = (Group(tuple(copy.id for copy in copies), node.needed),) if node.needed else ()
            split = Node(node.id, groups=(*node.groups, *needs(*(part.id for part in parts)), *pool))
            nodes |= {part.id: part for part in (split, *parts, *copies)}
        assert exact(System(nodes, system.events)) == pytest.approx(exact(system), abs=1e-12)


def test_a_shared_zone_counts_once() -> None:
    system = system_of({"za": 0.1}, Node("n0", ("za",), groups=needs("db")), Node("db", ("za",)))
    assert exact(system) == pytest.approx(0.9, abs=1e-15)


def test_a_ring_of_hard_dependencies_is_one_series() -> None:
    size = 3_000
    nodes = [Node(f"n{i}", (f"e{i}",), groups=needs(f"n{(i + 1) % size}")) for i in range(size)]
    system = system_of({f"e{i}": 1e-4 for i in range(size)}, *nodes)
    assert exact(system) == pytest.approx((1 - 1e-4) ** size, abs=1e-12)


def test_three_hundred_nodes_fit_the_live_node_budget() -> None:
    """What the two reductions are for; without them the diagram is some ten times larger."""
    for seed in (1, 2, 300):
        assert availability(random_architecture(300, seed), "n0", NO_CLOCK).exact


def test_a_deep_chain_of_alternatives_is_not_too_deep() -> None:
    """Node i needs itself or a spare, then the next: 1 500 levels, each a pair, known in closed form."""
    size = 1_500
    q = {f"{kind}{i}": 0.01 for i in range(size) for kind in "ab"}
    nodes = [
        Node(f"n{i}", groups=(Group((f"a{i}", f"b{i}"), 1), *(needs(f"n{i + 1}") if i + 1 < size else ())))
        for i in range(size)
    ]
    leaves = [Node(name, (name,)) for name in q]
    assert exact(system_of(q, *nodes, *leaves)) == pytest.approx((1 - 1e-4) ** size, abs=1e-12)


def test_unknown_entry_is_refused() -> None:
    with pytest.raises(InvalidSystem, match="unknown node 'x'"):
        availability(system_of({}, Node("n0")), "x")


def tangled(layers: int, width: int, q: float, seed: int = 0) -> System:
    """Layers in which every node needs one of two nodes of the next: no small decision diagram."""
    rng = random.Random(seed)
    nodes = [Node("n0", groups=(Group(("0.0", "0.1"), 1),))]
    for layer in range(layers):
        for place in range(width):
            members = rng.sample(range(width), 2)
            groups = (Group(tuple(f"{layer + 1}.{m}" for m in members), 1),) if layer + 1 < layers else ()
            nodes.append(Node(f"{layer}.{place}", (f"{layer}.{place}",), groups=groups))
    return system_of({f"{layer}.{place}": q for layer in range(layers) for place in range(width)}, *nodes)


def test_beyond_the_node_budget_there_are_bounds_and_they_hold() -> None:
    system = tangled(layers=9, width=9, q=0.002)
    truth = exact(system)
    result = availability(system, "n0", Budget(nodes=100, seconds=None))
    assert (result.exact, result.method) == (False, Method.bound)
    assert result.value == result.lower
    assert 0.0 < result.lower <= truth <= result.upper < 1.0
    assert result.upper - result.lower < 0.001


def test_beyond_the_time_budget_there_are_bounds() -> None:
    result = availability(tangled(layers=12, width=24, q=0.001), "n0", Budget(nodes=10**7, seconds=0.02))
    assert result.method is Method.bound
    assert 0.99 < result.lower <= result.upper <= 1.0


@pytest.mark.parametrize("nodes", [2, 4, 7])
@pytest.mark.parametrize("pairs", [True, False])
def test_bounds_hold_on_random_systems(monkeypatch: pytest.MonkeyPatch, nodes: int, pairs: bool) -> None:
    if not pairs:
        monkeypatch.setattr("designer.analysis.bounds._MOST_PAIR_WORK", -1)
    inside = 0
    for _, system in random_systems(17, 600):
        truth = brute_availability(system, "n0")
        lower, upper = bounds(reduce_entry(system, "n0"), Budget(nodes=nodes, seconds=None))
        assert 0.0 <= lower <= truth + 1e-12
        assert truth <= upper + 1e-12 <= 1.0 + 1e-12
        inside += lower < truth - 1e-12 < upper
    assert inside > 50


def test_bounds_hold_where_a_spare_needs_several_parts() -> None:
    """The spare fails with either part: adding up, not the better of the two, limits it."""
    q = {"main": 0.9, "p1": 0.5, "p2": 0.5}
    leaves = [Node(name, (name,)) for name in q]
    spare = Node("spare", groups=(Group(("p1", "p2"), 2),))
    system = system_of(q, Node("n0", groups=(Group(("main", "spare"), 1),)), spare, *leaves)
    lower, upper = bounds(reduce_entry(system, "n0"), Budget(nodes=2, seconds=None))
    assert lower <= 1 - 0.9 * 0.75 <= upper


def test_bounds_hold_where_alternatives_fail_in_a_cycle() -> None:
    q = {"a": 0.5, "b": 0.5, "c": 0.9}
    system = system_of(
        q,
        Node("n0", groups=(Group(("x", "c"), 1),)),
        Node("x", ("a",), groups=needs("y")),
        Node("y", ("b",), groups=needs("x")),
        Node("c", ("c",)),
    )
    lower, upper = bounds(reduce_entry(system, "n0"), Budget(nodes=2, seconds=None))
    assert lower <= 1 - 0.9 * 0.75 <= upper


def test_a_member_left_half_computed_is_not_taken_for_working() -> None:
    """Five nodes hold the parts of x but not x; its second use must not find an unfinished result."""
    q = {"a": 0.9, "y": 0.5, "z": 0.5, "m": 0.1}
    system = system_of(
        q,
        Node("n0", groups=(Group(("x", "m"), 1), Group(("x", "y"), 1))),
        Node("x", ("a",), groups=(Group(("y", "z"), 1),)),
        *(Node(name, (name,)) for name in "yzm"),
    )
    lower, upper = bounds(reduce_entry(system, "n0"), Budget(nodes=5, seconds=None))
    assert lower <= brute_availability(system, "n0") <= upper


def test_bounds_of_large_systems_are_found_without_pairs() -> None:
    """Too many events for one pass each: bounds from the terms alone, still around the known value."""
    size = 600
    q = {f"{kind}{i}": 0.001 for i in range(size) for kind in "ab"}
    pairs = [Node(f"p{i}", replicas=((f"a{i}",), (f"b{i}",)), needed=1) for i in range(size)]
    system = system_of(q, Node("n0", groups=needs(*(pair.id for pair in pairs))), *pairs)
    lower, upper = bounds(reduce_entry(system, "n0"), NO_CLOCK)
    truth = (1 - 1e-6) ** size
    assert lower - 1e-12 <= truth <= upper
    assert lower > 0.99


def test_cancelling_ends_the_computation_and_its_bounds() -> None:
    system = tangled(layers=9, width=9, q=0.002)
    with pytest.raises(Cancelled):
        availability(system, "n0", Budget(nodes=10**6, seconds=None, should_stop=lambda: True))
    with pytest.raises(Cancelled):
        bounds(reduce_entry(system, "n0"), Budget(should_stop=lambda: True))


def test_without_a_clock_the_outcome_is_repeatable() -> None:
    system = tangled(layers=9, width=9, q=0.002)
    budget = Budget(nodes=200, seconds=None)
    assert availability(system, "n0", budget) == availability(system, "n0", budget)


def test_many_shared_zones_are_tested_where_they_occur() -> None:
    """Each of 20 zones is shared by its own two nodes: testing all zones first would make 2^20 cases."""
    q = {f"z{i}": 0.01 for i in range(21)} | {f"i{i}": 0.01 for i in range(20)}
    first = [Node(f"a{i}", replicas=((f"z{i}",), (f"i{i}",)), needed=1) for i in range(20)]
    second = [Node(f"b{i}", replicas=((f"z{i}",), (f"z{i + 1}",)), needed=1) for i in range(20)]
    system = system_of(q, Node("n0", groups=needs(*(node.id for node in first + second))), *first, *second)
    healthy = {True: 0.99, False: 0.01 * 0.99}
    for _ in range(19):
        healthy = {True: 0.99 * (healthy[True] + healthy[False]), False: 0.01 * 0.99 * healthy[True]}
    expected = healthy[True] + healthy[False] * 0.99
    assert exact(system) == pytest.approx(expected, abs=1e-12)
