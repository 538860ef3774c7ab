"""A queue with its dead-letter queue between two components, so that the first does not wait for the second."""

from __future__ import annotations

from designer.analysis.fixes.draft import Draft, Refused
from designer.model.entities import Component, Connection

_FEEDING = ("triggers", "feeds")
_FILLING = ("sends", "delivers")
_REPLACED = ("calls", "invokes", "delivers")
"""Wires that hand work over, which a queue can do as well."""


def put_queue_between(draft: Draft, key: str) -> None:
    """Leads a wire into a new queue, from where its target takes the work.

    Behind a load balancer the target is what it routes to, if that is one thing only; a load balancer that nothing else
    calls goes. Raises `Refused` where source or target cannot use a queue.
    """
    wire = draft.architecture.connections[key]
    if wire.relation not in _REPLACED:
        raise Refused(f"a queue cannot do what {wire.relation!r} does")
    source = draft.architecture.components[wire.source]
    consumer = _consumer(draft, wire)
    if consumer.id == source.id:
        raise Refused("it would send work to itself")
    ordered = {"fifo": True} if draft.resolution.component(source.id).values.get("fifo") else {}
    home = common_group(draft, source, consumer)
    queue = draft.add("sqs", f"{consumer.name} queue", (source, consumer), boundary=home, properties=ordered)
    draft.connect(source.id, queue.id, relation_into(draft, source, queue), wire.properties, key=key)
    draft.connect(queue.id, consumer.id, relation_out(draft, queue, consumer))
    if wire.target != consumer.id:
        _drop_unused(draft, wire.target)


def relation_into(draft: Draft, source: Component, queue: Component) -> str:
    """By which relation a component fills a queue. Raises `Refused` where it cannot."""
    return _relation(draft, source, queue, _FILLING)


def relation_out(draft: Draft, queue: Component, consumer: Component) -> str:
    """By which relation a component takes from a queue. Raises `Refused` where it cannot."""
    return _relation(draft, queue, consumer, _FEEDING)


def common_group(draft: Draft, one: Component, other: Component) -> str | None:
    """The innermost drawn group around both, in which something outside of all networks may stand."""
    groups = [b.id for b in draft.architecture.boundaries_around(one.boundary)]
    for boundary in draft.architecture.boundaries_around(other.boundary):
        if boundary.id in groups and draft.resolution.vpc_of(boundary.id) is None and boundary.kind == "group":
            return boundary.id
    return None


def _relation(draft: Draft, source: Component, target: Component, wanted: tuple[str, ...]) -> str:
    for relation in draft.catalog.relations_between(source.kind, target.kind):
        if relation.id in wanted:
            return relation.id
    raise Refused(
        f"{draft.catalog.kinds[source.kind].title} and {draft.catalog.kinds[target.kind].title}: no such wire"
    )


def _consumer(draft: Draft, wire: Connection) -> Component:
    target = draft.architecture.components[wire.target]
    if target.kind != "elb":
        return target
    routed = {route.target for route in draft.architecture.outgoing(target.id)}
    if len(routed) != 1:
        raise Refused("the load balancer leads to several things")
    return draft.architecture.components[routed.pop()]


def _drop_unused(draft: Draft, balancer: str) -> None:
    if draft.architecture.incoming(balancer) or _enters(draft, balancer):
        return
    for wire in draft.architecture.wires_of(balancer):
        draft.remove_wire(wire.id)
    draft.remove_component(balancer)


def _enters(draft: Draft, component: str) -> bool:
    return any(flow.entry == component for flow in draft.architecture.flows.values())
