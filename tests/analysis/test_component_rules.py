"""Every data rule: drawings that it speaks of, one for each of its cases, and drawings that it is silent about."""

from __future__ import annotations

from pathlib import Path

import pytest

from designer.analysis.analyse import analyse
from designer.analysis.component_rules import component_findings, contradictions
from designer.analysis.findings import Severity
from designer.analysis.rule_reader import read_rules
from designer.analysis.rules import load_rules, rule_book
from designer.assets import data
from designer.catalog.resolve import Resolution
from designer.errors import UserError
from tests.analysis.drawings import CATALOG, draw

FRONT = "users: users\nlb: elb\nusers requests lb\n"
BATCH = "q: sqs {0}\nf: lambda {1}\nq triggers f {2}\np: lambda\np sends q"

# rule: (drawings with a finding, one for each case and more; drawings without)
CASES: dict[str, tuple[list[str], list[str]]] = {
    "ASG-01": (["web: asg min=3 desired=2", "web: asg max=1"], ["web: asg", "web: asg min=0 desired=0 max=1"]),
    "ASG-02": (["web: asg min=2 desired=3"], ["web: asg", "web: asg min=2 desired=3 scaling=none"]),
    "ASG-03": (["web: asg min=1 desired=2"], ["web: asg min=2", "web: asg min=0 desired=0"]),
    "ASG-04": (["web: asg zones=a"], ["web: asg zones=ab"]),
    "ASG-05": ([FRONT + "web: asg health_check=EC2\nlb routes web"], [FRONT + "web: asg\nlb routes web", "web: asg health_check=EC2"]),
    "ASG-06": (["web: asg min=2 max=2"], ["web: asg min=2 max=3", "web: asg min=2 max=2 scaling=none"]),
    "ASG-07": (["web: asg scaling=none"], ["web: asg scaling=scheduled", "web: asg"]),
    "ASG-08": (["web: asg purchase=spot"], ["web: asg purchase=mixed", "web: asg"]),
    "ASG-09": (
        ["web: asg stateful=true purchase=spot", "web: asg stateful=true"],
        ["web: asg", "web: asg stateful=true min=2 max=2", "web: asg stateful=true scaling=none"],
    ),
    "ASG-11": (["web: asg purchase=mixed"], ["web: asg purchase=mixed more_instance_types='[\"m7g.large\"]'", "web: asg"]),
    "CAP-01": (
        ["w: asg min=0 desired=0", "w: ecs desired=0", "w: eks replicas=0", "w: eks nodes_min=0 nodes_desired=0"],
        ["w: asg", "w: ecs", "w: eks", "w: eks compute=fargate nodes_min=0 nodes_desired=0"],
    ),
    "CAP-02": (
        ["w: asg needed=3", "w: ecs needed=3", "w: eks needed=3"],
        ["w: asg needed=2", "w: ecs desired=0 needed=3", "w: eks"],
    ),
    "EC2-01": (["s: ec2"], ["s: asg"]),
    "EC2-03": (["s: ec2 stateful=true"], ["s: ec2"]),
    "EC2-04": (["s: ec2 detailed_monitoring=false", "s: asg detailed_monitoring=false"], ["s: ec2", "s: asg"]),
    "EC2-05": (["s: ec2 purchase=spot"], ["s: ec2"]),
    "ECS-01": (["s: ecs desired=1"], ["s: ecs", "s: ecs desired=0"]),
    "ECS-02": (
        ["s: ecs zones=a", "s: ecs launch_type=EC2 spread_zones=false"],
        ["s: ecs", "s: ecs launch_type=EC2", "s: ecs launch_type=EC2 spread_zones=false desired=1"],
    ),
    "ECS-03": (["s: ecs launch_type=EC2 instances=1", "s: ecs launch_type=EC2 instances=0"], ["s: ecs launch_type=EC2", "s: ecs"]),
    "ECS-04": (["s: ecs scaling=false"], ["s: ecs"]),
    "ECS-05": (["s: ecs blocking_logs=true"], ["s: ecs"]),
    "ECS-06": (["s: ecs purchase=spot"], ["s: ecs purchase=mixed", "s: ecs launch_type=EC2 purchase=spot"]),
    "ECS-07": (["s: ecs circuit_breaker=false"], ["s: ecs"]),
    "ECS-08": (
        ["s: ecs desired=3 max=2", "s: ecs launch_type=EC2 instances=3 max_instances=2"],
        ["s: ecs desired=3 max=3", "s: ecs desired=3 max=2 scaling=false", "s: ecs launch_type=EC2 instances=3"],
    ),
    "ECS-09": (
        ["s: ecs cpu=256 memory=1536", "s: ecs cpu=512 memory=512", "s: ecs cpu=4096 memory=31744", "s: ecs cpu=8192 memory=18432",
         "s: ecs cpu=16384 memory=36864", "s: ecs cpu=1024 memory=2560"],
        ["s: ecs cpu=256 memory=2048", "s: ecs cpu=512", "s: ecs cpu=4096 memory=30720", "s: ecs cpu=8192 memory=61440",
         "s: ecs cpu=16384 memory=122880", "s: ecs cpu=256 memory=1536 launch_type=EC2"],
    ),
    "EKS-01": (["k: eks nodes_min=1 nodes_desired=3"], ["k: eks", "k: eks compute=fargate nodes_min=1"]),
    "EKS-02": (["k: eks replicas=1"], ["k: eks", "k: eks replicas=0"]),
    "EKS-03": (["k: eks nodes_desired=1", "k: eks nodes_max=1"], ["k: eks", "k: eks compute=fargate nodes_max=1"]),
    "EKS-04": (["k: eks purchase=spot"], ["k: eks", "k: eks compute=fargate purchase=spot"]),
    "EKS-05": (
        ["n: vpc\nt: tier access=public in=n\nk: eks in=t", "n: vpc\nt: tier access=public in=n\nk: eks compute=fargate in=t"],
        ["k: eks", "n: vpc\nt: tier access=private in=n\nk: eks in=t"],
    ),
    "LAM-01": (["f: lambda timeout=901"], ["f: lambda timeout=900"]),
    "LAM-02": (
        ["f: lambda\ndb: rds proxy=false\nf queries db", "f: lambda\ndb: rds deployment=cluster zones=abc\nf queries db"],
        ["f: lambda\ndb: rds\nf queries db", "f: lambda reserved_concurrency=5\ndb: rds proxy=false\nf queries db",
         "s: ecs\ndb: rds proxy=false\ns queries db"],
    ),
    "LAM-03": (["f: lambda zones=a\ndb: rds\nf queries db"], ["f: lambda\ndb: rds\nf queries db", "f: lambda zones=a"]),
    "LAM-04": (
        ["t: sns\nf: lambda failure_queue=false\nt delivers f", "c: lambda\nf: lambda failure_queue=false\nc invokes f mode=event"],
        ["t: sns\nf: lambda\nt delivers f", "f: lambda failure_queue=false", "c: lambda\nf: lambda failure_queue=false\nc invokes f",
         "t: sns\nf: lambda failure_queue=false\nt delivers f\nd: sqs\nf fails-to d"],
    ),
    "LAM-05": ([BATCH.format("", "", "partial_failures=false")], [BATCH.format("", "", ""), BATCH.format("", "", "batch_size=1 partial_failures=false")]),
    "LAM-07": (
        ["f: lambda memory=128", "f: lambda timeout=3\nt: dynamodb\nf reads-writes t"],
        ["f: lambda", "f: lambda timeout=3", "f: lambda timeout=4\nt: dynamodb\nf reads-writes t"],
    ),
    "LAM-08": (["a: lambda\nb: lambda\na invokes b"], ["a: lambda\nb: lambda\na invokes b mode=event", "a: ecs\nb: lambda\na invokes b"]),
    "LAM-11": (
        [BATCH.format("", "reserved_concurrency=5", "")],
        [BATCH.format("", "reserved_concurrency=10", ""), BATCH.format("", "", ""), BATCH.format("", "reserved_concurrency=0", "")],
    ),
    "LAM-12": (["f: lambda reserved_concurrency=0"], ["f: lambda", "f: lambda reserved_concurrency=1"]),
    "SQS-01": (["q: sqs dead_letter_queue=false"], ["q: sqs", "q: sqs\nd: sqs\nq fails-to d"]),
    "SQS-02": (
        [BATCH.format("visibility_timeout=20", "timeout=30", ""), BATCH.format("visibility_timeout=120", "timeout=30", "")],
        [BATCH.format("", "timeout=30", ""), BATCH.format("visibility_timeout=185", "timeout=30", "batch_window=5")],
    ),
    "SQS-03": (["q: sqs max_receive_count=3\nf: lambda\nq triggers f"], ["q: sqs\nf: lambda\nq triggers f", "q: sqs max_receive_count=3\nw: ecs\nq feeds w"]),
    "SQS-04": (
        ["q: sqs dead_letter_retention=345600", "q: sqs\nd: sqs\nq fails-to d"],
        ["q: sqs", "q: sqs retention=1209600", "q: sqs\nd: sqs retention=1209600\nq fails-to d"],
    ),
    "SQS-05": (
        ["t: sns\nq: sqs fifo=true\nt delivers q", "t: sns fifo=true\nf: lambda\nt delivers f", "q: sqs fifo=true\nd: sqs\nq fails-to d",
         "f: lambda\nd: sqs fifo=true\nf fails-to d"],
        ["t: sns fifo=true\nq: sqs fifo=true\nt delivers q", "t: sns fifo=true\nq: sqs\nt delivers q", "t: sns\nf: lambda\nt delivers f",
         "q: sqs fifo=true\nd: sqs fifo=true\nq fails-to d", "f: lambda\nd: sqs\nf fails-to d"],
    ),
    "SQS-06": (
        ["s: ecs\nq: sqs\ns sends q", "q: sqs\nw: ecs\nq feeds w"],
        ["s: ecs\nq: sqs\ns sends q\nw: ecs\nq feeds w", "q: sqs", "q: sqs\nd: sqs\nw: ecs\ns: ecs\ns sends q\nq feeds w\nq fails-to d\nd feeds s"],
    ),
    "SQS-08": (["q: sqs\nw: ecs\nq feeds w"], ["q: sqs fifo=true\nw: ecs\nq feeds w", "q: sqs"]),
    "SQS-09": (
        [BATCH.format("fifo=true", "", "batch_size=11"), BATCH.format("", "", "batch_size=11 batch_window=0")],
        [BATCH.format("fifo=true", "", "batch_size=10"), BATCH.format("", "", "batch_size=11"), "t: dynamodb\nf: lambda\nt triggers f batch_size=100 batch_window=0"],
    ),
    "SNS-01": (["s: ecs\nt: sns\ns publishes t"], ["s: ecs\nt: sns\nq: sqs\ns publishes t\nt delivers q", "t: sns"]),
    "SNS-02": (["t: sns\nq: sqs\nt delivers q dead_letters=false"], ["t: sns\nq: sqs\nt delivers q"]),
    "RDS-01": (["db: rds deployment=single"], ["db: rds", "db: rds deployment=cluster zones=abc"]),
    "RDS-02": (["db: rds deployment=single read_replicas=1"], ["db: rds read_replicas=1", "db: rds deployment=single"]),
    "RDS-03": (["db: rds backup_retention=0", "db: rds backup_retention=1"], ["db: rds"]),
    "RDS-04": (["db: rds deletion_protection=false"], ["db: rds"]),
    "RDS-05": (["db: rds storage=50 max_storage=50"], ["db: rds", "db: rds deployment=cluster zones=abc max_storage=100"]),
    "RDS-06": (
        ["s: ecs\ndb: rds read_replicas=1\ns queries db"],
        ["s: ecs\ndb: rds read_replicas=1\ns queries db access=read", "s: ecs\ndb: rds\ns queries db", "db: rds read_replicas=1"],
    ),
    "RDS-07": (
        ["db: rds deployment=cluster zones=abc engine=mariadb", "db: rds deployment=cluster zones=abc storage=50",
         "db: rds deployment=cluster zones=abc backup_retention=0", "db: rds deployment=cluster zones=abc instance_class=db.t4g.medium",
         "db: rds deployment=cluster zones=abc instance_class=db.m7g.large"],
        ["db: rds deployment=cluster zones=abc", "db: rds engine=mariadb", "db: rds deployment=cluster zones=abc instance_class=db.r6gd.large"],
    ),
    "RDS-08": (["db: rds storage=100 max_storage=50"], ["db: rds", "db: rds storage=100 max_storage=100"]),
    "RDS-09": (["db: rds read_replicas=1 backup_retention=0"], ["db: rds read_replicas=1", "db: rds backup_retention=0"]),
    "RDS-10": (
        ["db: rds engine=mysql instance_class=db.t4g.micro"],
        ["db: rds instance_class=db.t4g.micro", "db: rds engine=mysql instance_class=db.t4g.micro performance_insights=false", "db: rds engine=mysql"],
    ),
    "DDB-01": (["t: dynamodb point_in_time_recovery=false"], ["t: dynamodb"]),
    "DDB-02": (["t: dynamodb capacity_mode=provisioned autoscaling=false"], ["t: dynamodb capacity_mode=provisioned", "t: dynamodb autoscaling=false"]),
    "DDB-04": (["t: dynamodb deletion_protection=false"], ["t: dynamodb"]),
    "DDB-05": (
        ["t: dynamodb capacity_mode=provisioned max_capacity=1", "t: dynamodb sort_key=pk", "t: dynamodb stream=false\nf: lambda\nt triggers f"],
        ["t: dynamodb capacity_mode=provisioned", "t: dynamodb sort_key=sk", "t: dynamodb\nf: lambda\nt triggers f", "t: dynamodb stream=false"],
    ),
    "ELB-01": (["lb: elb zones=a", "lb: elb type=network zones=a"], ["lb: elb", "lb: elb type=network"]),
    "ELB-05": (["lb: elb deletion_protection=false"], ["lb: elb"]),
    "ELB-06": (["lb: elb access_logs=false"], ["lb: elb"]),
    "ELB-07": (["lb: elb type=network\nf: lambda\nlb routes f"], ["lb: elb\nf: lambda\nlb routes f", "lb: elb type=network\ns: ecs\nlb routes s"]),
    "ELB-08": ([FRONT], [FRONT + "s: ecs\nlb routes s", "lb: elb"]),
    "NET-02": (["settings: zones=a\ns: ecs", "n: vpc zones=a\ns: ecs in=n"], ["s: ecs", "settings: zones=a\nf: lambda", "n: vpc zones=a"]),
    "NET-04": (
        ["n: vpc\nt: tier access=isolated in=n\ns: ecs in=t",
         "n: vpc\nt: tier access=isolated in=n\ns: ec2 in=t\nq: sqs\ns sends q",
         "n: vpc\nt: tier access=public in=n\nf: lambda in=t\nq: sqs\nf sends q",
         "n: vpc\nt: tier access=public in=n\ns: ecs launch_type=EC2 in=t\nq: sqs\ns sends q",
         "settings: nat=none\ns: ecs", "settings: nat=none\ns: ecs image=nginx:latest"],
        ["s: ecs", "n: vpc\nt: tier access=isolated in=n\ns: ec2 in=t", "n: vpc\nt: tier access=public in=n\ns: ecs in=t\nq: sqs\ns sends q",
         "settings: nat=none\ns: ecs image=123456789012.dkr.ecr.eu-central-1.amazonaws.com/shop:1", "settings: nat=none\nk: eks",
         "n: vpc\nt: tier access=isolated in=n\ns: ec2 in=t\nd: dynamodb\ns reads-writes d"],
    ),
    "NET-05": (["settings: flow_logs=false\ns: ecs", "n: vpc flow_logs=false\ns: ecs in=n"], ["s: ecs", "settings: flow_logs=false\nf: lambda"]),
    "NET-06": (
        ["users: users\nlb: elb scheme=internal\nusers requests lb", "n: vpc\nt: tier access=private in=n\nlb: elb scheme=internet-facing in=t",
         "n: vpc\nt: tier access=private in=n\nusers: users\ns: ec2 in=t\nusers requests s"],
        [FRONT, "lb: elb", "users: users\ns: ec2\nusers requests s"],
    ),
    "NET-08": (["a: vpc\nb: vpc\ns: ecs"], ["a: vpc\ns: ecs", "a: vpc\nb: vpc\ns: ecs in=a", "a: vpc\nb: vpc\nf: lambda", "s: ecs"]),
    "NET-09": (["settings: vpc_cidr=10.0.300.0/16\ns: ecs", "n: vpc cidr=999.0.0.0/16"], ["s: ecs", "n: vpc cidr=192.168.0.0/16"]),
    "ZON-01": (
        ["s: ecs zones=ag", "settings: region=us-west-1 zones=ab\nn: vpc zones=abc", "settings: region=us-west-1 zones=abc\ns: ecs"],
        ["s: ecs", "settings: region=us-east-1\ns: ecs zones=abcdef", "settings: region=mars-1\ns: ecs zones=abcdef"],
    ),
    "ZON-02": (
        ["db: rds zones=a", "k: eks zones=a", "db: rds deployment=cluster zones=ab"],
        ["db: rds", "k: eks", "db: rds deployment=cluster zones=abc", "db: rds deployment=single zones=a"],
    ),
    "CPL-11": (
        ["a: lambda timeout=10\nb: lambda timeout=10\na invokes b", "lb: elb\nf: lambda timeout=60\nlb routes f"],
        ["a: lambda timeout=20\nb: lambda timeout=10\na invokes b", "a: lambda timeout=5\nb: lambda\na invokes b mode=event", "lb: elb\nf: lambda\nlb routes f"],
    ),
    "SEC-01": (["users: users\nlb: elb tls=false\nusers requests lb"], [FRONT, "lb: elb tls=false"]),
    "SEC-02": (["users: users\nf: lambda public_url=anyone\nusers requests f"], ["users: users\nf: lambda\nusers requests f", "f: lambda public_url=anyone"]),
    "SEC-03": (["users: users\ns: ec2\nusers requests s"], ["s: ec2"]),
    "SEC-04": (["k: eks public_endpoint=true"], ["k: eks"]),
    "SEC-05": (["users: users\nlb: elb waf=false\nusers requests lb"], [FRONT, "lb: elb"]),
    "SEC-06": (["t: sns encryption=none"], ["t: sns"]),
    "OBS-01": (["settings: alarms=false\nq: sqs"], ["q: sqs", "settings: alarms=false"]),
    "OBS-03": (["f: lambda tracing=false"], ["f: lambda"]),
}  # fmt: skip

