"""D58: tasks on Fargate have an awsvpc network, and their services say which."""

from __future__ import annotations

from collections.abc import Iterator

from designer.cloudformation.validation.messages import Severity
from designer.cloudformation.validation.rules.rule import Fault, Rule
from designer.cloudformation.validation.stack import Stack
from designer.cloudformation.validation.values import text_of
from designer.cloudformation.validation.views.members import SERVICE
from designer.cloudformation.validation.views.tasks import TASK, is_fargate_task, task_of


def _check(stack: Stack) -> Iterator[Fault]:
    for task in stack.of(TASK):
        mode = text_of(task.get("NetworkMode"))
        if is_fargate_task(task) and mode != "awsvpc" and (mode is not None or not task.has("NetworkMode")):
            text = f"the Fargate task {task.id} has the network mode {mode or 'bridge'}"
            yield Fault(task.path("NetworkMode"), text, "Set NetworkMode: awsvpc.")
    for service in stack.of(SERVICE):
        used = task_of(stack, service)
        if (
            used is not None
            and text_of(used.get("NetworkMode")) == "awsvpc"
            and not service.has("NetworkConfiguration")
        ):
            text = f"{service.id} runs {used.id}, which has an awsvpc network, but says no subnets"
            yield Fault(
                service.path("NetworkConfiguration"), text, "Set NetworkConfiguration with AwsvpcConfiguration."
            )


RULE = Rule(
    id="D58",
    title="Fargate tasks have an awsvpc network",
    why="ECS refuses them: 'Network Configuration must be provided when networkMode awsvpc is specified'.",
    source="https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-networking-awsvpc.html",
    severity=Severity.ERROR,
    check=_check,
    types=(TASK,),
    others=("E3048", "E3052", "F3048", "F3052"),
)
