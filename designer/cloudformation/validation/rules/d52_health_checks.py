"""D52: the health check of a target group fits its protocol and has time to answer."""

from __future__ import annotations

from collections.abc import Iterator

from designer.cloudformation.validation.messages import Severity
from designer.cloudformation.validation.rules.rule import Fault, Rule
from designer.cloudformation.validation.stack import Resource, Stack
from designer.cloudformation.validation.values import number_of, text_of
from designer.cloudformation.validation.views.balancers import TARGET_GROUP

_HTTP = ("HTTP", "HTTPS")


def _check(stack: Stack) -> Iterator[Fault]:
    for group in stack.of(TARGET_GROUP):
        interval = number_of(group.get("HealthCheckIntervalSeconds"))
        timeout = number_of(group.get("HealthCheckTimeoutSeconds"))
        if interval is not None and timeout is not None and timeout >= interval:
            text = f"the health check of {group.id} waits {timeout:g} s for an answer, but asks every {interval:g} s"
            yield Fault(group.path("HealthCheckTimeoutSeconds"), text, "Make the timeout shorter than the interval.")
        yield from _protocol(group)


def _protocol(group: Resource) -> Iterator[Fault]:
    spoken, checked = text_of(group.get("Protocol")), text_of(group.get("HealthCheckProtocol"))
    if spoken in _HTTP and group.has("HealthCheckProtocol") and checked is not None and checked not in _HTTP:
        text = f"{group.id} speaks {spoken}; its health check cannot be {checked}"
        yield Fault(group.path("HealthCheckProtocol"), text, "Use HTTP or HTTPS.")
    if not group.has("HealthCheckProtocol"):
        checked = "TCP" if spoken in ("TCP", "TLS", "UDP", "TCP_UDP") else None
    if checked == "TCP":
        for name in ("HealthCheckPath", "Matcher"):
            if group.get(name) is not None:
                text = f"the health check of {group.id} is a TCP connection, which has no {name}"
                yield Fault(group.path(name), text, f"Take {name} out, or set HealthCheckProtocol: HTTP.")


RULE = Rule(
    id="D52",
    title="Health checks fit their target group",
    why="The service refuses the target group: 'Health check interval must be greater than the timeout', 'Health check "
    "matcher HTTP code cannot be set for TCP'.",
    source="https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health-checks.html",
    severity=Severity.ERROR,
    check=_check,
    types=(TARGET_GROUP,),
)
