"""D114: the nodes of EKS have a way to the cluster and the registry."""

from __future__ import annotations

from collections.abc import Iterator

from designer.cloudformation.validation.messages import Severity
from designer.cloudformation.validation.rules.rule import Fault, Rule
from designer.cloudformation.validation.stack import Stack
from designer.cloudformation.validation.values import false
from designer.cloudformation.validation.views.network import Access, Network

_NODES = "AWS::EKS::Nodegroup"


def _check(stack: Stack) -> Iterator[Fault]:
    network = stack.view(Network)
    has_endpoints = bool([e for e in stack.of("AWS::EC2::VPCEndpoint") if e.has("SubnetIds")])
    for nodes in stack.of(_NODES):
        for subnet in network.subnets_of(nodes.get("Subnets")):
            access = network.access(subnet)
            if access is Access.CLOSED and not has_endpoints:
                text = f"the nodes of {nodes.id} start in {subnet.id}, which has no way out"
                yield Fault(
                    nodes.path("Subnets"), text, "Use subnets behind a NAT gateway, or add interface endpoints."
                )
                break
            given = subnet.get("MapPublicIpOnLaunch")
            if access is Access.PUBLIC and not nodes.has("LaunchTemplate") and (given is None or false(given)):
                text = f"the nodes of {nodes.id} start in the public {subnet.id}, which gives them no address"
                yield Fault(
                    nodes.path("Subnets"), text, f"Set MapPublicIpOnLaunch of {subnet.id}, or use private subnets."
                )
                break


RULE = Rule(
    id="D114",
    title="Nodes have a way out",
    why="EKS refuses the node group: 'Ec2SubnetInvalidConfiguration', or its nodes never join the cluster.",
    source="https://docs.aws.amazon.com/eks/latest/userguide/network-reqs.html",
    severity=Severity.ERROR,
    check=_check,
    types=(_NODES,),
)
