"""The JSON Schemas: valid themselves, true of the samples, and as strict as they say."""

from __future__ import annotations

from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from jsonschema import Draft202012Validator

from designer.catalog.catalog import load_catalog
from designer.model.architecture import Architecture
from designer.storage.files import dumps
from designer.storage.samples import samples
from designer.storage.schema import FILE_FORMAT, NAMES, file_schema, output_schema
from tests.model.architectures import architectures

FULL = Draft202012Validator(file_schema(load_catalog()))
PLAIN = Draft202012Validator(output_schema(FILE_FORMAT))


def content(text: str) -> Any:
    """A file as any program reads it."""
    return yaml.safe_load(text)


@pytest.mark.parametrize("name", NAMES)
def test_the_schemas_are_schemas(name: str) -> None:
    """Of draft 2020-12."""
    Draft202012Validator.check_schema(output_schema(name))
    Draft202012Validator.check_schema(file_schema(load_catalog()))


@pytest.mark.parametrize("sample", samples(), ids=lambda sample: sample.name)
def test_samples_fit(sample: Any) -> None:
    """The plain schema and the one with the catalog."""
    data = content(sample.path.read_text(encoding="utf-8"))
    assert not list(PLAIN.iter_errors(data))
    assert not list(FULL.iter_errors(data))


@given(architectures())
@settings(max_examples=30)
def test_whatever_is_saved_fits(architecture: Architecture) -> None:
    """Hostile names, unknown keys and all."""
    errors = [error for error in FULL.iter_errors(content(dumps(architecture))) if error.validator != "pattern"]
    # Patterns of the catalog are Python's; a schema's `$` also stands before a line break at the end.
    assert not errors


@pytest.mark.parametrize(
    "text",
    [
        "name: no version",
        "designer: 2",
        "{designer: 1, zones: [a, a]}",
        "{designer: 1, zones: []}",
        "{designer: 1, region: Frankfurt}",
        "{designer: 1, components: {Web: {kind: asg}}}",
        "{designer: 1, components: {web: {kind: nope}}}",
        "{designer: 1, components: {web: {kind: asg, at: [1]}}}",
        "{designer: 1, components: {web: {kind: asg, properties: {mni: 1}}}}",
        "{designer: 1, components: {web: {kind: asg, properties: {min: -1}}}}",
        "{designer: 1, components: {web: {kind: asg, properties: {purchase: cheap}}}}",
        "{designer: 1, components: {web: {kind: asg, properties: {instance_type: nothing}}}}",
        "{designer: 1, connections: {w: {from: a, to: b}}}",
        "{designer: 1, connections: {w: {from: a, to: b, relation: asks}}}",
        "{designer: 1, flows: {f: {entry: a, goal: 101}}}",
        "{designer: 1, properties: {nat: many}}",
    ],
)
def test_what_is_wrong_does_not_fit(text: str) -> None:
    """So that an editor marks it."""
    assert list(FULL.iter_errors(content(text)))
