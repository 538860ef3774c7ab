"""D22: VPCs and subnets have a size that AWS makes."""

from __future__ import annotations

from collections.abc import Iterator

from designer.cloudformation.validation.messages import Severity
from designer.cloudformation.validation.rules.rule import Fault, Rule
from designer.cloudformation.validation.stack import Stack
from designer.cloudformation.validation.values import text_of
from designer.cloudformation.validation.views.network import Network

_LARGEST, _SMALLEST = 16, 28


def _check(stack: Stack) -> Iterator[Fault]:
    network = stack.view(Network)
    for resource in stack.of("AWS::EC2::VPC", "AWS::EC2::Subnet"):
        written, block = text_of(resource.get("CidrBlock")), network.block(resource)
        if block is not None and not (block.version == 4 and _LARGEST <= block.prefixlen <= _SMALLEST):
            text = f"{resource.id} has the block {written}; AWS makes blocks from /{_LARGEST} to /{_SMALLEST}"
            yield Fault(resource.path("CidrBlock"), text)
        elif written is not None and block is None:
            yield Fault(resource.path("CidrBlock"), f"{written!r} is no address block", "Write it like 10.0.0.0/16.")


RULE = Rule(
    id="D22",
    title="Address blocks are between /16 and /28",
    why="EC2 refuses larger and smaller VPCs and subnets: 'InvalidVpc.Range', 'InvalidSubnet.Range'.",
    source="https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html",
    severity=Severity.ERROR,
    check=_check,
    types=("AWS::EC2::VPC", "AWS::EC2::Subnet"),
)
