"""LAM-06: functions that nobody waits for may take the runs of those that people wait for."""

from __future__ import annotations

from collections.abc import Iterator

from designer.analysis.findings import Finding
from designer.analysis.graph_rules.context import Context
from designer.catalog.entries import Style
from designer.catalog.resolve import Resolved
from designer.language import tr

_LIMITED = "triggers"


def find(context: Context) -> Iterator[Finding]:
    """One finding for each such function. A queue limits the runs it starts, and a stream starts one for each shard;
    topics and events do not."""
    functions = [resolved for resolved in context.resolution.components() if resolved.kind.id == "lambda"]
    awaited = [resolved for resolved in functions if _is_awaited(context, resolved)]
    exposed = [resolved for resolved in awaited if resolved.values["reserved_concurrency"] is None]
    if not exposed:
        return
    for resolved in functions:
        wires = context.wiring.incoming[resolved.id]
        free = [wire for wire in wires if wire.style is Style.ASYNC and wire.relation.id != _LIMITED]
        if free and resolved not in awaited and resolved.values["reserved_concurrency"] is None:
            message = tr(
                "A burst of events for {name} may leave no runs for {other}.",
                name=resolved.name,
                other=exposed[0].name,
            )
            connections = tuple(wire.id for wire in free)
            yield context.rule("LAM-06").finding(
                message, components=(resolved.id,), connections=connections, property="reserved_concurrency"
            )


def _is_awaited(context: Context, resolved: Resolved) -> bool:
    wires = context.wiring.incoming[resolved.id]
    return resolved.id in context.studies.accepted and any(wire.style is Style.SYNC for wire in wires)
