"""Values are found on their lines in the JSON text of an export."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from designer.catalog.catalog import load_catalog
from designer.cloudformation.export import export
from designer.cloudformation.validation.json_places import json_places
from designer.cloudformation.validation.messages import Path
from designer.cloudformation.validation.template import read_template
from designer.storage.samples import open_sample, samples

TREES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


def values(tree: Any, path: Path = ()) -> Iterator[tuple[Path, Any]]:
    """Every value under a path."""
    yield path, tree
    pairs = tree.items() if isinstance(tree, dict) else enumerate(tree) if isinstance(tree, list) else ()
    for key, value in pairs:
        yield from values(value, (*path, key))


@given(TREES)
def test_every_value_stands_where_it_is_said_to(tree: Any) -> None:
    """Whatever characters keys and texts have."""
    text = json.dumps(tree, indent=2, ensure_ascii=False) + "\n"
    places, lines = json_places(text), text.split("\n")
    found = dict(values(tree))
    assert set(places) == set(found)
    for path, value in found.items():
        line = lines[places[path] - 1].strip()
        if path and isinstance(path[-1], str):
            assert line.startswith(f"{json.dumps(path[-1], ensure_ascii=False)}: ")
        if not isinstance(value, (dict, list)):
            assert line.removesuffix(",").endswith(json.dumps(value, ensure_ascii=False))


@pytest.mark.parametrize("sample", [sample.name for sample in samples()])
def test_it_agrees_with_the_reader_of_any_json(sample: str) -> None:
    """On all lines of an export."""
    catalog = load_catalog()
    text = export(open_sample(sample, catalog), catalog).text("json")
    template = read_template(text)
    for path, line in json_places(text).items():
        assert template.line(path) == line
