"""SPOF-04: several replicas, or several alternatives, that all stand on one thing."""

from __future__ import annotations

from collections.abc import Iterator

from designer.analysis.findings import Finding
from designer.analysis.graph_rules.context import Context
from designer.analysis.system import Level
from designer.language import tr


def find(context: Context) -> Iterator[Finding]:
    """Replicas of one component first, then alternatives of one source."""
    parts = context.studies.parts
    rule = context.rule("SPOF-04")
    for key, anatomy in sorted(parts.anatomies.items()):
        if len(anatomy.replicas) > 1:
            shared = _first(context, [set(replica) for replica in anatomy.replicas])
            if shared is not None:
                message = tr(
                    "All {count} of {name} fail with {named}.",
                    count=len(anatomy.replicas),
                    name=context.name(key),
                    named=_named(context, shared),
                )
                yield rule.finding(message, components=(key,), level=parts.events[shared].level)
    for members, wires in _alternatives(context):
        shared = _first(context, [_stopping(context, member) for member in members])
        if shared is not None:
            message = tr(
                "{names} stand in for each other, and all fail with {named}.",
                names=context.names(members),
                named=_named(context, shared),
            )
            level = parts.events[shared].level
            yield rule.finding(message, components=members, connections=wires, level=level)


def _named(context: Context, event: str) -> str:
    label = context.studies.parts.events[event].label
    return f"{label[0].lower()}{label[1:]}" if label.startswith("Zone") else label


def _first(context: Context, sets: list[set[str]]) -> str | None:
    """The first event below the Region that is in all sets: a zone before a gateway before a host."""
    events = context.studies.parts.events
    order = [Level.zone, Level.resource, Level.instance]
    common = [event for event in set.intersection(*sets) if events[event].level in order]
    return min(common, key=lambda event: (order.index(events[event].level), event), default=None)


def _stopping(context: Context, component: str) -> set[str]:
    """The events that alone stop a component by itself."""
    anatomy = context.studies.parts.anatomies[component]
    tolerated = len(anatomy.replicas) - anatomy.needed
    events = {event for replica in anatomy.replicas for event in replica}
    return {event for event in events if sum(event in replica for replica in anatomy.replicas) > tolerated}


def _alternatives(context: Context) -> Iterator[tuple[tuple[str, ...], tuple[str, ...]]]:
    """The groups of alternatives of each source: their components and wires."""
    for _source, wires in sorted(context.wiring.outgoing.items()):
        groups: dict[tuple[str, str], list[tuple[str, str]]] = {}
        for wire in wires:
            if wire.group is not None:
                groups.setdefault(wire.group, []).append((wire.target.id, wire.id))
        for group in groups.values():
            members = tuple(dict.fromkeys(target for target, _ in group))
            if len(members) > 1:
                yield members, tuple(wire for _, wire in group)
