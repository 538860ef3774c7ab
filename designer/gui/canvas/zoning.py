"""What becomes of the zones of a component that is put down somewhere, and why it may not be put there.

A drag writes the model: a thing of one zone takes that of the lane it is dropped in, when it comes into a VPC or into
another lane; a band whose card is dropped beside it goes along. Everything else keeps its zones.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from designer.catalog.entries import InVpc, Kind, Scope
from designer.catalog.resolve import Resolution
from designer.gui.canvas.metrics import CARD_WIDTH, Rect
from designer.language import tr
from designer.layout.standing import in_lanes, settled, stands_in_one_zone
from designer.layout.zones import Lanes, lanes_of, vpc_around, zones_around
from designer.model.architecture import Architecture
from designer.model.entities import Boundary, Component


@dataclass(frozen=True, slots=True)
class Landing:
    """A component put down: its own zones then, the lanes it stands in, and why it may not (empty: it may).

    `says` names the zones for a caption; empty where the lanes are of no account.
    """

    zones: tuple[str, ...] = ()
    lanes: frozenset[tuple[str, str]] = frozenset()
    says: str = ""
    refusal: str = ""


class Zoning:
    """Judges where components are put down.

    `resolution` is of the architecture with its boundaries as they will be, `rects` are their rectangles then;
    `before` is the architecture as it is, if that is another one.
    """

    def __init__(self, resolution: Resolution, rects: Mapping[str, Rect], before: Architecture | None = None) -> None:
        self._resolution = resolution
        self._architecture = resolution.architecture
        self._before = before if before is not None else resolution.architecture
        self._rects = rects

    def land(self, component: Component, x: float, home: str | None) -> Landing:
        """What becomes of a component with its left side at `x` in a boundary; it may be new to the drawing."""
        kind = self._resolution.catalog.kinds[component.kind]
        vpc = vpc_around(self._architecture, home)
        before = self._before.components.get(component.id)
        old_vpc = vpc_around(self._before, before.boundary) if before is not None else None
        holder = self._architecture.boundaries[home] if home is not None else None
        if holder is not None and holder.collapsed and (before is None or before.boundary != home):
            return Landing(component.zones, refusal=tr("{name} is collapsed: expand it first.", name=holder.name))
        if vpc is None or home is None:
            return Landing(component.zones)
        if kind.placement.in_vpc is InVpc.NEVER:
            return Landing(component.zones, refusal=stays_outside(kind, vpc) if vpc != old_vpc else "")
        if kind.placement.scope not in (Scope.ZONAL, Scope.ZONES):
            return Landing(component.zones)
        lanes = self._lanes(vpc)
        entering = old_vpc is None or old_vpc.id != vpc.id
        crossed = entering or before is None or lanes.number_at(_middle(x)) != self._lane_before(before, old_vpc)
        if stands_in_one_zone(self._resolution, component):
            return self._one(component, lanes, x, home, crossed)
        return self._several(component, lanes, x, home, crossed)

    def settled(self, component: Component, x: float, y: float, home: str | None) -> tuple[int, int]:
        """The place nearest to one at which a card lies in its lanes, and not over the left or upper side of its home.

        `component` has the zones that it will have.
        """
        return settled(self._resolution, self._rects, component, x, y, home)

    def folded(self, component: Component, x: float) -> int:
        """Where a card that is folded away goes along with a boundary: it stays in its lanes, where these are drawn."""
        home, architecture = component.boundary, self._architecture
        vpc = vpc_around(architecture, home)
        if home is None or vpc is None or any(each.collapsed for each in architecture.boundaries_around(vpc.id)):
            return round(x)
        return in_lanes(self._resolution, self._rects, component, x, home)

    def _one(self, component: Component, lanes: Lanes, x: float, home: str, crossed: bool) -> Landing:
        allowed = zones_around(self._architecture, home)
        zone = lanes.zone_at(_middle(x))
        if not crossed:
            return Landing(component.zones)
        if zone not in allowed:
            return Landing(component.zones, refusal=self._not_there(home, zone, allowed))
        now = (component.zones or allowed)[:1]
        own = component.zones if now == (zone,) else (zone,)
        return Landing(own, frozenset({(lanes.vpc, zone)}), tr("Zone {zone}", zone=zone))

    def _several(self, component: Component, lanes: Lanes, x: float, home: str, crossed: bool) -> Landing:
        allowed = zones_around(self._architecture, home)
        numbers = lanes.numbers(component.zones or allowed)
        if not numbers:
            return Landing((), says=named(allowed))
        number = lanes.number_at(_middle(x))
        if not crossed or number in numbers or lanes.zones[number] not in allowed:
            return Landing(component.zones)
        moved = _shifted(numbers, number, len(lanes.zones))
        zones = tuple(lanes.zones[at] for at in moved)
        if not set(zones) <= set(allowed):
            return Landing(component.zones, refusal=self._not_there(home, lanes.zones[number], allowed))
        return Landing(zones, frozenset((lanes.vpc, zone) for zone in zones), named(zones))

    def _lanes(self, vpc: Boundary) -> Lanes:
        rect = self._rects[vpc.id]
        return Lanes(vpc.id, zones_around(self._architecture, vpc.id), rect[0], rect[2])

    def _lane_before(self, component: Component, vpc: Boundary | None) -> int | None:
        return lanes_of(self._before, vpc).number_at(_middle(component.x)) if vpc is not None else None

    def _not_there(self, home: str, zone: str, allowed: tuple[str, ...]) -> str:
        chain = self._architecture.boundaries_around(home)
        holder = next((around for around in chain if around.zones), chain[-1])
        return tr("{name} has no subnet in zone {zone}: {there}.", name=holder.name, zone=zone, there=named(allowed))


def why_not_in(resolution: Resolution, components: Iterable[Component], home: str | None) -> str:
    """Why some components do not belong in a boundary, wherever in it they are put; empty where they do."""
    architecture = resolution.architecture
    if home is None:
        return ""
    holder, vpc = architecture.boundaries[home], vpc_around(architecture, home)
    if holder.collapsed:
        return tr("{name} is collapsed: expand it first.", name=holder.name)
    for component in components:
        kind = resolution.catalog.kinds[component.kind]
        if vpc is not None and kind.placement.in_vpc is InVpc.NEVER:
            return stays_outside(kind, vpc)
    return ""


def stays_outside(kind: Kind, vpc: Boundary) -> str:
    """Why a component of a kind does not stand in a VPC."""
    if kind.placement.scope is Scope.OUTSIDE:
        return tr("{kind} are outside of AWS, and so of {vpc}.", kind=tr(kind.title), vpc=vpc.name)
    return tr(
        "{kind}: a service of the Region, reached over its endpoint. It stands in no VPC; put it beside {vpc}.",
        kind=tr(kind.title),
        vpc=vpc.name,
    )


def _middle(x: float) -> float:
    return x + CARD_WIDTH / 2


def _shifted(numbers: tuple[int, ...], to: int, count: int) -> tuple[int, ...]:
    """Lanes moved as one so that the nearest of them comes to `to`; where that has no room, the nearest alone."""
    nearest = min(numbers, key=lambda number: (abs(number - to), number))
    moved = tuple(number + to - nearest for number in numbers)
    if moved[0] >= 0 and moved[-1] < count:
        return moved
    return tuple(sorted({*numbers, to} - {nearest}))


def named(zones: tuple[str, ...]) -> str:
    """Some zones in words: "Zone b", "Zones a, b"."""
    if len(zones) == 1:
        return tr("Zone {zone}", zone=zones[0])
    return tr("Zones {zones}", zones=", ".join(zones))
