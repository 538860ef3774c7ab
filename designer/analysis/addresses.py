"""Whether subnets have addresses for all that may run in them.

Counted are the network interfaces that a kind's entry names (`addresses` among its traits): how many there are at the
start, and how many there may come to be. What else takes addresses is left out, so what is found short is short indeed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from designer.analysis.networks import cidr_of, free_addresses, set_key
from designer.catalog.resolve import Resolution, Resolved

Moment = Literal["start", "most"]


@dataclass(frozen=True, slots=True)
class Shortage:
    """A component that wants more addresses than its neighbours in the same subnets leave it."""

    component: str
    wanted: int
    room: int


def shortages(resolution: Resolution, moment: Moment) -> dict[str, Shortage]:
    """What does not fit into its subnets, by component: of those in one place the one that takes the most."""
    found: dict[str, Shortage] = {}
    for members in _neighbours(resolution).values():
        found.update((shortage.component, shortage) for shortage in _short(resolution, members, moment))
    return found


def wanted(resolved: Resolved, moment: Moment) -> int:
    """How many addresses a component takes, in all its zones together."""
    formulas = resolved.kind.traits.get("addresses", {})
    return int(resolved.work_out(str(formulas.get(moment, 0))))


def _neighbours(resolution: Resolution) -> dict[tuple[str, str], list[Resolved]]:
    """The components by VPC and set of subnets."""
    found: dict[tuple[str, str], list[Resolved]] = {}
    for resolved in resolution.components():
        if resolved.vpc is not None and "addresses" in resolved.kind.traits:
            found.setdefault((resolved.vpc, set_key(resolution, resolved)), []).append(resolved)
    return found


def _short(resolution: Resolution, members: list[Resolved], moment: Moment) -> Iterator[Shortage]:
    free = free_addresses(cidr_of(resolution, members[0]))
    for zones in _ways_to_stand(members):
        inside = [(wanted(member, moment), member) for member in members if zones.issuperset(member.zones)]
        total, room = sum(count for count, _member in inside), free * len(zones)
        if total > room:
            count, largest = max(inside, key=lambda pair: pair[0])
            yield Shortage(largest.id, count, max(0, room - (total - count)))


def _ways_to_stand(members: Iterable[Resolved]) -> list[frozenset[str]]:
    """The different choices of zones, the wide ones first, so that what is said of narrow ones counts."""
    return sorted({frozenset(member.zones) for member in members}, key=lambda zones: (-len(zones), sorted(zones)))
