"""D57: a task that logs, loads private images or reads secrets has an execution role."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from designer.cloudformation.validation.messages import Severity
from designer.cloudformation.validation.rules.rule import Fault, Rule
from designer.cloudformation.validation.stack import Stack
from designer.cloudformation.validation.values import text_of
from designer.cloudformation.validation.views.tasks import TASK, containers, is_fargate_task


def _check(stack: Stack) -> Iterator[Fault]:
    for task in stack.of(TASK):
        if task.has("ExecutionRoleArn"):
            continue
        for container in containers(task) or []:
            reason = _reason(container, fargate=is_fargate_task(task))
            if reason is not None:
                name = text_of(container.get("Name")) or "a container"
                text = f"{task.id} has no execution role, but {name} {reason}"
                yield Fault(
                    task.path("ExecutionRoleArn"), text, "Set ExecutionRoleArn to a role for ecs-tasks.amazonaws.com."
                )
                break


def _reason(container: dict[str, Any], *, fargate: bool) -> str | None:
    """What a container needs the role for; on instances only secrets do, the instance's role does the rest."""
    if container.get("Secrets") or container.get("RepositoryCredentials"):
        return "reads secrets"
    if not fargate:
        return None
    logging = container.get("LogConfiguration")
    if isinstance(logging, dict) and text_of(logging.get("LogDriver")) == "awslogs":
        return "logs with awslogs"
    image = str(container.get("Image"))
    return "loads its image from ECR" if ".dkr.ecr." in image else None


RULE = Rule(
    id="D57",
    title="Tasks that need an execution role have one",
    why="ECS refuses the task definition: 'Fargate requires task definition to have execution role ARN to support log "
    "driver awslogs'.",
    source="https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_execution_IAM_role.html",
    severity=Severity.ERROR,
    check=_check,
    types=(TASK,),
)
