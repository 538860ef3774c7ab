"""Every rule that is code: drawings that it speaks of, drawings that it is silent about, and what it points at."""

from __future__ import annotations

from dataclasses import replace

import pytest

from designer.analysis.analyse import analyse
from designer.analysis.findings import Finding, Severity
from designer.analysis.graph_rules import CONTRADICTIONS, RULES, graph_findings
from designer.analysis.graph_rules.context import Context
from designer.analysis.rules import load_rules
from designer.catalog.entries import Failure, Placement, Scope
from designer.catalog.resolve import Resolution
from tests.analysis.drawings import CATALOG, draw

WEB = "users: users\nlb: elb\nweb: ecs\nusers requests lb\nlb routes web\n"
TWO = "users: users\nlb: elb\n{0}\nusers requests lb\nlb routes a\nlb routes b\n"
CHAIN = "a: ecs\nb: ecs\nc: ecs\nd: ecs\na calls b\nb calls c\nc calls d\n"
HUB = "h: ecs\n" + "".join(f"i{n}: ecs\ni{n} calls h\no{n}: ecs\nh calls o{n}\n" for n in range(4))
DENSE = "".join(f"s{n}: ecs\n" for n in range(5)) + "".join(
    f"s{a} calls s{b}\n" for a in range(5) for b in range(a + 1, 5)
)

