"""`check`: what it prints, in which form, and with which exit code."""

from __future__ import annotations

import json
import sys
from types import SimpleNamespace
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from designer.analysis.findings import Analysis, CouplingResult, Finding, Severity
from designer.storage.samples import samples
from designer.storage.schema import output_schema
from tests.cli.commands import run

Capture = pytest.CaptureFixture[str]
SCHEMA = Draft202012Validator(output_schema("check"))


def pretend(monkeypatch: pytest.MonkeyPatch, *findings: Finding) -> None:
    """Makes the analysis find exactly this."""
    analysis = Analysis(findings=findings, flows=(), coupling=CouplingResult())
    fake = SimpleNamespace(analyse=lambda _architecture, _catalog, **_: analysis)
    monkeypatch.setitem(sys.modules, "designer.analysis.analyse", fake)


def finding(severity: Severity, **more: Any) -> Finding:
    """A finding about the database of the sample three-tier."""
    fields = {"title": "No standby", "message": "One copy.", "components": ("database",), **more}
    return Finding(rule="test-rule", severity=severity, **fields)


@pytest.mark.parametrize("worst", [*Severity, None])
@pytest.mark.parametrize("fail_on", [*Severity, "never", None])
def test_the_exit_code(capsys: Capture, monkeypatch: pytest.MonkeyPatch, worst: Severity | None, fail_on: str) -> None:
    """1 where something as bad as asked for, or worse, was found; by default only errors count."""
    pretend(monkeypatch, *([finding(worst), finding(Severity.INFO)] if worst else []))
    result = run(capsys, "check", "sample:three-tier", *(["--fail-on", str(fail_on)] if fail_on else []))
    limit = {"never": -1}.get(fail_on, list(Severity).index(Severity(fail_on or "error")) if fail_on != "never" else -1)
    assert result.code == (1 if worst is not None and worst.rank <= limit else 0)
    assert result.err == ""


def test_text_for_people(capsys: Capture, monkeypatch: pytest.MonkeyPatch) -> None:
    """Severity, title, rule, names of components, why, and what to do."""
    monkeypatch.setenv("COLUMNS", "80")
    pretend(monkeypatch, finding(Severity.HIGH, why="A zone may fail.", fix="Choose Multi-AZ."), finding(Severity.LOW))
    assert run(capsys, "check", "sample:three-tier").out == (
        "Three-tier web application (sample:three-tier): 1 high, 1 low\n\n"
        "HIGH    No standby  [test-rule]\n        At: Shop database\n        One copy.\n        A zone may fail.\n"
        "        Fix: Choose Multi-AZ.\n\n"
        "LOW     No standby  [test-rule]\n        At: Shop database\n        One copy.\n"
    )


def test_nothing_found(capsys: Capture, monkeypatch: pytest.MonkeyPatch) -> None:
    """Said in words."""
    pretend(monkeypatch)
    assert run(capsys, "check", "sample:three-tier").out.endswith(": nothing found\n")


def test_hostile_findings(capsys: Capture, monkeypatch: pytest.MonkeyPatch) -> None:
    """Names come from the file: they cannot steer the terminal, nor break the JSON."""
    bad = finding(Severity.LOW, title="\x1b[31m\ud800", message='"\n}\u2028', components=("gone",))
    pretend(monkeypatch, bad)
    assert "\x1b" not in run(capsys, "check", "sample:three-tier").out
    data = json.loads(run(capsys, "check", "sample:three-tier", "--format", "json").out)
    assert data["findings"][0]["message"] == '"\n}\u2028'


@pytest.mark.parametrize("sample", [sample.name for sample in samples()])
def test_json_fits_its_schema(capsys: Capture, sample: str) -> None:
    """On the real analysis of every sample, and the counts agree with the findings."""
    result = run(capsys, "check", f"sample:{sample}", "--format", "json", "--fail-on", "never")
    data = json.loads(result.out)
    assert not list(SCHEMA.iter_errors(data))
    assert sum(data["counts"].values()) == len(data["findings"])
    assert data["flows"]
    assert result.code == 0


def test_the_fragile_sample_is_found_fragile(capsys: Capture) -> None:
    """By name: its servers, its database, its zone; and not the sample that does it well."""
    result = run(capsys, "check", "sample:three-tier-fragile", "--fail-on", "high")
    assert result.code == 1
    for name in ("Shop server", "Invoice server", "Shop database"):
        assert name in result.out
    data = json.loads(run(capsys, "check", "sample:three-tier-fragile", "--format", "json", "--fail-on", "never").out)
    labels = {point["component"] for point in data["flows"][0]["single_points"]}
    assert {"shop-server", "invoice-server", "database"} <= labels
    data = json.loads(run(capsys, "check", "sample:three-tier", "--format", "json", "--fail-on", "never").out)
    levels = {point["level"] for point in data["flows"][0]["single_points"]}
    assert not levels & {"instance", "zone"}
