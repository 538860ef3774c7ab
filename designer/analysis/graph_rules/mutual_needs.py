"""CPL-06: two services that need each other, at least one of them waiting."""

from __future__ import annotations

from collections.abc import Iterator

from designer.analysis.findings import Finding
from designer.analysis.graph_rules.context import Context
from designer.language import tr


def find(context: Context) -> Iterator[Finding]:
    """One finding for each pair that is not part of a circle of waiting, which CPL-02 reports."""
    graph = context.graph
    waiting = [set(members) for members in graph.metrics.sync_cycles]
    for one, other, sync in sorted(graph.paths):
        back = (other, one, False) in graph.paths or (other, one, True) in graph.paths
        if not sync or one == other or not back or any({one, other} <= members for members in waiting):
            continue
        there, again = graph.wires(one, other), graph.wires(other, one)
        wires = tuple(key for key in (*there, *again) if key in context.resolution.architecture.connections)
        first, second = context.name(one), context.name(other)
        message = tr("{first} waits for {second}, and {second} sends to {first}.", first=first, second=second)
        witness = (one, *there, other, *again, one)
        yield context.rule("CPL-06").finding(message, components=(one, other), connections=wires, witness=witness)
