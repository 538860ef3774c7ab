"""Examples with known results: printed in AWS texts, classic fault trees, and worked by hand. See oracles.yaml."""

from __future__ import annotations

import collections
import itertools
from decimal import ROUND_DOWN, ROUND_HALF_EVEN, Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml

from designer.analysis.availability import availability
from designer.analysis.budget import Budget
from designer.analysis.coupling_metrics import Dependency, metrics
from designer.analysis.cutsets import minimal_cut_sets
from designer.analysis.downtime import (
    availability_from_mtbf,
    downtime_per_30_days,
    downtime_per_year,
    duration,
    seconds_down_per_30_days,
    seconds_down_per_year,
)
from designer.analysis.importance import importance
from designer.analysis.spof import single_points
from designer.analysis.system import Group, Node, System
from tests.analysis.failure_systems import needs, system_of

ORACLES: dict[str, Any] = yaml.safe_load((Path(__file__).parent / "oracles.yaml").read_text(encoding="utf-8"))
BUDGET = Budget(nodes=20_000, seconds=None)


def series(**q: float) -> System:
    """Hard dependencies on leaves with these unavailabilities."""
    return system_of(q, Node("top", groups=needs(*q)), *(Node(name, (name,)) for name in q))


def redundant(needed: int, **q: float) -> System:
    """Replicas with these unavailabilities, ``needed`` of them required."""
    return system_of(q, Node("top", replicas=tuple((name,) for name in q), needed=needed))


def series_with_pair() -> System:
    q = {"a": 0.01, "b1": 0.01, "b2": 0.0001, "c": 0.0001}
    leaves = [Node(name, (name,)) for name in q]
    return system_of(q, Node("top", groups=(*needs("a", "c"), Group(("b1", "b2"), 1))), *leaves)


def bridge() -> System:
    """Components 1, 2 at the source, 4, 5 at the sink, 3 between: one of four paths has to work."""
    paths = [("1", "4"), ("2", "5"), ("1", "3", "5"), ("2", "3", "4")]
    nodes = [Node("-".join(path), path) for path in paths]
    top = Node("top", groups=(Group(tuple(node.id for node in nodes), 1),))
    return system_of(dict.fromkeys("12345", 0.1), top, *nodes)


AVAILABILITY = {
    "AV1": series(a=0.0001, b=0.0001, c=0.0001),
    "AV2": redundant(1, a=0.001, b=0.001),
    "AV3": redundant(1, a=0.01, b=0.01),
    "AV6": series_with_pair(),
    "AV11": redundant(2, a=0.01, b=0.01, c=0.01),
    "AV14": bridge(),
}


def printed(availability: float, digits: str) -> set[str]:
    """The percentage to as many decimals as ``digits`` has, cut off and rounded (the sources do either)."""
    step = Decimal(digits.replace("9", "0").replace("8", "0"))
    percent = Decimal(repr(availability)) * 100
    return {str(percent.quantize(step, rounding)) for rounding in (ROUND_DOWN, ROUND_HALF_EVEN)}


def test_every_availability_example_has_a_system() -> None:
    assert set(AVAILABILITY) == set(ORACLES["availability"])


@pytest.mark.parametrize("name", AVAILABILITY)
def test_availability_examples(name: str) -> None:
    oracle = ORACLES["availability"][name]
    result = availability(AVAILABILITY[name], "top", BUDGET)
    assert result.exact
    assert result.value == pytest.approx(oracle["exact"], abs=1e-12)
    if "published_percent" in oracle:
        assert oracle["published_percent"] in printed(result.value, oracle["published_percent"])
    if "approximation" in oracle:
        assert abs(result.value - oracle["approximation"]) > 1e-6


def test_mtbf_example() -> None:
    oracle = ORACLES["mtbf"]
    result = availability_from_mtbf(oracle["mtbf_hours"], oracle["mttr_hours"])
    assert result == pytest.approx(oracle["exact"], abs=1e-9)
    assert oracle["published_percent"] in printed(result, oracle["published_percent"])


