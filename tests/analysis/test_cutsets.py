"""Minimal cut sets against enumeration, and importance against finite differences and definitions."""

from __future__ import annotations

import dataclasses
import math
import random

import pytest

from designer.analysis.availability import availability
from designer.analysis.budget import Budget, BudgetExceeded, Cancelled
from designer.analysis.cutsets import minimal_cut_sets
from designer.analysis.importance import importance
from designer.analysis.system import Node, System
from tests.analysis.failure_systems import brute_availability, brute_cut_sets, random_system, renamed, system_of

AMPLE = Budget(nodes=2_000_000, seconds=None)


@pytest.mark.parametrize("order", [1, 2, 3])
def test_cut_sets_are_those_found_by_trying_everything(order: int) -> None:
    rng = random.Random(21)
    found = 0
    for _ in range(800):
        system = random_system(rng, max_events=9)
        result = minimal_cut_sets(system, "n0", order, AMPLE)
        assert result.complete_to == order
        assert len(set(result.sets)) == len(result.sets)
        assert {frozenset(cut) for cut in result.sets} == brute_cut_sets(system, "n0", order)
        found += sum(len(cut) == order for cut in result.sets)
    assert found > 60


def test_cut_sets_come_in_a_fixed_order_under_any_names() -> None:
    rng = random.Random(22)
    for _ in range(100):
        system = random_system(rng, max_events=9)
        other, nodes, events = renamed(system, rng)
        expected = [tuple(sorted(events[event] for event in cut)) for cut in minimal_cut_sets(system, "n0").sets]
        assert list(minimal_cut_sets(other, nodes["n0"]).sets) == sorted(expected, key=lambda cut: (len(cut), cut))


def _half_of(size: int) -> System:
    """Replicas with two events each, half of them needed: no short cut sets, many long ones."""
    replicas = tuple((f"a{i}", f"b{i}") for i in range(size))
    q = {event: 0.01 for replica in replicas for event in replica}
    return system_of(q, Node("n0", replicas=replicas, needed=size // 2))


def test_beyond_the_budget_the_pairs_are_complete_and_it_says_so() -> None:
    rng = random.Random(23)
    pairs = 0
    for _ in range(100):
        system = random_system(rng, max_events=9)
        result = minimal_cut_sets(system, "n0", 3, Budget(nodes=1, seconds=None))
        assert {frozenset(cut) for cut in result.sets} >= brute_cut_sets(system, "n0", result.complete_to)
        assert all(len(cut) <= max(2, result.complete_to) for cut in result.sets)
        if result.complete_to == 2:
            assert {frozenset(cut) for cut in result.sets} == brute_cut_sets(system, "n0", 2)
            pairs += 1
    assert pairs > 20


def test_beyond_all_budgets_the_single_points_remain() -> None:
    result = minimal_cut_sets(_half_of(30), "n0", 3, Budget(nodes=10**6, seconds=0.0))
    assert (result.sets, result.complete_to) == ((), 1)


def test_cut_sets_can_be_cancelled_and_refuse_other_orders() -> None:
    system = _half_of(30)
    with pytest.raises(Cancelled):
        minimal_cut_sets(system, "n0", 3, Budget(should_stop=lambda: True))
    for order in (0, 4):
        with pytest.raises(ValueError, match="expected 1 to 3"):
            minimal_cut_sets(system, "n0", order)


def with_unavailability(system: System, event: str, q: float) -> System:
    """The system with another figure for one event."""
    changed = dataclasses.replace(system.events[event], unavailability=q)
    return System(system.nodes, {**system.events, event: changed})


def test_importance_follows_its_definitions() -> None:
    rng = random.Random(24)
    compared = 0
    for _ in range(120):
        system = random_system(rng, max_events=8)
        down = 1.0 - brute_availability(system, "n0")
        for event, measure in importance(system, "n0", AMPLE).items():
            q = system.events[event].unavailability
            certain, never = (1.0 - brute_availability(with_unavailability(system, event, x), "n0") for x in (1, 0))
            assert measure.birnbaum == pytest.approx(certain - never, abs=1e-12)
            assert measure.gain == pytest.approx(down - never, abs=1e-12)
            if down < 1e-12:
                continue
            assert measure.criticality == pytest.approx((down - never) / down, abs=1e-10)
            assert measure.fussell_vesely == pytest.approx(q * certain / down, abs=1e-10)
            assert measure.risk_achievement == pytest.approx(certain / down, rel=1e-10)
            if never > 1e-12:
                assert measure.risk_reduction == pytest.approx(down / never, rel=1e-9)
            compared += 1
    assert compared > 300


def test_importance_at_the_edges() -> None:
    node = Node("n0", ("a",))
    only = importance(system_of({"a": 0.2}, node), "n0")["a"]
    assert (only.birnbaum, only.risk_reduction) == (1.0, math.inf)
    assert only.criticality == pytest.approx(1.0)
    never = importance(system_of({"a": 0.0}, node), "n0")["a"]
    assert (never.birnbaum, never.gain, never.criticality, never.risk_reduction) == (1.0, 0.0, None, None)
    certain = importance(system_of({"a": 1.0, "b": 0.5}, Node("n0", ("a", "b"))), "n0")
    assert (certain["a"].birnbaum, certain["b"].birnbaum) == (0.5, 0.0)


def test_importance_ranks_by_gain_and_never_guesses() -> None:
    system = system_of(
        {"rare": 0.001, "often": 0.1, "p": 0.5, "s": 0.5},
        Node("n0", ("rare", "often"), replicas=(("p",), ("s",)), needed=1),
    )
    assert list(importance(system, "n0")) == ["p", "s", "often", "rare"]
    with pytest.raises(BudgetExceeded):
        importance(system, "n0", Budget(nodes=3, seconds=None))


def test_removing_the_best_event_gains_what_was_promised() -> None:
    rng = random.Random(25)
    for _ in range(100):
        system = random_system(rng, max_events=9)
        measures = importance(system, "n0", AMPLE)
        if not measures:
            continue
        best = next(iter(measures.values()))
        before = availability(system, "n0", AMPLE).value
        after = availability(with_unavailability(system, best.event, 0.0), "n0", AMPLE).value
        assert after - before == pytest.approx(best.gain, abs=1e-12)
