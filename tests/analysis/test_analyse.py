"""The analysis as a whole: it never fails, says the same twice, and what it proves is so."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings

from designer.analysis.analyse import analyse
from designer.analysis.budget import Budget
from designer.analysis.component_rules import contradictions, order_of
from designer.analysis.dependency import What, structural_parts, system
from designer.analysis.findings import Analysis, Severity
from designer.analysis.flows import study_flows
from designer.analysis.rules import load_rules
from designer.analysis.wiring import Wiring
from designer.analysis.works import works
from designer.catalog.resolve import Resolution
from designer.model.architecture import Architecture
from designer.model.entities import Component, Connection, Entity, Settings
from tests.analysis.drawings import CATALOG, draw
from tests.analysis.random_drawings import architectures

BOOK = load_rules(CATALOG)
MACHINE_INDEPENDENT = Budget(nodes=3_000, seconds=None)


def analysis_of(architecture: Architecture) -> Analysis:
    """The analysis with a budget that no clock decides."""
    return analyse(architecture, CATALOG, budget=MACHINE_INDEPENDENT)


@settings(max_examples=150)
@given(architectures())
def test_it_never_raises_and_is_well_formed(architecture: Architecture) -> None:
    """For any drawing: findings of known rules in their order, about things that exist, without gaps in the texts."""
    result = analysis_of(architecture)
    places = {*architecture.components, *architecture.connections, *architecture.boundaries}
    assert list(result.findings) == sorted(result.findings, key=order_of)
    for finding in result.findings:
        assert finding.rule in BOOK.rules
        assert {*finding.components, *finding.connections, *finding.boundaries, *finding.witness} <= places
        assert finding.message and "{" not in finding.message
    for flow in result.flows:
        for figure in (flow.accept, flow.complete):
            assert 0 <= figure.lower <= figure.upper <= 1
            assert figure.lower <= figure.structural <= figure.upper
            assert 0 <= figure.contract <= 1
        assert flow.complete.structural <= flow.accept.upper + 1e-9
        assert {*flow.members, *flow.wires} <= places
        for point in flow.single_points:
            assert point.witness[0] == flow.entry
            assert set(point.witness) <= {*flow.members, *flow.wires}
    for service in result.coupling.services.values():
        assert 0 <= service.blast_radius <= 1
    assert set(result.coupling.wires) == set(architecture.connections)


@settings(max_examples=60)
@given(architectures())
def test_the_same_drawing_gives_the_same_result(architecture: Architecture) -> None:
    """Whatever the order in which its parts were drawn."""
    tables = (architecture.boundaries, architecture.components, architecture.connections, architecture.flows)
    parts: list[Entity] = [entity for table in tables for entity in table.values()]
    reordered = Architecture.of(architecture.settings, reversed(parts))
    assert analysis_of(architecture) == analysis_of(architecture) == analysis_of(reordered)


@settings(max_examples=80)
@given(architectures())
def test_single_points_are_what_knocking_out_each_event_shows(architecture: Architecture) -> None:
    """Every flow: the events found alone stop it, and every event that alone stops it is found."""
    resolution = Resolution(architecture, CATALOG)
    parts = structural_parts(resolution)
    for study in study_flows(resolution, budget=MACHINE_INDEPENDENT).flows:
        model = system(parts, Wiring(resolution), study.result.mode)
        stops = {event for event in model.events if not works(model, [event])[study.result.entry]}
        told = {hit.point.event for hit in study.hits}
        assert told <= stops
        labels = {(hit.point.component, hit.point.level) for hit in study.hits if hit.point.level != "region"}
        for event in stops - told:
            origin = parts.origins[event]
            same_kind = origin.what is What.SERVICE or origin.what is What.CROWD
            assert same_kind or any(component == origin.component for component, _ in labels), event


@settings(max_examples=60)
@given(architectures())
def test_contradictions_are_the_errors(architecture: Architecture) -> None:
    """What stops an export is shown as an error, and nothing else is."""
    shown = {f for f in analysis_of(architecture).findings if f.severity is Severity.ERROR}
    assert shown == set(contradictions(Resolution(architecture, CATALOG)))


@settings(max_examples=60)
@given(architectures())
def test_a_resolution_at_hand_changes_nothing(architecture: Architecture) -> None:
    """It only saves time."""
    resolution = Resolution(architecture, CATALOG)
    resolution.wires()
    given_one = analyse(architecture, CATALOG, resolution=resolution, budget=MACHINE_INDEPENDENT)
    assert given_one == analysis_of(architecture)


def test_more_replicas_never_lower_the_availability() -> None:
    """One, two and three tasks."""
    values = [_shop(f"desired={count}").complete.structural for count in (1, 2, 3)]
    assert values == sorted(values) and values[0] < values[1]


def test_moving_a_replica_into_another_zone_adds_no_single_point() -> None:
    """Zones a and b instead of a alone."""
    narrow = {point.label for point in _shop("zones=a").single_points}
    wide = {point.label for point in _shop("zones=ab").single_points}
    assert wide < narrow


def test_one_more_thing_to_need_never_raises_the_availability() -> None:
    """A table beside the service."""
    before = analysis_of(draw("users: users; lb: elb; s: ecs; users requests lb; lb routes s")).flows[0]
    after = analysis_of(
        draw("users: users; lb: elb; s: ecs; t: dynamodb; users requests lb; lb routes s; s reads-writes t")
    ).flows[0]
    assert after.complete.structural < before.complete.structural


def test_names_do_not_matter() -> None:
    """Renaming components changes words only."""
    text = "users: users; s: ec2 {0}; users requests s"
    one, other = analysis_of(draw(text.format(""))), analysis_of(draw(text.format("name='{x} % <b>'")))
    assert [finding.rule for finding in one.findings] == [finding.rule for finding in other.findings]
    assert any("{x} % <b>" in finding.message for finding in other.findings)


def _shop(service: str):  # type: ignore[no-untyped-def]
    """The flow of a shop whose service is set up in some way."""
    return analysis_of(draw(f"users: users; lb: elb; s: ecs {service}; users requests lb; lb routes s")).flows[0]


@pytest.mark.parametrize("shape", ["chain", "star", "ring"])
def test_ten_thousand_components_finish(shape: str) -> None:
    """A drawing far beyond any real one is analysed, if with bounds instead of exact figures."""
    count = 10_000
    components = [Component(id=f"c{number}", kind="lambda", name=f"C{number}") for number in range(count)]
    ends = {
        "chain": [(number, number + 1) for number in range(count - 1)],
        "star": [(number, 0) for number in range(1, count)],
        "ring": [(number, (number + 1) % count) for number in range(count)],
    }[shape]
    wires = [Connection(id=f"w{a}-{b}", source=f"c{a}", target=f"c{b}", relation="invokes") for a, b in ends]
    started = time.thread_time()
    result = analyse(Architecture.of(Settings(), [*components, *wires]), CATALOG)
    assert len(result.coupling.wires) == len(ends)
    assert time.thread_time() - started < 60
