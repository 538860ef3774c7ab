"""Knock-out: what still works when some events are down, and why the rest does not."""

from collections import deque
from collections.abc import Collection
from dataclasses import dataclass

from designer.analysis.system import Group, Node, System


@dataclass(frozen=True, slots=True)
class OwnEvent:
    """The node fails because its own event is down."""

    event: str


@dataclass(frozen=True, slots=True)
class TooFewReplicas:
    """The node fails because only ``up`` of ``total`` replicas are up and ``needed`` are required.

    ``lost`` gives, for each replica that is down (by position), the events that took it down.
    """

    up: int
    needed: int
    total: int
    lost: tuple[tuple[int, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class TooFewAlternatives:
    """The node fails because only ``working`` of ``total`` members of a group work and ``needed`` are required.

    ``group`` is the position in the node's groups, ``failed`` the members that do not work.
    """

    group: int
    working: int
    needed: int
    total: int
    failed: tuple[str, ...]


Reason = OwnEvent | TooFewReplicas | TooFewAlternatives


@dataclass(frozen=True, slots=True)
class Failure:
    """Why one node fails. ``step`` counts the dependencies the failure crossed to arrive (0: hit directly).

    ``reasons`` holds everything that is wrong with the node in the end, so in a cycle it may include the return
    of its own failure; a reason that names members of a lower ``step`` is the cause, one that does not is an echo.
    """

    node: str
    step: int
    reasons: tuple[Reason, ...]


def works(system: System, down: Collection[str]) -> dict[str, bool]:
    """Return for every node whether it works while the events in ``down`` are down.

    This is the greatest fixpoint: nodes of a cycle work as long as nothing outside the cycle stops them.
    Linear in the size of the system. Raises :class:`InvalidSystem` for an unknown event.
    """
    failed = failure_steps(system, down)
    return {name: name not in failed for name in system.nodes}


def explain(system: System, down: Collection[str]) -> dict[str, Failure]:
    """Return the failed nodes in the order in which the failure reaches them, each with its reasons.

    Raises :class:`InvalidSystem` for an unknown event.
    """
    steps = failure_steps(system, down)
    lost = frozenset(down)
    return {name: Failure(name, step, _reasons(system.nodes[name], lost, steps)) for name, step in steps.items()}


def failure_steps(system: System, down: Collection[str]) -> dict[str, int]:
    """Return the failed nodes with the number of dependencies the failure crossed, nearest first.

    Raises :class:`InvalidSystem` for an unknown event.
    """
    system.require_events(down)
    lost = frozenset(down)
    steps = {name: 0 for name, node in system.nodes.items() if fails_directly(node, lost)}
    dependents = _dependents(system)
    broken: dict[tuple[str, int], int] = {}
    queue = deque(steps)
    while queue:
        provider = queue.popleft()
        for consumer, position, tolerated in dependents.get(provider, ()):
            if consumer in steps:
                continue
            count = broken.get((consumer, position), 0) + 1
            broken[consumer, position] = count
            if count > tolerated:
                steps[consumer] = steps[provider] + 1
                queue.append(consumer)
    return steps


def fails_directly(node: Node, down: frozenset[str]) -> bool:
    """Say whether events alone bring the node down, without any failed dependency."""
    if not down.isdisjoint(node.events):
        return True
    up = sum(down.isdisjoint(replica) for replica in node.replicas)
    return up < node.needed


def _dependents(system: System) -> dict[str, list[tuple[str, int, int]]]:
    """Map each node to the (consumer, position of the group, failures the group tolerates) that list it."""
    dependents: dict[str, list[tuple[str, int, int]]] = {}
    for name, node in system.nodes.items():
        for position, group in enumerate(node.groups):
            tolerated = len(group.members) - group.needed
            for member in group.members:
                dependents.setdefault(member, []).append((name, position, tolerated))
    return dependents


def _reasons(node: Node, down: frozenset[str], failed: Collection[str]) -> tuple[Reason, ...]:
    reasons: list[Reason] = [OwnEvent(event) for event in node.events if event in down]
    reasons.extend(_replica_reason(node, down))
    for position, group in enumerate(node.groups):
        reasons.extend(_group_reason(position, group, failed))
    return tuple(reasons)


def _replica_reason(node: Node, down: frozenset[str]) -> list[TooFewReplicas]:
    lost = tuple(
        (position, tuple(event for event in replica if event in down))
        for position, replica in enumerate(node.replicas)
        if not down.isdisjoint(replica)
    )
    up = len(node.replicas) - len(lost)
    return [TooFewReplicas(up, node.needed, len(node.replicas), lost)] if up < node.needed else []


def _group_reason(position: int, group: Group, failed: Collection[str]) -> list[TooFewAlternatives]:
    gone = tuple(member for member in group.members if member in failed)
    total = len(group.members)
    working = total - len(gone)
    return [TooFewAlternatives(position, working, group.needed, total, gone)] if working < group.needed else []