BOOK = load_rules(CATALOG)
DATA_RULES = {key for key, rule in BOOK.rules.items() if rule.cases}


def rules_of(text: str) -> set[str]:
    """The data rules that speak of a drawing, before any of them gives way to another."""
    return {finding.rule for finding in component_findings(Resolution(draw(text), CATALOG), BOOK)}


def test_every_data_rule_has_its_drawings() -> None:
    """A rule without both kinds of drawing is not tested."""
    assert set(CASES) == DATA_RULES
    for rule, (hits, misses) in CASES.items():
        assert len(hits) >= len(BOOK[rule].cases), f"{rule} has more cases than drawings"
        assert misses, f"{rule} has no drawing that it is silent about"


@pytest.mark.parametrize("rule", sorted(CASES))
def test_the_rule_speaks_where_it_should_and_only_there(rule: str) -> None:
    """The findings of a rule on its drawings; together they use every one of its cases."""
    hits, misses = CASES[rule]
    said = []
    for text in hits:
        found = component_findings(Resolution(draw(text), CATALOG), BOOK)
        messages = [finding.message for finding in found if finding.rule == rule]
        assert messages, f"{rule} is silent about: {text}"
        said += messages
    assert len(set(said)) >= len(BOOK[rule].cases)
    for text in misses:
        assert rule not in rules_of(text), f"{rule} speaks of: {text}"


