"""D38: private DNS and public databases need a VPC with DNS names."""

from __future__ import annotations

from collections.abc import Iterator

from designer.cloudformation.validation.messages import Severity
from designer.cloudformation.validation.rules.rule import Fault, Rule
from designer.cloudformation.validation.stack import Resource, Stack
from designer.cloudformation.validation.values import false, text_of, true
from designer.cloudformation.validation.views.network import Network

_ENDPOINT, _DATABASE, _VPC = "AWS::EC2::VPCEndpoint", "AWS::RDS::DBInstance", "AWS::EC2::VPC"


def _check(stack: Stack) -> Iterator[Fault]:
    for endpoint in stack.of(_ENDPOINT):
        if text_of(endpoint.get("VpcEndpointType")) == "Interface" and true(endpoint.get("PrivateDnsEnabled")):
            yield from _fault(endpoint, "PrivateDnsEnabled", stack.target(endpoint.get("VpcId"), _VPC))
    for database in stack.of(_DATABASE):
        group = stack.target(database.get("DBSubnetGroupName"), "AWS::RDS::DBSubnetGroup")
        if group is not None and true(database.get("PubliclyAccessible")):
            subnets = stack.view(Network).subnets_of(group.get("SubnetIds"))
            vpc = stack.view(Network).vpc(subnets[0]) if subnets else None
            yield from _fault(database, "PubliclyAccessible", vpc)


def _fault(resource: Resource, name: str, vpc: Resource | None) -> Iterator[Fault]:
    if vpc is None:
        return
    lacking = [
        key
        for key, given in (("EnableDnsHostnames", False), ("EnableDnsSupport", True))
        if false(vpc.get(key)) or (not vpc.has(key) and not given)
    ]
    if lacking:
        text = f"{resource.id} has {name}, but its VPC {vpc.id} lacks {' and '.join(lacking)}"
        yield Fault(resource.path(name), text, f"Set {' and '.join(lacking)} of {vpc.id} to true.")


RULE = Rule(
    id="D38",
    title="Private DNS names have a VPC with DNS names",
    why="EC2 and RDS refuse it: both EnableDnsSupport and EnableDnsHostnames have to be set on the VPC.",
    source="https://docs.aws.amazon.com/vpc/latest/privatelink/interface-endpoints.html",
    severity=Severity.ERROR,
    check=_check,
    types=(_ENDPOINT, _DATABASE),
)
