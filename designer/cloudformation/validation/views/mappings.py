"""Event source mappings: which function reads which queue or stream, and what its role has to allow."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from designer.cloudformation.validation.stack import Resource, Stack
from designer.cloudformation.validation.views.deliveries import Deliveries
from designer.cloudformation.validation.views.roles import Roles

MAPPING = "AWS::Lambda::EventSourceMapping"

_ACTIONS = {
    "AWS::SQS::Queue": ("sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"),
    "AWS::Kinesis::Stream": ("kinesis:GetRecords", "kinesis:GetShardIterator", "kinesis:DescribeStream"),
    "AWS::DynamoDB::Table": ("dynamodb:GetRecords", "dynamodb:GetShardIterator", "dynamodb:DescribeStream"),
}


@dataclass(frozen=True, slots=True)
class Mapping:
    """One event source mapping; `None` for what is not of this stack. `actions` are what the role has to allow."""

    holder: Resource
    function: Resource | None
    role: Resource | None
    source: Resource | None
    actions: tuple[str, ...]


class Mappings:
    """The event source mappings of a stack."""

    def __init__(self, stack: Stack) -> None:
        self.stack = stack
        self.all = list(self._read())

    def _read(self) -> Iterator[Mapping]:
        deliveries, roles = self.stack.view(Deliveries), self.stack.view(Roles)
        for holder in self.stack.of(MAPPING):
            function = deliveries.function_of(holder.get("FunctionName"))
            role = None if function is None else roles.role_of(function.get("Role"))
            source = self.stack.target(holder.get("EventSourceArn"), *_ACTIONS)
            yield Mapping(holder, function, role, source, () if source is None else _ACTIONS[source.type])
