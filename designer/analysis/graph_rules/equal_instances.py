"""EC2-02: equal instances that a caller reaches one by one."""

from __future__ import annotations

from collections.abc import Iterator

from designer.analysis.findings import Finding
from designer.analysis.graph_rules.context import Context
from designer.language import tr


def find(context: Context) -> Iterator[Finding]:
    """One finding for each caller of two or more instances that are set up alike and use the same things."""
    for caller, wires in sorted(context.wiring.outgoing.items()):
        alike: dict[str, list[tuple[str, str]]] = {}
        for wire in wires:
            # Who drew the targets as alternatives has said that the caller changes over by itself.
            apart = wire.group is None and wire.relation.id in ("calls", "requests")
            if apart and wire.target.kind.id == "ec2":
                alike.setdefault(_likeness(context, wire.target.id), []).append((wire.target.id, wire.id))
        for group in alike.values():
            instances = tuple(dict.fromkeys(target for target, _ in group))
            if len(instances) > 1:
                message = tr(
                    "{name} reaches {names} one by one.", name=context.name(caller), names=context.names(instances)
                )
                connections = tuple(wire for _, wire in group)
                yield context.rule("EC2-02").finding(message, components=instances, connections=connections)


def _likeness(context: Context, instance: str) -> str:
    """The same text for instances with the same properties and the same targets."""
    properties = sorted((name, repr(value)) for name, value in context.resolution.component(instance).values.items())
    own = [(name, value) for name, value in properties if name not in ("name", "zones")]
    targets = sorted({(wire.relation.id, wire.target.id) for wire in context.wiring.outgoing[instance]})
    return repr((own, targets))
