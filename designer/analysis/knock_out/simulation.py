"""The failure engine's models of one drawing, prepared once, and the knock-outs asked of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from designer.analysis.dependency import HANDOVER, Parts, component_of, structural_parts, system
from designer.analysis.flows import flows_of
from designer.analysis.knock_out.buffers import bridges, without_bridges
from designer.analysis.knock_out.components import Components
from designer.analysis.knock_out.failures import Failure, event_of, failure_named, what_can_fail
from designer.analysis.knock_out.flows import FlowJudge
from designer.analysis.knock_out.outcome import Effect, KnockOut, State
from designer.analysis.knock_out.wording import Words
from designer.analysis.system import Event, Level, Node, System
from designer.analysis.wiring import Wiring
from designer.analysis.works import explain
from designer.catalog.resolve import Resolution
from designer.model.entities import Mode


class Simulation:
    """Knock-outs of one drawing. A knock-out costs a few passes over the graph."""

    def __init__(self, resolution: Resolution) -> None:
        self.resolution = resolution
        self.wiring = Wiring(resolution)
        self.parts: Parts = structural_parts(resolution)
        self.flows = flows_of(resolution, self.wiring)
        self._always = frozenset(key for key, event in self.parts.events.items() if event.unavailability >= 1.0)
        self._bridged = without_bridges(self.wiring)
        self._alone = self._with_handovers(self._model(self.wiring, Mode.ACCEPT))
        self._models: dict[tuple[Mode, bool], System] = {}

    def failures(self) -> list[Failure]:
        """Everything that can fail."""
        return what_can_fail(self.resolution, self.parts)

    def failure(self, name: str) -> Failure:
        """The failure of a name. Raises `UnknownFailure`."""
        return failure_named(name, self.resolution, self.parts)

    def knock_out(self, failed: Iterable[str | Failure]) -> KnockOut:
        """What happens while all of these are down. Raises `UnknownFailure`."""
        given = [self.failure(one) if isinstance(one, str) else one for one in failed]
        failures = tuple({failure.name: failure for failure in given}.values())
        down = self._always.union(*(failure.events for failure in failures))
        words = Words(self.resolution, self.parts)
        alone = explain(self._alone, down)
        effects = Components(self.wiring, words, down, alone).effects()
        judge = FlowJudge(self, words, effects, down)
        return KnockOut(
            failures=failures,
            components=effects,
            flows=tuple(judge.effect(flow) for flow in self.flows),
            order=_order(effects),
        )

    def model(self, mode: Mode, *, bridged: bool = False) -> System:
        """The model of a mode; `bridged` without the wires whose work waits while their target is down."""
        found = self._models.get((mode, bridged))
        if found is None:
            wiring = self._bridged if bridged else self.wiring
            found = self._models[mode, bridged] = self._model(wiring, mode)
        return found

    def _model(self, wiring: Wiring, mode: Mode) -> System:
        """The model of a mode, in which every component can fail as a whole."""
        model = system(self.parts, wiring, mode)
        return System({key: _can_fail(node) for key, node in model.nodes.items()}, self._events())

    def _events(self) -> dict[str, Event]:
        wholes = (event_of(key) for key in self.resolution.architecture.components)
        return {**self.parts.events, **{key: Event(key, 0.0, Level.resource, key) for key in wholes}}

    def _with_handovers(self, model: System) -> System:
        """The same with a node for taking in work, where something may hand over to a component."""
        nodes = dict(model.nodes)
        for wires in self.wiring.outgoing.values():
            for wire in wires:
                key = wire.target.id + HANDOVER
                if bridges(wire) and key not in nodes:
                    anatomy = self.parts.anatomies[wire.target.id]
                    whole = Node(key, anatomy.events, anatomy.replicas, anatomy.needed)
                    nodes[key] = _can_fail(whole if anatomy.taking_in is None else Node(key, anatomy.taking_in))
        return System(nodes, model.events)


def _can_fail(node: Node) -> Node:
    return replace(node, events=(*node.events, event_of(component_of(node.id))))


def _order(effects: dict[str, Effect]) -> tuple[tuple[str, ...], ...]:
    waves: dict[int, list[str]] = {}
    for key, effect in effects.items():
        if effect.state is not State.FINE and effect.step is not None:
            waves.setdefault(effect.step, []).append(key)
    return tuple(tuple(waves[step]) for step in sorted(waves))
