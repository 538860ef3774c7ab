"""D53: a load balancer has one listener a port, and a listener one rule a priority."""

from __future__ import annotations

from collections.abc import Iterator

from designer.cloudformation.validation.messages import Severity
from designer.cloudformation.validation.rules.rule import Fault, Rule
from designer.cloudformation.validation.stack import Stack
from designer.cloudformation.validation.values import number_of, same
from designer.cloudformation.validation.views.balancers import LISTENER, LISTENER_RULE

_PLACES = ((LISTENER, "LoadBalancerArn", "Port"), (LISTENER_RULE, "ListenerArn", "Priority"))


def _check(stack: Stack) -> Iterator[Fault]:
    for kind, owner, name in _PLACES:
        numbered = [r for r in stack.of(kind) if number_of(r.get(name)) is not None and r.get(owner) is not None]
        for first, second in stack.pairs(numbered):
            number = number_of(second.get(name))
            if number_of(first.get(name)) == number and same(first.get(owner), second.get(owner)):
                if (
                    kind == LISTENER
                    and first.get("Protocol") != second.get("Protocol")
                    and "QUIC" in str(second.get("Protocol"))
                ):
                    continue
                text = f"{second.id} has the {name.lower()} {number:g}, and so has {first.id}"
                yield Fault(second.path(name), text, f"Give each a {name.lower()} of its own.")


RULE = Rule(
    id="D53",
    title="Listener ports and rule priorities are unique",
    why="The service refuses the second one: 'A listener already exists on this port', 'Priority is currently in use'.",
    source="https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-listeners.html",
    severity=Severity.ERROR,
    check=_check,
    types=(LISTENER, LISTENER_RULE),
)
