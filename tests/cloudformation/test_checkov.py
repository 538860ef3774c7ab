"""The security scanner checkov reads what is exported: what fails is what the list of exceptions names, and no more.

The program is no part of the environment, for its own requirements contradict others here. CHECKOV names it, or it is
on the PATH; `.ci/run` installs it beside the environment and sees to it that these tests run.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from designer.assets import data
from designer.catalog.catalog import Catalog
from designer.cloudformation.export import export
from designer.cloudformation.scanners import exceptions_in, scanner_exception
from designer.storage.samples import open_sample, samples
from designer.yaml_source import parse, read_text
from tests.cloudformation.drawings import Drawing, everything

LIST = data("resources") / "scanners" / "checkov.yaml"
SAMPLES = [sample.name for sample in samples()]

Finding = tuple[str, str, str]
"""The name of the drawing, the logical id, and the check."""


def program() -> str:
    """The scanner. Skips the test where there is none."""
    found = os.environ.get("CHECKOV") or shutil.which("checkov")
    if found is None:
        pytest.skip("checkov is not installed: .ci/run installs it; CHECKOV names one that is elsewhere")
    return found


def scan(folder: Path) -> dict[str, Any]:
    """The report of the scanner on all templates of a folder."""
    command = [program(), "--directory", str(folder), "--framework", "cloudformation", "--compact", "--output", "json"]
    environment = {**os.environ, "LOG_LEVEL": "ERROR"}
    environment.pop("PYTHONPATH", None)
    done = subprocess.run(
        [*command, "--skip-download"], capture_output=True, text=True, env=environment, cwd=folder, timeout=240
    )
    assert done.returncode in (0, 1), done.stderr
    report: dict[str, Any] = json.loads(done.stdout)
    assert report["summary"]["parsing_errors"] == 0, report
    assert report["summary"]["passed"] > 1000
    return report


def failures(report: dict[str, Any]) -> set[Finding]:
    """What failed."""
    return {
        (Path(found["file_path"]).stem, found["resource"].partition(".")[2], found["check_id"])
        for found in report["results"]["failed_checks"]
    }


def rare(catalog: Catalog) -> Drawing:
    """What no sample has and an exception is for."""
    drawing = Drawing(catalog)
    drawing.frame("vpc", "main")
    drawing.frame("tier", "front", "main", access="public")
    for kind in ("ec2", "asg"):
        drawing.add(kind, boundary="front")
    drawing.add("lambda", "called")
    drawing.add("lambda", "working")
    drawing.add("sqs")
    drawing.wire("sqs", "working", "triggers")
    return drawing


@pytest.fixture(scope="module")
def trees(catalog: Catalog) -> dict[str, Any]:
    """The exports that are scanned, by name: all samples, everything that can be drawn, and what is rare."""
    exports = {name: export(open_sample(name, catalog), catalog) for name in SAMPLES}
    exports["everything"] = everything(catalog).export()
    exports["rare"] = rare(catalog).export()
    return {name: exported.template.tree for name, exported in exports.items()}


def written(trees: dict[str, Any]) -> Iterator[tuple[Finding, str, str]]:
    """The exceptions that stand beside resources, with the type of the resource and the reason."""
    for drawing, tree in trees.items():
        for name, resource in tree["Resources"].items():
            for skip in resource.get("Metadata", {}).get("checkov", {}).get("skip", ()):
                yield (drawing, name, skip["id"]), resource["Type"], skip["comment"]


def reported() -> set[Finding]:
    """What samples are meant to fail."""
    root = parse(read_text(LIST), LIST)
    assert root is not None
    entries = root.plain()["reported"]
    assert all(len(entry["reason"]) > 40 for entry in entries)
    return {(entry["sample"], entry["resource"], entry["check"]) for entry in entries}


def write(folder: Path, trees: dict[str, Any], *, metadata: bool) -> None:
    """The templates as files, with or without what stands beside the resources."""
    for name, tree in trees.items():
        resources = {
            key: {k: v for k, v in resource.items() if metadata or k != "Metadata"}
            for key, resource in tree["Resources"].items()
        }
        (folder / f"{name}.json").write_text(json.dumps({**tree, "Resources": resources}), encoding="utf-8")


@pytest.mark.judge
@pytest.mark.slow
def test_what_fails_is_what_the_exceptions_say_and_no_more(tmp_path: Path, trees: dict[str, Any]) -> None:
    """Without the comments exactly what they name fails: none is missing, and none is stale."""
    write(tmp_path, trees, metadata=False)
    assert failures(scan(tmp_path)) == {finding for finding, _type, _reason in written(trees)} | reported()


@pytest.mark.judge
@pytest.mark.slow
def test_a_scan_of_the_samples_as_exported_passes(tmp_path: Path, catalog: Catalog) -> None:
    """With the comments nothing fails but what a sample is there to show."""
    for name in SAMPLES:
        (tmp_path / f"{name}.yaml").write_text(export(open_sample(name, catalog), catalog).text(), encoding="utf-8")
    assert failures(scan(tmp_path)) == reported()


def test_every_exception_is_written_somewhere_and_says_why(trees: dict[str, Any]) -> None:
    listed = exceptions_in(LIST)
    found = {(check, kind, reason) for (_drawing, _name, check), kind, reason in written(trees)}
    assert found == {(entry.check, entry.type, entry.reason) for entry in listed.values()}
    assert all(len(entry.reason) > 60 for entry in listed.values())
    assert len(listed) <= 15, "a list that nobody reads is no list"


def test_the_list_is_the_only_place_for_exceptions() -> None:
    """No fragment writes the metadata of a scanner by itself."""
    fragments = sorted((data("templates") / "cloudformation").rglob("*.j2"))
    assert [file.name for file in fragments if "checkov" in file.read_text(encoding="utf-8")] == ["macros.yaml.j2"]
    assert not [file.name for file in fragments if "CKV_" in file.read_text(encoding="utf-8")]


def test_an_exception_that_is_not_listed_is_refused_by_name() -> None:
    assert scanner_exception("public-instance").check == "CKV_AWS_88"
    with pytest.raises(ValueError, match="no 'public'"):
        scanner_exception("public")
