"""Comparing files and samples by name."""

from __future__ import annotations

from pathlib import Path

import pytest

from designer.catalog.catalog import Catalog
from designer.cloudformation.diff.command import compare, open_side
from designer.cloudformation.export import export
from designer.errors import UserError
from designer.model.decisions import Decision, Status
from designer.model.edits import Put, PutSettings
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
        open_side(str(file), catalog)
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
        open_side(str(file), catalog)
    assert str(caught.value).startswith(f"{file}: w: ")
    with pytest.raises(UserError, match="nothing"):
        open_side("sample:nothing", catalog)
    with pytest.raises(UserError, match="cannot be read"):
        open_side(str(tmp_path / "missing.yaml"), catalog)


def test_notes_and_decisions_are_told_beside_the_changes(tmp_path: Path, catalog: Catalog) -> None:
    """Of the whole, of components, wires and boundaries; they change nothing in the template."""
    before = open_sample("three-tier", catalog)
    after = before.copy()
    first, second = sorted(before.components)[:2]
    wire, boundary = sorted(before.connections)[0], sorted(before.boundaries)[0]
    queue = Decision(title="A queue\nfirst", status=Status.PROPOSED)
    before.apply(Put(before.components[first].with_(note="Old", decisions=(queue, Decision(title="Gone")))))
    before.apply(Put(before.components[second].with_(note="")))
    before.apply(Put(before.boundaries[boundary].with_(note="Once")))
    accepted = Decision(title=queue.title, status=Status.ACCEPTED)
    after.apply(Put(after.components[first].with_(note="New", decisions=(accepted,))))
    after.apply(Put(after.components[second].with_(note="Only here")))
    after.apply(Put(after.connections[wire].with_(decisions=(Decision(title="By hand"),))))
    after.apply(PutSettings(after.settings.with_(note="Read me")))
    files = [tmp_path / "before.arch.yaml", tmp_path / "after.arch.yaml"]
    for architecture, file in zip((before, after), files, strict=True):
        write(architecture, file)
    made = compare(str(files[0]), str(files[1]), catalog)
    names = {key: after.components[key].name for key in (first, second)}
    ends = [after.components[end].name for end in (after.connections[wire].source, after.connections[wire].target)]
    assert made.changes == []
    assert made.notes == (
        "the whole: note added",
        f"{names[first]}: note changed",
        f"{names[first]}: decision proposed -> accepted: A queue\\nfirst",
        f"{names[first]}: decision removed: Gone",
        f"{names[second]}: note added",
        f"{' to '.join(ends)}: decision added: By hand (proposed)",
        f"{before.boundaries[boundary].name}: note removed",
    )
    again = compare(str(files[1]), str(files[1]), catalog)
    assert (again.changes, again.notes) == ([], ())
