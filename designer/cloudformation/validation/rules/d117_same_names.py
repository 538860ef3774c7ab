"""D117: no two resources of a type have one physical name."""

from __future__ import annotations

from collections.abc import Iterator

from designer.cloudformation.validation.facts import names
from designer.cloudformation.validation.messages import Severity
from designer.cloudformation.validation.rules.rule import Fault, Rule
from designer.cloudformation.validation.stack import Resource, Stack
from designer.cloudformation.validation.values import Either, Joined, is_plain, same

_WITHIN = {"AWS::ECS::Service": "Cluster", "AWS::EKS::Nodegroup": "ClusterName", "AWS::Events::Rule": "EventBusName"}


def _check(stack: Stack) -> Iterator[Fault]:
    for limit in names():
        seen: dict[str, list[Resource]] = {}
        for resource in stack.of(limit.type):
            value = resource.get(limit.property)
            if not is_plain(value) and not isinstance(value, Joined):
                continue
            for other in seen.setdefault(str(value), []):
                if stack.together(other, resource) and _side_by_side(other, resource):
                    text = f"{resource.id} is named {value}, and so is {other.id}"
                    yield Fault(resource.path(limit.property), text, "Give each a name of its own, or none.")
                    break
            seen[str(value)].append(resource)


def _side_by_side(first: Resource, second: Resource) -> bool:
    """Whether the names of two resources of a type have to differ: some are unique in a cluster or bus only."""
    holder = _WITHIN.get(first.type)
    if holder is None or (not first.has(holder) and not second.has(holder)):
        return True
    values = first.get(holder), second.get(holder)
    return not any(isinstance(value, Either) for value in values) and same(*values) is True


RULE = Rule(
    id="D117",
    title="Physical names are unique",
    why="The second one fails: 'already exists'.",
    source="https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-properties-name.html",
    severity=Severity.ERROR,
    check=_check,
    types=tuple(limit.type for limit in names()),
    others=("E3019", "F3019"),
)
