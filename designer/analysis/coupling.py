"""Coupling: how tightly each wire binds its ends, and the figures of the graph of services.

The class of a wire counts four things that are independent of one another: waiting for the answer, not being able to
do without it, having nothing in between that bridges an outage, and sharing data. The graph of services has the
compute components as nodes; brokers, load balancers and tables with a stream are walked through.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from designer.analysis.coupling_metrics import CouplingMetrics, Dependency, metrics
from designer.analysis.findings import CouplingResult, ServiceCoupling, WireCoupling
from designer.analysis.memory import Memory
from designer.analysis.overrides import wire_words
from designer.analysis.wiring import Wiring
from designer.analysis.wording import listed
from designer.catalog.entries import Role, Strength, Style
from designer.catalog.resolve import Resolution, ResolvedWire
from designer.language import tr

MOST_PAIRS = 2_500
"""A broker with more pairs of sender and receiver stays a node of the graph instead of being walked through."""


@dataclass(frozen=True, slots=True)
class ServiceGraph:
    """The graph of services: nodes, dependencies, its metrics, and the wires that each dependency is made of."""

    nodes: tuple[str, ...]
    paths: Mapping[tuple[str, str, bool], tuple[str, ...]]
    metrics: CouplingMetrics

    def wires(self, consumer: str, provider: str) -> tuple[str, ...]:
        """The ids of wires and components between from one service to another, the synchronous way first."""
        direct = self.paths.get((consumer, provider, True))
        return direct if direct is not None else self.paths.get((consumer, provider, False), ())

    def is_synchronous(self, consumer: str, provider: str) -> bool:
        """Whether one waits for the other."""
        return (consumer, provider, True) in self.paths


def service_graph(wiring: Wiring) -> ServiceGraph:
    """The graph of services of a drawing."""
    nodes = {key for key in wiring.outgoing if _is_service(wiring, key)}
    paths: dict[tuple[str, str, bool], tuple[str, ...]] = {}
    for consumer in sorted(nodes):
        _walk(wiring, consumer, nodes, paths)
    dependencies = [Dependency(consumer, provider, sync) for consumer, provider, sync in sorted(paths)]
    return ServiceGraph(tuple(sorted(nodes)), paths, metrics(nodes, dependencies))


def _is_service(wiring: Wiring, key: str) -> bool:
    role = wiring.resolution.component(key).kind.role
    crowded = len(wiring.incoming[key]) * len(wiring.outgoing[key]) > MOST_PAIRS
    return role is Role.COMPUTE or (role is not Role.ENTRY and crowded)


def _walk(wiring: Wiring, consumer: str, nodes: set[str], paths: dict[tuple[str, str, bool], tuple[str, ...]]) -> None:
    """Notes every service that a consumer reaches without passing another one, and whether all of it is waited for."""
    seen: set[tuple[str, bool]] = set()
    queue: list[tuple[str, bool, tuple[str, ...]]] = [(consumer, True, ())]
    for place, waits, trail in queue:
        for wire in wiring.outgoing[place]:
            target = wire.target.id
            sync = waits and wire.style is Style.SYNC and wire.strength is Strength.HARD
            path = (*trail, wire.id)
            if target in nodes:
                paths.setdefault((consumer, target, sync), path)
            elif (target, sync) not in seen:
                seen.add((target, sync))
                queue.append((target, sync, (*path, target)))


def couple(
    wiring: Wiring,
    graph: ServiceGraph,
    required: Iterable[frozenset[str]],
    shared: Mapping[str, tuple[str, ...]],
    memory: Memory | None = None,
) -> CouplingResult:
    """The coupling of a drawing.

    `required` holds for each flow the components whose total failure stops it, `shared` the stores with several
    writers, `memory` the classes of wires that nothing has touched.
    """
    classes: dict[str, tuple[tuple[str, ...], WireCoupling]] = {} if memory is None else memory.of_wires("coupling")
    for wire in wiring.resolution.wires():
        # Who counts as a writer of its own is decided further away than what a wire is remembered by.
        writers = shared.get(wire.target.id, ())
        if wire.id not in classes or classes[wire.id][0] != writers:
            classes[wire.id] = writers, classify(wire, wiring, shared)
    flows = list(required)
    stops = dict.fromkeys(wiring.outgoing, 0)
    for members in flows:
        for key in members:
            stops[key] += 1
    found = graph.metrics
    services = {
        key: ServiceCoupling(
            incoming=found.ais.get(key, 0),
            outgoing=found.ads.get(key, 0),
            instability=found.instability.get(key),
            blast_radius=stops[key] / len(flows) if flows else 0.0,
        )
        for key in sorted(wiring.outgoing)
    }
    return CouplingResult(
        wires={wire.id: classes[wire.id][1] for wire in wiring.resolution.wires()},
        services=services,
        density=found.scf,
        average=found.adcs,
        mutual_pairs=found.siy,
        sync_ratio=found.sync_ratio,
        sync_depth=found.sync_depth,
        cycles=found.cycles,
    )


def classify(wire: ResolvedWire, wiring: Wiring, shared: Mapping[str, tuple[str, ...]]) -> WireCoupling:
    """The class of one wire, with a reason in words for each point. `shared` are the stores with several writers."""
    reasons = []
    if wire.style is Style.SYNC:
        reasons.append(tr("{name} waits for the answer", name=wire.source.name))
    if wire.strength is Strength.HARD:
        reasons.append(tr("{name} cannot do its work without it", name=wire.source.name))
    if not _is_bridged(wire, wiring):
        reasons.append(tr("nothing in between bridges an outage of {name}", name=wire.target.name))
    if wire.target.id in shared:
        writers = _names(wiring.resolution, shared[wire.target.id])
        reasons.append(tr("{writers} write the same data", writers=writers))
    elif is_private_access(wiring.resolution, wire):
        reasons.append(tr("it reaches into the data of another group"))
    judged = wire_words(wire, wiring) if wire.judged else ()
    return WireCoupling(
        style=wire.style, strength=wire.strength, tightness=len(reasons), reasons=tuple(reasons), judged=judged
    )


def _is_bridged(wire: ResolvedWire, wiring: Wiring) -> bool:
    """Whether an outage of the target is bridged: by a broker, by the buffer the wire has, or by an alternative."""
    buffered = wire.relation.traits.get("buffered")
    if wire.target.kind.role is Role.BROKER or (buffered is not None and wire.values.work_out(str(buffered))):
        return True
    if wire.group is None:
        return False
    choice = wiring.alternatives(wire.source.id)[wire.group]
    return len(choice.members) > choice.needed


def shared_stores(wiring: Wiring) -> dict[str, tuple[str, ...]]:
    """The stores that at least two owners write, with the ids of their writers.

    Components of one drawn group have one owner, so that a service made of several components may share its data; and
    so have components that stand in for one another, such as equal targets of a load balancer.
    """
    found = {}
    for key, wires in wiring.incoming.items():
        if wiring.resolution.component(key).kind.role is not Role.STORE:
            continue
        writers = sorted({wire.source.id for wire in wires if writes(wire)})
        if len(_owners(wiring, writers)) > 1:
            found[key] = tuple(writers)
    return found


def _owners(wiring: Wiring, writers: Iterable[str]) -> set[str]:
    """Who answers for these components, those that stand in for one another once."""
    alone = {owner(wiring.resolution, writer): writer for writer in writers}
    spoken_for: dict[tuple[str, tuple[str, str]], str] = {}
    found = set()
    for name, writer in sorted(alone.items()):
        groups = [(wire.source.id, wire.group) for wire in wiring.incoming[writer] if wire.group is not None]
        known = next((spoken_for[group] for group in groups if group in spoken_for), name)
        found.add(known)
        spoken_for.update(dict.fromkeys(groups, known))
    return found


def writes(wire: ResolvedWire) -> bool:
    """Whether a compute component changes data over this wire."""
    access = wire.values.get("access")
    return wire.source.kind.role is Role.COMPUTE and access is not None and access != "read"


def owner(resolution: Resolution, component: str) -> str:
    """Who answers for a component: the innermost drawn group around it, or the component itself."""
    return group_of(resolution, component) or component


def group_of(resolution: Resolution, component: str) -> str | None:
    """The id of the innermost drawn group around a component."""
    boundary = resolution.architecture.components[component].boundary
    chain = resolution.architecture.boundaries_around(boundary)
    return next((one.id for one in chain if one.kind == "group"), None)


def is_private_access(resolution: Resolution, wire: ResolvedWire) -> bool:
    """Whether a wire reaches into a store of a group that its source stands outside of."""
    if wire.target.kind.role is not Role.STORE:
        return False
    home, origin = group_of(resolution, wire.target.id), group_of(resolution, wire.source.id)
    return home is not None and home != origin


def _names(resolution: Resolution, keys: Iterable[str]) -> str:
    return listed([resolution.component(key).name for key in keys])