@pytest.mark.parametrize("rule", sorted(CASES))
def test_messages_are_complete(rule: str) -> None:
    """No placeholder is left, and the place is given."""
    for text in CASES[rule][0]:
        for finding in component_findings(Resolution(draw(text), CATALOG), BOOK):
            for part in (finding.message, finding.fix, finding.why):
                assert part and not {"{", "}"} & set(part), finding
                assert "None" not in part
            if finding.property is not None and finding.components and not finding.connections:
                kind = draw(text).components[finding.components[0]].kind
                assert finding.property in CATALOG.kinds[kind].properties


@pytest.mark.parametrize("rule", sorted(key for key in CASES if any(case.contradiction for case in BOOK[key].cases)))
def test_contradictions_are_errors_and_stay_errors(rule: str) -> None:
    """What AWS refuses is reported to the exporter, and no flow or queue makes it less."""
    refused = 0
    for text in CASES[rule][0]:
        architecture = draw(text)
        found = [finding for finding in contradictions(Resolution(architecture, CATALOG)) if finding.rule == rule]
        assert all(finding.severity is Severity.ERROR for finding in found)
        shown = [f for f in analyse(architecture, CATALOG).findings if f.rule == rule and f.severity is Severity.ERROR]
        assert len(shown) == len(found)
        refused += len(found)
    assert refused
    for text in CASES[rule][1]:
        assert rule not in {finding.rule for finding in contradictions(Resolution(draw(text), CATALOG))}


