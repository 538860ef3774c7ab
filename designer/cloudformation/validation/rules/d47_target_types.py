"""D47: the target type of a target group fits what is registered in it."""

from __future__ import annotations

from collections.abc import Iterator

from designer.cloudformation.validation.messages import Severity
from designer.cloudformation.validation.rules.rule import Fault, Rule
from designer.cloudformation.validation.stack import Resource, Stack
from designer.cloudformation.validation.values import text_of
from designer.cloudformation.validation.views.balancers import TARGET_GROUP
from designer.cloudformation.validation.views.members import SERVICE, Members
from designer.cloudformation.validation.views.tasks import task_of


def _check(stack: Stack) -> Iterator[Fault]:
    for member in stack.view(Members).all:
        group = member.target_group
        given = "instance" if not group.has("TargetType") else text_of(group.get("TargetType"))
        wanted = _wanted(stack, member.holder)
        if given is not None and wanted is not None and given != wanted[0]:
            text = f"{group.id} takes targets of type {given}, but {member.holder.id} registers {wanted[1]}"
            yield Fault(group.path("TargetType"), text, f"Set TargetType: {wanted[0]}.")


def _wanted(stack: Stack, holder: Resource) -> tuple[str, str] | None:
    """The type of target that a holder registers, and what these are; `None` where that is not known."""
    if holder.type != SERVICE:
        return "instance", "instances"
    task = task_of(stack, holder)
    if task is None:
        return None
    mode = "bridge" if not task.has("NetworkMode") else text_of(task.get("NetworkMode"))
    if mode is None:
        return None
    return ("ip", "addresses of tasks (awsvpc)") if mode == "awsvpc" else ("instance", f"instances ({mode} network)")


RULE = Rule(
    id="D47",
    title="Target types fit their targets",
    why="The service refuses the registration: 'The provided target group has target type instance, which is "
    "incompatible with the awsvpc network mode'.",
    source="https://docs.aws.amazon.com/AmazonECS/latest/developerguide/alb.html",
    severity=Severity.ERROR,
    check=_check,
    types=(TARGET_GROUP,),
    others=("E3049",),
)
