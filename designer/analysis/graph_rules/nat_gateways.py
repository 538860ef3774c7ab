"""NET-01: one NAT gateway for the private subnets of several zones."""

from __future__ import annotations

from collections.abc import Iterator

from designer.analysis.dependency import What
from designer.analysis.findings import Finding
from designer.analysis.graph_rules.context import Context
from designer.analysis.networks import SINGLE, sends_outward
from designer.language import tr


def find(context: Context) -> Iterator[Finding]:
    """One finding for each VPC, unless SPOF-01 proves of the gateway that a flow stops with it."""
    proved = {hit.origin.vpc for flow in context.studies.flows for hit in flow.hits if hit.origin.what is What.GATEWAY}
    for network in context.networks.values():
        if network.nat != SINGLE or network.id in proved:
            continue
        members = [context.resolution.component(key) for key in network.members]
        outward = [member for member in members if sends_outward(member)]
        zones = sorted({zone for member in outward for zone in member.zones})
        if len(zones) > 1:
            message = tr(
                "{name} has one NAT gateway, in zone {zones}, for zones {names}.",
                name=network.name,
                zones=network.zones[0],
                names=", ".join(zones),
            )
            yield context.rule("NET-01").finding(
                message,
                components=tuple(member.id for member in outward),
                boundaries=() if network.boundary is None else (network.boundary,),
                property="nat",
            )
