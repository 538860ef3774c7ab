"""CPL-08: services that are one program in many places."""

from __future__ import annotations

from collections.abc import Iterator

from designer.analysis.findings import Finding
from designer.analysis.graph_rules.context import Context
from designer.analysis.wording import percent
from designer.language import tr


def find(context: Context) -> Iterator[Finding]:
    """At most one finding: by density and waiting, or by a circle that holds most services."""
    rule = context.rule("CPL-08")
    figures, nodes = context.graph.metrics, context.graph.nodes
    if len(nodes) < rule.figure("services"):
        return
    largest = max(figures.sync_cycles, key=len, default=())
    if len(largest) > len(nodes) / 2:
        message = tr(
            "{count} of {total} services wait for one another in circles.", count=len(largest), total=len(nodes)
        )
        yield rule.finding(message, components=largest)
    elif figures.sync_ratio >= rule.figure("waiting") and figures.scf > rule.figure("dense"):
        message = tr(
            "Of all pairs that {count} services can make, {joined} depend on one another, and "
            "{waiting} of these dependencies wait.",
            count=len(nodes),
            joined=percent(figures.scf),
            waiting=percent(figures.sync_ratio),
        )
        yield rule.finding(message, components=nodes)
