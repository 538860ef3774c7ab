"""D37: subnets, security groups and target groups of one resource are of one VPC."""

from __future__ import annotations

from collections.abc import Iterator

from designer.cloudformation.validation.messages import Severity
from designer.cloudformation.validation.rules.rule import Fault, Rule
from designer.cloudformation.validation.stack import Resource, Stack
from designer.cloudformation.validation.values import possible_items, same
from designer.cloudformation.validation.views.firewall import GROUP
from designer.cloudformation.validation.views.network import SUBNET

_NETWORK = ("NetworkConfiguration", "AwsvpcConfiguration")
_PLACES: dict[str, tuple[tuple[str, ...], ...]] = {
    "AWS::ElasticLoadBalancingV2::LoadBalancer": (("Subnets",), ("SecurityGroups",)),
    "AWS::ECS::Service": ((*_NETWORK, "Subnets"), (*_NETWORK, "SecurityGroups")),
    "AWS::Lambda::Function": (("VpcConfig", "SubnetIds"), ("VpcConfig", "SecurityGroupIds")),
    "AWS::EC2::Instance": (("SubnetId",), ("SecurityGroupIds",)),
    "AWS::EC2::VPCEndpoint": (("SubnetIds",), ("SecurityGroupIds",), ("VpcId",)),
    "AWS::RDS::DBSubnetGroup": (("SubnetIds",),),
    "AWS::EKS::Cluster": (("ResourcesVpcConfig", "SubnetIds"), ("ResourcesVpcConfig", "SecurityGroupIds")),
}


def _check(stack: Stack) -> Iterator[Fault]:
    for kind, places in _PLACES.items():
        for resource in stack.of(kind):
            yield from _strangers(stack, resource, places)


def _strangers(stack: Stack, resource: Resource, places: tuple[tuple[str, ...], ...]) -> Iterator[Fault]:
    """The first place that names something of another VPC than the first one."""
    home: tuple[object, str] | None = None
    for keys in places:
        for value in possible_items(resource.get(*keys)):
            part = stack.target(value, SUBNET, GROUP)
            vpc = value if keys == ("VpcId",) else None if part is None else part.get("VpcId")
            name = "its VPC" if part is None else part.id
            if vpc is None:
                continue
            home = home or (vpc, name)
            if same(home[0], vpc) is False:
                text = f"{resource.id} joins {home[1]} (of {home[0]}) and {name} (of {vpc})"
                yield Fault(resource.path(*keys), text, "Take all of them from one VPC.")
                return


RULE = Rule(
    id="D37",
    title="Subnets and security groups are of one VPC",
    why="The service refuses groups and subnets of different VPCs: 'InvalidParameter', 'InvalidGroup.NotFound'.",
    source="https://docs.aws.amazon.com/vpc/latest/userguide/vpc-security-groups.html",
    severity=Severity.ERROR,
    check=_check,
    types=tuple(_PLACES),
)
