"""CPL-08: services that are one program in many places."""

from __future__ import annotations

from collections.abc import Iterator

from designer.analysis.findings import Finding
from designer.analysis.graph_rules.context import Context
from designer.analysis.wording import percent

FEWEST_SERVICES = 5
WAITING = 0.7
DENSE = 0.3


def find(context: Context) -> Iterator[Finding]:
    """At most one finding: by density and waiting, or by a circle that holds most services."""
    figures, nodes = context.graph.metrics, context.graph.nodes
    if len(nodes) < FEWEST_SERVICES:
        return
    largest = max(figures.sync_cycles, key=len, default=())
    if len(largest) > len(nodes) / 2:
        message = f"{len(largest)} of {len(nodes)} services wait for one another in circles."
        yield context.rule("CPL-08").finding(message, components=largest)
    elif figures.sync_ratio >= WAITING and figures.scf > DENSE:
        message = (
            f"Of all pairs that {len(nodes)} services can make, {percent(figures.scf)} depend on one another, and "
            f"{percent(figures.sync_ratio)} of these dependencies wait."
        )
        yield context.rule("CPL-08").finding(message, components=nodes)
