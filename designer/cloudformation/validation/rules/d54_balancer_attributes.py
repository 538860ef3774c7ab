"""D54: a load balancer has only attributes of its type."""

from __future__ import annotations

from collections.abc import Iterator

from designer.cloudformation.validation.messages import Severity
from designer.cloudformation.validation.rules.rule import Fault, Rule
from designer.cloudformation.validation.stack import Stack
from designer.cloudformation.validation.values import possible_items, text_of
from designer.cloudformation.validation.views.balancers import BALANCER, Balancers

_OWN = {
    "application": (
        "idle_timeout.",
        "client_keep_alive.",
        "connection_logs.",
        "health_check_logs.",
        "routing.",
        "waf.",
    ),
    "network": ("dns_record.", "secondary_ips."),
}


def _check(stack: Stack) -> Iterator[Fault]:
    balancers = stack.view(Balancers)
    for balancer in stack.of(BALANCER):
        kind = balancers.kind(balancer)
        for index, item in enumerate(possible_items(balancer.get("LoadBalancerAttributes"))):
            key = (text_of(item.get("Key")) if isinstance(item, dict) else None) or ""
            owner = next((name for name, starts in _OWN.items() if key.startswith(starts)), kind)
            if kind in _OWN and owner != kind:
                text = f"{key} is an attribute of load balancers of type {owner}; {balancer.id} is of type {kind}"
                yield Fault(balancer.path("LoadBalancerAttributes", index, "Key"), text, "Take the attribute out.")


RULE = Rule(
    id="D54",
    title="Load balancers have attributes of their type",
    why="The service refuses it: 'Load balancer attribute key is not supported on load balancers with type'.",
    source="https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_LoadBalancerAttribute.html",
    severity=Severity.ERROR,
    check=_check,
    types=(BALANCER,),
)
