"""D25: a load balancer has at most one subnet in each zone."""

from __future__ import annotations

from collections.abc import Iterator

from designer.cloudformation.validation.messages import Severity
from designer.cloudformation.validation.rules.rule import Fault, Rule
from designer.cloudformation.validation.stack import Stack
from designer.cloudformation.validation.views.balancers import BALANCER, CLASSIC, subnets_of, subnets_property
from designer.cloudformation.validation.views.network import Network


def _check(stack: Stack) -> Iterator[Fault]:
    network = stack.view(Network)
    for balancer in stack.of(BALANCER, CLASSIC):
        for first, second in network.twins(subnets_of(balancer)):
            text = f"{balancer.id} has the subnets {first.id} and {second.id} in one zone ({network.zone(first)})"
            yield Fault(balancer.path(subnets_property(balancer)), text, "Name one subnet in each zone.")


RULE = Rule(
    id="D25",
    title="A load balancer has one subnet a zone",
    why="The service refuses it: 'cannot be attached to multiple subnets in the same Availability Zone'.",
    source="https://docs.aws.amazon.com/elasticloadbalancing/latest/application/application-load-balancers.html",
    severity=Severity.ERROR,
    check=_check,
    types=(BALANCER, CLASSIC),
)
