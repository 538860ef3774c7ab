"""What people type ends as data: names, notes, ids, and every property that is a text, whatever it holds.

A text that the catalog refuses never gets into a drawing, and one that AWS would misread is refused by the exporter
with the name of what it stands in. With any other text the template has the structure that it has with a plain one:
resources of the same types and properties, that refer to the same things. In every run names take turns, and properties
get one text of each sort; the exhaustive part tries every text everywhere.
"""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterable, Iterator
from typing import Any

import pytest

from designer.catalog.catalog import load_catalog
from designer.catalog.check import check_value
from designer.catalog.entries import Property, PropertyType
from designer.cloudformation.export import Export, export
from designer.errors import UserError
from designer.importing.metadata import architecture_from_template
from designer.model.edits import Put, PutSettings
from designer.model.entities import Boundary, Component, Flow
from designer.storage.files import loads
from tests.cloudformation.drawings import HOSTILE_NAMES, Drawing, everything, pair_drawing
from tests.cloudformation.reading import PythonLoader, has_alias, read_template
from tests.cloudformation.soundness import assert_sound, references
from tests.cloudformation.test_encode import HOSTILE

CATALOG = load_catalog()
ATTACKS = list(dict.fromkeys((*HOSTILE_NAMES, *HOSTILE, '", "Evil": {"Type": "AWS::IAM::User"}, "x": "', "*/ -->")))


def shape(value: Any) -> Any:
    """The structure of a part of a template without its texts; a call of a function is one text."""
    if isinstance(value, dict):
        if len(value) == 1 and next(iter(value)).startswith(("Ref", "Fn::")):
            return "text"
        return {key: shape(item) for key, item in value.items()}
    if isinstance(value, list):
        inner = [shape(item) for item in value]
        return inner if any(item != "text" for item in inner) else "text"
    return "text"


def structure(exported: Export) -> list[str]:
    """What a template is apart from its texts and ids: types, their properties, and what refers to what."""
    tree = exported.template.tree
    types = {name: resource["Type"] for name, resource in tree.get("Resources", {}).items()}
    found = [json.dumps([key, shape(value)]) for key, value in tree.items() if key not in ("Metadata", "Resources")]
    for name, resource in tree.get("Resources", {}).items():
        to = sorted(types.get(target, target) for target in set(references(resource)))
        found.append(json.dumps([types[name], to, shape(resource)]))
    return sorted(found)


def assert_data_alone(exported: Export) -> None:
    """Both texts of the template mean its tree; that in JSON to a reader of YAML too."""
    text = exported.text()
    assert read_template(text) == exported.template.tree
    assert json.loads(exported.text("json")) == exported.template.tree
    assert read_template(exported.text("json")) == exported.template.tree
    assert not has_alias(text)
    assert_sound(exported)


def named(names: Iterable[str]) -> Drawing:
    """One of everything; it and what is around it takes the names by turns, as names and as notes."""
    drawing, turns = everything(CATALOG), itertools.cycle(names)
    architecture = drawing.architecture
    for boundary, parent in (("vpc", None), ("tier", "main-vpc"), ("group", None)):
        drawing.frame(boundary, f"main-{boundary}", parent)
    drawn: list[Component | Boundary] = [*architecture.components.values(), *architecture.boundaries.values()]
    for entity in drawn:
        name = next(turns)
        architecture.apply(Put(entity.with_(name=name, note=name)))
    architecture.apply(Put(Flow(id="flow", name=next(turns), entry="users")))
    architecture.apply(PutSettings(architecture.settings.with_(name=next(turns), description=next(turns))))
    return drawing


PLAIN = structure(named(["Plain"]).export())
NAMES = [text for text in ATTACKS if text.strip() and "\0" not in text]
TURNS = 8
"""Names in one drawing."""


def assert_names_are_data(names: list[str]) -> None:
    drawing = named(names)
    exported = export(drawing.architecture, CATALOG, drawing=True)
    assert_data_alone(exported)
    assert structure(exported) == PLAIN
    # The drawing inside keeps them to the letter, and no tool sees a reference of the template in it.
    inside = json.dumps(exported.template.tree["Metadata"], ensure_ascii=False)
    assert "{{resolve:" not in inside
    assert "${" not in inside
    again = architecture_from_template(exported.text(), CATALOG)
    for key, component in drawing.architecture.components.items():
        assert again.components[key].name == again.components[key].note == component.name
    for key, boundary in drawing.architecture.boundaries.items():
        assert again.boundaries[key].name == again.boundaries[key].note == boundary.name
    assert again.flows["flow"].name == drawing.architecture.flows["flow"].name
    assert again.settings == drawing.architecture.settings


@pytest.mark.parametrize("first", range(0, len(NAMES), TURNS))
def test_names_and_notes_end_as_data(first: int) -> None:
    assert_names_are_data(NAMES[first : first + TURNS])


@pytest.mark.exhaustive
@pytest.mark.parametrize("name", NAMES)
def test_any_name_of_everything_ends_as_data(name: str) -> None:
    assert_names_are_data([name])