def test_only_contradictions_are_errors() -> None:
    """An error is what stops an export, and nothing else is."""
    for rule in BOOK.rules.values():
        for case in rule.cases:
            assert (case.severity is Severity.ERROR) == case.contradiction, rule.id


def test_the_good_defaults_of_every_kind_have_few_remarks() -> None:
    """A component as it comes from the palette has nothing worse than that it is alone."""
    for kind in CATALOG.kinds:
        worse = [f for f in analyse(draw(f"x: {kind}"), CATALOG).findings if f.severity.rank <= Severity.MEDIUM.rank]
        assert not worse, (kind, worse)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("- {id: AB-1}", "no id of a rule"),
        ("- {id: ABC-01, severity: grave}", "'severity' is one of"),
        ("- {id: ABC-01, severity: low, category: LUCK}", "'category' is one of"),
        ("- {id: ABC-01, severity: low, category: SPOF}", "the key 'title' is missing"),
        ("- {id: ABC-01, severity: low, category: SPOF, title: t, why: w, fix: '{1 +}', sources: [s], link: 'https://x'}", "not an expression"),
        ("- {id: ABC-01, severity: low, category: SPOF, title: t, why: w, fix: f, sources: [], link: 'https://x'}", "at least one"),
        ("- {id: ABC-01, severity: low, category: SPOF, title: t, why: w, fix: f, sources: [s], link: x}", "address of a page"),
        ("- {id: ABC-01, severity: low, category: SPOF, title: t, why: w, fix: f, sources: [s], link: 'https://x', when: 'True', message: m}", "a case is either"),
        ("- {id: ABC-01, severity: low, category: SPOF, title: t, why: w, fix: f, sources: [s], link: 'https://x', for: sqs, when: 'import os', message: m}", "not an expression"),
        ("- {id: ABC-01, severity: low, category: SPOF, title: t, why: w, fix: f, sources: [s], link: 'https://x', extra: 1}", "unknown key 'extra'"),
        ("a: 1", "expected a list of rules"),
    ],
)  # fmt: skip
def test_a_broken_rule_is_refused_with_file_and_line(tmp_path: Path, text: str, expected: str) -> None:
    """The author of a rule is told where it is wrong."""
    file = tmp_path / "own.yaml"
    file.write_text("# a comment\n" + text + "\n", encoding="utf-8")
    with pytest.raises(UserError) as error:
        read_rules(tmp_path)
    assert expected in str(error.value)
    assert error.value.file == file
    assert error.value.line == 2


