"""Load balancers: who forwards to which target group, and who is in it."""

from __future__ import annotations

from functools import cached_property

from designer.cloudformation.validation.stack import Resource, Stack
from designer.cloudformation.validation.values import Value, possible_items, references, text_of

BALANCER = "AWS::ElasticLoadBalancingV2::LoadBalancer"
LISTENER = "AWS::ElasticLoadBalancingV2::Listener"
LISTENER_RULE = "AWS::ElasticLoadBalancingV2::ListenerRule"
TARGET_GROUP = "AWS::ElasticLoadBalancingV2::TargetGroup"
CLASSIC = "AWS::ElasticLoadBalancing::LoadBalancer"


def faces_internet(balancer: Resource) -> bool:
    """Whether a load balancer is known to face the internet; it does unless it says otherwise."""
    return not balancer.has("Scheme") or text_of(balancer.get("Scheme")) == "internet-facing"


def subnets_property(balancer: Resource) -> str:
    """The name of the property in which a load balancer has its subnets."""
    return "SubnetMappings" if balancer.has("SubnetMappings") else "Subnets"


def subnets_of(balancer: Resource) -> Value:
    """The subnets of a load balancer, however they are written."""
    value = balancer.get(subnets_property(balancer))
    if not balancer.has("SubnetMappings") or not isinstance(value, list):
        return value
    return [item.get("SubnetId") if isinstance(item, dict) else item for item in value]


class Balancers:
    """The load balancers of a stack with their listeners and target groups."""

    def __init__(self, stack: Stack) -> None:
        self.stack = stack

    def kind(self, balancer: Resource) -> str | None:
        """`application`, `network` or `gateway`; `None` where that is not known."""
        return "application" if not balancer.has("Type") else text_of(balancer.get("Type"))

    @cached_property
    def _forwarders(self) -> dict[str, list[Resource]]:
        found: dict[str, list[Resource]] = {}
        for forwarder in self.stack.of(LISTENER, LISTENER_RULE):
            actions = [forwarder.get("DefaultActions"), forwarder.get("Actions")]
            for group in {reference.resource for reference in references(actions)}:
                found.setdefault(group, []).append(forwarder)
        return found

    def forwarders(self, group: Resource) -> list[Resource]:
        """The listeners and rules that forward to a target group."""
        return self._forwarders.get(group.id, [])

    def listener(self, forwarder: Resource) -> Resource | None:
        """The listener that a forwarder is, or is a rule of."""
        return forwarder if forwarder.type == LISTENER else self.stack.target(forwarder.get("ListenerArn"), LISTENER)

    def balancer(self, forwarder: Resource) -> Resource | None:
        """The load balancer of a listener or rule."""
        listener = self.listener(forwarder)
        return None if listener is None else self.stack.target(listener.get("LoadBalancerArn"), BALANCER)

    def balancers(self, group: Resource) -> list[Resource]:
        """The load balancers that forward to a target group."""
        found = {b.id: b for f in self.forwarders(group) if (b := self.balancer(f)) is not None}
        return list(found.values())

    def is_seen_elsewhere(self, resource: Resource) -> bool:
        """Whether other stacks can use the resource: an output gives it away."""
        return any(link.section == "Outputs" for link in self.stack.links_to.get(resource.id, ()))

    def target_groups(self, value: Value) -> list[Resource]:
        """The target groups of this stack in a list."""
        return [g for item in possible_items(value) if (g := self.stack.target(item, TARGET_GROUP)) is not None]
