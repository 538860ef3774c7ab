"""Comparing files and samples by name."""

from __future__ import annotations

from pathlib import Path

import pytest

from designer.catalog.catalog import Catalog
from designer.cloudformation.diff.command import compare, open_tree
from designer.cloudformation.export import export
from designer.errors import UserError
from designer.storage.files import dumps, write
from designer.storage.samples import open_sample


@pytest.fixture
def folder(tmp_path: Path, catalog: Catalog) -> Path:
    """One architecture in all the forms that it can have."""
    architecture = open_sample("three-tier", catalog)
    made = export(architecture, catalog)
    write(architecture, tmp_path / "shop.arch.yaml")
    (tmp_path / "other-name.yml").write_text(dumps(architecture))
    (tmp_path / "shop.yaml").write_text(made.text("yaml"))
    (tmp_path / "shop.json").write_text(made.text("json"))
    return tmp_path


@pytest.mark.parametrize("old", ["shop.arch.yaml", "other-name.yml", "shop.yaml", "shop.json", "sample:three-tier"])
@pytest.mark.parametrize("new", ["shop.arch.yaml", "shop.json", "sample:three-tier"])
def test_all_forms_are_the_same(folder: Path, catalog: Catalog, old: str, new: str) -> None:
    """Architectures and samples are exported first."""
    names = [name if name.startswith("sample:") else str(folder / name) for name in (old, new)]
    made = compare(*names, catalog)
    assert (made.changes, made.notes) == ([], ())


def test_differences_and_notes(folder: Path, catalog: Catalog) -> None:
    """Notes name the file that they are about."""
    template = folder / "shop.yaml"
    text = template.read_text().replace("BackupRetentionPeriod: 14", "BackupRetentionPeriod: 14\n      MultiAZ: false")
    template.write_text(text)
    made = compare("sample:three-tier", str(template), catalog)
    assert made.changes == []  # the second MultiAZ counts, which is the old one
    assert len(made.notes) == 1
    assert made.notes[0].startswith(f"{template}: line ")
    assert "'MultiAZ' is given twice" in made.notes[0]


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.yaml", "A: 1\n", "this is neither a template nor an architecture"),
        ("a.yaml", "Resources: []\n", "this is neither a template nor an architecture"),
        ("a.yaml", "A: [\n", "this is not YAML"),
        ("a.arch.yaml", "designer: 9\n", "format 9"),
        ("a.yaml", "designer: 1\ncomponents:\n  q: {kind: nothing}\n", "there is no service kind 'nothing'"),
    ],
)
def test_what_cannot_be_compared(tmp_path: Path, catalog: Catalog, name: str, content: str, message: str) -> None:
    """The file is named."""
    file = tmp_path / name
    file.write_text(content)
    with pytest.raises(UserError, match=message) as caught:
        open_tree(str(file), catalog)
    assert str(file) in str(caught.value)


def test_an_architecture_that_cannot_be_exported(tmp_path: Path, catalog: Catalog) -> None:
    """The file, and in it the component that stands in the way."""
    file = tmp_path / "a.arch.yaml"
    file.write_text(
        'designer: 1\ncomponents:\n  a: {"kind": "ec2", "in": "one"}\n  b: {"kind": "rds", "in": "other"}\n'
        'boundaries:\n  one: {"kind": "vpc"}\n  other: {"kind": "vpc"}\n'
        'connections:\n  w: {"from": "a", "relation": "queries", "to": "b"}\n'
    )
    with pytest.raises(UserError) as caught:
        open_tree(str(file), catalog)
    assert str(caught.value).startswith(f"{file}: w: ")
    with pytest.raises(UserError, match="nothing"):
        open_tree("sample:nothing", catalog)
    with pytest.raises(UserError, match="cannot be read"):
        open_tree(str(tmp_path / "missing.yaml"), catalog)
