"""Wires that cannot be: another relation, something in between, or none."""

from __future__ import annotations

from designer.analysis.fixes.draft import Draft, Refused


def relate_rightly(draft: Draft, key: str) -> None:
    """Gives a wire the first relation that the catalog has between its ends."""
    wire = draft.architecture.connections[key]
    source, target = (draft.architecture.components[end] for end in (wire.source, wire.target))
    allowed = draft.catalog.relations_between(source.kind, target.kind)
    if not allowed or any(relation.id == wire.relation for relation in allowed):
        raise Refused("another relation does not help")
    draft.connect(source.id, target.id, allowed[0].id, wire.properties, key=key)


def lead_through(draft: Draft, key: str) -> None:
    """Puts what the catalog names in between, connected to both ends."""
    wire = draft.architecture.connections[key]
    source, target = (draft.architecture.components[end] for end in (wire.source, wire.target))
    if draft.catalog.relations_between(source.kind, target.kind):
        raise Refused("the ends can be connected directly")
    instead = draft.catalog.refusal(source.kind, target.kind).instead
    if instead is None:
        raise Refused("the catalog knows nothing that would connect them")
    first = draft.catalog.relations_between(source.kind, instead)
    second = draft.catalog.relations_between(instead, target.kind)
    if not first or not second:
        raise Refused("the catalog has no wires for that")
    kind = draft.catalog.kinds[instead]
    home = target.boundary if str(kind.placement.in_vpc) == "always" else None
    between = draft.add(instead, kind.name, (source, target), boundary=home)
    draft.connect(source.id, between.id, first[0].id, key=key)
    draft.connect(between.id, target.id, second[0].id)


def take_away_wire(draft: Draft, key: str) -> None:
    """Removes a wire that nothing can make."""
    draft.remove_wire(key)
