"""Spreading over zones: a component, or all of a network."""

from __future__ import annotations

from collections.abc import Iterable

from designer.analysis.fixes.draft import Draft, Refused
from designer.analysis.fixes.facts import LETTERS, inherited_zones, network_of, region_zones
from designer.model.entities import Boundary, Component

_USUAL = 2
"""So many zones a drawing gets that has none left."""


def spread(draft: Draft, key: str, wanted: int) -> None:
    """Gives a component so many zones at least: those around it where they suffice, else further letters of the Region.

    Raises `Refused` where the Region has too few, or the component stands in no zones.
    """
    component = draft.architecture.components[key]
    around = inherited_zones(draft.resolution, key)
    own = component.zones or around
    if len(own) >= wanted:
        return
    if len(around) >= wanted:
        draft.put(component.with_(zones=()))
        return
    draft.put(component.with_(zones=_more(draft, {*own, *around}, wanted)))


def spread_network(draft: Draft, key: str, wanted: int) -> None:
    """Gives a VPC so many zones at least; one that is not drawn takes them from the drawing."""
    boundary = network_of(draft.resolution, key).boundary
    settings = draft.architecture.settings
    if boundary is None:
        draft.set_zones(_more(draft, settings.zones, wanted))
        return
    drawn = draft.architecture.boundaries[boundary]
    if drawn.zones and len(settings.zones) >= wanted:
        draft.put(drawn.with_(zones=()))
    else:
        draft.put(drawn.with_(zones=_more(draft, drawn.zones or settings.zones, wanted)))


def keep_known_zones(draft: Draft, key: str) -> None:  # noqa: ARG001 - it is about the whole drawing
    """Takes the zones away that the Region does not have: of components, boundaries, and the drawing itself."""
    known = LETTERS[: region_zones(draft.resolution)]
    architecture = draft.architecture
    places: list[Component | Boundary] = [*architecture.components.values(), *architecture.boundaries.values()]
    for entity in places:
        kept = tuple(zone for zone in entity.zones if zone in known)
        if kept != entity.zones:
            draft.put(entity.with_(zones=kept))
    kept = tuple(zone for zone in architecture.settings.zones if zone in known)
    if kept != architecture.settings.zones:
        draft.set_zones(kept or tuple(known[:_USUAL]))


def _more(draft: Draft, zones: Iterable[str], wanted: int) -> tuple[str, ...]:
    found = set(zones)
    for letter in LETTERS[: region_zones(draft.resolution)]:
        if len(found) >= wanted:
            break
        found.add(letter)
    if len(found) < wanted:
        raise Refused(f"the Region has {len(found)} zones")
    return tuple(sorted(found))
