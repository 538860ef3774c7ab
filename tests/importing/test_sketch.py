"""Templates that others have written become a start of a drawing, and what is left out is said."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from designer.catalog.catalog import Catalog, load_catalog
from designer.cloudformation.export import export
from designer.errors import UserError
from designer.importing.command import read_pasted
from designer.importing.sketch import MAX_RESOURCES
from designer.model.edits import Put
from designer.storage.files import dumps, loads


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return load_catalog()


TEMPLATE = """\
AWSTemplateFormatVersion: "2010-09-09"
Parameters:
  Size: {Type: String, Default: t3.small}
  Secret: {Type: String}
Resources:
  OrdersQueue:
    Type: AWS::SQS::Queue
    Properties:
      VisibilityTimeout: "60"
      Tags: [{Key: a, Value: b}]
      RedrivePolicy: {deadLetterTargetArn: !GetAtt DeadLetters.Arn, maxReceiveCount: 3}
  DeadLetters: {Type: AWS::SQS::Queue}
  Worker:
    Type: AWS::Lambda::Function
    Properties:
      Runtime: python3.12
      MemorySize: !Ref Secret
      Environment: {Variables: {TABLE: !Ref Table}}
      Role: !GetAtt WorkerRole.Arn
  WorkerRole: {Type: AWS::IAM::Role}
  Mapping:
    Type: AWS::Lambda::EventSourceMapping
    Properties: {EventSourceArn: !GetAtt OrdersQueue.Arn, FunctionName: !Ref Worker}
  Table:
    Type: AWS::DynamoDB::Table
    Properties: {BillingMode: PAY_PER_REQUEST, KeySchema: [{AttributeName: id, KeyType: HASH}]}
  Front: {Type: AWS::ElasticLoadBalancingV2::LoadBalancer}
  Listener:
    Type: AWS::ElasticLoadBalancingV2::Listener
    Properties: {LoadBalancerArn: !Ref Front, DefaultActions: [{TargetGroupArn: !Ref Targets}]}
  Targets: {Type: AWS::ElasticLoadBalancingV2::TargetGroup}
  Servers:
    Type: AWS::AutoScaling::AutoScalingGroup
    Properties:
      MinSize: "2"
      MaxSize: 4
      TargetGroupARNs: [!Ref Targets]
      LaunchTemplate: {LaunchTemplateId: !Ref Launch, Version: "1"}
  Launch:
    Type: AWS::EC2::LaunchTemplate
    Properties: {LaunchTemplateData: {InstanceType: !Ref Size, UserData: !Sub "${Database.Endpoint.Address}"}}
  Database: {Type: AWS::RDS::DBInstance, Properties: {Engine: postgres, MultiAZ: true}}
  Chained:
    Type: AWS::Serverless::Function
    Properties: {Events: {Dead: {Type: SQS, Properties: {Queue: !GetAtt DeadLetters.Arn}}}}
