"""D71: a permission is for the function that its source really invokes."""

from __future__ import annotations

from collections.abc import Iterator

from designer.cloudformation.validation.messages import Severity
from designer.cloudformation.validation.rules.rule import Fault, Rule
from designer.cloudformation.validation.stack import Stack
from designer.cloudformation.validation.values import Reference
from designer.cloudformation.validation.views.deliveries import Deliveries
from designer.cloudformation.validation.views.permissions import PERMISSION

_SENDERS = ("AWS::SNS::Topic", "AWS::Events::Rule", "AWS::S3::Bucket", "AWS::ElasticLoadBalancingV2::TargetGroup")


def _check(stack: Stack) -> Iterator[Fault]:
    deliveries = stack.view(Deliveries)
    for permission in stack.of(PERMISSION):
        source = permission.get("SourceArn")
        function = deliveries.function_of(permission.get("FunctionName"))
        sender = stack.target(source, *_SENDERS)
        if function is None or sender is None or not isinstance(source, Reference):
            continue
        receivers = {delivery.target.id for delivery in deliveries.all if delivery.source_id == sender.id}
        if receivers and function.id not in receivers:
            text = (
                f"{permission.id} lets {sender.id} invoke {function.id}, but it sends to {', '.join(sorted(receivers))}"
            )
            yield Fault(permission.path("FunctionName"), text, "Name the function that is invoked.")


RULE = Rule(
    id="D71",
    title="Permissions are for the function that is invoked",
    why="The permission helps nobody, and the function that is meant is never called.",
    source="https://docs.aws.amazon.com/lambda/latest/dg/access-control-resource-based.html",
    severity=Severity.WARNING,
    check=_check,
    types=(PERMISSION,),
)
