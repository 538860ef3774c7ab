"""What is known of each flow: whom it reaches, how available it is, and which events alone stop it."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from designer.analysis.availability import availability, failure_probability, single_points_up
from designer.analysis.bdd import Diagram
from designer.analysis.budget import LIVE, Budget, BudgetExceeded, Cancelled
from designer.analysis.dependency import (
    Origin,
    Parts,
    What,
    component_of,
    contract_parts,
    structural_parts,
    system,
)
from designer.analysis.findings import FlowAvailability, FlowResult, SinglePoint
from designer.analysis.reduction import reduce_entry
from designer.analysis.spof import EventMasks, bits
from designer.analysis.system import Level, Structure, System, structure
from designer.analysis.wiring import Wiring
from designer.catalog.entries import Role, Style
from designer.catalog.resolve import Resolution
from designer.model.entities import Flow, Mode

MOST_IMPLIED = 256
"""Flows that are implied, not drawn, are limited to the first so many entries by id: nobody reads more."""

MOST_EXACT_NODES = 5_000
"""Once the flows looked at have so many members in all, the availability of further ones is only bounded."""

LONGEST_WITNESS = 200
"""Of a longer way to what fails only the last so many components are told: nobody reads the rest."""

MOST_CONTRACT_NODES = 2_000
"""Size of the decision diagram for figures of contracts, which nobody needs to the last digit."""

NEGLIGIBLE = 1e-9
"""A difference of availabilities that no figure here is precise enough to show."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A single point with what its event hits first: the components that fail by it directly."""

    point: SinglePoint
    origin: Origin
    components: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FlowStudy:
    """A flow's result with what rules need besides: its hits, and the components whose total failure stops it."""

    result: FlowResult
    hits: tuple[Hit, ...]
    required: frozenset[str]


@dataclass(slots=True)
class Studies:
    """All flows of a drawing. `accepted` is what some flow waits for, `reached` everything that some flow needs."""

    flows: list[FlowStudy]
    parts: Parts
    contract: Parts
    wiring: Wiring
    accepted: frozenset[str] = frozenset()
    accepted_wires: frozenset[str] = frozenset()
    reached: frozenset[str] = frozenset()
    reached_wires: frozenset[str] = frozenset()
    systems: dict[tuple[Mode, bool], System] = field(default_factory=dict)


def study_flows(resolution: Resolution, wiring: Wiring | None = None, budget: Budget = LIVE) -> Studies:
    """Studies all flows, drawn or implied, in the order of their ids."""
    return _Study(resolution, wiring or Wiring(resolution), budget).studies


def flows_of(resolution: Resolution, wiring: Wiring) -> list[Flow]:
    """The drawn flows; without any, one for each entry that leads somewhere."""
    architecture = resolution.architecture
    if architecture.flows:
        return [architecture.flows[key] for key in sorted(architecture.flows)]
    entries = [resolution.component(key) for key in _entries(resolution, wiring)]
    return [Flow(id=entry.id, name=entry.name, entry=entry.id) for entry in entries[:MOST_IMPLIED]]


def _entries(resolution: Resolution, wiring: Wiring) -> list[str]:
    starting = [key for key in sorted(resolution.architecture.components) if wiring.outgoing[key]]
    outside = [key for key in starting if resolution.component(key).kind.role is Role.ENTRY]
    return outside or [key for key in starting if not wiring.incoming[key]]


