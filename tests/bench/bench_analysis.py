"""Times of the analysis on drawings of 30 to 3 000 components. Run as a program; prints tables with their goals.

    python -m tests.bench.bench_analysis [components ...]

The drawings are built from the catalog: *cells* are three-tier applications of ten components side by side, each with
users, a network and a background part; *fan-out* is one entry whose work spreads over topics and queues; *mesh* is a
tangle in which each service calls one to three others by load balancers with two different targets, far worse than
what people draw. Every number is the median of five runs in milliseconds of processor time.

- SPOF: all single points of all flows. exact A: the availability of the first flow, with ten seconds for it; "-" where
  they do not suffice. dd: the same by the decision diagrams of the package dd, as times as long, where it can be
  imported and takes less than a minute.
- all: everything from nothing, with the budget of results that appear while one draws.
- property, wire, name, move: everything again after one edit, as the window first shows it.
"""

from __future__ import annotations

import gc
import importlib
import importlib.util
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from typing import Any

from designer.analysis.analyse import analyse
from designer.analysis.analyser import Analyser
from designer.analysis.availability import exact
from designer.analysis.budget import LIVE, THOROUGH, BudgetExceeded
from designer.analysis.dependency import structural_parts, system
from designer.analysis.reduction import reduce_entry
from designer.analysis.survey import Survey
from designer.analysis.system import Node, System
from designer.analysis.wiring import Wiring
from designer.catalog.catalog import load_catalog
from designer.catalog.resolve import Resolution
from designer.model.architecture import Architecture
from designer.model.edits import Edit, Put, Remove
from designer.model.entities import Collection, Mode
from tests.bench.large_drawings import SHAPES

SIZES = (30, 100, 300, 1_000, 3_000)
GOALS = {100: {"edit": 16.0, "exact A": 10.0}, 1_000: {"edit": 100.0, "exact A": 1_000.0}}
_EDITS = ("property", "wire", "name", "move")
_RUNS = 5
_PEER_NODES = 400


def milliseconds(task: Callable[[], object], runs: int = _RUNS) -> float:
    """The median time of a task."""
    times = []
    for _ in range(runs):
        started = time.process_time()
        task()
        times.append((time.process_time() - started) * 1000)
    return statistics.median(times)


def after_edits(drawing: Architecture) -> dict[str, float]:
    """The median time of the analysis after edits of each kind."""
    analyser = Analyser(load_catalog())
    analyser.analyse(drawing, LIVE)
    service = next(key for key, one in drawing.components.items() if one.kind == "ecs")
    wire = next(one for one in drawing.connections.values() if one.source == service)

    def edit(kind: str, number: int) -> Edit:
        component = drawing.components[service]
        match kind:
            case "property":
                return Put(component.with_property("desired", 3 + number))
            case "name":
                return Put(component.with_(name=f"Name {number}"))
            case "move":
                return Put(component.with_(x=8 * number))
            case _:
                return Remove(Collection.CONNECTIONS, wire.id) if number % 2 == 0 else Put(wire)

    found = {}
    for kind in _EDITS:
        times = []
        for number in range(_RUNS + 1):
            drawing.apply(edit(kind, number))
            times.append(milliseconds(lambda: analyser.analyse(drawing, LIVE, hasty=True), 1))
            analyser.analyse(drawing, LIVE)
        found[kind] = statistics.median(times)
    return found


def peer(model: System, entry: str) -> tuple[float, float] | None:
    """Milliseconds and availability by dd, the plain way: from the events up, in the order in which they are met."""
    if importlib.util.find_spec("dd") is None or len(model.nodes) > _PEER_NODES:
        return None
    library = importlib.import_module("dd.autoref")
    started = time.process_time()
    diagram: Any = library.BDD()
    diagram.declare(*model.events)
    failures: dict[str, Any] = {}

    def failure(name: str) -> Any:
        if name not in failures:
            failures[name] = _failure(diagram, model.nodes[name], failure)
        return failures[name]

    value = 1.0 - _probability(failure(entry), model, {1: 1.0})
    failures.clear()  # the package complains of functions that outlive their diagram
    return (time.process_time() - started) * 1000, value


def _failure(diagram: Any, node: Node, failure: Callable[[str], Any]) -> Any:
    found = diagram.false
    for event in node.events:
        found |= diagram.var(event)
    down = []
    for replica in node.replicas:
        lost = diagram.false
        for event in replica:
            lost |= diagram.var(event)
        down.append(lost)
    found |= _at_least(diagram, len(down) - node.needed + 1, down)
    for group in node.groups:
        failures = [failure(member) for member in group.members]
        found |= _at_least(diagram, len(failures) - group.needed + 1, failures)
    return found


def _at_least(diagram: Any, count: int, functions: Sequence[Any]) -> Any:
    reached = [diagram.true] + [diagram.false] * count
    for function in functions:
        for level in range(count, 0, -1):
            reached[level] |= reached[level - 1] & function
    return reached[count]


def _probability(function: Any, model: System, known: dict[int, float]) -> float:
    """The probability of a function; negated edges of the package are resolved on the way."""
    node = int(function)
    if node not in known:
        if function.negated:
            known[node] = 1.0 - _probability(~function, model, known)
        else:
            down = model.events[function.var].unavailability
            high, low = _probability(function.high, model, known), _probability(function.low, model, known)
            known[node] = down * high + (1.0 - down) * low
    return known[node]


def row(shape: str, size: int) -> dict[str, str]:
    """One line of the table."""
    catalog, drawing = load_catalog(), SHAPES[shape](size)
    resolution = Resolution(drawing, catalog)
    parts, wiring = structural_parts(resolution), Wiring(resolution)
    entries = sorted(key for key, one in drawing.components.items() if one.kind == "users")
    model = system(parts, wiring, Mode.COMPLETE, entries)
    cells = {
        "drawing": f"{shape} {len(drawing.components)}",
        "SPOF": f"{milliseconds(lambda: Survey(model, entries)):.1f}",
    }
    cells |= _exact(model, entries[0])
    cells["all"] = f"{milliseconds(lambda: analyse(drawing, catalog), 3):.0f}"
    return cells | {kind: f"{value:.1f}" for kind, value in after_edits(drawing).items()}


def _exact(model: System, entry: str) -> dict[str, str]:
    try:
        time_needed = milliseconds(lambda: exact(reduce_entry(model, entry), THOROUGH), 3)
    except BudgetExceeded:
        return {"exact A": "-", "dd": "-"}
    other = peer(model, entry) if time_needed < 1_000 else None
    if other is None:
        return {"exact A": f"{time_needed:.1f}", "dd": "-"}
    assert abs(other[1] - exact(reduce_entry(model, entry), THOROUGH).value) < 1e-12
    return {"exact A": f"{time_needed:.1f}", "dd": f"x{other[0] / time_needed:.0f}"}


def main(sizes: Sequence[int]) -> None:
    """Prints one table for each size."""
    gc.freeze()
    for size in sizes:
        goals = GOALS.get(size)
        if goals:
            text = ", ".join(f"{what} {value:g} ms" for what, value in goals.items())
            sys.stdout.write(f"goals at {size}: {text}\n")
        for number, shape in enumerate(SHAPES):
            cells = row(shape, size)
            if number == 0:
                sys.stdout.write("".join(f"{title:>13}" for title in cells) + "\n")
            sys.stdout.write("".join(f"{value:>13}" for value in cells.values()) + "\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main([int(argument) for argument in sys.argv[1:]] or SIZES)
