"""SQS-07: one queue, several kinds of consumer."""

from __future__ import annotations

from collections.abc import Iterator

from designer.analysis.findings import Finding
from designer.analysis.graph_rules.context import Context
from designer.analysis.wording import everyone
from designer.language import tr


def find(context: Context) -> Iterator[Finding]:
    """One finding for each queue that is read by two components or more."""
    for key, wires in sorted(context.wiring.outgoing.items()):
        if context.resolution.component(key).kind.id != "sqs":
            continue
        consumers = tuple(dict.fromkeys(wire.target.id for wire in wires))
        if len(consumers) > 1:
            message = tr(
                "{names} {all} take messages from {name}.",
                names=context.names(consumers),
                all=everyone(consumers),
                name=context.name(key),
            )
            connections = tuple(wire.id for wire in wires)
            yield context.rule("SQS-07").finding(message, components=(key, *consumers), connections=connections)
