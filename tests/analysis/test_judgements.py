"""What a person judges otherwise than the catalog counts: in flows, coupling, figures, formulae and knock-outs."""

from __future__ import annotations

import pytest

from designer.analysis.analyse import analyse
from designer.analysis.dependency import structural_parts
from designer.analysis.findings import Analysis, FlowResult
from designer.analysis.flow_formula import FlowFormulas
from designer.analysis.knock_out import State, knock_out
from designer.analysis.known_facts import facts_of, figure_key
from designer.analysis.overrides import overrides
from designer.analysis.wiring import Wiring
from designer.catalog.resolve import Resolution
from designer.model.entities import Mode
from tests.analysis.drawings import CATALOG, draw

ONE = "users: users; s: lambda name=Shop; a: lambda name=A; b: lambda name=B; c: lambda name=C; users requests s; "
RDS = "users: users; s: lambda name=Shop; db: rds name=Data; users requests s; s queries db"


def analysis(text: str) -> Analysis:
    """Everything of a drawing."""
    return analyse(draw(text), CATALOG)


def flow(text: str) -> FlowResult:
    """The one flow of a drawing."""
    (found,) = analysis(text).flows
    return found


def labels(text: str) -> set[str]:
    """What alone stops the one flow."""
    return {point.label for point in flow(text).single_points}


def test_a_wire_set_soft_is_not_needed() -> None:
    """The target is on the flow only where nothing may be missing, and no single point of it."""
    before, after = flow(RDS), flow(f"{RDS} strength=soft reason=cached")
    assert "db" in before.members and "db" not in after.members
    assert after.complete.structural > before.complete.structural
    assert "db" in flow(f"{RDS} strength=soft; flow: entry=users mode=degraded").members
    found = knock_out(draw(f"{RDS} strength=soft"), CATALOG, ["db"])
    assert found.components["s"].state is State.DEGRADED
    assert not found.stopped
    assert knock_out(draw(RDS), CATALOG, ["db"]).stopped


def test_a_wire_set_asynchronous_is_not_waited_for() -> None:
    """Taking in then needs only the hand-over; doing all the work still needs the target."""
    text = ONE + "s invokes a; a invokes b"
    before, after = flow(text), flow(f"{text} style=async reason=later")
    assert before.accept == before.complete
    assert after.complete.structural == before.complete.structural
    assert analysis(f"{text} style=async id=it").coupling.wires["it"].style == "async"
    assert after.accept.structural >= before.accept.structural


def test_a_wire_set_synchronous_is_waited_for() -> None:
    """A trigger that somebody waits for belongs to the answer."""
    text = "users: users; q: sqs; f: lambda; users sends q style=sync; q triggers f"
    assert flow(f"{text} style=sync").accept.structural < flow(text).accept.structural


@pytest.mark.parametrize(
    ("needed", "stopping"), [(1, set()), (2, set()), (3, {"a", "b", "c"})], ids=["1 of 3", "2 of 3", "3 of 3"]
)
def test_k_of_n_alternatives_by_name(needed: int, stopping: set[str]) -> None:
    """Of three databases one of which is enough, none stops the flow; where all are needed, each does."""
    text = "users: users; s: lambda; a: ec2 name=A; b: ec2 name=B; c: ec2 name=C; users requests s; "
    wires = [f"s calls {key} alternatives=any alternatives_needed={needed}" for key in "abc"]
    found = flow(text + "; ".join(wires))
    assert {point.component for point in found.single_points if point.level == "resource"} == stopping


def test_the_availability_of_k_of_n_is_the_binomial_one() -> None:
    """Two of three instances at 99.5 %, all else perfect: 3 a^2 (1-a) + a^3."""
    text = "settings: zones=abc zone_availability=100 region_availability=100; s: ecs availability=100; "
    text += "".join(f"{key}: ec2 zones={key}; s calls {key} alternatives=any alternatives_needed=2; " for key in "abc")
    share = 0.995
    assert flow(text).complete.structural == pytest.approx(3 * share**2 * (1 - share) + share**3, abs=1e-12)


