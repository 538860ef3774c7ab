"""From a drawing to the failure model: which events there are, who shares them, who needs whom."""

from __future__ import annotations

import itertools
import math

import pytest

from designer.analysis.analyse import analyse
from designer.analysis.availability import availability
from designer.analysis.crowd import LARGE, crowd, fewer_than
from designer.analysis.dependency import (
    HANDOVER,
    Parts,
    contract_parts,
    public_services,
    structural_parts,
    system,
)
from designer.analysis.networks import networks
from designer.analysis.spof import single_points
from designer.analysis.system import Group, Level, System
from designer.analysis.wiring import Wiring
from designer.catalog.resolve import IMPLIED_VPC, Resolution
from designer.model.entities import Mode
from tests.analysis.drawings import CATALOG, draw


def parts_of(text: str) -> Parts:
    """The events of a drawing."""
    return structural_parts(Resolution(draw(text), CATALOG))


def model_of(text: str, mode: Mode = Mode.COMPLETE, *, contract: bool = False) -> System:
    """The failure model of a drawing."""
    resolution = Resolution(draw(text), CATALOG)
    parts = contract_parts(resolution) if contract else structural_parts(resolution)
    return system(parts, Wiring(resolution), mode)


def groups(text: str, component: str, mode: Mode = Mode.COMPLETE) -> tuple[Group, ...]:
    """What a component needs."""
    return model_of(text, mode).nodes[component].groups


def test_replicas_are_spread_over_the_zones_in_turn() -> None:
    """Each has its own event and that of its zone; what a flow needs of them is enough of them."""
    anatomy = parts_of("settings: zones=ab; web: asg min=3 needed=2").anatomies["web"]
    assert [replica[1] for replica in anatomy.replicas] == ["zone:a", "zone:b", "zone:a"]
    assert len({replica[0] for replica in anatomy.replicas}) == 3
    assert (anatomy.needed, anatomy.events) == (2, ("region",))


def test_zones_are_shared_by_all_that_stand_in_them() -> None:
    """One event for a zone, whoever uses it: else the loss of a zone would be counted once for each."""
    parts = parts_of("web: asg; db: rds; server: ec2 zones=a")
    zones = [event for event in parts.events.values() if event.level is Level.zone]
    assert sorted(event.id for event in zones) == ["zone:a", "zone:b"]
    assert parts.anatomies["server"].replicas == (("replica:server:0", "zone:a"),)
    assert parts.anatomies["db"].replicas == (("replica:db:0", "zone:a"), ("replica:db:1", "zone:b"))


def test_tasks_share_hosts() -> None:
    """Task 0 and task 2 stand on the same container instance, and fall with it."""
    replicas = parts_of("s: ecs launch_type=EC2 desired=4 instances=2").anatomies["s"].replicas
    hosts = [next(event for event in replica if event.startswith("host:")) for replica in replicas]
    assert hosts == ["host:s:0", "host:s:1", "host:s:0", "host:s:1"]
    assert [replica[2] for replica in replicas] == ["zone:a", "zone:b", "zone:a", "zone:b"]
    assert not [event for event in parts_of("s: ecs").events if event.startswith("host:")]


def test_pods_share_nodes_and_need_some() -> None:
    """Without a node no pod runs, on Fargate each pod runs by itself."""
    assert single_points(model_of("k: eks nodes_min=1 nodes_desired=1 replicas=3"), "k") == {
        "region",
        "host:k:0",
        "zone:a",
    }
    assert "nothing:k" in single_points(model_of("k: eks nodes_min=0 nodes_desired=0"), "k")
    assert single_points(model_of("k: eks compute=fargate"), "k") == {"region"}


def test_tasks_that_nothing_spreads_are_taken_to_fill_one_zone_first() -> None:
    """Four instances, two in each zone, and two tasks: ECS may place both in zone a."""
    assert "zone:a" in single_points(model_of("s: ecs launch_type=EC2 instances=4 spread_zones=false"), "s")
    assert "zone:a" not in single_points(model_of("s: ecs launch_type=EC2 instances=4"), "s")


def test_read_replicas_are_no_standby() -> None:
    """A single database with five replicas is single."""
    assert "replica:db:0" in single_points(model_of("db: rds deployment=single read_replicas=5"), "db")


