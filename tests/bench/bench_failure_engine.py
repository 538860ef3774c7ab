"""Times of the failure engine on random architectures of 30 to 3 000 nodes. Run as a program; prints a table.

    python -m tests.bench.bench_failure_engine [nodes ...]

The graphs are layered: a node has one to three replicas over three zones and on average 1.45 dependencies, one
in ten of them a choice of two. Every number is the best of three runs, in milliseconds, on one core; "-" means
that the budget for results people wait for (10 s, two million nodes) did not suffice.
"""

import random
import sys
import time
from collections.abc import Callable, Sequence

from designer.analysis.availability import availability
from designer.analysis.budget import THOROUGH, BudgetExceeded
from designer.analysis.coupling_metrics import CouplingMetrics, Dependency, metrics
from designer.analysis.cutsets import minimal_cut_sets
from designer.analysis.importance import importance
from designer.analysis.spof import single_points
from designer.analysis.system import Event, Group, Level, Node, System
from designer.analysis.works import works

SIZES = (30, 100, 300, 1_000, 3_000)
_ZONES = ("zone-a", "zone-b", "zone-c")
_RUNS = 3


def random_architecture(size: int, seed: int, alternatives: float = 1 / 10) -> System:
    """Return a layered system whose node "n0" reaches all others."""
    rng = random.Random(seed)
    events = {zone: Event(zone, 1e-4, Level.zone, zone) for zone in _ZONES}
    nodes: dict[str, Node] = {}
    wanted = _dependencies(size, rng)
    for number in range(size):
        replicas = _replicas(f"n{number}", rng, events)
        groups = _groups(wanted[number], alternatives, number, size, rng)
        nodes[f"n{number}"] = Node(f"n{number}", (), replicas, 1, groups)
    return System(nodes, events)


def _replicas(name: str, rng: random.Random, events: dict[str, Event]) -> tuple[tuple[str, ...], ...]:
    count = rng.choice((1, 2, 2))
    zones = rng.sample(_ZONES, count)
    for position in range(count):
        events[f"{name}-{position}"] = Event(f"{name}-{position}", 0.005, Level.instance, name)
    return tuple((f"{name}-{position}", zone) for position, zone in enumerate(zones))


def _dependencies(size: int, rng: random.Random) -> list[list[int]]:
    """Give every node a consumer shortly before it, and then more dependencies up to 1.45 per node."""
    wanted: list[list[int]] = [[] for _ in range(size)]
    for number in range(1, size):
        wanted[rng.randrange(max(0, number - 10), number)].append(number)
    for _ in range(int(0.45 * size)):
        consumer = rng.randrange(size - 1)
        provider = rng.randrange(consumer + 1, min(size, consumer + 30))
        if provider not in wanted[consumer]:
            wanted[consumer].append(provider)
    return wanted


def _groups(
    wanted: Sequence[int], alternatives: float, number: int, size: int, rng: random.Random
) -> tuple[Group, ...]:
    groups = []
    for provider in wanted:
        other = rng.randrange(number + 1, min(size, number + 30))
        if other != provider and rng.random() < alternatives:
            groups.append(Group((f"n{provider}", f"n{other}"), 1))
        else:
            groups.append(Group((f"n{provider}",), 1))
    return tuple(groups)


def best_milliseconds(task: Callable[[], object]) -> float:
    """Return the shortest of three runs of a task."""
    times = []
    for _ in range(_RUNS):
        start = time.perf_counter()
        task()
        times.append(time.perf_counter() - start)
    return 1_000 * min(times)


def cell(task: Callable[[], object]) -> str:
    """Return the time of a task as text, or "-" when its budget is exceeded."""
    try:
        return f"{best_milliseconds(task):.2f}"
    except BudgetExceeded:
        return "-"


def exact_availability(system: System) -> float:
    """Return the exact availability, or raise :class:`BudgetExceeded`."""
    result = availability(system, "n0", THOROUGH)
    if not result.exact:
        raise BudgetExceeded("only bounds were found")
    return result.value


def columns(system: System) -> dict[str, str]:
    """Return the row of the table for one system."""
    live = availability(system, "n0")
    return {
        "nodes": str(len(system.nodes)),
        "events": str(len(system.events)),
        "SPOF": cell(lambda: single_points(system, "n0")),
        "knock-out": cell(lambda: works(system, ["n0-0"])),
        "live A": cell(lambda: availability(system, "n0")),
        "live is": live.method if live.exact else f"+-{(live.upper - live.lower) / 2:.0e}",
        "exact A": cell(lambda: exact_availability(system)),
        "importance": cell(lambda: importance(system, "n0", THOROUGH)),
        "cuts <= 2": cell(lambda: minimal_cut_sets(system, "n0", 2, THOROUGH)),
        "coupling": cell(lambda: coupling(system)),
    }


def coupling(system: System) -> CouplingMetrics:
    """Return the coupling metrics of the dependencies of a system."""
    edges = [
        Dependency(node.id, member)
        for node in system.nodes.values()
        for group in node.groups
        for member in group.members
    ]
    return metrics(system.nodes, edges)


def main(sizes: Sequence[int]) -> None:
    """Print one line per size."""
    for position, size in enumerate(sizes):
        row = columns(random_architecture(size, seed=size))
        if position == 0:
            sys.stdout.write("".join(f"{title:>11}" for title in row) + "\n")
        sys.stdout.write("".join(f"{value:>11}" for value in row.values()) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main([int(argument) for argument in sys.argv[1:]] or SIZES)
