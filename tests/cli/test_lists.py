"""`samples`, `new`, `services`, `relations`, `schema`: lists for people and programs, and files to start from."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from designer.catalog.catalog import load_catalog
from designer.storage.files import read
from designer.storage.samples import open_sample, sample_path, samples
from designer.storage.schema import NAMES, output_schema
from tests.cli.commands import run

Capture = pytest.CaptureFixture[str]


@pytest.mark.parametrize("command", ["samples", "services", "relations", "rules"])
def test_json_fits_its_schema(capsys: Capture, command: str) -> None:
    """The published one."""
    result = run(capsys, command, "--json")
    assert result.code == 0
    data = json.loads(result.out)
    assert data
    assert not list(Draft202012Validator(output_schema(command)).iter_errors(data))


def test_services_say_everything_about_their_properties(capsys: Capture) -> None:
    """All kinds, all properties, in the catalog's order."""
    data = json.loads(run(capsys, "services", "--json").out)
    kinds = load_catalog().kinds
    assert [entry["id"] for entry in data] == list(kinds)
    for entry in data:
        assert [prop["name"] for prop in entry["properties"]] == list(kinds[entry["id"]].properties)
    (cpu,) = [prop for entry in data if entry["id"] == "ecs" for prop in entry["properties"] if prop["name"] == "cpu"]
    assert cpu["choices"][0] == {"value": 256, "title": "0.25 vCPU"}


def test_lists_for_people(capsys: Capture) -> None:
    """One line a kind; the pairs of each relation; what each sample teaches."""
    assert "sqs        SQS queue           Application integration\n" in run(capsys, "services").out
    assert "    sqs -> asg, ec2, ecs, eks\n" in run(capsys, "relations").out
    text = run(capsys, "samples").out
    for sample in samples():
        assert f"{sample.name}: {sample.title}\n" in text


@pytest.mark.parametrize("name", NAMES)
def test_schemas_are_printed(capsys: Capture, name: str) -> None:
    """And that of the file format knows the catalog."""
    schema = json.loads(run(capsys, "schema", name).out)
    Draft202012Validator.check_schema(schema)
    if name == "architecture":
        assert schema == json.loads(run(capsys, "schema").out)
        assert schema["$defs"]["component"]["properties"]["kind"]["enum"] == list(load_catalog().kinds)


@pytest.mark.parametrize("name", ["three-tier", "sample:fan-out"])
def test_a_new_file_from_a_sample(capsys: Capture, tmp_path: Path, name: str) -> None:
    """The sample, byte for byte."""
    out = tmp_path / "mine.arch.yaml"
    assert run(capsys, "new", name, "-o", str(out)).code == 0
    bare = name.removeprefix("sample:")
    assert out.read_bytes() == sample_path(bare).read_bytes()
    assert read(out, load_catalog()) == open_sample(bare, load_catalog())


def test_an_existing_file_is_kept_unless_forced(capsys: Capture, tmp_path: Path) -> None:
    """Also a link that leads nowhere."""
    out, link = tmp_path / "mine.arch.yaml", tmp_path / "link.arch.yaml"
    out.write_text("mine", encoding="utf-8")
    link.symlink_to(tmp_path / "nowhere")
    for path in (out, link):
        result = run(capsys, "new", "three-tier", "-o", str(path))
        assert result.code == 2
        assert "the file exists. choose another name, or add --force to replace it" in result.err
    assert out.read_text(encoding="utf-8") == "mine"
    assert run(capsys, "new", "three-tier", "-o", str(out), "--force").code == 0
    assert out.read_bytes() == sample_path("three-tier").read_bytes()


def test_a_sample_that_there_is_not(capsys: Capture, tmp_path: Path) -> None:
    """The names that there are."""
    result = run(capsys, "new", "two-tier", "-o", str(tmp_path / "x"))
    assert result.code == 2
    assert "there is no sample 'two-tier'. there are three-tier, " in result.err
    assert not list(tmp_path.iterdir())
