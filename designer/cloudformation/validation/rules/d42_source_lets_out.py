"""D42: a port that one security group opens to another is one that the other may call."""

from __future__ import annotations

from collections.abc import Iterator

from designer.cloudformation.validation.messages import Severity
from designer.cloudformation.validation.rules.rule import Fault, Rule
from designer.cloudformation.validation.stack import Stack
from designer.cloudformation.validation.values import possible_items
from designer.cloudformation.validation.views.firewall import GROUP, INGRESS, Firewall


def _check(stack: Stack) -> Iterator[Fault]:
    firewall = stack.view(Firewall)
    for target in stack.of(GROUP):
        for opening in firewall.openings(target, INGRESS):
            port = opening.port()
            for source in (stack.target(peer, GROUP) for value in opening.peers for peer in possible_items(value)):
                if source is None or port is None or firewall.could_leave(source, target, port):
                    continue
                text = f"{target.id} lets {source.id} in on {port}, but {source.id} lets no such connection out"
                yield Fault(opening.path, text, f"Add an egress rule for {port} to {source.id}.")


RULE = Rule(
    id="D42",
    title="Who is let in may also call",
    why="The stack is made, but the connection times out; services behind a load balancer never become healthy.",
    source="https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html",
    severity=Severity.WARNING,
    check=_check,
    types=(GROUP,),
)
