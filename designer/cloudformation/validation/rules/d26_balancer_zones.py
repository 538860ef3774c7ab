"""D26: an application load balancer stands in two zones at least."""

from __future__ import annotations

from collections.abc import Iterator

from designer.cloudformation.validation.messages import Severity
from designer.cloudformation.validation.rules.rule import Fault, Rule
from designer.cloudformation.validation.stack import Stack
from designer.cloudformation.validation.views.balancers import BALANCER, Balancers, subnets_of, subnets_property
from designer.cloudformation.validation.views.network import Network


def _check(stack: Stack) -> Iterator[Fault]:
    network, balancers = stack.view(Network), stack.view(Balancers)
    for balancer in stack.of(BALANCER):
        if balancers.kind(balancer) != "application":
            continue
        zones = network.most_zones(subnets_of(balancer))
        if zones is not None and zones < 2:
            text = f"the application load balancer {balancer.id} stands in {zones} zone"
            yield Fault(balancer.path(subnets_property(balancer)), text, "Add a subnet in another zone.")


RULE = Rule(
    id="D26",
    title="An application load balancer stands in two zones",
    why="The service refuses it: 'At least two subnets in two different Availability Zones must be specified'.",
    source="https://docs.aws.amazon.com/elasticloadbalancing/latest/application/application-load-balancers.html",
    severity=Severity.ERROR,
    check=_check,
    types=(BALANCER,),
    others=("E3680",),
)
