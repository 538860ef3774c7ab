"""D82: what services send to is not encrypted with an AWS managed key."""

from __future__ import annotations

from collections.abc import Iterator

from designer.cloudformation.validation.messages import Severity
from designer.cloudformation.validation.rules.rule import Fault, Rule
from designer.cloudformation.validation.stack import Stack
from designer.cloudformation.validation.views.deliveries import QUEUE, TOPIC, Deliveries
from designer.cloudformation.validation.views.keys import managed_alias


def _check(stack: Stack) -> Iterator[Fault]:
    seen: set[str] = set()
    for delivery in stack.view(Deliveries).to(QUEUE, TOPIC):
        alias = managed_alias(delivery.target.get("KmsMasterKeyId"))
        if alias is None or delivery.target.id in seen:
            continue
        seen.add(delivery.target.id)
        text = f"{delivery.service} sends to {delivery.target.id}, but cannot use its key {alias}"
        hint = "Use a key of your own whose policy admits the service, or SqsManagedSseEnabled for a queue."
        yield Fault(delivery.target.path("KmsMasterKeyId"), text, hint)


RULE = Rule(
    id="D82",
    title="Services do not send through AWS managed keys",
    why="The policy of an AWS managed key cannot be changed and admits no service: no message ever arrives.",
    source="https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html",
    severity=Severity.WARNING,
    check=_check,
    types=(QUEUE, TOPIC),
)
