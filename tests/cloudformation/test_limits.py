"""Limits of AWS are found before a deployment finds them, and named by the component or wire they are about."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from designer.catalog.catalog import Catalog
from designer.cloudformation import limits
from designer.cloudformation.limits import check_template, least_size
from designer.errors import UserError
from designer.model.edits import Put, Remove
from designer.model.entities import Collection, Component
from tests.cloudformation.drawings import Drawing, resources_of


def refused(drawing: Drawing) -> list[tuple[str | None, str]]:
    with pytest.raises(UserError) as caught:
        drawing.export()
    errors = getattr(caught.value, "errors", [caught.value])
    return [(error.name, error.message) for error in errors]


def balancer(catalog: Catalog, count: int, **wire: Any) -> Drawing:
    drawing = Drawing(catalog)
    drawing.add("elb")
    for number in range(count):
        drawing.add("ecs", f"ecs-{number}")
        # Another interval makes another target group.
        values = {"health_interval": 10 + number} | {key: value.format(number) for key, value in wire.items()}
        drawing.wire("elb", f"ecs-{number}", "routes", **values)
    return drawing


def test_a_listener_shares_requests_among_five_targets(catalog: Catalog) -> None:
    listener = resources_of(balancer(catalog, 5).export(), "AWS::ElasticLoadBalancingV2::Listener")["ElbListener"]
    assert len(listener["Properties"]["DefaultActions"][0]["ForwardConfig"]["TargetGroups"]) == 5
    ((name, message),) = refused(balancer(catalog, 6))
    assert name == "elb"
    assert "6 sorts of targets" in message
    assert balancer(catalog, 6, path="/{}/*").export()


def test_a_service_stands_behind_five_balancers(catalog: Catalog) -> None:
    drawing = Drawing(catalog)
    drawing.add("ecs")
    for number in range(6):
        drawing.add("elb", f"elb-{number}")
        drawing.wire(f"elb-{number}", "ecs", "routes")
    ((name, _message),) = refused(drawing)
    assert name == "ecs"


def test_what_does_not_fit_into_its_subnets_at_the_start_is_refused(catalog: Catalog) -> None:
    drawing = Drawing(catalog, zones="ab", vpc_cidr="10.0.0.0/22")
    drawing.add("asg", "web", min=30, max=60)
    assert drawing.export()
    drawing.add("ecs", "api", desired=25)
    ((name, message),) = refused(drawing)
    assert name == "web"
    assert "30 addresses" in message
    assert "room for 29" in message


def test_dead_letters_do_not_go_round(catalog: Catalog) -> None:
    drawing = Drawing(catalog)
    for key in "abc":
        drawing.add("sqs", key)
    for source, target in ("ab", "bc", "ca"):
        drawing.wire(source, target, "fails-to")
    assert [name for name, _message in refused(drawing)] == ["a-b", "b-c", "c-a"]


@pytest.mark.parametrize("kind", ["sqs", "lambda"])
def test_what_fails_goes_to_one_place(catalog: Catalog, kind: str) -> None:
    drawing = Drawing(catalog)
    drawing.add(kind, "source")
    for key in ("one", "two"):
        drawing.add("sqs", key, f"Queue {key}")
        drawing.wire("source", key, "fails-to", key=f"to-{key}")
    ((name, message),) = refused(drawing)
    assert name == "to-two"
    assert "Queue one" in message


def test_a_tls_listener_keeps_no_client_at_its_target(catalog: Catalog) -> None:
    drawing = Drawing(catalog)
    drawing.add("elb", type="network")
    drawing.add("ec2")
    wire = drawing.wire("elb", "ec2", "routes", sticky=True)
    assert [name for name, _message in refused(drawing)] == [wire]
    drawing.architecture.apply(_set(drawing, "elb", type="network", tls=False))
    assert drawing.export()


@pytest.mark.parametrize("interval", [5, 6, 300])
def test_a_health_check_times_out_before_the_next(catalog: Catalog, interval: int) -> None:
    drawing = balancer(catalog, 0)
    drawing.add("ec2")
    drawing.wire("elb", "ec2", "routes", health_interval=interval)
    groups = resources_of(drawing.export(), "AWS::ElasticLoadBalancingV2::TargetGroup")
    group = groups["ElbToInstances8080TargetGroup"]["Properties"]
    assert group["HealthCheckTimeoutSeconds"] < group["HealthCheckIntervalSeconds"] == interval


def hub(catalog: Catalog, count: int) -> Drawing:
    drawing = Drawing(catalog)
    drawing.add("lambda", "hub")
    for number in range(count):
        drawing.add("dynamodb", f"table-of-things-{number}")
        drawing.wire("hub", f"table-of-things-{number}", "reads-writes", key=f"hub-{number}")
    return drawing


def test_a_role_holds_only_so_many_policies(catalog: Catalog) -> None:
    assert hub(catalog, 10).export()
    ((name, message),) = refused(hub(catalog, 60))
    assert name == "hub"
    assert "10,240" in message


def test_a_function_takes_only_so_many_variables(catalog: Catalog) -> None:
    drawing = Drawing(catalog)
    drawing.add("lambda", "hub")
    for number in range(60):
        target = drawing.add("sns", f"a-topic-with-quite-a-long-name-so-that-variables-grow-{number}")
        drawing.wire("hub", target, "publishes", key=f"hub-{number}")
    errors = refused(drawing)
    assert [name for name, _message in errors] == ["hub"]


def test_five_hundred_resources_and_no_more(catalog: Catalog) -> None:
    drawing = Drawing(catalog)
    for number in range(130):
        drawing.add("sqs", f"sqs-{number}")
    ((_name, message),) = refused(drawing)
    assert "500" in message


@pytest.mark.parametrize("section", ["Parameters", "Outputs"])
def test_two_hundred_parameters_and_outputs(catalog: Catalog, section: str) -> None:
    template = Drawing(catalog).export().template
    template.tree[section] = {f"X{number}": {} for number in range(201)}
    with pytest.raises(UserError, match="201"):
        check_template(template, "")


def test_a_large_template_goes_by_a_bucket_and_a_huge_one_not_at_all(catalog: Catalog) -> None:
    template = Drawing(catalog).export().template
    assert check_template(template, "x" * limits.MAX_INLINE_BYTES) == []
    (note,) = check_template(template, "é" * (limits.MAX_INLINE_BYTES // 2 + 1))
    assert "--s3-bucket" in note
    with pytest.raises(UserError, match="1,000,000"):
        check_template(template, "x" * (limits.MAX_BYTES + 1))


def test_a_start_script_that_does_not_fit_is_refused(catalog: Catalog) -> None:
    drawing = Drawing(catalog)
    drawing.add("ec2", start_script="echo 📦📦\n" * 1500)
    ((name, message),) = refused(drawing)
    assert name == "ec2"
    assert "16,384" in message


LEAVES = st.text(max_size=5) | st.integers() | st.booleans() | st.none()
JSON = st.recursive(
    LEAVES, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text("abc", max_size=3), inner, max_size=3)
)


@given(JSON)
def test_the_least_size_of_a_value_without_references_is_its_size(value: Any) -> None:
    assert abs(least_size(value) - len(json.dumps(value, ensure_ascii=False, separators=(",", ":")))) <= 60
    assert least_size({"Ref": "x" * 50}) <= 8
    assert least_size({"Fn::Sub": "${AWS::StackName}-x"}) <= 10


NAMED = {
    "AWS::EKS::Cluster": ("Name", 100),
    "AWS::RDS::DBProxy": ("DBProxyName", 60),
    "AWS::ServiceDiscovery::Service": ("Name", 63),
    "AWS::ServiceDiscovery::PrivateDnsNamespace": ("Name", 253),
    "AWS::SNS::Topic": ("TopicName", 256),
    "AWS::ECS::TaskDefinition": ("Family", 255),
    "AWS::SSM::Parameter": ("Name", 1011),
    "AWS::IAM::Policy": ("PolicyName", 128),
    "AWS::WAFv2::WebACL": ("", 128),
    "AWS::Logs::LogGroup": ("LogGroupName", 512),
}
"""The longest physical name of each type that is named here (the services' own references)."""


def longest(value: Any) -> int:
    """How long a name is at most, when the stack has the longest name that there is."""
    if isinstance(value, str):
        return len(value)
    text, variables = value["Fn::Sub"] if isinstance(value["Fn::Sub"], list) else (value["Fn::Sub"], {})
    text = text.replace("${AWS::StackName}", "s" * 128)
    for name in variables:
        text = text.replace(f"${{{name}}}", "01234567")
    assert "${" not in text
    return len(text)


def test_names_stay_valid_with_the_longest_stack_name_and_ids_of_sixty_four_characters(catalog: Catalog) -> None:
    drawing = Drawing(catalog)
    vpc = drawing.frame("vpc", "v" * 64)
    keys = {}
    for kind in ("eks", "ecs", "lambda", "rds", "elb", "sns"):
        keys[kind] = drawing.add(kind, f"{kind}-" + "y" * (63 - len(kind)), boundary=None if kind == "sns" else vpc)
    second = drawing.add("lambda", "lambda-" + "z" * 57, boundary=vpc)
    drawing.architecture.apply(_set(drawing, keys["sns"], fifo=True))
    drawing.architecture.apply(_set(drawing, keys["rds"], proxy=True))
    keys["second"] = second
    wires = ("lambda calls ecs", "lambda invokes second", "second invokes lambda", "elb routes ecs", "elb routes eks",
             "ecs queries rds")  # fmt: skip
    for number, wire in enumerate(wires):
        source, relation, target = wire.split()
        drawing.wire(keys[source], keys[target], relation, key=f"wire-{number}")
    exported = drawing.export()
    seen = set()
    for kind, (name, limit) in NAMED.items():
        for resource in resources_of(exported, kind).values():
            value = resource["Properties"].get(name)
            if value is not None:
                seen.add(kind)
                assert longest(value) <= limit, (kind, value)
    assert seen == NAMED.keys() - {"AWS::WAFv2::WebACL"}
    for resource in exported.template.tree["Resources"].values():
        for key in resource.get("Properties", {}):
            named = key.endswith("Name") and resource["Type"] not in NAMED
            assert not named or key in _REFERRING, (resource["Type"], key)


_REFERRING = {
    "ServiceName", "AutoScalingGroupName", "FunctionName", "ClusterName", "AddonName", "DBSubnetGroupName",
    "LogGroupName", "DBProxyName", "TargetGroupName", "DBParameterGroupName", "DBClusterParameterGroupName", "DBName",
    "PolicyName", "MetricName", "DatabaseName",
}  # fmt: skip
"""Properties that name something else, or something inside, and nothing of the account."""


def _set(drawing: Drawing, key: str, **properties: Any) -> Any:
    return Put(drawing.architecture.components[key].with_(properties=properties))


def test_many_topics_are_let_into_a_queue_by_one_statement(catalog: Catalog) -> None:
    """A policy of SQS takes 20 statements and 10 conditions (Amazon SQS policy quotas)."""
    drawing = Drawing(catalog)
    drawing.add("sqs")
    for number in range(25):
        drawing.add("sns", f"topic-{number}")
        drawing.wire(f"topic-{number}", "sqs", "delivers")
    exported = drawing.export()
    policy = resources_of(exported, "AWS::SQS::QueuePolicy")["SqsPolicy"]["Properties"]["PolicyDocument"]
    statements = {statement["Sid"]: statement for statement in policy["Statement"]}
    assert set(statements) == {"TlsOnly", "FromTopics"}
    sources = statements["FromTopics"]["Condition"]["ArnEquals"]["aws:SourceArn"]
    assert sorted(source["Ref"] for source in sources) == sorted(resources_of(exported, "AWS::SNS::Topic"))[-25:]
    lines = [line for line in exported.lines if line.text.startswith("                  - !Ref Topic")]
    assert {line.text.split()[-1]: set(line.origins) for line in lines}["TopicNo7Topic"] == {"topic-7-sqs"}


def test_a_component_without_a_name_is_called_by_its_id(catalog: Catalog) -> None:
    """EC2 refuses a security group whose description is empty."""
    drawing = Drawing(catalog)
    for key, name in (("db", ""), ("app", "  ")):
        drawing.architecture.apply(Put(Component(id=key, kind="rds" if key == "db" else "ecs", name=name)))
    groups = resources_of(drawing.export(), "AWS::EC2::SecurityGroup")
    assert groups["DbSecurityGroup"]["Properties"]["GroupDescription"] == "db"
    assert groups["AppSecurityGroup"]["Properties"]["GroupDescription"] == "app"


def test_a_rule_has_five_wildcards(catalog: Catalog) -> None:
    assert balancer(catalog, 1, path="/*a?b*c", host="*.*.example.com").export()
    ((name, message),) = refused(balancer(catalog, 1, path="/*a?b*c", host="*.*.*.example.com"))
    assert name == "elb-ecs-0"
    assert "6 wildcards" in message


def test_a_balancer_has_a_hundred_target_groups(catalog: Catalog) -> None:
    drawing = Drawing(catalog, alarms=False)
    drawing.add("elb")
    drawing.add("lambda")
    for number in range(101):
        drawing.wire("elb", "lambda", "routes", key=f"wire-{number}", path=f"/{number}/*")
    errors = refused(drawing)
    assert [name for name, _message in errors] == ["elb"]
    assert "101 target groups" in errors[0][1]
    drawing.architecture.apply(Remove(Collection.CONNECTIONS, "wire-0"))
    assert drawing.export()
