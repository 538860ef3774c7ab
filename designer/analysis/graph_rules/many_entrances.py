"""CPL-17: people outside who have to know many services."""

from __future__ import annotations

from collections.abc import Iterator

from designer.analysis.findings import Finding
from designer.analysis.graph_rules.context import Context
from designer.catalog.entries import Role, Style
from designer.language import tr


def find(context: Context) -> Iterator[Finding]:
    """One finding for each sort of users."""
    rule = context.rule("CPL-17")
    for key, wires in sorted(context.wiring.outgoing.items()):
        if context.resolution.component(key).kind.role is not Role.ENTRY:
            continue
        asked = [wire for wire in wires if wire.style is Style.SYNC]
        targets = tuple(dict.fromkeys(wire.target.id for wire in asked))
        if len(targets) > rule.figure("most"):
            message = tr(
                "{name} have {count} addresses to ask: {names}.",
                name=context.name(key),
                count=len(targets),
                names=context.names(targets),
            )
            yield rule.finding(message, components=(key, *targets), connections=tuple(wire.id for wire in asked))
