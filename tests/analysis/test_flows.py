"""Flows: where they start, whom they reach, how available they are, and what alone stops them."""

from __future__ import annotations

import math

import pytest

from designer.analysis.availability import availability
from designer.analysis.budget import Budget, Cancelled
from designer.analysis.dependency import component_of, structural_parts, system
from designer.analysis.findings import FlowResult
from designer.analysis.flows import LONGEST_WITNESS, MOST_IMPLIED, FlowStudy, Studies, study_flows
from designer.analysis.spof import single_points
from designer.analysis.wiring import Wiring
from designer.analysis.works import works
from designer.catalog.resolve import Resolution
from designer.model.entities import Mode
from designer.storage.samples import open_sample
from tests.analysis.drawings import CATALOG, draw

SHOP = "users: users; lb: elb; web: ecs; db: rds; users requests lb; lb routes web; web queries db\n"
JOBS = (
    "users: users; lb: elb; web: ecs; q: sqs; w: asg; t: dynamodb; users requests lb; "
    "lb routes web; web sends q; q feeds w; w reads-writes t\n"
)


def studies_of(text: str) -> Studies:
    """All flows of a drawing."""
    return study_flows(Resolution(draw(text), CATALOG))


def study(text: str) -> FlowStudy:
    """Its only flow."""
    (found,) = studies_of(text).flows
    return found


def flow(text: str) -> FlowResult:
    """The result of its only flow."""
    return study(text).result


def labels(result: FlowResult) -> list[tuple[str, str]]:
    """The single points as level and label."""
    return [(point.level, point.label) for point in result.single_points]


def test_a_drawn_flow_is_taken_as_it_is_drawn() -> None:
    """Name, mode and goal; and no other flow is made up beside it."""
    result = flow(JOBS + "flow: id=job name=Job entry=users mode=accept goal=0.999")
    assert (result.id, result.name, result.mode, result.goal, result.implied) == (
        "job",
        "Job",
        Mode.ACCEPT,
        0.999,
        False,
    )
    assert set(result.members) == {"users", "lb", "web", "q"}
    assert set(result.wires) == {"users-lb-6", "lb-web-7", "web-q-8"}


def test_without_flows_every_entry_makes_one() -> None:
    """Users where there are any, else what has no caller; what leads nowhere is no entry."""
    both = studies_of(
        SHOP + "others: users; f: lambda; others requests f; lone: users; cron: ecs; f2: lambda; cron invokes f2"
    )
    assert [(found.result.id, found.result.implied) for found in both.flows] == [("others", True), ("users", True)]
    without = studies_of("cron: ecs; f: lambda; cron invokes f; lone: ecs")
    assert [found.result.entry for found in without.flows] == ["cron"]
    assert studies_of("a: ecs; b: ecs; a calls b; b calls a").flows == []
    assert studies_of("").flows == []


def test_implied_flows_are_limited() -> None:
    """A drawing of a thousand callers has not a thousand flows to read."""
    many = "f: lambda\n" + "".join(f"c{n}: ecs; c{n} invokes f\n" for n in range(MOST_IMPLIED + 10))
    assert len(studies_of(many).flows) == MOST_IMPLIED


def test_complete_reaches_the_worker_and_accept_does_not() -> None:
    """The two availabilities of one flow."""
    result = flow(JOBS)
    assert set(result.members) == {"users", "lb", "web", "q", "w", "t"}
    assert result.complete.structural < result.accept.structural < 1
    assert result.complete.contract < result.accept.contract < 1
    assert result.complete.exact and result.complete.lower == result.complete.upper == result.complete.structural


def test_contract_figures_multiply_what_is_needed() -> None:
    """Load balancer 99.99, Fargate 99.99, Multi-AZ database 99.95."""
    assert math.isclose(flow(SHOP).complete.contract, 0.9999 * 0.9999 * 0.9995)


def test_contract_figures_of_alternatives() -> None:
    """One of two instances of 99.5 % each is enough."""
    text = "users: users; lb: elb; a: ec2 zones=a; b: ec2 zones=b; users requests lb; lb routes a; lb routes b"
    assert math.isclose(flow(text).complete.contract, 0.9999 * (1 - 0.005**2))


def test_a_good_shop_has_no_single_point_below_the_region() -> None:
    """Whatever fails in one zone, the other one has it too."""
    assert labels(flow(SHOP)) == [("region", "Elastic Load Balancing in this Region"), ("region", "Region")]


def test_single_points_of_a_fragile_shop() -> None:
    """In words, components first, each with the way that leads there."""
    result = flow(
        "users: users; server: ec2 name=Server zones=a; "
        "db: rds name=Database deployment=single zones=a; users requests server; "
        "server queries db"
    )
    assert labels(result) == [
        ("resource", "Database"),
        ("resource", "Server"),
        ("zone", "Zone a"),
        ("region", "Region"),
    ]
    database = result.single_points[0]
    assert (database.component, database.event) == ("db", "replica:db:0")
    assert database.witness == ("users", "users-server-3", "server", "server-db-4", "db")
    assert result.single_points[2].zone == "a"


def test_managed_services_are_named_once_each() -> None:
    """Two queues and two functions: SQS and Lambda in this Region."""
    text = (
        "users: users; f: lambda; q: sqs; g: lambda; r: sqs; h: lambda; users requests f; "
        "f sends q; q triggers g; g sends r; r triggers h"
    )
    assert labels(flow(text)) == [
        ("region", "Lambda in this Region"),
        ("region", "Region"),
        ("region", "SQS in this Region"),
    ]


