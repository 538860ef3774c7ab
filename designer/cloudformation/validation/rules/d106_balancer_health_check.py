"""D106: an Auto Scaling group that trusts a load balancer's health check is behind one."""

from __future__ import annotations

from collections.abc import Iterator

from designer.cloudformation.validation.messages import Severity
from designer.cloudformation.validation.rules.rule import Fault, Rule
from designer.cloudformation.validation.stack import Resource, Stack
from designer.cloudformation.validation.values import references, text_of
from designer.cloudformation.validation.views.members import ASG

_BEHIND = ("TargetGroupARNs", "LoadBalancerNames", "TrafficSources")


def _check(stack: Stack) -> Iterator[Fault]:
    for group in stack.of(ASG):
        kinds = (text_of(group.get("HealthCheckType")) or "").split(",")
        if "ELB" in kinds and not any(group.get(name) for name in _BEHIND) and not _is_served(stack, group):
            text = f"{group.id} has the health check of a load balancer, but is behind none"
            yield Fault(group.path("HealthCheckType"), text, "Name its TargetGroupARNs, or set HealthCheckType: EC2.")


def _is_served(stack: Stack, group: Resource) -> bool:
    """Whether something else registers the group's instances: ECS, or an attachment of its own."""
    others = stack.of("AWS::ECS::CapacityProvider", "AWS::CodeDeploy::DeploymentGroup", "AWS::VpcLattice::TargetGroup")
    return any(reference.resource == group.id for other in others for reference in references(other.properties))


RULE = Rule(
    id="D106",
    title="Health checks of a load balancer have a load balancer",
    why="The check never says anything: instances that answer nobody are kept.",
    source="https://docs.aws.amazon.com/autoscaling/ec2/userguide/health-checks-overview.html",
    severity=Severity.WARNING,
    check=_check,
    types=(ASG,),
)
