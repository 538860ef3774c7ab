"""D76: a function's role allows what Lambda tests when it makes the function."""

from __future__ import annotations

from collections.abc import Iterator

from designer.cloudformation.validation.messages import Severity
from designer.cloudformation.validation.rules.rule import Fault, Rule
from designer.cloudformation.validation.stack import Resource, Stack
from designer.cloudformation.validation.values import possible_items, text_of
from designer.cloudformation.validation.views.deliveries import FUNCTION, QUEUE, TOPIC
from designer.cloudformation.validation.views.roles import Roles


def _check(stack: Stack) -> Iterator[Fault]:
    roles = stack.view(Roles)
    for function in stack.of(FUNCTION):
        role = roles.role_of(function.get("Role"))
        if role is None:
            continue
        for keys, action, target in _tested(stack, function):
            if not roles.could_allow(role, action, target):
                where = "" if target is None else f" on {target.id}"
                text = f"{function.id} needs {action}{where}, but its role {role.id} does not allow it"
                yield Fault(function.path(*keys), text, f"Allow {action} in a policy of {role.id}.")
            elif not roles.is_opaque(role) and not stack.waits(function, *roles.givers(role, action, target)):
                giver = next(roles.givers(role, action, target))
                text = f"{function.id} needs {action}, but does not wait for {giver.id}, which allows it"
                hint = f"Add DependsOn: {giver.id}."
                yield Fault(function.path(*keys), text, hint, Severity.WARNING)


def _tested(stack: Stack, function: Resource) -> Iterator[tuple[tuple[str, ...], str, Resource | None]]:
    """Properties for which Lambda tests an action of the role."""
    if possible_items(function.get("VpcConfig", "SubnetIds")):
        yield ("VpcConfig",), "ec2:CreateNetworkInterface", None
    letters = stack.target(function.get("DeadLetterConfig", "TargetArn"), QUEUE, TOPIC)
    if letters is not None:
        action = "sqs:SendMessage" if letters.type == QUEUE else "sns:Publish"
        yield ("DeadLetterConfig", "TargetArn"), action, letters
    if text_of(function.get("TracingConfig", "Mode")) == "Active":
        yield ("TracingConfig", "Mode"), "xray:PutTraceSegments", None


RULE = Rule(
    id="D76",
    title="A function's role allows what Lambda tests",
    why="Lambda refuses the function: 'The provided execution role does not have permissions to call "
    "CreateNetworkInterface on EC2', SendMessage on SQS, or PutTraceSegments on XRAY.",
    source="https://docs.aws.amazon.com/lambda/latest/dg/lambda-intro-execution-role.html",
    severity=Severity.ERROR,
    check=_check,
    types=(FUNCTION,),
)
