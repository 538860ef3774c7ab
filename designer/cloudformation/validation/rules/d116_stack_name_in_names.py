"""D116: the stack's name is no part of a name that takes small letters only."""

from __future__ import annotations

from collections.abc import Iterator

from designer.cloudformation.validation.facts import names
from designer.cloudformation.validation.messages import Severity
from designer.cloudformation.validation.rules.rule import Fault, Rule
from designer.cloudformation.validation.stack import Stack
from designer.cloudformation.validation.values import STACK_NAME, Joined, Unknown


def _check(stack: Stack) -> Iterator[Fault]:
    for limit in names():
        if not limit.lower:
            continue
        for resource in stack.of(limit.type):
            value = resource.get(limit.property)
            parts = value.parts if isinstance(value, Joined) else (value,)
            if Unknown(STACK_NAME) in parts:
                text = f"the name of {resource.id} has the stack's name in it, which may have capital letters"
                hint = f"Leave {limit.property} out, or deploy with a stack name in small letters."
                yield Fault(resource.path(limit.property), text, hint)


RULE = Rule(
    id="D116",
    title="Names in small letters do not depend on the stack's",
    why="A stack named with a capital letter fails: 'Bucket name should not contain uppercase characters'.",
    source="https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html",
    severity=Severity.INFO,
    check=_check,
    types=tuple(limit.type for limit in names() if limit.lower),
)
