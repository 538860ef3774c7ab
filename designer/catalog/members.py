"""Where the copies of a component stand: in which zone each of its replicas and hosts is, and what they are called."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from designer.catalog.entries import Scope
from designer.catalog.resolve import Resolved
from designer.language import tr
from designer.records import record


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


@record
class Member:
    """What a component has in one zone: so many (`None` where it is not counted) of what the word says.

    `here` is whether it has anything there; without a word there is nothing to be said of the zone.
    """

    word: str = ""
    count: int | None = None
    here: bool = True


def members(resolved: Resolved) -> Mapping[str, Member]:
    """What a component has in each of its zones: "2 instances", "standby", no "tasks"."""
    placement = resolved.kind.placement
    counts = Counter(zone for zone in replica_zones(resolved) if zone is not None)
    if not placement.members:
        return dict.fromkeys(resolved.zones, Member())
    one, many = placement.members
    if not placement.roles:
        told = {zone: counts[zone] for zone in resolved.zones}
        return {zone: Member(one if count == 1 else many, count, bool(count)) for zone, count in told.items()}
    first = next((zone for zone in resolved.zones if counts[zone]), None)
    return {zone: Member(one if zone == first else many) if counts[zone] else Member() for zone in resolved.zones}


def in_words(member: Member) -> str:
    """ "2 instances", "standby", "no tasks"; empty where nothing is said."""
    word = tr(member.word) if member.word else ""
    if word and member.count is not None:
        word = f"{member.count} {word}" if member.here else tr("no {things}", things=word)
    return word
