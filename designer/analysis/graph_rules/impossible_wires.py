"""CPL-15: wires that AWS cannot make, or over which nothing gets."""

from __future__ import annotations

from collections.abc import Iterator

from designer.analysis.findings import Finding
from designer.analysis.graph_rules.context import Context
from designer.catalog.resolve import ResolvedWire
from designer.language import tr


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
        verbs = tr(" or ").join(tr(relation.title).lower() for relation in allowed)
        return tr(
            "{name} cannot have {other} as what it {verb}.",
            name=wire.source.name,
            other=wire.target.name,
            verb=tr(wire.relation.verb),
        ), tr("Use {verbs}.", verbs=verbs)
    refusal = catalog.refusal(*pair)
    instead = catalog.kinds[refusal.instead].title if refusal.instead is not None else None
    fix = tr("Put this in between: {instead}.", instead=tr(instead)) if instead is not None else None
    return tr(
        "{name} to {other}: {reason}", name=wire.source.name, other=wire.target.name, reason=tr(refusal.reason)
    ), fix


def _between_networks(context: Context, wire: ResolvedWire) -> tuple[str | None, str | None]:
    """Whether a connection would have to cross from one VPC into another."""
    source, target = wire.source, wire.target
    apart = None not in (source.vpc, target.vpc) and source.vpc != target.vpc
    public = target.values.get("scheme") == "internet-facing" and wire.relation.id != "routes"
    if not apart or public or "listens" not in target.kind.traits:
        return None, None
    names = [context.networks[vpc].name for vpc in (source.vpc, target.vpc) if vpc is not None]
    reason = tr(
        "{name} is in {names} and {other} in {others}: this needs VPC peering.",
        name=source.name,
        names=names[0],
        other=target.name,
        others=names[1],
    )
    return (
        reason,
        tr("Draw both in one VPC, or put a queue, a topic or a public load balancer in between."),
    )
