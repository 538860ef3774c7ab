"""What the conditions, values and titles of recipes may ask about a place: the names that rules know, and some more."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from designer.analysis.component_rules import Facts
from designer.analysis.networks import NONE, Network, networks
from designer.catalog.resolve import Resolution, Resolved

Functions = Mapping[str, Callable[..., Any]]
LETTERS = "abcdef"


def component_facts(resolution: Resolution, key: str) -> tuple[Facts, Functions]:
    """Effective values of a component, and where it stands."""
    resolved = resolution.component(key)
    return Facts(resolved.values, _further(resolution, resolved)), resolved.values.functions


def wire_facts(resolution: Resolution, key: str) -> tuple[Facts, Functions]:
    """Effective values of a wire, the names of its ends, and `source(...)`, `target(...)` for theirs."""
    wire = resolution.wire(key)
    source, target = (Facts(end.values, _further(resolution, end)) for end in (wire.source, wire.target))
    values = {"source": wire.source.name, "target": wire.target.name}
    functions = {"source": partial(_value, source), "target": partial(_value, target)}
    return Facts({**wire.values, **values}, {}), functions


def network_facts(resolution: Resolution, key: str) -> tuple[Facts, Functions]:
    """Facts about a VPC, drawn or implied."""
    network = network_of(resolution, key)
    values = {"name": network.name, "zones": network.zones, "nat": network.nat, "flow_logs": network.flow_logs}
    known = {"drawn": network.boundary is not None, "region_zones": region_zones(resolution)}
    return Facts(values | known, {}), {}


def architecture_facts(resolution: Resolution) -> tuple[Facts, Functions]:
    """The settings of the whole drawing."""
    return Facts({**resolution.settings, "name": resolution.architecture.settings.name}, {}), {}


def network_of(resolution: Resolution, key: str) -> Network:
    """A VPC by its id."""
    return networks(resolution)[key]


def region_zones(resolution: Resolution) -> int:
    """How many zones the Region of the drawing has; the most that any has where the Region is not known."""
    known = resolution.catalog.regions.get(resolution.architecture.settings.region)
    return known.zones if known is not None else len(LETTERS)


def inherited_zones(resolution: Resolution, key: str) -> tuple[str, ...]:
    """The zones that a component has when it names none itself."""
    architecture = resolution.architecture
    around = architecture.boundaries_around(architecture.components[key].boundary)
    return next((boundary.zones for boundary in around if boundary.zones), architecture.settings.zones)


def _further(resolution: Resolution, resolved: Resolved) -> Mapping[str, Callable[[], Any]]:
    return {
        "tier": lambda: resolved.tier,
        "minimum_zones": lambda: resolved.work_out(resolved.kind.placement.minimum_zones),
        "nat": lambda: NONE if resolved.vpc is None else network_of(resolution, resolved.vpc).nat,
        "network": lambda: "" if resolved.vpc is None else network_of(resolution, resolved.vpc).name,
        "own_zones": lambda: resolved.component.zones,
        "inherited_zones": lambda: inherited_zones(resolution, resolved.id),
        "region_zones": lambda: region_zones(resolution),
    }


def _value(facts: Facts, name: str) -> Any:
    """A fact of a wire's end; nothing where its kind has no such property."""
    try:
        return facts[name]
    except KeyError:
        return None
