"""D01: a template has no YAML aliases."""

from __future__ import annotations

from collections.abc import Iterator

from designer.cloudformation.validation.messages import Severity
from designer.cloudformation.validation.rules.rule import Fault, Rule
from designer.cloudformation.validation.stack import Stack
from designer.cloudformation.validation.template import DefectKind


def _check(stack: Stack) -> Iterator[Fault]:
    for defect in stack.template.defects:
        if defect.kind is DefectKind.ALIAS:
            yield Fault(defect.path, defect.text, "Write the value out where the alias stands.", line=defect.line)


RULE = Rule(
    id="D01",
    title="No YAML aliases",
    why="CloudFormation answers 'YAML aliases are not allowed in CloudFormation templates' and makes nothing.",
    source="https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/template-formats.html",
    severity=Severity.ERROR,
    check=_check,
)
