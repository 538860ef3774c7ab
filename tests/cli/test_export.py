"""`export`: to standard output or a file, whole or not at all."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from designer.errors import UserError, UserErrors
from designer.storage.samples import samples
from tests.cli.commands import run

Capture = pytest.CaptureFixture[str]


@pytest.mark.parametrize("sample", [sample.name for sample in samples()])
def test_every_sample_exports(capsys: Capture, tmp_path: Path, sample: str) -> None:
    """Yaml to standard output, the same to a file, and JSON."""
    source, out, as_json = f"sample:{sample}", tmp_path / "t.yaml", tmp_path / "t.json"
    shown = run(capsys, "export", source)
    assert shown.code == 0
    assert "AWSTemplateFormatVersion" in shown.out
    assert run(capsys, "export", source, "-o", str(out)).out == ""
    assert out.read_text(encoding="utf-8") == shown.out
    assert run(capsys, "export", source, "-o", str(as_json)).code == 0
    assert json.loads(as_json.read_text(encoding="utf-8"))["Resources"]
    assert run(capsys, "export", source, "--format", "json").out == as_json.read_text(encoding="utf-8")


def pretend(monkeypatch: pytest.MonkeyPatch, *errors: UserError) -> None:
    """Makes the export say this."""

    def export(_architecture: object, _catalog: object, *, drawing: bool) -> SimpleNamespace:
        assert drawing
        if errors:
            raise UserErrors(errors)
        return SimpleNamespace(text=lambda format: f"{format}\n", notes=["Mind\nthis."])

    monkeypatch.setitem(sys.modules, "designer.cloudformation.export", SimpleNamespace(export=export))


def test_what_cannot_be_exported_leaves_the_old_file(
    capsys: Capture, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All reasons are told."""
    pretend(monkeypatch, UserError("no zone", name="web"), UserError("no queue", name="work"))
    out = tmp_path / "t.yaml"
    out.write_text("old", encoding="utf-8")
    result = run(capsys, "export", "sample:three-tier", "-o", str(out))
    assert (result.code, result.err) == (2, "error: web: no zone\nerror: work: no queue\n")
    assert out.read_text(encoding="utf-8") == "old"


def test_notes_go_beside_the_output(capsys: Capture, monkeypatch: pytest.MonkeyPatch) -> None:
    """Standard error, so that the template stays one."""
    pretend(monkeypatch)
    result = run(capsys, "export", "sample:three-tier")
    assert (result.out, result.err) == ("yaml\n", "note: Mind\\nthis.\n")


@pytest.mark.parametrize(("name", "more", "format_"), [
    ("t.yaml", [], "yaml"), ("t.json", [], "json"), ("t.json", ["--format", "yaml"], "yaml"), ("t", [], "yaml"),
])  # fmt: skip
def test_the_format_follows_the_name(
    capsys: Capture, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, more: list[str], format_: str
) -> None:
    """Unless it is given."""
    pretend(monkeypatch)
    assert run(capsys, "export", "sample:three-tier", "-o", str(tmp_path / name), *more).code == 0
    assert (tmp_path / name).read_text(encoding="utf-8") == f"{format_}\n"


@pytest.mark.parametrize("command", ["export", "render"])
def test_an_architecture_is_not_overwritten_with_its_own_output(capsys: Capture, tmp_path: Path, command: str) -> None:
    """By whatever path it is named."""
    file = tmp_path / "shop.svg"
    assert run(capsys, "new", "three-tier", "-o", str(file)).code == 0
    before = file.read_bytes()
    result = run(capsys, command, str(file), "-o", str(tmp_path / "." / "shop.svg"))
    assert result.code == 2
    assert "this is the architecture itself" in result.err
    assert file.read_bytes() == before


def test_a_place_that_cannot_be_written(capsys: Capture, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder that is not there."""
    pretend(monkeypatch)
    result = run(capsys, "export", "sample:three-tier", "-o", str(tmp_path / "no" / "t.yaml"))
    assert result.code == 2
    assert "cannot be written: No such file or directory" in result.err