def test_a_group_joins_wires_of_different_relations() -> None:
    """A queue may stand in for a function that is called."""
    text = "users: users; s: ecs name=S; f: lambda name=F; q: sqs name=Q; lb: elb; users requests lb; lb routes s; "
    apart = text + "s invokes f; s sends q"
    together = text + "s invokes f alternatives=either; s sends q alternatives=either"
    assert flow(together).complete.structural > flow(apart).complete.structural
    found = knock_out(draw(together), CATALOG, ["f"])
    assert not found.stopped
    assert found.components["s"].reasons == ("1 of 2 targets work, without F",)
    assert knock_out(draw(together), CATALOG, ["f", "q"]).stopped


def test_too_few_of_a_group_are_told_in_numbers() -> None:
    """Two of three needed, two down."""
    wires = "; ".join(f"s invokes {key} alternatives=any alternatives_needed=2" for key in "abc")
    found = knock_out(draw(ONE + wires), CATALOG, ["a", "b"])
    assert found.components["s"].reasons == ("only 1 of its 3 targets work, 2 needed: without A and B",)
    assert found.stopped


def test_what_only_works_later_counts_as_working_while_work_is_taken_in() -> None:
    """One of two subscribers is enough, and nobody waits for either: the topic takes requests in without them."""
    text = "users: users; t: sns; a: sqs; b: lambda; users publishes t; "
    text += "t delivers a alternatives=x; t delivers b alternatives=x"
    assert flow(text).accept.structural == flow("users: users; t: sns; users publishes t").accept.structural


def test_alternatives_of_a_load_balancer_can_be_parted_by_hand() -> None:
    """Two targets that AWS takes for equal, and that a person knows to be both needed."""
    text = "users: users; lb: elb; a: ec2 name=A; b: ec2 name=B; users requests lb; lb routes a{0}; lb routes b{1}"
    assert not {"A", "B"} & labels(text.format("", ""))
    assert {"A", "B"} <= labels(text.format(" alternatives=a", " alternatives=b"))


def test_coupling_says_what_was_set_by_hand_and_why() -> None:
    """With the class that follows, and the points that are left."""
    found = analysis(f'{RDS} strength=soft style=async id=it reason="read from a cache"').coupling.wires["it"]
    assert (found.style, found.strength, found.word) == ("async", "soft", "loose")
    assert found.judged == (
        "set by hand: Shop does not wait (read from a cache)",
        "set by hand: Shop can do without Data (read from a cache)",
    )
    assert analysis(f"{RDS} id=it").coupling.wires["it"].judged == ()
    bare = analysis(f"{RDS} id=it alternatives=x").coupling.wires["it"]
    assert bare.judged == ('set by hand: one of the alternatives "x", of which 1 of 1 have to work (no reason given)',)


def test_what_is_set_as_it_was_is_no_judgement() -> None:
    """The default, written down, changes nothing."""
    assert analysis(f"{RDS} strength=hard style=sync id=it").coupling == analysis(f"{RDS} id=it").coupling


def test_an_own_figure_takes_the_place_of_the_catalog_s() -> None:
    """Of replicas, with zones and Region still counting."""
    text = "settings: zone_availability=100 region_availability=100; s: ecs availability=100; db: rds{0}; s queries db"
    assert flow(text.format(" availability=99.7")).complete.structural == pytest.approx(0.997, abs=1e-12)
    usual = 1 - (1 - 0.995) ** 2
    assert flow(text.format("")).complete.structural == pytest.approx(usual, abs=1e-12)
    zones = "s: ecs availability=100; db: rds availability=100; s queries db"
    found = flow(zones)
    assert found.complete.structural == pytest.approx((1 - 1e-4 * 1e-4) * (1 - 1e-5), abs=1e-9)
    assert {point.level for point in found.single_points} == {"region"}


