"""Knock-outs: what each component and flow does while something is down, against the plain definition of failing."""

from __future__ import annotations

import dataclasses
import time
from collections.abc import Iterable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from designer.analysis.dependency import HANDOVER, structural_parts, system
from designer.analysis.flows import study_flows
from designer.analysis.knock_out import Effect, FlowEffect, KnockOut, Simulation, State, UnknownFailure, knock_out
from designer.analysis.spof import single_points
from designer.analysis.system import Event, Level, Node, System
from designer.analysis.wiring import Wiring
from designer.catalog.catalog import load_catalog
from designer.catalog.entries import Strength
from designer.catalog.resolve import Resolution
from designer.model.architecture import Architecture
from designer.model.entities import Mode
from designer.storage.samples import open_sample
from tests.analysis.drawings import draw
from tests.analysis.failure_systems import brute_works
from tests.analysis.random_drawings import architectures as drawings
from tests.model.architectures import architectures as hostile

CATALOG = load_catalog()
ANY = st.one_of(drawings(), hostile())


def failing(architecture: Architecture | str, *failed: str) -> KnockOut:
    """A knock-out of a drawing."""
    drawn = draw(architecture) if isinstance(architecture, str) else architecture
    return knock_out(drawn, CATALOG, failed)


def effect(architecture: Architecture | str, component: str, *failed: str) -> Effect:
    """What it does to one component."""
    return failing(architecture, *failed).components[component]


def flow(found: KnockOut, key: str = "flow") -> FlowEffect:
    """What it does to one flow."""
    return next(one for one in found.flows if one.id == key)


def with_wholes(model: System, components: Iterable[str]) -> System:
    """A model in which components can fail as a whole, made the plain way."""
    events = {f"whole:{key}": Event(f"whole:{key}", 0.0, Level.resource, key) for key in components}
    nodes = {
        key: Node(key, (*n.events, f"whole:{key.removesuffix(HANDOVER)}"), n.replicas, n.needed, n.groups)
        for key, n in model.nodes.items()
    }
    return System(nodes, {**model.events, **events})


@given(ANY, st.data())
@settings(max_examples=60)
def test_flows_are_what_the_definition_of_failing_says(architecture: Architecture, data: st.DataObject) -> None:
    resolution = Resolution(architecture, CATALOG)
    simulation = Simulation(resolution)
    failures = simulation.failures()
    chosen = data.draw(st.lists(st.sampled_from(failures), max_size=4, unique_by=lambda one: one.name))
    found = simulation.knock_out(chosen)
    parts, wiring = structural_parts(resolution), Wiring(resolution)
    down = {event for one in chosen if one.component is None for event in one.events}
    down |= {f"whole:{one.component}" for one in chosen if one.component is not None}
    down |= {key for key, event in parts.events.items() if event.unavailability == 1.0}
    up = {mode: brute_works(with_wholes(system(parts, wiring, mode), architecture.components), down) for mode in Mode}
    entries = {one.id: one.entry for one in simulation.flows}
    for one in found.flows:
        whole = Mode.DEGRADED if one.mode is Mode.DEGRADED else Mode.COMPLETE
        assert one.accepted == up[Mode.ACCEPT][entries[one.id]]
        assert one.completed == up[whole][entries[one.id]]
        assert one.works == (one.accepted if one.mode is Mode.ACCEPT else one.completed)
        assert not one.waits or (one.accepted and not one.completed and one.waiting_in and one.lost_after)
        assert bool(one.causes) == (not one.completed)
    for key, one_effect in found.components.items():
        assert one_effect.state.works == up[Mode.ACCEPT][key]


@given(ANY, st.data())
@settings(max_examples=40)
def test_effects_hold_together(architecture: Architecture, data: st.DataObject) -> None:
    simulation = Simulation(Resolution(architecture, CATALOG))
    names = [one.name for one in simulation.failures()]
    chosen = data.draw(st.lists(st.sampled_from(names), max_size=3, unique=True))
    found = knock_out(architecture, CATALOG, chosen)
    assert list(found.components) == sorted(architecture.components)
    assert [one.name for one in found.failures] == chosen
    affected = {key for key, one in found.components.items() if one.state is not State.FINE}
    told = [key for wave in found.order for key in wave]
    assert sorted(told) == sorted(affected)
    for key, one in found.components.items():
        assert (one.step is None) == (one.state is State.FINE) == (not one.reasons)
        assert set(one.wires) <= {wire.id for wire in architecture.outgoing(key)}
        assert {architecture.connections[wire].target for wire in one.wires} == set(one.causes)
        for cause in one.causes:
            assert told.index(cause) < told.index(key)
            assert found.components[cause].state in (State.DOWN, State.CAPACITY_SHORT)
        assert (one.lost_after is not None) == (one.state is State.BUFFERING)


