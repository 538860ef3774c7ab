"""CPL-15: wires that AWS cannot make, or over which nothing gets."""

from __future__ import annotations

from collections.abc import Iterator

from designer.analysis.findings import Finding
from designer.analysis.graph_rules.context import Context
from designer.catalog.resolve import ResolvedWire


def find(context: Context) -> Iterator[Finding]:
    """One finding for each wire."""
    for wire in context.resolution.wires():
        reason, fix = _refused(context, wire)
        if reason is None:
            reason, fix = _between_networks(context, wire)
        if reason is not None:
            ends = (wire.source.id, wire.target.id)
            yield context.rule("CPL-15").finding(reason, fix=fix, connections=(wire.id,), components=ends)


def _refused(context: Context, wire: ResolvedWire) -> tuple[str | None, str | None]:
    """Whether the catalog has no such wire, and why."""
    pair = (wire.source.kind.id, wire.target.kind.id)
    if pair in wire.relation.pairs:
        return None, None
    catalog = context.resolution.catalog
    allowed = catalog.relations_between(*pair)
    if allowed:
        verbs = " or ".join(relation.title.lower() for relation in allowed)
        return f"{wire.source.name} cannot have {wire.target.name} as what it {wire.relation.verb}.", f"Use {verbs}."
    refusal = catalog.refusal(*pair)
    instead = catalog.kinds[refusal.instead].title if refusal.instead is not None else None
    fix = f"Put this in between: {instead}." if instead is not None else None
    return f"{wire.source.name} to {wire.target.name}: {refusal.reason}", fix


def _between_networks(context: Context, wire: ResolvedWire) -> tuple[str | None, str | None]:
    """Whether a connection would have to cross from one VPC into another."""
    source, target = wire.source, wire.target
    apart = None not in (source.vpc, target.vpc) and source.vpc != target.vpc
    public = target.values.get("scheme") == "internet-facing" and wire.relation.id != "routes"
    if not apart or public or "listens" not in target.kind.traits:
        return None, None
    names = [context.networks[vpc].name for vpc in (source.vpc, target.vpc) if vpc is not None]
    reason = f"{source.name} is in {names[0]} and {target.name} in {names[1]}: this needs VPC peering."
    return (
        reason,
        "Draw both in one VPC, or put a queue, a topic or a public load balancer in between.",
    )
