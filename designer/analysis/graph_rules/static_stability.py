"""SPOF-07: what a zone leaves of a component is not nothing, and not enough."""

from __future__ import annotations

from collections.abc import Iterator

from designer.analysis.findings import Finding
from designer.analysis.graph_rules.context import Context
from designer.analysis.graph_rules.single_points import falls_short
from designer.language import tr


def find(context: Context) -> Iterator[Finding]:
    """One finding for each component, about the zone that takes most."""
    rule = context.rule("SPOF-07")
    for resolved in context.resolution.components():
        anatomy = context.studies.parts.anatomies[resolved.id]
        short = [zone for zone in resolved.zones if falls_short(context, resolved.id, zone)]
        if not short:
            continue
        zone = min(short, key=lambda zone: (_left(context, resolved.id, zone), zone))
        left, needed = _left(context, resolved.id, zone), anatomy.needed
        yield rule.finding(
            tr(
                "{name} needs {needed} of {count}, and zone {zone} leaves {left}.",
                name=resolved.name,
                needed=needed,
                count=len(anatomy.replicas),
                zone=zone,
                left=left,
            ),
            components=(resolved.id,),
            level="zone",
            property="needed" if "needed" in resolved.kind.properties else None,
        )


def _left(context: Context, component: str, zone: str) -> int:
    return sum(f"zone:{zone}" not in replica for replica in context.studies.parts.anatomies[component].replicas)
