"""Why a component fails, in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from designer.analysis.dependency import Parts, What
from designer.analysis.known_facts import figure_key
from designer.analysis.system import Level
from designer.analysis.wording import counted, listed
from designer.catalog.resolve import Resolution, Resolved
from designer.language import later, tr


class Words:
    """Names and phrases for one drawing."""

    def __init__(self, resolution: Resolution, parts: Parts) -> None:
        self.resolution, self.parts = resolution, parts

    def name(self, component: str) -> str:
        """A component's name, or its id where it has none."""
        return self.resolution.architecture.components[component].name.strip() or component

    def names(self, components: Iterable[str]) -> str:
        """The names of components as a sentence has them."""
        return listed([self.name(component) for component in components])

    def own_event(self, component: str, event: str) -> str:
        """Why an event of its own stops a component."""
        origin = self.parts.origins.get(event)
        if origin is None:
            return tr("it fails as a whole")
        if event == figure_key(component) and origin.what is not What.SERVICE:
            return tr("its own failure")
        match origin.what:
            case What.REGION:
                return tr("the Region is down")
            case What.NOTHING_RUNS:
                return tr("none of its {noun} runs", noun=self.noun(component))
            case What.CROWD | What.REPLICA:
                return tr("too few of its {noun} are up", noun=tr(_noun(self.resolution.component(component))))
            case What.SERVICE if self.parts.events[event].level is not Level.resource:
                return tr("{label} is down", label=self.parts.events[event].label)
            case _:
                return tr("its own failure")

    def below(self, component: str, events: Iterable[str]) -> str:
        """What took replicas of a component down: "zone a is down"."""
        found = list(dict.fromkeys(self._below(component, event) for event in events))
        return tr("{names} is down" if len(found) == 1 else "{names} are down", names=listed(found))

    def _below(self, component: str, event: str) -> str:
        origin, label = self.parts.origins[event], self.parts.events[event].label
        match origin.what:
            case What.ZONE:
                return tr("zone {zone}", zone=origin.zone)
            case What.GATEWAY:
                return tr("the NAT gateway in zone {zone}", zone=origin.zone)
            case What.HOST if origin.of > 1:
                return label.rpartition(", ")[2]
            case What.HOST:
                return tr("its host")
            case What.REPLICA if origin.of > 1:
                return f"{self.noun(component, 1)} {int(event.rpartition(':')[2]) + 1}"
            case _:
                return tr("its {noun}", noun=self.noun(component, 1))

    def noun(self, component: str, count: int = 2) -> str:
        """What the replicas of a component are: instances, tasks, zones."""
        words = _noun(self.resolution.component(component))
        if self.in_units(component):
            hosts = any(self._is_host(event) for unit in self.parts.anatomies[component].replicas for event in unit)
            words = later("hosts") if hosts else later("zones")
        return tr(words if count != 1 else words.removesuffix("s"))

    def in_units(self, component: str) -> bool:
        """Whether the replicas are so many that the model holds the zones or hosts that carry them instead."""
        return f"crowd:{component}" in self.parts.events

    def _is_host(self, event: str) -> bool:
        return self.parts.origins[event].what is What.HOST


def _noun(resolved: Resolved) -> str:
    """The unit of the property that counts the replicas; a component that has one in each zone is in zones."""
    replicas = resolved.kind.failure.replicas or ""
    prop = resolved.kind.properties.get(replicas)
    if prop is not None and prop.unit.endswith("s"):
        return prop.unit
    return later("zones") if "len(zones)" in replicas else later("replicas" if "replicas" in replicas else "instances")


DURATIONS: Mapping[str, int] = {"day": 86_400, "hour": 3_600, "minute": 60, "second": 1}


def time(seconds: int) -> str:
    """A retention in words: "4 days", "90 minutes", the largest unit that divides it."""
    for unit, length in DURATIONS.items():
        if seconds % length == 0 and seconds >= length:
            count = seconds // length
            return counted(count, unit)
    return counted(0, "second")
