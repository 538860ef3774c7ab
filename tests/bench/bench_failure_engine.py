"""Times of the failure engine on random architectures of 30 to 3 000 nodes. Run as a program; prints a table.

    python -m tests.bench.bench_failure_engine [nodes ...]

The graphs are layered: a node has one to three replicas over three zones and on average 1.45 dependencies, one
in six of them a choice of two. Every number is the best of three runs, in milliseconds, on one core.
"""

import random
import sys
import time
from collections.abc import Callable, Sequence

from designer.analysis.availability import availability
from designer.analysis.budget import Budget
from designer.analysis.cutsets import minimal_cut_sets
from designer.analysis.importance import importance
from designer.analysis.spof import single_points
from designer.analysis.system import Event, Group, Level, Node, System, structure
from designer.analysis.works import works

SIZES = (30, 100, 300, 1_000, 3_000)
BUDGET = Budget(nodes=5_000_000, seconds=60.0)
_ZONES = ("zone-a", "zone-b", "zone-c")
_RUNS = 3


def random_architecture(size: int, seed: int, alternatives: float = 1 / 6) -> System:
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


def measure(system: System) -> list[float]:
    """Return the times of the columns of the table for one system."""
    return [
        best_milliseconds(lambda: single_points(system, "n0")),
        best_milliseconds(lambda: works(system, ["n0-0"])),
        best_milliseconds(lambda: availability(system, "n0")),
        best_milliseconds(lambda: availability(system, "n0", BUDGET)),
        best_milliseconds(lambda: importance(system, "n0", BUDGET)),
        best_milliseconds(lambda: minimal_cut_sets(system, "n0", 2, BUDGET)),
    ]


def main(sizes: Sequence[int]) -> None:
    """Print one line per size."""
    write = sys.stdout.write
    write(f"{'nodes':>6} {'events':>7} {'SPOF':>8} {'knock-out':>10} {'live A':>8} {'':<6}")
    write(f" {'exact A':>9} {'import.':>9} {'cuts<=2':>9}\n")
    for size in sizes:
        system = random_architecture(size, seed=size)
        spof, knock, live, exact, measures, cuts = measure(system)
        events = len(structure(system, ["n0"]).events)
        method = availability(system, "n0").method
        write(f"{size:>6} {events:>7} {spof:>8.2f} {knock:>10.2f} {live:>8.2f} {method:<6}")
        write(f" {exact:>9.2f} {measures:>9.2f} {cuts:>9.2f}\n")


if __name__ == "__main__":
    main([int(argument) for argument in sys.argv[1:]] or SIZES)
