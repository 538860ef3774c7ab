"""D84: the policy of a queue lets the service send that delivers to it."""

from __future__ import annotations

from collections.abc import Iterator

from designer.cloudformation.validation.messages import Severity
from designer.cloudformation.validation.rules.rule import Fault, Rule
from designer.cloudformation.validation.stack import Stack
from designer.cloudformation.validation.views.deliveries import QUEUE, Deliveries
from designer.cloudformation.validation.views.receivers import Receivers


def _check(stack: Stack) -> Iterator[Fault]:
    receivers = stack.view(Receivers)
    for delivery in stack.view(Deliveries).to(QUEUE):
        if delivery.tried or receivers.allowing(delivery) != []:
            continue
        text = (
            f"no policy lets {delivery.service} send to {delivery.target.id} for {delivery.source_id or 'its source'}"
        )
        hint = f"Allow sqs:SendMessage on {delivery.target.id} to {delivery.service} in an AWS::SQS::QueuePolicy."
        yield Fault(delivery.path, text, hint)


RULE = Rule(
    id="D84",
    title="Queue policies let the senders in",
    why="The stack is made, but no message arrives.",
    source="https://docs.aws.amazon.com/sns/latest/dg/subscribe-sqs-queue-to-sns-topic.html",
    severity=Severity.WARNING,
    check=_check,
    types=(QUEUE,),
)
