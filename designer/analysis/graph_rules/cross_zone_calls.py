"""CPL-13: a call between components that share no zone."""

from __future__ import annotations

from collections.abc import Iterator

from designer.analysis.findings import Finding
from designer.analysis.graph_rules.context import Context
from designer.catalog.entries import Strength, Style
from designer.language import tr


def find(context: Context) -> Iterator[Finding]:
    """One finding for each wire that is waited for and needed."""
    for wire in context.resolution.wires():
        ends = wire.source, wire.target
        if wire.style is not Style.SYNC or wire.strength is not Strength.HARD or not all(end.zones for end in ends):
            continue
        if set(wire.source.zones).isdisjoint(wire.target.zones):
            places = [tr("{name} stands in zone {names}", name=end.name, names=", ".join(end.zones)) for end in ends]
            message = tr(
                "{places}, and {other_place}: the loss of either stops this call.",
                places=places[0],
                other_place=places[1],
            )
            yield context.rule("CPL-13").finding(
                message, components=(wire.source.id, wire.target.id), connections=(wire.id,)
            )
