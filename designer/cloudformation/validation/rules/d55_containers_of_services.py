"""D55: a service registers a container and a port that its task definition has."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from designer.cloudformation.validation.messages import Severity
from designer.cloudformation.validation.rules.rule import Fault, Rule
from designer.cloudformation.validation.stack import Stack
from designer.cloudformation.validation.values import is_plain, number_of, possible_items, text_of
from designer.cloudformation.validation.views.members import SERVICE
from designer.cloudformation.validation.views.tasks import containers, task_of


def _check(stack: Stack) -> Iterator[Fault]:
    for service in stack.of(SERVICE):
        task = task_of(stack, service)
        found = None if task is None else containers(task)
        if task is None or found is None:
            continue
        for index, item in enumerate(possible_items(service.get("LoadBalancers"))):
            name = text_of(item.get("ContainerName")) if isinstance(item, dict) else None
            if name is None or not all(is_plain(container.get("Name")) for container in found):
                continue
            container = next((each for each in found if text_of(each.get("Name")) == name), None)
            path = service.path("LoadBalancers", index)
            if container is None:
                there = ", ".join(str(text_of(each.get("Name"))) for each in found)
                text = f"{service.id} registers the container {name}, which {task.id} lacks"
                yield Fault((*path, "ContainerName"), text, f"There is {there}.")
            elif (port := number_of(item.get("ContainerPort"))) is not None and not _has_port(container, port):
                text = f"{service.id} registers port {port:g} of {name}, which {task.id} does not map"
                yield Fault((*path, "ContainerPort"), text, "Add it to the PortMappings of the container.")


def _has_port(container: dict[str, Any], port: float) -> bool:
    for mapping in possible_items(container.get("PortMappings")):
        number = number_of(mapping.get("ContainerPort")) if isinstance(mapping, dict) else None
        if number is None or number == port:
            return True
    return False


RULE = Rule(
    id="D55",
    title="Services register containers that exist",
    why="ECS refuses the service: 'The container does not exist in the task definition', or has no such port.",
    source="https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_LoadBalancer.html",
    severity=Severity.ERROR,
    check=_check,
    types=(SERVICE,),
)
