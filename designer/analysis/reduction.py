"""The failure function of an entry, made small before it becomes a decision diagram.

Two exact reductions of the monotone equations f(v) = own events | replicas | groups:

* *Single points first.* F = s1 | s2 | ... | F' where F' has all single points s up. The events are
  independent, so A = prod(1 - q(s)) x P(not F').
* *Closure absorption.* Let D be the nodes whose failure alone stops the entry. Then F is the disjunction of
  everything that can go wrong directly at a node of D, where the groups may take every node of D for working:
  if a member fails only through a node of D, that node's own terms are in the disjunction anyway. On cycles
  this holds too: when no term of D is true, "all of D works" satisfies the equations, and the greatest
  fixpoint is at least as good.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from designer.analysis.bdd import FALSE, TRUE, Diagram
from designer.analysis.budget import BudgetExceeded
from designer.analysis.spof import EventMasks, bits
from designer.analysis.system import IndexedGroup, IndexedNode, Level, Structure, System, structure

_SHARED = {Level.global_: 0, Level.region: 1, Level.zone: 2}
_MOST_SHARED_FIRST = 16


@dataclass(frozen=True, slots=True)
class Reduced:
    """What remains of the failure of an entry once its single points are taken out.

    ``single`` are the event numbers of the single points, ``required`` the node numbers of D. ``order`` lists
    the other events that matter, in the order in which a diagram should test them; the first ``shared`` of them
    are shared by several nodes. ``nodes`` are the numbers of D and of what their groups reach outside D.
    """

    part: Structure
    single: frozenset[int]
    required: tuple[int, ...]
    order: tuple[int, ...]
    shared: int
    nodes: tuple[int, ...]


def reduce_entry(system: System, entry: str) -> Reduced:
    """Find single points and required nodes of an entry in one pass. Raises :class:`InvalidSystem`."""
    part = structure(system, [entry])
    return reduce_part(part, 0, EventMasks(part, with_nodes=True).solve()[0])


def reduce_part(part: Structure, entry: int, mask: int) -> Reduced:
    """The same for a node of which is known what alone stops it, as :class:`EventMasks` gives it with nodes.

    Whatever else the structure holds: the result names the same nodes and events in the same order.
    """
    alone = bits(mask)
    count = len(part.events)
    single = frozenset(bit for bit in alone if bit < count)
    needed = {bit - count for bit in alone if bit >= count}
    required = tuple(number for number in _walked(part, entry) if number in needed)
    nodes = tuple(_remaining_nodes(part, required))
    order, shared = _test_order(part, single, nodes)
    return Reduced(part, single, required, order, shared, nodes)


def _test_order(part: Structure, single: frozenset[int], nodes: Sequence[int]) -> tuple[tuple[int, ...], int]:
    """Order the remaining events: zones, Regions and the like that several nodes share first, then as walked.

    Return the order and how many shared ones lead it.

    Shared events at the top leave independent blocks below them; there are few of them, and beyond a limit
    testing them first would do more harm than good.
    """
    order: dict[int, None] = {}
    users: dict[int, int] = {}
    for number in nodes:
        node = part.table[number]
        used = dict.fromkeys([*node.own, *(event for replica in node.replicas for event in replica)])
        for event in used:
            if event not in single:
                order[event] = None
                users[event] = users.get(event, 0) + 1
    shared = [event for event in order if users[event] > 1 and part.levels[event] in _SHARED]
    shared.sort(key=lambda event: _SHARED[part.levels[event]])
    if len(shared) > _MOST_SHARED_FIRST:
        shared = []
    return tuple(dict.fromkeys(shared) | order), len(shared)


def _remaining_nodes(part: Structure, required: Sequence[int]) -> Iterator[int]:
    """Yield the nodes that still have terms: those of D, each followed by what its groups reach outside D."""
    seen = set(required)
    for root in required:
        yield root
        stack = _members_backwards(part.table[root])
        while stack:
            number = stack.pop()
            if number not in seen:
                seen.add(number)
                yield number
                stack.extend(_members_backwards(part.table[number]))


def _walked(part: Structure, entry: int) -> dict[int, None]:
    """The nodes that one reaches, in depth-first preorder."""
    seen: dict[int, None] = {}
    stack = [entry]
    while stack:
        number = stack.pop()
        if number not in seen:
            seen[number] = None
            stack.extend(member for member in _members_backwards(part.table[number]) if member not in seen)
    return seen


def _members_backwards(node: IndexedNode) -> list[int]:
    return [member for group in reversed(node.groups) for member in reversed(group.members)]


class FailureDiagram:
    """Builds the decision diagram of a reduced entry: variable i true means that event ``order[i]`` is down."""

    def __init__(self, reduced: Reduced, diagram: Diagram) -> None:
        self.reduced = reduced
        self.diagram = diagram
        self._variable = {event: position for position, event in enumerate(reduced.order)}
        self._failure = dict.fromkeys(reduced.required, FALSE)

    def failure(self) -> int:
        """Return the function "the entry fails although no single point is down"."""
        return self._any_of(self.terms())

    def terms(self) -> Iterator[int]:
        """Yield the functions whose disjunction is :meth:`failure`: replicas and groups of the required nodes."""
        for number in self.reduced.required:
            node = self.reduced.part.table[number]
            yield self.replicas_fail(node)
            for group in node.groups:
                yield self.group_fails(group)

    def replicas_fail(self, node: IndexedNode) -> int:
        """Return the function "too many replicas of the node are down"."""
        if not node.replicas:
            return FALSE
        lost = [self._any_down(replica) for replica in node.replicas]
        return self.diagram.at_least(node.tolerated + 1, lost)

    def group_fails(self, group: IndexedGroup) -> int:
        """Return the function "too many members of the group fail", required nodes taken for working."""
        for member in group.members:
            self._solve(member)
        return self.diagram.at_least(group.tolerated + 1, [self._failure[member] for member in group.members])

    def _any_down(self, events: Sequence[int]) -> int:
        known = sorted(self._variable[event] for event in events if event in self._variable)
        return self.diagram.any_of([self.diagram.variable(number) for number in known])

    def _solve(self, target: int) -> None:
        """Compute the failure of a node and of all it reaches, providers first."""
        part = self.reduced.part
        stack = [target]
        while stack:
            number = stack[-1]
            if number in self._failure:
                stack.pop()
                continue
            home = part.homes[number]
            component = part.components[home]
            missing = [
                member
                for inside in component
                if inside not in self._failure
                for member in _members_backwards(part.table[inside])
                if member not in self._failure and part.homes[member] != home
            ]
            if missing:
                stack.extend(missing)
            else:
                self._solve_component(component)

    def _solve_component(self, component: tuple[int, ...]) -> None:
        """Compute the failures of one component, all or none of them."""
        unknown = [number for number in component if number not in self._failure]
        try:
            self._iterate(unknown, repeat=self.reduced.part.is_cyclic(component))
        except BudgetExceeded:
            for number in unknown:
                self._failure.pop(number, None)
            raise

    def _iterate(self, unknown: Sequence[int], *, repeat: bool) -> None:
        """Raise the failures from "nothing fails" until the equations hold."""
        direct = {number: self._direct(self.reduced.part.table[number]) for number in unknown}
        self._failure |= dict.fromkeys(unknown, FALSE)
        changed = True
        while changed:
            changed = False
            for number in unknown:
                function = self._equation(number, direct[number])
                if function != self._failure[number]:
                    self._failure[number] = function
                    changed = repeat

    def _direct(self, node: IndexedNode) -> list[int]:
        return [self._any_down(node.own), self.replicas_fail(node)]

    def _equation(self, number: int, direct: Sequence[int]) -> int:
        terms = [*direct]
        for group in self.reduced.part.table[number].groups:
            failures = [self._failure[member] for member in group.members]
            terms.append(self.diagram.at_least(group.tolerated + 1, failures))
        return self._any_of(terms)

    def _any_of(self, terms: Iterable[int]) -> int:
        """Return the disjunction, folded so that what tests later variables is combined first.

        Shared variables do not count: they are at the top of nearly every term. In the order of the graph instead,
        the fold made five to eight times as many nodes on random systems of 300.
        """
        return self.diagram.any_of(sorted({term for term in terms if term != FALSE}, key=self._first_unshared))

    def _first_unshared(self, term: int) -> tuple[int, int]:
        """Return the first variable a term tests beyond the shared ones; the term itself breaks ties."""
        first = len(self.reduced.order)
        seen = {term}
        stack = [term]
        while stack:
            function = stack.pop()
            if function <= TRUE:
                continue
            variable, low, high = self.diagram.node(function)
            if variable >= self.reduced.shared:
                first = min(first, variable)
            else:
                stack.extend({low, high} - seen)
                seen |= {low, high}
        return first, term
