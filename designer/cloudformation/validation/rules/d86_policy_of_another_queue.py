"""D86: the policy of a queue or topic speaks of that queue or topic."""

from __future__ import annotations

from collections.abc import Iterator

from designer.cloudformation.validation.messages import Severity
from designer.cloudformation.validation.rules.rule import Fault, Rule
from designer.cloudformation.validation.stack import Resource, Stack
from designer.cloudformation.validation.values import Reference, possible_items
from designer.cloudformation.validation.views.deliveries import QUEUE, TOPIC
from designer.cloudformation.validation.views.policies import read_policy

_PLACES = (("AWS::SQS::QueuePolicy", "Queues", QUEUE), ("AWS::SNS::TopicPolicy", "Topics", TOPIC))


def _check(stack: Stack) -> Iterator[Fault]:
    for kind, name, target in _PLACES:
        for policy in stack.of(kind):
            owners = [stack.target(item, target) for item in possible_items(policy.get(name))]
            if owners and None not in owners:
                yield from _strangers(policy, {owner.id for owner in owners if owner is not None})


def _strangers(policy: Resource, owners: set[str]) -> Iterator[Fault]:
    document = read_policy(policy.get("PolicyDocument"), policy.path("PolicyDocument"))
    for statement in document.statements:
        named = [item for item in possible_items(statement.body.get("Resource")) if isinstance(item, Reference)]
        others = [item for item in possible_items(statement.body.get("Resource")) if not isinstance(item, Reference)]
        if named and not others and not any(item.resource in owners for item in named):
            text = f"{policy.id} is the policy of {', '.join(sorted(owners))}, but speaks of {named[0].resource}"
            yield Fault((*statement.path, "Resource"), text, "Name the queue or topic that the policy is for.")


RULE = Rule(
    id="D86",
    title="Policies speak of their own queue or topic",
    why="The statement never matches, so nobody gets in; SNS refuses it: 'Invalid parameter'.",
    source="https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-creating-custom-policies.html",
    severity=Severity.WARNING,
    check=_check,
    types=tuple(kind for kind, _, _ in _PLACES),
)
