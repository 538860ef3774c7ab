"""D76: a function's role allows what Lambda tests when it makes the function or its settings for asynchronous calls."""

from __future__ import annotations

from collections.abc import Iterator

from designer.cloudformation.validation.messages import Severity
from designer.cloudformation.validation.rules.rule import Fault, Rule
from designer.cloudformation.validation.stack import Resource, Stack
from designer.cloudformation.validation.values import possible_items, text_of
from designer.cloudformation.validation.views.deliveries import FUNCTION, QUEUE, TOPIC
from designer.cloudformation.validation.views.roles import Roles

_SETTINGS = "AWS::Lambda::EventInvokeConfig"
_RECEIVERS = (
    ("DeadLetterConfig", "TargetArn"),
    ("DestinationConfig", "OnFailure", "Destination"),
    ("DestinationConfig", "OnSuccess", "Destination"),
)


def _check(stack: Stack) -> Iterator[Fault]:
    roles = stack.view(Roles)
    for holder, function in _holders(stack):
        role = roles.role_of(function.get("Role"))
        if role is None:
            continue
        for keys, action, target in _tested(stack, holder):
            if not roles.could_allow(role, action, target):
                where = "" if target is None else f" on {target.id}"
                text = f"{holder.id} needs {action}{where}, but the role {role.id} does not allow it"
                yield Fault(holder.path(*keys), text, f"Allow {action} in a policy of {role.id}.")
            elif not roles.is_opaque(role) and not stack.waits(holder, *roles.givers(role, action, target)):
                giver = next(roles.givers(role, action, target))
                text = f"{holder.id} needs {action}, but does not wait for {giver.id}, which allows it"
                hint = f"Add DependsOn: {giver.id}."
                yield Fault(holder.path(*keys), text, hint, Severity.WARNING)


def _holders(stack: Stack) -> Iterator[tuple[Resource, Resource]]:
    """What Lambda tests, each with its function: the function itself, and its settings for asynchronous calls."""
    for function in stack.of(FUNCTION):
        yield function, function
    for settings in stack.of(_SETTINGS):
        called = stack.target(settings.get("FunctionName"), FUNCTION)
        if called is not None:
            yield settings, called


def _tested(stack: Stack, holder: Resource) -> Iterator[tuple[tuple[str, ...], str, Resource | None]]:
    """Properties for which Lambda tests an action of the role."""
    if possible_items(holder.get("VpcConfig", "SubnetIds")):
        yield ("VpcConfig",), "ec2:CreateNetworkInterface", None
    for keys in _RECEIVERS:
        letters = stack.target(holder.get(*keys), QUEUE, TOPIC)
        if letters is not None:
            yield keys, "sqs:SendMessage" if letters.type == QUEUE else "sns:Publish", letters
    if text_of(holder.get("TracingConfig", "Mode")) == "Active":
        yield ("TracingConfig", "Mode"), "xray:PutTraceSegments", None


RULE = Rule(
    id="D76",
    title="A function's role allows what Lambda tests",
    why="Lambda refuses the function: 'The provided execution role does not have permissions to call "
    "CreateNetworkInterface on EC2', SendMessage on SQS, or PutTraceSegments on XRAY.",
    source="https://docs.aws.amazon.com/lambda/latest/dg/lambda-intro-execution-role.html",
    severity=Severity.ERROR,
    check=_check,
    types=(FUNCTION, _SETTINGS),
)
