"""ASG-10: more may come to run in subnets than they have addresses for."""

from __future__ import annotations

from collections.abc import Iterator

from designer.analysis.addresses import shortages
from designer.analysis.findings import Finding
from designer.analysis.graph_rules.context import Context
from designer.language import tr


def find(context: Context) -> Iterator[Finding]:
    """One finding for each component that its neighbours in the same subnets leave too little room."""
    for shortage in shortages(context.resolution, "most").values():
        name = context.name(shortage.component)
        message = tr(
            "{name} may come to take {wanted} addresses, and its subnets have room for {room}.",
            name=name,
            wanted=shortage.wanted,
            room=shortage.room,
        )
        yield context.rule("ASG-10").finding(message, components=(shortage.component,))
