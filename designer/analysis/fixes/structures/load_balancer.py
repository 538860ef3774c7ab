"""A load balancer in front of equal instances whose caller holds the address of each, and targets in its zones."""

from __future__ import annotations

from designer.analysis.fixes.draft import Draft, Refused
from designer.analysis.fixes.structures.balancing import callers_of, load_balancer_for
from designer.model.entities import Component


def put_behind_load_balancer(draft: Draft, key: str) -> None:
    """Leads the callers of an instance and of its equals through one new load balancer."""
    instances = _equals(draft, draft.architecture.components[key])
    incoming = [wire for instance in instances for wire in callers_of(draft, instance.id)]
    if len(instances) < 2 or not incoming:
        raise Refused("there are no callers of several instances")
    load_balancer_for(draft, instances, incoming)


def spread_targets(draft: Draft, key: str) -> None:
    """Lets the targets of a load balancer stand in all of its zones, where they can."""
    zones = draft.resolution.component(key).zones
    for wire in draft.architecture.outgoing(key):
        target = draft.resolution.component(wire.target)
        if str(target.kind.placement.scope) == "zones" and set(zones) - set(target.zones):
            draft.put(target.component.with_(zones=tuple(sorted({*zones, *target.zones}))))


def _equals(draft: Draft, instance: Component) -> tuple[Component, ...]:
    """The instances that the same caller calls and that are set up the same."""
    callers = {wire.source for wire in draft.architecture.incoming(instance.id)}
    called = {wire.target for caller in callers for wire in draft.architecture.outgoing(caller)}
    others = (draft.architecture.components[key] for key in sorted(called | {instance.id}))
    return tuple(one for one in others if one.kind == instance.kind and one.properties == instance.properties)
