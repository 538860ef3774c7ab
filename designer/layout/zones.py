"""The lanes of a VPC: one for each of its zones, side by side and of equal width, over the whole of its frame."""

from __future__ import annotations

from collections.abc import Iterable

from designer.model.architecture import Architecture
from designer.model.entities import Boundary
from designer.records import record


@record
class Lanes:
    """The lanes of one VPC by its frame's left and right side, in canvas units. `zones` are their letters in order."""

    vpc: str
    zones: tuple[str, ...]
    left: float
    right: float

    @property
    def width(self) -> float:
        """The width of one lane."""
        return (self.right - self.left) / len(self.zones)

    def number_at(self, x: float) -> int:
        """The lane over which something is, from 0; beside the frame the outermost."""
        if self.right <= self.left:
            return 0
        return min(len(self.zones) - 1, max(0, int((x - self.left) // self.width)))

    def zone_at(self, x: float) -> str:
        """The zone of the lane over which something is."""
        return self.zones[self.number_at(x)]

    def sides(self, first: int, last: int) -> tuple[float, float]:
        """The left side of one lane and the right side of another."""
        return self.left + first * self.width, self.left + (last + 1) * self.width

    def numbers(self, zones: Iterable[str]) -> tuple[int, ...]:
        """The lanes of some zones, in order; zones without a lane do not count."""
        wanted = set(zones)
        return tuple(number for number, zone in enumerate(self.zones) if zone in wanted)


def zones_around(architecture: Architecture, boundary: str | None) -> tuple[str, ...]:
    """The zones that things in a boundary have when they name none: the boundary's, else those of what is around it."""
    chain = architecture.boundaries_around(boundary)
    return next((around.zones for around in chain if around.zones), architecture.settings.zones)


def vpc_around(architecture: Architecture, boundary: str | None) -> Boundary | None:
    """The boundary with lanes that a boundary is or stands in."""
    return next((around for around in architecture.boundaries_around(boundary) if around.kind == "vpc"), None)


def lanes_of(architecture: Architecture, vpc: Boundary) -> Lanes:
    """The lanes of a VPC where it is drawn."""
    return Lanes(vpc.id, zones_around(architecture, vpc.id), vpc.x, vpc.x + vpc.width)
