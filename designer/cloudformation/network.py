"""The network of an export: which VPCs, subnets, routes and gateways the drawing needs, drawn or not."""

from __future__ import annotations

import hashlib
import ipaddress
from dataclasses import dataclass, field

from designer.analysis.networks import drawn_key, set_key, subnet_blocks
from designer.catalog.entries import InVpc
from designer.catalog.resolve import IMPLIED_VPC, Resolution, Resolved
from designer.cloudformation.circles import indirect_wires
from designer.cloudformation.names import id_prefix
from designer.errors import UserError
from designer.language import tr

TIERS = ("public", "private", "isolated")
LETTERS = "abcdef"
"""The zones, by letter; the place of a letter is the place of its zone in `Fn::GetAZs`."""

CHINA_ENDPOINTS = frozenset(
    ("cloudformation", "ec2", "ecr.api", "ecr.dkr", "eks", "lambda", "monitoring", "sqs", "states", "sts")
)
"""Interface endpoints whose service has a name of another form in the China Regions.

AWS CDK, `InterfaceVpcEndpointAwsService`, which lists them from DescribeVpcEndpointServices. Gateway endpoints have the
same form everywhere.
"""
NETWORK = "shared:network"
"""The writer of the network that is made where no VPC is drawn."""


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
    """What is to be made of one VPC.

    `writer` and `prefix` give its logical ids; `nat_zones` have a NAT gateway; `endpoint_services` are reached through
    interface endpoints in the subnets of `endpoint_set`, `gateway_endpoints` through the route tables. In a VPC that is
    `named`, services are found by name.
    """

    id: str
    writer: str
    prefix: str
    title: str
    region: str
    cidr: str
    nat: str
    flow_logs: bool
    zones: tuple[str, ...] = ()
    sets: dict[str, SubnetSet] = field(default_factory=dict)
    nat_zones: tuple[str, ...] = ()
    internet: bool = False
    endpoint_services: tuple[str, ...] = ()
    endpoint_set: str = ""
    gateway_endpoints: tuple[str, ...] = ()
    kubernetes: bool = False
    named: bool = False

    @property
    def prefix_length(self) -> int:
        """The length of the network part of the address range: 16 to 22."""
        return int(self.cidr.partition("/")[2])

    @property
    def blocks(self) -> int:
        """The address range is cut into so many equal blocks, 64 or 32; a subnet takes one."""
        return subnet_blocks(self.prefix_length)

    @property
    def block_bits(self) -> int:
        """The bits of an address that lie inside one block, as `Fn::Cidr` wants them."""
        return 32 - self.prefix_length - (self.blocks.bit_length() - 1)

    @property
    def most_sets(self) -> int:
        """How many sets of subnets there is room for, with every zone that a Region may have."""
        return self.blocks // len(LETTERS)

    @property
    def endpoints(self) -> tuple[str, ...]:
        """The services with an endpoint of either sort; gateways need routes of subnets of their own."""
        inside = any(subnet_set.access != "public" for subnet_set in self.sets.values())
        return (*self.endpoint_services, *(self.gateway_endpoints if inside else ()))

    def endpoint_prefix(self, service: str) -> str:
        """What the name of an interface endpoint's service starts with, in the Region that is drawn."""
        china = self.region.startswith("cn-") and service in CHINA_ENDPOINTS
        return "cn.com.amazonaws" if china else "com.amazonaws"

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
    _refuse_homeless(members)
    return {key: _plan(resolution, key, members[key]) for key in sorted(members)}


def has_way_out(resolved: Resolved, vpc: Vpc) -> bool:
    """Whether a component reaches the internet: through a NAT gateway, or by a public address of its own."""
    if resolved.tier == "private":
        return bool(vpc.nat_zones)
    public_address = str(resolved.kind.traits.get("public_address", "False"))
    return resolved.tier == "public" and bool(resolved.work_out(public_address))


def _refuse_homeless(members: dict[str, list[Resolved]]) -> None:
    drawn = [key for key in members if key != IMPLIED_VPC]
    homeless = members.get(IMPLIED_VPC, [])
    if homeless and len(drawn) > 1:
        raise UserError(
            tr("stands in none of the drawn VPCs, and needs one"),
            name=homeless[0].id,
            hint=tr("Move it into one of them."),
        )


