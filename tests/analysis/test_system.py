"""The failure model checks itself, and knock-out finds what stops and why."""

from __future__ import annotations

import math
import random

import pytest

from designer.analysis.scc import strongly_connected
from designer.analysis.system import Event, Group, InvalidSystem, Level, Node, System, structure
from designer.analysis.works import OwnEvent, TooFewAlternatives, TooFewReplicas, explain, works
from tests.analysis.failure_systems import brute_works, needs, random_system, system_of

WEB = Node("web", events=("e",))


@pytest.mark.parametrize(
    ("node", "message"),
    [
        (Node("web", events=("nope",)), "node 'web' names the unknown event 'nope'"),
        (Node("web", replicas=(("nope",),), needed=1), "node 'web' names the unknown event 'nope'"),
        (Node("web", replicas=(("e",),), needed=2), "node 'web' needs 2 healthy replicas of 1"),
        (Node("web", replicas=(("e",),), needed=-1), "node 'web' needs -1 healthy replicas of 1"),
        (Node("web", needed=1), "node 'web' needs 1 healthy replicas of 0"),
        (Node("web", groups=needs("db")), "node 'web' depends on the unknown node 'db'"),
        (Node("web", groups=(Group(("web",), 2),)), "node 'web' needs 2 of the group"),
        (Node("web", groups=(Group(("web",), 0),)), "node 'web' needs 0 of the group"),
        (Node("web", groups=(Group((), 1),)), "node 'web' needs 1 of the group"),
        (Node("web", groups=(Group(("web", "web"), 1),)), "node 'web' lists an alternative twice"),
    ],
)
def test_a_contradiction_is_refused_and_named(node: Node, message: str) -> None:
    with pytest.raises(InvalidSystem, match=message.replace("(", r"\(")):
        system_of({"e": 0.1}, node)


@pytest.mark.parametrize("unavailability", [-0.1, 1.1, math.nan, math.inf])
def test_an_impossible_probability_is_refused(unavailability: float) -> None:
    with pytest.raises(InvalidSystem, match="event 'e' has the unavailability"):
        system_of({"e": unavailability}, WEB)


def test_key_and_id_have_to_agree() -> None:
    event = Event("e", 0.1, Level.zone, "e")
    with pytest.raises(InvalidSystem, match="filed under 'other'"):
        System({"other": WEB}, {"e": event})
    with pytest.raises(InvalidSystem, match="filed under 'f'"):
        System({}, {"f": event})


def test_unknown_ids_in_questions_are_refused() -> None:
    system = system_of({"e": 0.1}, WEB)
    with pytest.raises(InvalidSystem, match="unknown event 'x'"):
        works(system, ["x"])
    with pytest.raises(InvalidSystem, match="unknown node 'x'"):
        structure(system, ["x"])


def test_a_later_change_of_the_arguments_does_not_reach_the_system() -> None:
    nodes = {"web": WEB}
    system = System(nodes, {"e": Event("e", 0.1, Level.instance, "e")})
    nodes.clear()
    assert works(system, ["e"]) == {"web": False}


def test_knock_out_is_the_greatest_fixpoint_of_the_definition() -> None:
    rng = random.Random(1)
    for _ in range(1_000):
        system = random_system(rng)
        down = rng.sample(sorted(system.events), rng.randint(0, min(4, len(system.events))))
        assert works(system, down) == brute_works(system, down)


def test_nodes_of_a_cycle_keep_one_another_up_and_fall_together() -> None:
    system = system_of({"a": 0.1, "b": 0.1}, Node("a", ("a",), groups=needs("b")), Node("b", ("b",), groups=needs("a")))
    assert works(system, []) == {"a": True, "b": True}
    assert works(system, ["a"]) == {"a": False, "b": False}


def test_every_failed_node_says_why() -> None:
    system = system_of(
        {"x": 0.1, "i1": 0.1, "i2": 0.1, "za": 0.1, "zb": 0.1},
        Node("app", groups=(Group(("pool", "spare"), 1), *needs("pool"))),
        Node("pool", replicas=(("i1", "za"), ("i2", "zb")), needed=2),
        Node("spare", ("x",)),
        Node("idle"),
    )
    failures = explain(system, ["x", "i1", "za"])
    assert list(failures) == ["pool", "spare", "app"]
    assert failures["spare"].reasons == (OwnEvent("x"),)
    assert failures["pool"].reasons == (TooFewReplicas(1, 2, 2, ((0, ("i1", "za")),)),)
    assert failures["app"].reasons == (
        TooFewAlternatives(0, 0, 1, 2, ("pool", "spare")),
        TooFewAlternatives(1, 0, 1, 1, ("pool",)),
    )
    assert [failures[name].step for name in failures] == [0, 0, 1]


def test_an_explanation_covers_exactly_the_failed_nodes_and_starts_at_an_event() -> None:
    rng = random.Random(2)
    for _ in range(300):
        system = random_system(rng)
        down = rng.sample(sorted(system.events), rng.randint(0, min(3, len(system.events))))
        failures = explain(system, down)
        assert set(failures) == {name for name, up in brute_works(system, down).items() if not up}
        for failure in failures.values():
            assert failure.reasons
            if failure.step:
                causes = [reason for reason in failure.reasons if isinstance(reason, TooFewAlternatives)]
                earlier = [name for reason in causes for name in reason.failed if failures[name].step < failure.step]
                assert earlier
            else:
                assert any(isinstance(reason, OwnEvent | TooFewReplicas) for reason in failure.reasons)


def test_strong_components_come_providers_first_and_need_no_recursion() -> None:
    deep = [[number + 1] for number in range(9_999)] + [[0]]
    assert sorted(strongly_connected(deep)[0]) == list(range(10_000))
    components = strongly_connected([[1], [2, 3], [1], [4], []])
    assert [sorted(component) for component in components] == [[4], [3], [1, 2], [0]]
