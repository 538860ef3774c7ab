"""Policies of queues and topics: whether they let a delivery in."""

from __future__ import annotations

from functools import cached_property

from designer.cloudformation.validation.stack import Resource, Stack
from designer.cloudformation.validation.values import possible_items, references
from designer.cloudformation.validation.views.deliveries import CLOUDWATCH, QUEUE, TOPIC, Delivery
from designer.cloudformation.validation.views.policies import Statement, read_policy

_POLICIES = (("AWS::SQS::QueuePolicy", "Queues", QUEUE), ("AWS::SNS::TopicPolicy", "Topics", TOPIC))
_ACTIONS = {QUEUE: "sqs:SendMessage", TOPIC: "sns:Publish"}
_SOURCE_KEYS = ("aws:SourceArn", "AWS:SourceArn")


class Receivers:
    """The queues and topics of a stack with their policies."""

    def __init__(self, stack: Stack) -> None:
        self.stack = stack

    @cached_property
    def _policies(self) -> dict[str, list[Resource]]:
        found: dict[str, list[Resource]] = {}
        for kind, name, target in _POLICIES:
            for policy in self.stack.of(kind):
                for item in possible_items(policy.get(name)):
                    for owner in self.stack.targets(item, target):
                        found.setdefault(owner.id, []).append(policy)
        return found

    def allowing(self, delivery: Delivery) -> list[Resource] | None:
        """The policies that could let a delivery in; `None` where the default policy does, or one is not known."""
        policies = self._policies.get(delivery.target.id, [])
        if not policies and delivery.service == CLOUDWATCH:
            return None
        if self._has_stranger():
            return None
        return [policy for policy in policies if self._lets_in(policy, delivery)]

    def _has_stranger(self) -> bool:
        """Whether a policy that the template does not name as this queue's could be the one."""
        for kind, name, _ in _POLICIES:
            for policy in self.stack.of(kind):
                if any(not list(references(item)) for item in possible_items(policy.get(name))):
                    return True
        return False

    def _lets_in(self, policy: Resource, delivery: Delivery) -> bool:
        document = read_policy(policy.get("PolicyDocument"), policy.path("PolicyDocument"))
        return not document.known or any(self._statement(s, delivery) for s in document.statements)

    def _statement(self, statement: Statement, delivery: Delivery) -> bool:
        target = delivery.target
        rivals = {each.id for each in self.stack.of(target.type)}
        if not (
            statement.could_allow_action(_ACTIONS[target.type])
            and statement.could_admit_service(delivery.service)
            and statement.could_cover(target.id, rivals)
        ):
            return False
        return self._source(statement, delivery)

    def _source(self, statement: Statement, delivery: Delivery) -> bool:
        """Whether the statement's condition on the source could hold for a delivery."""
        named = [reference.resource for value in statement.conditions(*_SOURCE_KEYS) for reference in references(value)]
        if not named or delivery.source_id is None or delivery.source_id in named:
            return True
        source = self.stack.resources.get(delivery.source_id)
        others = [self.stack.resources.get(name) for name in named]
        return source is None or not all(other is not None and other.type == source.type for other in others)
