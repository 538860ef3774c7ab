"""Times of the export, and of troposphere building and printing the same resources. Run as a program; prints tables.

    python -m tests.bench.bench_export [components ...]

1. Whole exports of layered architectures of 10 to 300 components: effective properties, contradictions, fragments, YAML
   line by line, limits and notes. Beside them, troposphere makes the very same resources from ready-made values (its
   objects by their constructors, as a program written for it does) and prints them: no drawing, no catalog, no
   permissions to derive. Resources that troposphere does not know are left out there.
2. The same exporter again after one edit of each sort: the median and the worst of some edits.
3. The first export of a process, with all it has to load.

Limits on the number of resources are lifted, so that all sizes can be made. Times are processor times; those of table 1
are the best of five runs. As in the window, what was loaded before is frozen for Python's garbage collector.
"""

from __future__ import annotations

import contextlib
import copy
import gc
import io
import itertools
import json
import random
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import troposphere
from troposphere import AWSHelperFn, BaseAWSObject, Template
from troposphere.template_generator import TemplateGenerator

from designer.catalog.catalog import Catalog, load_catalog
from designer.cloudformation import limits
from designer.cloudformation.export import Export, Exporter, export
from designer.model.architecture import Architecture
from designer.model.edits import Edit, Put, Rekey, Remove
from designer.model.entities import Collection, Component, Connection, Settings

SIZES = (10, 100, 300)
RUNS = 5
EDITS = 12

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
    """The shortest of five runs of a task, in milliseconds."""
    return min(taken(task) for _ in range(RUNS))


def taken(task: Callable[[], object]) -> float:
    """The processor time of a task, in milliseconds."""
    start = time.process_time()
    task()
    return 1000 * (time.process_time() - start)


def whole_table(catalog: Catalog, sizes: Sequence[int]) -> None:
    """One line for each number of components: the export, and how it compares to troposphere."""
    _line("components", "resources", "kB", "export", "build", "print JSON", "print YAML", "x JSON", "x YAML")
    for size in sizes:
        drawing = layered(catalog, size)
        made = export(drawing, catalog)
        ours = best(lambda drawing=drawing: export(drawing, catalog).text())
        build = constructors(TemplateGenerator(understood(made)))
        template = build()
        building, as_json, as_yaml = best(build), best(template.to_json), best(template.to_yaml)
        _line(
            size, len(made.template.tree["Resources"]), f"{len(made.text()) / 1000:.0f}", f"{ours:.1f}",
            f"{building:.1f}", f"{as_json:.1f}", f"{as_yaml:.1f}", f"{ours / (building + as_json):.2f}",
            f"{ours / (building + as_yaml):.2f}",
        )  # fmt: skip
    sys.stdout.write("x: the export by the sum of building and printing\n")


def constructors(template: Template) -> Callable[[], Template]:
    """A program for troposphere that makes a template anew, written and compiled here."""
    names: dict[type, str] = {}
    lines = [
        f"    template.{add}({_written(thing, names)})"
        for add, things in (
            ("add_parameter", template.parameters), ("add_resource", template.resources),
            ("add_output", template.outputs),
        )
        for thing in things.values()
    ]  # fmt: skip
    source = "\n".join(["def build():", "    template = Template()", *lines, "    return template"])
    scope: dict[str, Any] = {"Template": Template, "helper": _helper, **{name: kind for kind, name in names.items()}}
    exec(compile(source, "<troposphere>", "exec"), scope)
    build: Callable[[], Template] = scope["build"]
    return build


def _written(value: Any, names: dict[type, str]) -> str:
    """An expression that makes a value of a template for troposphere."""
    name = names.setdefault(type(value), f"Kind{len(names)}") if isinstance(value, (BaseAWSObject, AWSHelperFn)) else ""
    if isinstance(value, BaseAWSObject):
        own = {key: item for key, item in value.resource.items() if key not in ("Properties", "Type")}
        given = {**(own if "Properties" in value.resource else {}), **value.properties}
        arguments = [f"{key}={_written(item, names)}" for key, item in given.items()]
        return f"{name}({', '.join([repr(value.title), *arguments])})"
    if isinstance(value, AWSHelperFn):
        return f"helper({name}, {_written(vars(value), names)})"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key!r}: {_written(item, names)}" for key, item in value.items()) + "}"
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(_written(item, names) for item in value) + "]"
    return repr(value)


def _helper(kind: type, data: dict[str, Any]) -> Any:
    made = kind.__new__(kind)
    vars(made).update(data)
    return made


def understood(made: Export) -> dict[str, Any]:
    """The template without the resources that troposphere cannot represent."""
    tree = json.loads(made.text("json"))
    kept = {name: resource for name, resource in tree["Resources"].items() if _takes(name, resource)}
    return {"Parameters": tree.get("Parameters", {}), "Resources": kept, "Outputs": tree.get("Outputs", {})}


def _takes(name: str, resource: dict[str, Any]) -> bool:
    alone = {key: value for key, value in resource.items() if key != "Condition"}
    with contextlib.redirect_stderr(io.StringIO()):
        try:
            TemplateGenerator({"Resources": {name: copy.deepcopy(alone)}})
        except (TypeError, ValueError, AttributeError):
            return False
    return True


