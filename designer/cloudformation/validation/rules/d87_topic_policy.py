"""D87: the policy of a topic lets the service publish that delivers to it."""

from __future__ import annotations

from collections.abc import Iterator

from designer.cloudformation.validation.messages import Severity
from designer.cloudformation.validation.rules.rule import Fault, Rule
from designer.cloudformation.validation.stack import Stack
from designer.cloudformation.validation.views.deliveries import TOPIC, Deliveries
from designer.cloudformation.validation.views.receivers import Receivers


def _check(stack: Stack) -> Iterator[Fault]:
    receivers = stack.view(Receivers)
    for delivery in stack.view(Deliveries).to(TOPIC):
        if delivery.tried or receivers.allowing(delivery) != []:
            continue
        text = f"no policy lets {delivery.service} publish to {delivery.target.id} for {delivery.holder.id}"
        hint = f"Allow sns:Publish on {delivery.target.id} to {delivery.service} in an AWS::SNS::TopicPolicy."
        yield Fault(delivery.path, text, hint)


RULE = Rule(
    id="D87",
    title="Topic policies let the publishers in",
    why="The stack is made, but no message arrives. A policy of one's own replaces the one that lets in alarms.",
    source="https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-resource-based.html",
    severity=Severity.WARNING,
    check=_check,
    types=(TOPIC,),
)
