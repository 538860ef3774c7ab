"""From a drawing to the failure engine's model: what can fail, what it takes with it, and who needs whom.

Two readings, which answer different questions and must not be mixed. *Structural*: replicas, hosts, zones, gateways
and services fail as events of their own, so that the drawing's redundancy counts. *Contract*: each component fails
as a whole, as often as AWS's agreement for its configuration allows at most.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from designer.analysis.crowd import LARGE, crowd
from designer.analysis.known_facts import REGION_FACT, ZONE_FACT, own_figure, shared_facts
from designer.analysis.memory import Memory
from designer.analysis.networks import Network, networks, sends_outward
from designer.analysis.system import Event, Group, Level, Node, System
from designer.analysis.wiring import Wiring
from designer.catalog.entries import Fact, Figure, Scope
from designer.catalog.members import host_zones, replica_zones, zone_of
from designer.catalog.resolve import Resolution, Resolved
from designer.language import tr
from designer.model.entities import Mode

NAT_FACT = "nat.zone"
REGION = "region"
HANDOVER = "/taken-in"
"""Ends the id of the node that stands for a component taking work in, without doing it."""


class What(StrEnum):
    """What an event is about."""

    REPLICA = "replica"
    HOST = "host"
    SERVICE = "service"
    NOTHING_RUNS = "nothing runs"
    CROWD = "crowd"
    GATEWAY = "gateway"
    ZONE = "zone"
    REGION = "region"
    CONTRACT = "contract"


@dataclass(frozen=True, slots=True)
class Origin:
    """Where an event comes from: its component, its zone, the VPC of a gateway. `of` counts its equals."""

    what: What
    component: str | None = None
    zone: str | None = None
    vpc: str | None = None
    of: int = 1


@dataclass(frozen=True, slots=True)
class Anatomy:
    """How one component fails by itself, by the ids of events; `taking_in` are those that stop it taking work in."""

    events: tuple[str, ...] = ()
    replicas: tuple[tuple[str, ...], ...] = ()
    needed: int = 0
    taking_in: tuple[str, ...] | None = None


@dataclass(slots=True)
class Parts:
    """All events of a drawing and how each component fails by itself, before anybody needs anybody.

    `unmodelled` have no figure at all. `slack` is by how much a component's figure may be too low (see `crowd`).
    """

    events: dict[str, Event] = field(default_factory=dict)
    origins: dict[str, Origin] = field(default_factory=dict)
    anatomies: dict[str, Anatomy] = field(default_factory=dict)
    unmodelled: set[str] = field(default_factory=set)
    slack: dict[str, float] = field(default_factory=dict)

    def add(self, key: str, down: float, level: Level, source: str, origin: Origin, label: str) -> str:
        """Adds an event once; returns its id."""
        if key not in self.events:
            self.events[key] = Event(key, down, level, label, source)
            self.origins[key] = origin
        return key

    def take(self, other: Parts) -> None:
        """Adds all of another's; an event that both have is the same."""
        self.events.update(other.events)
        self.origins.update(other.origins)
        self.anatomies.update(other.anatomies)
        self.unmodelled |= other.unmodelled
        self.slack.update(other.slack)


def structural_parts(resolution: Resolution, memory: Memory | None = None) -> Parts:
    """Replicas, hosts, zones, gateways and services as events of their own."""
    known = {} if memory is None else memory.of_components("structural parts")
    return _together(resolution, known, _Dissection(resolution).apart)


def contract_parts(resolution: Resolution, memory: Memory | None = None) -> Parts:
    """Each component as one event: what AWS's agreement for its configuration allows at most."""
    known = {} if memory is None else memory.of_components("contract parts")
    facts = resolution.catalog.facts
    return _together(resolution, known, lambda resolved: _contract_of(resolved, facts))


def _together(resolution: Resolution, known: dict[str, Parts], apart: Callable[[Resolved], Parts]) -> Parts:
    """The parts of all components, each taken apart unless it is known already."""
    parts = Parts()
    for resolved in resolution.components():
        piece = known.get(resolved.id)
        if piece is None:
            piece = known[resolved.id] = apart(resolved)
        parts.take(piece)
    return parts


