"""Giving components other zones, not by moving them: what is said against it, and the edit."""

from __future__ import annotations

from collections.abc import Iterable

from designer.catalog.members import in_one_zone, minimum_zones
from designer.catalog.resolve import Resolution
from designer.gui.canvas.metrics import DOT_SPACING, GRID, boundary_rect, card_rect, grown, overlaps
from designer.gui.canvas.zoning import Zoning, named
from designer.language import plural, tr
from designer.layout.apart import kept_apart, with_room
from designer.layout.growing import make_room, widened
from designer.layout.zones import vpc_around, zones_around
from designer.model.architecture import Architecture
from designer.model.edits import Batch, Edit, Put
from designer.model.entities import Boundary, Component


def why_not_zones(resolution: Resolution, key: str, zones: tuple[str, ...], allowed: tuple[str, ...]) -> str:
    """Why a component cannot stand in some zones where some are allowed; empty where it can."""
    resolved = resolution.component(key)
    missing = [zone for zone in zones if zone not in allowed]
    if missing:
        return tr("There is no subnet in zone {zone} where {name} stands.", zone=missing[0], name=resolved.name)
    least = minimum_zones(resolved)
    if len(zones) < least:
        return plural(
            "{name} needs {count} zone at least.", "{name} needs {count} zones at least.", least, name=resolved.name
        )
    if len(zones) > 1 and in_one_zone(resolved):
        return tr("{name} stands in one zone only.", name=resolved.name)
    return ""


def rezone(architecture: Architecture, resolution: Resolution, keys: Iterable[str], zones: tuple[str, ...]) -> Batch:
    """Gives components zones, and moves each into its lanes where it stands in a VPC: one step for undo.

    A band that would reach over something there goes to the next free row.

    Zones that are those around a component anyhow are not its own; none at all means these.
    """
    rects = {key: (b.x, b.y, b.x + b.width, b.y + b.height) for key, b in architecture.boundaries.items()}
    zoning = Zoning(resolution, rects)
    keys, edits = list(keys), []
    for key in keys:
        component = architecture.components[key]
        around = zones_around(architecture, component.boundary)
        own = tuple(sorted(zones))
        if in_one_zone(resolution.component(key)):
            own = () if own[:1] == around[:1] else own[:1]
        elif set(own) == set(around):
            own = ()
        component = component.with_(zones=own)
        if vpc_around(architecture, component.boundary) is not None:
            x, y = zoning.settled(component, component.x, component.y, component.boundary)
            component = component.with_(x=x, y=y)
        edits.append(Put(component))
    batch = Batch(_label(architecture, resolution, keys, zones), tuple(edits))
    return with_room(architecture, resolution.catalog, batch, keys)


def into_lanes(architecture: Architecture, batch: Batch, home: str | None, resolution: Resolution) -> Batch:
    """A batch that moves components into a boundary, with each in a lane of its zones, below what stands there."""
    if home is None or vpc_around(architecture, home) is None:
        return batch
    after = architecture.copy()
    after.apply(batch)
    rects = {key: boundary_rect(each) for key, each in after.boundaries.items()}
    zoning = Zoning(Resolution(after, resolution.catalog), rects)
    moved = {e.entity.id: e.entity for e in batch.edits if isinstance(e, Put) and isinstance(e.entity, Component)}
    busy = [card_rect(each.x, each.y) for key, each in after.components.items() if key not in moved]
    components: dict[str, Component] = {}
    for key, component in moved.items():
        if component.boundary == home and architecture.components[key].boundary != home:
            zones = component.zones if set(component.zones) <= set(zones_around(after, home)) else ()
            component = component.with_(zones=zones)
            x, y = zoning.settled(component, component.x, component.y, home)
            while any(overlaps(grown(card_rect(x, y), GRID), other) for other in busy):
                y += DOT_SPACING
            component = component.with_(x=x, y=y)
        busy.append(card_rect(component.x, component.y))
        components[key] = component
    after.apply(Batch("", tuple(map(Put, components.values()))))
    for key, (x, y) in kept_apart(architecture, after, resolution.catalog, components).items():
        components[key] = components[key].with_(x=x, y=y)
    boundaries: dict[str, Boundary] = {}
    make_room(after, components, boundaries)
    widened(after, components, boundaries, _grown(architecture, after))
    edits: list[Edit] = [*map(Put, boundaries.values()), *map(Put, components.values())]
    return Batch(batch.label, (*batch.edits, *edits))


def _grown(before: Architecture, after: Architecture) -> dict[str, tuple[int, int, int, int]]:
    """The boundaries that are larger now, with the rectangles that they had: what is beside them makes room."""
    sizes = {key: (each.width, each.height) for key, each in after.boundaries.items()}
    grown = (each for key, each in before.boundaries.items() if sizes[key] != (each.width, each.height))
    return {each.id: (each.x, each.y, each.width, each.height) for each in grown if not each.collapsed}


def _label(architecture: Architecture, resolution: Resolution, keys: list[str], zones: tuple[str, ...]) -> str:
    if len(keys) != 1:
        return tr("Set zones")
    name = architecture.components[keys[0]].name
    before, after = set(resolution.component(keys[0]).zones), set(zones)
    added, gone = tuple(sorted(after - before)), tuple(sorted(before - after))
    if zones and len(added) == 1 and not gone:
        return tr("Extend {name} to zone {zone}", name=name, zone=added[0])
    if zones and len(gone) == 1 and not added:
        return tr("Take {name} out of zone {zone}", name=name, zone=gone[0])
    if not zones:
        return tr("Let {name} have the zones around it", name=name)
    return tr("Move {name} to {zones}", name=name, zones=named(zones).lower())
