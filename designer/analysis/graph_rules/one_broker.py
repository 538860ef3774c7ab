"""CPL-18: one broker that everything meets at."""

from __future__ import annotations

from collections.abc import Iterator

from designer.analysis.findings import Finding
from designer.analysis.graph_rules.context import Context
from designer.catalog.entries import Role
from designer.language import tr


def find(context: Context) -> Iterator[Finding]:
    """One finding for each broker with many senders and many receivers, where there is no other for them."""
    rule = context.rule("CPL-18")
    fewest = rule.figure("ends")
    for resolved in context.resolution.components():
        if resolved.kind.role is not Role.BROKER:
            continue
        senders = tuple(dict.fromkeys(wire.source.id for wire in context.wiring.incoming[resolved.id]))
        receivers = tuple(dict.fromkeys(wire.target.id for wire in context.wiring.outgoing[resolved.id]))
        if min(len(senders), len(receivers)) >= fewest:
            message = tr(
                "{count} senders and {total} receivers meet at {name}.",
                count=len(senders),
                total=len(receivers),
                name=resolved.name,
            )
            yield rule.finding(message, components=(resolved.id,), witness=(resolved.id, *senders, *receivers))
