"""Wires beside one another: EC2 takes no security group rule twice, and a function has one URL."""

from __future__ import annotations

import itertools
from typing import Any

import pytest

from designer.catalog.catalog import Catalog, load_catalog
from designer.errors import UserError
from designer.model.edits import Remove
from designer.model.entities import Collection
from tests.cloudformation.drawings import Drawing, pairs, resources_of
from tests.cloudformation.soundness import assert_sound, rules

CATALOG = load_catalog()


def twice(catalog: Catalog, source: str, target: str, relation: str, **second: Any) -> Drawing:
    drawing = Drawing(catalog)
    drawing.add(source)
    end = drawing.add(target, key=f"{target}-2" if target == source else target)
    drawing.wire(source, end, relation, key="first")
    drawing.wire(source, end, relation, key="second", **second)
    return drawing


@pytest.mark.parametrize(("source", "target", "relation"), pairs(CATALOG))
def test_a_second_wire_between_two_things_is_sound_or_refused(
    catalog: Catalog, source: str, target: str, relation: str
) -> None:
    drawing = twice(catalog, source, target, relation)
    try:
        exported = drawing.export()
    except UserError as error:
        assert relation in ("routes", "delivers", "triggers")
        assert "second" in str(error)
        return
    assert_sound(exported)
    assert len(set(rules(exported))) == len(rules(exported))
    assert len(resources_of(exported, "AWS::Lambda::Url")) <= 1
    drawing.architecture.apply(Remove(Collection.CONNECTIONS, "first"))
    alone = drawing.export()
    assert len(rules(alone)) == len(rules(exported))


@pytest.mark.parametrize(("worker", "relation"), [("lambda", "triggers"), ("ecs", "feeds"), ("asg", "feeds")])
def test_a_worker_of_two_queues_may_read_both(catalog: Catalog, worker: str, relation: str) -> None:
    """Two policies of one role with one name would be one policy, that of the later wire."""
    drawing = Drawing(catalog)
    drawing.add(worker)
    for queue in ("one", "two"):
        drawing.add("sqs", queue)
        drawing.wire(queue, worker, relation)
    exported = drawing.export()
    assert_sound(exported)
    policies = resources_of(exported, "AWS::IAM::Policy")
    read = {
        statement["Resource"]["Fn::GetAtt"][0]
        for policy in policies.values()
        for statement in policy["Properties"]["PolicyDocument"]["Statement"]
        if "sqs:ReceiveMessage" in statement["Action"]
    }
    assert read == {"OneQueue", "TwoQueue"}
    assert len({policy["Properties"]["PolicyName"] for policy in policies.values()}) == len(policies)


def test_parallel_wires_of_a_circle_share_their_parameter(catalog: Catalog) -> None:
    drawing = Drawing(catalog)
    for key in "ab":
        drawing.add("lambda", key)
    for key, ends in (("first", "ab"), ("second", "ab"), ("back", "ba")):
        drawing.wire(*ends, "invokes", key=key, mode="event" if key == "second" else "request")
    exported = drawing.export()
    assert_sound(exported)
    assert len(resources_of(exported, "AWS::SSM::Parameter")) == 2


@pytest.mark.parametrize("target", ["ecs", "ec2", "asg", "lambda", "eks"])
def test_two_paths_to_one_service_open_one_way(catalog: Catalog, target: str) -> None:
    exported = twice(catalog, "elb", target, "routes", path="/api/*").export()
    assert_sound(exported)
    assert len(rules(exported)) == len(set(rules(exported))) == (0 if target == "lambda" else 2)
    assert len(resources_of(exported, "AWS::ElasticLoadBalancingV2::TargetGroup")) == 2


def test_two_kinds_of_people_come_in_by_one_door(catalog: Catalog) -> None:
    drawing = Drawing(catalog)
    for key in ("admins", "customers"):
        drawing.add("users", key)
    for kind in ("elb", "ec2", "lambda"):
        drawing.add(kind)
        for key in ("admins", "customers"):
            drawing.wire(key, kind, "requests")
    exported = drawing.export()
    # One for the server, one for the balancer and one for its redirection from HTTP.
    assert len(rules(exported)) == len(set(rules(exported))) == 3
    assert len(resources_of(exported, "AWS::Lambda::Url")) == 1
    assert len(resources_of(exported, "AWS::IAM::ManagedPolicy")) == 2


def test_callers_of_public_addresses_have_each_way_once(catalog: Catalog) -> None:
    drawing = Drawing(catalog)
    for key in ("one", "two"):
        drawing.add("elb", key, scheme="internet-facing", tls=False)
        drawing.add("ecs", f"{key}-caller")
    for source, target in itertools.product(("one-caller", "two-caller"), ("one", "two")):
        drawing.wire(source, target, "calls")
    found = rules(drawing.export())
    assert len(found) == len(set(found))
    # Out of each caller by port 80; into each balancer from the address of each zone's NAT gateway.
    assert len(found) == 2 + 2 * 2


def test_reading_and_writing_a_database_are_told_apart(catalog: Catalog) -> None:
    drawing = Drawing(catalog)
    drawing.add("lambda")
    drawing.add("rds", read_replicas=1)
    drawing.wire("lambda", "rds", "queries", key="a-reads", access="read")
    drawing.wire("lambda", "rds", "queries", key="b-writes")
    function = resources_of(drawing.export(), "AWS::Lambda::Function")["LambdaFunction"]["Properties"]
    variables = function["Environment"]["Variables"]
    assert variables["RDS_READER_HOST"] == {"Fn::GetAtt": ["RdsReplica1", "Endpoint.Address"]}
    assert variables["RDS_HOST"] == {"Fn::GetAtt": ["RdsProxy", "Endpoint"]}


@pytest.mark.parametrize(
    ("access", "properties", "group"),
    [
        ("read", {"read_replicas": 1}, "RdsSecurityGroup"),
        ("read", {}, "RdsProxySecurityGroup"),
        ("read", {"proxy": False}, "RdsSecurityGroup"),
        ("read-write", {"read_replicas": 1}, "RdsProxySecurityGroup"),
        ("read", {"deployment": "cluster"}, "RdsSecurityGroup"),
        ("read-write", {"deployment": "cluster"}, "RdsSecurityGroup"),
    ],
)
def test_a_query_enters_where_its_address_leads(
    catalog: Catalog, access: str, properties: dict[str, Any], group: str
) -> None:
    """A read replica does not stand behind the proxy, and has the security group of the database."""
    drawing = Drawing(catalog, zones="abc")
    drawing.add("lambda")
    drawing.add("rds", **properties)
    drawing.wire("lambda", "rds", "queries", access=access)
    ingress = resources_of(drawing.export(), "AWS::EC2::SecurityGroupIngress")["LambdaToRdsIngress"]["Properties"]
    assert ingress["GroupId"] == {"Fn::GetAtt": [group, "GroupId"]}


@pytest.mark.parametrize("relation", ["routes", "delivers", "triggers"])
def test_what_exists_once_is_refused_twice_by_name(catalog: Catalog, relation: str) -> None:
    source, target = {"routes": ("elb", "ecs"), "delivers": ("sns", "sqs"), "triggers": ("sqs", "lambda")}[relation]
    with pytest.raises(UserError) as caught:
        twice(catalog, source, target, relation).export()
    assert [error.name for error in caught.value.errors] == ["second"]  # type: ignore[attr-defined]
