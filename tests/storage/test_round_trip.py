"""Nothing is lost on the way to the file and back, and the same architecture gives the same bytes."""

from __future__ import annotations

import random

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from designer.catalog.catalog import load_catalog
from designer.model.architecture import Architecture
from designer.model.entities import Boundary, Collection, Component, Connection, Entity, Flow, Settings
from designer.storage import reader
from designer.storage.files import dumps, loads
from designer.storage.samples import Sample, samples
from tests.model.architectures import HOSTILE, architectures

LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@given(architectures())
@settings(max_examples=150)
@example(Architecture())
def test_reading_gives_what_was_written(architecture: Architecture) -> None:
    """With hostile names, values, unknown keys and comments; and writing again changes no byte."""
    text = dumps(architecture)
    again = loads(text, load_catalog())
    assert again == architecture
    assert dumps(again) == text


@given(architectures())
@settings(max_examples=60)
def test_both_readers_agree(architecture: Architecture) -> None:
    """What the fast reader takes, the reader of any YAML understands in the same way."""
    text = dumps(architecture)
    patch = pytest.MonkeyPatch()
    with patch.context() as without_fast:
        without_fast.setattr(reader, "read_lines", lambda _text: None)
        assert loads(text, load_catalog()) == architecture


@given(architectures())
@settings(max_examples=60)
def test_other_programs_read_the_same(architecture: Architecture) -> None:
    """The file is YAML 1.1 for everybody: names, ids and properties as PyYAML itself reads them."""
    plain = yaml.load(dumps(architecture), Loader=LOADER)
    assert plain["designer"] == 1
    assert plain["name"] == architecture.settings.name
    for collection in Collection:
        entries = plain.get(str(collection), {})
        table = architecture.table(collection)
        assert list(entries) == sorted(table)
        for key, entity in table.items():
            assert entries[key].get("properties", {}) == dict(entity.properties)
            assert {name: entries[key][name] for name in entity.extra} == dict(entity.extra)
            if not isinstance(entity, Connection):
                assert entries[key]["name"] == getattr(entity, "name")  # noqa: B009 - three classes have it


@given(architectures(), st.randoms())
@settings(max_examples=40)
def test_the_bytes_do_not_depend_on_the_history(architecture: Architecture, order: random.Random) -> None:
    """The order in which things were drawn, and properties were set, leaves no trace."""
    entities = [_shuffled(entity, order) for c in Collection for entity in architecture.table(c).values()]
    order.shuffle(entities)
    assert dumps(Architecture.of(architecture.settings, entities)) == dumps(architecture)


def _shuffled(entity: Entity, order: random.Random) -> Entity:
    items = list(entity.properties.items())
    order.shuffle(items)
    return entity.with_(properties=dict(items))


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_names_everywhere(name: str) -> None:
    """As the name of everything, as note and as description."""
    entities: list[Entity] = [
        Component(id="a", kind="users", name=name, note=name),
        Component(id="b", kind="ec2", name=name, boundary="g", properties={"start_script": name.replace("\0", "")}),
        Boundary(id="g", kind="group", name=name, note=name),
        Connection(id="a-b", source="a", target="b", relation="requests"),
        Flow(id="f", name=name, entry="a", goal=0.9995),
    ]
    architecture = Architecture.of(Settings(name=name, description=name), entities)
    text = dumps(architecture)
    assert loads(text, load_catalog()) == architecture
    assert text.count("\n") == len(text.splitlines()) == 13 + bool(name)


@pytest.mark.parametrize("sample", samples(), ids=lambda sample: sample.name)
def test_saving_an_unchanged_sample_changes_no_byte(sample: Sample) -> None:
    """They lie in the repository exactly as the program saves them."""
    text = sample.path.read_bytes().decode()
    assert dumps(loads(text, load_catalog())) == text


@pytest.mark.parametrize("percent", ["99.9", "99.95", "99.99", "99.999", "100", "0.1", "99.12345678", "50"])
def test_goals_keep_their_digits(percent: str) -> None:
    """99.95 percent is 0.9995, and written as 99.95 again."""
    text = f'designer: 1\ncomponents:\n  u: {{"kind": "users"}}\nflows:\n  f: {{"entry": "u", "goal": {percent}}}\n'
    architecture = loads(text, load_catalog())
    assert architecture.flows["f"].goal == pytest.approx(float(percent) / 100, abs=1e-15)
    assert f'"goal": {percent}}}' in dumps(architecture)
