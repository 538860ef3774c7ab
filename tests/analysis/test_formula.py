"""Formulae: the root is the availability, every other value follows from what stands below it."""

from __future__ import annotations

import math
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from designer.analysis.availability import availability
from designer.analysis.budget import Budget
from designer.analysis.dependency import structural_parts, system
from designer.analysis.flow_formula import FlowFormulas, Row, figure, row_text, source_text, text
from designer.analysis.flows import flows_of
from designer.analysis.formula import MOST_DEPTH, Formula, Join, Naming, Term, formula, k_of_n
from designer.analysis.system import Group, InvalidSystem, Node
from designer.analysis.wiring import Wiring
from designer.catalog.catalog import load_catalog
from designer.catalog.resolve import Resolution
from designer.model.architecture import Architecture
from designer.model.entities import Mode
from designer.storage.samples import open_sample
from tests.analysis.drawings import draw
from tests.analysis.failure_systems import needs, random_system, system_of
from tests.analysis.random_drawings import architectures as drawings
from tests.model.architectures import architectures as hostile

CATALOG = load_catalog()
NO_CLOCK = Budget(nodes=2_000_000, seconds=None)
NAMES = Naming(node=str, event=str, replicas=lambda node: f"of {node}", replica=lambda node, at: f"{node}/{at}")


def by_the_law(term: Term) -> float:
    """The value that follows from those of the parts; what is counted elsewhere takes part as working."""
    values = [1.0 if part.value is None else part.value for part in term.parts]
    return math.prod(values) if term.join is Join.ALL else k_of_n(term.needed, values)


def rows_of(architecture: Architecture, mode: Mode | None = None) -> list[Row]:
    """The lines of the first flow's formula."""
    formulas = FlowFormulas(Resolution(architecture, CATALOG), NO_CLOCK)
    flow = flows_of(formulas.resolution, Wiring(formulas.resolution))[0]
    return formulas.rows(formulas.formula(flow.entry, mode or flow.mode), flow.name)


def lines_of(text_: str) -> list[str]:
    """The same as text without sources."""
    return text(rows_of(draw(text_)), {}).splitlines()


def test_the_root_is_the_availability_and_follows_from_its_parts() -> None:
    rng = random.Random(11)
    shared = products = 0
    for _ in range(1_500):
        model = random_system(rng)
        found = formula(model, "n0", NAMES, budget=NO_CLOCK)
        exact = availability(model, "n0", NO_CLOCK).value
        assert found.exact
        assert found.root.value == pytest.approx(exact, abs=1e-12)
        assert by_the_law(found.root) == pytest.approx(exact, abs=1e-12)
        for term in found.root.all_terms():
            assert term.value is None or -1e-12 <= term.value <= 1 + 1e-12
            shared += bool(term.shared)
            if term.is_product:
                products += 1
                assert by_the_law(term) == pytest.approx(term.value, abs=1e-12)
    assert shared > 300
    assert products > 3_000


@given(st.one_of(drawings(), hostile()))
@settings(max_examples=40)
def test_the_same_for_drawings(architecture: Architecture) -> None:
    formulas = FlowFormulas(Resolution(architecture, CATALOG), NO_CLOCK)
    wiring, parts = Wiring(formulas.resolution), structural_parts(formulas.resolution)
    for flow in flows_of(formulas.resolution, wiring):
        for mode in Mode:
            found = formulas.formula(flow.entry, mode)
            exact = availability(system(parts, wiring, mode), flow.entry, NO_CLOCK).value
            assert found.root.value == pytest.approx(exact, abs=1e-12)
            assert by_the_law(found.root) == pytest.approx(exact, abs=1e-9)
            rows = formulas.rows(found, flow.name)
            assert rows[0].value == found.root.value
            assert all(row.depth >= 1 for row in rows[1:])
            assert text(rows, {}).count("\n") >= len(rows) - 1


