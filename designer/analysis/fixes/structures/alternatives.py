"""Wires that stand in for one another by a person's judgement, made to say the same."""

from __future__ import annotations

from designer.analysis.fixes.draft import Draft, Refused


def agree_on_alternatives(draft: Draft, key: str) -> None:
    """Gives all wires of a group the largest number that one of them needs, as far as there are targets, and one need.

    Where they differ in need, all get what is usual for them. Raises `Refused` for a wire of no group.
    """
    wire = draft.resolution.wire(key)
    name = wire.values.get("alternatives")
    if not name:
        raise Refused("the wire has no alternatives")
    wires = [draft.resolution.wire(one.id) for one in draft.architecture.outgoing(wire.source.id)]
    group = [one for one in wires if one.values.get("alternatives") == name]
    targets = {one.target.id for one in group}
    needed = min(max(int(one.values["alternatives_needed"]) for one in group), len(targets))
    differing = len({one.strength for one in group}) > 1
    for one in group:
        values = {"alternatives_needed": needed, **({"strength": None} if differing else {})}
        draft.set_properties(one.connection, one.relation.properties, values)
