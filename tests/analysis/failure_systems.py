"""Small systems for the tests of the failure engine, and the engine's answers by trying everything."""

from __future__ import annotations

import itertools
import random
from collections.abc import Collection, Iterator, Mapping

from designer.analysis.system import Event, Group, Level, Node, System

LEVELS = (Level.instance, Level.instance, Level.resource, Level.zone, Level.region)


def system_of(unavailability: Mapping[str, float], *nodes: Node) -> System:
    """A system from figures and nodes; ids that start with z are zones."""
    events = {
        event: Event(event, q, Level.zone if event.startswith("z") else Level.instance, event, "test")
        for event, q in unavailability.items()
    }
    return System({node.id: node for node in nodes}, events)


def needs(*members: str) -> tuple[Group, ...]:
    """Hard dependencies: a group of one for each member."""
    return tuple(Group((member,), 1) for member in members)


def random_system(rng: random.Random, *, max_events: int = 12, cyclic: bool | None = None) -> System:
    """Up to eight nodes with own events, replicas and groups of one to three alternatives; entry "n0".

    Half of them are cyclic, two in three are built with redundancy, so that larger cut sets occur often.
    """
    cyclic = rng.random() < 0.5 if cyclic is None else cyclic
    redundant = rng.random() < 2 / 3
    size = rng.randint(1, 8)
    names = [f"e{number}" for number in range(rng.randint(1, max_events))]
    events = {name: Event(name, rng.choice((0.01, 0.1, 0.3, 0.5)), rng.choice(LEVELS), name) for name in names}
    nodes = {}
    for number in range(size):
        others = [f"n{other}" for other in range(size) if cyclic or other > number]
        nodes[f"n{number}"] = _random_node(f"n{number}", names, others, redundant and number < size - 2, rng)
    return System(nodes, events)


def _random_node(name: str, events: list[str], others: list[str], redundant: bool, rng: random.Random) -> Node:
    own_count = 0 if redundant else rng.choice((0, 1, 1, 2))
    own = tuple(rng.sample(events, min(len(events), own_count)))
    replicas = tuple(
        tuple(rng.sample(events, min(len(events), rng.choice((1, 2))))) for _ in range(rng.choice((0, 0, 2, 3)))
    )
    needed = rng.randint(0, len(replicas) - 1 if redundant and replicas else len(replicas))
    groups = []
    for _ in range(rng.choice((1, 1, 2)) if others else 0):
        members = tuple(rng.sample(others, min(len(others), rng.choice((2, 2, 3) if redundant else (1, 2, 3)))))
        groups.append(Group(members, 1 if redundant else rng.randint(1, len(members))))
    return Node(name, own, replicas, needed, tuple(groups))


def brute_works(system: System, down: Collection[str]) -> dict[str, bool]:
    """The greatest fixpoint by its definition: take all for working, and drop what cannot, until nothing changes."""
    working = dict.fromkeys(system.nodes, True)
    while True:
        after = {name: working[name] and _holds(node, down, working) for name, node in system.nodes.items()}
        if after == working:
            return working
        working = after


def _holds(node: Node, down: Collection[str], working: Mapping[str, bool]) -> bool:
    return (
        not any(event in down for event in node.events)
        and sum(all(event not in down for event in replica) for replica in node.replicas) >= node.needed
        and all(sum(working[member] for member in group.members) >= group.needed for group in node.groups)
    )


def subsets(events: Collection[str]) -> Iterator[frozenset[str]]:
    """All sets of events, smaller ones first."""
    for size in range(len(events) + 1):
        yield from map(frozenset, itertools.combinations(sorted(events), size))


def brute_availability(system: System, entry: str) -> float:
    """The sum of the probabilities of all states in which the entry works."""
    return sum(brute_probability(system, down) for down in subsets(system.events) if brute_works(system, down)[entry])


def brute_probability(system: System, down: Collection[str]) -> float:
    """The probability that exactly these events are down."""
    result = 1.0
    for name, event in system.events.items():
        result *= event.unavailability if name in down else 1.0 - event.unavailability
    return result


def brute_cut_sets(system: System, entry: str, max_order: int) -> set[frozenset[str]]:
    """The minimal sets of up to ``max_order`` events that stop the entry."""
    found: list[frozenset[str]] = []
    for down in subsets(system.events):
        if len(down) > max_order:
            break
        if not brute_works(system, down)[entry] and not any(cut <= down for cut in found):
            found.append(down)
    return set(found)


def renamed(system: System, rng: random.Random) -> tuple[System, dict[str, str], dict[str, str]]:
    """The same system under other names and in another order, with the new names of nodes and events."""
    node_names = _other_names("node", system.nodes, rng)
    event_names = _other_names("event", system.events, rng)
    nodes = [_renamed_node(node, node_names, event_names, rng) for node in system.nodes.values()]
    events = [
        Event(event_names[event.id], event.unavailability, event.level, event.label) for event in system.events.values()
    ]
    rng.shuffle(nodes)
    rng.shuffle(events)
    return (
        System({node.id: node for node in nodes}, {event.id: event for event in events}),
        node_names,
        event_names,
    )


def _other_names(prefix: str, old: Collection[str], rng: random.Random) -> dict[str, str]:
    numbers = rng.sample(range(1000), len(old))
    return {name: f"{prefix}-{number}" for name, number in zip(old, numbers, strict=True)}


def _renamed_node(node: Node, nodes: Mapping[str, str], events: Mapping[str, str], rng: random.Random) -> Node:
    groups = [
        Group(tuple(rng.sample([nodes[member] for member in group.members], len(group.members))), group.needed)
        for group in node.groups
    ]
    replicas = [tuple(events[event] for event in replica) for replica in node.replicas]
    rng.shuffle(groups)
    rng.shuffle(replicas)
    own = rng.sample([events[event] for event in node.events], len(node.events))
    return Node(nodes[node.id], tuple(own), tuple(replicas), node.needed, tuple(groups))
