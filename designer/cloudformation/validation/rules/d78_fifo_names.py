"""D78: FIFO queues and topics have a name that ends with .fifo, others have none."""

from __future__ import annotations

from collections.abc import Iterator

from designer.cloudformation.validation.messages import Severity
from designer.cloudformation.validation.rules.rule import Fault, Rule
from designer.cloudformation.validation.stack import Stack
from designer.cloudformation.validation.values import Joined, text_of, true
from designer.cloudformation.validation.views.deliveries import QUEUE, TOPIC

_PLACES = ((QUEUE, "QueueName", "FifoQueue"), (TOPIC, "TopicName", "FifoTopic"))


def _check(stack: Stack) -> Iterator[Fault]:
    for kind, name, flag in _PLACES:
        for resource in stack.of(kind):
            value = resource.get(name)
            last = value.parts[-1] if isinstance(value, Joined) else value
            ending = text_of(last)
            if ending is None:
                continue
            is_fifo = true(resource.get(flag))
            if is_fifo and not ending.endswith(".fifo"):
                text = f"the FIFO {resource.id} is named {value}, without .fifo at the end"
                yield Fault(resource.path(name), text, "Add .fifo to the name.")
            elif not is_fifo and not resource.has(flag) and ending.endswith(".fifo"):
                text = f"{resource.id} is named {value}, but is not FIFO"
                yield Fault(resource.path(name), text, f"Set {flag}: true, or take .fifo out of the name.")


RULE = Rule(
    id="D78",
    title="FIFO names end with .fifo",
    why="SQS and SNS refuse it: 'The name of a FIFO queue can only include alphanumeric characters, hyphens, or "
    "underscores, must end with .fifo suffix'.",
    source="https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-queue-message-identifiers.html",
    severity=Severity.ERROR,
    check=_check,
    types=(QUEUE, TOPIC),
    others=("E3501", "F3501", "E2504"),
)
