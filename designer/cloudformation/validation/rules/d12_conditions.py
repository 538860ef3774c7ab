"""D12: conditions and mappings that are named are defined."""

from __future__ import annotations

from collections.abc import Iterator

from designer.cloudformation.validation.messages import Severity
from designer.cloudformation.validation.references import Via
from designer.cloudformation.validation.rules.rule import Fault, Rule
from designer.cloudformation.validation.stack import Stack


def _check(stack: Stack) -> Iterator[Fault]:
    if stack.transformed:
        return
    for link in stack.links:
        if link.via is Via.CONDITION and link.target not in stack.conditions.conditions:
            yield Fault(link.path, f"there is no condition {link.target}", "Define it under Conditions.")
        elif link.via is Via.MAPPING and link.target not in stack.mappings:
            yield Fault(link.path, f"there is no mapping {link.target}", "Define it under Mappings.")


RULE = Rule(
    id="D12",
    title="Conditions and mappings are defined",
    why="CloudFormation refuses a template that names a condition or mapping it lacks.",
    source="https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/conditions-section-structure.html",
    severity=Severity.ERROR,
    check=_check,
    others=("E8002", "E1028", "E8007", "E1011", "F8002", "F1011", "F1028", "E3015", "F1012"),
)