@given(ANY, st.data())
@settings(max_examples=40)
def test_a_further_failure_repairs_nothing(architecture: Architecture, data: st.DataObject) -> None:
    simulation = Simulation(Resolution(architecture, CATALOG))
    few = data.draw(st.lists(st.sampled_from(simulation.failures()), max_size=3))
    more = [*few, data.draw(st.sampled_from(simulation.failures()))]
    before, after = simulation.knock_out(few), simulation.knock_out(more)
    for key, one in before.components.items():
        assert one.state.works or not after.components[key].state.works
        assert one.state is State.FINE or after.components[key].state is not State.FINE
    for old, new in zip(before.flows, after.flows, strict=True):
        assert (old.accepted, old.completed, old.works) >= (new.accepted, new.completed, new.works)


@given(drawings())
@settings(max_examples=30)
def test_what_stops_a_flow_alone_is_its_single_point(architecture: Architecture) -> None:
    resolution = Resolution(architecture, CATALOG)
    simulation = Simulation(resolution)
    parts, wiring = structural_parts(resolution), Wiring(resolution)
    certain = {key for key, event in parts.events.items() if event.unavailability == 1.0}
    studies = {study.result.id: study for study in study_flows(resolution).flows}
    for one in simulation.flows:
        alone = single_points(system(parts, wiring, one.mode), one.entry)
        if not certain.isdisjoint(alone):
            continue  # it is stopped from the start
        for event in sorted(set(parts.events) - certain):
            failure = dataclasses.replace(simulation.failures()[0], name=event, events=(event,), component=None)
            assert flow(simulation.knock_out([failure]), one.id).works == (event not in alone)
        if not certain:
            required = studies[one.id].required
            stopping = {key for key in architecture.components if not flow(simulation.knock_out([key]), one.id).works}
            assert stopping == required


def test_nothing_failed_is_all_fine() -> None:
    """Restoring is asking without it."""
    found = failing(open_sample("orders-decoupled", CATALOG))
    assert {one.state for one in found.components.values()} == {State.FINE}
    assert found.order == ()
    assert found.stopped == ()
    assert [one.text for one in found.flows] == ["completes", "completes"]


def test_a_zone_takes_replicas_and_the_flow_goes_on() -> None:
    found = failing(open_sample("three-tier", CATALOG), "zone:a")
    assert found.components["web-servers"].reasons == ("1 of 2 instances up: zone a is down",)
    assert found.components["load-balancer"].reasons == ("1 of 2 zones up: zone a is down",)
    assert {key for key, one in found.components.items() if one.state is State.DEGRADED} == {
        "database", "load-balancer", "web-servers",
    }  # fmt: skip
    assert flow(found, "shop").text == "completes"


def test_a_zone_stops_what_stands_in_it_alone_and_what_needs_that() -> None:
    found = failing(open_sample("three-tier-fragile", CATALOG), "zone:b")
    assert found.components["invoice-server"].reasons == ("zone b is down",)
    assert found.components["shop-server"].reasons == ("needs Invoice server, which is down",)
    assert found.components["shop-server"].wires == ("shop-server-invoice-server",)
    assert found.components["users"].reasons == ("not served: needs Shop server, which is down",)
    assert found.order == (("invoice-server",), ("shop-server",), ("users",))
    assert flow(found, "shop").text == "is stopped: Invoice server is down"
    assert found.components["database"].state is State.FINE


TWO_NEEDED = "web: asg min=2 needed=2; users: users; lb: elb; users requests lb; lb routes web; flow: entry=users"


def test_some_replicas_but_too_few() -> None:
    found = failing(TWO_NEEDED, "zone:a")
    short = found.components["web"]
    assert short.state is State.CAPACITY_SHORT
    assert short.reasons == ("only 1 of 2 instances up, 2 needed: zone a is down",)
    assert found.components["lb"].reasons == ("needs web, which is short of capacity",)
    assert flow(found).text == "is stopped: web is short of capacity"
    both = effect(TWO_NEEDED, "web", "zone:a", "zone:b")
    assert both.state is State.DOWN
    assert both.reasons == ("none of its 2 instances is up: zone a and zone b are down",)


