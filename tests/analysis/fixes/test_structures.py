"""Fixes that rebuild a part of the drawing: what they keep, what they add, and where they give up."""

from __future__ import annotations

import pytest

from designer.analysis.analyse import analyse
from designer.analysis.fixes import Fix, fixes_for
from designer.catalog.resolve import Resolution
from designer.model.architecture import Architecture
from designer.model.edits import Put
from designer.model.entities import Boundary, Component, Connection
from tests.analysis.drawings import CATALOG, draw


def offered(architecture: Architecture) -> dict[str, Fix]:
    """All fixes of a drawing by their keys."""
    findings = analyse(architecture, CATALOG).findings
    return {fix.key: fix for finding in findings for fix in fixes_for(finding, architecture, CATALOG)}


def mended(text: str | Architecture, key: str) -> Architecture:
    """The drawing after one of its fixes."""
    architecture = draw(text) if isinstance(text, str) else text.copy()
    fixes = offered(architecture)
    assert key in fixes, sorted(fixes)
    architecture.apply(fixes[key].edits)
    return architecture


def wires(architecture: Architecture) -> set[str]:
    """The wires as "source relation target"."""
    return {f"{wire.source} {wire.relation} {wire.target}" for wire in architecture.connections.values()}


def kinds(architecture: Architecture) -> dict[str, str]:
    """The kind of each component."""
    return {key: component.kind for key, component in architecture.components.items()}


SERVER = (
    "users: users; s: ec2 instance_type=m7g.large port=9000 zones=a; users requests s id=way; db: rds; s queries db"
)


def test_an_instance_becomes_a_group_behind_a_load_balancer() -> None:
    """It keeps id, name, software and wires; people come through the load balancer, over the wire they had."""
    after = mended(SERVER, "wrap-in-group:s")
    assert kinds(after) == {"users": "users", "s": "asg", "db": "rds", "s-load-balancer": "elb"}
    assert wires(after) == {"users requests s-load-balancer", "s-load-balancer routes s", "s queries db"}
    assert after.connections["way"].target == "s-load-balancer"
    group = after.components["s"]
    assert (group.name, dict(group.properties)) == ("s", {"instance_type": "m7g.large", "port": 9000})
    resolution = Resolution(after, CATALOG)
    assert resolution.component("s").zones == ("a", "b")
    assert resolution.component("s-load-balancer").values["scheme"] == "internet-facing"


def test_workers_of_a_queue_need_no_load_balancer() -> None:
    """Nobody calls them; they take messages themselves."""
    after = mended("p: lambda; q: sqs; s: ec2; p sends q; q feeds s", "wrap-in-group:s")
    assert kinds(after) == {"p": "lambda", "q": "sqs", "s": "asg"}
    assert wires(after) == {"p sends q", "q feeds s"}


def test_a_target_keeps_its_load_balancer_and_how_it_is_reached() -> None:
    """The wire stays with its path and its health check."""
    text = "users: users; lb: elb; s: ec2; users requests lb; lb routes s id=way path=/shop health_path=/up"
    after = mended(text, "wrap-in-group:s")
    assert kinds(after) == {"users": "users", "lb": "elb", "s": "asg"}
    assert dict(after.connections["way"].properties) == {"path": "/shop", "health_path": "/up"}


def test_what_stands_on_a_disk_is_not_carried_over_in_silence() -> None:
    """The title says what has to be done first."""
    architecture = draw("users: users; s: ec2 stateful=true; users requests s")
    fixes = offered(architecture)
    assert "wrap-in-group:s" not in fixes
    assert "once what its disk keeps is in a database" in fixes["wrap-once-stateless:s"].title
    assert "stateful" not in mended(architecture, "wrap-once-stateless:s").components["s"].properties


def test_a_public_load_balancer_goes_into_the_public_subnets() -> None:
    """Where the instance stood matters less than who calls it."""
    text = (
        "n: vpc; out: tier access=public in=n; low: tier access=private in=n; s: ec2 in=low; c: ecs in=low; c calls s"
    )
    assert mended(text, "wrap-in-group:s").components["s-load-balancer"].boundary == "low"
    people = text.replace("in=low; c: ecs in=low; c calls s", "in=out; users: users; users requests s")
    after = mended(people, "wrap-in-group:s")
    assert after.components["s-load-balancer"].boundary == "out"


