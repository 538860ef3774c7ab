"""D112: EKS add-ons come in order: the network before the nodes, the name service after them."""

from __future__ import annotations

from collections.abc import Iterator

from designer.cloudformation.validation.messages import Severity
from designer.cloudformation.validation.rules.rule import Fault, Rule
from designer.cloudformation.validation.stack import Resource, Stack
from designer.cloudformation.validation.values import false, same, text_of

_ADDON, _NODES, _FARGATE = "AWS::EKS::Addon", "AWS::EKS::Nodegroup", "AWS::EKS::FargateProfile"
_CLUSTER = "AWS::EKS::Cluster"


def _check(stack: Stack) -> Iterator[Fault]:
    for addon in stack.of(_ADDON):
        name = text_of(addon.get("AddonName"))
        nodes = [n for n in stack.of(_NODES, _FARGATE) if same(n.get("ClusterName"), addon.get("ClusterName"))]
        if name == "coredns" and nodes and not stack.waits(addon, *nodes):
            text = f"the add-on {addon.id} (coredns) does not wait for nodes to run on: {nodes[0].id}"
            yield Fault(("Resources", addon.id), text, f"Add DependsOn: {nodes[0].id}.")
        if name == "vpc-cni" and _starts_bare(stack, addon):
            for group in nodes:
                if group.type == _NODES and not stack.waits(group, addon):
                    text = f"{group.id} does not wait for {addon.id} (vpc-cni), without which nodes are not ready"
                    yield Fault(("Resources", group.id), text, f"Add DependsOn: {addon.id}.")


def _starts_bare(stack: Stack, addon: Resource) -> bool:
    """Whether the cluster gets no network of its own when it is made, or hands it over to the add-on's role."""
    cluster = stack.target(addon.get("ClusterName"), _CLUSTER)
    if cluster is not None and false(cluster.get("BootstrapSelfManagedAddons")):
        return True
    return addon.has("PodIdentityAssociations")


RULE = Rule(
    id="D112",
    title="EKS add-ons and nodes come in order",
    why="Without network the nodes are never ready, and without nodes the name service is degraded; both fail "
    "the stack after a long time.",
    source="https://docs.aws.amazon.com/eks/latest/userguide/creating-an-add-on.html",
    severity=Severity.WARNING,
    check=_check,
    types=(_ADDON,),
)
