"""What can be made to fail, under the names by which it is asked for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from designer.analysis.dependency import REGION, Parts, What
from designer.analysis.networks import networks
from designer.analysis.system import Level
from designer.catalog.resolve import Resolution
from designer.errors import UserError
from designer.language import tr

COMPONENT = "component:"
ZONE = "zone:"
GATEWAY = "nat:"
MOST_LISTED = 30
"""An error lists so many names of each sort at most."""


class UnknownFailure(UserError):  # noqa: N818 - reads as what it states: nothing that can fail has this name
    """Nothing that can fail has this name; the hint lists what can."""


class Sort(StrEnum):
    """What sort of thing fails: by itself an `event` is one replica, host, gateway or service."""

    COMPONENT = "component"
    ZONE = "zone"
    REGION = "region"
    GATEWAY = "gateway"
    EVENT = "event"


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """Something that can be made to fail.

    `name` is how it is asked for, `label` how a person calls it, `events` are the events of the failure model that
    happen with it. `component` is the id of the component that fails as a whole, `zone` the letter of the zone.
    """

    name: str
    label: str
    events: tuple[str, ...]
    component: str | None = None
    zone: str | None = None

    @property
    def sort(self) -> Sort:
        """What sort of thing it is, which its name tells."""
        if self.component is not None:
            return Sort.COMPONENT
        if self.name == REGION:
            return Sort.REGION
        if self.zone is not None and self.name == ZONE + self.zone:
            return Sort.ZONE
        return Sort.GATEWAY if self.zone is not None and self.name == GATEWAY + self.zone else Sort.EVENT


def event_of(component: str) -> str:
    """The id of the event that a component fails as a whole."""
    return COMPONENT + component


def what_can_fail(resolution: Resolution, parts: Parts) -> list[Failure]:
    """Everything that can fail: components by id, zones, the Region, gateways, then single events."""
    return [
        *(_component(resolution, key) for key in sorted(resolution.architecture.components)),
        *(_zone(parts, zone) for zone in _zones(resolution, parts)),
        _region(resolution, parts),
        *(_gateways(parts, zone) for zone in _gateway_zones(resolution)),
        *(_event(resolution, parts, event) for event in _single_events(parts)),
    ]


def failure_named(name: str, resolution: Resolution, parts: Parts) -> Failure:
    """The failure of a name. Raises `UnknownFailure` with the names that there are."""
    if name == REGION:
        return _region(resolution, parts)
    key = name.removeprefix(COMPONENT)
    if key in resolution.architecture.components:
        return _component(resolution, key)
    zone = name.removeprefix(ZONE)
    if zone != name and zone in _zones(resolution, parts):
        return _zone(parts, zone)
    zone = name.removeprefix(GATEWAY)
    if zone != name and zone in _gateway_zones(resolution):
        return _gateways(parts, zone)
    if name in _single_events(parts):
        return _event(resolution, parts, name)
    raise UnknownFailure(tr("nothing that can fail is called {name!r}", name=name), hint=_there_are(resolution, parts))


def _component(resolution: Resolution, key: str) -> Failure:
    name = COMPONENT + key if key == REGION else key
    label = resolution.architecture.components[key].name or key
    return Failure(name=name, label=label, events=(event_of(key),), component=key)


def _zone(parts: Parts, zone: str) -> Failure:
    # A zone in which nothing stands has no event, and its loss does nothing.
    return Failure(name=ZONE + zone, label=tr("Zone {zone}", zone=zone), events=_known(parts, ZONE + zone), zone=zone)


def _region(resolution: Resolution, parts: Parts) -> Failure:
    label = tr("Region {region}", region=resolution.architecture.settings.region)
    return Failure(name=REGION, label=label, events=_known(parts, REGION))


def _gateways(parts: Parts, zone: str) -> Failure:
    events = [key for key, origin in parts.origins.items() if origin.what is What.GATEWAY and origin.zone == zone]
    word = tr("NAT gateways") if len(events) > 1 else tr("NAT gateway")
    return Failure(
        name=GATEWAY + zone,
        label=tr("{word} in zone {zone}", word=word, zone=zone),
        events=tuple(sorted(events)),
        zone=zone,
    )


def _event(resolution: Resolution, parts: Parts, event: str) -> Failure:
    zone = parts.origins[event].zone
    return Failure(name=event, label=event_label(resolution, parts, event), events=(event,), zone=zone)


def event_label(resolution: Resolution, parts: Parts, event: str) -> str:
    """What an event is called where it stands alone: "Inventory 1", "SQS in this Region, for Orders", "Zone a"."""
    found, origin = parts.events[event], parts.origins[event]
    label = found.label[:1].upper() + found.label[1:]
    if origin.what is What.SERVICE and origin.component is not None and found.level is not Level.resource:
        return tr("{label}, for {name}", label=label, name=resolution.architecture.components[origin.component].name)
    return label


def _known(parts: Parts, event: str) -> tuple[str, ...]:
    return (event,) if event in parts.events else ()


def _zones(resolution: Resolution, parts: Parts) -> list[str]:
    found = {*resolution.architecture.settings.zones}
    for network in networks(resolution).values():
        found.update(network.zones)
    found.update(origin.zone for origin in parts.origins.values() if origin.zone is not None)
    return sorted(found)


def _gateway_zones(resolution: Resolution) -> list[str]:
    """The zones that have a NAT gateway; one that nobody uses fails without effect."""
    found = {network.nat_zone(zone) for network in networks(resolution).values() for zone in network.zones}
    return sorted(zone for zone in found if zone is not None)


def _single_events(parts: Parts) -> list[str]:
    """The events that have no name of their own; what is down from the start cannot be made to fail."""
    named = (What.ZONE, What.REGION, What.NOTHING_RUNS)
    return sorted(event for event, origin in parts.origins.items() if origin.what not in named)


def _there_are(resolution: Resolution, parts: Parts) -> str:
    sorts: dict[Sort, list[str]] = {sort: [] for sort in Sort if sort is not Sort.REGION}
    for failure in what_can_fail(resolution, parts):
        if failure.sort in sorts:
            sorts[failure.sort].append(failure.name)
    return tr("there are ") + "; ".join(_sorts(sorts))


def _sorts(sorts: dict[Sort, list[str]]) -> Iterator[str]:
    for sort, names in sorts.items():
        if names:
            yield (
                f"{sort}s {_limited(names)}" if len(names) > 1 else tr("the {sort} {names}", sort=sort, names=names[0])
            )
        if sort is Sort.ZONE:
            yield REGION


def _limited(names: Iterable[str]) -> str:
    found = list(names)
    more = tr(" and {count} more", count=len(found) - MOST_LISTED) if len(found) > MOST_LISTED else ""
    return ", ".join(found[:MOST_LISTED]) + more
