"""What the program exports: no rule has anything to say of it, and a fault planted in it is found."""

from __future__ import annotations

import copy
import json
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest

from designer.catalog.catalog import Catalog
from designer.cloudformation.export import Export, export
from designer.cloudformation.validation.judges import judge
from designer.cloudformation.validation.messages import Message, Severity
from designer.cloudformation.validation.template import read_template
from designer.errors import UserError
from designer.storage.samples import open_sample, samples
from tests.cloudformation.drawings import pair_drawing, pairs

Tree = dict[str, Any]

SAMPLES = [sample.name for sample in samples()]
_MADE: dict[str, Export] = {}


def exported(name: str, catalog: Catalog) -> Export:
    """The export of a sample, made once."""
    if name not in _MADE:
        _MADE[name] = export(open_sample(name, catalog), catalog)
    return _MADE[name]


def judged(text: str) -> list[Message]:
    """What the own rules say of a text."""
    return judge(read_template(text))


@pytest.mark.parametrize("format_name", ["yaml", "json"])
@pytest.mark.parametrize("name", SAMPLES)
def test_nothing_is_said_of_an_export(name: str, format_name: str, catalog: Catalog) -> None:
    """Except that a long one has to be deployed from S3, which the export's notes say too."""
    text = exported(name, catalog).text(format_name)  # type: ignore[arg-type]
    assert [(m.rule, m.path, m.text) for m in judged(text) if m.rule != "D07"] == []


CHOSEN = {
    "D07",  # a long template
    "D106",  # the health check of a load balancer, chosen for a group that is behind none
    "D111",  # a fixed capacity, chosen for a group that is scaled
}
"""What a drawing can have on purpose."""


@pytest.mark.slow
def test_nothing_is_said_of_any_wire(catalog: Catalog) -> None:
    """Every relation between every two kinds, exported alone, deploys as far as the rules can tell."""
    said = []
    for source, target, relation in pairs(catalog):
        drawing = pair_drawing(catalog, source, target, relation)
        try:
            text = export(drawing.architecture, catalog).text("yaml")
        except UserError:
            continue  # a contradiction, which the export refuses with a reason
        said += [(source, relation, target, m.rule, m.text) for m in judged(text) if m.rule not in CHOSEN]
    assert said == []


@pytest.mark.parametrize("name", SAMPLES)
def test_yaml_and_json_say_the_same(name: str, catalog: Catalog) -> None:
    """Both forms of an export are read as one tree."""
    found = exported(name, catalog)
    assert read_template(found.text("yaml")).tree == read_template(found.text("json")).tree == found.template.tree


@dataclass(frozen=True)
class Planted:
    """A fault in the export of a sample: what changes the tree and gives the path that has to be named."""

    rule: str
    sample: str
    plant: Callable[[Tree], tuple[str, ...]]


def of_type(tree: Tree, kind: str, **having: Any) -> str:
    """The first resource of a type whose properties have these values (any value for `...`)."""
    for key, resource in tree["Resources"].items():
        properties = resource.get("Properties", {})
        if resource["Type"] == kind and all(
            name in properties and value in (..., properties[name]) for name, value in having.items()
        ):
            return str(key)
    raise AssertionError(f"the sample has no {kind} with {having}")


def without_waiting(kind: str, waited: str, **having: Any) -> Callable[[Tree], tuple[str, ...]]:
    """Takes out of DependsOn whatever is of a type."""

    def plant(tree: Tree) -> tuple[str, ...]:
        key = of_type(tree, kind, **having)
        names = tree["Resources"][key]["DependsOn"]
        names = [names] if isinstance(names, str) else names
        tree["Resources"][key]["DependsOn"] = [n for n in names if tree["Resources"][n]["Type"] != waited]
        return "Resources", key

    return plant


def with_value(kind: str, name: str, value: Any, *at: str, **having: Any) -> Callable[[Tree], tuple[str, ...]]:
    """Sets a property; the message is expected there, or at another property of the resource."""

    def plant(tree: Tree) -> tuple[str, ...]:
        key = of_type(tree, kind, **having)
        tree["Resources"][key]["Properties"][name] = value
        return ("Resources", key, "Properties", *(at or (name,)))

    return plant


def without_resources(kind: str) -> Callable[[Tree], tuple[str, ...]]:
    """Removes all resources of a type and every DependsOn of them; any path will do."""

    def plant(tree: Tree) -> tuple[str, ...]:
        of_type(tree, kind)
        tree["Resources"] = {key: r for key, r in tree["Resources"].items() if r["Type"] != kind}
        for resource in tree["Resources"].values():
            names = resource.get("DependsOn", [])
            names = [names] if isinstance(names, str) else names
            resource["DependsOn"] = [name for name in names if name in tree["Resources"]]
        return ()

    return plant


def one_zone(tree: Tree) -> tuple[str, ...]:
    """Moves every subnet into the first zone."""
    for resource in tree["Resources"].values():
        if resource["Type"] == "AWS::EC2::Subnet":
            resource["Properties"]["AvailabilityZone"] = {"Fn::Select": [0, {"Fn::GetAZs": ""}]}
    return "Resources", of_type(tree, "AWS::RDS::DBSubnetGroup"), "Properties", "SubnetIds"


def same_block(tree: Tree) -> tuple[str, ...]:
    """Gives the second subnet the block of the first."""
    first, second = [k for k, r in tree["Resources"].items() if r["Type"] == "AWS::EC2::Subnet"][:2]
    block = copy.deepcopy(tree["Resources"][first]["Properties"]["CidrBlock"])
    tree["Resources"][second]["Properties"]["CidrBlock"] = block
    return "Resources", second, "Properties", "CidrBlock"


