"""How the components of a VPC get out of it: the NAT gateways that the drawing implies."""

from __future__ import annotations

from dataclasses import dataclass

from designer.catalog.entries import InVpc
from designer.catalog.resolve import IMPLIED_VPC, Resolution, Resolved

PER_ZONE, SINGLE, NONE = "per-zone", "single", "none"


@dataclass(frozen=True, slots=True)
class Network:
    """A VPC, drawn or implied (`boundary` is then `None`). `zones` are all zones it has subnets in, in order."""

    id: str
    name: str
    boundary: str | None
    nat: str
    flow_logs: bool
    cidr: str
    zones: tuple[str, ...]
    members: tuple[str, ...]

    def nat_zone(self, zone: str) -> str | None:
        """The zone of the NAT gateway that private subnets of a zone use; `None` where there is none."""
        if self.nat == NONE or not self.zones:
            return None
        return self.zones[0] if self.nat == SINGLE else zone


def networks(resolution: Resolution) -> dict[str, Network]:
    """The VPCs of a drawing by id: the drawn ones, and `IMPLIED_VPC` where components need one that is not drawn."""
    members: dict[str, list[Resolved]] = {
        key: [] for key, boundary in sorted(resolution.architecture.boundaries.items()) if boundary.kind == "vpc"
    }
    for resolved in resolution.components():
        if resolved.vpc is not None:
            members.setdefault(resolved.vpc, []).append(resolved)
    return {key: _network(resolution, key, inside) for key, inside in members.items()}


def sends_outward(resolved: Resolved) -> bool:
    """Whether a component stands where only a NAT gateway leads out, and runs programs that may want to."""
    return resolved.vpc is not None and resolved.tier == "private" and bool(resolved.kind.traits.get("principal"))


def _network(resolution: Resolution, key: str, members: list[Resolved]) -> Network:
    architecture = resolution.architecture
    boundary = architecture.boundaries.get(key) if key != IMPLIED_VPC else None
    if boundary is None:
        values, name, own = resolution.settings, "Network", architecture.settings.zones
        cidr = values["vpc_cidr"]
    else:
        values, name, own = resolution.boundary(key), boundary.name, boundary.zones or architecture.settings.zones
        cidr = values["cidr"]
    return Network(
        id=key,
        name=name,
        boundary=None if boundary is None else boundary.id,
        nat=values["nat"],
        flow_logs=values["flow_logs"],
        cidr=cidr,
        zones=_zones(set(own), members),
        members=tuple(member.id for member in members),
    )


def _zones(zones: set[str], members: list[Resolved]) -> tuple[str, ...]:
    """All zones with subnets; a group of subnets (for a database, a cluster) takes a second one in any case."""
    needed = 1
    for member in members:
        zones.update(member.zones)
        if member.kind.placement.in_vpc is InVpc.ALWAYS and member.kind.traits.get("subnet_group"):
            needed = 2
    spare = iter(sorted(set("abcdef") - zones))
    while len(zones) < needed:
        zones.add(next(spare))
    return tuple(sorted(zones))
