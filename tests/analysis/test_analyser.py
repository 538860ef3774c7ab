"""The analysis that is kept up to date: the same result as from nothing, whatever happens in between, and sooner."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from designer.analysis import component_rules, figures, flows
from designer.analysis.analyse import analyse
from designer.analysis.analyser import Analyser
from designer.analysis.budget import LIVE, THOROUGH, Budget, Cancelled
from designer.analysis.findings import Analysis
from designer.model import operations
from designer.model.architecture import Architecture
from designer.model.edits import Edit, Put, PutSettings, Remove
from designer.model.entities import Collection, Component, Connection, Flow, Mode
from designer.model.history import History
from designer.storage.samples import open_sample
from tests.analysis.drawings import CATALOG, draw
from tests.analysis.random_drawings import architectures, property_values
from tests.bench.large_drawings import SHAPES

NO_CLOCK = Budget(nodes=3_000, seconds=None)


def fresh(architecture: Architecture) -> Analysis:
    """The analysis from nothing."""
    return analyse(architecture, CATALOG, budget=NO_CLOCK)


@st.composite
def edits(draw: st.DrawFn, architecture: Architecture) -> Edit:
    """An edit that a user may make: of any property, place, name, wire, flow, boundary or setting."""
    possible: list[Callable[[], Edit]] = [lambda: _settings(draw, architecture)]
    if architecture.components:
        key = draw(st.sampled_from(sorted(architecture.components)))
        possible += [
            lambda: _component(draw, architecture, key),
            lambda: operations.delete(architecture, {Collection.COMPONENTS: [key]}),
            lambda: _flow(draw, key),
            lambda: _wire(draw, architecture, key),
        ]
    if architecture.connections:
        wire = draw(st.sampled_from(sorted(architecture.connections)))
        possible.append(lambda: Remove(Collection.CONNECTIONS, wire))
        relation = CATALOG.relations[architecture.connections[wire].relation]
        properties = draw(property_values(dict(relation.properties)))
        possible.append(lambda: Put(architecture.connections[wire].with_(properties=properties)))
    if architecture.boundaries:
        boundary = architecture.boundaries[draw(st.sampled_from(sorted(architecture.boundaries)))]
        zones = draw(st.sampled_from([(), ("a",), ("b", "c")]))
        possible.append(lambda: Put(boundary.with_(x=boundary.x + 8, width=600)))
        possible.append(lambda: Put(boundary.with_(zones=zones, name="Another")))
    return draw(st.sampled_from(possible))()


def _settings(draw: st.DrawFn, architecture: Architecture) -> Edit:
    zones = draw(st.sampled_from([("a",), ("a", "b"), ("a", "b", "c")]))
    region = draw(st.sampled_from(["us-east-1", "eu-central-1"]))
    return PutSettings(architecture.settings.with_(zones=zones, region=region))


def _component(draw: st.DrawFn, architecture: Architecture, key: str) -> Edit:
    component = architecture.components[key]
    places = [None, *sorted(architecture.boundaries)]
    changed = [
        component.with_(x=component.x + 8),
        component.with_(name="Another", note="moved"),
        component.with_(properties=draw(property_values(dict(CATALOG.kinds[component.kind].properties)))),
        component.with_(boundary=draw(st.sampled_from(places))),
        component.with_(zones=draw(st.sampled_from([(), ("a",), ("c", "d")]))),
        Component(id=f"n{len(architecture.components)}", kind=component.kind, name="New"),
    ]
    return Put(draw(st.sampled_from(changed)))


def _flow(draw: st.DrawFn, key: str) -> Edit:
    goal = draw(st.sampled_from([None, 0.99, 0.99999]))
    number = draw(st.integers(0, 2))
    return Put(Flow(id=f"f{number}", name=f"F{number}", entry=key, mode=draw(st.sampled_from(list(Mode))), goal=goal))


def _wire(draw: st.DrawFn, architecture: Architecture, source: str) -> Edit:
    target = draw(st.sampled_from(sorted(architecture.components)))
    kinds = (architecture.components[source].kind, architecture.components[target].kind)
    relations = CATALOG.relations_between(*kinds) or [CATALOG.relations["calls"]]
    relation = draw(st.sampled_from(relations)).id
    return Put(Connection(id=f"w{draw(st.integers(0, 12))}", source=source, target=target, relation=relation))


@settings(max_examples=120, deadline=None)
@given(start=architectures(), data=st.data())
def test_after_any_edits_it_equals_an_analysis_from_nothing(start: Architecture, data: st.DataObject) -> None:
    """One edit at a time, several at a time, undone, and seen as the drawing itself or as a copy of it."""
    analyser, history = Analyser(CATALOG), History(start)
    assert analyser.analyse(start, NO_CLOCK) == fresh(start)
    for _ in range(data.draw(st.integers(1, 5))):
        for _ in range(data.draw(st.integers(1, 2))):
            history.do(data.draw(edits(start)))
        seen = data.draw(st.sampled_from([start, start.copy()]))
        assert analyser.analyse(seen, NO_CLOCK) == fresh(start)
        if data.draw(st.booleans()):
            history.undo()
            assert analyser.analyse(start, NO_CLOCK) == fresh(start)


@settings(max_examples=60, deadline=None)
@given(start=architectures(), data=st.data())
def test_cancelled_anywhere_it_goes_on_rightly(start: Architecture, data: st.DataObject) -> None:
    """An analysis given up at a random point leaves nothing wrong behind."""
    analyser = Analyser(CATALOG)
    for _ in range(3):
        start.apply(data.draw(edits(start)))
        polls = itertools.count()
        last = data.draw(st.integers(0, 60))
        impatient = replace(NO_CLOCK, should_stop=lambda polls=polls, last=last: next(polls) >= last)
        try:
            assert analyser.analyse(start, impatient) == fresh(start)
        except Cancelled:
            continue
    assert analyser.analyse(start, NO_CLOCK) == fresh(start)


@pytest.mark.parametrize("shape", sorted(SHAPES))
def test_a_large_drawing_cancelled_at_every_point_goes_on_rightly(shape: str) -> None:
    """Each poll in turn says stop, with an edit before it."""
    drawing = SHAPES[shape](60)
    analyser = Analyser(CATALOG)
    service = next(one for one in drawing.components.values() if one.kind == "ecs")
    given_up = 0
    for last in range(40):
        drawing.apply(Put(service.with_property("desired", 2 + last % 3)))
        polls = itertools.count()
        try:
            analyser.analyse(drawing, replace(NO_CLOCK, should_stop=lambda p=polls, n=3 * last: next(p) >= n))
        except Cancelled:
            given_up += 1
        if last % 8 == 7:
            assert analyser.analyse(drawing, NO_CLOCK) == fresh(drawing)
    assert given_up > 0


@settings(max_examples=60, deadline=None)
@given(start=architectures(), data=st.data())
def test_in_haste_only_pending_figures_differ(start: Architecture, data: st.DataObject) -> None:
    """Everything else is what it is, and what follows without haste is the whole truth."""
    analyser = Analyser(CATALOG)
    analyser.analyse(start, NO_CLOCK)
    for _ in range(3):
        start.apply(data.draw(edits(start)))
        quick, whole = analyser.analyse(start, NO_CLOCK, hasty=True), fresh(start)
        assert quick.coupling == whole.coupling
        pending = [flow.accept.pending or flow.complete.pending for flow in quick.flows]
        assert quick.pending == any(pending)
        for one, other, late in zip(quick.flows, whole.flows, pending, strict=True):
            assert late or one == other
            assert replace(one, accept=other.accept, complete=other.complete) == other
        if not quick.pending:
            assert quick == whole
        assert analyser.analyse(start, NO_CLOCK) == whole


class Work:
    """Counts how often the expensive parts of an analysis run."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.counts: dict[str, int] = {}
        for owner, name in (
            (figures, "measured"),
            (figures, "Survey"),
            (flows._Study, "_studied"),
            (component_rules._Evaluation, "_of_component"),
            (component_rules._Evaluation, "_of_wire"),
        ):
            self._count(monkeypatch, owner, name)

    def _count(self, monkeypatch: pytest.MonkeyPatch, owner: Any, name: str) -> None:
        original = getattr(owner, name)

        def counted(*arguments: Any, **named: Any) -> Any:
            self.counts[name] = self.counts.get(name, 0) + 1
            return original(*arguments, **named)

        monkeypatch.setattr(owner, name, counted)

    def of(self, task: Callable[[], object]) -> dict[str, int]:
        """The counts of a task."""
        self.counts.clear()
        task()
        return dict(self.counts)