@pytest.mark.parametrize("kind", [key for key, kind in CATALOG.kinds.items() if key != "users"])
def test_an_own_figure_keeps_what_the_drawing_says_of_redundancy(kind: str) -> None:
    """The same zones, the same single points by their level: a better number makes nothing redundant, nor single."""

    def points(text: str) -> set[tuple[str, str | None]]:
        return {(point.level, point.component or point.zone) for point in flow(text).single_points}

    text = f"users: users; it: {kind}; flow: entry=it mode=complete; x: sqs"
    assert points(f"{text}".replace(kind, f"{kind} availability=99.9", 1)) == points(text)


def test_many_replicas_with_an_own_figure() -> None:
    """As many as the model counts by zones: losing one zone of two leaves too little, and that stays so."""
    text = "web: asg min=40 desired=40 max=40 needed={0}{1}; flow: entry=web"
    for needed in (20, 30):
        usual, own = (flow(text.format(needed, more)) for more in ("", " availability=99.9"))
        zones = [{point.zone for point in one.single_points if point.level == "zone"} for one in (usual, own)]
        assert zones[0] == zones[1]
        assert own.complete.structural == pytest.approx(0.999, abs=3e-4)


def test_an_own_figure_is_a_source_of_the_formula() -> None:
    """Named, with where it comes from, as the author's."""
    architecture = draw(
        's: lambda; db: rds name=Data availability=99.97 availability_source="Probe, 2025"; s queries db'
    )
    resolution = Resolution(architecture, CATALOG)
    formulas = FlowFormulas(resolution)
    (fact,) = [fact for fact in formulas.facts() if fact.key == figure_key("db")]
    assert (fact.availability, fact.source, fact.verified) == (0.9997, "Probe, 2025", "yours")
    rows = formulas.rows(formulas.formula("s", Mode.COMPLETE), "Flow")
    assert ("Data by itself", 0.9997) in [(row.label, row.value) for row in rows]
    assert any(figure_key("db") in row.sources for row in rows)


def test_the_formula_of_work_that_is_handed_to_replicas() -> None:
    """A call that nobody waits for needs the instances that take it in, and says so."""
    resolution = Resolution(draw("a: ecs name=A; b: ecs name=B; a calls b style=async; flow: entry=a"), CATALOG)
    formulas = FlowFormulas(resolution)
    rows = formulas.rows(formulas.formula("a", Mode.ACCEPT), "Flow")
    assert any("B, taking work in" in row.label for row in rows)


def test_own_figures_of_zone_and_region_take_the_place_of_assumptions() -> None:
    """With their digits kept, and their standing."""
    facts = facts_of(Resolution(draw("settings: zone_availability=99.95 figures_source=ours; s: ecs"), CATALOG))
    assert (facts["assumed.zone"].availability, facts["assumed.zone"].verified) == (0.9995, "yours")
    assert facts["assumed.region"] == CATALOG.facts["assumed.region"]
    parts = structural_parts(Resolution(draw("settings: zone_availability=99.95; s: ecs"), CATALOG))
    assert parts.events["zone:a"].unavailability == 0.0005


def test_all_overrides_are_listed_with_their_reasons() -> None:
    """The whole, then components, then wires."""
    text = "settings: name=Shop region_availability=99.9 figures_source=ours; "
    text += 'users: users; s: lambda name=S; db: rds name=D availability=99.97 availability_source="Probe, 2025"; '
    text += "users requests s; s queries db strength=soft reason=cached id=it"
    resolution = Resolution(draw(text), CATALOG)
    found = overrides(resolution, Wiring(resolution))
    assert [(one.collection, one.id, one.what, one.reason) for one in found] == [
        ("", "", "Availability of the Region: 99.9 %", "ours"),
        ("components", "db", "Availability by itself: 99.97 %", "Probe, 2025"),
        ("connections", "it", "S can do without D", "cached"),
    ]
    assert [one.title for one in found] == ["Architecture", CATALOG.kinds["rds"].title, "Queries"]
