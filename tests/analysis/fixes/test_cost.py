"""What a fix costs: differences of dated list prices, and nothing where a price is not known."""

from __future__ import annotations

import re

import pytest

from designer.analysis.fixes.cost import difference, price_list
from designer.catalog.resolve import Resolution
from tests.analysis.drawings import CATALOG, draw

HOURS = 730


def cost(before: str, after: str) -> float | None:
    """US dollars a month more."""
    return difference(Resolution(draw(before), CATALOG), Resolution(draw(after), CATALOG))


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("db: rds deployment=single", "db: rds", 0.065 * HOURS + 50 * 0.115),
        ("db: rds read_replicas=1", "db: rds", -(0.065 * HOURS + 50 * 0.115)),
        ("w: asg min=1", "w: asg min=3", 2 * (0.0336 * HOURS + 20 * 0.08)),
        ("w: ecs desired=1", "w: ecs", 0.25 * 0.04048 * HOURS + 0.5 * 0.004445 * HOURS),
        ("settings: nat=single; w: ecs", "w: ecs", (0.045 + 0.005) * HOURS),
        ("settings: nat=none; w: ecs", "w: ecs", 2 * (0.045 + 0.005) * HOURS),
        ("settings: nat=single; db: rds", "db: rds", 0),
        ("lb: elb scheme=internal", "lb: elb scheme=internal; m: elb scheme=internal", 0.0225 * HOURS),
        ("lb: elb scheme=internet-facing waf=false", "lb: elb scheme=internet-facing", 7),
        ("q: sqs", "q: sqs; t: sns; f: lambda", 0),
        ("db: rds deletion_protection=false", "db: rds", 0),
    ],
)
def test_differences(before: str, after: str, expected: float) -> None:
    """Instances, storage, gateways and load balancers; what is paid by the request counts for nothing."""
    assert cost(before, after) == pytest.approx(expected, abs=0.01)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("w: asg purchase=spot", "w: asg"),
        ("w: asg instance_type=x9.huge", "w: asg instance_type=x9.huge min=3"),
        ("db: rds proxy=false", "db: rds proxy=true"),
        ("k: eks compute=fargate", "k: eks compute=fargate replicas=5"),
    ],
)
def test_what_has_no_listed_price_has_no_cost(before: str, after: str) -> None:
    """Rather than a wrong one."""
    assert cost(before, after) is None


def test_an_unknown_price_that_both_pay_does_not_matter() -> None:
    """Only what changes has to be known."""
    assert cost("w: asg purchase=spot; v: asg min=1", "w: asg purchase=spot; v: asg min=2") is not None


def test_prices_are_dated_and_belong_to_a_region() -> None:
    """So that everybody can tell how old they are, and every kind that is priced exists."""
    listed = price_list()
    assert re.fullmatch(r"20\d\d-[01]\d", listed.date)
    assert listed.region in CATALOG.regions
    assert listed.source
    assert set(listed.standing) - {"nat"} <= set(CATALOG.kinds)
    assert all(price > 0 for price in listed.prices.values())
