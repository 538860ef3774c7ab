"""The samples, which are what people learn from: the analysis says of them what a reviewer agreed with."""

from __future__ import annotations

import json

import pytest

from designer.analysis.analyse import analyse
from designer.analysis.component_rules import contradictions
from designer.analysis.findings import Analysis, Severity
from designer.catalog.resolve import Resolution
from designer.storage.samples import open_sample, samples
from tests.analysis.drawings import CATALOG
from tests.analysis.golden_findings import golden, outline

NAMES = [sample.name for sample in samples()]


def analysis_of(sample: str) -> Analysis:
    """The analysis of a sample."""
    return analyse(open_sample(sample, CATALOG), CATALOG)


@pytest.mark.parametrize("sample", NAMES)
def test_the_analysis_says_what_was_agreed(sample: str) -> None:
    """`python -m tests.analysis.golden_findings` writes the files anew, for a person to read."""
    expected = json.loads(golden(sample).read_text(encoding="utf-8"))
    assert outline(analysis_of(sample)) == expected


@pytest.mark.parametrize("sample", NAMES)
def test_samples_can_be_exported(sample: str) -> None:
    """None of them contains what AWS would refuse."""
    assert contradictions(Resolution(open_sample(sample, CATALOG), CATALOG)) == []


@pytest.mark.parametrize("sample", [name for name in NAMES if name not in ("three-tier-fragile", "orders-coupled")])
def test_good_samples_have_no_finding_of_high_severity(sample: str) -> None:
    """Only the samples that are meant to be bad are."""
    assert analysis_of(sample).worst() not in (Severity.ERROR, Severity.HIGH)


def test_the_good_shop_has_no_single_point_below_the_region() -> None:
    """Three tiers over two zones."""
    (flow,) = analysis_of("three-tier").flows
    assert {point.level for point in flow.single_points} == {"region"}


def test_the_fragile_shop_has_the_single_points_it_was_drawn_with() -> None:
    """Servers, database, and the zones they stand in; each reported once, with high severity."""
    analysis = analysis_of("three-tier-fragile")
    (flow,) = analysis.flows
    resources = {point.component for point in flow.single_points if point.level == "resource"}
    assert {"shop-server", "database"} <= resources
    assert "a" in {point.zone for point in flow.single_points if point.level == "zone"}
    reported = [finding for finding in analysis.findings if finding.rule == "SPOF-01"]
    assert {finding.components[0] for finding in reported} == resources
    assert all(finding.severity is Severity.HIGH for finding in reported)
    assert len(reported) == len(resources)


def test_waiting_costs_what_the_two_order_samples_teach() -> None:
    """Decoupled, taking an order needs neither payments nor inventory; coupled, all of them share one database."""
    coupled, decoupled = analysis_of("orders-coupled"), analysis_of("orders-decoupled")
    assert any(finding.rule == "CPL-03" for finding in coupled.findings)
    assert not any(finding.rule.startswith("CPL") for finding in decoupled.findings)
    order = next(flow for flow in decoupled.flows if flow.id == "order")
    assert not {"payments", "inventory"} & set(order.members)
    assert coupled.coupling.sync_ratio > decoupled.coupling.sync_ratio