def test_a_shared_zone_is_counted_once() -> None:
    """Two replicas in zone z each, of two nodes: by the values of the parts it would come out too low or too high."""
    q = {"z": 0.1, "a": 0.2, "b": 0.2, "c": 0.2, "d": 0.2}
    web = Node("web", replicas=(("a", "z"), ("b",)), needed=1)
    store = Node("store", replicas=(("c", "z"), ("d",)), needed=1)
    model = system_of(q, Node("n0", groups=needs("web", "store")), web, store)
    found = formula(model, "n0", NAMES, budget=NO_CLOCK)
    (together,) = found.root.parts
    assert together.label == "together"
    assert together.shared == ("z",)
    assert [part.node for part in together.parts] == ["web", "store"]
    alone = 1 - 0.2 * (1 - 0.8 * 0.9)
    assert together.parts[0].value == pytest.approx(alone)
    exact = 0.9 * (1 - 0.04) ** 2 + 0.1 * 0.8**2
    assert together.value == pytest.approx(exact)
    assert found.root.value == pytest.approx(exact)
    assert exact > alone**2


def test_a_single_point_of_several_stands_at_the_top() -> None:
    model = system_of(
        {"z": 0.1, "a": 0.2, "b": 0.3}, Node("n0", ("a", "z"), groups=needs("n1")), Node("n1", ("z", "b"))
    )
    found = formula(model, "n0", NAMES, budget=NO_CLOCK)
    assert [(part.label, part.value) for part in found.root.parts] == [
        ("z", pytest.approx(0.9)), ("n0", pytest.approx(0.8)), ("n1", pytest.approx(0.7)),
    ]  # fmt: skip
    assert not any(term.shared for term in found.root.all_terms())


def test_an_alternative_that_another_part_needs_too_is_not_told_twice() -> None:
    nodes = [
        Node("n0", groups=(Group(("n1", "n2"), 1), Group(("n2", "n3"), 1))),
        *(Node(f"n{at}", (f"e{at}",)) for at in (1, 2, 3)),
    ]
    model = system_of({"e1": 0.1, "e2": 0.2, "e3": 0.3}, *nodes)
    found = formula(model, "n0", NAMES, budget=NO_CLOCK)
    counted = [term for term in found.root.all_terms() if term.join is Join.COUNTED]
    assert [term.node for term in counted] == ["n2"]
    assert found.root.value == pytest.approx(0.8 + 0.2 * 0.9 * 0.7)


def test_deep_alternatives_are_closed_with_their_value() -> None:
    nodes = []
    for depth in range(40):
        group = (Group((f"n{depth + 1}", f"s{depth}"), 1),) if depth < 39 else ()
        nodes += [Node(f"n{depth}", (f"e{depth}",), groups=group), Node(f"s{depth}", (f"f{depth}",))]
    model = system_of({f"{kind}{at}": 0.01 for kind in "ef" for at in range(40)}, *nodes)
    found = formula(model, "n0", NAMES, budget=NO_CLOCK)
    closed = [term for term in found.root.all_terms() if term.join is Join.CLOSED]
    assert len(closed) == 2
    assert all(0.9 < (term.value or 0) < 1 for term in closed)
    assert by_the_law(found.root) == pytest.approx(found.root.value)
    assert MOST_DEPTH < 40


def test_beyond_the_budget_the_root_is_a_bound() -> None:
    rng = random.Random(2)
    events = {f"e{at}": 0.05 for at in range(40)}
    groups = tuple(Group(tuple(rng.sample([f"n{at}" for at in range(1, 41)], 3)), 1) for _ in range(60))
    model = system_of(events, Node("n0", groups=groups), *(Node(f"n{at + 1}", (f"e{at}",)) for at in range(40)))
    found = formula(model, "n0", NAMES, budget=Budget(nodes=50, seconds=None))
    exact = availability(model, "n0", NO_CLOCK)
    assert not found.exact
    assert exact.exact
    assert found.root.value is not None
    assert found.root.value <= exact.value
    assert any(term.shared and term.value is None for term in found.root.all_terms())


def test_an_unknown_entry_is_refused() -> None:
    with pytest.raises(InvalidSystem):
        formula(system_of({}, Node("n0")), "n1", NAMES)


