"""D18: what refers to a conditional resource exists only when that one does."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from designer.cloudformation.validation.messages import Severity
from designer.cloudformation.validation.references import Link, Via
from designer.cloudformation.validation.rules.rule import Fault, Rule
from designer.cloudformation.validation.stack import Stack


def _check(stack: Stack) -> Iterator[Fault]:
    for link in stack.links:
        if link.optional or link.via not in (Via.REF, Via.GET_ATT, Via.SUB) or link.section == "Conditions":
            continue
        needed = _condition(stack.definitions.get(link.target))
        if needed is None or needed not in stack.conditions.conditions:
            continue
        if stack.conditions.can_lack(needed, _given(stack, link)):
            text = f"{link.owner} refers to {link.target}, which exists only if {needed}"
            yield Fault(link.path, text, f"Put the reference into Fn::If, or give {link.owner} the condition too.")


def _given(stack: Stack, link: Link) -> str | None:
    holder = stack.outputs if link.section == "Outputs" else stack.definitions
    return _condition(holder.get(link.owner))


def _condition(entry: Any) -> str | None:
    condition = entry.get("Condition") if isinstance(entry, dict) else None
    return condition if isinstance(condition, str) else None


RULE = Rule(
    id="D18",
    title="References to conditional resources are conditional",
    why="When the condition does not hold, the stack fails: 'Unresolved resource dependencies'.",
    source="https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/conditions-section-structure.html",
    severity=Severity.ERROR,
    check=_check,
    others=("W1001",),
)
