"""D46: an ECS service waits for the listener of its target group."""

from __future__ import annotations

from collections.abc import Iterator

from designer.cloudformation.validation.messages import Severity
from designer.cloudformation.validation.rules.rule import Fault, Rule
from designer.cloudformation.validation.stack import Stack
from designer.cloudformation.validation.views.balancers import Balancers
from designer.cloudformation.validation.views.members import SERVICE, Members


def _check(stack: Stack) -> Iterator[Fault]:
    balancers = stack.view(Balancers)
    for member in stack.view(Members).all:
        forwarders = balancers.forwarders(member.target_group)
        if member.holder.type == SERVICE and forwarders and not stack.waits(member.holder, *forwarders):
            text = (
                f"{member.holder.id} does not wait for {forwarders[0].id}, which forwards to {member.target_group.id}"
            )
            yield Fault(("Resources", member.holder.id), text, f"Add DependsOn: {forwarders[0].id}.")


RULE = Rule(
    id="D46",
    title="A service waits for its listener",
    why="Nothing else orders the two; without listener ECS refuses the service: 'The target group does not have an "
    "associated load balancer'.",
    source="https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-resource-ecs-service.html",
    severity=Severity.ERROR,
    check=_check,
    types=(SERVICE,),
    others=("E3049",),
)
