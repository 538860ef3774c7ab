"""`check --format sarif` and `--format junit`: what build servers and code hosts read."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from urllib.parse import unquote
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from jsonschema import Draft202012Validator

from designer.analysis.analyse import analyse
from designer.analysis.findings import Analysis, CouplingResult, Finding, Severity
from designer.analysis.rules import load_rules
from designer.catalog.catalog import load_catalog
from designer.model.architecture import Architecture
from designer.report.junit import junit
from designer.report.places import Places
from designer.report.sarif import sarif
from designer.storage.files import write
from designer.storage.samples import open_sample, sample_path, samples
from designer.storage.schema import output_schema
from tests.cli.commands import run
from tests.model.architectures import architectures
from tests.report.sarif_schema import SARIF

Capture = pytest.CaptureFixture[str]
CATALOG = load_catalog()
BOOK = load_rules(CATALOG)
FITS = Draft202012Validator(SARIF)

BY_HAND = """designer: 1
name: Written by hand
components:
  users:
    kind: users
    name: Customers
  shop:
    kind: rds
    properties:
      deployment: single
      backup_retention: 0
  web:
    kind: ecs
    name: Web
connections:
  ask: {from: users, relation: sends, to: q}
  w: {from: web, relation: queries, to: shop}
  q-web: {from: q, relation: feeds, to: web}
flows:
  all: {entry: users, goal: 99.9}
"""


def log(capsys: Capture, file: str) -> dict[str, Any]:
    """The SARIF log of a file, checked against the standard."""
    result = run(capsys, "check", file, "--format", "sarif", "--fail-on", "never")
    assert (result.code, result.err) == (0, "")
    data: dict[str, Any] = json.loads(result.out)
    assert not list(FITS.iter_errors(data))
    return data


def by_hand(folder: Path) -> Path:
    """A file as a person writes it, one key a line."""
    text = BY_HAND.replace("  web:\n", "  q: {kind: sqs, name: Jobs}\n  web:\n")
    path = folder / "my shop.arch.yaml"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize("sample", [sample.name for sample in samples()])
def test_sarif_of_every_sample(capsys: Capture, sample: str) -> None:
    """Rules, indices and places agree with one another."""
    path = sample_path(sample)
    (one,) = log(capsys, str(path))["runs"]
    rules = one["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == sorted({result["ruleId"] for result in one["results"]})
    lines = path.read_text(encoding="utf-8").splitlines()
    prints = [json.dumps(result["partialFingerprints"]) for result in one["results"]]
    assert len(set(prints)) == len(prints)
    for result in one["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        steps = [
            step["location"] for flow in result.get("codeFlows", []) for step in flow["threadFlows"][0]["locations"]
        ]
        for location in [*result["locations"], *result.get("relatedLocations", []), *steps]:
            assert location["physicalLocation"]["artifactLocation"]["uri"] == path.as_uri()
            for logical in location.get("logicalLocations", []):
                line = lines[location["physicalLocation"]["region"]["startLine"] - 1]
                assert line.startswith(f"  {logical['fullyQualifiedName'].partition('.')[2]}: ")


def test_levels_follow_severities(capsys: Capture) -> None:
    """And every finding is a result, in the same order."""
    found = analyse(open_sample("three-tier-fragile", CATALOG), CATALOG).findings
    (one,) = log(capsys, "sample:three-tier-fragile")["runs"]
    levels = {"error": "error", "high": "error", "medium": "warning", "low": "note", "info": "note"}
    assert [(result["ruleId"], result["level"]) for result in one["results"]] == [
        (finding.rule, levels[finding.severity]) for finding in found
    ]
    assert one["artifacts"] == [{"location": {"uri": "sample:three-tier-fragile"}, "sourceLanguage": "yaml"}]
    way = next(r for r in one["results"] if r["ruleId"] == "SPOF-01")["codeFlows"][0]["threadFlows"][0]["locations"]
    assert [step["location"]["message"]["text"] for step in way][:3] == [
        "Customers", "Customers to Shop server", "Shop server",
    ]  # fmt: skip


def test_a_property_on_a_line_of_its_own_is_the_place(
    capsys: Capture, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A relative path stays relative, with what URIs do not allow encoded."""
    path = by_hand(tmp_path)
    monkeypatch.chdir(tmp_path)
    (one,) = log(capsys, path.name)["runs"]
    assert one["artifacts"][0]["location"]["uri"] == "my%20shop.arch.yaml"
    assert unquote(one["artifacts"][0]["location"]["uri"]) == path.name
    lines = path.read_text(encoding="utf-8").splitlines()
    places = {
        lines[result["locations"][0]["physicalLocation"]["region"]["startLine"] - 1].strip()
        for result in one["results"]
        if any("shop" in one["fullyQualifiedName"] for one in result["locations"][0].get("logicalLocations", []))
    }
    assert "backup_retention: 0" in places or "deployment: single" in places
    assert places <= {"shop:", "deployment: single", "backup_retention: 0", "properties:"}


