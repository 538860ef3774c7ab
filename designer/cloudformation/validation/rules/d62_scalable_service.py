"""D62: what scales a service waits until the service is there."""

from __future__ import annotations

from collections.abc import Iterator

from designer.cloudformation.validation.messages import Severity
from designer.cloudformation.validation.rules.rule import Fault, Rule
from designer.cloudformation.validation.stack import Resource, Stack
from designer.cloudformation.validation.values import Value, text_of
from designer.cloudformation.validation.views.members import SERVICE

_TARGET = "AWS::ApplicationAutoScaling::ScalableTarget"


def _check(stack: Stack) -> Iterator[Fault]:
    for target in stack.of(_TARGET):
        if text_of(target.get("ServiceNamespace")) != "ecs":
            continue
        for service in stack.of(SERVICE):
            if _names(target.get("ResourceId"), service) and not stack.waits(target, service):
                text = f"{target.id} scales {service.id} by its name, but does not wait for it"
                hint = f"Write !Sub service/${{Cluster}}/${{{service.id}.Name}}, or add DependsOn: {service.id}."
                yield Fault(target.path("ResourceId"), text, hint)


def _names(value: Value, service: Resource) -> bool:
    """Whether a resource id such as `service/cluster/name` ends with the name of a service."""
    name = service.get("ServiceName")
    return name is not None and str(value).endswith(f"/{name}")


RULE = Rule(
    id="D62",
    title="Scaling waits for its service",
    why="Application Auto Scaling refuses a target that does not exist yet: 'ECS service doesn't exist'.",
    source="https://docs.aws.amazon.com/autoscaling/application/APIReference/API_RegisterScalableTarget.html",
    severity=Severity.ERROR,
    check=_check,
    types=(_TARGET,),
)
