"""Times that have to go with one another: who waits has to outlast what it waits for."""

from __future__ import annotations

from designer.analysis.fixes.draft import Draft, Refused
from designer.catalog.resolve import ResolvedWire

_MARGIN = 5
"""Seconds that a caller waits longer than what it calls may take."""
_RUNS = 6
"""A message stays hidden for so many timeouts of its function (Lambda Developer Guide: using Lambda with SQS)."""
_QUICKEST = {"health_interval": 5, "unhealthy_after": 2}
"""The shortest time between two health checks, and the fewest that have to fail (ELB: target group health checks)."""
_WAITING = {"elb": "idle_timeout", "lambda": "timeout"}


def outlast_target(draft: Draft, key: str) -> None:
    """Lets a caller wait longer than any function that it calls may take."""
    wire = draft.resolution.wire(key)
    caller = wire.source
    name = _WAITING.get(caller.kind.id)
    if name is None or "timeout" not in wire.target.values:
        raise Refused("how long the caller waits, or what it waits for takes, is not known")
    waiting = [wire, *filter(_waits, _wires_out(draft, caller.id))]
    longest = max(one.target.values["timeout"] for one in waiting)
    value = max(caller.values[name], longest + _MARGIN)
    draft.set_properties(caller.component, caller.kind.properties, {name: value})


def hide_long_enough(draft: Draft, key: str) -> None:
    """Hides messages for six runs of every function that the queue triggers, and the time that batches take to fill."""
    queue = draft.resolution.wire(key).source
    wires = [wire for wire in _wires_out(draft, queue.id) if wire.relation.id == "triggers"]
    if "visibility_timeout" not in queue.values or not wires:
        raise Refused("no queue triggers a function here")
    needed = [_RUNS * wire.target.values["timeout"] + wire.values["batch_window"] for wire in wires]
    value = max([queue.values["visibility_timeout"], *needed])
    draft.set_properties(queue.component, queue.kind.properties, {"visibility_timeout": value})


def check_more_often(draft: Draft, key: str) -> None:
    """Lets a load balancer notice a failed target as soon as it can, on all wires that stand in for one another."""
    wire = draft.resolution.wire(key)
    if wire.relation.id != "routes":
        raise Refused("nothing checks the health of the target")
    for one in _wires_out(draft, wire.source.id):
        if one.relation.id == "routes" and one.group == wire.group:
            draft.set_properties(one.connection, one.relation.properties, _QUICKEST)


def _waits(wire: ResolvedWire) -> bool:
    return wire.target.kind.id == "lambda" and wire.style == "sync"


def _wires_out(draft: Draft, component: str) -> list[ResolvedWire]:
    return [draft.resolution.wire(wire.id) for wire in draft.architecture.outgoing(component)]
