"""Circles of references among resources: which wires close them."""

from __future__ import annotations

from collections.abc import Sequence

from designer.analysis.scc import strongly_connected
from designer.catalog.resolve import Resolution, ResolvedWire


def indirect_wires(resolution: Resolution) -> frozenset[str]:
    """The wires whose environment variables would close a circle of references, so that they take another way.

    A function that knows another's name refers to it; two that call each other would each have to exist first.
    Only wires between programs can do so: what else is called refers to nobody.
    """
    return frozenset(wire.id for wire in _in_circles([wire for wire in resolution.wires() if _tells_name(wire)]))


def failure_circles(resolution: Resolution) -> list[ResolvedWire]:
    """The wires by which dead letters would go round: queues that name each other as their dead-letter queue."""
    wires = [wire for wire in resolution.wires() if wire.relation.id == "fails-to" and wire.source.kind.id == "sqs"]
    return _in_circles(wires)


def _tells_name(wire: ResolvedWire) -> bool:
    """Whether the source's own resource refers to the target's, both being programs."""
    programs = "principal" in wire.source.kind.traits and "principal" in wire.target.kind.traits
    return programs and bool(wire.relation.environment) and not wire.target.kind.traits.get("discovery")


def _in_circles(wires: Sequence[ResolvedWire]) -> list[ResolvedWire]:
    """The wires both of whose ends can be reached from each other."""
    ends = sorted({end for wire in wires for end in (wire.source.id, wire.target.id)})
    numbers = {key: number for number, key in enumerate(ends)}
    successors: list[list[int]] = [[] for _ in ends]
    for wire in wires:
        successors[numbers[wire.source.id]].append(numbers[wire.target.id])
    circle = {member: place for place, members in enumerate(strongly_connected(successors)) for member in members}
    return [wire for wire in wires if circle[numbers[wire.source.id]] == circle[numbers[wire.target.id]]]