def test_one_of_two_targets() -> None:
    drawn = "lb: elb; one: ecs; two: ecs; users: users; users requests lb; lb routes one; lb routes two"
    assert effect(drawn, "lb", "one").reasons == ("1 of 2 targets work, without one",)
    assert effect(drawn, "lb", "one").state is State.DEGRADED
    assert effect(drawn, "lb", "one", "two").reasons == ("none of its 2 targets works: one and two",)


QUEUE = """
users: users; send: ecs; jobs: sqs retention=7200; work: ecs; db: rds
users requests lb; lb: elb; lb routes send; send sends jobs; jobs feeds work; work queries db
flow: entry=users id=done; flow: entry=users id=taken mode=accept
"""


def test_a_queue_keeps_what_its_consumer_cannot_do() -> None:
    found = failing(QUEUE, "work")
    jobs = found.components["jobs"]
    assert (jobs.state, jobs.lost_after, jobs.attempts) == (State.BUFFERING, 7200, None)
    assert jobs.reasons == ("work waits for work, which is down, and is lost after 2 hours",)
    assert found.components["send"].state is State.FINE
    done, taken = flow(found, "done"), flow(found, "taken")
    assert (done.accepted, done.completed, done.waits, done.works) == (True, False, True, False)
    assert (done.waiting_in, done.lost_after) == (("jobs",), 7200)
    assert done.text == "is accepted; the rest waits in jobs for 2 hours at most: work is down"
    assert taken.works
    assert not taken.completed
    assert found.stopped == (done,)


def test_a_consumer_that_only_lacks_something_uses_attempts_up() -> None:
    jobs = effect(QUEUE, "jobs", "db")
    assert jobs.attempts == 5
    assert jobs.reasons[0].endswith("each attempt fails, and after 5 of them it goes to the queue of failures")
    plain = QUEUE.replace("retention=7200", "retention=7200 dead_letter_queue=false")
    assert effect(plain, "jobs", "db").attempts is None
    drawn = QUEUE + "; failed: sqs; jobs fails-to failed"
    assert effect(drawn.replace("retention=7200", "max_receive_count=7"), "jobs", "db").attempts == 7


def test_a_queue_that_is_down_keeps_nothing() -> None:
    found = failing(QUEUE, "jobs", "work")
    assert found.components["jobs"].state is State.DOWN
    assert found.components["send"].reasons == ("needs jobs, which is down",)
    assert flow(found, "taken").text == "is stopped: jobs is down"


def test_a_topic_goes_on_trying_and_a_stream_keeps_a_day() -> None:
    drawn = "send: ecs; topic: sns; q: sqs; send publishes topic; topic delivers q; flow: entry=send"
    topic = effect(drawn, "topic", "q")
    assert (topic.state, topic.lost_after) == (State.BUFFERING, 23 * 86_400)
    # A topic hands over to a queue whose reader is down.
    assert effect(drawn + "; work: ecs; q feeds work", "topic", "work").state is State.FINE
    drawn = "table: dynamodb; react: lambda; write: ecs; write reads-writes table; table triggers react"
    table = effect(drawn, "table", "react")
    assert (table.state, table.lost_after) == (State.BUFFERING, 86_400)
    assert effect(drawn, "write", "react").state is State.FINE


def test_what_is_handed_over_without_a_buffer_does_not_wait() -> None:
    drawn = "a: lambda; b: lambda; db: dynamodb; a invokes b mode=event; b reads-writes db; flow: entry=a"
    found = failing(drawn, "db")
    assert flow(found).text == "is accepted, and not completed: db is down"
    assert not flow(found).waits


def test_a_soft_dependency_only_degrades() -> None:
    relation = dataclasses.replace(CATALOG.relations["reads-writes"], strength=Strength.SOFT)
    catalog = dataclasses.replace(CATALOG, relations={**CATALOG.relations, "reads-writes": relation})
    architecture = draw("web: ecs; cache: dynamodb; web reads-writes cache; flow: entry=web mode=degraded id=full;"
                        "flow: entry=web")  # fmt: skip
    found = knock_out(architecture, catalog, ["cache"])
    assert found.components["web"].state is State.DEGRADED
    assert found.components["web"].reasons == ("does without cache, which is down",)
    assert flow(found).works
    assert not flow(found, "full").works


def test_in_a_circle_the_failure_goes_round_once() -> None:
    found = failing(open_sample("orders-coupled", CATALOG), "inventory")
    assert found.order == (("inventory",), ("payments",), ("orders",), ("load-balancer",), ("users",))
    assert found.components["inventory"].reasons == ("it fails as a whole",)