@pytest.mark.parametrize(("mtbf", "mttr"), [(-1, 1), (1, -1), (0, 0)])
def test_impossible_times_are_refused(mtbf: float, mttr: float) -> None:
    with pytest.raises(ValueError, match="expected times of at least 0"):
        availability_from_mtbf(mtbf, mttr)


def zonal_single() -> System:
    return system_of(
        {"alb": 0.0001, "ec2": 0.005, "rds": 0.005, "za": 0.001},
        Node("top", ("alb",), groups=needs("web")),
        Node("web", ("ec2", "za"), groups=needs("db")),
        Node("db", ("rds", "za")),
    )


def two_zones() -> System:
    return system_of(
        {"alb": 0.0001, **dict.fromkeys(("i1", "i2", "r1", "r2"), 0.005), "za": 0.001, "zb": 0.001},
        Node("top", ("alb",), groups=needs("web")),
        Node("web", replicas=(("i1", "za"), ("i2", "zb")), needed=1, groups=needs("db")),
        Node("db", replicas=(("r1", "za"), ("r2", "zb")), needed=1),
    )


def fleet(instances: int, needed: int) -> System:
    q = {f"i{i}": 0.005 for i in range(instances)} | {"z0": 0.001, "z1": 0.001}
    return system_of(q, Node("top", replicas=tuple((f"i{i}", f"z{i % 2}") for i in range(instances)), needed=needed))


ARCHITECTURES = {"AW1": zonal_single(), "AW2": two_zones(), "AW4": fleet(2, 2), "AW6": fleet(4, 3)}


@pytest.mark.parametrize("name", ARCHITECTURES)
def test_architectures(name: str) -> None:
    oracle, system = ORACLES["architectures"][name], ARCHITECTURES[name]
    result = availability(system, "top", BUDGET)
    assert result.exact
    assert result.value == pytest.approx(oracle["availability"], abs=1e-12)
    assert sorted(single_points(system, "top")) == oracle["single_points"]
    if "cut_sets" in oracle:
        assert [list(cut) for cut in minimal_cut_sets(system, "top").sets] == oracle["cut_sets"]
    for event, birnbaum in oracle.get("birnbaum", {}).items():
        assert importance(system, "top")[event].birnbaum == pytest.approx(birnbaum, abs=5e-7)


def test_a_zone_counted_twice_would_be_another_number() -> None:
    product = (1 - 0.0001) * ((1 - 0.005) * (1 - 0.001)) ** 2
    assert availability(zonal_single(), "top", BUDGET).value > product + 0.0009


def test_a_queue_takes_what_is_behind_it_out_of_the_accept_flow() -> None:
    oracle = ORACLES["architectures"]["AW9"]
    front = {"api": 0.0005, "lambda": 0.0005}
    back = {"worker": 0.0005, "table": 0.0001}
    for figure, parts in [
        ("accept", front | {"queue": 0.001}),
        ("complete", front | {"queue": 0.001} | back),
        ("without_queue", front | back),
    ]:
        assert availability(series(**parts), "top", BUDGET).value == pytest.approx(oracle[figure], abs=1e-10)


def theatre() -> System:
    q = {"mains": 0.03, "generator": 0.02, "relay": 0.05}
    top = Node("top", groups=(Group(("mains", "emergency"), 1),))
    return system_of(q, top, Node("mains", ("mains",)), Node("emergency", ("generator", "relay")))


def trains_with_common_cause() -> System:
    """Beta factor: a fifth of each q hits all valves or all pumps at once."""
    q = {f"{part}{i}": 0.08 for part in ("valve", "pump") for i in range(3)} | {"valves": 0.02, "pumps": 0.02}
    trains = tuple((f"valve{i}", f"pump{i}", "valves", "pumps") for i in range(3))
    return system_of(q, Node("top", replicas=trains, needed=1))