def edit_table(catalog: Catalog, sizes: Sequence[int]) -> None:
    """How long the kept exporter takes after one edit of each sort, in milliseconds: median and worst."""
    sys.stdout.write("\nafter one edit, with all lines: median / worst\n")
    drawings = [layered(catalog, size) for size in sizes]
    _line("components", *sizes)
    for sort, edits in _SORTS.items():
        cells = []
        for drawing in drawings:
            times = list(after_edits(drawing, catalog, list(edits(drawing, catalog))[:EDITS]))
            cells.append(f"{statistics.median(times):.1f} / {max(times):.1f}")
        _line(sort, *cells)


def after_edits(drawing: Architecture, catalog: Catalog, edits: Iterable[Edit]) -> Iterable[float]:
    """The time of an export after each edit; it is taken back before the next."""
    kept = Exporter()
    kept.export(drawing, catalog)
    for edit in edits:
        inverse = drawing.apply(edit)
        yield taken(lambda: kept.export(drawing, catalog).lines)
        drawing.apply(inverse)
        kept.export(drawing, catalog)


def _moves(drawing: Architecture, _catalog: Catalog) -> Iterable[Edit]:
    return (Put(component.with_(x=component.x + 40)) for component in drawing.components.values())


def _names(drawing: Architecture, _catalog: Catalog) -> Iterable[Edit]:
    return (Put(component.with_(name=f"{component.name} of old")) for component in drawing.components.values())


_PROPERTY = {
    "elb": ("deletion_protection", False), "ecs": ("desired", 3), "lambda": ("timeout", 7), "asg": ("max", 9),
    "sqs": ("retention", 3600), "sns": ("fifo", False), "rds": ("backup_retention", 9),
}  # fmt: skip


def _properties(drawing: Architecture, catalog: Catalog) -> Iterable[Edit]:
    for component in drawing.components.values():
        name, value = _PROPERTY.get(component.kind, ("", None))
        if name in catalog.kinds[component.kind].properties:
            yield Put(component.with_property(name, value))


def _ids(drawing: Architecture, _catalog: Catalog) -> Iterable[Edit]:
    return (Rekey(Collection.COMPONENTS, key, f"{key}-renamed") for key in list(drawing.components))


def _wires(drawing: Architecture, _catalog: Catalog) -> Iterable[Edit]:
    return (Remove(Collection.CONNECTIONS, key) for key in list(drawing.connections))


def _new_wires(drawing: Architecture, catalog: Catalog) -> Iterable[Edit]:
    joined = {(wire.source, wire.target) for wire in drawing.connections.values()}
    components = drawing.components.values()
    for source, target in itertools.islice(itertools.product(components, components), 0, None, 7):
        between = catalog.relations_between(source.kind, target.kind)
        if between and source is not target and (source.id, target.id) not in joined:
            key = f"{source.id}-{target.id}"
            yield Put(Connection(id=key, source=source.id, target=target.id, relation=between[0].id))


_SORTS: dict[str, Callable[[Architecture, Catalog], Iterable[Edit]]] = {
    "move": _moves, "name": _names, "property": _properties, "add wire": _new_wires, "delete wire": _wires,
    "rename id": _ids,
}  # fmt: skip

_FIRST = """
import time
from designer.catalog.catalog import load_catalog
from designer.storage.samples import open_sample
catalog = load_catalog()
drawing = open_sample("orders-decoupled", catalog)
start = time.process_time()
from designer.cloudformation.export import Exporter
kept = Exporter()
kept.export(drawing, catalog)
between = time.process_time()
kept.export(drawing, catalog)
print(f"{1000 * (between - start):.0f} ms, the second {1000 * (time.process_time() - between):.1f} ms")
"""


def first_line() -> None:
    """The first export of a process, of a sample, and the second."""
    for _ in range(2):  # the first fills the caches of data files
        run = subprocess.run([sys.executable, "-c", _FIRST], capture_output=True, text=True, check=True)
    sys.stdout.write(f"\nfirst export of a process (sample orders-decoupled): {run.stdout}")


def _line(*values: object) -> None:
    sys.stdout.write("".join(f"{value!s:>13}" for value in values) + "\n")
    sys.stdout.flush()


def main(sizes: Sequence[int]) -> None:
    """Print all tables."""
    troposphere.MAX_RESOURCES = troposphere.MAX_PARAMETERS = troposphere.MAX_OUTPUTS = sys.maxsize
    limits.MAX_RESOURCES = limits.MAX_PARAMETERS = limits.MAX_OUTPUTS = limits.MAX_BYTES = sys.maxsize
    catalog = load_catalog()
    whole_table(catalog, sizes)
    # What troposphere loaded is no part of the program, and would be looked through with what is.
    gc.collect()
    gc.freeze()
    edit_table(catalog, sizes)
    first_line()


if __name__ == "__main__":
    main([int(argument) for argument in sys.argv[1:]] or SIZES)
