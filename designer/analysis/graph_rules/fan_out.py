"""CPL-09: a service that waits for many others in one flow."""

from __future__ import annotations

from collections.abc import Iterator

from designer.analysis.findings import Finding
from designer.analysis.graph_rules.context import Context
from designer.catalog.entries import Role, Strength, Style
from designer.language import tr


def find(context: Context) -> Iterator[Finding]:
    """One finding for each service that waits for more than five. A load balancer asks one target at a time."""
    rule = context.rule("CPL-09")
    for key, wires in sorted(context.wiring.outgoing.items()):
        if context.resolution.component(key).kind.role is not Role.COMPUTE or key not in context.studies.reached:
            continue
        waiting = [wire for wire in wires if wire.style is Style.SYNC and wire.strength is Strength.HARD]
        targets = tuple(dict.fromkeys(wire.target.id for wire in waiting))
        if len(targets) > rule.figure("most"):
            message = tr(
                "{name} waits for {count}: {names}.",
                name=context.name(key),
                count=len(targets),
                names=context.names(targets),
            )
            connections = tuple(wire.id for wire in waiting)
            yield rule.finding(
                message, components=(key,), connections=connections, witness=(key, *connections, *targets)
            )