def key_without_service(service: str) -> Callable[[Tree], tuple[str, ...]]:
    """Takes the statements for a service out of the key's policy."""

    def plant(tree: Tree) -> tuple[str, ...]:
        policy = tree["Resources"][of_type(tree, "AWS::KMS::Key")]["Properties"]["KeyPolicy"]
        policy["Statement"] = [s for s in policy["Statement"] if service not in json.dumps(s["Principal"])]
        return ()

    return plant


def graviton(tree: Tree) -> tuple[str, ...]:
    """Starts the images, which are for another processor, on Graviton."""
    key = of_type(tree, "AWS::EC2::LaunchTemplate")
    data = tree["Resources"][key]["Properties"]["LaunchTemplateData"]
    image = json.dumps([data["ImageId"], tree["Parameters"]])
    data["InstanceType"] = "m7i.large" if "arm64" in image else "m7g.large"
    return "Resources", key, "Properties", "LaunchTemplateData", "ImageId"


def old_family(tree: Tree) -> tuple[str, ...]:
    """Makes the parameter group one of an older version than the database."""
    tree["Resources"][of_type(tree, "AWS::RDS::DBParameterGroup")]["Properties"]["Family"] = "postgres12"
    return "Resources", of_type(tree, "AWS::RDS::DBInstance"), "Properties", "DBParameterGroupName"


PLANTED = [
    Planted("D23", "three-tier", same_block),
    Planted("D27", "three-tier", one_zone),
    Planted("D25", "three-tier", lambda tree: one_zone(tree) and ()),
    Planted("D30", "three-tier", without_waiting("AWS::EC2::Route", "AWS::EC2::VPCGatewayAttachment", GatewayId=...)),
    Planted("D31", "three-tier", without_waiting("AWS::EC2::EIP", "AWS::EC2::VPCGatewayAttachment")),
    Planted(
        "D32", "three-tier",
        without_waiting("AWS::ElasticLoadBalancingV2::LoadBalancer", "AWS::EC2::VPCGatewayAttachment"),
    ),
    Planted("D34", "three-tier", without_waiting("AWS::AutoScaling::AutoScalingGroup", "AWS::EC2::Route")),
    Planted("D42", "three-tier", without_resources("AWS::EC2::SecurityGroupEgress")),
    Planted("D43", "three-tier", without_resources("AWS::EC2::SecurityGroupIngress")),
    Planted(
        "D46", "containers-fargate",
        without_waiting("AWS::ECS::Service", "AWS::ElasticLoadBalancingV2::ListenerRule"),
    ),
    Planted(
        "D47", "containers-fargate",
        with_value("AWS::ElasticLoadBalancingV2::TargetGroup", "TargetType", "instance"),
    ),
    Planted("D56", "containers-fargate", with_value("AWS::ECS::TaskDefinition", "Memory", "700")),
    Planted("D68", "fan-out", without_waiting("AWS::Lambda::EventSourceMapping", "AWS::IAM::Policy")),
    Planted("D69", "fan-out", with_value("AWS::SQS::Queue", "VisibilityTimeout", 1, VisibilityTimeout=...)),
    Planted("D81", "fan-out", key_without_service("sns.amazonaws.com")),
    Planted("D83", "fan-out", key_without_service("cloudwatch.amazonaws.com")),
    Planted("D92", "fan-out", key_without_service("logs.")),
    Planted("D84", "fan-out", without_resources("AWS::SQS::QueuePolicy")),
    Planted("D95", "three-tier", old_family),
    Planted("D102", "fan-out", with_value("AWS::DynamoDB::Table", "AttributeDefinitions", [])),
    Planted("D104", "three-tier", with_value("AWS::AutoScaling::AutoScalingGroup", "MaxSize", "0")),
    Planted("D110", "three-tier", graviton),
]  # fmt: skip


@pytest.mark.parametrize("planted", PLANTED, ids=[f"{p.rule}-{p.sample}" for p in PLANTED])
def test_a_planted_fault_is_found(planted: Planted, catalog: Catalog) -> None:
    """The rule speaks, and where the place is known, it names it."""
    tree = copy.deepcopy(exported(planted.sample, catalog).template.tree)
    expected = planted.plant(tree)
    messages = judged(json.dumps(tree, indent=1))
    found = [message.path for message in messages if message.rule == planted.rule]
    assert found, [(message.rule, message.text) for message in messages]
    if expected:
        assert any(path[: len(expected)] == expected for path in found), (expected, found)


def large_template(catalog: Catalog) -> tuple[str, int]:
    """Two exports in one, with ids of their own: some 200 resources, and their number."""
    trees = [exported("orders-decoupled", catalog).template.tree, exported("orders-coupled", catalog).template.tree]
    merged: Tree = {"AWSTemplateFormatVersion": "2010-09-09"}
    for place, tree in enumerate(trees):
        names = [name for part in ("Resources", "Parameters", "Conditions", "Outputs") for name in tree.get(part, {})]
        text = json.dumps(tree)
        for name in sorted(names, key=len, reverse=True):
            for before, after in (('"', '"'), ("${", "}"), ("${", ".")):
                text = text.replace(f"{before}{name}{after}", f"{before}X{place}{name}{after}")
        for part, value in json.loads(text).items():
            if isinstance(value, dict):
                merged.setdefault(part, {}).update(value)
    return json.dumps(merged, indent=1), len(merged["Resources"])


def test_two_hundred_resources_in_fifty_milliseconds(catalog: Catalog) -> None:
    """The own rules are quick enough to run at every keystroke; the best of several runs counts."""
    text, count = large_template(catalog)
    assert count > 190
    template = read_template(text)
    assert not [message for message in judge(template) if message.severity is not Severity.INFO]
    times = []
    for _ in range(5):
        start = time.thread_time()
        judge(template)
        times.append(time.thread_time() - start)
    assert min(times) < 0.05
