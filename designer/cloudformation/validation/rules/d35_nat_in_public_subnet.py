"""D35: a NAT gateway stands in a subnet that leads to the internet."""

from __future__ import annotations

from collections.abc import Iterator

from designer.cloudformation.validation.messages import Severity
from designer.cloudformation.validation.rules.rule import Fault, Rule
from designer.cloudformation.validation.stack import Stack
from designer.cloudformation.validation.values import text_of
from designer.cloudformation.validation.views.network import SUBNET, Access, Network

_NAT = "AWS::EC2::NatGateway"


def _check(stack: Stack) -> Iterator[Fault]:
    network = stack.view(Network)
    for gateway in stack.of(_NAT):
        subnet = stack.target(gateway.get("SubnetId"), SUBNET)
        if subnet is None or text_of(gateway.get("ConnectivityType")) == "private":
            continue
        access = network.access(subnet)
        if access in (Access.OUTWARD, Access.CLOSED):
            text = f"{gateway.id} stands in {subnet.id}, whose default route leads {access.value}"
            yield Fault(gateway.path("SubnetId"), text, "Put it into a subnet with a route to an internet gateway.")


RULE = Rule(
    id="D35",
    title="NAT gateways stand in public subnets",
    why="Without a route to an internet gateway it passes nothing on; what waits for it behind never starts.",
    source="https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateway-basics.html",
    severity=Severity.WARNING,
    check=_check,
    types=(_NAT,),
)