def _contract_of(resolved: Resolved, facts: Mapping[str, Fact]) -> Parts:
    """One component as one event."""
    parts = Parts()
    if resolved.kind.placement.scope is Scope.OUTSIDE:
        parts.anatomies[resolved.id] = Anatomy()
        return parts
    events = _nothing_runs(resolved, parts)
    fact = chosen(resolved, resolved.kind.failure.contract_figures, facts)
    if fact is None:
        parts.unmodelled.add(resolved.id)
    elif not events:
        events = (_committed(resolved, fact, facts, parts),)
    parts.anatomies[resolved.id] = Anatomy(events)
    return parts


def _committed(resolved: Resolved, fact: Fact, facts: Mapping[str, Fact], parts: Parts) -> str:
    """The event that what AWS commits to is not kept: of a service in the Region once, for all its components."""
    service = chosen(resolved, resolved.kind.failure.service_figures, facts)
    if service is not None and _service_level(resolved)[0] is not Level.resource:
        label = tr("{service} in this Region", service=service_name(resolved))
        return parts.add(f"contract:{fact.key}", _down(fact), Level.resource, fact.key, Origin(What.CONTRACT), label)
    origin = Origin(What.CONTRACT, resolved.id)
    return parts.add(f"contract:{resolved.id}", _down(fact), Level.resource, fact.key, origin, resolved.name)


def system(
    parts: Parts,
    wiring: Wiring,
    mode: Mode,
    entries: Iterable[str] | None = None,
    known: dict[str, tuple[Node, tuple[str, ...]]] | None = None,
) -> System:
    """The model of one mode: every component a node, with a second one where work is only taken in.

    With `entries`, only what they reach is in it. `known` are nodes of an earlier model of the same mode that are
    still right, with the components that they hand work over to; it grows by what is made here.
    """
    nodes: dict[str, Node] = {}
    handovers: dict[str, None] = {}
    members = parts.anatomies if entries is None else wiring.reach(entries, mode).full
    made = {} if known is None else known
    for key in sorted(members):
        if key not in made:
            made[key] = _node(key, parts.anatomies[key], wiring, mode)
        nodes[key], taking_in = made[key]
        handovers.update(dict.fromkeys(taking_in))
    for key in handovers:
        anatomy = parts.anatomies[key]
        name = key + HANDOVER
        if anatomy.taking_in is not None:
            nodes[name] = Node(name, anatomy.taking_in)
        else:
            nodes[name] = Node(name, anatomy.events, anatomy.replicas, anatomy.needed)
    return System.of_known(nodes, parts.events)


def _node(key: str, anatomy: Anatomy, wiring: Wiring, mode: Mode) -> tuple[Node, tuple[str, ...]]:
    """A component as a node, and the components that it only hands work over to."""
    node = Node(key, anatomy.events, anatomy.replicas, anatomy.needed, tuple(_groups(wiring, key, mode)))
    return node, tuple(step.target for step in wiring.steps(key, mode) if step.stops)


def component_of(node: str) -> str:
    """The component that a node stands for."""
    return node.removesuffix(HANDOVER)


def chosen(resolved: Resolved, figures: Iterable[Figure], facts: Mapping[str, Fact]) -> Fact | None:
    """The fact of the first figure whose condition holds for a component."""
    for figure in figures:
        if figure.when is None or resolved.work_out(figure.when):
            return facts[figure.fact]
    return None


def _groups(wiring: Wiring, source: str, mode: Mode) -> Iterator[Group]:
    """Alternatives of one source form a group of which some have to work; every other wire is needed by itself."""
    members: dict[tuple[str, str], dict[str, None]] = {}
    for step in wiring.steps(source, mode):
        node = step.target + HANDOVER if step.stops else step.target
        members.setdefault(step.wire.group or ("", node), {})[node] = None
    for key, group in members.items():
        needed = wiring.needed(source, key, mode) if key[0] else 1
        if needed > 0:
            yield Group(tuple(group), min(needed, len(group)))