@pytest.fixture
def work(monkeypatch: pytest.MonkeyPatch) -> Iterator[Work]:
    yield Work(monkeypatch)


def test_a_move_gives_the_very_same_result(work: Work) -> None:
    """Dragging changes where something is drawn, and nothing else."""
    drawing, analyser = SHAPES["cells"](50), Analyser(CATALOG)
    before = analyser.analyse(drawing, NO_CLOCK)
    drawing.apply(Put(drawing.components["c3"].with_(x=999, y=999)))
    assert work.of(lambda: analyser.analyse(drawing, NO_CLOCK)) == {}
    assert analyser.analyse(drawing, NO_CLOCK) is before


def test_an_edit_works_out_its_neighbourhood_and_its_flow_only(work: Work) -> None:
    """Of ten applications side by side, nine are left alone."""
    drawing, analyser = SHAPES["cells"](100), Analyser(CATALOG)
    first = work.of(lambda: analyser.analyse(drawing, NO_CLOCK))
    assert (first["_studied"], first["_of_component"]) == (10, 100)
    drawing.apply(Put(drawing.components["c3"].with_property("desired", 5)))
    again = work.of(lambda: analyser.analyse(drawing, NO_CLOCK))
    assert again["_studied"] == 1
    assert again["_of_component"] == 4, "the service, its load balancer, its database and its topic"
    assert again["_of_wire"] <= 8


