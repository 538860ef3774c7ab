"""The sweep against enumeration of all states and the decision diagram, with much work allowed and with little."""

from __future__ import annotations

import itertools
import random
import time

import pytest

from designer.analysis.analyse import analyse
from designer.analysis.availability import failure_probability
from designer.analysis.bdd import Diagram
from designer.analysis.budget import Budget, Cancelled
from designer.analysis.reduction import reduce_entry
from designer.analysis.sweep import sweep
from designer.analysis.sweep_order import circles_in_order
from designer.analysis.system import Group, Node, System
from designer.model.edits import Put
from designer.model.entities import Flow, Mode
from tests.analysis.drawings import CATALOG
from tests.analysis.failure_systems import brute_availability, needs, random_system, system_of
from tests.bench.large_drawings import SHAPES

AMPLE = Budget(nodes=1_000_000)


def swept(system: System, budget: Budget = AMPLE) -> tuple[float, float]:
    """The least and the greatest availability of "n0" by the sweep."""
    reduced = reduce_entry(system, "n0")
    found = sweep(reduced, budget)
    up = 1.0
    for event in reduced.single:
        up *= 1.0 - reduced.part.unavailability[event]
    return up * (1.0 - found.least - found.dropped), up * (1.0 - found.least)


def test_it_is_the_sum_over_all_states_with_circles_and_without() -> None:
    rng = random.Random(41)
    for _ in range(500):
        system = random_system(rng, max_events=8)
        expected = brute_availability(system, "n0")
        assert swept(system) == (pytest.approx(expected, abs=1e-12), pytest.approx(expected, abs=1e-12))


def test_with_hardly_any_work_the_truth_lies_between() -> None:
    """Wide tangles, in which few states can be kept: something is dropped, and accounted for."""
    cut = 0
    for seed in range(40):
        system = _tangle(random.Random(seed), width=6, layers=4, down=0.2)
        lower, upper = swept(system, Budget(nodes=1))
        diagram = 1.0 - failure_probability(reduce_entry(system, "n0"), Diagram())
        assert lower - 1e-12 <= diagram <= upper + 1e-12
        cut += upper - lower > 1e-6
    assert cut > 30


def test_on_tangles_it_agrees_with_the_decision_diagram() -> None:
    for seed in range(30):
        system = _tangle(random.Random(seed), width=4, layers=5, down=0.1)
        lower, upper = swept(system)
        diagram = 1.0 - failure_probability(reduce_entry(system, "n0"), Diagram())
        assert lower == pytest.approx(diagram, abs=1e-12) and upper == pytest.approx(diagram, abs=1e-12)


def _tangle(rng: random.Random, width: int, layers: int, down: float) -> System:
    nodes = [Node("n0", groups=(Group(("0.0", "0.1"), 1),))]
    for layer, place in itertools.product(range(layers), range(width)):
        members = tuple(f"{layer + 1}.{other}" for other in rng.sample(range(width), 3))
        groups = (Group(members, rng.choice((1, 2))),) if layer + 1 < layers else ()
        nodes.append(Node(f"{layer}.{place}", (f"{layer}.{place}",), groups=groups))
    return system_of({f"{layer}.{place}": down for layer in range(layers) for place in range(width)}, *nodes)


def test_replicas_on_shared_hosts_and_zones_are_one_node() -> None:
    """Six tasks on three hosts in two zones, of which three are needed, beside an alternative in one of the zones."""
    hosts = {f"h{n}": 0.1 for n in range(3)} | {f"t{n}": 0.05 for n in range(6)}
    q = {"za": 0.02, "zb": 0.03, "x": 0.2} | hosts
    tasks = tuple((f"t{n}", f"h{n % 3}", "za" if n % 3 == 0 else "zb") for n in range(6))
    system = system_of(
        q,
        Node("n0", groups=(Group(("tasks", "other"), 1),)),
        Node("tasks", replicas=tasks, needed=3),
        Node("other", ("x",), replicas=(("za",),), needed=1),
    )
    assert swept(system)[0] == pytest.approx(brute_availability(system, "n0"), abs=1e-12)


def test_a_vote_among_two_hundred_is_no_matter() -> None:
    """What is counted is how many of a group have failed, not which."""
    members = [Node(f"m{n}", (f"m{n}",)) for n in range(200)]
    group = Group(tuple(one.id for one in members), 190)
    system = system_of({one.id: 0.02 for one in members}, Node("n0", groups=(group,)), *members)
    lower, upper = swept(system)
    assert upper - lower < 1e-12
    diagram = 1.0 - failure_probability(reduce_entry(system, "n0"), Diagram())
    assert lower == pytest.approx(diagram, abs=1e-12)


def test_a_circle_fails_as_a_whole() -> None:
    nodes = [Node(f"c{n}", (f"c{n}",), groups=needs(f"c{(n + 1) % 5}")) for n in range(5)]
    spare = Node("spare", ("spare",))
    system = system_of(
        {f"c{n}": 0.1 for n in range(5)} | {"spare": 0.5},
        Node("n0", groups=(Group(("c2", "spare"), 1),)),
        *nodes,
        spare,
    )
    assert swept(system)[0] == pytest.approx(1 - (1 - 0.9**5) * 0.5, abs=1e-12)


def test_it_stops_when_told_to() -> None:
    with pytest.raises(Cancelled):
        sweep(reduce_entry(_tangle(random.Random(1), 4, 4, 0.1), "n0"), Budget(should_stop=lambda: True))


def test_everything_comes_after_what_it_needs() -> None:
    rng = random.Random(2)
    for _ in range(200):
        count = rng.randint(1, 12)
        graph = [rng.sample(range(count), rng.randint(0, min(3, count))) for _ in range(count)]
        order = circles_in_order(graph)
        place = {vertex: number for number, circle in enumerate(order) for vertex in circle}
        assert sorted(place) == list(range(count)) and sum(map(len, order)) == count
        for vertex, providers in enumerate(graph):
            assert all(place[provider] <= place[vertex] for provider in providers)


def test_a_hundred_tangled_components_are_exact() -> None:
    assert analyse(SHAPES["mesh"](100), CATALOG).flows[0].complete.exact


@pytest.mark.parametrize("step", [0.0, 0.01, 1_000.0, -5.0])
def test_what_is_said_of_a_drawing_does_not_depend_on_the_clock(monkeypatch: pytest.MonkeyPatch, step: float) -> None:
    """Clocks that stand, run, jump and go backwards: the same findings and figures of a tangle with a goal."""
    drawing = SHAPES["mesh"](60)
    drawing.apply(Put(Flow(id="f", name="F", entry="c0", mode=Mode.COMPLETE, goal=0.99)))
    expected = analyse(drawing, CATALOG)
    now = itertools.count()
    for clock in ("perf_counter", "monotonic", "time"):
        monkeypatch.setattr(time, clock, lambda: step * next(now))
    assert analyse(drawing, CATALOG) == expected
