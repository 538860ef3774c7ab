"""Deliveries: which service pushes to which queue, topic or function on behalf of which resource."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from designer.cloudformation.validation.messages import Path
from designer.cloudformation.validation.stack import Resource, Stack
from designer.cloudformation.validation.values import (
    Reference,
    Value,
    alternatives,
    possible_items,
    references,
    text_of,
)

QUEUE, TOPIC, FUNCTION = "AWS::SQS::Queue", "AWS::SNS::Topic", "AWS::Lambda::Function"
FUNCTION_NAMES = (FUNCTION, "AWS::Lambda::Alias", "AWS::Lambda::Version")

SNS, EVENTS, S3 = "sns.amazonaws.com", "events.amazonaws.com", "s3.amazonaws.com"
CLOUDWATCH, LOGS = "cloudwatch.amazonaws.com", "logs.amazonaws.com"
ALARM_FUNCTIONS = "lambda.alarms.cloudwatch.amazonaws.com"

_S3_TARGETS = (
    ("QueueConfigurations", "Queue"), ("TopicConfigurations", "Topic"), ("LambdaConfigurations", "Function"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Delivery:
    """`service` sends what happens at `source` to `target`; `holder` is the resource that says so, at `path`.

    A delivery is `tried` when AWS tests it while it makes the holder. `source` is the resource whose ARN the
    receiver's policy sees.
    """

    service: str
    source: Value
    target: Resource
    holder: Resource
    path: Path
    tried: bool = False

    @property
    def source_id(self) -> str | None:
        """The logical id of the source, if it is of this stack."""
        return getattr(self.source, "resource", None)


class Deliveries:
    """All deliveries of a stack whose target is in it."""

    def __init__(self, stack: Stack) -> None:
        self.stack = stack

    def to(self, *types: str) -> list[Delivery]:
        """The deliveries to resources of these types."""
        return [delivery for delivery in self.all if delivery.target.type in types]

    @cached_property
    def all(self) -> list[Delivery]:
        """All deliveries, by the type of their holder."""
        return [
            *self._subscriptions(), *self._topics(), *self._rules(), *self._buckets(), *self._alarms(),
            *self._target_groups(), *self._simple(),
        ]  # fmt: skip

    def function_of(self, value: Value) -> Resource | None:
        """The function that a value names: itself, or by one of its aliases or versions."""
        found = self.stack.target(value, *FUNCTION_NAMES)
        if found is None or found.type == FUNCTION:
            return found
        return self.stack.target(found.get("FunctionName"), FUNCTION)

    def _targets(self, value: Value) -> Iterator[Resource]:
        for each in alternatives(value):
            found = self.stack.target(each, QUEUE, TOPIC) or self.function_of(each)
            if found is not None:
                yield found

    def _subscriptions(self) -> Iterator[Delivery]:
        for holder in self.stack.of("AWS::SNS::Subscription"):
            topic = holder.get("TopicArn")
            for target in self._targets(holder.get("Endpoint")):
                yield Delivery(SNS, topic, target, holder, holder.path("Endpoint"))
            for target in self._targets(holder.get("RedrivePolicy", "deadLetterTargetArn")):
                yield Delivery(SNS, topic, target, holder, holder.path("RedrivePolicy", "deadLetterTargetArn"))

    def _topics(self) -> Iterator[Delivery]:
        for holder in self.stack.of(TOPIC):
            for index, item in enumerate(possible_items(holder.get("Subscription"))):
                for target in self._targets(item.get("Endpoint") if isinstance(item, dict) else None):
                    yield Delivery(
                        SNS, Reference(holder.id), target, holder, holder.path("Subscription", index, "Endpoint")
                    )

    def _rules(self) -> Iterator[Delivery]:
        for holder in self.stack.of("AWS::Events::Rule"):
            source = Reference(holder.id, "Arn")
            for index, item in enumerate(possible_items(holder.get("Targets"))):
                if not isinstance(item, dict):
                    continue
                for target in self._targets(item.get("Arn")):
                    if "RoleArn" not in item:
                        yield Delivery(EVENTS, source, target, holder, holder.path("Targets", index, "Arn"))
                letters = item.get("DeadLetterConfig")
                for target in self._targets(letters.get("Arn") if isinstance(letters, dict) else None):
                    path = holder.path("Targets", index, "DeadLetterConfig", "Arn")
                    yield Delivery(EVENTS, source, target, holder, path)

    def _buckets(self) -> Iterator[Delivery]:
        for holder in self.stack.of("AWS::S3::Bucket"):
            for name, key in _S3_TARGETS:
                for index, item in enumerate(possible_items(holder.get("NotificationConfiguration", name))):
                    for target in self._targets(item.get(key) if isinstance(item, dict) else None):
                        path = holder.path("NotificationConfiguration", name, index, key)
                        yield Delivery(S3, Reference(holder.id, "Arn"), target, holder, path, tried=True)

    def _alarms(self) -> Iterator[Delivery]:
        for holder in self.stack.of("AWS::CloudWatch::Alarm", "AWS::CloudWatch::CompositeAlarm"):
            for name in ("AlarmActions", "OKActions", "InsufficientDataActions"):
                for index, item in enumerate(possible_items(holder.get(name))):
                    for target in self._targets(item):
                        service = ALARM_FUNCTIONS if target.type == FUNCTION else CLOUDWATCH
                        yield Delivery(service, Reference(holder.id, "Arn"), target, holder, holder.path(name, index))

    def _target_groups(self) -> Iterator[Delivery]:
        for holder in self.stack.of("AWS::ElasticLoadBalancingV2::TargetGroup"):
            if text_of(holder.get("TargetType")) != "lambda":
                continue
            for index, item in enumerate(possible_items(holder.get("Targets"))):
                for target in self._targets(item.get("Id") if isinstance(item, dict) else None):
                    path, source = holder.path("Targets", index, "Id"), Reference(holder.id)
                    yield Delivery("elasticloadbalancing.amazonaws.com", source, target, holder, path, tried=True)

    def _simple(self) -> Iterator[Delivery]:
        """Holders that name one function in one property."""
        for kind, keys, service, source, tried in _SIMPLE:
            for holder in self.stack.of(kind):
                value = holder.get(*keys)
                found = [self.function_of(reference) for reference in references(value)]
                if _has_credentials(holder):
                    continue
                for target in found:
                    if target is not None:
                        yield Delivery(service, holder.get(*source), target, holder, holder.path(*keys), tried=tried)


_SIMPLE: tuple[tuple[str, tuple[str, ...], str, tuple[str, ...], bool], ...] = (
    ("AWS::Logs::SubscriptionFilter", ("DestinationArn",), LOGS, ("LogGroupName",), True),
    (
        "AWS::SecretsManager::RotationSchedule",
        ("RotationLambdaARN",),
        "secretsmanager.amazonaws.com",
        ("SecretId",),
        True,
    ),
    ("AWS::ApiGateway::Method", ("Integration", "Uri"), "apigateway.amazonaws.com", ("RestApiId",), False),
    ("AWS::ApiGatewayV2::Integration", ("IntegrationUri",), "apigateway.amazonaws.com", ("ApiId",), False),
)


def _has_credentials(holder: Resource) -> bool:
    """Whether an API calls by a role of its own instead of by the function's permission."""
    return holder.get("Integration", "Credentials") is not None or holder.has("CredentialsArn")
