"""The availability of an entry as a formula that a person can follow: what has to work, and with which figure.

Where parts have no event in common, the value of the whole follows from theirs: the product where all are needed, the
k-out-of-n law for alternatives. Where they share events (a zone that many stand in), that would count those events
several times; there the value comes from the decision diagram, and the formula says so. What alone stops the entry
and is used in several places stands at the top, once.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum

from designer.analysis.availability import availability
from designer.analysis.bdd import FALSE, Diagram
from designer.analysis.budget import THOROUGH, Budget, BudgetExceeded
from designer.analysis.reduction import FailureDiagram, Reduced, reduce_entry
from designer.analysis.system import IndexedGroup, IndexedNode, Level, System

TOGETHER = "together"
"""The label of parts that stand together because they share events."""

MOST_DEPTH = 12
"""Alternatives nested deeper than this are told by their availability alone."""
MOST_TERMS = 4_000
"""A formula has about so many terms at most; what comes later is told by its availability alone."""


class Join(StrEnum):
    """How the parts of a term make up its value.

    `event` has no parts: its figure is given. `all`: all parts are needed. `some`: `needed` of them are. `counted`
    stands elsewhere in the formula already, and counts there. `closed` has parts that are not told.
    """

    EVENT = "event"
    ALL = "all"
    SOME = "some"
    COUNTED = "counted"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """One part of a formula.

    `value` is the probability that it works, `None` where it is counted elsewhere or not known. `shared` are the ids
    of events that several of its parts contain: its value then comes from the decision diagram, which counts each once,
    and not from the values of the parts. `node` is the id of the node it is about, `event` that of the event.
    """

    label: str
    join: Join
    value: float | None
    node: str | None = None
    event: str | None = None
    needed: int = 0
    parts: tuple[Term, ...] = ()
    shared: tuple[str, ...] = ()

    @property
    def is_product(self) -> bool:
        """Whether the value follows from those of the parts."""
        return bool(self.parts) and not self.shared

    def all_terms(self) -> Iterator[Term]:
        """The term and everything below it, from top to bottom."""
        stack = [self]
        while stack:
            term = stack.pop()
            yield term
            stack.extend(reversed(term.parts))


@dataclass(frozen=True, slots=True, kw_only=True)
class Formula:
    """The formula of one entry. `exact` is false where its value is only a lower bound, and where parts have none."""

    root: Term
    exact: bool


@dataclass(frozen=True, slots=True)
class Naming:
    """What a formula calls things by their ids: nodes, events, the replicas of a node, one of them by its position."""

    node: Callable[[str], str]
    event: Callable[[str], str]
    replicas: Callable[[str], str]
    replica: Callable[[str, int], str]


def formula(model: System, entry: str, naming: Naming, *, budget: Budget = THOROUGH) -> Formula:
    """The formula of an entry; its root has the value that `availability` gives.

    Raises `InvalidSystem` for an unknown entry and `Cancelled` when the budget says so.
    """
    found = availability(model, entry, budget)
    writer = _Writer(reduce_entry(model, entry), naming, budget if found.exact else None)
    return Formula(root=writer.root(naming.node(entry), found.value), exact=found.exact)


def k_of_n(needed: int, values: Iterable[float]) -> float:
    """The probability that at least `needed` of independent parts work, each with its own probability."""
    count = [1.0]
    for value in values:
        longer = [0.0] * (len(count) + 1)
        for working, likelihood in enumerate(count):
            longer[working] += likelihood * (1.0 - value)
            longer[working + 1] += likelihood * value
        count = longer
    return min(1.0, sum(count[needed:]))


@dataclass(frozen=True, slots=True)
class _Draft:
    """A term, the events in it that are not counted at the top, and its failure as a function of the diagram."""

    term: Term
    events: frozenset[int]
    fails: int

    @property
    def value(self) -> float | None:
        """Its value; what is counted elsewhere counts as working here."""
        return 1.0 if self.term.join is Join.COUNTED and not self.events else self.term.value


class _Writer:
    """Writes the formula of one reduced entry. Without a budget no decision diagram is made."""

    def __init__(self, reduced: Reduced, naming: Naming, budget: Budget | None) -> None:
        self.reduced, self.part, self.naming = reduced, reduced.part, naming
        self.diagram = None if budget is None else Diagram(budget)
        self.failures = None if self.diagram is None else FailureDiagram(reduced, self.diagram)
        self.required = frozenset(reduced.required)
        self.top = _used_often(reduced)
        self.told = set(self.required)
        self.left = MOST_TERMS
        self._variables = {event: position for position, event in enumerate(reduced.order)}
        self._unavailable = [self.part.unavailability[event] for event in reduced.order]

    def root(self, label: str, value: float) -> Term:
        """The whole: single points at the top, then the required nodes, those that share events together."""
        parts = [self._event(event).term for event in self.part_of_top()]
        nodes = [self._node(number) for number in self.reduced.required]
        for together in _sharing([node for node in nodes if node is not None]):
            draft = together[0] if len(together) == 1 else self._all_of(TOGETHER, together)
            parts.append(draft.term)
        return Term(label=label, join=Join.ALL, value=value, node=self.part.nodes[0], parts=tuple(parts))

    def part_of_top(self) -> list[int]:
        """The events at the top, the most far-reaching first."""
        return sorted(self.top, key=lambda event: (-_RANK[self.part.levels[event]], self.part.events[event]))

    def _node(self, number: int) -> _Draft | None:
        """A node without what is told elsewhere; nothing where that is all of it."""
        body = [*self._body(number, frozenset({number}), 0)]
        key = self.part.nodes[number]
        return self._all_of(self.naming.node(key), body, key) if body else None

    def _body(self, number: int, together: frozenset[int], depth: int) -> Iterator[_Draft]:
        """What a node needs: its own events, its replicas, and its groups but for the nodes `together` with it."""
        node = self.part.table[number]
        for event in dict.fromkeys(node.own):
            if event not in self.top:
                yield self._event(event)
        replicas = self._replicas(number, node)
        if replicas is not None:
            yield replicas
        for group in node.groups:
            draft = self._group(group, together, depth)
            if draft is not None:
                yield draft

    def _event(self, event: int) -> _Draft:
        self.left -= 1
        key = self.part.events[event]
        value = 1.0 - self.part.unavailability[event]
        term = Term(label=self.naming.event(key), join=Join.EVENT, value=value, event=key)
        return _Draft(term, frozenset({event}) - self.top, self._variable(event))

    def _variable(self, event: int) -> int:
        # Single points are taken for up in the diagram, and multiplied.
        known = self._variables.get(event)
        with self._within_budget():
            if known is not None and self.diagram is not None:
                return self.diagram.variable(known)
        return FALSE

    def _replicas(self, number: int, node: IndexedNode) -> _Draft | None:
        key = self.part.nodes[number]
        drafts = []
        for position, replica in enumerate(node.replicas):
            events = [self._event(event) for event in dict.fromkeys(replica) if event not in self.top]
            if len(events) == 1:
                drafts.append(events[0])
            elif events:
                drafts.append(self._all_of(self.naming.replica(key, position), events))
        # A replica without a draft is up as long as the top is.
        needed = len(drafts) - node.tolerated
        if needed <= 0:
            return None
        return drafts[0] if len(node.replicas) == 1 else self._some_of(self.naming.replicas(key), drafts, needed)

    def _group(self, group: IndexedGroup, together: frozenset[int], depth: int) -> _Draft | None:
        rest = [member for member in group.members if member not in self.required and member not in together]
        needed = len(rest) - group.tolerated
        if needed <= 0:
            return None
        drafts = [self._member(member, depth + 1) for member in rest]
        return drafts[0] if len(drafts) == 1 else self._some_of("alternatives", drafts, needed)

    def _member(self, member: int, depth: int) -> _Draft:
        """One alternative with everything that it needs besides."""
        key = self.part.nodes[member]
        label = self.naming.node(key)
        if member in self.told or depth > MOST_DEPTH or self.left <= 0:
            return self._untold(member, Join.COUNTED if member in self.told else Join.CLOSED)
        inner = self._needed_by(member)
        self.told.update(inner)
        drafts = []
        for number in inner:
            body = [*self._body(number, frozenset(inner), depth)]
            if body and number != member:
                name = self.part.nodes[number]
                body = [self._all_of(self.naming.node(name), body, name)]
            drafts += body
        return self._all_of(label, drafts, key)

    def _needed_by(self, member: int) -> list[int]:
        """The nodes that a member cannot do without, itself first, as far as they are not told."""
        found = {member: None}
        queue = [member]
        for number in queue:
            for group in self.part.table[number].groups:
                for one in group.members if group.tolerated == 0 else ():
                    if one not in found and one not in self.told:
                        found[one] = None
                        queue.append(one)
        return queue

    def _untold(self, member: int, join: Join) -> _Draft:
        """A node whose parts stand elsewhere, or nowhere."""
        key, events = self.part.nodes[member], self._reached(member)
        fails = self._failure(member)
        term = Term(label=self.naming.node(key), join=join, value=self._works(fails, events), node=key)
        return _Draft(term, events, fails)

    def _failure(self, member: int) -> int:
        with self._within_budget():
            if self.failures is not None:
                return self.failures.group_fails(IndexedGroup((member,), 0))
        return FALSE

    def _reached(self, member: int) -> frozenset[int]:
        """All events that the failure of a node may contain: what it reaches without passing required nodes."""
        found: set[int] = set()
        seen, queue = {member, *self.required}, [member]
        for number in queue:
            node = self.part.table[number]
            found.update(node.own, *node.replicas)
            for group in node.groups:
                queue += [one for one in group.members if one not in seen]
                seen.update(group.members)
        return frozenset(found) - self.top

    def _all_of(self, label: str, drafts: Sequence[_Draft], node: str | None = None) -> _Draft:
        return self._join(label, Join.ALL, drafts, len(drafts), node)

    def _some_of(self, label: str, drafts: Sequence[_Draft], needed: int) -> _Draft:
        return self._join(label, Join.SOME, drafts, needed, None)

    def _join(self, label: str, join: Join, drafts: Sequence[_Draft], needed: int, node: str | None) -> _Draft:
        """Several parts as one, with its value: by the law where they are independent, else by the diagram."""
        self.left -= 1
        events = frozenset[int]().union(*(draft.events for draft in drafts))
        shared = _in_several(drafts)
        fails = FALSE
        with self._within_budget():
            if self.diagram is not None:
                fails = self.diagram.at_least(len(drafts) - needed + 1, [draft.fails for draft in drafts])
        values = [draft.value for draft in drafts]
        known = [value for value in values if value is not None]
        value: float | None = None
        if shared:
            value = self._works(fails, events)
        elif len(known) == len(values):
            value = math.prod(known) if join is Join.ALL else k_of_n(needed, known)
        term = Term(
            label=label,
            join=join,
            value=value,
            node=node,
            needed=needed,
            parts=tuple(draft.term for draft in drafts),
            shared=tuple(self.part.events[event] for event in sorted(shared)),
        )
        return _Draft(term, events, fails)

    def _works(self, fails: int, events: frozenset[int]) -> float | None:
        """The probability that something works: its single points are up, and the rest by the diagram."""
        if self.diagram is None:
            return None
        single = math.prod(1.0 - self.part.unavailability[event] for event in sorted(events & self.reduced.single))
        return single * (1.0 - self.diagram.probability(fails, self._unavailable))

    @contextmanager
    def _within_budget(self) -> Iterator[None]:
        """Where the diagram becomes too large, it is given up: values that need it are then left open."""
        try:
            yield
        except BudgetExceeded:
            self.diagram = self.failures = None


_RANK = {level: rank for rank, level in enumerate(Level)}


def _used_often(reduced: Reduced) -> frozenset[int]:
    """The single points that several things share: they stand at the top of the formula, once."""
    count = dict.fromkeys(reduced.single, 0)
    for node in reduced.part.table:
        for events in (node.own, *node.replicas):
            for event in set(events) & reduced.single:
                count[event] += 1
    return frozenset(event for event, uses in count.items() if uses > 1)


def _in_several(drafts: Sequence[_Draft]) -> frozenset[int]:
    """The events that more than one of the parts contains."""
    seen: set[int] = set()
    twice: set[int] = set()
    for draft in drafts:
        twice |= seen & draft.events
        seen |= draft.events
    return frozenset(twice)


def _sharing(drafts: Sequence[_Draft]) -> list[list[_Draft]]:
    """The parts grouped so that different groups share no event, in the order of their first members."""
    groups: list[tuple[set[int], dict[int, _Draft]]] = []
    for position, draft in enumerate(drafts):
        events, members = set(draft.events), {position: draft}
        apart = []
        for group in groups:
            if group[0].isdisjoint(events):
                apart.append(group)
            else:
                events |= group[0]
                members |= group[1]
        groups = [*apart, (events, members)]
    found = [[members[position] for position in sorted(members)] for _, members in groups]
    return sorted(found, key=lambda group: drafts.index(group[0]))
