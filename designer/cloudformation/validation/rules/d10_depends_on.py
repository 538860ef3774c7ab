"""D10: DependsOn names other resources of the template."""

from __future__ import annotations

from collections.abc import Iterator

from designer.cloudformation.validation.messages import Severity
from designer.cloudformation.validation.references import Via
from designer.cloudformation.validation.rules.rule import Fault, Rule
from designer.cloudformation.validation.stack import Stack


def _check(stack: Stack) -> Iterator[Fault]:
    for link in stack.links:
        if link.via is not Via.DEPENDS_ON:
            continue
        if link.target == link.owner:
            yield Fault(link.path, f"{link.owner} depends on itself", "Take the entry out.")
        elif link.target not in stack.definitions and not stack.transformed:
            what = "a parameter" if link.target in stack.parameters else "nowhere defined"
            yield Fault(link.path, f"{link.owner} depends on {link.target}, which is {what}", "Name a resource.")


RULE = Rule(
    id="D10",
    title="DependsOn names resources",
    why="CloudFormation refuses the template: 'Unresolved resource dependencies'.",
    source="https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-attribute-dependson.html",
    severity=Severity.ERROR,
    check=_check,
    others=("E3005", "F3005"),
)
