"""Who is behind a target group, with its network mode and its security groups."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from designer.cloudformation.validation.messages import Path
from designer.cloudformation.validation.stack import Resource, Stack
from designer.cloudformation.validation.values import Value, number_of, possible_items
from designer.cloudformation.validation.views.balancers import TARGET_GROUP, Balancers
from designer.cloudformation.validation.views.firewall import Port

SERVICE, ASG = "AWS::ECS::Service", "AWS::AutoScaling::AutoScalingGroup"


@dataclass(frozen=True, slots=True)
class Member:
    """A service or an Auto Scaling group that puts its tasks or instances into a target group, at `path`.

    `groups` are the security groups of these, `port` is where they are reached; each `None` where it is not known.
    """

    holder: Resource
    target_group: Resource
    path: Path
    groups: Value
    port: Port | None


class Members:
    """All members of the target groups of a stack."""

    def __init__(self, stack: Stack) -> None:
        self.stack = stack
        self.all = [*self._services(), *self._scaling_groups()]

    def _services(self) -> Iterator[Member]:
        for service in self.stack.of(SERVICE):
            network = service.get("NetworkConfiguration", "AwsvpcConfiguration")
            for index, item in enumerate(possible_items(service.get("LoadBalancers"))):
                value = item.get("TargetGroupArn") if isinstance(item, dict) else None
                number = number_of(item.get("ContainerPort")) if isinstance(item, dict) else None
                for group in self.stack.targets(value, TARGET_GROUP):
                    groups = network.get("SecurityGroups") if isinstance(network, dict) else None
                    port = Port(int(number)) if number is not None and isinstance(network, dict) else None
                    yield Member(service, group, service.path("LoadBalancers", index, "TargetGroupArn"), groups, port)

    def _scaling_groups(self) -> Iterator[Member]:
        balancers = self.stack.view(Balancers)
        for holder in self.stack.of(ASG):
            for group in balancers.target_groups(holder.get("TargetGroupARNs")):
                number = number_of(group.get("Port"))
                port = None if number is None else Port(int(number))
                yield Member(holder, group, holder.path("TargetGroupARNs"), launch_groups(self.stack, holder), port)


def launch_groups(stack: Stack, holder: Resource) -> Value:
    """The security groups that an Auto Scaling group's instances start with; `None` where they are not known."""
    configuration = stack.target(holder.get("LaunchConfigurationName"), "AWS::AutoScaling::LaunchConfiguration")
    if configuration is not None:
        return configuration.get("SecurityGroups")
    template = launch_template(stack, holder)
    if template is None:
        return None
    interfaces = template.get("LaunchTemplateData", "NetworkInterfaces")
    for interface in possible_items(interfaces):
        return interface.get("Groups") if isinstance(interface, dict) else None
    return template.get("LaunchTemplateData", "SecurityGroupIds")


def launch_template(stack: Stack, holder: Resource) -> Resource | None:
    """The launch template of an Auto Scaling group, if it is of this stack."""
    for specification in (
        holder.get("LaunchTemplate"),
        holder.get("MixedInstancesPolicy", "LaunchTemplate", "LaunchTemplateSpecification"),
    ):
        if isinstance(specification, dict):
            return stack.target(specification.get("LaunchTemplateId"), "AWS::EC2::LaunchTemplate")
    return None
