"""What a person may rely on in any export: the same bytes, nothing left over, nothing left out, no circle."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import networkx
import pytest

from designer.analysis.rules import load_rules
from designer.catalog.catalog import Catalog, load_catalog
from designer.catalog.entries import Kind, Property, PropertyType, Relation
from designer.catalog.expressions import compile_expression
from designer.cloudformation.circles import indirect_wires
from designer.cloudformation.export import Export, export
from designer.errors import UserError
from designer.model.architecture import Architecture
from designer.model.edits import Put, PutSettings, Remove
from designer.model.entities import Collection, Value
from designer.storage.samples import open_sample, samples
from tests.cloudformation.drawings import (
    HOSTILE_NAMES,
    Drawing,
    everything,
    pair_drawing,
    pairs,
    random_drawing,
    resources_of,
    values_to_try,
)

CATALOG = load_catalog()


def references(value: Any) -> Iterator[str]:
    """The logical ids that a part of a template refers to."""
    if isinstance(value, dict):
        for key, inner in value.items():
            if key == "Ref":
                yield inner
            elif key == "Fn::GetAtt":
                yield inner[0]
            elif key == "Fn::Sub":
                yield from _in_text(inner)
            elif key == "DependsOn":
                yield from [inner] if isinstance(inner, str) else inner
            else:
                yield from references(inner)
    elif isinstance(value, list):
        for item in value:
            yield from references(item)


def _in_text(value: Any) -> Iterator[str]:
    import re

    text, variables = (value, {}) if isinstance(value, str) else value
    for name in re.findall(r"\$\{([A-Za-z0-9.:]+)\}", text):
        if name not in variables:
            yield name.partition(".")[0]
    yield from references(variables)


def graph(exported: Export) -> networkx.DiGraph:
    """Which resource refers to which. Fails for a reference to what does not exist."""
    tree = exported.template.tree
    resources, parameters = tree.get("Resources", {}), tree.get("Parameters", {})
    found = networkx.DiGraph()
    found.add_nodes_from(resources)
    for name, resource in resources.items():
        for target in references(resource):
            if target in resources:
                found.add_edge(name, target)
            else:
                assert target in parameters or target.startswith("AWS::"), f"{name} refers to {target}"
    for output in tree.get("Outputs", {}).values():
        assert all(target in resources or target.startswith("AWS::") for target in references(output))
    return found


def assert_sound(exported: Export) -> None:
    found = graph(exported)
    assert networkx.is_directed_acyclic_graph(found), list(networkx.simple_cycles(found))[:3]


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


NOT_EXPORTED = {
    "needed": "says what the load needs; AWS has no setting for it",
    "commitment": "is bought for the account, not by a template",
    "eks.replicas": "pods come from Kubernetes manifests",
}
"""Properties that change no byte of the template, by name or kind and name, and why."""


def _excused(owner: str, name: str) -> bool:
    return name in NOT_EXPORTED or f"{owner}.{name}" in NOT_EXPORTED


def _other_values(prop: Property) -> list[Value]:
    if prop.type is PropertyType.TEXT:
        return [*prop.suggestions, *_EXAMPLES.get(prop.name, ("other",))]
    if prop.type in (PropertyType.INTEGER, PropertyType.NUMBER) and prop.minimum is not None:
        return [int(prop.minimum) + 3, *values_to_try(prop)]
    return values_to_try(prop)


_EXAMPLES: dict[str, tuple[str, ...]] = {
    "version": ("16.9",),
    "path": ("/api/*",),
    "host": ("example.com",),
    "health_path": ("/health",),
    "filter": ('{"type": ["order"]}',),
    "schedule_start": ("0 6 * * *",),
    "schedule_end": ("0 20 * * *",),
    "vpc_cidr": ("10.9.0.0/16",),
    "cidr": ("10.9.0.0/16",),
    "instance_class": ("db.m6g.large",),
    "sort_key": ("sk",),
}


def _surroundings(catalog: Catalog, kind: Kind) -> Iterator[Drawing]:
    """The kind alone, with one wire of each sort, and among everything; under the id "it"."""
    alone = Drawing(catalog, zones="abc")
    alone.add(kind.id, "it")
    yield alone
    for source, target, relation in pairs(catalog):
        if kind.id in (source, target) and source != target:
            drawing = Drawing(catalog, zones="abc")
            other = target if source == kind.id else source
            drawing.add(kind.id, "it")
            drawing.add(other, "other")
            ends = ("it", "other") if source == kind.id else ("other", "it")
            drawing.wire(*ends, relation)
            yield drawing


def _contexts(properties: Iterable[Property]) -> Iterator[dict[str, Value]]:
    """Nothing set, or one property set: some properties have a meaning only beside another."""
    yield {}
    for prop in properties:
        if prop.type in (PropertyType.CHOICE, PropertyType.BOOLEAN) or prop.name == "sort_key":
            for value in values_to_try(prop) or _EXAMPLES[prop.name]:
                yield {prop.name: value}


def _text(drawing: Drawing) -> str | None:
    try:
        return drawing.export().text()
    except UserError:
        return None


def _shows(drawing: Drawing, prop: Property, properties: Iterable[Property]) -> bool:
    base = drawing.architecture.components["it"]
    for context in _contexts(properties):
        if prop.name in context:
            continue
        drawing.architecture.apply(Put(base.with_(properties=context)))
        if prop.when is not None and not drawing.resolution().component("it").work_out(prop.when):
            continue
        before = _text(drawing)
        for value in _other_values(prop):
            drawing.architecture.apply(Put(base.with_(properties={**context, prop.name: value})))
            after = _text(drawing)
            if before is not None and after is not None and before != after:
                return True
    return False


@pytest.mark.parametrize("key", [kind for kind in CATALOG.kinds if CATALOG.kinds[kind].properties])
def test_every_property_of_a_kind_shows_in_the_template(catalog: Catalog, key: str) -> None:
    kind = catalog.kinds[key]
    for prop in kind.properties.values():
        if not _excused(key, prop.name):
            shown = any(_shows(d, prop, kind.properties.values()) for d in _surroundings(catalog, kind))
            assert shown, f"{key}.{prop.name} changes nothing in the template"


def _relation_texts(catalog: Catalog, relation: Relation, prop: Property) -> Iterator[tuple[str | None, str | None]]:
    for source, target in sorted(relation.pairs):
        for ends in _contexts(catalog.kinds[target].properties.values()):
            drawing = pair_drawing(catalog, source, target, relation.id)
            end = drawing.architecture.components[next(iter(drawing.architecture.connections.values())).target]
            drawing.architecture.apply(
                Put(end.with_(properties={**ends, "read_replicas": 1} if target == "rds" else ends))
            )
            wire = next(iter(drawing.architecture.connections.values()))
            before = _text(drawing)
            for value in _other_values(prop):
                drawing.architecture.apply(Put(wire.with_property(prop.name, value)))
                yield before, _text(drawing)


@pytest.mark.parametrize("key", [relation for relation in CATALOG.relations if CATALOG.relations[relation].properties])
def test_every_property_of_a_wire_shows_in_the_template(catalog: Catalog, key: str) -> None:
    relation = catalog.relations[key]
    for prop in relation.properties.values():
        texts = _relation_texts(catalog, relation, prop)
        assert any(before and after and before != after for before, after in texts), f"{key}.{prop.name}"


def test_every_property_of_the_whole_and_of_a_vpc_shows_in_the_template(catalog: Catalog) -> None:
    for prop in catalog.architecture.properties.values():
        drawing = everything(catalog)
        before = drawing.export().text()
        settings = drawing.architecture.settings
        changed = []
        for value in _other_values(prop):
            drawing.architecture.apply(PutSettings(settings.with_(properties={prop.name: value})))
            changed.append(_text(drawing))
        assert any(text not in (None, before) for text in changed), prop.name
    for kind in ("vpc", "tier"):
        for prop in catalog.boundaries[kind].properties.values():
            texts = set()
            for value in [None, *_other_values(prop)]:
                drawing = Drawing(catalog)
                drawing.frame("vpc", "main")
                drawing.frame("tier", "front", "main")
                drawing.add("ec2", boundary="front" if kind == "tier" else "main")
                boundary = drawing.architecture.boundaries["main" if kind == "vpc" else "front"]
                drawing.architecture.apply(Put(boundary.with_property(prop.name, value)))
                texts.add(_text(drawing))
            assert len(texts - {None}) > 1, f"{kind}.{prop.name}"


def _analysed(catalog: Catalog, kind: Kind) -> set[str]:
    """The properties of a kind that the analysis reads: in its failure and placement, and in conditions of rules."""
    failure, placement, traits = kind.failure, kind.placement, kind.traits
    figures = (*failure.host_figures, *failure.replica_figures, *failure.service_figures, *failure.contract_figures)
    texts = [failure.replicas, failure.needed, failure.hosts, failure.service_level, failure.stateful_when]
    texts += [placement.tier, placement.zonal_when, placement.minimum_zones, traits.get("spread_over_zones")]
    texts += [figure.when for figure in figures]
    names = {name for text in texts if text for name in compile_expression(str(text)).names}
    for _rule, case in load_rules(catalog).by_kind.get(kind.id, ()):
        names |= case.when.names
    return names & set(kind.properties)


def test_what_the_analysis_reads_is_exported_or_excused(catalog: Catalog) -> None:
    """The test above covers every property; this says that no excuse hides something that rules find."""
    read = {f"{kind.id}.{name}" for kind in catalog.kinds.values() for name in _analysed(catalog, kind)}
    assert len(read) > 60
    hidden = {name for name in read if _excused(*name.split(".", 1))}
    assert (
        hidden == {"asg.needed", "ec2.commitment", "asg.commitment", "ecs.needed", "eks.needed", "eks.replicas"} & read
    )


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
