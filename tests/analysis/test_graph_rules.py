"""Every rule that is code: drawings that it speaks of, drawings that it is silent about, and what it points at."""

from __future__ import annotations

from dataclasses import replace

import pytest

from designer.analysis.acceptance import STALE
from designer.analysis.analyse import analyse
from designer.analysis.findings import Finding, Severity
from designer.analysis.graph_rules import CONTRADICTIONS, RULES, graph_findings
from designer.analysis.graph_rules.context import Context
from designer.analysis.rules import load_rules
from designer.catalog.entries import Failure, Placement, Scope
from designer.catalog.resolve import Resolution
from tests.analysis.drawings import CATALOG, draw, rule_drawings

WEB = "users: users; lb: elb; web: ecs; users requests lb; lb routes web; "
TWO = "users: users; lb: elb; {0}; users requests lb; lb routes a; lb routes b"

BOOK = load_rules(CATALOG)
IN_CODE = {rule for rules in RULES.values() for rule in rules}
CASES = {rule: drawings for rule, drawings in rule_drawings().items() if rule in IN_CODE}


def found_by(text: str, rule: str) -> list[Finding]:
    """What a rule says of a drawing, before it gives way to another."""
    context = Context(Resolution(draw(text), CATALOG), BOOK)
    return [finding for finding in graph_findings(context) if finding.rule == rule]


def test_every_rule_in_code_has_its_drawings() -> None:
    """AVL-03 (no kind of the catalog lacks a figure) and JDG-03 (see test_acceptance) have tests of their own."""
    assert {key for key, rule in BOOK.rules.items() if not rule.cases} - {STALE} == IN_CODE
    assert set(CASES) == IN_CODE - {"AVL-03"}
    assert set(rule_drawings()) == set(BOOK.rules) - {"AVL-03", STALE}
    assert all(hits and misses for hits, misses in CASES.values())


@pytest.mark.parametrize("rule", sorted(CASES))
def test_the_rule_speaks_where_it_should_and_only_there(rule: str) -> None:
    """With a message, a place that exists, and a witness of ids that exist."""
    hits, misses = CASES[rule]
    for text in hits:
        findings = found_by(text, rule)
        assert findings, f"{rule} is silent about: {text}"
        architecture = draw(text)
        places = {*architecture.components, *architecture.connections, *architecture.boundaries}
        for finding in findings:
            assert {*finding.components, *finding.connections, *finding.boundaries, *finding.witness} <= places
            assert finding.message and finding.fix and finding.why and finding.link.startswith("https://")
    for text in misses:
        assert not found_by(text, rule), f"{rule} speaks of: {text}"


def test_functions_find_only_the_rules_they_are_listed_with() -> None:
    """The register says which function to look at for a rule."""
    texts = [text for hits, _ in CASES.values() for text in hits]
    for text in texts:
        context = Context(Resolution(draw(text), CATALOG), BOOK)
        for find, rules in RULES.items():
            assert {finding.rule for finding in find(context)} <= set(rules)


def test_contradictions_in_code_are_errors() -> None:
    """They stop an export; the other errors in code (JDG-02) are about judgements that no template depends on."""
    refused = {rule for find in CONTRADICTIONS for rule in RULES[find]}
    assert refused == {key for key, rule in BOOK.rules.items() if not rule.cases and rule.contradiction}
    for key, rule in BOOK.rules.items():
        if not rule.cases:
            assert (rule.severity is Severity.ERROR) == (key in refused or key == "JDG-02")


def shown(text: str) -> dict[str, Severity]:
    """Rule to severity of what the user sees of a drawing."""
    return {finding.rule: finding.severity for finding in analyse(draw(text), CATALOG).findings}


def test_a_single_database_is_reported_once_with_its_own_advice() -> None:
    """RDS-01 knows what to change, SPOF-01 proves that it matters: the user sees one finding with both."""
    findings = analyse(draw(WEB + "db: rds deployment=single zones=a; web queries db"), CATALOG).findings
    about = [finding for finding in findings if "db" in finding.components and finding.severity is Severity.HIGH]
    assert [finding.rule for finding in about] == ["SPOF-01", "SPOF-02"]
    assert about[0].property == "deployment"
    assert about[0].fix == BOOK["RDS-01"].fix.plain
    assert about[0].level == "resource"
    assert about[0].witness[0] == "users" and about[0].witness[-1] == "db"


