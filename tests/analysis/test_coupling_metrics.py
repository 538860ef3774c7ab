"""Coupling metrics: their definitions on random graphs, and the smells on drawn ones."""

from __future__ import annotations

import itertools
import random
import statistics

import pytest

from designer.analysis.coupling_metrics import Dependency, metrics


def edges_of(*pairs: str, sync_hard: bool = True) -> list[Dependency]:
    """Dependencies from "a>b" words."""
    return [Dependency(consumer, provider, sync_hard) for consumer, provider in (pair.split(">") for pair in pairs)]


def random_graph(rng: random.Random) -> tuple[list[str], list[Dependency]]:
    names = [f"s{number}" for number in range(rng.randint(1, 9))]
    edges = [Dependency(rng.choice(names), rng.choice(names), rng.random() < 0.6) for _ in range(rng.randint(0, 20))]
    return names, edges


def reach(start: str, pairs: set[tuple[str, str]]) -> set[str]:
    """Everything on a path of at least one step from ``start``."""
    found: set[str] = set()
    fresh = {provider for consumer, provider in pairs if consumer == start}
    while fresh:
        found |= fresh
        fresh = {provider for consumer, provider in pairs if consumer in found} - found
    return found


def test_counts_and_ratios_follow_their_definitions() -> None:
    rng = random.Random(31)
    for _ in range(300):
        names, edges = random_graph(rng)
        result = metrics(names, edges)
        pairs = {(edge.consumer, edge.provider) for edge in edges if edge.consumer != edge.provider}
        hard = {(e.consumer, e.provider) for e in edges if e.consumer != e.provider and e.sync_hard}
        for name in names:
            consumers = {consumer for consumer, provider in pairs if provider == name}
            providers = {provider for consumer, provider in pairs if consumer == name}
            assert (result.ais[name], result.ads[name]) == (len(consumers), len(providers))
            assert result.acs[name] == len(consumers) * len(providers)
            both = len(consumers) + len(providers)
            assert result.instability[name] == (len(providers) / both if both else None)
            if len(names) > 1:
                assert result.ris[name] == len(consumers) / (len(names) - 1)
                assert result.rcs[name] == len(providers) / (len(names) - 1)
        assert result.adcs == pytest.approx(statistics.fmean(result.ads.values()))
        assert result.siy == len({frozenset(pair) for pair in pairs if pair[::-1] in pairs})
        assert result.sync_ratio == (len(hard) / len(pairs) if pairs else 0.0)
        assert {frozenset(cycle) for cycle in result.cycles} == mutual(names, pairs)
        assert {frozenset(cycle) for cycle in result.sync_cycles} == mutual(names, hard)


def mutual(names: list[str], pairs: set[tuple[str, str]]) -> set[frozenset[str]]:
    """The sets of two or more services that reach one another."""
    reached = {name: reach(name, pairs) for name in names}
    groups = {
        frozenset({name} | {other for other in names if other in reached[name] and name in reached[other]})
        for name in names
    }
    return {group for group in groups if len(group) > 1}


def test_the_synchronous_path_is_a_path_and_none_is_longer() -> None:
    rng = random.Random(32)
    deepest = 0
    for _ in range(300):
        names, edges = random_graph(rng)
        result = metrics(names, edges)
        hard = {(e.consumer, e.provider) for e in edges if e.consumer != e.provider and e.sync_hard}
        for consumers, providers in itertools.pairwise(result.sync_path):
            assert any((consumer, provider) in hard for consumer in consumers for provider in providers)
        assert result.sync_depth == longest(names, hard)
        assert result.sync_depth == max(len(result.sync_path) - 1, 0)
        deepest = max(deepest, result.sync_depth)
    assert deepest >= 4


def longest(names: list[str], pairs: set[tuple[str, str]]) -> int:
    """The most calls on a path on which a cycle counts as one step, by trying every start."""
    cycle_of = {name: cycle for cycle in mutual(names, pairs) for name in cycle}

    def home(name: str) -> frozenset[str]:
        return cycle_of.get(name, frozenset({name}))

    def depth(part: frozenset[str]) -> int:
        further = {home(provider) for consumer, provider in pairs if consumer in part} - {part}
        return max((1 + depth(other) for other in further), default=0)

    return max(depth(home(name)) for name in names)


