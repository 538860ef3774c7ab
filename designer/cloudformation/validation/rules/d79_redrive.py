"""D79: a queue's dead-letter queue is another queue of the same kind."""

from __future__ import annotations

from collections.abc import Iterator

from designer.cloudformation.validation.messages import Severity
from designer.cloudformation.validation.rules.rule import Fault, Rule
from designer.cloudformation.validation.stack import Resource, Stack
from designer.cloudformation.validation.values import number_of, true
from designer.cloudformation.validation.views.deliveries import QUEUE

_MOST = 1000


def _check(stack: Stack) -> Iterator[Fault]:
    for queue in stack.of(QUEUE):
        path = queue.path("RedrivePolicy", "deadLetterTargetArn")
        letters = stack.target(queue.get("RedrivePolicy", "deadLetterTargetArn"), QUEUE)
        if letters is not None and _kind(letters) != _kind(queue):
            text = f"{queue.id} is {_kind(queue)}, but its dead-letter queue {letters.id} is {_kind(letters)}"
            yield Fault(path, text, "Make both FIFO, or neither.")
        count = number_of(queue.get("RedrivePolicy", "maxReceiveCount"))
        if count is not None and not 1 <= count <= _MOST:
            path = queue.path("RedrivePolicy", "maxReceiveCount")
            yield Fault(path, f"{queue.id} gives messages up after {count:g} receives; SQS takes 1 to {_MOST}")


def _kind(queue: Resource) -> str:
    return "a FIFO queue" if true(queue.get("FifoQueue")) else "a standard queue"


RULE = Rule(
    id="D79",
    title="Dead-letter queues are of the same kind",
    why="SQS refuses the queue: 'Value for parameter RedrivePolicy is invalid. Reason: Dead-letter queue must be same "
    "type of queue as the source'.",
    source="https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-dead-letter-queues.html",
    severity=Severity.ERROR,
    check=_check,
    types=(QUEUE,),
    others=("E3502", "F3502"),
)
