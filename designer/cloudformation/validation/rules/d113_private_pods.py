"""D113: a Fargate profile of EKS has private subnets."""

from __future__ import annotations

from collections.abc import Iterator

from designer.cloudformation.validation.messages import Severity
from designer.cloudformation.validation.rules.rule import Fault, Rule
from designer.cloudformation.validation.stack import Stack
from designer.cloudformation.validation.views.network import Access, Network

_PROFILE = "AWS::EKS::FargateProfile"


def _check(stack: Stack) -> Iterator[Fault]:
    network = stack.view(Network)
    for profile in stack.of(_PROFILE):
        for subnet in network.subnets_of(profile.get("Subnets")):
            if network.access(subnet) is Access.PUBLIC:
                text = f"the pods of {profile.id} start in {subnet.id}, which is public"
                yield Fault(profile.path("Subnets"), text, "Use subnets without a route to an internet gateway.")
                break


RULE = Rule(
    id="D113",
    title="Pods on Fargate are in private subnets",
    why="EKS refuses the profile: 'Subnet provided in Fargate Profile is not a private subnet'.",
    source="https://docs.aws.amazon.com/eks/latest/userguide/fargate-profile.html",
    severity=Severity.ERROR,
    check=_check,
    types=(_PROFILE,),
)