"""


def test_components_wires_and_what_is_left_out(catalog: Catalog) -> None:
    drawn = read_pasted(TEMPLATE, catalog)
    made = drawn.architecture
    kinds = {key: component.kind for key, component in made.components.items()}
    assert kinds == {
        "orders-queue": "sqs",
        "dead-letters": "sqs",
        "worker": "lambda",
        "table": "dynamodb",
        "front": "elb",
        "servers": "asg",
        "database": "rds",
        "chained": "lambda",
    }
    assert {(wire.source, wire.relation, wire.target) for wire in made.connections.values()} == {
        ("orders-queue", "triggers", "worker"),
        ("orders-queue", "fails-to", "dead-letters"),
        ("dead-letters", "triggers", "chained"),
        ("worker", "reads-writes", "table"),
        ("front", "routes", "servers"),
        ("servers", "queries", "database"),
    }
    notes = "\n".join(drawn.notes)
    assert "AWS::IAM::Role" in notes and "Orders Queue" in notes and "Tags" in notes
    assert "AWS::ElasticLoadBalancingV2::Listener" not in notes, "what has become a wire was not left out"
    assert "MemorySize" in notes, "a value that only the deployment knows"


def test_values_are_those_of_the_template_not_of_the_catalog(catalog: Catalog) -> None:
    """What a template does not say is what AWS takes then: the drawing must not be better than the template."""
    made = read_pasted(TEMPLATE, catalog).architecture.components
    assert made["orders-queue"].properties["visibility_timeout"] == 60
    assert made["orders-queue"].properties["max_receive_count"] == 3
    assert "dead_letter_queue" not in made["orders-queue"].properties
    assert made["dead-letters"].properties["dead_letter_queue"] is False
    assert made["servers"].properties["instance_type"] == "t3.small", "through the launch template and the parameter"
    assert made["servers"].properties["min"] == 2
    assert made["database"].properties["deployment"] == "standby"
    assert made["table"].properties["capacity_mode"] == "on-demand"
    assert made["table"].properties["point_in_time_recovery"] is False
    assert "memory" not in made["worker"].properties and made["worker"].properties["timeout"] == 3


def test_resources_without_a_template_around_them_do(catalog: Catalog) -> None:
    made = read_pasted("Jobs:\n  Type: AWS::SQS::Queue\nNews:\n  Type: AWS::SNS::Topic\n", catalog).architecture
    assert {component.name for component in made.components.values()} == {"Jobs", "News"}


def test_json_does_as_well(catalog: Catalog) -> None:
    text = json.dumps({"Resources": {"Jobs": {"Type": "AWS::SQS::Queue", "Properties": {"FifoQueue": True}}}})
    assert read_pasted(text, catalog).architecture.components["jobs"].properties["fifo"] is True


def test_a_template_with_its_drawing_is_that_drawing(catalog: Catalog) -> None:
    made = read_pasted(TEMPLATE, catalog).architecture
    for key, component in list(made.components.items()):
        if component.kind != "sqs":
            continue
        made.apply(Put(component.with_(note="Kept.", x=40, y=80)))
        assert made.components[key].note
    assert read_pasted(export(made, catalog, drawing=True).text(), catalog).architecture == made


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Resources: {}", "no resource"),
        ("Resources: [1, 2]", "no resource"),
        ("Resources: {A: {Type: 3}}", "no resource"),
        ("Resources: {Bucket: {Type: AWS::S3::Bucket}}", "AWS::S3::Bucket"),
        ("Resources: {A: {Type: AWS::SQS::Queue}", "YAML"),
        ("{" * 4000, "JSON"),
        ("a: &a [x, x]\nb: &b [*a, *a]\nResources: *b", "no resource"),
    ],
)
def test_what_cannot_be_drawn_is_refused_with_a_reason(catalog: Catalog, text: str, reason: str) -> None:
    with pytest.raises(UserError, match=reason):
        read_pasted(text, catalog)


def test_too_many_resources_are_refused(catalog: Catalog) -> None:
    many = {f"Q{number}": {"Type": "AWS::SQS::Queue"} for number in range(MAX_RESOURCES + 1)}
    with pytest.raises(UserError, match=str(MAX_RESOURCES)):
        read_pasted(json.dumps({"Resources": many}), catalog)


_NAMES = st.sampled_from(["A", "B", "C", "Ref", "x" * 300, "\u202eevil", "1"])
_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8) | _NAMES,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["Ref", "Fn::GetAtt", "Fn::Sub", "Events", "MemorySize"]), inner, max_size=2)
    ),
    max_leaves=8,
)


@settings(max_examples=80, deadline=None)
@given(data=st.data())
def test_whatever_a_template_holds_gives_a_drawing_that_can_be_saved_or_a_reason(data: st.DataObject) -> None:
    catalog = load_catalog()
    finders = [
        (type_, finder)
        for kind in catalog.kinds.values()
        for type_, found in kind.recognised.resources.items()
        for finder in found
    ]
    resources = {}
    for name in data.draw(st.lists(_NAMES, max_size=4, unique=True)):
        type_, finder = data.draw(st.sampled_from(finders))
        properties = {finder.path.partition(".")[0]: data.draw(_VALUES), "Environment": data.draw(_VALUES)}
        resources[name] = {"Type": type_, "Properties": data.draw(st.just(properties) | _VALUES)}
    try:
        made = read_pasted(json.dumps({"Resources": resources}), catalog).architecture
    except UserError:
        return
    assert loads(dumps(made), catalog) == made