class _Study:
    """The models of each mode, made when first needed, and the flows studied on them."""

    def __init__(self, resolution: Resolution, wiring: Wiring, budget: Budget) -> None:
        self.resolution, self.wiring, self.budget = resolution, wiring, budget
        self.flows = flows_of(resolution, wiring)
        self.implied = not resolution.architecture.flows
        self.studies = Studies([], structural_parts(resolution), contract_parts(resolution), wiring)
        self._surveys: dict[Mode, Survey] = {}
        self._nodes_seen = 0
        entries = self.entries = sorted({flow.entry for flow in self.flows})
        accepted, reached = wiring.reach(entries, Mode.ACCEPT), wiring.reach(entries, Mode.DEGRADED)
        self.studies.accepted = frozenset(accepted.components)
        self.studies.accepted_wires = frozenset(accepted.wires)
        self.studies.reached = frozenset(reached.components)
        self.studies.reached_wires = frozenset(reached.wires)
        self.studies.flows = [self._study(flow) for flow in self.flows]

    def _study(self, flow: Flow) -> FlowStudy:
        if self.budget.should_stop():
            raise Cancelled("the analysis was cancelled")
        reach = self.wiring.reach([flow.entry], flow.mode)
        complete_mode = Mode.DEGRADED if flow.mode is Mode.DEGRADED else Mode.COMPLETE
        complete = self._availability(flow.entry, complete_mode)
        waits_for_all = all(self.resolution.wire(wire).style is Style.SYNC for wire in reach.wires)
        same = flow.mode is not Mode.ACCEPT and waits_for_all
        accept = complete if same else self._availability(flow.entry, Mode.ACCEPT)
        survey = self._survey(flow.mode)
        hits = tuple(_Points(self, survey, flow).hits())
        result = FlowResult(
            id=flow.id,
            name=flow.name,
            entry=flow.entry,
            mode=flow.mode,
            implied=self.implied,
            goal=flow.goal,
            members=reach.components,
            wires=reach.wires,
            accept=accept,
            complete=complete,
            single_points=tuple(hit.point for hit in hits),
        )
        required = frozenset(component_of(node) for node in survey.required(flow.entry))
        return FlowStudy(result, hits, required)

    def system(self, mode: Mode, *, contract: bool = False) -> System:
        """The model of a mode."""
        found = self.studies.systems.get((mode, contract))
        if found is None:
            parts = self.studies.contract if contract else self.studies.parts
            found = self.studies.systems[mode, contract] = system(parts, self.wiring, mode, self.entries)
        return found

    def _survey(self, mode: Mode) -> Survey:
        if mode not in self._surveys:
            entries = [flow.entry for flow in self.flows if flow.mode is mode]
            self._surveys[mode] = Survey(self.system(mode), dict.fromkeys(entries))
        return self._surveys[mode]

    def _availability(self, entry: str, mode: Mode) -> FlowAvailability:
        reach = self.wiring.reach([entry], mode)
        self._nodes_seen += len(reach.components)
        if self._nodes_seen > MOST_EXACT_NODES:
            value, exact, lower, upper = _coarse(self.system(mode), entry)
        else:
            found = availability(self.system(mode), entry, self.budget)
            value, exact, lower, upper = found.value, found.exact, found.lower, found.upper
        slack = math.fsum(self.studies.parts.slack.get(key, 0.0) for key in reach.components)
        return FlowAvailability(
            structural=value,
            exact=exact and slack < NEGLIGIBLE,
            lower=lower,
            upper=min(1.0, upper + slack),
            contract=self._contract(entry, mode),
            unmodelled=tuple(sorted(self.studies.parts.unmodelled.intersection(reach.components))),
        )

    def _contract(self, entry: str, mode: Mode) -> float:
        """What the agreements allow at least: exact while it is little work, else as if no alternative existed."""
        reach, parts = self.wiring.reach([entry], mode), self.studies.contract
        events = {event for key in reach.components for event in parts.anatomies[key].events}
        all_needed = math.prod(1.0 - parts.events[event].unavailability for event in sorted(events))
        chosen = any(self.wiring.has_alternatives(key) for key in reach.full)
        if not chosen or self._nodes_seen > MOST_EXACT_NODES:
            return all_needed
        try:
            model = self.system(mode, contract=True)
            reduced = reduce_entry(model, entry)
            small = Budget(MOST_CONTRACT_NODES, self.budget.seconds, self.budget.should_stop)
            return single_points_up(reduced) * (1.0 - failure_probability(reduced, Diagram(small)))
        except BudgetExceeded:
            return all_needed


def _coarse(model: System, entry: str) -> tuple[float, bool, float, float]:
    """Bounds in one pass: all events up is enough, and the single points up is necessary."""
    part = structure(model, [entry])
    alone = bits(EventMasks(part).solve()[0])
    lower = math.prod(1.0 - down for down in part.unavailability)
    upper = math.prod(1.0 - part.unavailability[event] for event in alone)
    return lower, lower == upper, lower, upper


