"""Circles of references among programs, and the wires whose values must take another way because of them."""

from __future__ import annotations

from designer.analysis.scc import strongly_connected
from designer.catalog.resolve import Resolution, ResolvedWire


def indirect_wires(resolution: Resolution) -> frozenset[str]:
    """The wires whose environment variables would close a circle of references.

    A function that knows another's name refers to it; two that call each other would each have to exist first.
    Only wires between programs can do so: what else is called refers to nobody.
    """
    wires = [wire for wire in resolution.wires() if _refers(wire)]
    ends = sorted({end for wire in wires for end in (wire.source.id, wire.target.id)})
    numbers = {key: number for number, key in enumerate(ends)}
    successors: list[list[int]] = [[] for _ in numbers]
    for wire in wires:
        successors[numbers[wire.source.id]].append(numbers[wire.target.id])
    circle = {member: place for place, members in enumerate(strongly_connected(successors)) for member in members}
    return frozenset(w.id for w in wires if circle[numbers[w.source.id]] == circle[numbers[w.target.id]])


def _refers(wire: ResolvedWire) -> bool:
    """Whether the source's own resource refers to the target's, both being programs."""
    programs = "principal" in wire.source.kind.traits and "principal" in wire.target.kind.traits
    return programs and bool(wire.relation.environment) and not wire.target.kind.traits.get("discovery")
