"""D30: a route to an internet gateway waits until the gateway is attached."""

from __future__ import annotations

from collections.abc import Iterator

from designer.cloudformation.validation.messages import Severity
from designer.cloudformation.validation.rules.rule import Fault, Rule
from designer.cloudformation.validation.stack import Stack
from designer.cloudformation.validation.values import same
from designer.cloudformation.validation.views.network import Network


def _check(stack: Stack) -> Iterator[Fault]:
    network = stack.view(Network)
    for route in stack.of("AWS::EC2::Route"):
        gateways = network.gateways(route)
        attachments = [
            attachment
            for attachment in network.attachments
            if any(same(attachment.get("InternetGatewayId"), route.get("GatewayId")) for _ in gateways)
        ]
        if attachments and not stack.waits(route, *attachments):
            text = f"{route.id} leads to {gateways[0].id}, but does not wait for {attachments[0].id}"
            yield Fault(route.path("GatewayId"), text, f"Add DependsOn: {attachments[0].id}.")


RULE = Rule(
    id="D30",
    title="Public routes wait for the gateway's attachment",
    why="Nothing else orders the two; the route fails when it comes first: 'route table and network gateway belong to "
    "different networks'.",
    source="https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-attribute-dependson.html",
    severity=Severity.ERROR,
    check=_check,
    types=("AWS::EC2::Route",),
)
