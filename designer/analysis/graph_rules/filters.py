"""SNS-04: filter policies that are no JSON objects."""

from __future__ import annotations

import json
from collections.abc import Iterator

from designer.analysis.findings import Finding
from designer.analysis.graph_rules.context import Context


def find(context: Context) -> Iterator[Finding]:
    """One finding for each subscription."""
    for wire in context.resolution.wires():
        text = wire.values.get("filter") if wire.relation.id == "delivers" else None
        if text and not _is_object(text):
            message = f"The filter of {wire.source.name} for {wire.target.name} is no JSON object."
            ends = (wire.source.id, wire.target.id)
            yield context.rule("SNS-04").finding(message, connections=(wire.id,), components=ends, property="filter")


def _is_object(text: str) -> bool:
    try:
        return isinstance(json.loads(text), dict)
    except (ValueError, RecursionError):
        return False
