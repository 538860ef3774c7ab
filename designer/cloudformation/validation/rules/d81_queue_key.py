"""D81: the key of an encrypted queue admits the service that sends to it."""

from __future__ import annotations

from collections.abc import Iterator

from designer.cloudformation.validation.messages import Severity
from designer.cloudformation.validation.rules.rule import Fault, Rule
from designer.cloudformation.validation.stack import Stack
from designer.cloudformation.validation.views.deliveries import QUEUE, Deliveries
from designer.cloudformation.validation.views.keys import could_admit, key_of

_ACTIONS = ("kms:Decrypt", "kms:GenerateDataKey")


def _check(stack: Stack) -> Iterator[Fault]:
    seen: set[tuple[str, str]] = set()
    for delivery in stack.view(Deliveries).to(QUEUE):
        key = key_of(stack, delivery.target.get("KmsMasterKeyId"))
        if key is None or could_admit(key, delivery.service, *_ACTIONS) or (key.id, delivery.service) in seen:
            continue
        seen.add((key.id, delivery.service))
        text = f"{delivery.service} sends to {delivery.target.id}, but the queue's key {key.id} does not admit it"
        hint = f"Allow {' and '.join(_ACTIONS)} to the service {delivery.service} in the KeyPolicy of {key.id}."
        yield Fault(delivery.target.path("KmsMasterKeyId"), text, hint)


RULE = Rule(
    id="D81",
    title="Keys of queues admit the senders",
    why="The stack is made, but no message arrives, and nothing says so.",
    source="https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-key-management.html",
    severity=Severity.WARNING,
    check=_check,
    types=(QUEUE,),
)
