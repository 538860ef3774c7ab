"""LAM-13: functions, queues and topics in a circle that keeps itself going."""

from __future__ import annotations

from collections.abc import Iterator

from designer.analysis.findings import Finding
from designer.analysis.graph_rules.context import Context
from designer.analysis.scc import strongly_connected
from designer.catalog.entries import Style
from designer.language import tr

_LOOPING = ("lambda", "sqs", "sns")


def find(context: Context) -> Iterator[Finding]:
    """One finding for each set of functions, queues and topics that lead back to themselves asynchronously."""
    keys = [r.id for r in context.resolution.components() if r.kind.id in _LOOPING]
    number = {key: position for position, key in enumerate(keys)}
    successors = [
        [number[wire.target.id] for wire in context.wiring.outgoing[key] if wire.target.id in number] for key in keys
    ]
    for part in strongly_connected(successors):
        members = {keys[position] for position in part}
        wires = [wire for key in sorted(members) for wire in context.wiring.outgoing[key] if wire.target.id in members]
        # A circle of calls that are waited for ends with the first timeout, and CPL-02 speaks of it.
        if any(wire.style is Style.ASYNC for wire in wires):
            message = tr("Messages go round through {names}.", names=context.names(sorted(members)))
            connections = tuple(wire.id for wire in wires)
            components = tuple(sorted(members))
            yield context.rule("LAM-13").finding(
                message, components=components, connections=connections, witness=(*components, *connections)
            )
