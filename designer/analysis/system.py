"""The failure model: basic events, nodes that need them, and k-of-n dependencies between nodes.

A node works when none of its own events is down, at least ``needed`` of its replicas are up, and in each of its
groups at least ``needed`` members work. This is a coherent (monotone) structure: one more event down never
repairs anything. Dependencies may form cycles; the meaning is then the greatest fixpoint, that is, whatever need
not fail does not.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from designer.analysis.scc import strongly_connected


class InvalidSystem(ValueError):  # noqa: N818 - reads as what it states: the system is invalid
    """A failure model that contradicts itself; the message names the node or event and what was expected."""


class Level(StrEnum):
    """How much goes down with an event, from one instance to everything."""

    instance = "instance"
    resource = "resource"
    zone = "zone"
    region = "region"
    global_ = "global"


@dataclass(frozen=True, slots=True)
class Event:
    """A basic event: something that can be down, independently of every other event.

    ``unavailability`` is the probability of being down at a random moment, 0 to 1 without unit. ``label`` is
    for people; ``source`` says where the figure comes from.
    """

    id: str
    unavailability: float
    level: Level
    label: str
    source: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """Alternatives: at least ``needed`` of the ``members`` (node ids) have to work, 1 <= needed <= members."""

    members: tuple[str, ...]
    needed: int


@dataclass(frozen=True, slots=True)
class Node:
    """A component of the architecture as the failure engine sees it.

    ``events`` each bring the node down alone. Each entry of ``replicas`` lists the events that bring that
    replica down; at least ``needed`` replicas have to be up (0 when there are none). A hard dependency on one
    node is a group with that single member.
    """

    id: str
    events: tuple[str, ...] = ()
    replicas: tuple[tuple[str, ...], ...] = ()
    needed: int = 0
    groups: tuple[Group, ...] = ()


@dataclass(frozen=True, slots=True)
class System:
    """Nodes and events by id, checked when built. Raises :class:`InvalidSystem`."""

    nodes: Mapping[str, Node]
    events: Mapping[str, Event]

    @classmethod
    def of_known(cls, nodes: Mapping[str, Node], events: Mapping[str, Event]) -> "System":
        """A system of nodes and events that are known to fit together: neither checked nor copied."""
        made = cls.__new__(cls)
        object.__setattr__(made, "nodes", nodes)
        object.__setattr__(made, "events", events)
        return made

    def __post_init__(self) -> None:
        object.__setattr__(self, "nodes", dict(self.nodes))
        object.__setattr__(self, "events", dict(self.events))
        for key, event in self.events.items():
            _check_event(key, event)
        for key, node in self.nodes.items():
            self._check_node(key, node)

    def _check_node(self, key: str, node: Node) -> None:
        if key != node.id:
            raise InvalidSystem(f"node {node.id!r} is filed under {key!r}; key and id must be equal")
        for event in _events_of(node):
            if event not in self.events:
                raise InvalidSystem(f"node {node.id!r} names the unknown event {event!r}")
        if not 0 <= node.needed <= len(node.replicas):
            raise InvalidSystem(
                f"node {node.id!r} needs {node.needed} healthy replicas of {len(node.replicas)};"
                " expected a number from 0 to the number of replicas"
            )
        for group in node.groups:
            self._check_group(node, group)

    def _check_group(self, node: Node, group: Group) -> None:
        for member in group.members:
            if member not in self.nodes:
                raise InvalidSystem(f"node {node.id!r} depends on the unknown node {member!r}")
        if len(set(group.members)) != len(group.members):
            raise InvalidSystem(f"node {node.id!r} lists an alternative twice in the group {group.members!r}")
        if not 1 <= group.needed <= len(group.members):
            raise InvalidSystem(
                f"node {node.id!r} needs {group.needed} of the group {group.members!r};"
                f" expected a number from 1 to {len(group.members)}"
            )

    def require_node(self, node: str) -> None:
        """Raise :class:`InvalidSystem` unless ``node`` is the id of a node."""
        if node not in self.nodes:
            raise InvalidSystem(f"unknown node {node!r}; expected the id of a node of the system")

    def require_events(self, events: Iterable[str]) -> None:
        """Raise :class:`InvalidSystem` unless every id in ``events`` is an event of the system."""
        for event in events:
            if event not in self.events:
                raise InvalidSystem(f"unknown event {event!r}; expected the id of an event of the system")


def _check_event(key: str, event: Event) -> None:
    if key != event.id:
        raise InvalidSystem(f"event {event.id!r} is filed under {key!r}; key and id must be equal")
    if not 0.0 <= event.unavailability <= 1.0:
        raise InvalidSystem(f"event {event.id!r} has the unavailability {event.unavailability!r}; expected 0 to 1")


def _events_of(node: Node) -> Iterator[str]:
    yield from node.events
    for replica in node.replicas:
        yield from replica


@dataclass(frozen=True, slots=True)
class IndexedGroup:
    """A group by node number; the group holds while at most ``tolerated`` of its members fail."""

    members: tuple[int, ...]
    tolerated: int


@dataclass(frozen=True, slots=True)
class IndexedNode:
    """A node by event and node numbers; its replicas suffice while at most ``tolerated`` of them are down."""

    own: tuple[int, ...]
    replicas: tuple[tuple[int, ...], ...]
    tolerated: int
    groups: tuple[IndexedGroup, ...]


@dataclass(frozen=True, slots=True)
class Structure:
    """The part of a system that some entry nodes can reach, numbered for computing.

    Numbers follow a depth-first walk from the entries, so that what belongs together is numbered together.
    ``nodes`` and ``events`` give the ids by number, ``unavailability`` and ``levels`` belong to ``events``.
    ``components`` are the strongly connected components of the dependencies, providers first; ``homes`` gives for
    each node the position of its component.
    """

    nodes: tuple[str, ...]
    events: tuple[str, ...]
    unavailability: tuple[float, ...]
    levels: tuple[Level, ...]
    table: tuple[IndexedNode, ...]
    components: tuple[tuple[int, ...], ...]
    homes: tuple[int, ...]

    def is_cyclic(self, component: tuple[int, ...]) -> bool:
        """Say whether the members of a component depend on themselves, directly or through one another."""
        if len(component) > 1:
            return True
        (node,) = component
        return any(node in group.members for group in self.table[node].groups)


def structure(system: System, entries: Iterable[str]) -> Structure:
    """Number what is reachable from ``entries``; linear. Raises :class:`InvalidSystem` for an unknown entry."""
    numbers = _walk(system, entries)
    events: dict[str, int] = {}
    table = [_indexed(system.nodes[name], numbers, events) for name in numbers]
    successors = [[member for group in node.groups for member in group.members] for node in table]
    known = [system.events[event] for event in events]
    components = tuple(tuple(component) for component in strongly_connected(successors))
    homes = [0] * len(table)
    for position, component in enumerate(components):
        for member in component:
            homes[member] = position
    return Structure(
        nodes=tuple(numbers),
        events=tuple(events),
        unavailability=tuple(event.unavailability for event in known),
        levels=tuple(event.level for event in known),
        table=tuple(table),
        components=components,
        homes=tuple(homes),
    )


def _walk(system: System, entries: Iterable[str]) -> dict[str, int]:
    """Number the reachable nodes in depth-first preorder."""
    numbers: dict[str, int] = {}
    for entry in entries:
        system.require_node(entry)
        stack = [entry]
        while stack:
            name = stack.pop()
            if name in numbers:
                continue
            numbers[name] = len(numbers)
            for group in reversed(system.nodes[name].groups):
                stack.extend(member for member in reversed(group.members) if member not in numbers)
    return numbers


def _indexed(node: Node, numbers: Mapping[str, int], events: dict[str, int]) -> IndexedNode:
    """Translate ids to numbers; ``events`` grows with every event seen for the first time."""
    own = tuple(events.setdefault(event, len(events)) for event in node.events)
    replicas = tuple(tuple(events.setdefault(event, len(events)) for event in replica) for replica in node.replicas)
    groups = tuple(
        IndexedGroup(tuple(numbers[member] for member in group.members), len(group.members) - group.needed)
        for group in node.groups
    )
    return IndexedNode(own, replicas, len(node.replicas) - node.needed, groups)
