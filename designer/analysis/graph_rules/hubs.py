"""CPL-04: a service that stands out by both its callers and those it calls."""

from __future__ import annotations

from collections.abc import Iterator

from designer.analysis.findings import Finding
from designer.analysis.graph_rules.context import Context
from designer.language import tr


def find(context: Context) -> Iterator[Finding]:
    """One finding for each hub of the graph of services."""
    figures = context.graph.metrics
    for hub in figures.hubs:
        message = tr(
            "{ais} services depend on {name}, and it depends on {ads}.",
            ais=figures.ais[hub],
            name=context.name(hub),
            ads=figures.ads[hub],
        )
        yield context.rule("CPL-04").finding(message, components=(hub,), witness=(hub,))
