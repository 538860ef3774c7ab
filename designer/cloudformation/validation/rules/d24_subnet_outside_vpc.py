"""D24: a subnet lies in the address range of its VPC."""

from __future__ import annotations

from collections.abc import Iterator

from designer.cloudformation.validation.messages import Severity
from designer.cloudformation.validation.rules.rule import Fault, Rule
from designer.cloudformation.validation.stack import Resource, Stack
from designer.cloudformation.validation.views.network import SUBNET, Block, Network


def _check(stack: Stack) -> Iterator[Fault]:
    network = stack.view(Network)
    for subnet in network.subnets:
        vpc, block = network.vpc(subnet), network.block(subnet)
        if vpc is None or block is None:
            continue
        ranges = _ranges(stack, network, vpc)
        if ranges is not None and not any(_holds(outer, block) for outer in ranges):
            shown = ", ".join(str(outer) for outer in ranges)
            text = f"{subnet.id} ({subnet.get('CidrBlock')}) lies outside {vpc.id} ({shown})"
            yield Fault(subnet.path("CidrBlock"), text, "Take a block of the VPC, for example by !Cidr.")


def _ranges(stack: Stack, network: Network, vpc: Resource) -> list[Block] | None:
    """All address ranges of a VPC; `None` where one is not known."""
    main = network.block(vpc)
    found = [] if main is None else [main]
    for more in stack.of("AWS::EC2::VPCCidrBlock"):
        if stack.target(more.get("VpcId")) is vpc and more.has("CidrBlock"):
            block = network.block(more)
            if block is None:
                return None
            found.append(block)
    return found if main is not None else None


def _holds(outer: Block, inner: Block) -> bool:
    return (
        outer.version == inner.version
        and outer.prefixlen <= inner.prefixlen
        and int(outer.network_address) <= int(inner.network_address) <= int(outer.broadcast_address)
    )


RULE = Rule(
    id="D24",
    title="Subnets lie in their VPC's range",
    why="EC2 refuses the subnet: 'The CIDR is invalid'.",
    source="https://docs.aws.amazon.com/vpc/latest/userguide/subnet-sizing.html",
    severity=Severity.ERROR,
    check=_check,
    types=(SUBNET,),
    others=("E3059", "F3059", "F3058"),
)
