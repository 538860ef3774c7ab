"""The coupling section: wires, services, and who calls whom."""

from __future__ import annotations

from designer.analysis.coupling import ServiceGraph, service_graph
from designer.analysis.findings import CouplingResult
from designer.analysis.wiring import Wiring
from designer.catalog.resolve import Resolution
from designer.report.content import Calls, CouplingSection, ServiceRow, WireRow
from designer.report.names import Names

MOST_CALLS = 24
"""A table of who calls whom has so many columns at most."""


def coupling_section(resolution: Resolution, found: CouplingResult, names: Names) -> CouplingSection:
    """The coupling of a drawing, the tightest wires and the most needed components first."""
    graph = service_graph(Wiring(resolution))
    wires = sorted(found.wires.items(), key=lambda item: (-item[1].tightness, item[0]))
    services = sorted(found.services.items(), key=lambda item: (-item[1].blast_radius, -item[1].incoming, item[0]))
    return CouplingSection(
        wires=tuple(_wire(resolution, key, found, names) for key, _ in wires),
        services=tuple(
            ServiceRow(
                id=key,
                name=names.of(key),
                incoming=one.incoming,
                outgoing=one.outgoing,
                instability=one.instability,
                blast_radius=one.blast_radius,
            )
            for key, one in services
        ),
        calls=_calls(graph, names),
        density=found.density,
        average=found.average,
        mutual_pairs=found.mutual_pairs,
        sync_ratio=found.sync_ratio,
        sync_depth=found.sync_depth,
        cycles=tuple(tuple(names.of(key) for key in cycle) for cycle in found.cycles),
    )


def _wire(resolution: Resolution, key: str, found: CouplingResult, names: Names) -> WireRow:
    wire, class_ = resolution.wire(key), found.wires[key]
    return WireRow(
        id=key,
        source=names.of(wire.source.id),
        target=names.of(wire.target.id),
        verb=wire.verb,
        style=str(class_.style),
        strength=str(class_.strength),
        tightness=class_.tightness,
        word=class_.word,
        reasons=class_.reasons,
        judged=class_.judged,
    )


def _calls(graph: ServiceGraph, names: Names) -> Calls | None:
    """The table, without services that call nobody and are called by nobody."""
    ends = {end for consumer, provider, _ in graph.paths for end in (consumer, provider)}
    keys = [key for key in graph.nodes if key in ends]
    if len(keys) > MOST_CALLS:
        return None
    rows = tuple(tuple(_call(graph, consumer, provider) for provider in keys) for consumer in keys)
    return Calls(services=tuple(names.of(key) for key in keys), rows=rows)


def _call(graph: ServiceGraph, consumer: str, provider: str) -> str:
    if graph.is_synchronous(consumer, provider):
        return "sync"
    return "async" if (consumer, provider, False) in graph.paths else ""
