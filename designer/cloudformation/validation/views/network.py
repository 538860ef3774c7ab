"""Subnets with their zones, blocks and routes."""

from __future__ import annotations

import ipaddress
from enum import Enum
from functools import cached_property

from designer.cloudformation.validation.stack import Resource, Stack
from designer.cloudformation.validation.values import (
    Either,
    Unknown,
    Value,
    Zones,
    alternatives,
    known_items,
    possible_items,
    same,
    text_of,
)

Block = ipaddress.IPv4Network | ipaddress.IPv6Network

SUBNET = "AWS::EC2::Subnet"
EVERYWHERE = ("0.0.0.0/0", "::/0")


class Access(Enum):
    """Where the default route of a subnet leads."""

    PUBLIC = "to an internet gateway"
    OUTWARD = "to a NAT gateway, a transit gateway or the like"
    CLOSED = "nowhere"
    UNKNOWN = "to something that the template does not say"


class Network:
    """The network of a stack, as far as the template makes it."""

    def __init__(self, stack: Stack) -> None:
        self.stack = stack

    @cached_property
    def subnets(self) -> list[Resource]:
        """All subnets of the stack."""
        return self.stack.of(SUBNET)

    def subnets_of(self, value: Value) -> list[Resource]:
        """The subnets of this stack that a list of subnets may name."""
        return [found for each in possible_items(value) if (found := self.stack.target(each, SUBNET)) is not None]

    def zone(self, subnet: Resource) -> Value:
        """The zone of a subnet; one that AWS chooses is unknown."""
        zone = subnet.get("AvailabilityZone") or subnet.get("AvailabilityZoneId")
        return Unknown(f"zone of {subnet.id}") if zone is None else zone

    def most_zones(self, value: Value) -> int | None:
        """In how many zones the subnets of a list lie at most; `None` where the list is not known."""
        if known_items(value) is None:
            return None
        zones: list[Value] = []
        for item in possible_items(value):
            subnet = self.stack.target(item, SUBNET)
            zone = Unknown(f"zone of {item}") if subnet is None else self.zone(subnet)
            if isinstance(item, Unknown) and item.name.startswith("parameter "):
                return None
            if not any(same(zone, other) for other in zones):
                zones.append(zone)
        return len(zones)

    def twins(self, value: Value) -> list[tuple[Resource, Resource]]:
        """Pairs of subnets of a list that lie in one zone."""
        if isinstance(value, (Either, Zones)):
            return []
        return [
            (first, second)
            for first, second in self.stack.pairs(self.subnets_of(value))
            if first is not second and same(self.zone(first), self.zone(second))
        ]

    def block(self, resource: Resource, name: str = "CidrBlock") -> Block | None:
        """The address block of a VPC or subnet; `None` where it is not known."""
        text = text_of(resource.get(name))
        try:
            return None if text is None else ipaddress.ip_network(text, strict=False)
        except ValueError:
            return None

    def vpc(self, subnet: Resource) -> Resource | None:
        """The VPC of a subnet, if the stack has it."""
        return self.stack.target(subnet.get("VpcId"), "AWS::EC2::VPC")

    @cached_property
    def _tables(self) -> dict[str, list[Resource]]:
        found: dict[str, list[Resource]] = {}
        for association in self.stack.of("AWS::EC2::SubnetRouteTableAssociation"):
            for subnet in self.stack.targets(association.get("SubnetId"), SUBNET):
                found.setdefault(subnet.id, []).extend(self._table_of(association))
        return found

    def _table_of(self, holder: Resource) -> list[Resource]:
        return self.stack.targets(holder.get("RouteTableId"), "AWS::EC2::RouteTable")

    @cached_property
    def _routes(self) -> dict[str, list[Resource]]:
        found: dict[str, list[Resource]] = {}
        for route in self.stack.of("AWS::EC2::Route"):
            for table in self._table_of(route):
                found.setdefault(table.id, []).append(route)
        return found

    def default_routes(self, subnet: Resource) -> list[Resource]:
        """The routes to everywhere of a subnet's route tables."""
        routes = (route for table in self._tables.get(subnet.id, ()) for route in self._routes.get(table.id, ()))
        return [route for route in routes if goes_everywhere(route)]

    def access(self, subnet: Resource) -> Access:
        """Where the subnet's default route leads."""
        if subnet.id not in self._tables or not self._tables[subnet.id]:
            return Access.UNKNOWN
        routes = self.default_routes(subnet)
        if any(self.gateways(route) for route in routes):
            return Access.PUBLIC
        if any(route.has("GatewayId") for route in routes):
            return Access.UNKNOWN
        return Access.OUTWARD if routes else Access.CLOSED

    def gateways(self, route: Resource) -> list[Resource]:
        """The internet gateways of this stack that a route leads to."""
        return self.stack.targets(route.get("GatewayId"), "AWS::EC2::InternetGateway")

    @cached_property
    def attachments(self) -> list[Resource]:
        """What attaches internet gateways to VPCs."""
        return [a for a in self.stack.of("AWS::EC2::VPCGatewayAttachment") if a.has("InternetGatewayId")]

    def attachments_of(self, vpc: Value) -> list[Resource]:
        """The attachments of internet gateways to a VPC."""
        return [a for a in self.attachments if any(same(a.get("VpcId"), each) for each in alternatives(vpc))]


def goes_everywhere(route: Resource) -> bool:
    """Whether a route is a default route."""
    destinations = (route.get("DestinationCidrBlock"), route.get("DestinationIpv6CidrBlock"))
    return any(each in EVERYWHERE for value in destinations for each in alternatives(value))
