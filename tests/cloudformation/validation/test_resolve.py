"""Resolving: what functions give before anything is deployed, and what stays unknown."""

from __future__ import annotations

from typing import Any

import pytest

from designer.cloudformation.validation.conditions import Conditions
from designer.cloudformation.validation.resolve import MAX_TEXT, Resolver
from designer.cloudformation.validation.values import (
    NOTHING,
    Either,
    Joined,
    Reference,
    Unknown,
    Zone,
    Zones,
    same,
)

TREE: dict[str, Any] = {
    "Parameters": {
        "Name": {"Type": "String", "Default": "shop"},
        "Open": {"Type": "String"},
        "Blocks": {"Type": "CommaDelimitedList", "Default": "a, b"},
        "Image": {"Type": "AWS::SSM::Parameter::Value<AWS::EC2::Image::Id>", "Default": "/aws/service/x"},
        "Cidr": {"Type": "String", "Default": "10.0.0.0/16"},
    },
    "Mappings": {"Sizes": {"shop": {"Cpu": 256, "List": ["x", "y"]}}},
    "Conditions": {
        "IsShop": {"Fn::Equals": [{"Ref": "Name"}, "shop"]},
        "IsOpen": {"Fn::Equals": [{"Ref": "Open"}, "yes"]},
    },
    "Resources": {
        "Queue": {"Type": "AWS::SQS::Queue"},
        "Vpc": {"Type": "AWS::EC2::VPC", "Properties": {"CidrBlock": {"Ref": "Cidr"}}},
    },
}


def resolver(tree: dict[str, Any] = TREE) -> Resolver:
    """A resolver with the parameters at their defaults."""
    conditions = Conditions(tree.get("Conditions", {}), tree.get("Parameters", {}))
    return Resolver(tree, conditions, conditions.defaults)


@pytest.mark.parametrize(
    ("node", "value"),
    [
        ({"Ref": "Name"}, "shop"),
        ({"Ref": "Open"}, Unknown("parameter Open")),
        ({"Ref": "Blocks"}, ["a", "b"]),
        ({"Ref": "Image"}, Unknown("parameter Image")),
        ({"Ref": "Queue"}, Reference("Queue")),
        ({"Ref": "AWS::Region"}, Unknown("AWS::Region")),
        ({"Ref": "AWS::Partition"}, "aws"),
        ({"Fn::GetAtt": ["Queue", "Arn"]}, Reference("Queue", "Arn")),
        ({"Fn::GetAtt": "Queue.Arn"}, Reference("Queue", "Arn")),
        ({"Fn::GetAtt": ["Vpc", "CidrBlock"]}, "10.0.0.0/16"),
        ({"Fn::Sub": "${Name}-${!Kept}"}, "shop-${Kept}"),
        ({"Fn::Sub": "${ Name }"}, "shop"),
        ({"Fn::Sub": ["${a}${b}", {"a": 1, "b": {"Ref": "Name"}}]}, "1shop"),
        ({"Fn::Sub": "${Queue.Arn}/*"}, Joined((Reference("Queue", "Arn"), "/*"))),
        ({"Fn::Sub": "${Queue}"}, Reference("Queue")),
        ({"Fn::Join": ["-", ["a", {"Ref": "Name"}, 3, True]]}, "a-shop-3-true"),
        ({"Fn::Join": [",", {"Ref": "Blocks"}]}, "a,b"),
        ({"Fn::Select": [1, {"Ref": "Blocks"}]}, "b"),
        ({"Fn::Select": ["0", {"Fn::Split": ["/", "x/y"]}]}, "x"),
        ({"Fn::Select": [2, {"Fn::GetAZs": ""}]}, Zone(2)),
        ({"Fn::GetAZs": {"Ref": "AWS::Region"}}, Zones()),
        ({"Fn::GetAZs": "eu-west-1"}, Zones("eu-west-1")),
        ({"Fn::Cidr": [{"Ref": "Cidr"}, 2, 8]}, ["10.0.0.0/24", "10.0.1.0/24"]),
        ({"Fn::Select": [3, {"Fn::Cidr": ["10.0.0.0/20", 4, "10"]}]}, "10.0.12.0/22"),
        ({"Fn::Cidr": ["2001:db8::/56", 1, 64]}, ["2001:db8::/64"]),
        ({"Fn::FindInMap": ["Sizes", {"Ref": "Name"}, "Cpu"]}, 256),
        ({"Fn::FindInMap": ["Sizes", "x", "Cpu", {"DefaultValue": 512}]}, 512),
        ({"Fn::If": ["IsShop", 1, 2]}, 1),
        ({"Fn::If": ["IsOpen", 1, 2]}, Either("IsOpen", 1, 2)),
        ({"Fn::If": ["IsOpen", "x", "x"]}, "x"),
        ({"Fn::Length": {"Ref": "Blocks"}}, 2),
        ({"Fn::ImportValue": "net"}, Unknown("ImportValue(net)")),
        ({"a": {"Ref": "AWS::NoValue"}, "b": 1}, {"b": 1}),
        ([{"Ref": "AWS::NoValue"}, 1], [1]),
        ({"Condition": "kept"}, {"Condition": "kept"}),
        ("{{resolve:ssm:x}}", Unknown("{{resolve:ssm:x}}")),
        ({"Ref": "AWS::NoValue"}, NOTHING),
    ],
)
def test_functions_give_values(node: Any, value: Any) -> None:
    """Each function, with everything known and with parts unknown."""
    assert resolver().value(node) == value