def _down(fact: Fact) -> float:
    return round(1.0 - fact.availability, 12)


def _nothing_runs(resolved: Resolved, parts: Parts) -> tuple[str, ...]:
    """The event of a component that runs no replica although it consists of nothing else."""
    failure = resolved.kind.failure
    if failure.replicas is None or not failure.replica_figures or int(resolved.work_out(failure.replicas)) > 0:
        return ()
    origin = Origin(What.NOTHING_RUNS, resolved.id)
    return (parts.add(f"nothing:{resolved.id}", 1.0, Level.resource, "drawn with no replica", origin, resolved.name),)


class _Dissection:
    """Takes components apart into events."""

    def __init__(self, resolution: Resolution) -> None:
        self.resolution = resolution
        self.facts = shared_facts(resolution)
        self.networks: Mapping[str, Network] = networks(resolution)
        self.parts = Parts()

    def apart(self, resolved: Resolved) -> Parts:
        """One component's events and how it fails by them."""
        self.parts = Parts()
        self.parts.anatomies[resolved.id] = self._anatomy(resolved)
        return self.parts

    def _anatomy(self, resolved: Resolved) -> Anatomy:
        if resolved.kind.placement.scope is Scope.OUTSIDE:
            return Anatomy()
        judged = own_figure(resolved)
        if judged is not None:
            return self._judged(resolved, judged)
        failure = resolved.kind.failure
        figures = (failure.replica_figures, failure.service_figures, failure.host_figures)
        if all(chosen(resolved, some, self.facts) is None for some in figures):
            self.parts.unmodelled.add(resolved.id)
        service = self._service(resolved)
        own = (*self._region(), *service)
        nothing = _nothing_runs(resolved, self.parts)
        if nothing:
            return Anatomy((*own, *nothing))
        anatomy = self._with_replicas(resolved, own)
        if service:
            anatomy = Anatomy(anatomy.events, anatomy.replicas, anatomy.needed, taking_in=own)
        return anatomy

    def _judged(self, resolved: Resolved, fact: Fact) -> Anatomy:
        """A person's figure stands for all failures of a component's own; zones, gateways and Region fail besides."""
        nothing = _nothing_runs(resolved, self.parts)
        if nothing:
            return Anatomy((*self._region(), *nothing))
        zones, needed = self._standing(resolved)
        level, label, what = Level.instance, resolved.name, What.CROWD if needed < len(zones) else What.REPLICA
        if chosen(resolved, resolved.kind.failure.service_figures, self.facts) is not None:
            level, label = _service_level(resolved)
            what = What.SERVICE
        origin = Origin(what, resolved.id, of=max(1, len(zones)))
        event = self.parts.add(fact.key, _down(fact), level, fact.key, origin, label)
        own = (*self._region(), event)
        below, least = tuple(self._below(resolved, zone, None, 0) for zone in zones), needed
        if len(zones) > LARGE:
            units = sorted(set(zones), key=lambda zone: zone or "")
            below = tuple(self._below(resolved, zone, None, 0) for zone in units)
            least = crowd(tuple(zones.count(zone) for zone in units), needed, 0.0, 0.0).needed_units
        taking_in = own if what is What.SERVICE else None
        return Anatomy(own, below, min(least, len(below)), taking_in=taking_in)

    def _standing(self, resolved: Resolved) -> tuple[list[str | None], int]:
        """The zone of each replica of a component, and how many of them are needed."""
        zones = replica_zones(resolved)
        return zones, max(0, min(int(resolved.work_out(resolved.kind.failure.needed)), len(zones))) if zones else 0

    def _region(self) -> tuple[str, ...]:
        fact = self.facts[REGION_FACT]
        return (self.parts.add(REGION, _down(fact), Level.region, fact.key, Origin(What.REGION), tr("Region")),)

    def _service(self, resolved: Resolved) -> tuple[str, ...]:
        failure = resolved.kind.failure
        fact = chosen(resolved, failure.service_figures, self.facts)
        if fact is None:
            return ()
        level, label = _service_level(resolved)
        if level is Level.resource:
            key, origin = f"service:{resolved.id}", Origin(What.SERVICE, resolved.id)
        else:
            # All that a service runs in a Region fails with it: two queues are no standby for each other.
            key, origin = f"service:{fact.key}", Origin(What.SERVICE)
        return (self.parts.add(key, _down(fact), level, fact.key, origin, label),)

    def _with_replicas(self, resolved: Resolved, own: tuple[str, ...]) -> Anatomy:
        failure = resolved.kind.failure
        count = int(resolved.work_out(failure.replicas)) if failure.replicas is not None else 0
        if count == 0:
            return Anatomy(own)
        needed = max(0, min(int(resolved.work_out(failure.needed)), count))
        zones = resolved.zones
        hosts = int(resolved.work_out(failure.hosts)) if failure.hosts is not None else 0
        placed = host_zones(resolved, hosts)
        if count > LARGE:
            return self._crowd(resolved, own, count, needed, placed)
        fact = chosen(resolved, failure.replica_figures, self.facts)
        hosts_of = [number % len(placed) if placed else None for number in range(count)]
        zones_of = [zone_of(number, zones) if host is None else placed[host] for number, host in enumerate(hosts_of)]
        asked = [number for number, zone in enumerate(zones_of) if self._is_asked(resolved, zone)]
        replicas = [
            (
                *self._replica(resolved, fact, number, len(asked)),
                *self._below(resolved, zones_of[number], hosts_of[number], len(placed)),
            )
            for number in asked
        ]
        return Anatomy(own, tuple(replicas), min(needed, len(replicas)))

    def _is_asked(self, resolved: Resolved, zone: str | None) -> bool:
        """Whether requests reach the replicas of a component in a zone.

        A load balancer does not route to targets in zones in which it is not enabled (Elastic Load Balancing User
        Guide: Availability Zones and load balancer nodes). Where no zone would be left, a rule tells of it.
        """
        sources = [wire for wire in self.resolution.architecture.wires_of(resolved.id) if wire.target == resolved.id]
        if zone is None or not sources or any(wire.relation != "routes" for wire in sources):
            return True
        zones = {zone for wire in sources for zone in self.resolution.component(wire.source).zones}
        return zone in zones or zones.isdisjoint(resolved.zones)

    def _replica(self, resolved: Resolved, fact: Fact | None, number: int, count: int) -> tuple[str, ...]:
        if fact is None:
            return ()
        label = resolved.name if count == 1 else f"{resolved.name} {number + 1}"
        origin = Origin(What.REPLICA, resolved.id, of=count)
        key = f"replica:{resolved.id}:{number}"
        return (self.parts.add(key, _down(fact), Level.instance, fact.key, origin, label),)

    def _below(self, resolved: Resolved, zone: str | None, host: int | None, hosts: int) -> tuple[str, ...]:
        """The events of what a replica stands on: its host, its zone, and its way to the services it talks to."""
        events: list[str] = []
        fact = chosen(resolved, resolved.kind.failure.host_figures, self.facts)
        if host is not None and fact is not None:
            origin = Origin(What.HOST, resolved.id, of=hosts)
            label = tr("{name}, host {host}", name=resolved.name, host=host + 1)
            key = f"host:{resolved.id}:{host}"
            events.append(self.parts.add(key, _down(fact), Level.instance, fact.key, origin, label))
        if zone is not None:
            events.append(self._zone(zone))
            events.extend(event for event in self._gateway(resolved, zone) if event not in events)
        return tuple(events)

    def _zone(self, zone: str) -> str:
        fact = self.facts[ZONE_FACT]
        origin = Origin(What.ZONE, zone=zone)
        return self.parts.add(f"zone:{zone}", _down(fact), Level.zone, fact.key, origin, tr("Zone {zone}", zone=zone))

    def _gateway(self, resolved: Resolved, zone: str) -> tuple[str, ...]:
        network = self.networks.get(resolved.vpc or "")
        if network is None or not uses_gateway(self.resolution, resolved):
            return ()
        stands_in = network.nat_zone(zone)
        if stands_in is None:
            return ()
        fact = self.facts[NAT_FACT]
        origin = Origin(What.GATEWAY, zone=stands_in, vpc=network.id)
        label = tr("NAT gateway in zone {stands_in}", stands_in=stands_in)
        key = f"nat:{network.id}:{stands_in}"
        return self.parts.add(key, _down(fact), Level.resource, fact.key, origin, label), self._zone(stands_in)

    def _crowd(
        self, resolved: Resolved, own: tuple[str, ...], count: int, needed: int, host_zones: tuple[str | None, ...]
    ) -> Anatomy:
        """A large number of replicas: units that carry many of them each, and one event for their own failures."""
        by_host = 0 < len(host_zones) <= LARGE
        zones: tuple[str | None, ...] = resolved.zones or (None,)
        places = host_zones if by_host else zones
        asked = [number for number, zone in enumerate(places) if self._is_asked(resolved, zone)]
        loads = tuple(len(range(number, count, len(places))) for number in asked)
        needed = min(needed, sum(loads))
        below = [
            self._below(resolved, places[number], number if by_host else None, len(host_zones)) for number in asked
        ]
        figures = resolved.kind.failure.replica_figures
        alone = chosen(resolved, figures, self.facts)
        host = chosen(resolved, resolved.kind.failure.host_figures, self.facts) if host_zones else None
        down = _down(alone) if alone is not None else 0.0
        if host is not None and not by_host:
            down = 1.0 - (1.0 - down) * (1.0 - _down(host))
        shared = {event for unit in below for event in unit if self.parts.origins[event].what is not What.HOST}
        unit_down = _down(host) if by_host and host is not None else max(self._sum(unit) for unit in below)
        found = crowd(loads, needed, down, unit_down, common=self._sum(shared) if by_host else 0.0)
        origin = Origin(What.REPLICA if needed == count else What.CROWD, resolved.id, of=count)
        source = alone.key if alone is not None else ""
        label = tr("too few of {name}", name=resolved.name)
        event = self.parts.add(f"crowd:{resolved.id}", found.short, Level.instance, source, origin, label)
        self.parts.slack[resolved.id] = found.slack
        return Anatomy((*own, event), tuple(below), found.needed_units)

    def _sum(self, events: Iterable[str]) -> float:
        return sum(self.parts.events[event].unavailability for event in sorted(events))


