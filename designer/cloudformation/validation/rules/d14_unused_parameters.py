"""D14: every parameter is used."""

from __future__ import annotations

from collections.abc import Iterator

from designer.cloudformation.validation.messages import Severity
from designer.cloudformation.validation.references import Via
from designer.cloudformation.validation.rules.rule import Fault, Rule
from designer.cloudformation.validation.stack import Stack


def _check(stack: Stack) -> Iterator[Fault]:
    if stack.transformed or "Fn::Transform" in stack.template.text:
        return  # a macro sees the parameters
    used = {link.target for link in stack.links if link.via in (Via.REF, Via.SUB)}
    for name in stack.parameters:
        if name not in used:
            yield Fault(("Parameters", name), f"nothing uses the parameter {name}", "Use it or take it out.")


RULE = Rule(
    id="D14",
    title="Parameters are used",
    why="Whoever deploys the stack is asked for a value that changes nothing.",
    source="https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/parameters-section-structure.html",
    severity=Severity.INFO,
    check=_check,
    others=("W2001",),
)
