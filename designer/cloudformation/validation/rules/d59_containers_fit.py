"""D59: the containers of a task fit into it, and one of them is essential."""

from __future__ import annotations

from collections.abc import Iterator

from designer.cloudformation.validation.messages import Severity
from designer.cloudformation.validation.rules.rule import Fault, Rule
from designer.cloudformation.validation.stack import Resource, Stack
from designer.cloudformation.validation.values import false, is_plain, number_of, text_of
from designer.cloudformation.validation.views.tasks import TASK, containers, cpu_units, memory_mib


def _check(stack: Stack) -> Iterator[Fault]:
    for task in stack.of(TASK):
        found = containers(task)
        if not found:
            continue
        path = task.path("ContainerDefinitions")
        if all(false(container.get("Essential")) for container in found):
            yield Fault(path, f"no container of {task.id} is essential", "Set Essential: true on one of them.")
        names = [text_of(each.get("Name")) for each in found if is_plain(each.get("Name"))]
        if len(set(names)) < len(names):
            yield Fault(path, f"two containers of {task.id} have one name", "Give each a name of its own.")
        yield from _sizes(task, found)


def _sizes(task: Resource, found: list[dict[str, object]]) -> Iterator[Fault]:
    path = task.path("ContainerDefinitions")
    memory = memory_mib(task.get("Memory"))
    for name, whole in (("Memory", memory), ("MemoryReservation", memory), ("Cpu", cpu_units(task.get("Cpu")))):
        parts = [number_of(container.get(name)) or 0.0 for container in found]
        asked = max(parts) if name == "Memory" else sum(parts)
        if whole is not None and asked > whole:
            yield Fault(path, f"containers of {task.id} ask for {name} {asked:g}; the task has {whole}")
    if not task.has("Memory"):
        for index, container in enumerate(found):
            if "Memory" not in container and "MemoryReservation" not in container:
                text = (
                    f"neither {task.id} nor its container {text_of(container.get('Name'))} says how much memory it has"
                )
                yield Fault((*path, index), text, "Set Memory or MemoryReservation of the container.")


RULE = Rule(
    id="D59",
    title="Containers fit into their task",
    why="ECS refuses the task definition: 'Invalid setting for container'.",
    source="https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_definition_parameters.html",
    severity=Severity.ERROR,
    check=_check,
    types=(TASK,),
    others=("E3042", "F3042"),
)