def _plan(resolution: Resolution, key: str, members: list[Resolved]) -> Vpc:
    vpc = _new_vpc(resolution, key)
    vpc.zones = _zones(resolution, key, members)
    wanted = {set_key(resolution, resolved): str(resolved.tier) for resolved in members}
    for boundary in resolution.architecture.boundaries.values():
        home = resolution.vpc_of(boundary.id) if boundary.kind == "tier" else None
        if home is not None and home.id == key:
            wanted[drawn_key(boundary.id)] = str(resolution.boundary(boundary.id)["access"])
    programs = [resolved for resolved in members if resolved.kind.traits.get("principal")]
    _plan_nat(vpc, wanted, programs)
    vpc.internet = "public" in wanted.values()
    vpc.sets = _sets(vpc, wanted)
    _plan_endpoints(resolution, vpc, programs)
    vpc.kubernetes = any(resolved.kind.id == "eks" for resolved in members)
    vpc.named = any(_is_found_by_name(resolution, resolved) for resolved in members)
    return vpc


def _is_found_by_name(resolution: Resolution, resolved: Resolved) -> bool:
    calls = any(wire.relation == "calls" for wire in resolution.architecture.incoming(resolved.id))
    return calls and bool(resolved.kind.traits.get("discovery"))


def _new_vpc(resolution: Resolution, key: str) -> Vpc:
    region = resolution.architecture.settings.region
    if key == IMPLIED_VPC:
        settings = resolution.settings
        cidr, nat, flow_logs = settings["vpc_cidr"], settings["nat"], settings["flow_logs"]
        vpc = Vpc(key, NETWORK, "", "the network", region, cidr, nat, flow_logs)
    else:
        values, boundary = resolution.boundary(key), resolution.architecture.boundaries[key]
        cidr, nat, flow_logs = values["cidr"], values["nat"], values["flow_logs"]
        vpc = Vpc(key, f"boundary:{key}", key, boundary.name, region, cidr, nat, flow_logs)
    _check_range(vpc)
    return vpc


def _check_range(vpc: Vpc) -> None:
    name = "architecture" if vpc.id == IMPLIED_VPC else vpc.id
    try:
        network = ipaddress.IPv4Network(vpc.cidr)
    except ValueError as error:
        hint = tr("Write the first address of the range, such as 10.0.0.0/16.")
        raise UserError(
            tr("{cidr} is not an address range: {error}", cidr=vpc.cidr, error=error), name=name, hint=hint
        ) from error
    unusable = network.is_loopback or network.is_link_local or network.is_multicast or network.is_reserved
    if unusable or network.network_address.packed[0] == 0 or not 16 <= network.prefixlen <= 22:
        message = tr("{cidr} cannot be the address range of a VPC", cidr=vpc.cidr)
        raise UserError(message, name=name, hint=tr("Take a private range from /16 to /22, such as 10.0.0.0/16."))


def _zones(resolution: Resolution, key: str, members: list[Resolved]) -> tuple[str, ...]:
    """The zones that the VPC has subnets in, with further letters where a service needs more of them."""
    boundary = resolution.architecture.boundaries.get(key)
    zones = set(boundary.zones if boundary is not None else ()) or set(resolution.architecture.settings.zones)
    for resolved in members:
        zones.update(resolved.zones)
    needed = max((_subnet_zones(resolved) for resolved in members), default=1)
    spare = (letter for letter in LETTERS if letter not in zones)
    while len(zones) < needed:
        zones.add(next(spare))
    return tuple(sorted(zones))


def _subnet_zones(resolved: Resolved) -> int:
    """In how many zones a component needs subnets to be created at all."""
    if resolved.kind.placement.in_vpc is InVpc.ALWAYS and resolved.kind.traits.get("subnet_group"):
        return max(2, len(resolved.zones))  # a subnet group takes two zones, whatever runs in them
    return len(resolved.zones)


def _plan_nat(vpc: Vpc, wanted: dict[str, str], programs: list[Resolved]) -> None:
    if vpc.nat == "none" or not any(resolved.tier == "private" for resolved in programs):
        return
    vpc.nat_zones = vpc.zones if vpc.nat == "per-zone" else vpc.zones[:1]
    if "public" not in wanted.values():
        wanted["public"] = "public"


