"""ELB-04: a load balancer whose requests all end at one instance, task or pod."""

from __future__ import annotations

from collections.abc import Iterator

from designer.analysis.findings import Finding
from designer.analysis.graph_rules.context import Context
from designer.catalog.resolve import ResolvedWire
from designer.language import tr


def find(context: Context) -> Iterator[Finding]:
    """One finding for each rule of a load balancer that leads to a single target."""
    for key, wires in sorted(context.wiring.outgoing.items()):
        if context.resolution.component(key).kind.id != "elb":
            continue
        groups: dict[tuple[str, str] | None, dict[str, ResolvedWire]] = {}
        for wire in wires:
            groups.setdefault(wire.group, {})[wire.target.id] = wire
        for group in groups.values():
            if len(group) == 1:
                yield from _single(context, next(iter(group.values())))


def _single(context: Context, wire: ResolvedWire) -> Iterator[Finding]:
    # A function has as many runs as it needs, and no replicas of its own.
    replicas = context.studies.parts.anatomies[wire.target.id].replicas
    if len(replicas) == 1 and wire.target.kind.failure.replica_figures:
        message = tr(
            "{name} has {other} as its only target, which is there once.",
            name=wire.source.name,
            other=wire.target.name,
        )
        yield context.rule("ELB-04").finding(message, components=(wire.target.id,), connections=(wire.id,))