def test_the_same_finding_keeps_its_fingerprint(tmp_path: Path, capsys: Capture) -> None:
    """Where lines move, names change, and further findings come."""
    first, second = tmp_path / "one.arch.yaml", tmp_path / "two.arch.yaml"
    text = sample_path("three-tier-fragile").read_text(encoding="utf-8")
    first.write_text(text, encoding="utf-8")
    moved = text.replace("components:\n", 'components:\n  aaa: {"kind": "ec2", "name": "Extra"}\n')
    second.write_text(moved.replace("Shop database", "Store"), encoding="utf-8")
    found = [
        {
            (result["ruleId"], result["partialFingerprints"]["finding/v1"])
            for result in log(capsys, str(path))["runs"][0]["results"]
            if result["ruleId"].startswith("SPOF-01")
        }
        for path in (first, second)
    ]
    assert found[0] <= found[1]
    assert len(found[0]) == 3


@given(architectures())
@settings(max_examples=25)
def test_both_formats_of_any_drawing(architecture: Architecture) -> None:
    """With hostile names everywhere, and without a file."""
    analysis = analyse(architecture, CATALOG)
    places = Places("sample:any")
    assert not list(FITS.iter_errors(sarif(architecture, analysis, BOOK, places)))
    root = ElementTree.fromstring(junit(architecture, analysis, BOOK, places, Severity.LOW))
    failing = [finding for finding in analysis.findings if finding.severity is not Severity.INFO]
    assert len(root.findall(".//failure")) == len(failing) == int(root.attrib["failures"])


@given(architectures())
@settings(max_examples=15)
def test_lines_of_any_file(tmp_path_factory: pytest.TempPathFactory, architecture: Architecture) -> None:
    """Every component, wire and boundary is found on its line."""
    path = tmp_path_factory.mktemp("lines") / "a.arch.yaml"
    write(architecture, path)
    places, lines = Places.of(str(path), path), path.read_text(encoding="utf-8").split("\n")
    for collection in ("components", "connections", "boundaries", "flows"):
        for key in getattr(architecture, collection):
            line = lines[places.line(collection, key) - 1]
            assert line.strip().split(":")[0].strip('"') == key


def suite(text: str) -> ElementTree.Element:
    """The one suite of a report."""
    root = ElementTree.fromstring(text)
    assert root.tag == "testsuites"
    (found,) = root
    assert {key: root.attrib[key] for key in ("tests", "failures", "errors", "skipped")} == {
        key: found.attrib[key] for key in ("tests", "failures", "errors", "skipped")
    }
    assert int(found.attrib["tests"]) == len(found.findall("testcase"))
    return found


@pytest.mark.parametrize("fail_on", [*Severity, "never"])
def test_junit_counts_what_fails(capsys: Capture, fail_on: str) -> None:
    """As many failures as findings at or above the severity; every rule is a test."""
    findings = analyse(open_sample("three-tier-fragile", CATALOG), CATALOG).findings
    result = run(capsys, "check", "sample:three-tier-fragile", "--format", "junit", "--fail-on", str(fail_on))
    found = suite(result.out)
    failing = [f for f in findings if fail_on != "never" and f.severity.rank <= Severity(fail_on).rank]
    assert int(found.attrib["failures"]) == len(found.findall("testcase/failure")) == len(failing)
    assert result.code == (1 if failing else 0)
    assert {case.attrib["classname"] for case in found} >= set(BOOK.rules)
    assert len(found) == len(findings) + len(set(BOOK.rules) - {finding.rule for finding in findings})


def test_junit_says_where_and_why(capsys: Capture) -> None:
    """File and line, message, reason, what to do."""
    path = sample_path("three-tier-fragile")
    found = suite(run(capsys, "check", str(path), "--format", "junit", "--fail-on", "high").out)
    case = next(case for case in found if case.attrib["name"].startswith("Single point of failure: Shop database"))
    line = int(case.attrib["line"])
    assert case.attrib["file"] == str(path)
    assert path.read_text(encoding="utf-8").splitlines()[line - 1].startswith("  database:")
    failure = case.find("failure")
    assert failure is not None
    assert failure.attrib["type"] == "high"
    assert "nothing stands in for it" in failure.attrib["message"]
    assert failure.text is not None
    assert failure.text.splitlines()[-1] == f"{path}:{line}"
    assert "Fix: " in failure.text


def test_a_finding_of_an_unknown_rule_and_place() -> None:
    """As rules of one's own may give it: nothing but a title."""
    bad = Finding(rule="OWN-1", severity=Severity.MEDIUM, title="\x00\ud800", message="", components=("gone",))
    analysis = Analysis(findings=(bad, bad), flows=(), coupling=CouplingResult())
    architecture, places = Architecture(), Places("a b:c.arch.yaml")
    data = sarif(architecture, analysis, BOOK, places)
    assert not list(FITS.iter_errors(data))
    assert data["runs"][0]["artifacts"][0]["location"]["uri"] == "a%20b%3Ac.arch.yaml"
    prints = [result["partialFingerprints"]["finding/v1"] for result in data["runs"][0]["results"]]
    assert prints[0] != prints[1]
    root = ElementTree.fromstring(junit(architecture, analysis, BOOK, places, Severity.HIGH).encode())
    assert root.attrib["failures"] == "0"
    assert len(root.findall(".//system-out")) == 2


