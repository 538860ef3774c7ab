"""What every event, and the total failure of every node, alone stops: one pass for all flows of a mode."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from designer.analysis.reduction import Reduced, reduce_part
from designer.analysis.spof import EventMasks, bits
from designer.analysis.system import Structure, System, structure


class Survey:
    """One mode of a drawing, or the part of it that some entries reach, after the pass."""

    def __init__(self, model: System, entries: Iterable[str]) -> None:
        self.model = model
        self.part: Structure = structure(model, entries)
        self.number: Mapping[str, int] = {name: number for number, name in enumerate(self.part.nodes)}
        self.event_number: Mapping[str, int] = {event: number for number, event in enumerate(self.part.events)}
        self._masks: Sequence[int] = EventMasks(self.part, with_nodes=True).solve()

    def reduced(self, entry: str) -> Reduced:
        """What remains of the failure of an entry once its single points are taken out."""
        number = self.number[entry]
        return reduce_part(self.part, number, self._masks[number])

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