def test_redundancy_rules_are_low_where_the_flow_survives() -> None:
    """One of two groups may stand in one zone, since the other one does not."""
    text = TWO.format("a: asg zones=a; b: asg zones=b")
    assert shown(text)["ASG-04"] is Severity.LOW
    assert shown(TWO.format("a: asg zones=a; b: asg zones=a")).keys() >= {"SPOF-02"}
    assert "ASG-04" not in shown(TWO.format("a: asg zones=a; b: asg zones=a"))


def test_on_no_flow_everything_is_low() -> None:
    """A database that nothing uses yet stops nobody."""
    assert shown("db: rds deployment=single backup_retention=0") == {
        "RDS-01": Severity.LOW, "RDS-03": Severity.LOW, "CPL-14": Severity.INFO,
    }  # fmt: skip


def test_behind_a_queue_it_matters_less_except_for_data() -> None:
    """A worker may be down for a while; data that is lost is lost."""
    behind = WEB + (
        "q: sqs; w: asg min=1 purchase=spot; db: rds backup_retention=0 deployment=single; "
        "web sends q; q feeds w; w queries db"
    )
    assert shown(behind)["SPOF-01"] is Severity.MEDIUM
    assert shown(behind)["ASG-08"] is Severity.LOW
    assert shown(behind)["RDS-03"] is Severity.HIGH
    ahead = "users: users; lb: elb; w: asg min=1 purchase=spot; users requests lb; lb routes w"
    assert shown(ahead)["SPOF-01"] is Severity.HIGH
    assert shown(ahead)["ASG-08"] is Severity.MEDIUM


def test_a_demanding_goal_makes_losses_of_data_and_single_points_weigh_more() -> None:
    """From 99.99 % on, by one step."""
    text = WEB + "t: dynamodb point_in_time_recovery=false; web reads-writes t\n"
    assert shown(text)["DDB-01"] is Severity.MEDIUM
    assert shown(text + "flow: entry=users goal=0.9999")["DDB-01"] is Severity.HIGH
    assert shown(text)["SPOF-03"] is Severity.INFO
    assert shown(text + "flow: entry=users goal=0.999")["SPOF-03"] is Severity.LOW
    assert shown(text + "flow: entry=users goal=0.9999")["SPOF-03"] is Severity.MEDIUM


def test_what_a_flow_survives_does_not_weigh_more_by_its_goal() -> None:
    """Either of two sites may fail: that nothing starts an instance anew is as bad as on any flow."""
    sites = "users: users; a: ec2 zones=a; b: ec2 zones=b; users requests a alternatives=site; "
    sites += "users requests b alternatives=site; flow: entry=users goal="
    assert shown(sites + "0.999")["EC2-01"] is shown(sites + "0.9999")["EC2-01"] is Severity.MEDIUM


def test_targets_where_the_load_balancer_is_not_get_no_requests() -> None:
    """Worse where only one zone is left in which both are."""
    few = "users: users; lb: elb zones=ab; s: ecs zones=bc; users requests lb; lb routes s; flow: entry=users"
    (found,) = [one for one in analyse(draw(few), CATALOG).findings if one.rule == "ELB-09"]
    assert found.message == "lb is not enabled in zone c: what runs there of s gets no requests."
    assert shown(few)["ELB-09"] is Severity.HIGH and shown(few)["SPOF-02"] is Severity.HIGH
    many = few.replace("zones=bc", "zones=abc")
    assert shown(many)["ELB-09"] is Severity.MEDIUM and "SPOF-02" not in shown(many)


def test_two_writers_are_both_and_three_are_all() -> None:
    two = "a: ecs; b: ecs; db: rds; a queries db; b queries db"
    messages = [one.message for one in analyse(draw(two), CATALOG).findings if one.rule == "CPL-03"]
    assert messages == ["a and b both write db."]
    three = analyse(draw(two + "; c: ecs; c queries db"), CATALOG).findings
    assert "a, b and c all write db." in [one.message for one in three]


