"""`export`: to standard output or a file, whole or not at all."""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from designer.cloudformation.validation import linters
from designer.errors import UserError, UserErrors
from designer.storage.samples import samples
from tests.cli.commands import ROOT, run

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


def odd_database(tmp_path: Path) -> Path:
    """The sample with an instance class that AWS does not have."""
    text = (ROOT / "resources/samples/three-tier.arch.yaml").read_text(encoding="utf-8")
    odd = text.replace('"backup_retention": 14', '"backup_retention": 14, "instance_class": "db.q9.large"')
    assert odd != text
    file = tmp_path / "odd.arch.yaml"
    file.write_text(odd, encoding="utf-8")
    return file


@pytest.mark.judge
@pytest.mark.parametrize("suffix", ["yaml", "json"])
def test_lint_writes_nothing_that_would_fail(capsys: Capture, tmp_path: Path, suffix: str) -> None:
    """It names the line, the component and what is wrong; --force writes all the same."""
    out = tmp_path / f"t.{suffix}"
    out.write_text("old", encoding="utf-8")
    arguments = ("export", str(odd_database(tmp_path)), "-o", str(out), "--lint")
    refused = run(capsys, *arguments)
    assert (refused.code, refused.out) == (1, "")
    assert "ERROR   'db.q9.large' is not one of" in refused.err
    assert "Database, written by Shop database (RDS database)" in refused.err
    assert "is not written" in refused.err
    assert out.read_text(encoding="utf-8") == "old"
    forced = run(capsys, *arguments, "--force")
    assert forced.code == 1 and "db.q9.large" in forced.err
    found = re.search(r"line (\d+), Database", forced.err)
    assert found is not None
    assert "db.q9.large" in out.read_text(encoding="utf-8").splitlines()[int(found[1]) - 1]


@pytest.mark.judge
def test_lint_finds_nothing_in_a_sample(capsys: Capture) -> None:
    """And says for which Region; the template goes to standard output as ever."""
    plain = run(capsys, "export", "sample:three-tier")
    linted = run(capsys, "export", "sample:three-tier", "--lint")
    assert (linted.code, linted.out) == (0, plain.out)
    assert "No messages from the own rules, cloudformation-validate and cfn-lint for eu-central-1." in linted.err


def test_lint_says_which_linter_is_missing(capsys: Capture, monkeypatch: pytest.MonkeyPatch) -> None:
    """The own rules judge without."""
    linters._engine.cache_clear()
    monkeypatch.setattr(linters, "_installed", lambda _: None)
    result = run(capsys, "export", "sample:three-tier", "--lint")
    linters._engine.cache_clear()
    assert result.code == 0 and result.out
    for judge in (linters.ENGINE, linters.CFN_LINT):
        assert f"{judge} is not installed" in result.err
        assert f"pip install {judge}" in result.err


def test_force_is_for_lint(capsys: Capture) -> None:
    """Alone it would do nothing, and who gives it expects something."""
    result = run(capsys, "export", "sample:three-tier", "--force")
    assert result.code == 2 and "--lint" in result.err


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
