"""D80: FIFO queues and topics are used with what takes part in their order."""

from __future__ import annotations

from collections.abc import Iterator

from designer.cloudformation.validation.messages import Severity
from designer.cloudformation.validation.rules.rule import Fault, Rule
from designer.cloudformation.validation.stack import Stack
from designer.cloudformation.validation.values import possible_items, text_of, true
from designer.cloudformation.validation.views.deliveries import QUEUE, S3, SNS, TOPIC, Deliveries

_SUBSCRIPTION, _RULE = "AWS::SNS::Subscription", "AWS::Events::Rule"


def _check(stack: Stack) -> Iterator[Fault]:
    for delivery in stack.view(Deliveries).to(QUEUE, TOPIC):
        fifo = true(delivery.target.get("FifoQueue")) or true(delivery.target.get("FifoTopic"))
        topic = stack.target(delivery.source, TOPIC)
        if not fifo or "RedrivePolicy" in delivery.path or "DeadLetterConfig" in delivery.path:
            continue
        if delivery.service == S3:
            text = f"{delivery.holder.id} notifies the FIFO {delivery.target.id}, which S3 cannot"
            yield Fault(delivery.path, text, "Use a standard queue or topic, or EventBridge in between.")
        elif delivery.service == SNS and topic is not None and not topic.has("FifoTopic"):
            text = f"the standard topic {topic.id} cannot deliver to the FIFO queue {delivery.target.id}"
            yield Fault(delivery.path, text, "Make the topic FIFO, or the queue standard.")
    yield from _subscribers(stack)
    yield from _rule_targets(stack)


def _subscribers(stack: Stack) -> Iterator[Fault]:
    for subscription in stack.of(_SUBSCRIPTION):
        topic = stack.target(subscription.get("TopicArn"), TOPIC)
        protocol = text_of(subscription.get("Protocol"))
        if topic is not None and true(topic.get("FifoTopic")) and protocol not in (None, "sqs"):
            text = f"the FIFO topic {topic.id} delivers to queues only, not by {protocol}"
            yield Fault(subscription.path("Protocol"), text, "Subscribe a queue, or make the topic standard.")


def _rule_targets(stack: Stack) -> Iterator[Fault]:
    for rule in stack.of(_RULE):
        for index, item in enumerate(possible_items(rule.get("Targets"))):
            queue = stack.target(item.get("Arn"), QUEUE) if isinstance(item, dict) else None
            if queue is not None and true(queue.get("FifoQueue")) and "SqsParameters" not in item:
                text = f"{rule.id} sends to the FIFO queue {queue.id} without a message group"
                yield Fault(rule.path("Targets", index), text, "Set SqsParameters with a MessageGroupId.")


RULE = Rule(
    id="D80",
    title="FIFO queues and topics are used as FIFO",
    why="SNS, S3 and EventBridge refuse it: 'FIFO SQS Queues can not be subscribed to standard SNS topics', 'Unable to "
    "validate the following destination configurations', 'Parameter(s) MessageGroupId must be specified'.",
    source="https://docs.aws.amazon.com/sns/latest/dg/sns-fifo-topics.html",
    severity=Severity.ERROR,
    check=_check,
    types=(QUEUE, TOPIC),
)
