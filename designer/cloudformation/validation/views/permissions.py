"""Permissions of functions: who may invoke them."""

from __future__ import annotations

from collections.abc import Iterator

from designer.cloudformation.validation.stack import Resource, Stack
from designer.cloudformation.validation.values import references, text_of
from designer.cloudformation.validation.views.deliveries import Deliveries, Delivery
from designer.cloudformation.validation.views.policies import could_be_service

PERMISSION = "AWS::Lambda::Permission"


class Permissions:
    """The permissions of the functions of a stack."""

    def __init__(self, stack: Stack) -> None:
        self.stack = stack

    def allowing(self, delivery: Delivery) -> Iterator[Resource]:
        """The permissions that could let a delivery invoke its function."""
        for permission in self.stack.of(PERMISSION):
            name = permission.get("FunctionName")
            function = self.stack.view(Deliveries).function_of(name)
            same_function = function is delivery.target or (function is None and not _is_other(name, delivery.target))
            action = text_of(permission.get("Action")) or "lambda:InvokeFunction"
            if same_function and action in ("lambda:InvokeFunction", "lambda:*") and self._source(permission, delivery):
                yield permission

    def _source(self, permission: Resource, delivery: Delivery) -> bool:
        if not could_be_service(permission.get("Principal"), delivery.service):
            return bool(permission.get("Principal") == "*")
        named = [each.resource for each in references(permission.get("SourceArn"))]
        if not named or delivery.source_id is None or delivery.source_id in named:
            return True
        # A rule may be permitted by its bus, a bucket by its name, an API by its stage.
        source = self.stack.resources.get(delivery.source_id)
        return source is not None and not any(
            (other := self.stack.resources.get(name)) is not None and other.type == source.type for name in named
        )


def _is_other(name: object, function: Resource) -> bool:
    """Whether a function's name or ARN, as text, is surely not that of this function."""
    text = text_of(name)
    own = text_of(function.get("FunctionName"))
    if text is None:
        return any(True for _ in references(name)) and function.id not in [r.resource for r in references(name)]
    return own is None or own not in text