def test_a_rule_for_what_does_not_exist_is_refused(tmp_path: Path) -> None:
    """A kind with a typing error would never be asked for."""
    rule = "- {id: ABC-01, severity: low, category: SPOF, title: t, why: w, fix: f, sources: [s], link: 'https://x', for: sqqs, when: 'True', message: m}"
    (tmp_path / "own.yaml").write_text(rule, encoding="utf-8")
    with pytest.raises(UserError, match="'sqqs' is neither a kind nor a relation"):
        rule_book(read_rules(tmp_path), CATALOG.kinds, CATALOG.relations)


def test_a_rule_given_twice_is_refused(tmp_path: Path) -> None:
    """Two files must not fight over one id."""
    text = (data("resources") / "rules" / "security.yaml").read_text(encoding="utf-8")
    for name in ("one.yaml", "two.yaml"):
        (tmp_path / name).write_text(text, encoding="utf-8")
    with pytest.raises(UserError, match="given twice"):
        read_rules(tmp_path)


def test_a_rule_of_ones_own_is_asked_for(tmp_path: Path) -> None:
    """A rule is data: a new file suffices."""
    rule = "- {id: OWN-01, severity: low, category: DATA, title: Short, why: w, fix: f, sources: [s], link: 'https://x', for: sqs, when: retention < 3600, message: '{name} keeps {retention} s'}"
    (tmp_path / "own.yaml").write_text(rule, encoding="utf-8")
    book = rule_book(read_rules(tmp_path), CATALOG.kinds, CATALOG.relations)
    found = component_findings(Resolution(draw("q: sqs retention=60\nr: sqs"), CATALOG), book)
    assert [(finding.rule, finding.message, finding.components) for finding in found] == [("OWN-01", "q keeps 60 s", ("q",))]
