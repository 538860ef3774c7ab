"""A load balancer in front of components, as fixes put it there."""

from __future__ import annotations

from designer.analysis.fixes.draft import Draft, Refused
from designer.analysis.fixes.structures.subnets import tier_with
from designer.analysis.fixes.zones import spread
from designer.model.entities import Component, Connection

REQUEST_RELATIONS = ("requests", "calls")
"""Wires that a load balancer can take the place of the target in."""
ZONES = 2
"""An Application Load Balancer needs as many (Elastic Load Balancing: Availability Zones)."""


def load_balancer_for(draft: Draft, targets: tuple[Component, ...], incoming: list[Connection]) -> Component:
    """A new load balancer that the incoming wires lead to, routing to the targets.

    It is public where people call it, and stands with its targets otherwise. Wires from the same caller become one.
    """
    architecture = draft.architecture
    callers = tuple(architecture.components[key] for key in dict.fromkeys(wire.source for wire in incoming))
    from_outside = any(wire.relation == "requests" for wire in incoming)
    home = targets[0].boundary
    boundary = tier_with(draft, targets[0].id, "public") if from_outside else home
    name = f"{targets[0].name} load balancer"
    made = draft.add("elb", name, (*callers, *targets), boundary=boundary)
    spread(draft, made.id, ZONES)
    for target in targets:
        draft.connect(made.id, target.id, "routes")
    led: set[tuple[str, str]] = set()
    for wire in incoming:
        if (wire.source, wire.relation) in led:
            draft.remove_wire(wire.id)
            continue
        led.add((wire.source, wire.relation))
        draft.connect(wire.source, made.id, wire.relation, wire.properties, key=wire.id)
    return draft.architecture.components[made.id]


def callers_of(draft: Draft, component: str) -> list[Connection]:
    """The wires by which people and programs call a component by its own address."""
    wires = [wire for wire in draft.architecture.incoming(component) if wire.relation in REQUEST_RELATIONS]
    if any(draft.architecture.components[wire.source].kind == "elb" for wire in wires):
        raise Refused("a load balancer calls it")
    return wires