def _service_level(resolved: Resolved) -> tuple[Level, str]:
    """How much fails with a managed service, and what that is called."""
    level = Level(str(resolved.work_out(resolved.kind.failure.service_level)))
    return level, resolved.name if level is Level.resource else tr(
        "{service} in this Region", service=service_name(resolved)
    )


def service_name(resolved: Resolved) -> str:
    """What AWS calls the service of a component's kind."""
    return str(resolved.kind.traits.get("service", resolved.kind.title))


def uses_gateway(resolution: Resolution, resolved: Resolved) -> bool:
    """Whether a component in a private subnet talks to an AWS service by its public endpoint, to send or to fetch."""
    return sends_outward(resolved) and bool(public_services(resolution, resolved))


def public_services(resolution: Resolution, resolved: Resolved) -> list[str]:
    """The AWS services that a component's program reaches by their public endpoints, each once, by name."""
    found = set()
    for wire in resolution.architecture.wires_of(resolved.id):
        relation = resolution.catalog.relations[wire.relation]
        fetches = wire.target == resolved.id and "environment_to_target" in relation.traits
        if relation.failure_path or not (fetches or wire.source == resolved.id):
            continue
        other = resolution.component(wire.source if fetches else wire.target)
        if other.kind.traits.get("endpoint") == "public":
            found.add(service_name(other))
    return sorted(found)
