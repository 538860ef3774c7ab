"""D34: what loads software when it starts waits for the route to its NAT gateway."""

from __future__ import annotations

from collections.abc import Iterator

from designer.cloudformation.validation.messages import Severity
from designer.cloudformation.validation.rules.rule import Fault, Rule
from designer.cloudformation.validation.stack import Resource, Stack
from designer.cloudformation.validation.values import possible_items
from designer.cloudformation.validation.views.network import Network

_PLACES: dict[str, tuple[str, ...]] = {
    "AWS::AutoScaling::AutoScalingGroup": ("VPCZoneIdentifier",),
    "AWS::ECS::Service": ("NetworkConfiguration", "AwsvpcConfiguration", "Subnets"),
    "AWS::EKS::Nodegroup": ("Subnets",),
    "AWS::EC2::Instance": ("SubnetId",),
}


def _check(stack: Stack) -> Iterator[Fault]:
    network = stack.view(Network)
    for kind, keys in _PLACES.items():
        for resource in stack.of(kind):
            for subnet in network.subnets_of(_subnets(resource, keys)):
                routes = [route for route in network.default_routes(subnet) if route.has("NatGatewayId")]
                if routes and not stack.waits(resource, *routes):
                    text = f"{resource.id} starts in {subnet.id}, but does not wait for its way out, {routes[0].id}"
                    yield Fault(("Resources", resource.id), text, f"Add DependsOn: {routes[0].id}.")
                    break


def _subnets(resource: Resource, keys: tuple[str, ...]) -> object:
    interfaces = [item for item in possible_items(resource.get("NetworkInterfaces")) if isinstance(item, dict)]
    return resource.get(*keys) or [item.get("SubnetId") for item in interfaces]


RULE = Rule(
    id="D34",
    title="Servers wait for the route to their NAT gateway",
    why="A NAT gateway takes minutes; instances and tasks that start earlier cannot load packages, images or answer "
    "CloudFormation, and the stack can fail for it.",
    source="https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-attribute-dependson.html",
    severity=Severity.WARNING,
    check=_check,
    types=tuple(_PLACES),
)
