"""QTA-01 to QTA-03: what the whole drawing takes of an account's default quotas."""

from __future__ import annotations

from collections.abc import Iterator

from designer.analysis.findings import Finding
from designer.analysis.graph_rules.context import Context
from designer.analysis.networks import NONE, SINGLE, Network, sends_outward
from designer.language import tr


def find(context: Context) -> Iterator[Finding]:
    """At most one finding for each quota."""
    yield from _reserved_runs(context)
    yield from _addresses(context)
    yield from _networks(context)


def _reserved_runs(context: Context) -> Iterator[Finding]:
    rule = context.rule("QTA-01")
    functions = [one for one in context.resolution.components() if one.values.get("reserved_concurrency")]
    total = sum(one.values["reserved_concurrency"] for one in functions)
    most = rule.figure("runs") - rule.figure("unreserved")
    if total > most:
        message = tr(
            "{names} reserve {total} runs at once, of {most:g} at most.",
            names=context.names(one.id for one in functions),
            total=total,
            most=most,
        )
        components = tuple(one.id for one in functions)
        yield rule.finding(message, components=components, property="reserved_concurrency")


def _addresses(context: Context) -> Iterator[Finding]:
    rule = context.rule("QTA-02")
    counts = {key: _gateways(context, network) for key, network in context.networks.items()}
    total = sum(counts.values())
    if total > rule.figure("addresses"):
        message = tr("The NAT gateways take {total} Elastic IP addresses.", total=total)
        boundaries = tuple(key for key, count in counts.items() if count and context.networks[key].boundary)
        yield rule.finding(message, boundaries=boundaries, property="nat")


def _gateways(context: Context, network: Network) -> int:
    """How many NAT gateways the template makes for a VPC."""
    programs = [context.resolution.component(key) for key in network.members]
    if network.nat == NONE or not any(sends_outward(resolved) for resolved in programs):
        return 0
    return 1 if network.nat == SINGLE else len(network.zones)


def _networks(context: Context) -> Iterator[Finding]:
    rule = context.rule("QTA-03")
    drawn = tuple(key for key, network in context.networks.items() if network.boundary)
    # The default VPC that every account has in a Region counts too.
    if len(context.networks) + 1 > rule.figure("vpcs"):
        yield rule.finding(
            tr("The drawing makes {count} VPCs, beside the default one.", count=len(context.networks)), boundaries=drawn
        )
