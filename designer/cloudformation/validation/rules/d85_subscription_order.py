"""D85: a subscription waits for the policy of its queue."""

from __future__ import annotations

from collections.abc import Iterator

from designer.cloudformation.validation.messages import Severity
from designer.cloudformation.validation.rules.rule import Fault, Rule
from designer.cloudformation.validation.stack import Stack
from designer.cloudformation.validation.views.deliveries import QUEUE, Deliveries
from designer.cloudformation.validation.views.receivers import Receivers

_SUBSCRIPTION = "AWS::SNS::Subscription"


def _check(stack: Stack) -> Iterator[Fault]:
    receivers = stack.view(Receivers)
    for delivery in stack.view(Deliveries).to(QUEUE):
        allowing = receivers.allowing(delivery)
        if delivery.path[-1] != "Endpoint" or delivery.holder.type != _SUBSCRIPTION:
            continue
        if not allowing or stack.waits(delivery.holder, *allowing):
            continue
        policy, queue = allowing[0].id, delivery.target.id
        text = f"{delivery.holder.id} does not wait for {policy}, which lets the topic send to {queue}"
        yield Fault(delivery.path, text, f"Add DependsOn: {policy}.")


RULE = Rule(
    id="D85",
    title="Subscriptions wait for the queue's policy",
    why="What is published in between is lost.",
    source="https://docs.aws.amazon.com/sns/latest/dg/subscribe-sqs-queue-to-sns-topic.html",
    severity=Severity.INFO,
    check=_check,
    types=(_SUBSCRIPTION,),
)
