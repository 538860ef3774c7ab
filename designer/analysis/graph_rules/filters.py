"""SNS-04 and LAM-15: filters that SNS and Lambda refuse."""

from __future__ import annotations

from collections.abc import Iterator

from designer.analysis.filter_policies import event_filter_problem, filter_problem
from designer.analysis.findings import Finding
from designer.analysis.graph_rules.context import Context
from designer.catalog.resolve import ResolvedWire
from designer.language import tr


def find(context: Context) -> Iterator[Finding]:
    """One finding for each subscription and each trigger."""
    for wire in context.resolution.wires():
        text = wire.values.get("filter")
        found = _problem(wire, str(text)) if text else None
        if found is not None:
            rule, problem = found
            message = tr(
                "The filter of {name} for {other} {problem}.",
                name=wire.source.name,
                other=wire.target.name,
                problem=problem,
            )
            ends = (wire.source.id, wire.target.id)
            yield context.rule(rule).finding(message, connections=(wire.id,), components=ends, property="filter")


def _problem(wire: ResolvedWire, text: str) -> tuple[str, str] | None:
    """The rule that is broken, and how."""
    if wire.relation.id == "delivers":
        rule, problem = "SNS-04", filter_problem(text)
    elif wire.relation.id == "triggers":
        rule, problem = "LAM-15", event_filter_problem(text, of_queue=wire.source.kind.id == "sqs")
    else:
        return None
    return None if problem is None else (rule, problem)
