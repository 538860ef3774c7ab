"""D48: listeners and target groups speak a protocol that their load balancer has."""

from __future__ import annotations

from collections.abc import Iterator

from designer.cloudformation.validation.messages import Severity
from designer.cloudformation.validation.rules.rule import Fault, Rule
from designer.cloudformation.validation.stack import Resource, Stack
from designer.cloudformation.validation.values import references, text_of
from designer.cloudformation.validation.views.balancers import BALANCER, LISTENER, TARGET_GROUP, Balancers

_OF_LISTENERS = {
    "application": {"HTTP", "HTTPS"},
    "network": {"TCP", "TLS", "UDP", "TCP_UDP", "QUIC", "TCP_QUIC"},
}
_BEHIND = {
    "HTTP": {"HTTP", "HTTPS"},
    "HTTPS": {"HTTP", "HTTPS"},
    "TCP": {"TCP", "TLS"},
    "TLS": {"TCP", "TLS"},
    "UDP": {"UDP", "TCP_UDP"},
    "TCP_UDP": {"TCP_UDP"},
}


def _check(stack: Stack) -> Iterator[Fault]:
    balancers = stack.view(Balancers)
    for listener in stack.of(LISTENER):
        protocol, balancer = text_of(listener.get("Protocol")), balancers.balancer(listener)
        kind = None if balancer is None else balancers.kind(balancer)
        if protocol is None:
            continue
        if kind in _OF_LISTENERS and protocol not in _OF_LISTENERS[kind]:
            text = f"{listener.id} listens for {protocol}, which a load balancer of type {kind} does not"
            yield Fault(listener.path("Protocol"), text, f"It listens for {', '.join(sorted(_OF_LISTENERS[kind]))}.")
        else:
            yield from _groups(stack, listener, protocol)


def _groups(stack: Stack, listener: Resource, protocol: str) -> Iterator[Fault]:
    """The target groups behind a listener that do not speak what it passes on."""
    rules = [
        rule
        for rule in stack.of("AWS::ElasticLoadBalancingV2::ListenerRule")
        if stack.target(rule.get("ListenerArn")) is listener
    ]
    actions = [listener.get("DefaultActions"), *(rule.get("Actions") for rule in rules)]
    for name in dict.fromkeys(reference.resource for reference in references(actions)):
        group = stack.resources.get(name)
        spoken = text_of(group.get("Protocol")) if group is not None and group.type == TARGET_GROUP else None
        if group is None or spoken is None or text_of(group.get("TargetType")) in ("alb", "lambda"):
            continue
        if protocol in _BEHIND and spoken not in _BEHIND[protocol]:
            text = f"{group.id} speaks {spoken}, but {listener.id} forwards {protocol} to it"
            yield Fault(
                group.path("Protocol"), text, f"Behind {protocol} there can be {', '.join(sorted(_BEHIND[protocol]))}."
            )


RULE = Rule(
    id="D48",
    title="Listeners and target groups speak fitting protocols",
    why="The service refuses the listener: 'Protocol is not supported', 'InvalidConfigurationRequest'.",
    source="https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-listeners.html",
    severity=Severity.ERROR,
    check=_check,
    types=(LISTENER, BALANCER),
)
