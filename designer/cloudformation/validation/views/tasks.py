"""Task definitions: their containers, sizes, and the services that run them."""

from __future__ import annotations

import re
from typing import Any

from designer.cloudformation.validation.stack import Resource, Stack
from designer.cloudformation.validation.values import Value, known_items, number_of, possible_items, text_of

TASK = "AWS::ECS::TaskDefinition"

_SIZE = re.compile(r"([0-9.]+)\s*(vcpu|gb)", re.IGNORECASE)


def task_of(stack: Stack, service: Resource) -> Resource | None:
    """The task definition of a service, if it is of this stack."""
    return stack.target(service.get("TaskDefinition"), TASK)


def containers(task: Resource) -> list[dict[str, Any]] | None:
    """The containers of a task; `None` where they are not known."""
    found = known_items(task.get("ContainerDefinitions"))
    if found is None or not all(isinstance(item, dict) for item in found):
        return None
    return found


def is_fargate_task(task: Resource) -> bool:
    """Whether a task definition is made for Fargate."""
    return "FARGATE" in [text_of(item) for item in possible_items(task.get("RequiresCompatibilities"))]


def is_fargate_service(service: Resource) -> bool:
    """Whether a service is known to run on Fargate."""
    strategy = possible_items(service.get("CapacityProviderStrategy"))
    providers = [text_of(item.get("CapacityProvider")) for item in strategy if isinstance(item, dict)]
    return text_of(service.get("LaunchType")) == "FARGATE" or bool(
        providers and providers[0] in ("FARGATE", "FARGATE_SPOT")
    )


def cpu_units(value: Value) -> int | None:
    """CPU units of a task: `1024` or `1 vCPU`."""
    return _measured(value, "vcpu")


def memory_mib(value: Value) -> int | None:
    """Memory of a task in MiB: `2048` or `2 GB`."""
    return _measured(value, "gb")


def _measured(value: Value, unit: str) -> int | None:
    number = number_of(value)
    if number is None and isinstance(value, str) and len(value) < 30:
        match = _SIZE.fullmatch(value.strip())
        if match is not None and match[2].lower() == unit:
            number = number_of(match[1])
            number = None if number is None else number * 1024
    return None if number is None else int(number)
