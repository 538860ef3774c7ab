"""CPL-05: a service waits for one that changes for more reasons than itself."""

from __future__ import annotations

from collections.abc import Iterator

from designer.analysis.findings import Finding
from designer.analysis.graph_rules.context import Context
from designer.language import tr


def find(context: Context) -> Iterator[Finding]:
    """One finding for each synchronous dependency on something less stable; events do not pass instability on."""
    figures = context.graph.metrics
    for consumer, provider in figures.unstable_dependencies:
        if not context.graph.is_synchronous(consumer, provider):
            continue
        message = tr(
            "{ais} services rely on {name}, which waits for {other}; that one depends on {ads} others itself.",
            ais=figures.ais[consumer],
            name=context.name(consumer),
            other=context.name(provider),
            ads=figures.ads[provider],
        )
        way = context.graph.wires(consumer, provider)
        wires = tuple(key for key in way if key in context.resolution.architecture.connections)
        yield context.rule("CPL-05").finding(
            message, components=(consumer, provider), connections=wires, witness=(consumer, *way, provider)
        )
