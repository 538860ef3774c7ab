"""`rules`, and `--rules` of other commands."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from designer.analysis.rule_examples import example
from designer.analysis.rules import load_rules
from designer.catalog.catalog import load_catalog
from designer.storage.schema import output_schema
from tests.cli.commands import run

Capture = pytest.CaptureFixture[str]
OWN = """\
- id: ORG-01
  severity: high
  category: DATA
  title: Ours
  for: sqs
  when: retention < 999999
  message: "{name} forgets"
  why: w
  fix: f
"""


@pytest.fixture
def own(tmp_path: Path) -> str:
    """A folder with one rule."""
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / "ours.yaml").write_text(OWN, encoding="utf-8")
    return str(tmp_path / "rules")


def test_the_list_names_every_rule(capsys: Capture) -> None:
    """One line each, by id."""
    lines = run(capsys, "rules").out.splitlines()
    assert [line.split()[0] for line in lines] == sorted(load_rules(load_catalog()).rules)
    assert "ELB-01   high/error  single point of failure Load balancer in one zone" in lines


def test_one_rule_in_full(capsys: Capture) -> None:
    """Why, what to do, when, an example and the source; small letters will do."""
    text = run(capsys, "rules", "sqs-01").out
    found = example("SQS-01")
    assert found is not None
    for part in ("SQS-01: Queue without a dead-letter queue", "Why: It uses up", "Fix: Turn", "For sqs: when not dead",
                 found.drawing[0], "Source: SQS Developer Guide", "https://docs.aws.amazon.com/"):  # fmt: skip
        assert part in text


def test_a_rule_in_code_says_where_it_is(capsys: Capture) -> None:
    """It has no condition to show."""
    assert "graph_rules" in run(capsys, "rules", "SPOF-01").out


def test_no_such_rule(capsys: Capture) -> None:
    """With those that it may have been."""
    result = run(capsys, "rules", "SPOF-99")
    assert result.code == 2 and "SPOF-0" in result.err


def test_json_fits_its_schema_with_rules_of_ones_own(capsys: Capture, own: str) -> None:
    """Which are marked."""
    result = run(capsys, "rules", "--json", "--rules", own)
    data = json.loads(result.out)
    assert not list(Draft202012Validator(output_schema("rules")).iter_errors(data))
    assert [entry["id"] for entry in data if entry["own"]] == ["ORG-01"]
    assert "1 rule of your own" in result.err
    assert "ours.yaml:1" in run(capsys, "rules", "ORG-01", "--rules", own).out


@pytest.mark.parametrize("form", ["text", "json", "sarif", "junit"])
def test_check_uses_them(capsys: Capture, own: str, form: str) -> None:
    """In every format, and for the exit code."""
    arguments = ("check", "sample:fan-out", "--format", form, "--fail-on", "high")
    assert run(capsys, *arguments).code == 0
    result = run(capsys, *arguments, "--rules", own)
    assert result.code == 1 and "ORG-01" in result.out


def test_the_report_uses_them(capsys: Capture, own: str, tmp_path: Path) -> None:
    """And says whose they are."""
    out = tmp_path / "report.md"
    assert run(capsys, "report", "sample:fan-out", "-o", str(out), "--rules", own).code == 0
    text = out.read_text(encoding="utf-8")
    assert "ORG-01" in text and "rule of your own, ours.yaml" in text


def test_the_folder_of_the_environment(capsys: Capture, own: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without an option."""
    monkeypatch.setenv("AWS_DESIGNER_RULES", own)
    assert "ORG-01   high        data loss               Ours (your own)" in run(capsys, "rules").out


def test_broken_rules_stop_the_command(capsys: Capture, own: str) -> None:
    """With file and line, and no result."""
    (Path(own) / "ours.yaml").write_text(OWN.replace("retention", "retenton"), encoding="utf-8")
    result = run(capsys, "check", "sample:fan-out", "--rules", own)
    assert (result.code, result.out) == (2, "")
    assert "ours.yaml:1: ORG-01:" in result.err and "'retenton'" in result.err
