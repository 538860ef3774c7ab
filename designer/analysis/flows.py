"""What is known of each flow: whom it reaches, how available it is, and which events alone stop it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from designer.analysis.budget import LIVE, Budget, Cancelled
from designer.analysis.dependency import Origin, Parts, What, component_of, contract_parts, structural_parts
from designer.analysis.figures import Figures
from designer.analysis.findings import FlowResult, SinglePoint
from designer.analysis.memory import Memory, Remembered
from designer.analysis.survey import Survey
from designer.analysis.system import Level
from designer.analysis.wiring import Wiring
from designer.catalog.entries import Role, Style
from designer.catalog.resolve import Resolution
from designer.language import tr
from designer.model.entities import Flow, Mode

MOST_IMPLIED = 256
"""Flows that are implied, not drawn, are limited to the first so many entries by id: nobody reads more."""

LONGEST_WITNESS = 200
"""Of a longer way to what fails only the last so many components are told: nobody reads the rest."""


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


def study_flows(
    resolution: Resolution,
    wiring: Wiring | None = None,
    budget: Budget = LIVE,
    memory: Memory | None = None,
    *,
    hasty: bool = False,
) -> Studies:
    """Studies all flows, drawn or implied, in the order of their ids.

    `memory` holds what is known of flows that nothing has touched. A `hasty` study leaves availabilities that take
    more than a moment as they were before, marked as pending.
    """
    return _Study(resolution, wiring or Wiring(resolution), budget, memory or Memory(), hasty).studies


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


@dataclass(frozen=True, slots=True)
class _Known:
    """A study with what it was made under: the flow as drawn, the sizes of what it looked at, the budget's limits."""

    flow: Flow
    implied: bool
    sizes: tuple[int, ...]
    coarse: tuple[bool, ...]
    limits: tuple[int, float | None]
    study: FlowStudy


class _Study:
    """The models of each mode, made when first needed, and the flows studied on them."""

    def __init__(self, resolution: Resolution, wiring: Wiring, budget: Budget, memory: Memory, hasty: bool) -> None:
        self.resolution, self.wiring, self.budget, self.memory = resolution, wiring, budget, memory
        self.flows = flows_of(resolution, wiring)
        self.implied = not resolution.architecture.flows
        parts, contract = structural_parts(resolution, memory), contract_parts(resolution, memory)
        self.studies = Studies([], parts, contract, wiring)
        self.figures = Figures(self.studies, self.flows, budget, memory, hasty=hasty)
        entries = sorted({flow.entry for flow in self.flows})
        accepted, reached = wiring.reach(entries, Mode.ACCEPT), wiring.reach(entries, Mode.DEGRADED)
        self.studies.accepted = frozenset(accepted.components)
        self.studies.accepted_wires = frozenset(accepted.wires)
        self.studies.reached = frozenset(reached.components)
        self.studies.reached_wires = frozenset(reached.wires)
        memory.keep_flows({flow.id for flow in self.flows}, frozenset(entries))
        self.studies.flows = [self._known(flow) or self._studied(flow) for flow in self.flows]

    def _known(self, flow: Flow) -> FlowStudy | None:
        """What is remembered of a flow, if the same would come out now."""
        remembered = self.memory.flows.get(flow.id)
        if remembered is None:
            return None
        known: _Known = remembered.result
        drawn_alike = (known.flow, known.implied) == (flow, self.implied)
        if not drawn_alike or known.limits != self.figures.limits:
            return None
        if tuple(self.figures.would_be_coarse(known.sizes)) != known.coarse:
            return None
        self.figures.look_at(known.sizes)
        return known.study

    def _studied(self, flow: Flow) -> FlowStudy:
        if self.budget.should_stop():
            raise Cancelled("the analysis was cancelled")
        before = len(self.figures.sizes)
        study = self._study(flow)
        sizes, coarse = tuple(self.figures.sizes[before:]), tuple(self.figures.coarse[before:])
        if not (study.result.accept.pending or study.result.complete.pending):
            known = _Known(flow, self.implied, sizes, coarse, self.figures.limits, study)
            members = frozenset(self.figures.reach(flow.entry, Mode.DEGRADED).components)
            self.memory.flows[flow.id] = Remembered(members, known)
        return study

    def _study(self, flow: Flow) -> FlowStudy:
        reach = self.figures.reach(flow.entry, flow.mode)
        complete_mode = Mode.DEGRADED if flow.mode is Mode.DEGRADED else Mode.COMPLETE
        complete = self.figures.availability(flow.entry, complete_mode)
        waits_for_all = all(self.resolution.wire(wire).style is Style.SYNC for wire in reach.wires)
        same = flow.mode is not Mode.ACCEPT and waits_for_all
        accept = complete if same else self.figures.availability(flow.entry, Mode.ACCEPT)
        survey = self.figures.survey(flow.mode, flow.entry)
        hits = tuple(_Points(self, survey, flow).hits())
        result = FlowResult(
            id=flow.id,
            name=flow.name,
            entry=flow.entry,
            mode=flow.mode,
            implied=self.implied,
            goal=flow.goal,
            rto=flow.rto,
            rpo=flow.rpo,
            members=reach.components,
            wires=reach.wires,
            accept=accept,
            complete=complete,
            single_points=tuple(hit.point for hit in hits),
        )
        required = frozenset(component_of(node) for node in survey.required(flow.entry))
        return FlowStudy(result, hits, required)


class _Points:
    """The single points of one flow, as a person would list them."""

    def __init__(self, study: _Study, survey: Survey, flow: Flow) -> None:
        self.survey, self.entry, self.mode = survey, flow.entry, flow.mode
        self.resolution, self.wiring = study.resolution, study.wiring
        self.origins, self.events = study.studies.parts.origins, study.studies.parts.events
        self.tree = survey.needed_tree(flow.entry)
        reached = study.figures.reach(flow.entry, flow.mode).components
        self.places = {key: place for place, key in enumerate(reached)}

    def hits(self) -> Iterator[Hit]:
        """Single points, those of components first, then zones, then the Region; equal ones once."""
        found: dict[tuple[int, str, str | None], Hit] = {}
        for event in sorted(self.survey.single_events(self.entry), key=self._distance):
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

    def _distance(self, event: str) -> tuple[int, str]:
        """Sorts events as the flow comes to their components, those of no component first."""
        return self.places.get(self.origins[event].component or "", -1), event

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
            component=None if level is Level.region else origin.component,
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
            return tr("The one host of {name}", name=name) if origin.of == 1 else tr("Any host of {name}", name=name)
        return name if origin.of == 1 else tr("Any one of {name}", name=name)

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
