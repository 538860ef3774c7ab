"""CPL-08: services that are one program in many places."""

from __future__ import annotations

from collections.abc import Iterator

from designer.analysis.findings import Finding
from designer.analysis.graph_rules.context import Context
from designer.analysis.wording import percent


def find(context: Context) -> Iterator[Finding]:
    """At most one finding: by density and waiting, or by a circle that holds most services."""
    rule = context.rule("CPL-08")
    figures, nodes = context.graph.metrics, context.graph.nodes
    if len(nodes) < rule.figure("services"):
        return
    largest = max(figures.sync_cycles, key=len, default=())
    if len(largest) > len(nodes) / 2:
        message = f"{len(largest)} of {len(nodes)} services wait for one another in circles."
        yield rule.finding(message, components=largest)
    elif figures.sync_ratio >= rule.figure("waiting") and figures.scf > rule.figure("dense"):
        message = (
            f"Of all pairs that {len(nodes)} services can make, {percent(figures.scf)} depend on one another, and "
            f"{percent(figures.sync_ratio)} of these dependencies wait."
        )
        yield rule.finding(message, components=nodes)