def test_nothing_found_is_a_log_without_results() -> None:
    """Which is what tells a code host that earlier findings are mended."""
    analysis = Analysis(findings=(), flows=(), coupling=CouplingResult())
    data = sarif(Architecture(), analysis, BOOK, Places("x.arch.yaml"))
    assert not list(FITS.iter_errors(data))
    assert data["runs"][0]["results"] == []


DATABASE = '"kind": "rds", "name": "Data", "properties": {"deployment": "single"}, '
DATABASE += '"accepted": {"SPOF-01": "A nightly copy is enough."}}'
ACCEPTING = f"""designer: 1
name: "Accepting"
accepted: {{"SPOF-02": "One zone </failure> is enough."}}
components:
  db: {{{DATABASE}
  web: {{"kind": "ecs", "name": "Web"}}
connections:
  web-db: {{"from": "web", "relation": "queries", "to": "db"}}
"""


@pytest.fixture
def accepting(tmp_path: Path) -> str:
    """A file that accepts findings."""
    path = tmp_path / "accepting.arch.yaml"
    path.write_text(ACCEPTING, encoding="utf-8")
    return str(path)


def test_sarif_suppresses_what_is_accepted(capsys: Capture, accepting: str) -> None:
    """With the reason, and the line where it stands; other results have no suppression."""
    (one,) = log(capsys, accepting)["runs"]
    suppressed = {result["ruleId"]: result["suppressions"][0] for result in one["results"] if result["suppressions"]}
    assert suppressed["SPOF-01"]["justification"] == "A nightly copy is enough."
    assert (suppressed["SPOF-01"]["kind"], suppressed["SPOF-01"]["status"]) == ("inSource", "accepted")
    lines = {rule: it["location"]["physicalLocation"]["region"]["startLine"] for rule, it in suppressed.items()}
    assert lines["SPOF-01"] == 5
    assert len(one["results"]) > len(suppressed)
    assert {rule["id"] for rule in one["tool"]["driver"]["rules"]} == {result["ruleId"] for result in one["results"]}


def test_junit_skips_what_is_accepted(capsys: Capture, accepting: str) -> None:
    """With the reason as its message, whatever it holds; it is no failure."""
    result = run(capsys, "check", accepting, "--format", "junit", "--fail-on", "info")
    root = ElementTree.fromstring(result.out)
    skipped = {case.get("classname"): case.find("skipped") for case in root.iter("testcase")}
    element = skipped["SPOF-01"]
    assert element is not None and element.get("message") == "accepted: A nightly copy is enough."
    assert root.get("skipped") == str(len(list(root.iter("skipped"))))
    assert not [case for case in root.iter("testcase") if len(case) > 1]
    assert not any(
        case.find("failure") is not None for case in root.iter("testcase") if case.get("classname") == "SPOF-01"
    )


def test_text_and_json_tell_what_is_accepted(capsys: Capture, accepting: str) -> None:
    """After the findings, with the reason, and not in any count."""
    text = run(capsys, "check", accepting).out
    assert " accepted\n" in text.replace(" accepted (", " accepted\n")
    assert "Reason: A nightly copy is enough." in " ".join(text.split())
    data = json.loads(run(capsys, "check", accepting, "--format", "json").out)
    assert not list(Draft202012Validator(output_schema("check")).iter_errors(data))
    assert next((one["finding"]["rule"], one["reason"], one["collection"], one["id"]) for one in data["accepted"]) == (
        "SPOF-01",
        "A nightly copy is enough.",
        "components",
        "db",
    )
    assert sum(data["counts"].values()) == len(data["findings"])
    assert data["profile"] == "production"


def test_profiles_of_the_command_line(capsys: Capture, accepting: str) -> None:
    """`dev` turns single points into remarks, `learning` tells the reason before what was found."""
    usual = run(capsys, "check", "sample:three-tier-fragile", "--fail-on", "high")
    assert usual.code == 1
    data = json.loads(run(capsys, "check", accepting, "--profile", "dev", "--format", "json").out)
    assert data["profile"] == "dev"
    assert {one["severity"] for one in data["findings"] if one["rule"].startswith("SPOF")} <= {"info"}
    learning = run(capsys, "check", "sample:three-tier-fragile", "--profile", "learning").out
    why = "A flow is up only while everything that it needs is up."
    first = " ".join(learning[learning.index("[SPOF-01]") :].split())
    usually = " ".join(usual.out[usual.out.index("[SPOF-01]") :].split())
    assert first.index(why) < usually.index(why)
    assert "(profile learning)" in learning