# rule: (drawings with a finding; drawings without)
CASES: dict[str, tuple[list[str], list[str]]] = {
    "SPOF-01": (
        [WEB + "db: rds deployment=single\nweb queries db", "users: users\ns: ec2\nusers requests s", WEB.replace("web: ecs", "web: ecs needed=2"),
         WEB.replace("web: ecs", "web: ecs launch_type=EC2 instances=1"),
         "settings: nat=single\n" + WEB + "q: sqs\nf: lambda\nweb sends q\nq triggers f",
         "users: users\nlb: elb type=network zones=a\nweb: ecs\nusers requests lb\nlb routes web"],
        [WEB, WEB + "db: rds\nweb queries db", TWO.format("a: ec2 zones=a\nb: ec2 zones=b"), "s: ec2"],
    ),
    "SPOF-02": (
        [WEB.replace("web: ecs", "web: ecs zones=a"), TWO.format("a: ec2 zones=a\nb: ec2 zones=a"),
         "settings: nat=single\n" + WEB + "q: sqs\nf: lambda\nweb sends q\nq triggers f",
         WEB.replace("web: ecs", "web: ecs launch_type=EC2 instances=4 spread_zones=false")],
        [WEB, TWO.format("a: ec2 zones=a\nb: ec2 zones=b"), WEB.replace("web: ecs", "web: ecs desired=3 needed=2")],
    ),
    "SPOF-03": ([WEB, "users: users\nf: lambda\nusers requests f"], ["f: lambda", "users: users"]),
    "SPOF-04": (
        ["s: ecs launch_type=EC2 instances=2\nk: eks replicas=3 nodes_desired=1 nodes_min=1\na: asg zones=a min=2",
         TWO.format("a: ec2 zones=a\nb: ec2 zones=a")],
        ["a: ecs", TWO.format("a: ec2 zones=a\nb: ec2 zones=b")],
    ),
    "SPOF-07": ([WEB.replace("web: ecs", "web: ecs desired=3 needed=2")], [WEB, WEB.replace("web: ecs", "web: ecs desired=4 needed=2")]),
    "AVL-01": (
        [WEB + "db: rds deployment=single\nweb queries db\nflow: entry=users goal=0.999"],
        [WEB + "flow: entry=users goal=0.999", WEB + "db: rds deployment=single\nweb queries db"],
    ),
    "AVL-02": (
        [WEB + "q: sqs\nw: ecs\nweb sends q\nq feeds w\nflow: entry=users goal=0.9995"],
        [WEB + "q: sqs\nw: ecs\nweb sends q\nq feeds w\nflow: entry=users goal=0.99", WEB + "flow: entry=users goal=0.9995"],
    ),
    "FLW-01": (["users: users\nflow: entry=users"], [WEB, WEB + "flow: entry=users"]),
    "CPL-01": ([CHAIN + "e: ecs\nd calls e"], [CHAIN, CHAIN + "q: sqs\ne: ecs\nd sends q\nq feeds e"]),
    "CPL-02": (["a: ecs\nb: ecs\na calls b\nb calls a", CHAIN + "d calls a"], [CHAIN, "a: ecs\nb: ecs\nq: sqs\na calls b\nb sends q\nq feeds a"]),
    "CPL-03": (
        ["a: ecs\nb: ecs\ndb: rds\na queries db\nb queries db", "g: group\na: ecs in=g\nb: ecs\ndb: rds\na queries db\nb queries db"],
        ["a: ecs\nb: ecs\ndb: rds\na queries db\nb queries db access=read", "g: group\na: ecs in=g\nb: ecs in=g\ndb: rds\na queries db\nb queries db"],
    ),
    "CPL-04": ([HUB], [HUB.replace("i3 calls h", "")]),
    "CPL-05": (
        ["o: ecs\nx: ecs\ny: ecs\nz: ecs\nb: ecs\nt: ecs\nx calls o\ny calls o\nz calls o\no calls b\nb calls t"],
        ["o: ecs\nx: ecs\nx calls o", "o: ecs\nx: ecs\ny: ecs\nz: ecs\nq: sqs\nb: ecs\nt: ecs\nx calls o\ny calls o\nz calls o\no sends q\nq feeds b\nb calls t"],
    ),
    "CPL-06": (
        ["a: ecs\nb: ecs\nq: sqs\na calls b\nb sends q\nq feeds a"],
        ["a: ecs\nb: ecs\na calls b\nb calls a", "a: ecs\nb: ecs\nq: sqs\nr: sqs\na sends q\nq feeds b\nb sends r\nr feeds a", CHAIN],
    ),
    "CPL-08": ([DENSE, "".join(f"s{n}: ecs\n" for n in range(5)) + "s0 calls s1\ns1 calls s2\ns2 calls s0"], [CHAIN + "e: ecs\nd calls e", DENSE.replace("s4: ecs", "s4: ec2").replace("s3 calls s4", "").replace("s2 calls s4", "").replace("s1 calls s4", "").replace("s0 calls s4", "").replace("s0 calls s3", "").replace("s0 calls s2", "").replace("s1 calls s3", "")]),
    "CPL-09": (
        [WEB + "".join(f"t{n}: dynamodb\nweb reads-writes t{n}\n" for n in range(6))],
        [WEB + "".join(f"t{n}: dynamodb\nweb reads-writes t{n}\n" for n in range(5)), WEB + "".join(f"q{n}: sqs\nweb sends q{n}\n" for n in range(6))],
    ),
    "CPL-14": (["q: sqs\n" + WEB], [WEB]),
    "CPL-15": (
        ["t: sns\ndb: rds\nt delivers db", "q: sqs\nf: lambda\nq feeds f", "a: vpc\nb: vpc\ns: ecs in=a\ndb: rds in=b\ns queries db",
         "a: vpc\nb: vpc\nlb: elb scheme=internet-facing in=a\ns: ecs in=b\nlb routes s"],
        [WEB, "a: vpc\nb: vpc\ns: ecs in=a\nlb: elb scheme=internet-facing in=b\ns calls lb", "a: vpc\nb: vpc\ns: ecs in=a\nq: sqs\nw: ecs in=b\ns sends q\nq feeds w"],
    ),
    "EC2-02": (
        ["c: ecs\na: ec2\nb: ec2\nc calls a\nc calls b"],
        ["c: ecs\na: ec2\nb: ec2 port=9000\nc calls a\nc calls b", TWO.format("a: ec2\nb: ec2"), "c: ecs\na: ec2\nb: ec2\nd: rds\nb queries d\nc calls a\nc calls b"],
    ),
    "ELB-02": (
        ["lb: elb type=network cross_zone=false\na: ec2 zones=a\nb: ec2 zones=a\nc: ec2 zones=b\nlb routes a\nlb routes b\nlb routes c"],
        ["lb: elb type=network\na: ec2 zones=a\nlb routes a", "lb: elb type=network cross_zone=false\ns: ecs\nlb routes s"],
    ),
    "ELB-03": (
        ["lb: elb zones=abc\ns: ecs zones=ab\nlb routes s"],
        ["lb: elb\ns: ecs\nlb routes s", "lb: elb\nf: lambda\nlb routes f", "lb: elb zones=abc\ns: ecs desired=2 zones=abc\nlb routes s"],
    ),
    "ELB-04": (
        ["lb: elb\ns: ecs desired=1\nlb routes s", "lb: elb\na: ec2 zones=a\nb: ec2 zones=b\nlb routes a\nlb routes b path=/b"],
        ["lb: elb\ns: ecs\nlb routes s", TWO.format("a: ec2\nb: ec2"), "lb: elb\nf: lambda\nlb routes f"],
    ),
    "LAM-06": (
        ["users: users\nf: lambda\nt: sns\ng: lambda\nusers requests f\nf publishes t\nt delivers g"],
        ["users: users\nf: lambda reserved_concurrency=100\nt: sns\ng: lambda\nusers requests f\nf publishes t\nt delivers g",
         "users: users\nf: lambda\nq: sqs\ng: lambda\nusers requests f\nf sends q\nq triggers g", WEB + "t: sns\ng: lambda\nweb publishes t\nt delivers g"],
    ),
    "LAM-13": (
        ["q: sqs\nf: lambda\nq triggers f\nf sends q", "f: lambda\nt: sns\nf publishes t\nt delivers f", "f: lambda\nf invokes f mode=event"],
        ["q: sqs\nf: lambda\nr: sqs\nq triggers f\nf sends r", "f: lambda\nf invokes f", "q: sqs\nw: ecs\nq feeds w\nw sends q"],
    ),
    "NET-01": (
        ["settings: nat=single\n" + WEB, "n: vpc nat=single\ns: ecs in=n"],
        [WEB, "settings: nat=single zones=a\ns: ecs", "settings: nat=none\n" + WEB, "settings: nat=single\ndb: rds"],
    ),
    "SNS-03": (["t: sns\na: lambda\nb: lambda\nt delivers a\nt delivers b"], ["t: sns\na: lambda\nt delivers a", "t: sns\na: sqs\nb: sqs\nt delivers a\nt delivers b"]),
    "SNS-04": (
        ["t: sns\nq: sqs\nt delivers q filter='{\"type\": '", "t: sns\nq: sqs\nt delivers q filter=[1]"],
        ["t: sns\nq: sqs\nt delivers q", "t: sns\nq: sqs\nt delivers q filter='{\"type\": [\"order\"]}'"],
    ),
    "SQS-07": (["q: sqs\na: ecs\nf: lambda\nq feeds a\nq triggers f"], ["q: sqs\na: ecs\nq feeds a", "q: sqs\na: ecs\nd: sqs\nq feeds a\nq fails-to d"]),
}  # fmt: skip

