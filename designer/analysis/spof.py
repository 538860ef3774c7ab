"""Single points of failure: the events that alone stop a node, all of them in one pass.

For one event e, "v fails when only e is down" is a monotone recursion over own events, replicas and groups. The
pass below solves it for all events at once, one bit per event:

    S(v) = own events
         | events in more than n - needed of the n replicas
         | for each group, events in S(w) of more than m - needed of its m members w

Bit e of the least solution is exactly the knock-out of e alone, on cyclic graphs too, because the bits do not
mix. Articulation points are not this: a leaf database is none, yet nothing works without it.
"""

from collections.abc import Sequence

from designer.analysis.system import Group, IndexedNode, Structure, System, structure
from designer.analysis.works import failure_steps


def single_points(system: System, entry: str) -> frozenset[str]:
    """Return the ids of the events that alone stop ``entry``. Raises :class:`InvalidSystem` for an unknown entry."""
    part = structure(system, [entry])
    return frozenset(part.events[bit] for bit in bits(EventMasks(part).solve()[0]))


def single_points_by_node(system: System) -> dict[str, frozenset[str]]:
    """Return for every node the ids of the events that alone stop it."""
    part = structure(system, system.nodes)
    masks = EventMasks(part).solve()
    return {
        name: frozenset(part.events[bit] for bit in bits(mask)) for name, mask in zip(part.nodes, masks, strict=True)
    }


def witness(system: System, entry: str, event: str) -> tuple[str, ...]:
    """Return a chain of failing nodes from ``entry`` to the one that ``event`` hits directly.

    Every step goes to a member of a group that has lost too many members. Empty when the event alone does not
    stop ``entry``. Raises :class:`InvalidSystem` for an unknown entry or event.
    """
    system.require_node(entry)
    steps = failure_steps(system, [event])
    if entry not in steps:
        return ()
    path = [entry]
    while steps[path[-1]] > 0:
        path.append(_nearest_cause(system, steps, path[-1]))
    return tuple(path)


def _nearest_cause(system: System, steps: dict[str, int], name: str) -> str:
    """Return the failed member, closest to the event, of a group that made ``name`` fail.

    A node fails one step after the member that breaks its first group, so the members that failed before it
    already break a group, and going to any of them comes one step nearer at least.
    """
    causes = [
        member
        for group in system.nodes[name].groups
        for member in _earlier_failures(group, steps, steps[name])
        if len(_earlier_failures(group, steps, steps[name])) > len(group.members) - group.needed
    ]
    return min(causes, key=lambda member: steps[member])


def _earlier_failures(group: Group, steps: dict[str, int], before: int) -> list[str]:
    return [member for member in group.members if member in steps and steps[member] < before]


class EventMasks:
    """The recursion S(v) over one structure, as integers with one bit per event.

    With ``with_nodes``, the bits above the events stand for the nodes themselves failing: bit
    ``len(events) + w`` in S(v) says that node w alone stops v.
    """

    def __init__(self, part: Structure, *, with_nodes: bool = False) -> None:
        self.part = part
        self.width = len(part.events) + (len(part.nodes) if with_nodes else 0)
        self._own = [mask_of(node.own) for node in part.table]
        if with_nodes:
            self._own = [mask | 1 << (len(part.events) + number) for number, mask in enumerate(self._own)]
        self._replicas = [[mask_of(replica) for replica in node.replicas] for node in part.table]
        self._cyclic = [part.is_cyclic(component) for component in part.components]

    def solve(self, down: int = 0) -> list[int]:
        """Return S(v) for every node by number, given that the events in the mask ``down`` are down already.

        A node that ``down`` alone stops gets all bits.
        """
        every = (1 << self.width) - 1
        hit = [self._direct(number, node, down, every) for number, node in enumerate(self.part.table)]
        masks = [0] * len(self.part.table)
        for component, cyclic in zip(self.part.components, self._cyclic, strict=True):
            changed = True
            while changed:
                changed = False
                for number in component:
                    mask = hit[number] | self._inherited(number, masks)
                    if mask != masks[number]:
                        masks[number] = mask
                        changed = cyclic
        return masks

    def _direct(self, number: int, node: IndexedNode, down: int, every: int) -> int:
        """Return the events that hit the node itself, or all bits when ``down`` does."""
        own = self._own[number]
        if own & down:
            return every
        replicas = self._replicas[number]
        if not replicas:
            return own
        if down:
            replicas = [every if replica & down else replica for replica in replicas]
        return own | in_at_least(replicas, node.tolerated + 1)

    def _inherited(self, number: int, masks: list[int]) -> int:
        inherited = 0
        for group in self.part.table[number].groups:
            if len(group.members) == 1:
                inherited |= masks[group.members[0]]
            else:
                inherited |= in_at_least([masks[member] for member in group.members], group.tolerated + 1)
        return inherited


def in_at_least(masks: Sequence[int], count: int) -> int:
    """Return the bits that are set in at least ``count`` (one or more) of the masks."""
    if count > len(masks):
        return 0
    reached = [0] * (count + 1)
    reached[0] = -1
    for mask in masks:
        for level in range(count, 0, -1):
            reached[level] |= reached[level - 1] & mask
    return reached[count]


def mask_of(positions: Sequence[int]) -> int:
    """Return the integer with exactly these bits set."""
    mask = 0
    for position in positions:
        mask |= 1 << position
    return mask


def bits(mask: int) -> list[int]:
    """Return the positions of the set bits of a non-negative integer, lowest first."""
    # Searching its digits is linear; taking bit after bit away copies the whole number each time.
    digits = bin(mask)[:1:-1]
    positions = []
    position = digits.find("1")
    while position >= 0:
        positions.append(position)
        position = digits.find("1", position + 1)
    return positions
