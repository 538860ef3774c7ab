"""D11: no resources wait for each other in a circle."""

from __future__ import annotations

from collections.abc import Iterator

from designer.cloudformation.validation.messages import Severity
from designer.cloudformation.validation.references import Link
from designer.cloudformation.validation.rules.rule import Fault, Rule
from designer.cloudformation.validation.stack import Stack
from designer.cloudformation.validation.views.circles import Circles

_GROUP = "AWS::EC2::SecurityGroup"


def _check(stack: Stack) -> Iterator[Fault]:
    for circle in stack.view(Circles).all:
        types = {_type(stack, link.owner) for link in circle}
        if types == {_GROUP} or any(kind.startswith("AWS::Serverless::") for kind in types):
            continue  # D41 says what to do about groups; SAM takes its own circles apart
        names = [link.owner for link in circle]
        way = " -> ".join([*names, names[0]])
        yield Fault(circle[0].path, f"circular reference: {way}", _hint(circle))


def _type(stack: Stack, key: str) -> str:
    definition = stack.definitions[key]
    return str(definition.get("Type")) if isinstance(definition, dict) else ""


def _hint(circle: list[Link]) -> str:
    return (
        "Move one of the references into a resource of its own (a policy, permission or rule), or write the name "
        f"instead of referring to {circle[-1].target}."
    )


RULE = Rule(
    id="D11",
    title="No circular references",
    why="CloudFormation refuses the template: 'Circular dependency between resources'.",
    source="https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/troubleshooting.html",
    severity=Severity.ERROR,
    check=_check,
    others=("E3004", "F3004"),
)
