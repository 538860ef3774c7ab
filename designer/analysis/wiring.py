"""Which wires a flow follows, and how far: the drawn direction, without the paths of failures."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from designer.catalog.entries import Strength, Style
from designer.catalog.resolve import BY_HAND, Resolution, ResolvedWire
from designer.model.entities import Mode


@dataclass(frozen=True, slots=True)
class Step:
    """One wire as a flow takes it. With `stops` the target only takes the work in; what is behind it is not needed."""

    wire: ResolvedWire
    stops: bool = False

    @property
    def target(self) -> str:
        """The id of the component it leads to."""
        return self.wire.target.id


@dataclass(frozen=True, slots=True)
class Reach:
    """What a flow reaches from its entry: ids of components and of wires in the order of a breadth-first walk.

    `full` are the components that have to do all their work, the others only take it in.
    """

    components: tuple[str, ...]
    wires: tuple[str, ...]
    full: frozenset[str]


@dataclass(frozen=True, slots=True)
class Choice:
    """Targets of one source that stand in for one another, by id, of which so many have to work."""

    members: frozenset[str]
    needed: int = 1


class Wiring:
    """The wires of a drawing by their source, each source's ordered by id; wires for failures only are left out."""

    def __init__(self, resolution: Resolution) -> None:
        self.resolution = resolution
        self.outgoing: dict[str, list[ResolvedWire]] = {key: [] for key in resolution.architecture.components}
        self.incoming: dict[str, list[ResolvedWire]] = {key: [] for key in resolution.architecture.components}
        for wire in resolution.wires():
            if not wire.relation.failure_path:
                self.outgoing[wire.source.id].append(wire)
                self.incoming[wire.target.id].append(wire)
        self._steps: dict[tuple[str, Mode], tuple[Step, ...]] = {}
        self._reaches: dict[tuple[tuple[str, ...], Mode], Reach] = {}
        self._alternatives: dict[str, Mapping[tuple[str, str], Choice]] = {}

    def steps(self, component: str, mode: Mode) -> tuple[Step, ...]:
        """The wires that a component's part of a flow needs.

        `accept` follows what is waited for, and the hand-over where it is asynchronous (a send needs the queue, not
        its consumer); `complete` follows every hard wire, `degraded` the soft ones too.
        """
        found = self._steps.get((component, mode))
        if found is None:
            found = self._steps[component, mode] = tuple(self._worked_out(component, mode))
        return found

    def _worked_out(self, component: str, mode: Mode) -> Iterator[Step]:
        for wire in self.outgoing[component]:
            if wire.strength is Strength.SOFT and mode is not Mode.DEGRADED:
                continue
            if mode is not Mode.ACCEPT or wire.style is Style.SYNC:
                yield Step(wire)
            elif wire.relation.accepted:
                yield Step(wire, stops=True)

    def alternatives(self, component: str) -> Mapping[tuple[str, str], Choice]:
        """The groups of targets that stand in for one another, by the key of the group."""
        found = self._alternatives.get(component)
        if found is None:
            groups: dict[tuple[str, str], list[ResolvedWire]] = {}
            for wire in self.outgoing[component]:
                if wire.group is not None:
                    groups.setdefault(wire.group, []).append(wire)
            found = self._alternatives[component] = {key: _choice(key, wires) for key, wires in groups.items()}
        return found

    def needed(self, component: str, group: tuple[str, str], mode: Mode) -> int:
        """How many of a group have to work in a mode; where work is only taken in, what comes later counts as done."""
        needed = self.alternatives(component)[group].needed
        if mode is not Mode.ACCEPT or group[0] != BY_HAND:
            return needed
        wires = [wire for wire in self.outgoing[component] if wire.group == group and wire.strength is Strength.HARD]
        now = {wire.target.id for wire in wires if wire.style is Style.SYNC or wire.relation.accepted}
        return needed - len({wire.target.id for wire in wires} - now)

    def has_alternatives(self, component: str) -> bool:
        """Whether a component can do without one of its targets by having others."""
        return any(len(choice.members) > choice.needed for choice in self.alternatives(component).values())

    def reach(self, entries: Iterable[str], mode: Mode) -> Reach:
        """Everything that is reached from the entries; linear, and kept for the next who asks."""
        order = dict.fromkeys(entries)
        asked = (tuple(order), mode)
        known = self._reaches.get(asked)
        if known is not None:
            return known
        full = set(order)
        wires: dict[str, None] = {}
        queue = list(order)
        for component in queue:
            for step in self.steps(component, mode):
                wires[step.wire.id] = None
                order.setdefault(step.target)
                if not step.stops and step.target not in full:
                    full.add(step.target)
                    queue.append(step.target)
        found = self._reaches[asked] = Reach(tuple(order), tuple(wires), frozenset(full))
        return found


def _choice(key: tuple[str, str], wires: Iterable[ResolvedWire]) -> Choice:
    """The choice that wires make up; where they say different numbers, the largest counts (JDG-02 says so)."""
    wires = list(wires)
    members = frozenset(wire.target.id for wire in wires)
    needed = max(int(wire.values["alternatives_needed"]) for wire in wires) if key[0] == BY_HAND else 1
    return Choice(members, min(needed, len(members)))