def test_equal_instances_get_one_load_balancer() -> None:
    """The caller's two wires become one."""
    after = mended("c: ecs; a: ec2 zones=a; b: ec2 zones=b; c calls a; c calls b", "balance-load:a")
    (balancer,) = [key for key, kind in kinds(after).items() if kind == "elb"]
    assert wires(after) == {f"c calls {balancer}", f"{balancer} routes a", f"{balancer} routes b"}


def test_a_queue_goes_between_with_its_dead_letters() -> None:
    """The wire keeps its id; what took calls now takes messages."""
    after = mended("a: ecs; b: ecs; a calls b id=first; b calls a id=second", "queue-between:first")
    assert wires(after) == {"a sends b-queue", "b-queue feeds b", "b calls a"}
    assert after.connections["first"].relation == "sends"
    assert Resolution(after, CATALOG).component("b-queue").values["dead_letter_queue"] is True


def test_a_queue_triggers_a_function_and_waits_for_it_six_times() -> None:
    """Its visibility timeout follows the function's timeout."""
    text = "users: users; a: lambda; b: lambda timeout=60; users requests a; a invokes b id=way"
    after = mended(text, "queue-between:way")
    assert "b-queue triggers b" in wires(after)
    assert Resolution(after, CATALOG).component("b-queue").values["visibility_timeout"] == 360


def test_a_load_balancer_that_nobody_calls_any_more_goes() -> None:
    """The queue is read by what stood behind it; others that call it keep it."""
    text = "a: ecs; l: elb; b: ecs; a calls l id=way; l routes b; b calls a"
    assert wires(mended(text, "queue-between:way")) == {"a sends b-queue", "b-queue feeds b", "b calls a"}
    shared = f"{text}; c: ecs; c calls l"
    assert "l" in mended(shared, "queue-between:way").components


def test_where_a_queue_cannot_go_none_is_offered() -> None:
    """A database is not asked through a queue."""
    text = "a: ecs; b: ecs; db: rds; a calls b id=x; b calls a id=y; a queries db id=z"
    assert "queue-between:z" not in offered(draw(text))
    assert "queue-between:x" in offered(draw(text))


def test_a_fifo_topic_reaches_a_function_through_a_fifo_queue() -> None:
    """The order is kept."""
    after = mended("t: sns fifo=true; f: lambda; t delivers f id=way", "queue-between:way")
    assert after.components["f-queue"].properties["fifo"] is True
    assert wires(after) == {"t delivers f-queue", "f-queue triggers f"}


def test_every_consumer_gets_a_queue_of_its_own() -> None:
    """A topic fills them; whoever sent to the queue publishes."""
    text = (
        "p: lambda; q: sqs retention=600; a: ecs; f: lambda; p sends q id=in;"
        "q feeds a id=one; q triggers f id=other batch_size=5"
    )
    after = mended(text, "queue-for-each:q")
    assert wires(after) == {
        "p publishes q-topic", "q-topic delivers q", "q feeds a", "q-topic delivers f-queue", "f-queue triggers f",
    }  # fmt: skip
    assert after.components["f-queue"].properties["retention"] == 600
    assert after.connections["other"].properties["batch_size"] == 5


def test_dead_letters_are_not_handed_out_by_a_topic() -> None:
    """What failed elsewhere is there to be looked at."""
    text = (
        "p: lambda; q: sqs; d: sqs; a: ecs; f: lambda; p sends q; q triggers f; q fails-to d; d feeds a; d triggers f"
    )
    assert "queue-for-each:d" not in offered(draw(text))


