"""D70: a service that invokes a function has the permission to do so."""

from __future__ import annotations

from collections.abc import Iterator

from designer.cloudformation.validation.messages import Severity
from designer.cloudformation.validation.rules.rule import Fault, Rule
from designer.cloudformation.validation.stack import Stack
from designer.cloudformation.validation.views.deliveries import FUNCTION, Deliveries
from designer.cloudformation.validation.views.permissions import Permissions


def _check(stack: Stack) -> Iterator[Fault]:
    permissions = stack.view(Permissions)
    for delivery in stack.view(Deliveries).to(FUNCTION):
        if delivery.tried or any(True for _ in permissions.allowing(delivery)):
            continue
        text = f"{delivery.holder.id} invokes {delivery.target.id}, but no permission lets {delivery.service} do so"
        hint = f"Add an AWS::Lambda::Permission for {delivery.target.id} with Principal: {delivery.service}."
        yield Fault(delivery.path, text, hint)


RULE = Rule(
    id="D70",
    title="Who invokes a function is permitted to",
    why="The stack is made, but the function is never called.",
    source="https://docs.aws.amazon.com/lambda/latest/dg/access-control-resource-based.html",
    severity=Severity.WARNING,
    check=_check,
    types=(FUNCTION,),
)