def test_the_parser_written_in_python_reads_the_same() -> None:
    drawing = Drawing(CATALOG)
    for number, name in enumerate(NAMES):
        drawing.add("sqs", f"queue-{number}", name)
    exported = export(drawing.architecture, CATALOG, drawing=True)
    assert read_template(exported.text(), PythonLoader) == exported.template.tree


def text_properties() -> Iterator[tuple[str, str, str]]:
    """(collection, kind or relation, property) for each property that takes a text or a list of them."""
    owners = itertools.chain(
        (("kinds", key, kind.properties) for key, kind in CATALOG.kinds.items()),
        (("relations", key, relation.properties) for key, relation in CATALOG.relations.items()),
        (("boundaries", key, boundary.properties) for key, boundary in CATALOG.boundaries.items()),
        [("architecture", "", CATALOG.architecture.properties)],
    )
    for collection, key, properties in owners:
        for name, prop in properties.items():
            if prop.type in (PropertyType.TEXT, PropertyType.LIST):
                yield collection, key, name


def with_value(collection: str, key: str, name: str, value: Any) -> Drawing:
    """A drawing where that property has the value, on its own or among everything."""
    if collection == "relations":
        source, target = sorted(CATALOG.relations[key].pairs)[0]
        return pair_drawing(CATALOG, source, target, key, **{name: value})
    if collection == "kinds":
        drawing = Drawing(CATALOG, zones="abc")
        drawing.add(key, "it", **{name: value})
        return drawing
    drawing = Drawing(CATALOG)
    drawing.frame("vpc", "main", **({name: value} if key == "vpc" else {}))
    drawing.frame("tier", "front", "main", **({name: value} if key == "tier" else {}))
    drawing.frame("group", "team", **({name: value} if key == "group" else {}))
    drawing.add("ec2", boundary="front")
    if collection == "architecture":
        settings = drawing.architecture.settings
        drawing.architecture.apply(PutSettings(settings.with_(properties={name: value})))
    return drawing


def property_of(collection: str, key: str, name: str) -> Property:
    owner = CATALOG.architecture if collection == "architecture" else getattr(CATALOG, collection)[key]
    return owner.properties[name]


EXAMPLES = ("plain", "/plain/*", "plain.example.com", "10.9.0.0/16", "0 6 * * *", "t3.small", "1.2", '{"plain": ["a"]}')
"""Texts without harm, of the forms that properties ask for."""


TELLING = [
    *HOSTILE_NAMES[:9], "before\x85after\u2028line\ufeffmark", "Bestellungen 📦", "yes", "012", "one\r\ntwo\ttab",
    "' ; rm -rf / #",
]  # fmt: skip
"""One text of each sort."""
PROPERTIES = list(text_properties())


def assert_values_are_data(collection: str, key: str, name: str, attacks: list[str]) -> None:
    prop = property_of(collection, key, name)
    many = prop.type is PropertyType.LIST

    def made_with(texts: Iterable[Any]) -> Iterator[tuple[Any, Export]]:
        for value in ([text] if many else text for text in texts):
            if check_value(prop, value) is None:
                made = exported_or_refused(with_value(collection, key, name, value))
                if made is not None:
                    yield value, made

    plain = {made.text(): structure(made) for _value, made in made_with((*prop.suggestions, *EXAMPLES))}
    assert plain, "no example fits the property"
    for value, made in made_with(text for text in attacks if text.strip()):
        if made.text() not in plain:
            assert_data_alone(made)
            assert structure(made) in plain.values(), value


@pytest.mark.parametrize(("collection", "key", "name"), PROPERTIES)
def test_values_of_properties_end_as_data_or_are_refused(collection: str, key: str, name: str) -> None:
    assert_values_are_data(collection, key, name, TELLING)


@pytest.mark.exhaustive
@pytest.mark.parametrize(("collection", "key", "name"), PROPERTIES)
def test_any_value_of_a_property_ends_as_data_or_is_refused(collection: str, key: str, name: str) -> None:
    assert_values_are_data(collection, key, name, ATTACKS)


def exported_or_refused(drawing: Drawing) -> Export | None:
    """The export, or `None` where it is refused with the name of something drawn."""
    architecture = drawing.architecture
    try:
        return drawing.export()
    except UserError as refused:
        names = {error.name for error in getattr(refused, "errors", [refused])}
        drawn = {*architecture.components, *architecture.connections, *architecture.boundaries, None}
        assert names <= drawn, names
        return None


@pytest.mark.parametrize("key", ATTACKS)
def test_an_id_is_refused_in_the_file_or_harmless(key: str) -> None:
    line = f"  {json.dumps(key)}: {{kind: sqs, name: Orders}}"
    try:
        architecture = loads(f"designer: 1\ncomponents:\n{line}\n", CATALOG)
    except UserError:
        return
    assert key in architecture.components
    exported = export(architecture, CATALOG, drawing=True)
    assert_data_alone(exported)
    assert all(name.isalnum() and name.isascii() for name in exported.template.tree["Resources"])
    assert all(resource["Type"] != "AWS::IAM::User" for resource in exported.template.tree["Resources"].values())
