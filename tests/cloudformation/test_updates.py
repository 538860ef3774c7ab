"""A deployed drawing gets a wire and loses it again: the stack follows, and what it was before it is afterwards.

In every run one wire of each relation is tried, alone, and all of them in one drawing; the exhaustive part tries every
wire that can be drawn. A sample is deployed as it is in both.
"""

from __future__ import annotations

import importlib.util
import os
from collections.abc import Iterator

import pytest

from designer.catalog.catalog import Catalog, load_catalog
from designer.cloudformation.export import Export, export
from designer.model.edits import Put, Remove
from designer.model.entities import Collection
from designer.storage.samples import open_sample, samples
from tests.cloudformation.deploying import FAULTY, MADE_ANEW, UNCHANGED, Stack, account
from tests.cloudformation.drawings import Drawing, everything, pair_drawing, pairs

pytestmark = [pytest.mark.judge, pytest.mark.slow]

CATALOG = load_catalog()
WIRES = pairs(CATALOG)
ONE_OF_EACH = list({relation: (source, target, relation) for source, target, relation in WIRES}.values())
STORES = ("::DBCluster", "::DBInstance", "::Table", "::Queue", "::Bucket", "::Key")
"""The ends of types that keep what somebody put into them."""


@pytest.fixture
def stack() -> Iterator[Stack]:
    """An empty stack in an account of its own. Without the libraries that moto needs, people do without the test."""
    if importlib.util.find_spec("openapi_spec_validator") is None and not os.environ.get("CI"):
        pytest.skip("moto lacks libraries: install moto[cloudformation]")
    with account() as made:
        yield made


def deploy(stack: Stack, exported: Export) -> list[tuple[str, str]]:
    """Brings the stack to an export; what the deployer is asked for is a certificate."""
    tree = exported.template.tree
    asked = [name for name, entry in tree.get("Parameters", {}).items() if "Default" not in entry]
    done = stack.deploy(tree, {name: stack.certificate if "Certificate" in name else "value" for name in asked})
    assert set(stack.resources) <= set(tree.get("Resources", {}))
    return done


def names(events: list[tuple[str, str]], what: str) -> set[str]:
    """The resources to which something was done."""
    return {name for event, name in events if event == what}


def assert_follows(stack: Stack, drawing: Drawing) -> None:
    """Deploys the drawing without its wires, then with them, then without."""
    architecture = drawing.architecture
    wires = list(architecture.connections.values())
    before = _without(drawing)
    for wire in wires:
        architecture.apply(Put(wire))
    there = drawing.export()
    deploy(stack, before)
    bare = set(stack.resources)

    added = deploy(stack, there)
    assert names(added, "create") >= set(stack.resources) - bare
    assert_data_stays(names(added, "delete"), before)

    taken = deploy(stack, _without(drawing))
    assert_data_stays(names(taken, "delete"), there)
    assert names(taken, "delete") == names(added, "create")
    assert names(taken, "create") == names(added, "delete")
    assert set(stack.resources) == bare
    assert drawing.export().text() == before.text()
    assert drawing.export().text("json") == before.text("json")


def _without(drawing: Drawing) -> Export:
    for key in list(drawing.architecture.connections):
        drawing.architecture.apply(Remove(Collection.CONNECTIONS, key))
    return drawing.export()


def assert_data_stays(taken: set[str], exported: Export) -> None:
    """A store that leaves the stack stays in the account, or leaves a snapshot."""
    for name in taken:
        resource = exported.template.tree["Resources"][name]
        if resource["Type"].endswith(STORES):
            assert resource.get("DeletionPolicy") in ("Retain", "Snapshot"), name


@pytest.mark.parametrize(("source", "target", "relation"), ONE_OF_EACH)
def test_a_stack_gets_a_wire_and_loses_it(
    stack: Stack, catalog: Catalog, source: str, target: str, relation: str
) -> None:
    assert_follows(stack, pair_drawing(catalog, source, target, relation))


@pytest.mark.exhaustive
@pytest.mark.parametrize(("source", "target", "relation"), [wire for wire in WIRES if wire not in ONE_OF_EACH])
def test_a_stack_gets_any_wire_and_loses_it(
    stack: Stack, catalog: Catalog, source: str, target: str, relation: str
) -> None:
    assert_follows(stack, pair_drawing(catalog, source, target, relation))


def test_a_stack_gets_all_wires_and_loses_them(stack: Stack, catalog: Catalog) -> None:
    assert_follows(stack, everything(catalog))


@pytest.mark.parametrize("name", [sample.name for sample in samples()])
def test_a_sample_deploys_and_the_second_time_nothing_changes(stack: Stack, catalog: Catalog, name: str) -> None:
    exported = export(open_sample(name, catalog), catalog)
    done = deploy(stack, exported)
    assert names(done, "create") == set(stack.resources)
    assert deploy(stack, exported) == []
    made = [resource for resource in stack.resources.values() if resource.by_moto]
    assert len(made) > 0.6 * len(stack.resources)


def test_emoji_and_other_scripts_reach_the_services_as_they_are(stack: Stack, catalog: Catalog) -> None:
    """The JSON text holds them as characters: read as YAML, which moto does, an escaped pair would be two halves."""
    name = "Bestellungen 📦 größer 𠀋"
    drawing = Drawing(catalog)
    drawing.add("lambda", "orders", name)
    exported = drawing.export()
    assert "📦" in exported.text("json")
    assert "\\ud83d" not in exported.text("json")
    deploy(stack, exported)
    assert name in stack.resources["OrdersFunction"].properties["Description"]
    assert (
        stack.resources["OrdersFunction"].model.description
        == stack.resources["OrdersFunction"].properties["Description"]
    )


def test_what_moto_cannot_do_is_said_and_still_needed(catalog: Catalog) -> None:
    used = {resource["Type"] for resource in everything(catalog).export().template.tree["Resources"].values()}
    assert {*FAULTY, *MADE_ANEW, *UNCHANGED} <= used
