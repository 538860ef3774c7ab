"""The failure of a tangled entry by one sweep over its nodes, providers first, keeping only what is still open.

A state says which shared events (zones, gateways, services) are down and how many members of each open group have
failed; states that agree in this are one, with the sum of their probabilities. What no later node looks at is left
out of the state. So the work grows with how many groups are open at a time, not with the size of the drawing (a
path decomposition, as for the reliability of networks: J. Carlier, C. Lucet, "A decomposition algorithm for network
reliability evaluation", 1996).

States too unlikely to matter are dropped, and what they weigh together is known: the probability of failing lies
between what was found and that much more. With more work allowed, less is dropped; the outcome depends on nothing but
the system and the work allowed.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from designer.analysis.budget import Budget, Meter
from designer.analysis.own_failure import OwnFailure
from designer.analysis.reduction import Reduced
from designer.analysis.sweep_order import circles_in_order
from designer.analysis.system import IndexedNode

NEGLIGIBLE_STATE = 1e-17
"""A state less likely than this is dropped even where there is room for it."""

STATES_PER_NODE = 20
"""So many states are about as much work as one node of a decision diagram."""

MOST_NODES = 40_000
"""Beyond this a decision diagram is more likely to help than a longer sweep."""

_FEWEST_STATES = 64


@dataclass(frozen=True, slots=True)
class Swept:
    """The probability that the entry fails although no single point is down: `least`, and `dropped` more at most."""

    least: float
    dropped: float
    work: int


def sweep(reduced: Reduced, budget: Budget) -> Swept:
    """Sweep over what :func:`reduce_entry` left of an entry. Raises :class:`Cancelled`, and :class:`BudgetExceeded`
    where a single node has too many replicas that fail together."""
    return _Sweep(reduced, budget).run()


@dataclass(slots=True)
class _Push:
    """What the failure of a node does to one group: counts up to `tolerated` in a field, or stops the consumer."""

    consumer: int
    tolerated: int
    place: int = 0
    mask: int = 0


@dataclass(slots=True)
class _Step:
    """The nodes that are decided together (more than one: a circle), and the shared events around them."""

    nodes: tuple[int, ...]
    cyclic: bool
    begins: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)


class _Places:
    """Bits of a state, given out and taken back."""

    def __init__(self) -> None:
        self._used = 0

    def take(self, width: int) -> int:
        """The lowest place with so many free bits."""
        block, place = (1 << width) - 1, 0
        while self._used >> place & block:
            place += 1
        self._used |= block << place
        return place

    def give_back(self, mask: int) -> None:
        """Frees the bits of a mask."""
        self._used &= ~mask


class _Sweep:
    def __init__(self, reduced: Reduced, budget: Budget) -> None:
        self._part, self._meter = reduced.part, Meter(budget)
        self._left = self._most = min(budget.nodes, MOST_NODES) * STATES_PER_NODE
        self._required = frozenset(reduced.required)
        self._nodes, self._single = reduced.nodes, reduced.single
        self._shared = self._shared_events()
        self._pushes: dict[int, list[_Push]] = {number: [] for number in self._nodes}
        self._counters: dict[int, list[_Push]] = {number: [] for number in self._nodes}
        self._flag: dict[int, int] = {}
        self._opened: set[int] = set()
        self._fields: dict[int, int] = dict.fromkeys(self._nodes, 0)
        self._bit: dict[int, int] = {}
        self._steps = self._plan()
        self._own = {number: self._own_failure(number) for number in self._nodes}
        self._states: dict[int, float] = {0: 1.0}
        self._failed = self._dropped = 0.0
        self._always = 0.0  # the sum of log(1 - q) of what fails by itself whatever the state

    def run(self) -> Swept:
        """All steps; what is left of the states in the end works."""
        for position, step in enumerate(self._steps):
            self._meter.poll()
            self._thin_out(len(self._steps) - position)
            for event in step.begins:
                self._split(self._bit[event], self._part.unavailability[event])
            self._take(step)
            ended = sum(self._bit[event] for event in step.ends)
            if ended:
                self._forget(ended)
        alone = -math.expm1(self._always) if self._always > -math.inf else 1.0
        least = self._failed + (1.0 - self._failed) * alone
        return Swept(min(1.0, least), self._dropped * (1.0 - alone), self._most - self._left)

    def _shared_events(self) -> frozenset[int]:
        users: dict[int, int] = {}
        for number in self._nodes:
            for event in _events(self._part.table[number]):
                users[event] = users.get(event, 0) + 1
        return frozenset(event for event, count in users.items() if count > 1) - self._single

    def _own_failure(self, number: int) -> OwnFailure:
        shared = {event: self._bit[event] for event in self._shared.intersection(_events(self._part.table[number]))}
        return OwnFailure(self._part.table[number], self._part.unavailability, self._single, shared, self._meter)

    # -- planning: in which order, and which bits of the state mean what

    def _plan(self) -> list[_Step]:
        position = {number: place for place, number in enumerate(self._nodes)}
        successors = [
            [position[member] for group in self._groups(number) for member in group[0]] for number in self._nodes
        ]
        steps = [
            _Step(tuple(self._nodes[place] for place in found), len(found) > 1 or found[0] in successors[found[0]])
            for found in circles_in_order(successors)
        ]
        self._connect()
        self._give_places(steps)
        return steps

    def _groups(self, number: int) -> Iterable[tuple[tuple[int, ...], int]]:
        """The groups that can fail, by their members that can: required nodes are taken for working."""
        for group in self._part.table[number].groups:
            members = tuple(member for member in group.members if member not in self._required)
            if len(members) > group.tolerated:
                yield members, group.tolerated

    def _connect(self) -> None:
        for number in self._nodes:
            for members, tolerated in self._groups(number):
                push = _Push(number, tolerated)
                if tolerated:
                    self._counters[number].append(push)
                for member in members:
                    self._pushes[member].append(push)

    def _give_places(self, steps: Sequence[_Step]) -> None:
        places, left = _Places(), self._uses()
        for step in steps:
            for number in step.nodes:
                for event in self._shared_of(number):
                    if event not in self._bit:
                        self._bit[event] = 1 << places.take(1)
                        step.begins.append(event)
                if step.cyclic:
                    self._open(number, places)
            for number in step.nodes:
                for push in self._pushes[number]:
                    self._open(push.consumer, places)
            for number in step.nodes:
                places.give_back(self._fields[number])
                for event in self._shared_of(number):
                    left[event] -= 1
                    if not left[event]:
                        places.give_back(self._bit[event])
                        step.ends.append(event)

    def _uses(self) -> dict[int, int]:
        uses = dict.fromkeys(self._shared, 0)
        for number in self._nodes:
            for event in self._shared_of(number):
                uses[event] += 1
        return uses

    def _shared_of(self, number: int) -> list[int]:
        return [event for event in _events(self._part.table[number]) if event in self._shared]

    def _open(self, number: int, places: _Places) -> None:
        """Gives a node its bits, all at once: that it fails clears what was counted for it."""
        if number in self._opened:
            return
        self._opened.add(number)
        if number not in self._required:
            self._flag[number] = self._fields[number] = 1 << places.take(1)
        for counter in self._counters[number]:
            width = counter.tolerated.bit_length()
            counter.mask, counter.place = (1 << width) - 1, places.take(width)
            self._fields[number] |= counter.mask << counter.place

    # -- running

    def _thin_out(self, steps_left: int) -> None:
        """Drops the least likely states, so that the work left suffices for the steps left."""
        least = NEGLIGIBLE_STATE
        most = max(_FEWEST_STATES, 4 * max(0, self._left) // steps_left)
        if len(self._states) > most:
            least = max(least, sorted(self._states.values(), reverse=True)[most])
        if len(self._states) > _FEWEST_STATES:
            kept = {state: chance for state, chance in self._states.items() if chance > least}
            if len(kept) < len(self._states):
                self._dropped += math.fsum(chance for chance in self._states.values() if chance <= least)
                self._states = kept
        self._left -= len(self._states)

    def _split(self, bit: int, down: float) -> None:
        """A shared event comes into sight: each state with it up, and with it down."""
        if down <= 0.0:
            return
        before, self._states = self._states, {}
        for state, chance in before.items():
            if down < 1.0:
                self._states[state] = chance * (1.0 - down)
            self._states[state | bit] = chance * down
        self._left -= len(self._states)

    def _forget(self, bits: int) -> None:
        after: dict[int, float] = {}
        for state, chance in self._states.items():
            rest = state & ~bits
            after[rest] = after.get(rest, 0.0) + chance
        self._states = after

    def _take(self, step: _Step) -> None:
        (number,) = step.nodes[:1]
        if step.cyclic:
            for member in step.nodes:
                self._decide(member)
            self._settle(step.nodes)
        elif number in self._required:
            self._lose(number)
            if self._fields[number]:
                self._forget(self._fields[number])
        else:
            self._settle_one(number)

    def _lose(self, number: int) -> None:
        """A node of which the entry cannot do without: where it fails, the entry does."""
        own = self._own[number]
        if not own.bits:
            down = own.probability(0)
            self._always += math.log1p(-down) if down < 1.0 else -math.inf
            return
        for state, chance in self._states.items():
            lost = chance * own.probability(state)
            self._failed += lost
            self._states[state] = chance - lost

    def _decide(self, number: int) -> None:
        """Whether a member of a circle fails by itself."""
        own, flag = self._own[number], self._flag[number]
        after: dict[int, float] = {}
        for state, chance in self._states.items():
            down = 1.0 if state & flag else own.probability(state)
            for next_state, share in ((state, 1.0 - down), (state | flag, down)):
                if share > 0.0:
                    after[next_state] = after.get(next_state, 0.0) + chance * share
        self._states = after
        self._left -= len(after)

    def _settle(self, members: Sequence[int]) -> None:
        """What fails in a circle runs round it, and out of it."""
        clear = ~sum(self._fields[member] for member in members)
        after: dict[int, float] = {}
        for state, chance in self._states.items():
            failing = [member for member in members if state & self._flag[member]]
            done: set[int] = set()
            pushed: int | None = state
            while pushed is not None and len(done) < len(failing):
                member = next(member for member in failing if member not in done)
                done.add(member)
                pushed = self._pushed(pushed, self._pushes[member])
                if pushed is not None:
                    failing = [member for member in members if pushed & self._flag[member]]
            if pushed is None:
                self._failed += chance
            else:
                after[pushed & clear] = after.get(pushed & clear, 0.0) + chance
        self._states = after

    def _settle_one(self, number: int) -> None:
        own, pushes, clear = self._own[number], self._pushes[number], ~self._fields[number]
        flag, failed = self._flag.get(number, 0), 0.0
        fixed = None if own.bits else own.probability(0)
        after: dict[int, float] = {}
        for state, chance in self._states.items():
            down = 1.0 if state & flag else own.probability(state) if fixed is None else fixed
            rest = state & clear
            if down < 1.0:
                after[rest] = after.get(rest, 0.0) + chance * (1.0 - down)
            if down > 0.0:
                pushed = self._pushed(rest, pushes)
                if pushed is None:
                    failed += chance * down
                else:
                    after[pushed] = after.get(pushed, 0.0) + chance * down
        self._failed += failed
        self._states = after

    def _pushed(self, state: int, pushes: Sequence[_Push]) -> int | None:
        """The state after a failure has been counted in these groups; `None` where the entry fails by it."""
        for push in pushes:
            consumer = push.consumer
            flag = self._flag.get(consumer, 0)
            if state & flag:
                continue
            if push.tolerated and (state >> push.place & push.mask) < push.tolerated:
                state += 1 << push.place
            elif consumer in self._required:
                return None
            else:
                state |= flag
                for counter in self._counters[consumer]:
                    state &= ~(counter.mask << counter.place)
        return state


def _events(node: IndexedNode) -> dict[int, None]:
    return dict.fromkeys([*node.own, *(event for replica in node.replicas for event in replica)])