def test_zero_replicas_bring_the_component_down() -> None:
    """No crash, and no availability either."""
    model = model_of("users: users; lb: elb; web: asg min=0 desired=0; users requests lb; lb routes web")
    assert availability(model, "users").value == 0.0
    assert "nothing:web" in single_points(model, "users")
    contract = model_of("web: asg min=0 desired=0", contract=True)
    assert availability(contract, "web").value == 0.0


def test_users_have_no_events() -> None:
    """They are not part of the system."""
    node = model_of("users: users; lb: elb; users requests lb").nodes["users"]
    assert (node.events, node.replicas) == ((), ())


def test_managed_services_fail_at_the_level_that_the_catalog_says() -> None:
    """A queue with its Region; a load balancer in one zone by itself."""
    parts = parts_of("q: sqs; lb: elb type=network zones=a; wide: elb")
    levels = {event.id: event.level for event in parts.events.values() if event.id.startswith("service:")}
    assert levels == {
        "service:sqs.default": Level.region,
        "service:lb": Level.resource,
        "service:elb.multi_az": Level.region,
    }


def test_a_service_of_the_region_fails_once_for_all_that_it_runs() -> None:
    """Two queues in a row are as available as one, and are no standby for each other; by the contract too."""
    text = "w: ecs; p: sqs; q: sqs; w sends p; w sends q"
    either = "w: ecs; p: sqs; q: sqs; w sends p alternatives=queues; w sends q alternatives=queues"
    for drawing in (text, either):
        model = model_of(drawing)
        assert "service:sqs.default" in single_points(model, "w")
        one = availability(model_of("w: ecs; q: sqs; w sends q"), "w").value
        assert availability(model, "w").value == pytest.approx(one, abs=1e-15)
        agreed = analyse(draw(drawing), CATALOG).flows[0].accept.contract
        alone = analyse(draw("w: ecs; q: sqs; w sends q"), CATALOG).flows[0].accept.contract
        assert agreed == pytest.approx(alone, abs=1e-15)


def test_two_load_balancers_in_one_zone_each_fail_by_themselves() -> None:
    parts = parts_of("a: elb type=network zones=a; b: elb type=network zones=a")
    assert parts.anatomies["a"].events != parts.anatomies["b"].events


@pytest.mark.parametrize("tasks", [2, 40])
def test_targets_in_zones_without_their_load_balancer_are_no_redundancy(tasks: int) -> None:
    """Of two zones only the one counts that both are in; whoever calls without a load balancer reaches all."""
    drawing = f"u: users; lb: elb zones=ab; s: ecs zones=bc desired={tasks} needed=1; u requests lb; lb routes s"
    points = single_points(model_of(drawing), "u")
    assert {one for one in points if one.startswith("zone")} == {"zone:b"}
    assert ("replica:s:0" in points) == (tasks == 2)
    called = drawing + "; w: ecs; w calls s"
    assert not any(one.startswith("zone") for one in single_points(model_of(called), "u"))
    both = drawing.replace("zones=ab", "zones=abc")
    assert not any(one.startswith("zone") for one in single_points(model_of(both), "u"))


def test_every_figure_carries_the_key_of_its_fact() -> None:
    """Nothing is made up: each event's unavailability is that of a fact, with its source."""
    text = "settings: nat=single\n" + "".join(f"x{n}: {kind}\n" for n, kind in enumerate(CATALOG.kinds))
    text += "e: ecs launch_type=EC2; q: sqs; e sends q"
    for parts in (parts_of(text), contract_parts(Resolution(draw(text), CATALOG))):
        for event in parts.events.values():
            fact = CATALOG.facts[event.source]
            assert math.isclose(event.unavailability, 1 - fact.availability, abs_tol=1e-12)
        assert not parts.unmodelled


def test_contract_figures_follow_the_configuration() -> None:
    """The row of the agreement whose condition holds, as the only event."""
    single = contract_parts(Resolution(draw("db: rds deployment=single"), CATALOG))
    double = contract_parts(Resolution(draw("db: rds"), CATALOG))
    assert [event.source for event in single.events.values()] == ["rds.single_az"]
    assert [event.source for event in double.events.values()] == ["rds.multi_az"]
    assert double.anatomies["db"].replicas == ()


def test_wires_are_needed_by_themselves_and_alternatives_together() -> None:
    """A load balancer needs one of its default targets, and each target that has a path of its own."""
    text = "lb: elb; a: ecs; b: ecs; c: ecs; lb routes a; lb routes b; lb routes c path=/c"
    assert groups(text, "lb") == (Group(("a", "b"), 1), Group(("c",), 1))
    assert groups("s: ecs; db: rds; t: dynamodb; s queries db; s reads-writes t", "s") == (
        Group(("db",), 1),
        Group(("t",), 1),
    )