@pytest.mark.parametrize(
    ("node", "said"),
    [
        ({"Fn::Select": [2, {"Ref": "Blocks"}]}, "item 2"),
        ({"Fn::Select": [-1, ["a"]]}, "item -1"),
        ({"Fn::Cidr": ["10.0.0.0/24", 4, 7]}, "holds 2 blocks"),
        ({"Fn::Cidr": ["10.0.0.0/24", 300, 2]}, "1 to 256"),
        ({"Fn::Cidr": ["ten", 3, 2]}, "no address block"),
        ({"Fn::Cidr": ["10.0.0.0/24", 1, 40]}, "no block"),
        ({"Fn::FindInMap": ["Sizes", "x", "Cpu"]}, "first key 'x'"),
        ({"Fn::FindInMap": ["Size", "x", "Cpu"]}, "mapping 'Size'"),
        ({"Fn::Join": ["-"]}, "separator"),
        ({"Fn::Sub": 3}, "text"),
        ({"Fn::GetAtt": "Queue"}, "attributes"),
        ({"Fn::If": ["IsShop", 1]}, "two values"),
        ({"Fn::Split": "a,b"}, "separator"),
        ({"Ref": ["a"]}, "name"),
    ],
)
def test_functions_that_cannot_work_say_why(node: Any, said: str) -> None:
    """The fault is kept under the node, and the value is unknown."""
    found = resolver()
    assert isinstance(found.value(node), Unknown)
    assert said in found.faults[id(node)]


def test_what_is_unknown_can_still_be_the_same() -> None:
    """Two equal expressions over something unknown are equal, others may be."""
    found = resolver()
    first = found.value({"Fn::Select": [0, {"Fn::Cidr": [{"Ref": "Open"}, 4, 8]}]})
    again = found.value({"Fn::Select": [0, {"Fn::Cidr": [{"Ref": "Open"}, 4, 8]}]})
    other = found.value({"Fn::Select": [1, {"Fn::Cidr": [{"Ref": "Open"}, 4, 8]}]})
    assert same(first, again) is True
    assert same(first, other) is None
    assert same(Zone(0), Zone(1)) is False
    assert same(Reference("A"), Reference("B")) is False
    assert same(Reference("A"), Reference("A", "Arn")) is None
    assert same(80, "80") is True


def test_a_text_that_doubles_again_and_again_stays_small() -> None:
    """Forty lines could ask for a terabyte; the text is given up before."""
    node: Any = "x" * 100
    for _ in range(40):
        node = {"Fn::Sub": ["${a}${a}", {"a": node}]}
    value = resolver().value(node)
    assert isinstance(value, (Unknown, Joined))
    assert len(str(value)) < MAX_TEXT


def conditions(expressions: dict[str, Any], **parameters: Any) -> Conditions:
    """Conditions over parameters with these defaults (`None` for none)."""
    return Conditions(
        expressions,
        {
            name: {"Type": "String"} if default is None else {"Type": "String", "Default": default}
            for name, default in parameters.items()
        },
    )


PRODUCTION = {"Fn::Equals": [{"Ref": "Stage"}, "production"]}
TEST = {"Fn::Equals": [{"Ref": "Stage"}, "test"]}


def test_conditions_hold_by_defaults() -> None:
    """And, or, not; undecided where a parameter has no default."""
    found = conditions(
        {
            "P": PRODUCTION,
            "NotP": {"Fn::Not": [{"Condition": "P"}]},
            "Both": {"Fn::And": [{"Condition": "P"}, TEST]},
            "One": {"Fn::Or": [{"Condition": "P"}, TEST]},
            "Open": {"Fn::Equals": [{"Ref": "Other"}, "x"]},
            "Circle": {"Fn::Not": [{"Condition": "Circle"}]},
        },
        Stage="test",
        Other=None,
    )
    expected = {"P": False, "NotP": True, "Both": False, "One": True, "Open": None, "Circle": None, "Gone": None}
    assert {name: found.holds(name, found.defaults) for name in expected} == expected


def test_conditions_can_exclude_each_other() -> None:
    """What can hold together is found by trying the values that matter."""
    found = conditions({"P": PRODUCTION, "T": TEST, "NotP": {"Fn::Not": [PRODUCTION]}}, Stage="test")
    assert not found.together("P", "T")
    assert not found.together("P", "NotP")
    assert found.together("T", "NotP")
    assert found.together("P", None)
    scenario = found.scenario(["P"])
    assert scenario is not None
    assert scenario["Stage"] == "production"
    assert found.can_lack("P", None)
    assert found.can_lack("P", "T")
    assert not found.can_lack("NotP", "T")