def test_replicas_without_a_spare_are_one_single_point() -> None:
    """Two of two are needed: any of them stops the flow, and they are told as one."""
    result = flow("users: users; lb: elb; web: ecs name=Web desired=2 needed=2; users requests lb; lb routes web")
    assert ("instance", "Any one of Web") in labels(result)
    assert len([point for point in result.single_points if point.component == "web"]) == 1


def test_the_witness_goes_through_both_alternatives_only_where_both_fail() -> None:
    """A database behind two servers: through one of them. A zone that takes both: to one of them."""
    text = (
        "users: users; lb: elb; a: ec2 zones={0}; b: ec2 zones={1}; "
        "db: rds deployment=single zones=c; users requests lb; lb routes a; lb routes b; "
        "a queries db; b queries db"
    )
    apart = {point.label: point for point in flow(text.format("a", "b")).single_points}
    assert apart["db"].witness[0] == "users" and apart["db"].witness[-1] == "db"
    assert "Zone a" not in apart
    together = study(text.format("a", "a"))
    zone = next(hit for hit in together.hits if hit.point.label == "Zone a")
    assert set(zone.components) == {"a", "b"}


def test_required_are_those_whose_total_failure_stops_the_flow() -> None:
    """Both alternatives together, but neither alone."""
    text = (
        "users: users; lb: elb; a: ecs; b: ecs; db: rds; users requests lb; lb routes a; "
        "lb routes b; a queries db; b queries db"
    )
    assert study(text).required == {"users", "lb", "db"}


def test_a_wire_that_only_waits_for_nobody_changes_nothing_in_a_synchronous_flow() -> None:
    """Accept and complete are the same object of figures where everybody waits."""
    result = flow(SHOP)
    assert result.accept == result.complete


def test_exposure_sets() -> None:
    """What somebody waits for, and what somebody needs."""
    found = studies_of(JOBS + "lone: rds")
    assert found.accepted == {"users", "lb", "web", "q"}
    assert found.reached == {"users", "lb", "web", "q", "w", "t"}


def test_a_long_way_is_cut() -> None:
    """The last part of it is told."""
    count = LONGEST_WITNESS + 50
    text = "users: users\n" + "".join(f"s{n}: ec2\n" for n in range(count)) + "users requests s0\n"
    text += "".join(f"s{n} calls s{n + 1}\n" for n in range(count - 1))
    last = next(point for point in flow(text).single_points if point.component == f"s{count - 1}")
    assert last.witness[-1] == f"s{count - 1}"
    assert len(last.witness) == 2 * LONGEST_WITNESS - 1


def test_the_budget_makes_bounds_of_what_is_too_much() -> None:
    """Alternatives that share what they need: with no room for a diagram there is a range, and it holds."""
    text = "users: users; lb: elb\n" + "".join(f"a{n}: ecs; b{n}: ecs; lb routes a{n}\n" for n in range(14))
    text += "users requests lb\n" + "".join(f"a{n} calls b{(n + k) % 14}\n" for n in range(14) for k in range(3))
    resolution = Resolution(draw(text), CATALOG)
    exact = study_flows(resolution).flows[0].result.complete
    rough = study_flows(resolution, budget=Budget(nodes=1)).flows[0].result.complete
    assert exact.exact and not rough.exact
    assert rough.lower <= exact.structural <= rough.upper
    assert rough.contract <= exact.contract + 1e-12


def test_cancelling() -> None:
    """The caller may stop at any time."""
    text = "users: users; lb: elb; a: ecs; b: ecs; users requests lb; lb routes a; lb routes b"
    with pytest.raises(Cancelled):
        study_flows(Resolution(draw(text), CATALOG), budget=Budget(should_stop=lambda: True))


@pytest.mark.parametrize(
    "sample", ["three-tier", "three-tier-fragile", "worker-fleet", "fan-out", "containers-fargate"]
)
def test_single_points_are_exactly_what_knocking_out_one_event_shows(sample: str) -> None:
    """Each event alone, by the engine's simulation, in the mode of each flow."""
    architecture = open_sample(sample, CATALOG)
    resolution = Resolution(architecture, CATALOG)
    for found in study_flows(resolution).flows:
        model = system(structural_parts(resolution), Wiring(resolution), found.result.mode)
        stops = {event for event in model.events if not works(model, [event])[found.result.entry]}
        assert stops == single_points(model, found.result.entry)
        assert {point.event for point in found.result.single_points} <= stops
        told = {hit.point.label for hit in found.hits}
        assert all(
            event.label in told or event.id.startswith("service:")
            for event in model.events.values()
            if event.id in stops
        )


@pytest.mark.parametrize("sample", ["three-tier", "orders-coupled", "kubernetes"])
def test_required_components_are_what_knocking_out_a_component_shows(sample: str) -> None:
    """All events of a component at once."""
    resolution = Resolution(open_sample(sample, CATALOG), CATALOG)
    found = study_flows(resolution).flows[0]
    model = system(structural_parts(resolution), Wiring(resolution), found.result.mode)
    for node in model.nodes.values():
        own = [
            event for event in (*node.events, *(e for replica in node.replicas for e in replica)) if node.id in event
        ]
        if own:
            stopped = not works(model, own)[found.result.entry]
            assert stopped == (component_of(node.id) in found.required)


def test_availability_is_that_of_the_engine() -> None:
    """The same model, asked directly."""
    resolution = Resolution(draw(JOBS), CATALOG)
    for mode, figure in ((Mode.ACCEPT, flow(JOBS).accept), (Mode.COMPLETE, flow(JOBS).complete)):
        model = system(structural_parts(resolution), Wiring(resolution), mode)
        assert math.isclose(availability(model, "users").value, figure.structural, rel_tol=1e-12)