@pytest.mark.parametrize(("needed", "values"), [(0, []), (1, [0.9, 0.8]), (2, [0.9, 0.8, 0.7]), (3, [0.9] * 3)])
def test_the_law_of_k_out_of_n(needed: int, values: list[float]) -> None:
    """Against all combinations."""
    total = 0.0
    for bits in range(1 << len(values)):
        if bits.bit_count() >= needed:
            total += math.prod(v if bits >> at & 1 else 1 - v for at, v in enumerate(values))
    assert k_of_n(needed, values) == pytest.approx(total)


def test_a_formula_in_words() -> None:
    formulas = FlowFormulas(Resolution(open_sample("three-tier", CATALOG), CATALOG))
    rows = formulas.rows(formulas.formula("users", Mode.COMPLETE), "Visit the shop")
    numbers = {fact.key: number for number, fact in enumerate(formulas.facts(), 1)}
    assert text(rows, numbers).splitlines() == [
        "99.983801 %  Visit the shop",
        "  99.999 %  Region eu-central-1 [5]",
        "  99.984801 %  Load balancer, Web servers and Shop database, together"
        " (its parts share Zone a and Zone b, which the decision diagram counts once)",
        "    99.989999 %  Load balancer",
        "      99.99 %  Elastic Load Balancing in this Region [2]",
        "      99.999999 %  1 of 2 zones",
        "        99.99 %  Zone a (shared) [4]",
        "        99.99 %  Zone b (shared) [4]",
        "    99.9974 %  Web servers: 1 of 2 instances",
        "      99.49005 %  Instance 1 in zone a (Instance 1 99.5 % x Zone a 99.99 %) [1] [4]",
        "      99.49005 %  Instance 2 in zone b (Instance 2 99.5 % x Zone b 99.99 %) [1] [4]",
        "    99.9974 %  Shop database: 1 of 2 instances",
        "      99.49005 %  Instance 1 in zone a (Instance 1 99.5 % x Zone a 99.99 %) [3] [4]",
        "      99.49005 %  Instance 2 in zone b (Instance 2 99.5 % x Zone b 99.99 %) [3] [4]",
    ]
    assert [source_text(fact) for fact in formulas.facts()][:3] == [
        "Amazon Compute SLA, instance level (as others quote it)",
        "Elastic Load Balancing SLA, 25 July 2022 (the agreement's own text)",
        "Amazon RDS SLA, 22 January 2024 (the agreement's own text)",
    ]


def test_words_for_everything_else() -> None:
    lines = lines_of("web: ec2 zones=a; q: sqs; web sends q; flow: entry=web name=Go mode=accept")
    assert any("web: Instance in zone a (Instance 99.5 % x Zone a 99.99 % x NAT" in line for line in lines)
    assert any(line.endswith("q, taking work in: SQS in this Region") for line in lines)
    lines = lines_of("lb: elb; web: asg min=30 max=60 needed=10; lb routes web; flow: entry=lb name=Go")
    assert any("Enough of the 30 replicas, each by itself" in line for line in lines)
    lines = lines_of("lb: elb; one: ecs; two: ecs; lb routes one; lb routes two; flow: entry=lb name=Go")
    assert any("1 of 2 alternatives" in line for line in lines)
    lines = lines_of("web: asg min=0; flow: entry=web name=Go")
    assert lines == ["0 %  Go", "  0 %  web (Region us-east-1 99.999 % x No instance runs 0 %)"]
    lines = lines_of("web: asg min=12 max=20; flow: entry=web name=Go")
    assert "      and 6 more like these" in lines


def test_a_bound_says_so() -> None:
    formulas = FlowFormulas(Resolution(open_sample("three-tier", CATALOG), CATALOG))
    found = formulas.formula("users", Mode.COMPLETE)
    rows = formulas.rows(Formula(root=found.root, exact=False), "Visit")
    assert row_text(rows[0], {}) == "99.983801 %  Visit (at least: too large to be worked out exactly)"


@pytest.mark.parametrize(
    ("share", "words"),
    [(1.0, "100 %"), (0.999, "99.9 %"), (0.0, "0 %"), (0.9998765432, "99.987654 %"), (1 - 1e-12, "> 99.999999 %")],
)
def test_figures_in_words(share: float, words: str) -> None:
    assert figure(share) == words
