"""Where the copies of a component stand: in which zone each of its replicas and hosts is, and what they are called."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from designer.catalog.entries import Scope
from designer.catalog.resolve import Resolved
from designer.language import tr


def replica_zones(resolved: Resolved) -> list[str | None]:
    """The zone of each replica, in their order; `None` for one that stands in no zone of the drawing.

    Replicas share hosts in turn where there are some, else they take the zones in turn.
    """
    failure = resolved.kind.failure
    count = int(resolved.work_out(failure.replicas)) if failure.replicas is not None else 0
    hosts = int(resolved.work_out(failure.hosts)) if failure.hosts is not None else 0
    places = host_zones(resolved, hosts) or resolved.zones or (None,)
    return [places[number % len(places)] for number in range(count)]


def host_zones(resolved: Resolved, count: int) -> tuple[str | None, ...]:
    """The zone of each of so many hosts. Where nothing spreads replicas, they fill one zone's hosts first."""
    placed = [zone_of(number, resolved.zones) for number in range(count)]
    spread = resolved.kind.traits.get("spread_over_zones")
    if spread is not None and not resolved.work_out(str(spread)):
        placed.sort(key=lambda zone: zone or "")
    return tuple(placed)


def zone_of(number: int, zones: tuple[str, ...]) -> str | None:
    """The zone of one of several things that take the zones in turn."""
    return zones[number % len(zones)] if zones else None


def in_one_zone(resolved: Resolved) -> bool:
    """Whether a component as it is now can only stand in one zone."""
    placement = resolved.kind.placement
    if placement.scope is Scope.ZONAL:
        return True
    return (
        placement.scope is Scope.ZONES
        and placement.zonal_when is not None
        and bool(resolved.work_out(placement.zonal_when))
    )


def is_band(resolved: Resolved) -> bool:
    """Whether a component reaches across zones, with members in each."""
    return resolved.kind.placement.scope is Scope.ZONES and not in_one_zone(resolved)


def minimum_zones(resolved: Resolved) -> int:
    """In how many zones a component has to stand at least."""
    return max(1, int(resolved.work_out(resolved.kind.placement.minimum_zones)))


def members(resolved: Resolved) -> Mapping[str, str]:
    """What a component has in each of its zones, in words: "2 instances", "standby", "no tasks"."""
    words = resolved.kind.placement.members
    counts = Counter(zone for zone in replica_zones(resolved) if zone is not None)
    if resolved.kind.placement.roles and words:
        first = next((zone for zone in resolved.zones if counts[zone]), None)
        return {zone: tr(words[0 if zone == first else 1]) if counts[zone] else "" for zone in resolved.zones}
    if not words:
        return dict.fromkeys(resolved.zones, "")
    one, many = words
    return {zone: _counted(counts[zone], one, many) for zone in resolved.zones}


def _counted(count: int, one: str, many: str) -> str:
    return f"{count} {tr(one if count == 1 else many)}" if count else tr("no {things}", things=tr(many))
