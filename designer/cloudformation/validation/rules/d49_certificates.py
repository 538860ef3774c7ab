"""D49: encrypted listeners have a certificate, others have none."""

from __future__ import annotations

from collections.abc import Iterator

from designer.cloudformation.validation.messages import Severity
from designer.cloudformation.validation.rules.rule import Fault, Rule
from designer.cloudformation.validation.stack import Stack
from designer.cloudformation.validation.values import text_of
from designer.cloudformation.validation.views.balancers import LISTENER


def _check(stack: Stack) -> Iterator[Fault]:
    for listener in stack.of(LISTENER):
        protocol = text_of(listener.get("Protocol"))
        if protocol in ("HTTPS", "TLS") and not listener.get("Certificates"):
            text = f"{listener.id} listens for {protocol} without a certificate"
            yield Fault(listener.path("Certificates"), text, "Name a certificate of AWS Certificate Manager.")
        elif protocol in ("HTTP", "TCP", "UDP", "TCP_UDP"):
            for name in ("Certificates", "SslPolicy"):
                if listener.get(name):
                    text = f"{listener.id} listens for {protocol}, which takes no {name}"
                    yield Fault(listener.path(name), text, f"Take {name} out, or listen for HTTPS or TLS.")


RULE = Rule(
    id="D49",
    title="Encrypted listeners have a certificate",
    why="The service refuses the listener: 'A certificate must be specified for HTTPS listeners'.",
    source="https://docs.aws.amazon.com/elasticloadbalancing/latest/application/create-https-listener.html",
    severity=Severity.ERROR,
    check=_check,
    types=(LISTENER,),
    others=("E3676", "F3676"),
)
