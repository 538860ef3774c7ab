"""D28: an interface endpoint has at most one subnet in each zone."""

from __future__ import annotations

from collections.abc import Iterator

from designer.cloudformation.validation.messages import Severity
from designer.cloudformation.validation.rules.rule import Fault, Rule
from designer.cloudformation.validation.stack import Stack
from designer.cloudformation.validation.values import text_of
from designer.cloudformation.validation.views.network import Network

ENDPOINT = "AWS::EC2::VPCEndpoint"


def _check(stack: Stack) -> Iterator[Fault]:
    network = stack.view(Network)
    for endpoint in stack.of(ENDPOINT):
        if text_of(endpoint.get("VpcEndpointType")) in ("Interface", "GatewayLoadBalancer"):
            for first, second in network.twins(endpoint.get("SubnetIds")):
                text = f"{endpoint.id} has the subnets {first.id} and {second.id} in one zone"
                yield Fault(endpoint.path("SubnetIds"), text, "Name one subnet in each zone.")
        elif endpoint.has("SubnetIds") and text_of(endpoint.get("VpcEndpointType") or "Gateway") == "Gateway":
            text = f"{endpoint.id} is a gateway endpoint; those have route tables, not subnets"
            yield Fault(endpoint.path("SubnetIds"), text, "Say VpcEndpointType: Interface, or name RouteTableIds.")


RULE = Rule(
    id="D28",
    title="An interface endpoint has one subnet a zone",
    why="EC2 refuses it: 'DuplicateSubnetsInSameZone'.",
    source="https://docs.aws.amazon.com/vpc/latest/privatelink/create-interface-endpoint.html",
    severity=Severity.ERROR,
    check=_check,
    types=(ENDPOINT,),
)
