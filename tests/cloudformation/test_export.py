"""What a person may rely on in any export: the same bytes, nothing left over, nothing left out, no circle."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from designer.catalog.catalog import Catalog, load_catalog
from designer.cloudformation.circles import indirect_wires
from designer.cloudformation.export import export
from designer.errors import UserError
from designer.model.architecture import Architecture
from designer.model.edits import Put, Remove
from designer.model.entities import Collection
from designer.storage.samples import open_sample, samples
from tests.cloudformation.drawings import (
    HOSTILE_NAMES,
    Drawing,
    pair_drawing,
    pairs,
    random_drawing,
    resources_of,
)
from tests.cloudformation.soundness import assert_sound

CATALOG = load_catalog()


@pytest.mark.parametrize(("source", "target", "relation"), pairs(CATALOG))
def test_deleting_a_wire_gives_back_the_bytes_before(catalog: Catalog, source: str, target: str, relation: str) -> None:
    drawing = pair_drawing(catalog, source, target, relation)
    wire = next(iter(drawing.architecture.connections.values()))
    assert_sound(drawing.export())
    with_wire = drawing.export().text()
    drawing.architecture.apply(Remove(Collection.CONNECTIONS, wire.id))
    before = drawing.export().text()
    drawing.architecture.apply(Put(wire))
    assert drawing.export().text() == with_wire
    drawing.architecture.apply(Remove(Collection.CONNECTIONS, wire.id))
    assert drawing.export().text() == before


def test_every_kind_of_wire_says_something(catalog: Catalog) -> None:
    for source, target, relation in pairs(catalog):
        drawing = pair_drawing(catalog, source, target, relation)
        wire = next(iter(drawing.architecture.connections))
        assert any(line.origins == (wire,) for line in drawing.export().lines), (source, relation, target)


def shuffled(architecture: Architecture, seed: int) -> Architecture:
    """The same drawing, put together in another order."""
    chance = random.Random(seed)
    other = Architecture(architecture.settings)
    boundaries = list(architecture.boundaries.values())
    while boundaries:
        ready = [b for b in boundaries if b.parent is None or b.parent in other.boundaries]
        chosen = chance.choice(ready)
        boundaries.remove(chosen)
        other.apply(Put(chosen))
    for table in (architecture.components, architecture.connections):
        entities = list(table.values())
        chance.shuffle(entities)
        for entity in entities:
            other.apply(Put(entity))
    return other


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_order_of_drawing_changes_no_byte(catalog: Catalog, seed: int) -> None:
    drawing = random_drawing(catalog, seed, size=30)
    expected = drawing.export().text()
    for other in range(3):
        assert export(shuffled(drawing.architecture, other), catalog).text() == expected


SCRIPT = """
from designer.catalog.catalog import load_catalog
from tests.cloudformation.drawings import random_drawing
import hashlib
exported = random_drawing(load_catalog(), 7, size=40).export()
print(hashlib.sha256((exported.text() + exported.text("json") + repr(exported.notes)).encode()).hexdigest())
"""


def test_the_hash_seed_changes_no_byte() -> None:
    root = Path(__file__).parents[2]
    digests = set()
    for seed in ("0", "1", "4242"):
        environment = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(root)}
        done = subprocess.run(
            [sys.executable, "-c", SCRIPT], capture_output=True, text=True, env=environment, cwd=root, check=True
        )
        digests.add(done.stdout)
    assert len(digests) == 1


@pytest.mark.parametrize("name", [sample.name for sample in samples()])
def test_a_sample_gives_one_sound_tree_in_both_formats(catalog: Catalog, name: str) -> None:
    exported = export(open_sample(name, catalog), catalog)
    assert json.loads(exported.text("json")) == exported.template.tree
    assert_sound(exported)


@pytest.mark.parametrize("seed", range(200, 212))
def test_random_architectures_refer_to_what_exists_and_in_no_circle(catalog: Catalog, seed: int) -> None:
    assert_sound(random_drawing(catalog, seed).export())


CIRCLES: dict[str, tuple[tuple[tuple[str, str], ...], tuple[tuple[str, str, str], ...]]] = {
    "two functions": (
        (("lambda", "a"), ("lambda", "b")),
        (("a", "b", "invokes"), ("b", "a", "invokes")),
    ),
    "three functions": (
        (("lambda", "a"), ("lambda", "b"), ("lambda", "c")),
        (("a", "b", "invokes"), ("b", "c", "invokes"), ("c", "a", "invokes")),
    ),
    "two instances": ((("ec2", "a"), ("ec2", "b")), (("a", "b", "calls"), ("b", "a", "calls"))),
    "two services": ((("ecs", "a"), ("ecs", "b")), (("a", "b", "calls"), ("b", "a", "calls"))),
    "a service and an instance": ((("ecs", "a"), ("ec2", "b")), (("a", "b", "calls"), ("b", "a", "calls"))),
    "a function in a VPC and an instance": (
        (("lambda", "a"), ("ec2", "b")),
        (("a", "b", "calls"), ("b", "a", "invokes")),
    ),
    "a failing function": (
        (("sqs", "jobs"), ("lambda", "worker")),
        (("jobs", "worker", "triggers"), ("worker", "jobs", "fails-to")),
    ),
    "a function that sends to what triggers it": (
        (("sqs", "jobs"), ("lambda", "worker")),
        (("jobs", "worker", "triggers"), ("worker", "jobs", "sends")),
    ),
    "a function behind the topic it publishes to": (
        (("sns", "news"), ("lambda", "worker")),
        (("news", "worker", "delivers"), ("worker", "news", "publishes")),
    ),
    "a function that writes to the table that triggers it": (
        (("dynamodb", "items"), ("lambda", "worker")),
        (("items", "worker", "triggers"), ("worker", "items", "reads-writes")),
    ),
    "a service that calls its own load balancer": (
        (("elb", "front"), ("ecs", "shop")),
        (("front", "shop", "routes"), ("shop", "front", "calls")),
    ),
    "instances that call their own load balancer": (
        (("elb", "front"), ("asg", "web")),
        (("front", "web", "routes"), ("web", "front", "calls")),
    ),
    "an instance that calls its own load balancer": (
        (("elb", "front"), ("ec2", "web")),
        (("front", "web", "routes"), ("web", "front", "calls")),
    ),
    "a function that calls its own load balancer": (
        (("elb", "front"), ("lambda", "web")),
        (("front", "web", "routes"), ("web", "front", "calls")),
    ),
    "a worker that feeds itself": (
        (("sqs", "jobs"), ("ecs", "worker")),
        (("jobs", "worker", "feeds"), ("worker", "jobs", "sends")),
    ),
    "a function that invokes itself": ((("lambda", "a"),), (("a", "a", "invokes"),)),
    "an instance that calls itself": ((("ec2", "a"),), (("a", "a", "calls"),)),
    "dead letters in a circle": ((("sqs", "a"), ("sqs", "b")), (("a", "b", "fails-to"), ("b", "a", "fails-to"))),
}  # fmt: skip


def circle(catalog: Catalog, name: str) -> Drawing:
    drawing = Drawing(catalog)
    components, wires = CIRCLES[name]
    for kind, key in components:
        drawing.add(kind, key)
    for source, target, relation in wires:
        drawing.wire(source, target, relation)
    return drawing


@pytest.mark.parametrize("name", CIRCLES)
def test_a_circle_of_wires_is_no_circle_of_references(catalog: Catalog, name: str) -> None:
    drawing = circle(catalog, name)
    try:
        exported = drawing.export()
    except UserError as error:
        assert {e.name for e in getattr(error, "errors", [error])} <= {
            *drawing.architecture.components, *drawing.architecture.connections,
        }  # fmt: skip
        return
    assert_sound(exported)


def test_functions_that_call_each_other_find_each_other_through_parameter_store(catalog: Catalog) -> None:
    drawing = circle(catalog, "two functions")
    assert indirect_wires(drawing.resolution()) == {"a-b", "b-a"}
    exported = drawing.export()
    parameters = resources_of(exported, "AWS::SSM::Parameter")
    functions = resources_of(exported, "AWS::Lambda::Function")
    assert {p["Properties"]["Value"]["Ref"] for p in parameters.values()} == set(functions)
    for key, function in functions.items():
        variables = function["Properties"]["Environment"]["Variables"]
        other = "B" if key == "AFunction" else "A"
        assert list(variables) == [f"{other}_FUNCTION_PARAMETER"]
        names = [p["Properties"]["Name"] for p in parameters.values()]
        assert variables[f"{other}_FUNCTION_PARAMETER"] in names


def test_a_wire_out_of_a_circle_still_tells_the_name_itself(catalog: Catalog) -> None:
    drawing = circle(catalog, "two functions")
    drawing.add("lambda", "c")
    drawing.wire("a", "c", "invokes")
    assert "a-c" not in indirect_wires(drawing.resolution())
    variables = resources_of(drawing.export(), "AWS::Lambda::Function")["AFunction"]["Properties"]["Environment"]
    assert variables["Variables"]["C_FUNCTION"] == {"Ref": "CFunction"}


@pytest.mark.parametrize(("kind", "runs"), [("ecs", "EcsService"), ("asg", "AsgGroup"), ("ec2", "Ec2Instance")])
def test_a_program_starts_when_it_has_its_permissions(catalog: Catalog, kind: str, runs: str) -> None:
    drawing = Drawing(catalog)
    drawing.add(kind)
    for other, relation in (("sqs", "sends"), ("dynamodb", "reads-writes"), ("rds", "queries"), ("lambda", "invokes")):
        drawing.add(other)
        drawing.wire(kind, other, relation)
    drawing.add("sqs", "work")
    drawing.wire("work", kind, "feeds")
    made = drawing.export().template.tree["Resources"]
    name = kind.capitalize()
    policies = {f"{name}To{other}Policy" for other in ("Sqs", "Dynamodb", "Rds")} | {f"WorkTo{name}Policy"}
    assert policies <= set(made[runs]["DependsOn"])
    assert f"{name}ToLambdaPolicy" in made


def test_names_and_notes_of_people_stay_out_of_the_structure(catalog: Catalog) -> None:
    """Other names give the same tree but for descriptions."""
    plain, hostile = Drawing(catalog), Drawing(catalog)
    for number, name in enumerate(HOSTILE_NAMES[:8]):
        for kind in ("lambda", "sqs", "ec2", "rds", "elb"):
            plain.add(kind, f"{kind}-{number}", "Plain")
            hostile.add(kind, f"{kind}-{number}", name)

    def bare(value: Any) -> Any:
        if isinstance(value, dict):
            return {k: bare(v) for k, v in value.items() if "Description" not in k}
        return [bare(item) for item in value] if isinstance(value, list) else value

    assert bare(plain.export().template.tree) == bare(hostile.export().template.tree)


def test_a_contradiction_is_refused_with_the_name_of_its_component(catalog: Catalog) -> None:
    drawing = Drawing(catalog)
    drawing.add("asg", "fleet", min=5, desired=1)
    drawing.add("ecs", "shop", memory=513)
    with pytest.raises(UserError) as caught:
        drawing.export()
    assert [error.name for error in caught.value.errors] == ["fleet", "shop"]  # type: ignore[attr-defined]


def test_an_empty_drawing_is_an_empty_template(catalog: Catalog) -> None:
    exported = Drawing(catalog).export()
    assert exported.template.tree == {"AWSTemplateFormatVersion": "2010-09-09", "Description": "Untitled"}
    assert exported.notes == []
