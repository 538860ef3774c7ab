"""D45: a listener forwards to every target group that has members."""

from __future__ import annotations

from collections.abc import Iterator

from designer.cloudformation.validation.messages import Severity
from designer.cloudformation.validation.rules.rule import Fault, Rule
from designer.cloudformation.validation.stack import Stack
from designer.cloudformation.validation.views.balancers import TARGET_GROUP, Balancers
from designer.cloudformation.validation.views.members import SERVICE, Members


def _check(stack: Stack) -> Iterator[Fault]:
    balancers = stack.view(Balancers)
    for member in stack.view(Members).all:
        group = member.target_group
        if balancers.forwarders(group) or balancers.is_seen_elsewhere(group):
            continue
        text = f"{member.holder.id} is in the target group {group.id}, to which no listener forwards"
        severity = None if member.holder.type == SERVICE else Severity.WARNING
        yield Fault(member.path, text, f"Add a listener or a listener rule that forwards to {group.id}.", severity)


RULE = Rule(
    id="D45",
    title="Listeners forward to the target groups in use",
    why="ECS refuses the service: 'The target group does not have an associated load balancer'; an Auto Scaling group "
    "gets no requests.",
    source="https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-load-balancing.html",
    severity=Severity.ERROR,
    check=_check,
    types=(TARGET_GROUP,),
)
