"""What gets other zones goes to their lanes; a VPC gets more or fewer of them, as wide as before.

So the places of a file agree with its zones, whoever has changed these: the window or a command.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from designer.catalog.catalog import Catalog
from designer.catalog.members import in_one_zone, is_band
from designer.catalog.resolve import Resolution
from designer.language import tr
from designer.layout.apart import kept_apart
from designer.layout.growing import make_room, widened
from designer.layout.measures import CARD_WIDTH, Sides
from designer.layout.standing import settled
from designer.layout.stretching import stretch
from designer.layout.zones import lanes_of, vpc_around, zones_around
from designer.model.architecture import Architecture
from designer.model.changes import Changes
from designer.model.edits import Batch, Edit, Put, PutSettings
from designer.model.entities import Boundary, Collection, Component


def relane(
    architecture: Architecture, catalog: Catalog, boundaries: Iterable[str] | None, zones: tuple[str, ...]
) -> Batch:
    """Gives boundaries (`None`: the whole architecture) zones; VPCs change with them, and what is beside makes room."""
    edits: tuple[Edit, ...]
    if boundaries is None:
        edits = (PutSettings(architecture.settings.with_(zones=zones)),)
    else:
        edits = tuple(Put(architecture.boundaries[key].with_(zones=zones)) for key in boundaries)
    return with_lanes(architecture, catalog, Batch(tr("Set zones"), edits))


def with_lanes(architecture: Architecture, catalog: Catalog, batch: Batch) -> Batch:
    """A batch that may give things other zones, or add some, with all of them in their lanes and bands apart.

    VPCs get as many lanes as they have zones then. Raises `UserError` where the batch cannot be applied.
    """
    return _standing(architecture, catalog, _relaned(architecture, catalog, batch))


def _relaned(architecture: Architecture, catalog: Catalog, batch: Batch) -> Batch:
    after = architecture.copy()
    after.apply(batch)
    vpcs = [each for each in architecture.boundaries.values() if each.kind == "vpc" and each.id in after.boundaries]
    others = [each for each in vpcs if zones_around(after, each.id) != zones_around(architecture, each.id)]
    if not others:
        return batch
    changed = _Changed(architecture, after, catalog)
    for vpc in others:
        changed.lane_anew(vpc)
    return Batch(batch.label, (*batch.edits, *changed.edits()))


def _standing(architecture: Architecture, catalog: Catalog, batch: Batch) -> Batch:
    """The batch, with the components that it adds or gives other zones in their lanes, and their bands apart."""
    after = architecture.copy()
    changes: list[Changes] = []
    end = after.subscribe(changes.append)
    after.apply(batch)
    end()
    anew = _standing_anew(Resolution(architecture, catalog), Resolution(after, catalog), changes)
    if not anew:
        return batch
    resolution = Resolution(after, catalog)
    rects = _open_rects(after.boundaries)
    components: dict[str, Component] = {}
    for key in anew:
        there = after.components[key]
        x, y = settled(resolution, rects, there, there.x, there.y, there.boundary)
        components[key] = there.with_(x=x, y=y)
    before = {key: after.components[key] for key in anew}
    after.apply(Batch("", tuple(map(Put, components.values()))))
    for key, (x, y) in kept_apart(architecture, after, catalog, anew).items():
        components[key] = components[key].with_(x=x, y=y)
    components = {key: each for key, each in components.items() if each != before[key]}
    boundaries: dict[str, Boundary] = {}
    make_room(after, components, boundaries)
    return Batch(batch.label, (*batch.edits, *map(Put, boundaries.values()), *map(Put, components.values())))


def _standing_anew(old: Resolution, new: Resolution, changes: Iterable[Changes]) -> list[str]:
    """The components in VPCs that are new or have other zones or bands, for what changed of them or around them.

    What is locked keeps its place.
    """
    before, after = old.architecture, new.architecture
    touched = {key for each in changes for key, _before, _after in each.of(Collection.COMPONENTS)}
    frames = {key for each in changes for key, _before, _after in each.of(Collection.BOUNDARIES)}
    if any(each.settings for each in changes):
        touched |= after.components.keys()
    elif frames:
        inside = (key for key, each in after.components.items() if _is_in(after, each.boundary, frames))
        touched.update(inside)
    return [
        key
        for key in sorted(touched & after.components.keys())
        if vpc_around(after, after.components[key].boundary) is not None
        and not after.components[key].locked
        and (key not in before.components or _stance(old, key) != _stance(new, key))
    ]


def _is_in(architecture: Architecture, boundary: str | None, frames: set[str]) -> bool:
    return any(around.id in frames for around in architecture.boundaries_around(boundary))


def _open_rects(boundaries: Mapping[str, Boundary]) -> dict[str, Sides]:
    """The rectangles of boundaries as large as they are open: what is folded away has its place too."""
    return {key: (each.x, each.y, each.x + each.width, each.y + each.height) for key, each in boundaries.items()}


def _stance(resolution: Resolution, key: str) -> tuple[object, ...]:
    """What says where a component stands: its zones, whether it is a band, and the lanes that there are."""
    resolved = resolution.component(key)
    vpc = vpc_around(resolution.architecture, resolved.component.boundary)
    lanes = zones_around(resolution.architecture, vpc.id) if vpc is not None else ()
    return resolved.zones, is_band(resolved), lanes


class _Changed:
    """Gathers what has other places then."""

    def __init__(self, before: Architecture, after: Architecture, catalog: Catalog) -> None:
        self._before, self._after = before, after
        self._resolution = Resolution(after, catalog)
        self._components: dict[str, Component] = {}
        self._boundaries: dict[str, Boundary] = {}
        self._widened: dict[str, tuple[int, int, int, int]] = {}

    def lane_anew(self, vpc: Boundary) -> None:
        """Gives a VPC as many lanes as it has zones now."""
        lanes, count = lanes_of(self._before, vpc), len(zones_around(self._after, vpc.id))
        width = round(lanes.width * count)
        wider = (vpc.x, vpc.y, vpc.x + width, vpc.y + vpc.height)
        places = stretch(self._before, vpc, wider, always=True)
        self._boundaries[vpc.id] = self._after.boundaries[vpc.id].with_(width=width)
        for key, (left, _top, right, _bottom) in places.boundaries.items():
            if key not in self._after.boundaries:
                continue
            self._boundaries[key] = self._after.boundaries[key].with_(x=round(left), width=round(right - left))
        rects = _open_rects({**self._after.boundaries, **self._boundaries})
        for key, (x, y) in places.components.items():
            component = self._after.components.get(key)
            if component is None or component.x != self._before.components[key].x:
                continue  # taken away, or put elsewhere by what changes the zones
            resolved = self._resolution.component(key)
            if in_one_zone(resolved):
                now = self._new_lane(vpc, resolved.zones)
                if now is not None:
                    x = component.x + round((now - lanes.number_at(component.x + CARD_WIDTH / 2)) * lanes.width)
            elif is_band(resolved):
                x, y = settled(self._resolution, rects, component, x, y, component.boundary)
            self._components[key] = component.with_(x=x, y=y)
        if not vpc.collapsed:
            self._widened[vpc.id] = (vpc.x, vpc.y, vpc.width, vpc.height)

    def edits(self) -> list[Edit]:
        """The edits of all that has changed, what has made room included."""
        widened(self._after, self._components, self._boundaries, self._widened)
        edits: list[Edit] = [Put(b) for key, b in self._boundaries.items() if b != self._after.boundaries[key]]
        return edits + [Put(c) for key, c in self._components.items() if c != self._after.components[key]]

    def _new_lane(self, vpc: Boundary, zones: tuple[str, ...]) -> int | None:
        letters = zones_around(self._after, vpc.id)
        return letters.index(zones[0]) if zones and zones[0] in letters else None
