"""D03: the text is YAML or JSON, with no tags but CloudFormation's functions."""

from __future__ import annotations

from collections.abc import Iterator

from designer.cloudformation.validation.messages import Severity
from designer.cloudformation.validation.rules.rule import Fault, Rule
from designer.cloudformation.validation.stack import Stack
from designer.cloudformation.validation.template import DefectKind


def _check(stack: Stack) -> Iterator[Fault]:
    for defect in stack.template.defects:
        if defect.kind in (DefectKind.UNREADABLE, DefectKind.TAG):
            yield Fault(defect.path, defect.text, line=defect.line)


RULE = Rule(
    id="D03",
    title="The template can be read",
    why="CloudFormation refuses a text that is neither YAML nor JSON, and functions that it does not know.",
    source="https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/template-formats.html",
    severity=Severity.ERROR,
    check=_check,
    others=("E0000", "F0000", "F0001", "F1001", "W1103", "E6101", "F6101"),
)
