"""An Auto Scaling group in the place of a stand-alone instance, behind a load balancer where it is called."""

from __future__ import annotations

from designer.analysis.fixes.draft import Draft
from designer.analysis.fixes.structures.balancing import callers_of, load_balancer_for
from designer.analysis.fixes.zones import spread
from designer.catalog.check import check_value
from designer.model.entities import Component

_NOT_KEPT = {"stateful"}
"""Data stays behind with the instance: those of a group come and go."""
ZONES = 2


def wrap_in_group(draft: Draft, key: str) -> None:
    """Turns an instance into a group with its id, name, place, software and wires.

    Callers by address are led through a new load balancer, since instances of a group have no lasting address.
    """
    instance = draft.architecture.components[key]
    incoming = callers_of(draft, key)
    declared = draft.catalog.kinds["asg"].properties
    kept = {
        name: value
        for name, value in instance.properties.items()
        if name in declared and name not in _NOT_KEPT and check_value(declared[name], value) is None
    }
    group = instance.with_(kind="asg", properties=kept)
    draft.put(group)
    spread(draft, key, ZONES)
    if incoming:
        _change_places(draft, load_balancer_for(draft, (draft.architecture.components[key],), incoming), key)


def _change_places(draft: Draft, balancer: Component, key: str) -> None:
    """Puts the load balancer where the callers' wires lead to, and the group beside it."""
    group = draft.architecture.components[key]
    if balancer.boundary == group.boundary:
        draft.put(group.with_(x=balancer.x, y=balancer.y))
        draft.put(balancer.with_(x=group.x, y=group.y))