def test_the_order_of_the_arguments_does_not_matter() -> None:
    rng = random.Random(33)
    for _ in range(100):
        names, edges = random_graph(rng)
        expected = metrics(names, edges)
        rng.shuffle(names)
        rng.shuffle(edges)
        assert metrics(names, edges) == expected


def test_parallel_edges_merge_and_self_calls_do_not_count() -> None:
    edges = [*edges_of("a>b", sync_hard=False), *edges_of("a>b", "a>a"), *edges_of("a>b", sync_hard=False)]
    result = metrics("ab", edges)
    assert (result.ads["a"], result.ais["b"], result.sync_ratio) == (1, 1, 1.0)
    assert result.cycles == ()


def test_asynchronous_edges_break_the_synchronous_path_and_cycle() -> None:
    edges = [*edges_of("a>b", "b>c"), *edges_of("c>a", "c>d", sync_hard=False)]
    result = metrics("abcd", edges)
    assert result.sync_path == (("a",), ("b",), ("c",))
    assert result.sync_depth == 2
    assert result.cycles == (("a", "b", "c"),)
    assert result.sync_cycles == ()


def test_a_cycle_on_the_path_is_one_step() -> None:
    result = metrics("abcd", edges_of("a>b", "b>c", "c>b", "c>d"))
    assert result.sync_path == (("a",), ("b", "c"), ("d",))


def hub(consumers: int, providers: int) -> list[Dependency]:
    return edges_of(*(f"c{i}>hub" for i in range(consumers)), *(f"hub>p{i}" for i in range(providers)))


@pytest.mark.parametrize(
    ("consumers", "providers", "hubs"),
    [(4, 4, ("hub",)), (6, 5, ("hub",)), (3, 8, ()), (8, 3, ()), (3, 3, ())],
)
def test_a_hub_has_many_consumers_and_many_providers(consumers: int, providers: int, hubs: tuple[str, ...]) -> None:
    edges = hub(consumers, providers)
    names = {name for edge in edges for name in (edge.consumer, edge.provider)}
    assert metrics(names, edges).hubs == hubs


def test_where_all_are_alike_none_is_a_hub() -> None:
    names = [f"s{i}" for i in range(6)]
    every = [Dependency(a, b) for a in names for b in names if a != b]
    assert metrics(names, every).hubs == ()


def test_an_unstable_dependency_needs_a_difference_above_a_tenth() -> None:
    at_limit = edges_of(
        *(f"x{i}>s" for i in range(5)),
        *(f"s>y{i}" for i in range(4)),
        "s>t",
        *(f"x{i}>t" for i in range(1)),
        *(f"t>y{i}" for i in range(3)),
    )
    names = {name for edge in at_limit for name in (edge.consumer, edge.provider)}
    result = metrics(names, at_limit)
    assert (result.instability["s"], result.instability["t"]) == (0.5, 0.6)
    assert ("s", "t") not in result.unstable_dependencies
    beyond = metrics(names, [*at_limit, Dependency("t", "y3")])
    assert ("s", "t") in beyond.unstable_dependencies


def test_empty_and_single_graphs_are_defined() -> None:
    empty = metrics([], [])
    assert (empty.adcs, empty.scf, empty.siy, empty.sync_ratio, empty.sync_depth) == (0.0, 0.0, 0, 0.0, 0)
    single = metrics(["a"], [])
    assert (single.scf, single.ris["a"], single.rcs["a"], single.instability["a"]) == (0.0, 0.0, 0.0, None)


def test_an_unknown_service_is_named() -> None:
    with pytest.raises(ValueError, match="from 'a' to 'b' names the unknown 'b'"):
        metrics(["a"], edges_of("a>b"))


def test_a_chain_of_3000_services_is_not_too_deep() -> None:
    names = [f"{number:04}" for number in range(3_000)]
    chain = [Dependency(consumer, provider) for consumer, provider in itertools.pairwise(names)]
    assert metrics(names, chain).sync_depth == 2_999
    ring = [*chain, Dependency(names[-1], names[0])]
    assert len(metrics(names, ring).cycles[0]) == 3_000


def test_a_service_on_its_own_is_neither_stable_nor_unstable() -> None:
    result = metrics("abc", edges_of("a>b"))
    assert (result.instability["a"], result.instability["b"], result.instability["c"]) == (1.0, 0.0, None)
    assert result.unstable_dependencies == ()
