"""SNS-04: filter policies that SNS refuses."""

from __future__ import annotations

from collections.abc import Iterator

from designer.analysis.filter_policies import filter_problem
from designer.analysis.findings import Finding
from designer.analysis.graph_rules.context import Context


def find(context: Context) -> Iterator[Finding]:
    """One finding for each subscription."""
    for wire in context.resolution.wires():
        text = wire.values.get("filter") if wire.relation.id == "delivers" else None
        problem = filter_problem(text) if text else None
        if problem is not None:
            message = f"The filter of {wire.source.name} for {wire.target.name} {problem}."
            ends = (wire.source.id, wire.target.id)
            yield context.rule("SNS-04").finding(message, connections=(wire.id,), components=ends, property="filter")