def _sets(vpc: Vpc, wanted: dict[str, str]) -> dict[str, SubnetSet]:
    slots = _slots(vpc, wanted)
    sets: dict[str, SubnetSet] = {}
    for key in sorted(wanted, key=lambda key: slots[key]):
        access, slot = wanted[key], slots[key]
        name = _set_name(key, access, slot, {other.name for other in sets.values()})
        subnets = tuple(_subnet(name, zone, slot) for zone in vpc.zones)
        sets[key] = SubnetSet(key, name, access, subnets)
    return sets


def _subnet(name: str, zone: str, slot: int) -> Subnet:
    index = LETTERS.index(zone)
    return Subnet(f"{name}Subnet{zone.upper()}", zone, index, slot * len(LETTERS) + index)


def _slots(vpc: Vpc, wanted: dict[str, str]) -> dict[str, int]:
    """A place in the address range for each set, which does not move when components, zones or other tiers come and go.

    The three kinds of access have places of their own. Of two sets of one access, the drawn one comes before the one
    that is implied, the earlier id before the later; the other takes a place of the rest.
    """
    slots: dict[str, int] = {}
    spare = iter(range(len(TIERS), vpc.most_sets))
    for key in sorted(wanted, key=lambda key: (key in TIERS, key)):
        usual = TIERS.index(wanted[key])
        slot = usual if usual not in slots.values() else next(spare, None)
        if slot is None:
            message = tr(
                "has more than {most_sets} subnet tiers, for which {cidr} has no room",
                most_sets=vpc.most_sets,
                cidr=vpc.cidr,
            )
            raise UserError(message, name=vpc.id, hint=tr("Join tiers, or draw a second VPC."))
        slots[key] = slot
    return slots


def _set_name(key: str, access: str, slot: int, taken: set[str]) -> str:
    if slot < len(TIERS):
        return access.capitalize()
    if key in TIERS:
        return f"Other{access.capitalize()}"
    name = id_prefix(key.removeprefix("tier:"))
    unclear = name in taken or name.lower() in TIERS or name.startswith("Other")
    return name + hashlib.sha256(key.encode()).hexdigest()[:8] if unclear else name


def _plan_endpoints(resolution: Resolution, vpc: Vpc, programs: list[Resolved]) -> None:
    """How programs reach AWS services: through endpoints where they have no way to the internet.

    S3 and DynamoDB have gateway endpoints, which cost nothing and spare the NAT gateways.
    """
    if programs:
        used = {"s3"}
        for resolved in programs:
            used.update(kind for kind, endpoint in _used_services(resolution, resolved) if endpoint == "gateway")
        vpc.gateway_endpoints = tuple(sorted(used))
    stranded = [resolved for resolved in programs if not has_way_out(resolved, vpc)]
    if not stranded:
        return
    indirect = indirect_wires(resolution)
    services = {service for resolved in stranded for service in needed_endpoints(resolution, resolved, indirect)}
    vpc.endpoint_services = tuple(sorted(services))
    vpc.endpoint_set = set_key(resolution, stranded[0])


def needed_endpoints(resolution: Resolution, resolved: Resolved, indirect: frozenset[str]) -> set[str]:
    """The AWS services that a program must reach: what it is built on, and what its wires lead to.

    `indirect` are the wires that tell the name of their target in Parameter Store.
    """
    services = _own_services(resolved)
    services.update(name for name, endpoint in _used_services(resolution, resolved) if endpoint == "interface")
    if any(wire.id in indirect for wire in resolution.architecture.outgoing(resolved.id)):
        services.add("ssm")
    return services


def _own_services(resolved: Resolved) -> set[str]:
    """The AWS services that a component talks to whatever is drawn."""
    entries = resolved.kind.traits.get("endpoint_services", ())
    return {
        str(entry["service"]) if isinstance(entry, dict) else str(entry)
        for entry in entries
        if not isinstance(entry, dict) or resolved.work_out(str(entry["when"]))
    }


def _used_services(resolution: Resolution, resolved: Resolved) -> set[tuple[str, str]]:
    """The AWS services at the other ends of a component's wires, each with the kind of its VPC endpoint."""
    found: set[tuple[str, str]] = set()
    for wire in resolution.architecture.wires_of(resolved.id):
        other = resolution.component(wire.target if wire.source == resolved.id else wire.source)
        found.update((service, "interface") for service in other.kind.traits.get("client_services", ()))
        if other.kind.traits.get("endpoint") == "gateway":
            found.add((other.kind.id, "gateway"))
    return found
