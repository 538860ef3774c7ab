"""D27: subnet groups of databases, clusters and proxies cover two zones."""

from __future__ import annotations

from collections.abc import Iterator

from designer.cloudformation.validation.messages import Severity
from designer.cloudformation.validation.rules.rule import Fault, Rule
from designer.cloudformation.validation.stack import Stack
from designer.cloudformation.validation.views.network import Network

_PLACES: dict[str, tuple[str, ...]] = {
    "AWS::RDS::DBSubnetGroup": ("SubnetIds",),
    "AWS::DocDB::DBSubnetGroup": ("SubnetIds",),
    "AWS::Neptune::DBSubnetGroup": ("SubnetIds",),
    "AWS::RDS::DBProxy": ("VpcSubnetIds",),
    "AWS::EKS::Cluster": ("ResourcesVpcConfig", "SubnetIds"),
}


def _check(stack: Stack) -> Iterator[Fault]:
    network = stack.view(Network)
    for kind, keys in _PLACES.items():
        for resource in stack.of(kind):
            zones = network.most_zones(resource.get(*keys))
            if zones is not None and zones < 2:
                text = f"the subnets of {resource.id} lie in {zones} zone; two are needed"
                yield Fault(resource.path(*keys), text, "Add a subnet in another zone.")


RULE = Rule(
    id="D27",
    title="Subnet groups cover two zones",
    why="The service refuses it: 'Please add subnets to cover at least 2 availability zones'.",
    source="https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_VPC.WorkingWithRDSInstanceinaVPC.html",
    severity=Severity.ERROR,
    check=_check,
    types=tuple(_PLACES),
    others=("E3681",),
)
