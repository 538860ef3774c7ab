"""ELB-02, ELB-03 and ELB-09: the zones of a load balancer and the zones of what it routes to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from designer.analysis.findings import Finding, Severity
from designer.analysis.graph_rules.context import Context
from designer.analysis.wording import listed
from designer.catalog.resolve import Resolved
from designer.language import tr


def find(context: Context) -> Iterator[Finding]:
    """For each load balancer its zones without targets, and the targets outside its zones."""
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
            shown = ", ".join(tr("{count} in zone {zone}", count=count, zone=zone) for zone, count in counts.items())
            message = tr(
                "{name} keeps to the targets of each zone, and there are {shown}.", name=balancer.name, shown=shown
            )
            yield context.rule("ELB-02").finding(message, components=keys, property="cross_zone")
            return
    if empty and len(balancer.zones) > 1:
        message = tr(
            "{name} is enabled in zone {names}, where it has no target.", name=balancer.name, names=", ".join(empty)
        )
        yield context.rule("ELB-03").finding(message, components=keys)
    yield from _out_of_reach(context, balancer, targets)


def _out_of_reach(context: Context, balancer: Resolved, targets: list[Resolved]) -> Iterator[Finding]:
    """Targets in zones in which the load balancer is not enabled: registered, and never asked. Functions have no zone
    for it."""
    placed = [target for target in targets if target.kind.id != "lambda"]
    zones = sorted({zone for target in placed for zone in target.zones} - {*balancer.zones})
    outside = [target for target in placed if not {*target.zones} <= {*balancer.zones}]
    if not outside:
        return
    rule, names = context.rule("ELB-09"), listed([target.name for target in outside])
    where = tr("zone {zones}", zones=zones[0]) if len(zones) == 1 else tr("zones {zones}", zones=listed(zones))
    served = any(len({*target.zones} & {*balancer.zones}) > 1 for target in placed)
    yield rule.finding(
        tr(
            "{name} is not enabled in {where}: what runs there of {names} gets no requests.",
            name=balancer.name,
            where=where,
            names=names,
        ),
        severity=Severity.MEDIUM if served else rule.severity,
        fix=tr(
            "Enable {name} in {where} as well, or run {names} in its zones only.",
            name=balancer.name,
            where=where,
            names=names,
        ),
        components=(balancer.id, *(target.id for target in outside)),
    )


def _targets_by_zone(context: Context, balancer: Resolved, targets: list[Resolved]) -> dict[str, int]:
    """How many replicas of the targets each zone of the load balancer has."""
    counts: Counter[str] = Counter()
    for target in targets:
        for replica in context.studies.parts.anatomies[target.id].replicas:
            counts.update({event.removeprefix("zone:") for event in replica if event.startswith("zone:")})
    return {zone: counts[zone] for zone in balancer.zones}
