"""`import` and `diff`: from a template back to its drawing, and what an update would change."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from designer.catalog.catalog import load_catalog
from designer.cloudformation.export import export
from designer.storage.files import read
from designer.storage.samples import open_sample
from designer.storage.schema import output_schema
from tests.cli.commands import run, start

Capture = pytest.CaptureFixture[str]


@pytest.fixture
def template(tmp_path: Path) -> Path:
    """A template with its drawing."""
    catalog = load_catalog()
    architecture = open_sample("three-tier", catalog)
    file = tmp_path / "shop.yaml"
    file.write_text(export(architecture, catalog, drawing=True).text(), encoding="utf-8")
    return file


def test_import(capsys: Capture, template: Path, tmp_path: Path) -> None:
    """The architecture that was exported; the file is replaced only when told so."""
    out = tmp_path / "shop.arch.yaml"
    assert run(capsys, "import", str(template), "-o", str(out)).err == ""
    assert read(out, load_catalog()) == open_sample("three-tier", load_catalog())
    result = run(capsys, "import", str(template), "-o", str(out))
    assert (result.code, result.out) == (2, "")
    assert result.err == f"error: {out}: the file exists. choose another name, or add --force to replace it\n"
    assert run(capsys, "import", str(template), "-o", str(out), "--force").code == 0


def test_import_tells_of_edits_by_hand(capsys: Capture, template: Path, tmp_path: Path) -> None:
    """Beside the result, as a note."""
    template.write_text(
        template.read_text(encoding="utf-8").replace("MultiAZ: true", "MultiAZ: false"), encoding="utf-8"
    )
    result = run(capsys, "import", str(template), "-o", str(tmp_path / "a.arch.yaml"))
    assert result.code == 0
    assert result.err.startswith("note: the template differs from what the drawing is exported to, in Database: ")


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("Resources: {}\n", "this template was not made by the designer, or its drawing was left out"),
        ("Metadata: {AwsArchitectureDesigner: {Version: 99, Drawing: []}}\n", "a newer version of the program"),
        ("Metadata: {AwsArchitectureDesigner: {Version: 1, Drawing: [5]}}\n", "the drawing is damaged: item 1"),
    ],
)
def test_import_of_what_has_no_drawing(capsys: Capture, tmp_path: Path, content: str, message: str) -> None:
    """Exit code 2, the reason, and no file."""
    template, out = tmp_path / "t.yaml", tmp_path / "a.arch.yaml"
    template.write_text(content, encoding="utf-8")
    result = run(capsys, "import", str(template), "-o", str(out))
    assert result.code == 2
    assert message in result.err
    assert not out.exists()


def test_diff_of_the_same(capsys: Capture, template: Path) -> None:
    """A sample and its template."""
    result = run(capsys, "diff", "sample:three-tier", str(template))
    assert (result.code, result.out, result.err) == (0, "The templates mean the same.\n", "")
    result = run(capsys, "diff", "sample:three-tier", str(template), "--format", "json")
    assert json.loads(result.out) == {"old": "sample:three-tier", "new": str(template), "entries": []}


def test_diff_tells_what_is_replaced_and_lost(capsys: Capture, template: Path, tmp_path: Path) -> None:
    """As text, and as JSON for other programs."""
    other = tmp_path / "new.yaml"
    text = template.read_text(encoding="utf-8")
    assert "StorageEncrypted: true" in text
    assert "UpdateReplacePolicy: Snapshot" in text
    other.write_text(text.replace("StorageEncrypted: true", "StorageEncrypted: false"), encoding="utf-8")
    result = run(capsys, "diff", str(template), str(other))
    assert result.code == 1
    assert "DATA LEFT BEHIND: Database (AWS::RDS::DBInstance)" in result.out
    assert "~ StorageEncrypted: true -> false\n          because StorageEncrypted is fixed at creation" in result.out
    result = run(capsys, "diff", str(template), str(other), "--format", "json")
    assert result.code == 1
    assert not list(Draft202012Validator(output_schema("diff")).iter_errors(json.loads(result.out)))
    entry = next(entry for entry in json.loads(result.out)["entries"] if entry["logical_id"] == "Database")
    assert (entry["section"], entry["kind"], entry["replacement"], entry["risk"]) == (
        "Resources",
        "changed",
        "yes",
        "kept",
    )
    (change,) = entry["changes"]
    assert (change["path"], change["before"], change["after"]) == (["Properties", "StorageEncrypted"], True, False)


@pytest.mark.parametrize("content", ["", "[]", "A: 1\n", "Resources: [\n", "{{}}"])
def test_diff_of_what_is_no_template(capsys: Capture, tmp_path: Path, content: str) -> None:
    """Exit code 2 and the name of the file, on either side."""
    file = tmp_path / "bad.yaml"
    file.write_text(content, encoding="utf-8")
    for names in ((str(file), "sample:fan-out"), ("sample:fan-out", str(file))):
        result = run(capsys, "diff", *names)
        assert (result.code, result.out) == (2, "")
        assert result.err.startswith(f"error: {file}")
    assert run(capsys, "diff", "sample:fan-out", str(tmp_path / "missing.yaml")).code == 2


def test_names_cannot_act_on_the_terminal(tmp_path: Path) -> None:
    """Neither in text nor in notes."""
    name = "\\u001b[2J\\u202e\\ud83d"
    old, new = tmp_path / "old.json", tmp_path / "new.json"
    old.write_text('{"Resources": {}}', encoding="utf-8")
    new.write_text(f'{{"Resources": {{"{name}": {{"Type": "{name}"}}, "{name}": 1}}}}', encoding="utf-8")
    result = start("diff", str(old), str(new))
    assert result.returncode == 1
    assert b"\x1b" not in result.stdout + result.stderr
    assert "\u202e" not in (result.stdout + result.stderr).decode()
    assert b"Traceback" not in result.stderr


def test_what_export_writes_import_restores(capsys: Capture, tmp_path: Path) -> None:
    """The round trip by the command line alone; without the drawing there is nothing to restore."""
    template, back = tmp_path / "t.yaml", tmp_path / "back.arch.yaml"
    assert run(capsys, "export", "sample:orders-decoupled", "-o", str(template)).code == 0
    assert run(capsys, "import", str(template), "-o", str(back)).code == 0
    catalog = load_catalog()
    assert read(back, catalog) == open_sample("orders-decoupled", catalog)
    bare = tmp_path / "bare.yaml"
    assert run(capsys, "export", "sample:orders-decoupled", "-o", str(bare), "--no-drawing").code == 0
    refused = run(capsys, "import", str(bare), "-o", str(tmp_path / "none.arch.yaml"))
    assert refused.code == 2
    assert "drawing" in refused.err
    assert not (tmp_path / "none.arch.yaml").exists()
