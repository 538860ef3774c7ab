"""Times of the export, and the same template built with troposphere beside it. Run as a program; prints two tables.

    python -m tests.bench.bench_export [components ...]

First whole exports of layered architectures of 10 to 300 components: effective properties, contradictions, fragments,
YAML. Beyond some hundred components a template has more resources than CloudFormation takes, and `export` refuses; what
is timed here is the work up to that point. Then the sample with the most resources, exported from the drawing and
checked, against
troposphere building and printing the very same resources from ready-made values: no drawing, no catalog, no permissions
to derive.
Every number is the best of five runs, on one core.
"""

from __future__ import annotations

import contextlib
import copy
import io
import itertools
import json
import random
import sys
import time
from collections.abc import Callable, Sequence
from typing import Any

from troposphere.template_generator import TemplateGenerator

from designer.analysis.analyse import analyse
from designer.catalog.catalog import Catalog, load_catalog
from designer.catalog.resolve import Resolution
from designer.cloudformation.assemble import assemble
from designer.cloudformation.emit import to_lines
from designer.cloudformation.export import export, refuse_what_cannot_deploy
from designer.model.architecture import Architecture
from designer.model.edits import Put
from designer.model.entities import Component, Connection, Settings
from designer.storage.samples import open_sample, samples

SIZES = (10, 100, 300)
RUNS = 5

_LAYERS = (("elb",), ("ecs", "lambda", "asg"), ("sqs", "sns"), ("lambda", "ecs"), ("dynamodb", "rds", "dynamodb"))


def layered(catalog: Catalog, size: int) -> Architecture:
    """An architecture in five layers, each component wired to one or two of the layer below."""
    chance = random.Random(size)
    architecture = Architecture(Settings(zones=("a", "b", "c")))
    layers: list[list[str]] = [[] for _ in _LAYERS]
    for number in range(size):
        depth = number % len(_LAYERS)
        kind = chance.choice(_LAYERS[depth])
        key = f"{kind}-{number}"
        architecture.apply(Put(Component(id=key, kind=kind, name=f"{catalog.kinds[kind].name} {number}")))
        layers[depth].append(key)
    for upper, lower in itertools.pairwise(layers):
        for source in upper:
            for target in chance.sample(lower, min(len(lower), chance.choice((1, 1, 2)))):
                _wire(architecture, catalog, source, target)
    return architecture


def _wire(architecture: Architecture, catalog: Catalog, source: str, target: str) -> None:
    kinds = [architecture.components[end].kind for end in (source, target)]
    between = catalog.relations_between(kinds[0], kinds[1])
    if between:
        wire = Connection(id=f"{source}-{target}", source=source, target=target, relation=between[0].id)
        architecture.apply(Put(wire))


def best(task: Callable[[], object]) -> float:
    """The shortest of five runs of a task, in seconds."""
    times = []
    for _ in range(RUNS):
        start = time.perf_counter()
        task()
        times.append(time.perf_counter() - start)
    return min(times)


def whole_export(architecture: Architecture, catalog: Catalog) -> str:
    """All of an export but the check of the number of resources."""
    resolution = Resolution(architecture, catalog)
    refuse_what_cannot_deploy(resolution)
    return "\n".join([line.text for line in to_lines(assemble(resolution), {})])


def sizes_table(catalog: Catalog, sizes: Sequence[int]) -> None:
    """One line for each number of components."""
    _line("components", "wires", "resources", "kB", "ms", "ms/resource")
    for size in sizes:
        architecture = layered(catalog, size)
        resources = len(assemble(Resolution(architecture, catalog)).tree["Resources"])
        text = whole_export(architecture, catalog)
        taken = 1000 * best(lambda drawing=architecture: whole_export(drawing, catalog))
        _line(
            size, len(architecture.connections), resources, f"{len(text) / 1000:.0f}", f"{taken:.1f}",
            f"{taken / resources:.3f}",
        )  # fmt: skip


def peer_table(catalog: Catalog) -> None:
    """The largest sample here and with troposphere, and how many times longer troposphere takes."""
    drawings = {sample.name: open_sample(sample.name, catalog) for sample in samples()}
    exports = {name: export(drawing, catalog) for name, drawing in drawings.items()}
    name = max(exports, key=lambda name: len(exports[name].template.tree["Resources"]))
    # What troposphere does not understand is left out there, which is less work for it.
    tree = understood(json.loads(exports[name].text("json")))
    whole = 1000 * best(lambda: export(drawings[name], catalog).text())
    check = 1000 * best(lambda: analyse(drawings[name], catalog))
    build = 1000 * best(lambda: TemplateGenerator(copy.deepcopy(tree)))
    made = TemplateGenerator(copy.deepcopy(tree))
    yaml, as_json = 1000 * best(made.to_yaml), 1000 * best(made.to_json)
    counts = [len(t["Resources"]) for t in (exports[name].template.tree, tree)]
    sys.stdout.write(f"\n{name}: {counts[0]} resources, of which troposphere takes {counts[1]}\n")
    _line("", "ms", "x export")
    for title, taken in (
        ("export", whole),
        ("check", check),
        ("build", build),
        ("print YAML", yaml),
        ("print JSON", as_json),
    ):
        _line(title, f"{taken:.1f}", f"{taken / whole:.1f}")
    _line("build, print", f"{build + yaml:.1f}", f"{(build + yaml) / whole:.1f}")


def understood(tree: dict[str, Any]) -> dict[str, Any]:
    """The template without the resources and outputs that troposphere cannot represent."""
    kept = {name: resource for name, resource in tree["Resources"].items() if _takes(name, resource)}
    return {"Description": tree["Description"], "Parameters": tree.get("Parameters", {}), "Resources": kept}


def _takes(name: str, resource: dict[str, Any]) -> bool:
    alone = {key: value for key, value in resource.items() if key != "Condition"}
    with contextlib.redirect_stderr(io.StringIO()):
        try:
            TemplateGenerator({"Resources": {name: copy.deepcopy(alone)}})
        except (TypeError, ValueError, AttributeError):
            return False
    return True


def _line(*values: object) -> None:
    sys.stdout.write("".join(f"{value!s:>13}" for value in values) + "\n")
    sys.stdout.flush()


def main(sizes: Sequence[int]) -> None:
    """Print both tables."""
    catalog = load_catalog()
    sizes_table(catalog, sizes)
    peer_table(catalog)


if __name__ == "__main__":
    main([int(argument) for argument in sys.argv[1:]] or SIZES)
