"""Which changes replace a resource, which replacements follow from others, and what happens to data."""

from __future__ import annotations

from typing import Any

import pytest

from designer.cloudformation.diff.changes import Change, EntryChange, Replacement, Risk, grouped
from designer.cloudformation.diff.compare import diff
from designer.cloudformation.diff.facts import Pointer, load_facts

YES, MAYBE, NO = Replacement.YES, Replacement.MAYBE, Replacement.NO
TYPES = load_facts().types
CREATE_ONLY = [(name, pointer) for name, entry in TYPES.items() for pointer in entry.create_only]
CONDITIONAL = [
    (name, pointer)
    for name, entry in TYPES.items()
    for pointer in entry.conditional
    if pointer not in entry.create_only
]
BEFORE: dict[str, Any] = {
    "Parameters": {"Cidr": {"Type": "String", "Default": "10.0.0.0/16"}},
    "Conditions": {"Big": {"Fn::Equals": [{"Ref": "Cidr"}, "x"]}},
    "Mappings": {"Sizes": {"a": {"cidr": "10.0.0.0/24"}}},
    "Resources": {
        "Vpc": {"Type": "AWS::EC2::VPC", "Properties": {"CidrBlock": {"Ref": "Cidr"}, "EnableDnsSupport": True}},
        "Subnet": {
            "Type": "AWS::EC2::Subnet",
            "Properties": {"VpcId": {"Ref": "Vpc"}, "CidrBlock": {"Fn::FindInMap": ["Sizes", "a", "cidr"]}},
        },
        "Group": {
            "Type": "AWS::EC2::SecurityGroup",
            "Properties": {"GroupDescription": "g", "VpcId": {"Fn::Sub": "${Vpc}"}},
        },
        "Rule": {
            "Type": "AWS::EC2::SecurityGroupIngress",
            "Properties": {"GroupId": {"Fn::GetAtt": ["Group", "GroupId"]}, "IpProtocol": "tcp", "Description": "d"},
        },
        "Database": {
            "Type": "AWS::RDS::DBInstance",
            "Properties": {"StorageEncrypted": {"Fn::If": ["Big", True, False]}, "DBInstanceClass": "db.t4g.micro"},
        },
        "Queue": {"Type": "AWS::SQS::Queue", "Properties": {"FifoQueue": False, "DelaySeconds": 1}},
    },
}


def nested(pointer: Pointer, value: Any) -> Any:
    """The value at the end of a path."""
    for part in reversed(pointer):
        value = [value] if part == "*" else {part: value}
    return value


def changes(old: dict[str, Any], new: dict[str, Any], resource_type: str) -> list[Change]:
    """What differs between two sets of properties of a resource."""
    templates = [{"Resources": {"A": {"Type": resource_type, "Properties": given}}} for given in (old, new)]
    return diff(*templates)


def edited(**resources: dict[str, Any]) -> list[Change]:
    """What differs when properties of the resources above are changed; `None` takes one away."""
    after = {name: entry | {"Properties": dict(entry["Properties"])} for name, entry in BEFORE["Resources"].items()}
    for name, properties in resources.items():
        after[name]["Properties"] |= properties
    return diff(BEFORE, BEFORE | {"Resources": after})


def outcome(found: list[Change]) -> dict[str, Replacement]:
    """The outcome for each resource that is named."""
    return {entry.logical_id: entry.replacement for entry in grouped(found) if entry.section == "Resources"}


@pytest.mark.parametrize(("resource_type", "pointer"), CREATE_ONLY, ids=lambda part: str(part))
def test_every_create_only_property_replaces(resource_type: str, pointer: Pointer) -> None:
    """Changed, added or removed, with its name in the reason."""
    one, other = nested(pointer, "a"), nested(pointer, "b")
    for old, new in ((one, other), ({}, one), (one, {})):
        (found,) = changes(old, new, resource_type)
        assert found.replacement is YES
        assert pointer[0] in found.why


@pytest.mark.parametrize(("resource_type", "pointer"), CONDITIONAL, ids=lambda part: str(part))
def test_every_conditional_property_may_replace(resource_type: str, pointer: Pointer) -> None:
    """The schema does not say for which values."""
    (found,) = changes(nested(pointer, "a"), nested(pointer, "b"), resource_type)
    assert found.replacement is MAYBE