def test_gateways_and_hosts() -> None:
    single = "net: vpc nat=single; web: ecs in=net; q: sqs; web sends q; flow: entry=web"
    assert flow(failing(single, "nat:a")).text == "is stopped: web is down"
    assert effect(single, "web", "nat:a").reasons == ("none of its 2 tasks is up: the NAT gateway in zone a is down",)
    with pytest.raises(UnknownFailure, match="nat:b"):
        failing(single, "nat:b")
    each = single.replace("nat=single", "nat=per-zone")
    assert effect(each, "web", "nat:a").reasons == ("1 of 2 tasks up: the NAT gateway in zone a is down",)
    on_hosts = 'web: ecs launch_type="EC2" desired=4 instances=2; flow: entry=web'
    assert effect(on_hosts, "web", "host:web:1").reasons == ("2 of 4 tasks up: host 2 is down",)
    assert effect(on_hosts, "web", "replica:web:2").reasons == ("3 of 4 tasks up: task 3 is down",)


def test_a_crowd_fails_by_what_carries_it() -> None:
    drawn = "web: asg min=100 max=200 needed=50"
    assert effect(drawn, "web", "zone:a").reasons == ("1 of 2 zones up: zone a is down",)
    tight = effect(drawn.replace("needed=50", "needed=51"), "web", "zone:a")
    assert tight.state is State.CAPACITY_SHORT
    assert effect(drawn, "web", "crowd:web").reasons == ("too few of its instances are up",)
    all_needed = drawn.replace("needed=50", "needed=100")
    assert effect(all_needed, "web", "crowd:web").reasons == ("too few of its instances are up",)


def test_what_never_runs_is_down_from_the_start() -> None:
    drawn = "web: asg min=0 max=3; users: users; lb: elb; users requests lb; lb routes web; flow: entry=users"
    found = failing(drawn)
    assert found.components["web"].reasons == ("none of its instances runs",)
    assert flow(found).text == "is stopped: web is down"


def test_services_and_the_region() -> None:
    drawn = "a: lambda; q: sqs; a sends q; flow: entry=a"
    assert effect(drawn, "q", "service:sqs.default").reasons == ("SQS in this Region is down",)
    both = draw("a: lambda; q: sqs; p: sqs; a sends q; a sends p; flow: entry=a")
    assert failing(both, "service:sqs.default").components["p"].state is State.DOWN
    assert effect(drawn, "q", "region").reasons == ("the Region is down",)
    lb = "lb: elb type=network zones=a; web: ecs; lb routes web"
    assert effect(lb, "lb", "service:lb").reasons == ("its own failure",)


def test_a_component_called_region_can_be_named() -> None:
    architecture = draw("region: sqs; other: sqs")
    assert failing(architecture, "region").components["other"].state is State.DOWN
    found = failing(architecture, "component:region")
    assert found.components["region"].state is State.DOWN
    assert found.components["other"].state is State.FINE
    names = [one.name for one in Simulation(Resolution(architecture, CATALOG)).failures()]
    assert "component:region" in names
    assert "region" in names


def test_everything_that_is_listed_can_fail_by_its_name() -> None:
    for sample in ("containers-ec2", "worker-fleet", "orders-coupled"):
        simulation = Simulation(Resolution(open_sample(sample, CATALOG), CATALOG))
        failures = simulation.failures()
        assert len({one.name for one in failures}) == len(failures)
        for one in failures:
            assert simulation.failure(one.name) == one


def test_an_unknown_name_says_what_there_is() -> None:
    with pytest.raises(UnknownFailure) as caught:
        failing(open_sample("three-tier", CATALOG), "web")
    text = str(caught.value)
    assert "nothing that can fail is called 'web'" in text
    for name in ("web-servers", "zone:a", "region", "nat:a", "replica:web-servers:0"):
        assert name in text
    many = draw(";".join(f"q{number}: sqs" for number in range(100)))
    with pytest.raises(UnknownFailure, match="and 70 more"):
        failing(many, "x")


def test_long_chains_take_neither_long_nor_deep() -> None:
    chain = ";".join(f"f{n:04}: lambda" for n in range(1500))
    chain += ";" + ";".join(f"f{n:04} invokes f{n + 1:04}" for n in range(1499))
    architecture = draw(chain + "; flow: entry=f0000")
    start = time.thread_time()
    found = failing(architecture, "f1499")
    assert time.thread_time() - start < 5
    assert len(found.order) == 1500
    assert flow(found).causes == ("f1499",)
