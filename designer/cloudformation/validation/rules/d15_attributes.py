"""D15: GetAtt asks for attributes that the resource type has."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches

from designer.cloudformation.validation.facts import attributes
from designer.cloudformation.validation.messages import Severity
from designer.cloudformation.validation.references import Via
from designer.cloudformation.validation.rules.rule import Fault, Rule
from designer.cloudformation.validation.stack import Stack


def _check(stack: Stack) -> Iterator[Fault]:
    for link in stack.links:
        if link.via not in (Via.GET_ATT, Via.SUB) or not link.attribute:
            continue
        resource = stack.resources.get(link.target)
        known = attributes().get(resource.type) if resource is not None else None
        if known is not None and resource is not None and link.attribute not in known:
            close = get_close_matches(link.attribute, known, n=1, cutoff=0.5)
            hint = f"Is {close[0]} meant?" if close else f"There are {', '.join(sorted(known)[:12])}."
            yield Fault(link.path, f"{resource.type} has no attribute {link.attribute} ({link.target})", hint)


RULE = Rule(
    id="D15",
    title="GetAtt names an attribute that exists",
    why="CloudFormation refuses the template: 'Template error: resource does not support attribute type in GetAtt'.",
    source="https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/intrinsic-function-reference-getatt.html",
    severity=Severity.ERROR,
    check=_check,
    others=("E1010", "E1019", "E6101", "F1010", "F1019", "F6101"),
)
