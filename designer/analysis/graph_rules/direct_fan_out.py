"""SNS-03: a topic that hands messages to several functions directly."""

from __future__ import annotations

from collections.abc import Iterator

from designer.analysis.findings import Finding
from designer.analysis.graph_rules.context import Context
from designer.language import tr

FEWEST = 2


def find(context: Context) -> Iterator[Finding]:
    """One finding for each topic."""
    for key, wires in sorted(context.wiring.outgoing.items()):
        direct = [wire for wire in wires if wire.relation.id == "delivers" and wire.target.kind.id == "lambda"]
        targets = tuple(dict.fromkeys(wire.target.id for wire in direct))
        if len(targets) >= FEWEST:
            message = tr(
                "{name} runs {names} directly, with no queue in between.",
                name=context.name(key),
                names=context.names(targets),
            )
            connections = tuple(wire.id for wire in direct)
            yield context.rule("SNS-03").finding(message, components=(key, *targets), connections=connections)
