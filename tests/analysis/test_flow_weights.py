"""What weighs in a flow, against the failure engine asked again with one figure changed, and against brute force."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations

import pytest
from hypothesis import given, settings

from designer.analysis.availability import availability
from designer.analysis.budget import Budget
from designer.analysis.dependency import structural_parts, system
from designer.analysis.downtime import SECONDS_PER_YEAR
from designer.analysis.flow_weights import FlowWeights, Weigher
from designer.analysis.flows import flows_of
from designer.analysis.system import System
from designer.analysis.wiring import Wiring
from designer.analysis.works import works
from designer.catalog.catalog import load_catalog
from designer.catalog.resolve import Resolution
from designer.model.architecture import Architecture
from designer.model.entities import Mode
from designer.storage.samples import open_sample, samples
from tests.analysis.random_drawings import architectures

CATALOG = load_catalog()
PATIENT = Budget(nodes=2_000_000, seconds=None)


def weighed(architecture: Architecture) -> tuple[System, str, FlowWeights]:
    """The model, entry and weights of the first flow in the mode that asks for all work."""
    resolution = Resolution(architecture, CATALOG)
    flow = flows_of(resolution, Wiring(resolution))[0]
    model = system(structural_parts(resolution), Wiring(resolution), Mode.COMPLETE)
    return model, flow.entry, Weigher(resolution, PATIENT).weigh(flow.entry, Mode.COMPLETE)


def without(model: System, event: str) -> System:
    """The same where one event never happens."""
    events = {**model.events, event: replace(model.events[event], unavailability=0.0)}
    return System(model.nodes, events)


@pytest.mark.parametrize("name", [sample.name for sample in samples()])
def test_a_weight_is_the_downtime_that_goes_when_the_event_never_happens(name: str) -> None:
    model, entry, found = weighed(open_sample(name, CATALOG))
    now = availability(model, entry, PATIENT).value
    assert found.weights
    assert [one.seconds for one in found.weights] == sorted((one.seconds for one in found.weights), reverse=True)
    for weight in found.weights:
        gained = availability(without(model, weight.event), entry, PATIENT).value - now
        assert weight.seconds == pytest.approx(gained * SECONDS_PER_YEAR, abs=1e-4)
        assert weight.source in CATALOG.facts


@settings(max_examples=60, deadline=None)
@given(architectures())
def test_combinations_stop_the_flow_and_none_can_be_left_out(architecture: Architecture) -> None:
    resolution = Resolution(architecture, CATALOG)
    if not flows_of(resolution, Wiring(resolution)):
        return
    model, entry, found = weighed(architecture)
    for one in found.combinations[:60]:
        down = frozenset(one.events)
        assert not works(model, down)[entry]
        for fewer in combinations(one.events, len(one.events) - 1):
            assert works(model, frozenset(fewer))[entry]


def test_names_say_whose_part_an_event_is() -> None:
    _model, _entry, found = weighed(open_sample("orders-decoupled", CATALOG))
    assert found.weights is not None
    labels = {weight.label for weight in found.weights}
    assert {"Zone a", "SQS in this Region"} <= labels
    pair = next(one for one in found.combinations if len(one.events) == 2)
    assert len(pair.labels) == 2
    assert found.complete_to == 3


def test_too_small_a_budget_leaves_the_weights_out_and_keeps_the_single_points() -> None:
    architecture = open_sample("orders-decoupled", CATALOG)
    resolution = Resolution(architecture, CATALOG)
    entry = flows_of(resolution, Wiring(resolution))[0].entry
    found = Weigher(resolution, Budget(nodes=3, seconds=None)).weigh(entry, Mode.COMPLETE)
    assert found.weights is None
    assert found.complete_to < 3
    assert all(len(one.events) <= found.complete_to for one in found.combinations)