def test_one_finding_for_the_region_in_each_flow() -> None:
    """However many managed services there are, none of them is a single point below the Region."""
    text = (
        "users: users; f: lambda; t: dynamodb; q: sqs; g: lambda; users requests f; "
        "f reads-writes t; f sends q; q triggers g"
    )
    findings = analyse(draw(text), CATALOG).findings
    assert [finding.rule for finding in findings if finding.rule.startswith("SPOF")] == ["SPOF-03"]
    assert "DynamoDB, Lambda and SQS" in findings[-1].message or any(
        "DynamoDB, Lambda and SQS" in f.message for f in findings
    )


def test_a_shared_gateway_takes_its_zone_with_it() -> None:
    """With one NAT gateway the zone it stands in is a single point of failure, though every component has two."""
    text = "settings: nat=single\n" + WEB + "q: sqs; f: lambda; web sends q; q triggers f"
    findings = {finding.rule: finding for finding in analyse(draw(text), CATALOG).findings}
    assert findings["SPOF-01"].fix == BOOK["NET-01"].fix.plain
    assert findings["SPOF-01"].components == ("web",)
    assert "zone a" in findings["SPOF-02"].message
    assert "NET-01" not in findings
    assert "SPOF-02" not in {f.rule for f in analyse(draw(text.replace("single", "per-zone")), CATALOG).findings}


def test_a_shared_host_is_named() -> None:
    """Four tasks on one container instance are one instance."""
    text = WEB.replace("web: ecs", "web: ecs desired=4 launch_type=EC2 instances=1")
    finding = next(f for f in analyse(draw(text), CATALOG).findings if f.rule == "SPOF-01")
    assert "one host" in finding.message
    assert finding.property == "instances"


def test_flows_that_stop_are_named() -> None:
    """One finding for a database that two flows need."""
    text = WEB + (
        "db: rds deployment=single; web queries db; flow: id=buy name=Buy entry=users; "
        "flow: id=look name=Look entry=users mode=accept"
    )
    finding = next(f for f in analyse(draw(text), CATALOG).findings if f.rule == "SPOF-01")
    assert '"Buy" and "Look"' in finding.message


def test_functions_that_share_a_table_weigh_less_than_services() -> None:
    """Functions without a group may be one service; services have an owner each."""
    assert (
        found_by("a: lambda; b: lambda; t: dynamodb; a reads-writes t; b reads-writes t", "CPL-03")[0].severity
        is Severity.LOW
    )
    assert (
        found_by("a: ecs; b: ecs; t: dynamodb; a reads-writes t; b reads-writes t", "CPL-03")[0].severity
        is Severity.MEDIUM
    )


def test_what_has_no_figure_is_said_so() -> None:
    """AVL-03, on a kind that the catalog knows no figure of; and its flow does not claim to be perfect."""
    kinds = dict(CATALOG.kinds)
    kinds["ecs"] = replace(kinds["ecs"], failure=Failure(), placement=Placement(scope=Scope.REGIONAL))
    catalog = replace(CATALOG, kinds=kinds, _between={})
    analysis = analyse(draw(WEB), catalog)
    assert [finding.components for finding in analysis.findings if finding.rule == "AVL-03"] == [("web",)]
    assert analysis.flows[0].complete.unmodelled == ("web",)
    assert not analyse(draw(WEB), CATALOG).flows[0].complete.unmodelled
    assert "AVL-03" not in shown(WEB)


def test_what_only_a_contract_lacks_is_low() -> None:
    """Nobody can draw SQS more available than AWS promises it; the message says that the rest is well."""
    text = WEB + "q: sqs; f: lambda; web sends q; q triggers f\nflow: entry=users goal=0.999"
    findings = {finding.rule: finding for finding in analyse(draw(text), CATALOG).findings}
    assert findings["AVL-01"].severity is Severity.LOW
    assert (
        "What AWS commits to for Elastic Load Balancing, Lambda and SQS is all that is missing"
        in findings["AVL-01"].message
    )
    worse = analyse(draw(text.replace("web: ecs", "web: ecs desired=1")), CATALOG).findings
    assert next(f for f in worse if f.rule == "AVL-01").severity is Severity.HIGH