BOOK = load_rules(CATALOG)


def found_by(text: str, rule: str) -> list[Finding]:
    """What a rule says of a drawing, before it gives way to another."""
    context = Context(Resolution(draw(text), CATALOG), BOOK)
    return [finding for finding in graph_findings(context) if finding.rule == rule]


def test_every_rule_in_code_has_its_drawings() -> None:
    """AVL-03 has tests of its own: no kind of the catalog lacks a figure."""
    in_code = {rule for rules in RULES.values() for rule in rules}
    assert in_code == {key for key, rule in BOOK.rules.items() if not rule.cases}
    assert set(CASES) == in_code - {"AVL-03"}
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
    """They stop an export, and no other rule in code has that severity."""
    refused = {rule for find in CONTRADICTIONS for rule in RULES[find]}
    assert refused == {key for key, rule in BOOK.rules.items() if not rule.cases and rule.contradiction}
    for key, rule in BOOK.rules.items():
        if not rule.cases:
            assert (rule.severity is Severity.ERROR) == (key in refused)


def shown(text: str) -> dict[str, Severity]:
    """Rule to severity of what the user sees of a drawing."""
    return {finding.rule: finding.severity for finding in analyse(draw(text), CATALOG).findings}


def test_a_single_database_is_reported_once_with_its_own_advice() -> None:
    """RDS-01 knows what to change, SPOF-01 proves that it matters: the user sees one finding with both."""
    findings = analyse(draw(WEB + "db: rds deployment=single zones=a\nweb queries db"), CATALOG).findings
    about = [finding for finding in findings if "db" in finding.components and finding.severity is Severity.HIGH]
    assert [finding.rule for finding in about] == ["SPOF-01", "SPOF-02"]
    assert about[0].property == "deployment"
    assert about[0].fix == BOOK["RDS-01"].fix.plain
    assert about[0].level == "resource"
    assert about[0].witness[0] == "users" and about[0].witness[-1] == "db"


