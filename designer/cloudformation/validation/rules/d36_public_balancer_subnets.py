"""D36: an internet-facing load balancer stands in public subnets."""

from __future__ import annotations

from collections.abc import Iterator

from designer.cloudformation.validation.messages import Severity
from designer.cloudformation.validation.rules.rule import Fault, Rule
from designer.cloudformation.validation.stack import Stack
from designer.cloudformation.validation.views.balancers import BALANCER, faces_internet, subnets_of, subnets_property
from designer.cloudformation.validation.views.network import Access, Network


def _check(stack: Stack) -> Iterator[Fault]:
    network = stack.view(Network)
    for balancer in stack.of(BALANCER):
        if not faces_internet(balancer):
            continue
        for subnet in network.subnets_of(subnets_of(balancer)):
            access = network.access(subnet)
            if access in (Access.OUTWARD, Access.CLOSED):
                text = (
                    f"the internet-facing {balancer.id} stands in {subnet.id}, whose default route leads {access.value}"
                )
                yield Fault(
                    balancer.path(subnets_property(balancer)), text, "Use subnets with a route to an internet gateway."
                )
                break


RULE = Rule(
    id="D36",
    title="Public load balancers stand in public subnets",
    why="Nobody on the internet reaches it; without any gateway in the VPC the service refuses it.",
    source="https://docs.aws.amazon.com/elasticloadbalancing/latest/application/application-load-balancers.html",
    severity=Severity.WARNING,
    check=_check,
    types=(BALANCER,),
)