def test_failure_paths_are_no_dependencies() -> None:
    """No flow needs the dead letters."""
    assert groups("q: sqs; d: sqs; w: ecs; q feeds w; q fails-to d", "q") == (Group(("w",), 1),)
    assert groups("q: sqs; d: sqs; w: ecs; q feeds w; q fails-to d", "q", Mode.DEGRADED) == (Group(("w",), 1),)


def test_accepting_a_request_ends_at_the_queue() -> None:
    """The queue has to take the message; its consumer may be down."""
    text = "users: users; lb: elb; s: ecs; q: sqs; w: ecs; users requests lb; lb routes s; s sends q; q feeds w"
    accept = model_of(text, Mode.ACCEPT)
    assert accept.nodes["s"].groups == (Group(("q" + HANDOVER,), 1),)
    assert accept.nodes["q" + HANDOVER].groups == ()
    assert accept.nodes["q" + HANDOVER].events == ("region", "service:sqs.default")
    assert model_of(text).nodes["q"].groups == (Group(("w",), 1),)
    assert accept.nodes["q"].groups == ()


def test_taking_an_event_in_needs_the_service_and_not_the_subnets() -> None:
    """Lambda keeps an event for a function whose zones are down."""
    text = "s: ecs; f: lambda zones=a; db: rds; f queries db; s invokes f mode=event"
    accept = model_of(text, Mode.ACCEPT)
    assert accept.nodes["f" + HANDOVER].replicas == ()
    assert accept.nodes["f"].replicas != ()


def test_a_component_may_take_work_in_and_do_it() -> None:
    """One caller waits for the function, another one does not."""
    text = "a: ecs; b: ecs; f: lambda; t: dynamodb; a calls b; a invokes f mode=event; b invokes f; f reads-writes t"
    accept = model_of(text, Mode.ACCEPT)
    assert Group(("f" + HANDOVER,), 1) in accept.nodes["a"].groups
    assert accept.nodes["b"].groups == (Group(("f",), 1),)
    assert accept.nodes["f"].groups == (Group(("t",), 1),)


@pytest.mark.parametrize(
    ("nat", "points"),
    [
        ("per-zone", {"region"}),
        ("single", {"region", "nat:(network):a", "zone:a"}),
        ("none", {"region"}),
    ],
)
def test_the_way_out_of_private_subnets(nat: str, points: set[str]) -> None:
    """With one gateway for all zones, everything that sends to a public endpoint falls with its zone."""
    text = f"settings: nat={nat}; s: ecs; q: sqs; s sends q"
    assert single_points(model_of(text), "s") == points | {"service:sqs.default"}


def test_gateways_count_only_for_those_who_need_them() -> None:
    """A gateway endpoint, a database in the VPC and a public subnet need none; fetching from a queue does."""
    single = "settings: nat=single\n"
    public = "n: vpc nat=single; t: tier access=public in=n; s: ecs in=t; q: sqs; s sends q"
    for text in ("s: ecs; t: dynamodb; s reads-writes t", "s: ecs; db: rds; s queries db", public):
        assert "zone:a" not in single_points(model_of(single + text), "s")
    assert "zone:a" in single_points(model_of(single + "q: sqs; s: ecs; q feeds s"), "s")
    assert "zone:a" not in single_points(model_of(single + "q: sqs; s: lambda; q triggers s"), "s")
    assert "zone:a" in single_points(model_of(single + "q: sqs; s: lambda; db: rds; s queries db; s sends q"), "s")


def test_what_is_used_by_its_public_endpoint() -> None:
    """By name, each once; failures that the service keeps itself do not count."""
    text = (
        "s: ecs; q: sqs; r: sqs; t: sns; f: lambda; d: sqs; s sends q; s sends r; "
        "s publishes t; s invokes f; f fails-to d"
    )
    resolution = Resolution(draw(text), CATALOG)
    assert public_services(resolution, resolution.component("s")) == ["Lambda", "SNS", "SQS"]
    assert public_services(resolution, resolution.component("f")) == []


