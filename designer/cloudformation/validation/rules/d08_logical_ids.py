"""D08: logical ids are alphanumeric, not too long, and name one thing."""

from __future__ import annotations

import re
from collections.abc import Iterator

from designer.cloudformation.validation.messages import Severity
from designer.cloudformation.validation.rules.rule import Fault, Rule
from designer.cloudformation.validation.stack import Stack

_ID = re.compile(r"[A-Za-z0-9]{1,255}")


def _check(stack: Stack) -> Iterator[Fault]:
    for section, entries in (
        ("Parameters", stack.parameters), ("Conditions", stack.conditions.conditions),
        ("Resources", stack.definitions), ("Outputs", stack.outputs),
    ):  # fmt: skip
        for name in entries:
            if not _ID.fullmatch(name) and not name.startswith("Fn::") and not stack.transformed:
                text = f"{name!r} is no logical id: 1 to 255 letters and digits of ASCII"
                yield Fault((section, name), text, "Take other characters out of the name.")
    for name in stack.definitions:
        if name in stack.parameters:
            text = f"{name} is a resource and a parameter at once"
            yield Fault(("Resources", name), text, "Give one of them another name.")


RULE = Rule(
    id="D08",
    title="Logical ids are alphanumeric and unique",
    why="CloudFormation refuses ids with other characters, and cannot tell two things of one name apart.",
    source="https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/resources-section-structure.html",
    severity=Severity.ERROR,
    check=_check,
    others=("E3006", "E3007", "E2003", "E6004", "E8001", "F3006", "F3007", "F2003", "F6004", "E3001", "F0006"),
)
