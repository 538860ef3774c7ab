"""The network of an export: which VPCs, subnets, routes and gateways the drawing needs, drawn or not."""

from __future__ import annotations

from dataclasses import dataclass, field

from designer.catalog.entries import InVpc
from designer.catalog.resolve import IMPLIED_VPC, Resolution, Resolved
from designer.errors import UserError
from designer.model.names import is_id

TIERS = ("public", "private", "isolated")
BLOCKS = 32
"""The address range of a VPC is cut into so many equal blocks; a subnet takes one."""
BLOCK_BITS = 5
MAX_ZONES = 6
MAX_SETS = BLOCKS // MAX_ZONES


@dataclass(frozen=True, slots=True)
class Subnet:
    """One subnet: `suffix` names it ("PrivateSubnetA"), `zone` is its letter, `block` its place in the VPC's range."""

    suffix: str
    zone: str
    zone_index: int
    block: int


@dataclass(frozen=True, slots=True)
class SubnetSet:
    """The subnets of one tier, one in each zone. `name` is the start of their logical ids ("Private")."""

    key: str
    name: str
    access: str
    subnets: tuple[Subnet, ...]


@dataclass(slots=True)
class Vpc:
    """What is to be made of one VPC. `owner` and `prefix` give its logical ids; `nat_zones` have a NAT gateway."""

    id: str
    owner: str
    prefix: str
    title: str
    cidr: str
    block_bits: int
    zones: tuple[str, ...]
    sets: dict[str, SubnetSet] = field(default_factory=dict)
    nat: str = "per-zone"
    nat_zones: tuple[str, ...] = ()
    internet: bool = False
    flow_logs: bool = True
    endpoint_services: tuple[str, ...] = ()
    gateway_endpoints: tuple[str, ...] = ()
    kubernetes: bool = False

    def nat_zone_for(self, zone: str) -> str:
        """The zone whose NAT gateway the private subnet of a zone uses."""
        return zone if zone in self.nat_zones else self.nat_zones[0]


def plan_networks(resolution: Resolution) -> dict[str, Vpc]:
    """The VPCs that the drawing needs, by id (`IMPLIED_VPC` for the one that is not drawn).

    Raises `UserError` naming the component or boundary that cannot be placed.
    """
    members: dict[str, list[Resolved]] = {}
    for resolved in resolution.components():
        if resolved.vpc is not None:
            members.setdefault(resolved.vpc, []).append(resolved)
    for boundary in resolution.architecture.boundaries.values():
        if boundary.kind == "vpc":
            members.setdefault(boundary.id, [])
    _refuse_homeless(resolution, members)
    return {key: _plan(resolution, key, members[key]) for key in sorted(members)}


def set_key(resolution: Resolution, resolved: Resolved) -> str:
    """The subnet set that a component's network interfaces are in."""
    drawn = _drawn_tier(resolution, resolved)
    return drawn if drawn is not None else str(resolved.tier)


def subnet_zones(resolved: Resolved) -> int:
    """In how many zones a component needs subnets to be created at all."""
    if resolved.kind.placement.in_vpc is InVpc.ALWAYS and resolved.kind.traits.get("subnet_group"):
        return max(2, len(resolved.zones))  # a subnet group takes two zones, whatever runs in them
    return len(resolved.zones)


def _refuse_homeless(resolution: Resolution, members: dict[str, list[Resolved]]) -> None:
    drawn = [key for key in members if key != IMPLIED_VPC]
    homeless = members.get(IMPLIED_VPC, [])
    if homeless and len(drawn) > 1:
        raise UserError(
            "stands in none of the drawn VPCs, and needs one", name=homeless[0].id, hint="Move it into one of them."
        )


def _plan(resolution: Resolution, key: str, members: list[Resolved]) -> Vpc:
    vpc = _new_vpc(resolution, key)
    zones = set(_vpc_zones(resolution, key))
    needed = 1
    for resolved in members:
        zones.update(resolved.zones)
        needed = max(needed, subnet_zones(resolved))
    vpc.zones = _at_least(zones, needed)
    wanted = {set_key(resolution, resolved): str(resolved.tier) for resolved in members}
    for boundary in resolution.architecture.boundaries.values():
        drawn = resolution.vpc_of(boundary.id) if boundary.kind == "tier" else None
        if drawn is not None and drawn.id == key:
            wanted[boundary.id] = str(resolution.boundary(boundary.id)["access"])
    outward = [r for r in members if r.tier == "private" and r.kind.traits.get("principal")]
    _plan_nat(vpc, wanted, outward)
    vpc.internet = bool(vpc.nat_zones) or "public" in wanted.values()
    vpc.sets = _sets(resolution, vpc, wanted)
    if vpc.nat == "none":
        vpc.endpoint_services = _endpoint_services(resolution, outward)
    vpc.gateway_endpoints = _gateway_endpoints(members, resolution)
    vpc.kubernetes = any(r.kind.id == "eks" for r in members)
    return vpc


