"""D44: what stands behind a load balancer lets it in, and the load balancer may call it."""

from __future__ import annotations

from collections.abc import Iterator

from designer.cloudformation.validation.messages import Severity
from designer.cloudformation.validation.rules.rule import Fault, Rule
from designer.cloudformation.validation.stack import Resource, Stack
from designer.cloudformation.validation.views.balancers import BALANCER, Balancers
from designer.cloudformation.validation.views.firewall import Firewall, Port
from designer.cloudformation.validation.views.members import Member, Members


def _check(stack: Stack) -> Iterator[Fault]:
    firewall, balancers = stack.view(Firewall), stack.view(Balancers)
    for member in stack.view(Members).all:
        inner = firewall.groups(member.groups)
        for balancer in balancers.balancers(member.target_group):
            outer = firewall.groups(balancer.get("SecurityGroups"))
            if inner and outer and member.port is not None:
                yield from _fault(firewall, member, member.port, outer, inner)


def _fault(
    firewall: Firewall, member: Member, port: Port, outer: list[Resource], inner: list[Resource]
) -> Iterator[Fault]:
    names = ", ".join(group.id for group in outer)
    if not any(firewall.could_enter(target, source, port) for target in inner for source in outer):
        text = f"{member.holder.id} is reached on {port}, but {inner[0].id} does not let the load balancer ({names}) in"
        yield Fault(member.path, text, f"Add an ingress rule for {port} from {outer[0].id} to {inner[0].id}.")
    elif not any(firewall.could_leave(source, target, port) for target in inner for source in outer):
        text = f"{member.holder.id} is reached on {port}, but the load balancer's {names} lets no such connection out"
        yield Fault(member.path, text, f"Add an egress rule for {port} to {outer[0].id}.")


RULE = Rule(
    id="D44",
    title="A load balancer reaches its targets",
    why="Health checks fail: instances are replaced again and again, and a service never becomes stable.",
    source="https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-update-security-groups.html",
    severity=Severity.WARNING,
    check=_check,
    types=(BALANCER,),
)
