"""D43: a port that a security group may call on another is one that the other opens."""

from __future__ import annotations

from collections.abc import Iterator

from designer.cloudformation.validation.messages import Severity
from designer.cloudformation.validation.rules.rule import Fault, Rule
from designer.cloudformation.validation.stack import Stack
from designer.cloudformation.validation.values import possible_items
from designer.cloudformation.validation.views.firewall import EGRESS, GROUP, Firewall


def _check(stack: Stack) -> Iterator[Fault]:
    firewall = stack.view(Firewall)
    for source in stack.of(GROUP):
        for opening in firewall.openings(source, EGRESS):
            port = opening.port()
            for target in (stack.target(peer, GROUP) for value in opening.peers for peer in possible_items(value)):
                if target is None or port is None or firewall.could_enter(target, source, port):
                    continue
                text = f"{source.id} may call {target.id} on {port}, but {target.id} lets no such connection in"
                yield Fault(opening.path, text, f"Add an ingress rule for {port} from {source.id} to {target.id}.")


RULE = Rule(
    id="D43",
    title="Who may be called also lets in",
    why="The stack is made, but the connection times out.",
    source="https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html",
    severity=Severity.WARNING,
    check=_check,
    types=(GROUP,),
)
