"""D23: the subnets of a VPC do not overlap."""

from __future__ import annotations

from collections.abc import Iterator

from designer.cloudformation.validation.messages import Severity
from designer.cloudformation.validation.rules.rule import Fault, Rule
from designer.cloudformation.validation.stack import Resource, Stack
from designer.cloudformation.validation.values import Unknown, same
from designer.cloudformation.validation.views.network import SUBNET, Network


def _check(stack: Stack) -> Iterator[Fault]:
    network = stack.view(Network)
    by_vpc: dict[str, list[Resource]] = {}
    for subnet in network.subnets:
        by_vpc.setdefault(str(subnet.get("VpcId")), []).append(subnet)
    for subnets in by_vpc.values():
        for first, second in _overlaps(network, subnets):
            if stack.together(first, second):
                text = f"{second.id} ({second.get('CidrBlock')}) overlaps {first.id} ({first.get('CidrBlock')})"
                yield Fault(second.path("CidrBlock"), text, "Give it a block of its own.")


def _overlaps(network: Network, subnets: list[Resource]) -> Iterator[tuple[Resource, Resource]]:
    """Pairs that overlap, in one pass over the blocks in order; blocks that nobody knows overlap when they are one."""
    known = [(block, subnet) for subnet in subnets if (block := network.block(subnet)) is not None]
    known.sort(key=lambda pair: (pair[0].version, int(pair[0].network_address), pair[0].prefixlen))
    open_blocks: list[tuple[int, int, Resource]] = []
    for block, subnet in known:
        first, last = int(block.network_address), int(block.broadcast_address)
        open_blocks = [item for item in open_blocks if item[0] == block.version and item[1] >= first]
        for _, _, other in open_blocks:
            yield _in_order(subnets, other, subnet)
        open_blocks.append((block.version, last, subnet))
    unknown: dict[str, Resource] = {}
    for subnet in subnets:
        value = subnet.get("CidrBlock")
        if isinstance(value, Unknown):
            other = unknown.setdefault(value.name, subnet)
            if other is not subnet and same(other.get("CidrBlock"), value):
                yield other, subnet


def _in_order(subnets: list[Resource], first: Resource, second: Resource) -> tuple[Resource, Resource]:
    return (first, second) if subnets.index(first) < subnets.index(second) else (second, first)


RULE = Rule(
    id="D23",
    title="Subnets do not overlap",
    why="EC2 refuses the second one: 'The CIDR conflicts with another subnet'.",
    source="https://docs.aws.amazon.com/vpc/latest/userguide/subnet-sizing.html",
    severity=Severity.ERROR,
    check=_check,
    types=(SUBNET,),
    others=("E3059", "F3059", "F3058", "E3060"),
)