FAULT_TREES = {
    "FT1": series(a=0.1, b=0.2, c=0.3),
    "FT2": system_of(
        {"a": 0.1, "b": 0.2, "c": 0.3},
        Node("top", groups=(Group(("a", "b"), 1), Group(("b", "c"), 1))),
        *(Node(name, (name,)) for name in "abc"),
    ),
    "FT3": redundant(2, a=0.1, b=0.2, c=0.3),
    "FT4": system_of(
        {"v1": 0.5, "p1": 0.7, "v2": 0.5, "p2": 0.7}, Node("top", replicas=(("v1", "p1"), ("v2", "p2")), needed=1)
    ),
    "FT5": theatre(),
    "FT6": trains_with_common_cause(),
}


@pytest.mark.parametrize("name", ORACLES["fault_trees"])
def test_fault_trees(name: str) -> None:
    oracle, system = ORACLES["fault_trees"][name], FAULT_TREES[name]
    result = availability(system, "top", BUDGET)
    assert result.exact
    digits = len(str(oracle["probability"])) - 2
    assert round(1.0 - result.value, digits) == oracle["probability"]
    orders = collections.Counter(len(cut) for cut in minimal_cut_sets(system, "top").sets)
    assert orders == oracle["orders"]


def test_coupling_example() -> None:
    oracle = ORACLES["coupling"]
    result = metrics(oracle["services"], (Dependency(*pair) for pair in oracle["dependencies"]))
    for measure in ("ais", "ads", "acs", "adcs", "scf", "siy"):
        assert getattr(result, measure) == oracle[measure]
    for service, value in oracle["instability"].items():
        assert result.instability[service] == pytest.approx(value, abs=5e-5)
    assert result.ris["orders"] == oracle["ris"]["orders"]
    assert result.rcs["api"] == oracle["rcs"]["api"]
    assert [list(cycle) for cycle in result.cycles] == oracle["cycles"]
    assert [list(pair) for pair in result.unstable_dependencies] == oracle["unstable_dependencies"]


@pytest.mark.parametrize(("percent", "words"), ORACLES["downtime"]["per_year"].items())
def test_downtime_per_year_in_words(percent: float, words: str) -> None:
    assert downtime_per_year(percent / 100) == words


@pytest.mark.parametrize(("percent", "seconds"), ORACLES["downtime"]["seconds_per_30_days"].items())
def test_downtime_per_30_days(percent: float, seconds: float) -> None:
    assert seconds_down_per_30_days(percent / 100) == pytest.approx(seconds, abs=1e-6)


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0, "less than a second"),
        (0.9, "less than a second"),
        (1, "1 second"),
        (59.9, "59 seconds"),
        (60, "1 minute"),
        (119, "1 minute"),
        (3_600, "1 hour"),
        (3_661, "1 hour 1 minute"),
        (86_400 + 59 * 60, "1 day"),
        (2 * 86_400 + 3_600, "2 days 1 hour"),
    ],
)
def test_durations_in_words_are_cut_off(seconds: float, words: str) -> None:
    assert duration(seconds) == words


def test_downtime_at_the_ends() -> None:
    assert downtime_per_year(1.0) == downtime_per_30_days(1.0) == "never"
    assert downtime_per_year(0.0) == "365 days a year"
    assert downtime_per_30_days(0.0) == "30 days in 30 days"
    assert downtime_per_year(1 - 1e-9) == "less than a second a year"
    assert downtime_per_year(1 - 3_600 / 31_536_000) == "1 hour a year"
    assert downtime_per_year(0.999999) == "31 seconds a year"


@pytest.mark.parametrize("wrong", [-0.1, 1.1, float("nan")])
def test_impossible_figures_are_refused(wrong: float) -> None:
    for function in (downtime_per_year, downtime_per_30_days, seconds_down_per_year):
        with pytest.raises(ValueError, match="expected 0 to 1"):
            function(wrong)
    with pytest.raises(ValueError, match="at least 0"):
        duration(-1)


def test_more_available_is_never_longer_down() -> None:
    steps = [1 - 10 ** (-i / 4) for i in range(1, 40)]
    for worse, better in itertools.pairwise(steps):
        assert seconds_down_per_year(better) <= seconds_down_per_year(worse)
