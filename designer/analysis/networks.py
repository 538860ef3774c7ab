"""How the components of a VPC get out of it: the NAT gateways that the drawing implies."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from designer.catalog.entries import InVpc
from designer.catalog.resolve import IMPLIED_VPC, Resolution, Resolved

PER_ZONE, SINGLE, NONE = "per-zone", "single", "none"

SMALLEST_SUBNET = 27
"""Length of the address range of the smallest subnet that load balancers are put in (Application Load Balancers)."""
MOST_BLOCK_BITS = 6
RESERVED_ADDRESSES = 5
"""Addresses of each subnet that AWS keeps (Amazon VPC User Guide, "Subnet sizing")."""


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


def set_key(resolution: Resolution, resolved: Resolved) -> str:
    """The subnet set that a component's network interfaces are in: "tier:ID" for a drawn one, else the access."""
    chain = resolution.architecture.boundaries_around(resolved.component.boundary)
    drawn = next((boundary for boundary in chain if boundary.kind == "tier"), None)
    if drawn is not None:
        home = resolution.vpc_of(drawn.id)
        if home is not None and home.id == resolved.vpc:
            return drawn_key(drawn.id)
    return str(resolved.tier)


def drawn_key(tier: str) -> str:
    """The key of the subnet set of a drawn tier."""
    return f"tier:{tier}"


def cidr_of(resolution: Resolution, resolved: Resolved) -> str:
    """The address range of the VPC that a component stands in."""
    drawn = resolved.vpc is not None and resolved.vpc != IMPLIED_VPC
    return str(resolution.boundary(str(resolved.vpc))["cidr"] if drawn else resolution.settings["vpc_cidr"])


def subnet_blocks(prefix_length: int) -> int:
    """Into how many equal blocks an address range of some length is cut, 64 or 32; a subnet takes one."""
    return 1 << min(MOST_BLOCK_BITS, SMALLEST_SUBNET - prefix_length)


def free_addresses(cidr: str) -> int:
    """How many addresses a subnet has for network interfaces, in a VPC of some range."""
    prefix_length = int(cidr.partition("/")[2])
    return (1 << 32 - prefix_length) // subnet_blocks(prefix_length) - RESERVED_ADDRESSES


def sends_outward(resolved: Resolved) -> bool:
    """Whether a component stands where only a NAT gateway leads out, and runs programs that may want to."""
    return resolved.vpc is not None and resolved.tier == "private" and bool(resolved.kind.traits.get("principal"))


class Gateways:
    """The NAT gateways of the VPCs of a drawing.

    Only what stands in a VPC that is asked for is worked out: who looks at one of a hundred asks for no more.
    """

    def __init__(self, resolution: Resolution) -> None:
        self._resolution = resolution
        self._members: dict[str, list[str]] = {}
        for key in sorted(resolution.architecture.components):
            if (vpc := resolution.vpc(key)) is not None:
                self._members.setdefault(vpc, []).append(key)
        self._known: dict[str, frozenset[str]] = {}

    def zones(self, vpc: str) -> frozenset[str]:
        """The zones in which a VPC has a NAT gateway: none where nothing in it sends outward."""
        if vpc not in self._known:
            self._known[vpc] = frozenset(self._find(vpc))
        return self._known[vpc]

    def _find(self, vpc: str) -> Iterator[str]:
        members = [self._resolution.component(key) for key in self._members.get(vpc, ())]
        if any(map(sends_outward, members)):
            network = _network(self._resolution, vpc, members)
            for zone in map(network.nat_zone, network.zones):
                if zone is not None:
                    yield zone


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