@pytest.mark.parametrize("resource_type", sorted(TYPES))
def test_other_changes_replace_nothing(resource_type: str) -> None:
    """A property that no schema lists, and attributes that steer CloudFormation itself."""
    assert [one.replacement for one in changes({"Zz": 1}, {"Zz": 2}, resource_type)] == [NO]
    plain = {"Type": resource_type, "DeletionPolicy": "Delete", "Metadata": {"a": 1}}
    other = {"Type": resource_type, "DeletionPolicy": "Retain", "Metadata": {"a": 2}, "DependsOn": "B"}
    found = diff({"Resources": {"A": plain}}, {"Resources": {"A": other}})
    assert sorted(one.property for one in found) == ["DeletionPolicy", "DependsOn", "Metadata.a"]
    assert {one.replacement for one in found} == {NO}


def test_siblings_of_a_create_only_property() -> None:
    """Only what the schema names counts, also where the whole of it comes new."""
    kind = "AWS::EKS::Cluster"
    network = {"KubernetesNetworkConfig": {"IpFamily": "ipv4", "ElasticLoadBalancing": {"Enabled": False}}}
    other = {"KubernetesNetworkConfig": {"IpFamily": "ipv4", "ElasticLoadBalancing": {"Enabled": True}}}
    assert [one.replacement for one in changes(network, other, kind)] == [NO]
    assert [one.replacement for one in changes({}, network, kind)] == [YES]
    del network["KubernetesNetworkConfig"]["IpFamily"]
    assert [one.replacement for one in changes({}, network, kind)] == [NO]


def test_a_replacement_goes_on_to_what_refers_to_it() -> None:
    """The VPC takes with it what lies in it: by Ref, by Sub, and over the security group to its rule."""
    found = edited(Vpc={"CidrBlock": "10.9.0.0/16"}, Rule={"Description": "other"})
    assert outcome(found) == {"Vpc": MAYBE, "Subnet": MAYBE, "Group": MAYBE, "Rule": MAYBE}
    found = edited(Vpc={"CidrBlock": {"Fn::Cidr": [{"Ref": "Cidr"}, 1, 8]}})
    assert outcome(found) == {"Vpc": YES, "Subnet": YES, "Group": YES, "Rule": YES}
    rule = next(one for one in found if one.logical_id == "Rule")
    assert rule.before == rule.after == {"Fn::GetAtt": ["Group", "GroupId"]}
    assert rule.property == "GroupId"
    assert rule.why == "Group is replaced, and GroupId refers to it"


def test_an_update_in_place_goes_no_further() -> None:
    """The id stays, and so does what refers to it."""
    assert outcome(edited(Vpc={"EnableDnsSupport": False})) == {"Vpc": NO}


@pytest.mark.parametrize(
    ("section", "name", "value", "expected"),
    [
        (
            "Parameters",
            "Cidr",
            {"Type": "String", "Default": "10.1.0.0/16"},
            {"Vpc", "Subnet", "Group", "Rule", "Database"},
        ),
        ("Parameters", "Cidr", {"Type": "String", "Default": "10.0.0.0/16", "Description": "new"}, set()),
        ("Mappings", "Sizes", {"a": {"cidr": "10.0.1.0/24"}}, {"Subnet"}),
        ("Conditions", "Big", {"Fn::Equals": [{"Ref": "Cidr"}, "y"]}, {"Database"}),
    ],
)
def test_what_is_chosen_on_deployment(section: str, name: str, value: Any, expected: set[str]) -> None:
    """A default that changed matters only where the stack uses it: it may replace what is made from it."""
    found = diff(BEFORE, BEFORE | {section: {name: value}})
    assert outcome(found) == dict.fromkeys(expected, MAYBE)


def test_another_type_takes_another_logical_id() -> None:
    """Nothing is said about the properties of two types that have nothing in common."""
    after = BEFORE["Resources"] | {"Queue": {"Type": "AWS::SNS::Topic", "Properties": {"FifoTopic": True}}}
    (found,) = diff(BEFORE, BEFORE | {"Resources": after})
    assert (found.property, found.before, found.after) == ("Type", "AWS::SQS::Queue", "AWS::SNS::Topic")
    assert (found.replacement, found.risk) == (YES, Risk.LOST)
    assert "another logical id" in found.why


