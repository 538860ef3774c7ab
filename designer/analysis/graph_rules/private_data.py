"""CPL-16: a service that reaches into the data of another group."""

from __future__ import annotations

from collections.abc import Iterator

from designer.analysis.coupling import group_of, is_private_access
from designer.analysis.findings import Finding
from designer.analysis.graph_rules.context import Context
from designer.language import tr


def find(context: Context) -> Iterator[Finding]:
    """One finding for each store, unless several owners write it: that is CPL-03."""
    for store, wires in sorted(context.wiring.incoming.items()):
        reaching = [wire for wire in wires if is_private_access(context.resolution, wire)]
        if not reaching or store in context.shared_stores:
            continue
        home = context.resolution.architecture.boundaries[group_of(context.resolution, store) or ""].name
        sources = tuple(dict.fromkeys(wire.source.id for wire in reaching))
        uses = "uses" if len(sources) == 1 else "use"
        message = tr(
            '{names} {uses} {name}, which belongs to "{home}".',
            names=context.names(sources),
            uses=uses,
            name=context.name(store),
            home=home,
        )
        connections = tuple(wire.id for wire in reaching)
        yield context.rule("CPL-16").finding(
            message, components=(store, *sources), connections=connections, witness=(store, *connections)
        )