def test_a_figure_is_kept_where_an_edit_does_not_change_how_things_fail(work: Work) -> None:
    """A queue's retention has no part in the availability."""
    drawing, analyser = open_sample("orders-decoupled", CATALOG), Analyser(CATALOG)
    analyser.analyse(drawing, NO_CLOCK)
    queue = next(one for one in drawing.components.values() if one.kind == "sqs")
    drawing.apply(Put(queue.with_property("retention", 86_400)))
    again = work.of(lambda: analyser.analyse(drawing, NO_CLOCK))
    assert "measured" not in again and again["_studied"] > 0


def test_a_budget_with_more_room_replaces_a_bound() -> None:
    """What was bounded for want of room is worked out when there is some."""
    drawing, analyser = SHAPES["mesh"](100), Analyser(CATALOG)
    tight, wide = Budget(nodes=10, seconds=None), Budget(nodes=100_000, seconds=None)
    assert not analyser.analyse(drawing, tight).flows[0].complete.exact
    assert analyser.analyse(drawing, wide) == analyse(drawing, CATALOG, budget=wide)
    assert analyser.analyse(drawing, wide).flows[0].complete.exact


def test_what_is_known_of_flows_that_are_gone_is_forgotten() -> None:
    """Flows drawn and removed again and again, at different entries, leave nothing behind."""
    drawing, analyser = SHAPES["cells"](50), Analyser(CATALOG)
    entries = sorted(key for key, one in drawing.components.items() if one.kind == "users")
    sizes = []
    for number in range(20):
        entry = entries[number % len(entries)]
        drawing.apply(Put(Flow(id=f"f{number}", name="F", entry=entry, goal=0.999)))
        analyser.analyse(drawing, NO_CLOCK)
        drawing.apply(Remove(Collection.FLOWS, f"f{number}"))
        drawing.apply(Put(Flow(id="stays", name="Stays", entry=entries[0], goal=0.999)))
        assert analyser.analyse(drawing, NO_CLOCK) == fresh(drawing)
        assert analyser._state is not None
        sizes.append(len(analyser._state._kept.memory.figures))
    assert len(set(sizes)) == 1


def test_writers_that_stop_standing_in_for_one_another_are_two() -> None:
    """The wire of the other writer is far from the one that goes."""
    text = "lb: elb; a: ec2 zones=a; b: ec2 zones=b; db: rds; lb routes a; lb routes b; a queries db; b queries db"
    drawing, analyser = draw(text), Analyser(CATALOG)
    assert analyser.analyse(drawing, NO_CLOCK) == fresh(drawing)
    wire = next(one for one in drawing.connections.values() if (one.source, one.target) == ("lb", "b"))
    drawing.apply(Remove(Collection.CONNECTIONS, wire.id))
    assert analyser.analyse(drawing, NO_CLOCK) == fresh(drawing)
    assert "CPL-03" in {one.rule for one in fresh(drawing).findings}


@pytest.mark.parametrize("size", [100, 200])
def test_of_a_tangle_the_window_says_in_the_end_what_the_command_line_says(size: int) -> None:
    """First in haste, with what is still to come marked, then at leisure, by the budget that both have."""
    drawing, analyser = SHAPES["mesh"](size), Analyser(CATALOG)
    analyser.analyse(drawing, hasty=True)
    service = next(one for one in drawing.components.values() if one.kind == "ecs")
    drawing.apply(Put(service.with_property("desired", 3)))
    analyser.analyse(drawing, hasty=True)
    assert analyser.analyse(drawing) == analyse(drawing, CATALOG)
    assert LIVE.seconds is None and THOROUGH.seconds is None


def test_zones_of_a_load_balancer_count_for_its_targets() -> None:
    """Enabled in other zones, wired and unwired: the targets that are asked are others."""
    drawing = draw("u: users; lb: elb zones=abc; s: ecs zones=bc; w: ecs; u requests lb; lb routes s; w calls s")
    analyser = Analyser(CATALOG)
    called = next(one for one in drawing.connections.values() if one.relation == "calls")
    points = []
    balancer = drawing.components["lb"]
    for edit in (Remove(Collection.CONNECTIONS, called.id), Put(balancer.with_(zones=("a", "b"))), Put(called)):
        drawing.apply(edit)
        found = analyser.analyse(drawing, NO_CLOCK)
        assert found == fresh(drawing)
        points.append([point.label for point in found.flows[0].single_points if point.level == "zone"])
    assert points == [[], ["Zone b"], []]


def test_a_pending_figure_stays_what_it_was_and_is_replaced(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a moment for exact figures, the one of before the edit stands until there is time."""
    drawing = draw("users: users; lb: elb; s: ecs desired=2; users requests lb; lb routes s")
    analyser = Analyser(CATALOG)
    before = analyser.analyse(drawing, NO_CLOCK).flows[0].complete
    monkeypatch.setattr(figures, "HASTY_SECONDS", 0.0)
    drawing.apply(Put(drawing.components["s"].with_property("desired", 3)))
    quick = analyser.analyse(drawing, NO_CLOCK, hasty=True).flows[0].complete
    assert quick.pending and quick.structural == before.structural
    later = analyser.analyse(drawing, NO_CLOCK).flows[0].complete
    assert not later.pending and later.structural > before.structural
