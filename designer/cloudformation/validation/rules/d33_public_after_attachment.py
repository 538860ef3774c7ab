"""D33: NAT gateways and instances with public addresses wait until the internet gateway is attached."""

from __future__ import annotations

from collections.abc import Iterator

from designer.cloudformation.validation.messages import Severity
from designer.cloudformation.validation.rules.rule import Fault, Rule
from designer.cloudformation.validation.stack import Resource, Stack
from designer.cloudformation.validation.values import possible_items, text_of, true
from designer.cloudformation.validation.views.network import SUBNET, Network

_NAT, _INSTANCE = "AWS::EC2::NatGateway", "AWS::EC2::Instance"


def _check(stack: Stack) -> Iterator[Fault]:
    network = stack.view(Network)
    for resource in stack.of(_NAT, _INSTANCE):
        if stack.target(resource.get("AllocationId"), "AWS::EC2::EIP") is not None:
            continue  # D31 says so of the address
        subnet = stack.target(_public_subnet(resource), SUBNET)
        attachments = [] if subnet is None else network.attachments_of(subnet.get("VpcId"))
        if attachments and not stack.waits(resource, *attachments):
            text = f"{resource.id} does not wait for {attachments[0].id}"
            yield Fault(("Resources", resource.id), text, f"Add DependsOn: {attachments[0].id}.")


def _public_subnet(resource: Resource) -> object:
    if resource.type == _NAT:
        return None if text_of(resource.get("ConnectivityType")) == "private" else resource.get("SubnetId")
    for interface in possible_items(resource.get("NetworkInterfaces")):
        if isinstance(interface, dict) and true(interface.get("AssociatePublicIpAddress")):
            return interface.get("SubnetId")
    return None


RULE = Rule(
    id="D33",
    title="What needs the internet gateway waits for its attachment",
    why="EC2 refuses a NAT gateway in a VPC without gateway, and an instance that boots earlier cannot load anything.",
    source="https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-attribute-dependson.html",
    severity=Severity.WARNING,
    check=_check,
    types=(_NAT, _INSTANCE),
)
