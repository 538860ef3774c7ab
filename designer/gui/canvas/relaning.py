"""A VPC gets other zones: more or fewer lanes, as wide as before, with everything in the lane of its zone."""

from __future__ import annotations

from collections.abc import Iterable

from designer.catalog.catalog import Catalog
from designer.catalog.members import in_one_zone, is_band
from designer.catalog.resolve import Resolution
from designer.gui.canvas.growing import widened
from designer.gui.canvas.metrics import CARD_WIDTH, boundary_rect
from designer.gui.canvas.stretching import stretch
from designer.gui.canvas.zoning import Zoning
from designer.language import tr
from designer.layout.boxes import Rect
from designer.layout.zones import lanes_of, zones_around
from designer.model.architecture import Architecture
from designer.model.edits import Batch, Edit, Put, PutSettings
from designer.model.entities import Boundary, Component


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
    """A batch that may give VPCs other zones, with as many lanes as each has then."""
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


class _Changed:
    """Gathers what has other places then."""

    def __init__(self, before: Architecture, after: Architecture, catalog: Catalog) -> None:
        self._before, self._after = before, after
        self._resolution = Resolution(after, catalog)
        self._components: dict[str, Component] = {}
        self._boundaries: dict[str, Boundary] = {}
        self._widened: dict[str, Rect] = {}

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
        rects = {key: boundary_rect(each) for key, each in {**self._after.boundaries, **self._boundaries}.items()}
        rects[vpc.id] = wider
        zoning = Zoning(self._resolution, rects)
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
                x, y = zoning.settled(component, x, y, component.boundary)
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
