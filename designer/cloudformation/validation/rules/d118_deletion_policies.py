"""D118: what happens to a resource in the end is something that its type can do."""

from __future__ import annotations

from collections.abc import Iterator

from designer.cloudformation.validation.facts import snapshot_types
from designer.cloudformation.validation.messages import Severity
from designer.cloudformation.validation.rules.rule import Fault, Rule
from designer.cloudformation.validation.stack import Stack
from designer.cloudformation.validation.values import text_of
from designer.cloudformation.validation.views.databases import INSTANCE, is_member, is_replica

_CHOICES = {
    "DeletionPolicy": ("Delete", "Retain", "RetainExceptOnCreate", "Snapshot"),
    "UpdateReplacePolicy": ("Delete", "Retain", "Snapshot"),
}


def _check(stack: Stack) -> Iterator[Fault]:
    for resource in stack.resources.values():
        for name, choices in _CHOICES.items():
            if name not in resource.definition:
                continue
            path = ("Resources", resource.id, name)
            value = text_of(resource.attribute(name))
            if value is not None and value not in choices:
                yield Fault(path, f"{name} of {resource.id} is {value!r}", f"There are {', '.join(choices)}.")
            elif value == "Snapshot" and resource.type not in snapshot_types():
                text = f"{resource.type} has no snapshots ({resource.id})"
                yield Fault(path, text, "Use Retain or Delete.")
            elif value == "Snapshot" and resource.type == INSTANCE and (is_member(resource) or is_replica(resource)):
                what = "a member of a cluster" if is_member(resource) else "a read replica"
                text = f"{resource.id} is {what}, of which RDS makes no last snapshot"
                yield Fault(path, text, "Use Delete, and keep the snapshot of the cluster or source.", Severity.WARNING)


RULE = Rule(
    id="D118",
    title="Deletion policies are what the type can do",
    why="CloudFormation refuses the template: 'resource type does not support deletion policy Snapshot'.",
    source="https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-attribute-deletionpolicy.html",
    severity=Severity.ERROR,
    check=_check,
    others=("E3035", "E3036", "F3035", "F3036", "E3016", "F3016"),
)