@pytest.mark.parametrize(
    ("resource_type", "expected"),
    [("Custom::Thing", MAYBE), ("AWS::CloudFormation::CustomResource", MAYBE), ("AWS::New::Thing", MAYBE), ("", MAYBE)],
)
def test_types_that_are_not_known(resource_type: str, expected: Replacement) -> None:
    """Nothing is promised about them; tags are always changed in place."""
    assert [one.replacement for one in changes({"A": 1}, {"A": 2}, resource_type)] == [expected]
    tags = [[{"Key": "a", "Value": value}] for value in ("b", "c")]
    assert [one.replacement for one in changes({"Tags": tags[0]}, {"Tags": tags[1]}, resource_type)] == [NO]


def entry(resource: dict[str, Any], other: dict[str, Any] | None) -> EntryChange:
    """The change of a resource to another, or to none."""
    after = {} if other is None else {"A": other}
    (found,) = grouped(diff({"Resources": {"A": resource}}, {"Resources": after}))
    return found


@pytest.mark.parametrize("resource_type", sorted(load_facts().stateful))
@pytest.mark.parametrize(
    ("policy", "risk"),
    [("Delete", Risk.LOST), ("Snapshot", Risk.KEPT), ("Retain", Risk.KEPT), ("RetainExceptOnCreate", Risk.KEPT)],
)
def test_every_stateful_type_is_flagged(resource_type: str, policy: str, risk: Risk) -> None:
    """When it is removed, by its DeletionPolicy."""
    found = entry({"Type": resource_type, "DeletionPolicy": policy, "UpdateReplacePolicy": "Delete"}, None)
    buckets = resource_type in ("AWS::S3::Bucket", "AWS::ECR::Repository")
    assert found.risk is (Risk.KEPT if buckets else risk)
    assert load_facts().stateful[resource_type] in found.loss


def test_the_worse_policy_of_both_templates_counts_for_a_replacement() -> None:
    """It is not documented which of them CloudFormation takes."""
    old = {"Type": "AWS::SQS::Queue", "UpdateReplacePolicy": "Retain", "Properties": {"FifoQueue": True}}
    new = old | {"Properties": {"FifoQueue": False}}
    assert entry(old, new).loss.endswith("the old one is kept outside the stack")
    for one, other in (
        (old, {**new, "UpdateReplacePolicy": "Delete"}),
        ({**old, "UpdateReplacePolicy": "Delete"}, new),
    ):
        assert entry(one, other).risk is Risk.LOST
        assert entry(one, other).loss == "loses the messages waiting in it: its UpdateReplacePolicy is Delete"


def test_policies_where_nothing_is_said() -> None:
    """Databases are snapshotted when removed, but not when replaced; members of a cluster and queues are deleted."""
    database = {"Type": "AWS::RDS::DBInstance", "Properties": {"DBName": "a"}}
    assert entry(database, None).risk is Risk.KEPT
    assert entry(database, database | {"Properties": {"DBName": "b"}}).risk is Risk.LOST
    member = database | {"Properties": {"DBClusterIdentifier": "c"}}
    assert entry(member, None).risk is Risk.LOST
    assert entry({"Type": "AWS::SQS::Queue"}, None).risk is Risk.LOST
    assert entry({"Type": "AWS::SQS::Queue", "DeletionPolicy": {"Ref": "P"}}, None).risk is Risk.LOST


def test_no_data_is_at_risk_in_place() -> None:
    """Nor in what keeps none."""
    assert {one.risk for one in edited(Queue={"DelaySeconds": 2}, Database={"DBInstanceClass": "x"})} == {Risk.NONE}
    assert {one.risk for one in edited(Group={"GroupDescription": "x"})} == {Risk.NONE}
    found = edited(Queue={"FifoQueue": True})
    assert [one.risk for one in found] == [Risk.LOST]


def test_a_new_condition_may_end_a_resource() -> None:
    """It decides whether the resource exists."""
    queue = {"Type": "AWS::SQS::Queue"}
    found = entry(queue | {"Condition": "A"}, queue | {"Condition": "B"})
    assert (found.replacement, found.risk) == (MAYBE, Risk.LOST)
