"""D83: the key of an encrypted topic admits the services that publish to it."""

from __future__ import annotations

from collections.abc import Iterator

from designer.cloudformation.validation.messages import Severity
from designer.cloudformation.validation.rules.rule import Fault, Rule
from designer.cloudformation.validation.stack import Stack
from designer.cloudformation.validation.views.deliveries import TOPIC, Deliveries
from designer.cloudformation.validation.views.keys import could_admit, key_of

_ACTIONS = ("kms:Decrypt", "kms:GenerateDataKey")


def _check(stack: Stack) -> Iterator[Fault]:
    seen: set[tuple[str, str]] = set()
    for delivery in stack.view(Deliveries).to(TOPIC):
        key = key_of(stack, delivery.target.get("KmsMasterKeyId"))
        if key is None or could_admit(key, delivery.service, *_ACTIONS) or (key.id, delivery.service) in seen:
            continue
        seen.add((key.id, delivery.service))
        topic = delivery.target.id
        text = f"{delivery.holder.id} publishes to {topic}, but its key {key.id} does not admit {delivery.service}"
        hint = f"Allow {' and '.join(_ACTIONS)} to the service {delivery.service} in the KeyPolicy of {key.id}."
        yield Fault(delivery.target.path("KmsMasterKeyId"), text, hint)


RULE = Rule(
    id="D83",
    title="Keys of topics admit the publishers",
    why="The stack is made, but no message arrives: an alarm goes off and nobody is told.",
    source="https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html",
    severity=Severity.WARNING,
    check=_check,
    types=(TOPIC,),
)