def _new_vpc(resolution: Resolution, key: str) -> Vpc:
    if key == IMPLIED_VPC:
        settings = resolution.settings
        cidr, nat, logs, prefix, owner, title = settings["vpc_cidr"], settings["nat"], settings["flow_logs"], "", "shared:network", "Network"
    else:
        values, boundary = resolution.boundary(key), resolution.architecture.boundaries[key]
        cidr, nat, logs, prefix, owner, title = values["cidr"], values["nat"], values["flow_logs"], key, key, boundary.name
    bits = 32 - int(cidr.split("/")[1]) - BLOCK_BITS
    assert prefix == "" or is_id(prefix)
    return Vpc(id=key, owner=owner, prefix=prefix, title=title, cidr=cidr, block_bits=bits, zones=(), nat=nat, flow_logs=logs)


def _vpc_zones(resolution: Resolution, key: str) -> tuple[str, ...]:
    boundary = resolution.architecture.boundaries.get(key)
    if boundary is not None and boundary.zones:
        return boundary.zones
    return resolution.architecture.settings.zones


def _at_least(zones: set[str], count: int) -> tuple[str, ...]:
    """The zones in order, with further letters where a service needs more of them."""
    letters = iter("abcdef")
    while len(zones) < count:
        zones.add(next(letter for letter in letters if letter not in zones))
    return tuple(sorted(zones))


def _plan_nat(vpc: Vpc, wanted: dict[str, str], outward: list[Resolved]) -> None:
    if vpc.nat == "none" or not outward:
        return
    vpc.nat_zones = vpc.zones if vpc.nat == "per-zone" else vpc.zones[:1]
    if "public" not in wanted.values():
        wanted["public"] = "public"


def _sets(resolution: Resolution, vpc: Vpc, wanted: dict[str, str]) -> dict[str, SubnetSet]:
    slots = _slots(vpc, wanted)
    sets = {}
    for key in sorted(wanted, key=lambda key: slots[key]):
        access = wanted[key]
        name = access.capitalize() if slots[key] == TIERS.index(access) else _camel_tier(resolution, key)
        subnets = tuple(
            Subnet(f"{name}Subnet{zone.upper()}", zone, "abcdef".index(zone), slots[key] * MAX_ZONES + "abcdef".index(zone))
            for zone in vpc.zones
        )
        sets[key] = SubnetSet(key, name, access, subnets)
    return sets


def _slots(vpc: Vpc, wanted: dict[str, str]) -> dict[str, int]:
    """A place in the address range for each set, which does not move when others come and go.

    The three usual tiers have places of their own; a second drawn tier of the same access takes one of the rest.
    """
    slots: dict[str, int] = {}
    spare = iter(range(len(TIERS), MAX_SETS))
    for key in sorted(wanted, key=lambda key: (key not in TIERS, key)):
        usual = TIERS.index(wanted[key])
        slot = usual if usual not in slots.values() else next(spare, None)
        if slot is None:
            raise UserError(
                f"has more than {MAX_SETS} subnet tiers", name=vpc.id, hint="Join tiers, or draw a second VPC."
            )
        slots[key] = slot
    return slots


def _camel_tier(resolution: Resolution, key: str) -> str:
    from designer.cloudformation.names import camel

    return camel(key)


def _drawn_tier(resolution: Resolution, resolved: Resolved) -> str | None:
    chain = resolution.architecture.boundaries_around(resolved.component.boundary)
    drawn = next((boundary for boundary in chain if boundary.kind == "tier"), None)
    if drawn is None:
        return None
    home = resolution.vpc_of(drawn.id)
    inside = home is not None and home.id == resolved.vpc
    return drawn.id if inside else str(resolved.tier)


def _endpoint_services(resolution: Resolution, outward: list[Resolved]) -> tuple[str, ...]:
    """The AWS services that components without a way to the internet talk to."""
    services: set[str] = set()
    for resolved in outward:
        services.update(resolved.kind.traits.get("endpoint_services", ()))
        for wire in resolution.architecture.wires_of(resolved.id):
            other = wire.target if wire.source == resolved.id else wire.source
            services.update(resolution.component(other).kind.traits.get("client_services", ()))
    return tuple(sorted(services))


def _gateway_endpoints(members: list[Resolved], resolution: Resolution) -> tuple[str, ...]:
    """S3 and DynamoDB are reached through gateway endpoints, which cost nothing and spare the NAT gateways."""
    if not any(resolved.kind.traits.get("principal") for resolved in members):
        return ()
    used = {"s3"}
    for resolved in members:
        for wire in resolution.architecture.outgoing(resolved.id):
            if resolution.component(wire.target).kind.traits.get("endpoint") == "gateway":
                used.add(resolution.component(wire.target).kind.id)
    return tuple(sorted(used))