def test_redundancy_rules_are_low_where_the_flow_survives() -> None:
    """One of two groups may stand in one zone, since the other one does not."""
    text = TWO.format("a: asg zones=a\nb: asg zones=b")
    assert shown(text)["ASG-04"] is Severity.LOW
    assert shown(TWO.format("a: asg zones=a\nb: asg zones=a")).keys() >= {"SPOF-02"}
    assert "ASG-04" not in shown(TWO.format("a: asg zones=a\nb: asg zones=a"))


def test_on_no_flow_everything_is_low() -> None:
    """A database that nothing uses yet stops nobody."""
    assert shown("db: rds deployment=single backup_retention=0") == {
        "RDS-01": Severity.LOW, "RDS-03": Severity.LOW, "CPL-14": Severity.INFO,
    }  # fmt: skip


def test_behind_a_queue_it_matters_less_except_for_data() -> None:
    """A worker may be down for a while; data that is lost is lost."""
    behind = WEB + "q: sqs\nw: asg min=1 purchase=spot\ndb: rds backup_retention=0 deployment=single\nweb sends q\nq feeds w\nw queries db"
    assert shown(behind)["SPOF-01"] is Severity.MEDIUM
    assert shown(behind)["ASG-08"] is Severity.LOW
    assert shown(behind)["RDS-03"] is Severity.HIGH
    ahead = "users: users\nlb: elb\nw: asg min=1 purchase=spot\nusers requests lb\nlb routes w"
    assert shown(ahead)["SPOF-01"] is Severity.HIGH
    assert shown(ahead)["ASG-08"] is Severity.MEDIUM


def test_a_demanding_goal_makes_losses_of_data_and_single_points_weigh_more() -> None:
    """From 99.99 % on, by one step."""
    text = WEB + "t: dynamodb point_in_time_recovery=false\nweb reads-writes t\n"
    assert shown(text)["DDB-01"] is Severity.MEDIUM
    assert shown(text + "flow: entry=users goal=0.9999")["DDB-01"] is Severity.HIGH
    assert shown(text)["SPOF-03"] is Severity.INFO
    assert shown(text + "flow: entry=users goal=0.999")["SPOF-03"] is Severity.LOW
    assert shown(text + "flow: entry=users goal=0.9999")["SPOF-03"] is Severity.MEDIUM


def test_one_finding_for_the_region_in_each_flow() -> None:
    """However many managed services there are, none of them is a single point below the Region."""
    text = "users: users\nf: lambda\nt: dynamodb\nq: sqs\ng: lambda\nusers requests f\nf reads-writes t\nf sends q\nq triggers g"
    findings = analyse(draw(text), CATALOG).findings
    assert [finding.rule for finding in findings if finding.rule.startswith("SPOF")] == ["SPOF-03"]
    assert "DynamoDB, Lambda and SQS" in findings[-1].message or any("DynamoDB, Lambda and SQS" in f.message for f in findings)


def test_a_shared_gateway_takes_its_zone_with_it() -> None:
    """With one NAT gateway the zone it stands in is a single point of failure, though every component has two."""
    text = "settings: nat=single\n" + WEB + "q: sqs\nf: lambda\nweb sends q\nq triggers f"
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
    text = WEB + "db: rds deployment=single\nweb queries db\nflow: id=buy name=Buy entry=users\nflow: id=look name=Look entry=users mode=accept"
    finding = next(f for f in analyse(draw(text), CATALOG).findings if f.rule == "SPOF-01")
    assert '"Buy" and "Look"' in finding.message


def test_functions_that_share_a_table_weigh_less_than_services() -> None:
    """Functions without a group may be one service; services have an owner each."""
    assert found_by("a: lambda\nb: lambda\nt: dynamodb\na reads-writes t\nb reads-writes t", "CPL-03")[0].severity is Severity.LOW
    assert found_by("a: ecs\nb: ecs\nt: dynamodb\na reads-writes t\nb reads-writes t", "CPL-03")[0].severity is Severity.MEDIUM


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
