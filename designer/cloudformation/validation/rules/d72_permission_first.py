"""D72: what AWS tries out while it makes a resource is permitted before."""

from __future__ import annotations

from collections.abc import Iterator

from designer.cloudformation.validation.messages import Severity
from designer.cloudformation.validation.rules.rule import Fault, Rule
from designer.cloudformation.validation.stack import Resource, Stack
from designer.cloudformation.validation.views.deliveries import FUNCTION, Deliveries, Delivery
from designer.cloudformation.validation.views.permissions import Permissions
from designer.cloudformation.validation.views.receivers import Receivers


def _check(stack: Stack) -> Iterator[Fault]:
    for delivery in stack.view(Deliveries).all:
        if not delivery.tried:
            continue
        allowing = _allowing(stack, delivery)
        if allowing is None or (allowing and stack.waits(delivery.holder, *allowing)):
            continue
        if not allowing:
            text = f"{delivery.holder.id} sends to {delivery.target.id}, but nothing lets {delivery.service} do so"
            yield Fault(delivery.path, text, _hint(delivery))
        else:
            text = f"{delivery.holder.id} sends to {delivery.target.id}, but does not wait for {allowing[0].id}"
            yield Fault(delivery.path, text, f"Add DependsOn: {allowing[0].id}.")


def _allowing(stack: Stack, delivery: Delivery) -> list[Resource] | None:
    """What permits a delivery; `None` where that cannot be known."""
    if delivery.target.type == FUNCTION:
        return list(stack.view(Permissions).allowing(delivery))
    return stack.view(Receivers).allowing(delivery)


def _hint(delivery: Delivery) -> str:
    if delivery.target.type == FUNCTION:
        return f"Add an AWS::Lambda::Permission for {delivery.service}; write the source's ARN, to avoid a circle."
    return f"Let {delivery.service} send in the policy of {delivery.target.id}."


RULE = Rule(
    id="D72",
    title="Notifications are permitted before they are set up",
    why="AWS sends a test while it makes the resource, and refuses it: 'Unable to validate the following destination "
    "configurations'.",
    source="https://docs.aws.amazon.com/AmazonS3/latest/userguide/NotificationHowTo.html",
    severity=Severity.ERROR,
    check=_check,
    types=(
        "AWS::S3::Bucket",
        "AWS::ElasticLoadBalancingV2::TargetGroup",
        "AWS::Logs::SubscriptionFilter",
        "AWS::SecretsManager::RotationSchedule",
    ),
)
