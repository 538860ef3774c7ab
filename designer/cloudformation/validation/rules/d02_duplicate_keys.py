"""D02: no key stands twice in one mapping."""

from __future__ import annotations

from collections.abc import Iterator

from designer.cloudformation.validation.messages import Severity
from designer.cloudformation.validation.rules.rule import Fault, Rule
from designer.cloudformation.validation.stack import Stack
from designer.cloudformation.validation.template import DefectKind


def _check(stack: Stack) -> Iterator[Fault]:
    for defect in stack.template.defects:
        if defect.kind is DefectKind.DUPLICATE:
            hint = "Remove one of the two, or give it another name."
            yield Fault(defect.path, defect.text, hint, line=defect.line)


RULE = Rule(
    id="D02",
    title="Every key stands once",
    why="Of two entries with one key only the last counts; the first is lost without a word.",
    source="https://yaml.org/spec/1.1/",
    severity=Severity.WARNING,
    check=_check,
    others=("E0000", "E1001", "F0001", "F0000"),
)
