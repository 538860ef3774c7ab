"""Who writes fragments: components, wires, VPCs and the parts that several share. An owner names what it writes."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from designer.catalog.resolve import Resolved
from designer.cloudformation.fragments import drawn_id
from designer.cloudformation.intrinsics import STACK, get_att, ref, shorten, sub
from designer.cloudformation.names import Names, camel, id_prefix
from designer.cloudformation.network import SubnetSet, Vpc, has_way_out

Tree = dict[str, Any]


class Owner:
    """Who writes a fragment: gives logical ids with the owner's prefix, and references to them.

    `writer` is its name in the template's records ("component:orders"), `key` its id in the drawing ("orders").
    """

    def __init__(self, names: Names, writer: str, prefix: str) -> None:
        self._names, self.writer, self.prefix = names, writer, prefix
        self.key = drawn_id(writer)

    def id(self, suffix: str = "") -> str:
        """The logical id of one of the owner's resources, parameters or outputs."""
        return self._names.logical_id(self.writer, self.prefix, suffix)

    def ref_to(self, suffix: str) -> Tree:
        """`Ref` of one of the owner's resources."""
        return ref(self.id(suffix))

    def att(self, suffix: str, attribute: str) -> Tree:
        """`Fn::GetAtt` of one of the owner's resources."""
        return get_att(self.id(suffix), attribute)


class SharedParts:
    """The parts of a stack that several components use: what was asked for, and by whom."""

    def __init__(self, names: Names) -> None:
        self._names = names
        self.wanted: dict[str, dict[str, set[str]]] = {}
        self.noted: dict[tuple[str, str, str], None] | None = None
        """Where somebody wants to know them: the (part, purpose, user) asked for, in order."""

    def use(self, part: str, purpose: str, user: str) -> Owner:
        """Asks for a shared part for a purpose; returns the owner that names its resources."""
        if self.noted is not None:
            self.noted[part, purpose, user] = None
        self.wanted.setdefault(part, {}).setdefault(purpose, set()).add(user)
        return self.owner(part)

    def owner(self, part: str) -> Owner:
        """The owner of a shared part's resources; these have no prefix."""
        return Owner(self._names, f"shared:{part}", "")


class NetworkContext:
    """A VPC as templates see it. `note` is told what of its plan is looked at: the whole, or one set of subnets."""

    def __init__(self, vpc: Vpc, names: Names, note: Callable[..., None]) -> None:
        self._plan, self._note = vpc, note
        self.owner = Owner(names, vpc.writer, id_prefix(vpc.prefix) if vpc.prefix else "")
        self.id = self.owner.ref_to("Vpc")
        self.cidr = self.owner.ref_to("VpcCidr")

    @property
    def plan(self) -> Vpc:
        """All that is to be made of it."""
        self._note("network", self._plan.id)
        return self._plan

    @property
    def endpoints(self) -> set[str]:
        """The AWS services that are reached through endpoints: interfaces, or gateways where there are route tables."""
        self._note("endpoints", self._plan.id)
        return set(self._plan.endpoints)

    def has_way_out(self, resolved: Resolved) -> bool:
        """Whether a component reaches the internet."""
        self._note("ways out", self._plan.id)
        return has_way_out(resolved, self._plan)

    def subnets(self, key: str, zones: Iterable[str] | None = None) -> list[Tree]:
        """References to the subnets of a set, in all zones or in some."""
        self._note("subnets", self._plan.id, key)
        chosen = set(self._plan.zones if zones is None else zones)
        subnets = self._plan.sets[key].subnets
        return [self.owner.ref_to(subnet.suffix) for subnet in subnets if subnet.zone in chosen]

    def routes(self, key: str) -> list[str]:
        """The logical ids that must exist before something in a set can reach the internet, or AWS without it."""
        self._note("subnets", self._plan.id, key)
        plan, subnet_set = self._plan, self._plan.sets[key]
        if subnet_set.access == "public":
            return [self.owner.id("PublicDefaultRoute")]
        if subnet_set.access == "private" and plan.nat_zones:
            return [self.owner.id(f"{subnet_set.name}DefaultRoute{zone.upper()}") for zone in plan.zones]
        return []

    def endpoint_id(self, service: str) -> str:
        """The logical id of the interface endpoint of an AWS service, such as "ecr.dkr"."""
        return self.owner.id(camel(service) + "Endpoint")

    def route_tables(self) -> list[Tree]:
        """References to the route tables of private and isolated subnets."""
        tables = []
        for subnet_set in self.plan.sets.values():
            name = f"{subnet_set.name}RouteTable"
            if subnet_set.access == "private":
                tables += [self.owner.ref_to(name + subnet.zone.upper()) for subnet in subnet_set.subnets]
            elif subnet_set.access == "isolated":
                tables.append(self.owner.ref_to(name))
        return tables

    def endpoint_subnets(self) -> list[Tree]:
        """References to the subnets that interface endpoints are put in: one in each zone."""
        return self.subnets(self.plan.endpoint_set)

    def addresses(self) -> list[Tree]:
        """References to the public addresses from which private subnets reach the internet."""
        return [self.owner.ref_to(f"NatAddress{zone.upper()}") for zone in self.plan.nat_zones]

    def first_set(self, access: str) -> SubnetSet:
        """The first set with an access."""
        return next(s for s in self.plan.sets.values() if s.access == access)

    @property
    def domain(self) -> Any:
        """The private DNS domain of named services; its first label tells stacks and VPCs apart."""
        prefix = self._plan.prefix
        label = f"{shorten(prefix, 54)}-" if prefix else ""
        return sub("${label}${Stack}.internal", {"label": label, "Stack": STACK})

    def host(self, key: str) -> Any:
        """The name by which a named service is called inside the VPC. A DNS label has at most 63 characters."""
        return sub("${label}.${domain}", {"label": dns_label(key), "domain": self.domain})


def dns_label(key: str) -> str:
    """An id as a label of a host name: at most 63 characters (RFC 1035)."""
    return shorten(key, 63)
