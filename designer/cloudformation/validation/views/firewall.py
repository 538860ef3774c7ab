"""Security groups: which ports they open, to whom and from whom."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from designer.cloudformation.validation.messages import Path
from designer.cloudformation.validation.stack import Resource, Stack
from designer.cloudformation.validation.values import Value, alternatives, number_of, possible_items, text_of

GROUP = "AWS::EC2::SecurityGroup"
INGRESS, EGRESS = "Ingress", "Egress"

_ALL = ("-1", "all")
_NUMBERS = {"6": "tcp", "17": "udp", "1": "icmp", "58": "icmpv6"}
_PEERS = {
    INGRESS: ("SourceSecurityGroupId", "SourceSecurityGroupName", "SourcePrefixListId", "CidrIp", "CidrIpv6"),
    EGRESS: ("DestinationSecurityGroupId", "DestinationPrefixListId", "CidrIp", "CidrIpv6"),
}


@dataclass(frozen=True, slots=True)
class Port:
    """A port that somebody is reached at; the protocol is `tcp` or `udp`."""

    number: int
    protocol: str = "tcp"

    def __str__(self) -> str:
        return f"{self.protocol} port {self.number}"


@dataclass(frozen=True, slots=True)
class Opening:
    """One rule of a security group. `peers` are whom it lets through: groups, blocks or lists of them."""

    body: dict[str, Value]
    peers: tuple[Value, ...]
    path: Path

    def could_open(self, port: Port) -> bool:
        """Whether the rule could let the port through."""
        protocol = (text_of(self.body.get("IpProtocol")) or "?").lower()
        protocol = _NUMBERS.get(protocol, protocol)
        if protocol in _ALL:
            return True
        if protocol not in ("?", port.protocol):
            return False
        low, high = number_of(self.body.get("FromPort")), number_of(self.body.get("ToPort"))
        return (low is None or low <= port.number) and (high is None or port.number <= high or high == -1)

    def port(self) -> Port | None:
        """The one port of the rule; `None` for ranges and for what is not known."""
        protocol = (text_of(self.body.get("IpProtocol")) or "?").lower()
        low, high = number_of(self.body.get("FromPort")), number_of(self.body.get("ToPort"))
        name = _NUMBERS.get(protocol, protocol)
        if name not in ("tcp", "udp") or low is None or low != high:
            return None
        return Port(int(low), name)

    def could_reach(self, group: Resource) -> bool:
        """Whether the members of a group could be among the peers; blocks other than the host's own could hold them."""
        for peer in self.peers:
            for each in alternatives(peer):
                block = text_of(each)
                if (block is not None and not _is_loopback(block)) or _is_group(each, group):
                    return True
                if block is None and getattr(each, "resource", None) is None:
                    return True
        return False


class Firewall:
    """The security groups of a stack, with the rules in them and the rules that are resources of their own."""

    def __init__(self, stack: Stack) -> None:
        self.stack = stack

    @cached_property
    def _separate(self) -> dict[tuple[str, str], list[Opening]]:
        found: dict[tuple[str, str], list[Opening]] = {}
        for direction in (INGRESS, EGRESS):
            for rule in self.stack.of(f"{GROUP}{direction}"):
                for group in self.stack.targets(rule.get("GroupId"), GROUP):
                    opening = _opening(direction, rule.properties, rule.path())
                    found.setdefault((group.id, direction), []).append(opening)
        return found

    def openings(self, group: Resource, direction: str) -> list[Opening]:
        """The rules of a group in one direction."""
        return [*self._inline(group, direction), *self._separate.get((group.id, direction), ())]

    def restricts_egress(self, group: Resource) -> bool:
        """Whether the group lets out only what its rules name; without rules of its own it lets out everything."""
        return isinstance(group.get("SecurityGroupEgress"), list) and bool(group.get("SecurityGroupEgress"))

    def _inline(self, group: Resource, direction: str) -> Iterator[Opening]:
        name = f"SecurityGroup{direction}"
        for index, rule in enumerate(possible_items(group.get(name))):
            if isinstance(rule, dict):
                yield _opening(direction, rule, group.path(name, index))
            else:
                yield Opening({}, (rule,), group.path(name, index))

    def could_leave(self, source: Resource, target: Resource, port: Port) -> bool:
        """Whether the source's group could let a connection to the target's out."""
        if not self.restricts_egress(source):
            return True
        return any(rule.could_open(port) and rule.could_reach(target) for rule in self.openings(source, EGRESS))

    def could_enter(self, target: Resource, source: Resource, port: Port) -> bool:
        """Whether the target's group could let a connection from the source's in."""
        return any(rule.could_open(port) and rule.could_reach(source) for rule in self.openings(target, INGRESS))

    def groups(self, value: Value) -> list[Resource] | None:
        """The groups of a list; `None` where it holds one that is not of this stack."""
        found = possible_items(value)
        groups = [group for item in found if (group := self.stack.target(item, GROUP)) is not None]
        return groups if groups and len(groups) == len(found) else None


def _opening(direction: str, body: dict[str, Value], path: Path) -> Opening:
    peers = tuple(body[name] for name in _PEERS[direction] if name in body)
    return Opening(body, peers, path)


def _is_group(value: Value, group: Resource) -> bool:
    return getattr(value, "resource", None) == group.id


def _is_loopback(block: str) -> bool:
    try:
        return ipaddress.ip_network(block, strict=False).is_loopback
    except ValueError:
        return False