def test_networks_are_those_that_are_drawn_or_needed() -> None:
    """A subnet group takes a second zone; the single gateway stands in the first of all zones."""
    found = networks(
        Resolution(draw("settings: zones=b nat=single; db: rds deployment=single zones=b; s: ecs zones=c"), CATALOG)
    )
    assert list(found) == [IMPLIED_VPC]
    assert found[IMPLIED_VPC].zones == ("b", "c")
    assert found[IMPLIED_VPC].nat_zone("c") == "b"
    assert networks(Resolution(draw("settings: zones=b; db: rds deployment=single"), CATALOG))[IMPLIED_VPC].zones == (
        "a",
        "b",
    )
    assert networks(Resolution(draw("f: lambda"), CATALOG)) == {}
    drawn = networks(Resolution(draw("n: vpc zones=ab nat=none; s: ecs in=n"), CATALOG))["n"]
    assert (drawn.nat_zone("a"), drawn.boundary, drawn.members) == (None, "n", ("s",))


@pytest.mark.parametrize(
    "text",
    [
        "a: ecs; b: ecs; a calls b; b calls a",
        "f: lambda; f invokes f",
        "q: sqs; f: lambda; q triggers f; f sends q",
        "a: ecs",
        "settings: zones=; a: ecs; lb: elb; db: rds; k: eks",
        "users: users",
        "",
    ],
)
def test_circles_islands_and_empty_drawings(text: str) -> None:
    """Each mode has a model, and each node of it an availability."""
    for mode in Mode:
        model = model_of(text, mode)
        for node in model.nodes:
            assert 0.0 <= availability(model, node).value <= 1.0


def test_a_circle_is_as_available_as_all_its_members() -> None:
    """None of them can do without the others."""
    model = model_of("f: lambda; g: lambda; f invokes g; g invokes f")
    expected = math.prod(1 - event.unavailability for event in model.events.values())
    assert math.isclose(availability(model, "f").value, expected)


def exactly(loads: tuple[int, ...], needed: int, down: float, unit_down: float) -> float:
    """The chance that fewer than `needed` replicas are up, over all units and replicas, by trying everything."""
    total = 0.0
    for lost in itertools.product((False, True), repeat=len(loads)):
        up = sum(load for load, gone in zip(loads, lost, strict=True) if not gone)
        chance = math.prod(unit_down if gone else 1 - unit_down for gone in lost)
        total += chance * fewer_than(needed, up, down)
    return total


@pytest.mark.parametrize(("count", "needed"), [(30, 1), (30, 14), (30, 15), (30, 16), (40, 20), (26, 26), (100, 60)])
def test_a_crowd_is_never_better_than_it_is_and_hardly_worse(count: int, needed: int) -> None:
    """The figure of a large component lies within its slack above the true unavailability."""
    model = model_of(f"settings: zones=ab; w: asg min={count} needed={needed}")
    zone, region = model.events["zone:a"].unavailability, model.events["region"].unavailability
    half = (count + 1) // 2
    true = 1 - (1 - region) * (1 - exactly((half, count - half), needed, 0.005, zone))
    found = 1 - availability(model, "w").value
    slack = parts_of(f"settings: zones=ab; w: asg min={count} needed={needed}").slack["w"]
    assert true - 1e-12 <= found <= true + slack + 1e-12


def test_a_crowd_keeps_the_single_points_of_what_it_stands_on() -> None:
    """Zones and hosts are still there, one by one."""
    assert {"zone:a", "zone:b"} <= single_points(model_of("settings: zones=ab; w: asg min=100 needed=60"), "w")
    assert not {"zone:a", "zone:b"} & single_points(model_of("settings: zones=abc; w: asg min=99 needed=60"), "w")
    assert "host:s:0" in single_points(model_of("s: ecs launch_type=EC2 desired=50 instances=1"), "s")
    assert "host:s:0" not in single_points(model_of("s: ecs launch_type=EC2 desired=50 instances=4"), "s")
    assert LARGE < 50


def test_the_binomial_law() -> None:
    """Against the sum by its definition, and at its ends."""
    direct = sum(math.comb(12, up) * 0.9**up * 0.1 ** (12 - up) for up in range(7))
    assert math.isclose(fewer_than(7, 12, 0.1), direct)
    assert (fewer_than(3, 2, 0.1), fewer_than(1, 5, 0.0), fewer_than(1, 5, 1.0), fewer_than(0, 5, 0.5)) == (
        1.0,
        0.0,
        1.0,
        0.0,
    )
    assert crowd((10, 10), 11, 0.0, 0.0).needed_units == 2
    assert crowd((10, 10), 10, 0.0, 0.0).needed_units == 1
