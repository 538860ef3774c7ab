"""D04: what looks like a number but means a text is in quotes."""

from __future__ import annotations

from collections.abc import Iterator

from designer.cloudformation.validation.messages import Path, Severity
from designer.cloudformation.validation.rules.rule import Fault, Rule
from designer.cloudformation.validation.stack import Stack
from designer.cloudformation.validation.template import DefectKind


def _means_text(path: Path, text: str) -> bool:
    """Whether the place asks for a text, so that reading a number changes what is deployed."""
    words = " ".join(str(key) for key in path).lower()
    if path[:1] == ("Metadata",) or (len(path) > 2 and path[2] == "Metadata"):
        return False
    if "account id" in text:
        return "account" in words or "principal" in words or "owner" in words
    return "octal" in text or "base of 60" in text or "version" in words


def _check(stack: Stack) -> Iterator[Fault]:
    for defect in stack.template.defects:
        if defect.kind is DefectKind.NUMBER and _means_text(defect.path, defect.text):
            yield Fault(defect.path, defect.text, "Put it in quotes.", line=defect.line)


RULE = Rule(
    id="D04",
    title="Versions, account ids and modes are in quotes",
    why="YAML reads 1.30 as 1.3, 0644 as 420 and 012345670123 as an octal number; another value is deployed.",
    source="https://yaml.org/type/int.html",
    severity=Severity.WARNING,
    check=_check,
    others=("E2015", "F2015", "E3031", "F3031", "W9003"),
)
