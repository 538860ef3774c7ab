"""The facts about updates are those of the resource schemas, and cover what is exported."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from designer.catalog.catalog import Catalog
from designer.cloudformation.diff import facts
from designer.cloudformation.diff.facts import load_facts
from designer.cloudformation.export import export
from designer.errors import UserError
from designer.storage.samples import open_sample, samples
from tests.cloudformation.diff.replacement_facts import (
    FILE,
    content,
    exported_types,
    facts_of,
    schema_of,
    stateful_types,
)

AGAIN = "make the file again with: python -m tests.cloudformation.diff.replacement_facts"


def test_every_exported_type_is_known(catalog: Catalog) -> None:
    """Those in the templates, and those that the samples come to."""
    known = set(load_facts().types)
    assert exported_types() <= known, AGAIN
    written = {
        resource["Type"]
        for sample in samples()
        for resource in export(open_sample(sample.name, catalog), catalog).template.tree["Resources"].values()
    }
    assert written <= known, AGAIN
    assert len(written) > 30


@pytest.mark.judge
def test_the_file_is_what_the_schemas_say() -> None:
    """Compared with the installed cfn-lint; byte for byte where it has the version that the file was made with."""
    import importlib.metadata

    stored = json.loads(FILE.read_text(encoding="utf-8"))
    for name, entry in stored["types"].items():
        assert facts_of(schema_of(name)) == entry, f"{name}: {AGAIN}"
    if stored["cfn_lint"] == importlib.metadata.version("cfn-lint"):
        assert FILE.read_text(encoding="utf-8") == content(), AGAIN


@pytest.mark.judge
def test_every_stateful_type_is_among_them() -> None:
    """cfn-lint's list of resources that keep data."""
    assert stateful_types() <= set(load_facts().stateful)


def test_a_type_that_is_not_known_has_no_facts() -> None:
    """And asking for it is no error."""
    assert load_facts().of("AWS::Nothing::AtAll").create_only == ()


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", '{"types": {"A": 1}, "stateful": {}}', '{"types": {}, "stateful": 1}']
)
def test_a_broken_file_is_named(text: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An installation may be damaged."""
    (tmp_path / "facts").mkdir()
    (tmp_path / "facts" / "replacement.json").write_text(text)
    monkeypatch.setattr(facts, "data", lambda _kind: tmp_path)
    with pytest.raises(UserError, match=r"replacement\.json: the facts about updates cannot be read"):
        load_facts()