def test_publishing_once_instead_of_asking_many() -> None:
    """Each of them has a queue; stores are still asked directly."""
    names = [f"t{n}" for n in range(6)]
    calls = "; ".join(f"{name}: lambda; web invokes {name}" for name in names)
    text = (
        f"users: users; lb: elb; web: ecs; users requests lb; lb routes web; {calls}; db: dynamodb; web reads-writes db"
    )
    after = mended(text, "publish-instead:web")
    expected = {"users requests lb", "lb routes web", "web reads-writes db", "web publishes web-events"}
    for name in names:
        expected |= {f"web-events delivers {name}-queue", f"{name}-queue triggers {name}"}
    assert wires(after) == expected


@pytest.mark.parametrize(
    ("text", "key", "expected"),
    [
        ("users: users; web: asg; users requests web id=w", "lead-through:w", {"elb"}),
        ("t: sns; s: ecs; t delivers s id=w", "lead-through:w", {"sqs"}),
        ("db: rds; f: lambda; db calls f id=w", "take-away-wire:w", set()),
        ("a: ecs; f: lambda; a calls f id=w", "right-relation:w", set()),
    ],
)
def test_an_impossible_wire_is_led_through_related_rightly_or_taken_away(
    text: str, key: str, expected: set[str]
) -> None:
    """By what the catalog says of the pair."""
    before = draw(text)
    after = mended(before, key)
    assert set(kinds(after).values()) - set(kinds(before).values()) == expected
    assert "CPL-15" not in {finding.rule for finding in analyse(after, CATALOG).findings}


def test_a_cluster_moves_into_private_subnets() -> None:
    """Into the drawn ones, with its card."""
    text = "n: vpc; out: tier access=public in=n; low: tier access=private in=n; k: eks in=out"
    architecture = draw(text)
    for key, y in (("out", 40), ("low", 260)):
        architecture.apply(Put(architecture.boundaries[key].with_(x=20, y=y, width=400, height=160)))
    architecture.apply(Put(architecture.boundaries["n"].with_(width=600, height=500)))
    architecture.apply(Put(architecture.components["k"].with_(x=60, y=90)))
    after = mended(architecture, "private-subnets:k")
    assert after.components["k"].boundary == "low"
    assert inside(after.boundaries["low"], after.components["k"])


def inside(boundary: Boundary, component: Component) -> bool:
    """Whether a card lies in a frame."""
    across = boundary.x <= component.x <= boundary.x + boundary.width - 192
    return across and boundary.y <= component.y <= boundary.y + boundary.height - 64


def test_a_boundary_without_room_grows_and_what_is_below_moves_down() -> None:
    """The new card stands in it, and no two things lie on one another."""
    architecture = draw("users: users; n: vpc; s: ec2 in=n; users requests s; c: ecs; c calls s; m: group; x: sqs in=m")
    architecture.apply(Put(architecture.boundaries["n"].with_(x=0, y=100, width=230, height=120)))
    architecture.apply(Put(architecture.boundaries["m"].with_(x=0, y=240, width=230, height=120)))
    for key, at in {"users": (0, 0), "s": (16, 140), "c": (300, 140), "x": (16, 280)}.items():
        architecture.apply(Put(architecture.components[key].with_(x=at[0], y=at[1])))
    fix = offered(architecture)["wrap-in-group:s"]
    after = mended(architecture, "wrap-in-group:s")
    for key in ("s", "s-load-balancer"):
        assert inside(after.boundaries["n"], after.components[key])
    frames = [after.boundaries["n"], after.boundaries["m"]]
    assert frames[0].y + frames[0].height <= frames[1].y
    assert inside(frames[1], after.components["x"])
    # What only made room is no part of what the fix changes.
    assert fix.size == 5
    assert set(fix.components) == {"s", "s-load-balancer", "users", "c"}


def test_alternatives_agree_on_the_largest_number_that_can_be() -> None:
    """Three of two is not possible; two of two is."""
    text = (
        "s: lambda; a: lambda; b: lambda; s invokes a id=x alternatives=k alternatives_needed=3;"
        "s invokes b id=y alternatives=k strength=soft"
    )
    after = mended(text, "agree-on-alternatives:x")
    for key in ("x", "y"):
        wire = after.connections[key]
        assert isinstance(wire, Connection)
        assert wire.properties["alternatives_needed"] == 2
        assert "strength" not in wire.properties
