"""D56: a Fargate task has a size that there is."""

from __future__ import annotations

from collections.abc import Iterator

from designer.cloudformation.validation.facts import fargate_memory
from designer.cloudformation.validation.messages import Severity
from designer.cloudformation.validation.rules.rule import Fault, Rule
from designer.cloudformation.validation.stack import Stack
from designer.cloudformation.validation.views.tasks import TASK, cpu_units, is_fargate_task, memory_mib


def _check(stack: Stack) -> Iterator[Fault]:
    for task in stack.of(TASK):
        if not is_fargate_task(task):
            continue
        for name in ("Cpu", "Memory"):
            if not task.has(name):
                yield Fault(task.path(name), f"the Fargate task {task.id} has no {name}", "Say how large it is.")
        cpu, memory = cpu_units(task.get("Cpu")), memory_mib(task.get("Memory"))
        if cpu is not None and cpu not in fargate_memory():
            offered = ", ".join(str(size) for size in fargate_memory())
            yield Fault(task.path("Cpu"), f"{task.id} has {cpu} CPU units; Fargate has {offered}")
        elif cpu is not None and memory is not None and not any(memory in sizes for sizes in fargate_memory()[cpu]):
            sizes = fargate_memory()[cpu]
            text = f"{task.id} has {cpu} CPU units and {memory} MiB, which Fargate does not offer together"
            hint = f"With {cpu} CPU units it offers {sizes[0][0]} to {sizes[-1][-1]} MiB in steps of {sizes[0].step}."
            yield Fault(task.path("Memory"), text, hint)


RULE = Rule(
    id="D56",
    title="Fargate tasks have a size that exists",
    why="ECS refuses the task definition: 'No Fargate configuration exists for given values'.",
    source="https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_definition_parameters.html",
    severity=Severity.ERROR,
    check=_check,
    types=(TASK,),
    others=("E3047", "E3048", "F3047", "F3048"),
)