class Survey:
    """What every event, and the total failure of every node, alone stops: one pass for all entries of a mode."""

    def __init__(self, model: System, entries: Iterable[str]) -> None:
        self.model = model
        self.part: Structure = structure(model, entries)
        self.number: Mapping[str, int] = {name: number for number, name in enumerate(self.part.nodes)}
        self.event_number: Mapping[str, int] = {event: number for number, event in enumerate(self.part.events)}
        self._masks: Sequence[int] = EventMasks(self.part, with_nodes=True).solve()

    def single_events(self, entry: str) -> list[str]:
        """The ids of the events that alone stop an entry."""
        count = len(self.part.events)
        mask = self._masks[self.number[entry]] & ((1 << count) - 1)
        return [self.part.events[bit] for bit in bits(mask)]

    def required(self, entry: str) -> list[str]:
        """The ids of the nodes whose total failure alone stops an entry."""
        return [self.part.nodes[bit] for bit in bits(self._masks[self.number[entry]] >> len(self.part.events))]

    def fails(self, node: int, event: int) -> bool:
        """Whether an event alone stops a node, by their numbers."""
        return bool(self._masks[node] >> event & 1)

    def hit_directly(self, node: int, event: int) -> bool:
        """Whether an event alone stops a node without any other node failing."""
        entry = self.part.table[node]
        return event in entry.own or sum(event in replica for replica in entry.replicas) > entry.tolerated

    def chain(self, entry: str, event: str) -> tuple[dict[int, int | None], list[int]]:
        """The failing nodes that an event reaches the entry by, each with the one it was reached from, and those it
        hits directly, nearest to the entry first.

        Only groups that have lost too many members are walked, so that every step is a cause of the one before.
        """
        number = self.event_number[event]
        start = self.number[entry]
        before: dict[int, int | None] = {start: None}
        queue, hit = [start], []
        for node in queue:
            if self.hit_directly(node, number):
                hit.append(node)
            for group in self.part.table[node].groups:
                failing = [member for member in group.members if self.fails(member, number)]
                if len(failing) > group.tolerated:
                    for member in failing:
                        if member not in before:
                            before[member] = node
                            queue.append(member)
        return before, hit

    def needed_tree(self, entry: str) -> dict[int, int | None]:
        """Each node that is reached through needed nodes only, with the one before it: the failure of any such node
        runs back along this tree."""
        start = self.number[entry]
        before: dict[int, int | None] = {start: None}
        queue = [start]
        for node in queue:
            for group in self.part.table[node].groups:
                if group.tolerated == 0:
                    for member in group.members:
                        if member not in before:
                            before[member] = node
                            queue.append(member)
        return before


class _Points:
    """The single points of one flow, as a person would list them."""

    def __init__(self, study: _Study, survey: Survey, flow: Flow) -> None:
        self.survey, self.entry, self.mode = survey, flow.entry, flow.mode
        self.resolution, self.wiring = study.resolution, study.wiring
        self.origins, self.events = study.studies.parts.origins, study.studies.parts.events
        self.tree = survey.needed_tree(flow.entry)

    def hits(self) -> Iterator[Hit]:
        """Single points, those of components first, then zones, then the Region; equal ones once."""
        found: dict[tuple[int, str, str | None], Hit] = {}
        for event in self.survey.single_events(self.entry):
            origin = self.origins[event]
            if origin.what is What.CROWD:
                continue  # many replicas failing at once: one event for computing, not one thing that fails
            level, label = self._level(event, origin), self._label(event, origin)
            own = origin.component if level is not Level.region else None
            key = (_ORDER.index(level), label, own)
            if key not in found:
                found[key] = self._hit(event, origin, level, label)
        for key in sorted(found, key=lambda key: (key[0], key[1], key[2] or "")):
            yield found[key]

    def _hit(self, event: str, origin: Origin, level: Level, label: str) -> Hit:
        if origin.component is not None and self.survey.number.get(origin.component) in self.tree:
            node = self.survey.number[origin.component]
            before, hit = self.tree, [node]
        else:
            before, hit = self.survey.chain(self.entry, event)
        components = tuple(dict.fromkeys(component_of(self.survey.part.nodes[node]) for node in hit))
        point = SinglePoint(
            event=event,
            level=level,
            label=label,
            component=origin.component,
            zone=origin.zone,
            witness=self._witness(before, hit[0]),
        )
        return Hit(point, origin, components)

    def _level(self, event: str, origin: Origin) -> Level:
        level = self.events[event].level
        return Level.resource if level is Level.instance and origin.of == 1 else level

    def _label(self, event: str, origin: Origin) -> str:
        if origin.component is None or origin.what is What.SERVICE:
            return self.events[event].label
        name = self.resolution.component(origin.component).name
        if origin.what is What.HOST:
            return f"The one host of {name}" if origin.of == 1 else f"Any host of {name}"
        return name if origin.of == 1 else f"Any one of {name}"

    def _witness(self, before: Mapping[int, int | None], last: int) -> tuple[str, ...]:
        path = [last]
        while (previous := before[path[-1]]) is not None and len(path) < LONGEST_WITNESS:
            path.append(previous)
        names = [component_of(self.survey.part.nodes[node]) for node in reversed(path)]
        return tuple(self._with_wires(names))

    def _with_wires(self, names: Sequence[str]) -> Iterator[str]:
        for position, name in enumerate(names):
            if position:
                steps = self.wiring.steps(names[position - 1], self.mode)
                yield next(step.wire.id for step in steps if step.target == name)
            yield name


_ORDER = [Level.resource, Level.instance, Level.zone, Level.region, Level.global_]
