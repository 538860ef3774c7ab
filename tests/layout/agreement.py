"""Whether a drawing says what the model says: cards in the lanes of their zones, bands on nothing else."""

from __future__ import annotations

from itertools import combinations

from designer.catalog.catalog import Catalog
from designer.catalog.entries import Scope
from designer.catalog.members import in_one_zone, is_band
from designer.catalog.resolve import Resolution
from designer.layout.band_shape import shape_of
from designer.layout.measures import CARD_WIDTH, Sides, boundary_rect, card_rect
from designer.layout.zones import lanes_of, vpc_around
from designer.model.architecture import Architecture


def astray(architecture: Architecture, catalog: Catalog) -> set[str]:
    """The components in VPCs of which the middle of the card is over no lane of their zones."""
    resolution = Resolution(architecture, catalog)
    found = set()
    for key, component in architecture.components.items():
        vpc, resolved = vpc_around(architecture, component.boundary), resolution.component(key)
        if vpc is None or resolved.kind.placement.scope not in (Scope.ZONAL, Scope.ZONES):
            continue
        zones = resolved.zones[:1] if in_one_zone(resolved) else resolved.zones
        lanes = lanes_of(architecture, vpc)
        numbers = lanes.numbers(zones)
        if numbers and not numbers[0] <= lanes.number_at(component.x + CARD_WIDTH / 2) <= numbers[-1]:
            found.add(key)
    return found


def clashes(architecture: Architecture, catalog: Catalog) -> set[tuple[str, str]]:
    """The pairs in one VPC of which one is a band and that lie on one another."""
    resolution = Resolution(architecture, catalog)
    shown = {
        key
        for key, each in architecture.components.items()
        if each.boundary is not None and not any(b.collapsed for b in architecture.boundaries_around(each.boundary))
    }
    areas = {key: _covered(resolution, key) for key in sorted(shown)}
    bands = {key for key in areas if is_band(resolution.component(key))}
    vpcs = {key: vpc_around(architecture, architecture.components[key].boundary) for key in areas}
    return {
        (one, other)
        for one, other in combinations(areas, 2)
        if bands & {one, other}
        and vpcs[one] is not None
        and vpcs[one] is vpcs[other]
        and any(_overlap(a, b) for a in areas[one] for b in areas[other])
    }


def _covered(resolution: Resolution, key: str) -> list[Sides]:
    """The card of a component, and its band where it has one, as they are drawn."""
    architecture, resolved = resolution.architecture, resolution.component(key)
    component = architecture.components[key]
    card, vpc = card_rect(component.x, component.y), vpc_around(architecture, component.boundary)
    if vpc is None or not is_band(resolved):
        return [card]
    chain = architecture.boundaries_around(component.boundary)
    frame = boundary_rect(next(each for each in chain if each.kind in ("tier", "vpc")))
    lanes = lanes_of(architecture, vpc)
    shape = shape_of(lanes, lanes.numbers(resolved.zones), frame, card)
    return [card, *(shape.pieces if shape is not None else ())]


def _overlap(one: Sides, other: Sides) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
