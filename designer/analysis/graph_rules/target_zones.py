"""ELB-02 and ELB-03: the zones of a load balancer and the zones of what it routes to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from designer.analysis.findings import Finding
from designer.analysis.graph_rules.context import Context
from designer.catalog.resolve import Resolved


def find(context: Context) -> Iterator[Finding]:
    """At most one finding for each load balancer."""
    for resolved in context.resolution.components():
        if resolved.kind.id != "elb":
            continue
        wires = [wire for wire in context.wiring.outgoing[resolved.id] if wire.target.zones and wire.target.vpc]
        targets = list({wire.target.id: wire.target for wire in wires}.values())
        if targets:
            yield from _findings(context, resolved, targets)


def _findings(context: Context, balancer: Resolved, targets: list[Resolved]) -> Iterator[Finding]:
    keys = (balancer.id, *(target.id for target in targets))
    covered = {zone for target in targets for zone in target.zones}
    empty = [zone for zone in balancer.zones if zone not in covered]
    alone = balancer.values["type"] == "network" and not balancer.values["cross_zone"]
    if alone and len(balancer.zones) > 1:
        counts = _targets_by_zone(context, balancer, targets)
        if len(set(counts.values())) > 1:
            shown = ", ".join(f"{count} in zone {zone}" for zone, count in counts.items())
            message = f"{balancer.name} keeps to the targets of each zone, and there are {shown}."
            yield context.rule("ELB-02").finding(message, components=keys, property="cross_zone")
            return
    if empty and len(balancer.zones) > 1:
        message = f"{balancer.name} is enabled in zone {', '.join(empty)}, where it has no target."
        yield context.rule("ELB-03").finding(message, components=keys)


def _targets_by_zone(context: Context, balancer: Resolved, targets: list[Resolved]) -> dict[str, int]:
    """How many replicas of the targets each zone of the load balancer has."""
    counts: Counter[str] = Counter()
    for target in targets:
        for replica in context.studies.parts.anatomies[target.id].replicas:
            counts.update({event.removeprefix("zone:") for event in replica if event.startswith("zone:")})
    return {zone: counts[zone] for zone in balancer.zones}
