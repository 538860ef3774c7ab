"""D115: physical names have a length and characters that the service takes."""

from __future__ import annotations

import re
from collections.abc import Iterator

from designer.cloudformation.validation.facts import NameLimit, names
from designer.cloudformation.validation.messages import Severity
from designer.cloudformation.validation.rules.rule import Fault, Rule
from designer.cloudformation.validation.stack import Resource, Stack
from designer.cloudformation.validation.values import ACCOUNT, REGION, STACK_NAME, Joined, Unknown, Value, text_of

_LENGTHS = {REGION: 9, ACCOUNT: 12, STACK_NAME: 1}
"""The least number of characters that a value which only the deployment knows can have."""


def _check(stack: Stack) -> Iterator[Fault]:
    for limit in names():
        for resource in stack.of(limit.type):
            yield from _fault(resource, limit, resource.get(limit.property))


def _fault(resource: Resource, limit: NameLimit, value: Value) -> Iterator[Fault]:
    parts = value.parts if isinstance(value, Joined) else (value,)
    written = [text for part in parts if (text := text_of(part)) is not None]
    if not written:
        return
    path = resource.path(limit.property)
    length = sum(len(text_of(part) or "") or _least(part) for part in parts)
    if length > limit.longest:
        text = f"the name of {resource.id} has {length} characters at least; {limit.longest} are taken"
        yield Fault(path, text, f"Shorten {limit.property}, or leave it out.")
    strange = sorted({c for text in written for c in text if limit.pattern and not re.fullmatch(limit.pattern, c)})
    if strange:
        yield Fault(
            path, f"the name of {resource.id} has the characters {' '.join(strange[:8])!r}, which are not taken"
        )
    elif limit.lower and any(text != text.lower() for text in written):
        yield Fault(path, f"the name of {resource.id} has capital letters, which are not taken", "Write it small.")


def _least(part: Value) -> int:
    return _LENGTHS.get(part.name, 0) if isinstance(part, Unknown) else 0


RULE = Rule(
    id="D115",
    title="Physical names keep to the service's limits",
    why="The service refuses the name.",
    source="https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-properties-name.html",
    severity=Severity.ERROR,
    check=_check,
    types=tuple(limit.type for limit in names()),
    others=("E3031", "E3033", "F3031", "F3033", "E1161", "F1161", "W1031"),
)
