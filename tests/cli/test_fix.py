"""`aws-designer fix`: what would mend an architecture, and making one of the fixes."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from designer.analysis.analyse import analyse
from designer.catalog.catalog import load_catalog
from designer.storage.files import read
from designer.storage.samples import sample_path, samples
from designer.storage.schema import output_schema
from tests.cli.commands import run
from tests.layout.agreement import astray, clashes

Capture = pytest.CaptureFixture[str]
FRAGILE = "sample:three-tier-fragile"


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    """The fragile shop as a file of one's own, with a comment."""
    file = tmp_path / "shop.arch.yaml"
    text = sample_path("three-tier-fragile").read_text(encoding="utf-8")
    file.write_text(text.replace("  database:", "  # the only copy\n  database:"), encoding="utf-8")
    return file


def test_the_best_comes_first_with_what_it_changes(capsys: Capture) -> None:
    """Availability, downtime, what is added and removed, cost, and how to make it."""
    result = run(capsys, "fix", FRAGILE)
    assert result.code == 0
    first = result.out.split("\n\n")[1]
    assert first.startswith("1. ")
    assert "[best, cheapest, smallest]" in " ".join(first.split())
    assert "98.49 % -> 99.98 %, downtime 5 days 12 hours -> 1 hour 38 minutes a year" in " ".join(first.split())
    assert "adds 2 Auto Scaling groups, 2 load balancers" in " ".join(first.split())
    assert "US dollars a month more" in " ".join(first.split())
    assert "\n    --apply multi-az:database\n" in result.out


def test_a_drawing_with_nothing_to_mend_says_so(capsys: Capture) -> None:
    """Instead of an empty list."""
    assert "Nothing to mend was found" in run(capsys, "fix", "sample:three-tier").out


def test_what_lowers_a_figure_stands_apart(capsys: Capture) -> None:
    """A queue in the circle of the coupled orders is one more thing that may fail."""
    out = run(capsys, "fix", "sample:orders-coupled").out
    assert out.index("lower a figure") < out.index("--apply queue-between:")
    assert "misses its goal" in " ".join(out.split())


@pytest.mark.parametrize("sample", [sample.name for sample in samples()])
def test_json_fits_its_schema(capsys: Capture, sample: str) -> None:
    """The published one, and every key in it can be applied."""
    result = run(capsys, "fix", f"sample:{sample}", "--format", "json")
    assert result.code == 0
    found = json.loads(result.out)
    assert not list(Draft202012Validator(output_schema("fix")).iter_errors(found))
    keys = [fix["key"] for fix in [*found["fixes"], *found["trades"]]]
    assert len(keys) == len(set(keys))
    assert {found[choice] for choice in ("best", "cheapest", "smallest")} <= {*keys, None}


def test_a_fix_is_made_in_the_file(capsys: Capture, shop: Path) -> None:
    """One property changes, comments and all other lines stay."""
    before = shop.read_text(encoding="utf-8").splitlines()
    result = run(capsys, "fix", str(shop), "--apply", "multi-az:database")
    assert result.code == 0
    assert "standby" in result.out
    after = shop.read_text(encoding="utf-8").splitlines()
    changed = [new for old, new in zip(before, after, strict=True) if old != new]
    assert len(changed) == 1
    assert '"deployment": "standby"' in changed[0]
    assert "  # the only copy" in after


def test_the_best_fix_reaches_the_goal(capsys: Capture, shop: Path, tmp_path: Path) -> None:
    """By its name; the file it came from stays as it was."""
    out = tmp_path / "better.arch.yaml"
    content = shop.read_bytes()
    assert run(capsys, "fix", str(shop), "--apply", "best", "-o", str(out)).code == 0
    assert shop.read_bytes() == content
    catalog = load_catalog()
    findings = {finding.rule for finding in analyse(read(out, catalog), catalog).findings}
    assert not findings & {"AVL-01", "SPOF-01", "SPOF-02"}
    assert run(capsys, "check", str(out), "--fail-on", "high").code == 0


def test_what_a_fix_gives_other_zones_is_drawn_there(capsys: Capture, shop: Path) -> None:
    """A database that gets a standby reaches over another zone, where a server stands beside it."""
    tool = '  tool: {"kind": "ec2", "name": "Tool", "zones": ["b"], "in": "isolated", "at": [320, 512]}\n  users:'
    shop.write_text(shop.read_text(encoding="utf-8").replace("  users:", tool), encoding="utf-8")
    catalog = load_catalog()
    before = read(shop, catalog)
    assert not clashes(before, catalog)
    assert run(capsys, "fix", str(shop), "--apply", "multi-az:database").code == 0
    after = read(shop, catalog)
    assert not clashes(after, catalog) and not astray(after, catalog)
    assert after.components["tool"] == before.components["tool"]
    assert (after.components["database"].x, after.components["database"].y) == (64, 592), "the next free row"
    tier = after.boundaries["isolated"]
    assert tier.y + tier.height >= 592 + 64


def test_a_fix_gives_no_place_to_one_thing_alone(capsys: Capture, shop: Path) -> None:
    """Where nothing has a place, all get theirs together when the file is opened."""
    text = re.sub(r'"(at|size)": \[[0-9, ]+\](, )?', "", shop.read_text(encoding="utf-8")).replace(", }", "}")
    shop.write_text(text, encoding="utf-8")
    assert run(capsys, "fix", str(shop), "--apply", "multi-az:database").code == 0
    assert '"at"' not in shop.read_text(encoding="utf-8")


def test_what_was_applied_as_json(capsys: Capture, tmp_path: Path) -> None:
    """For programs."""
    out = tmp_path / "better.arch.yaml"
    result = run(capsys, "fix", FRAGILE, "--apply", "keep-backups:database", "-o", str(out), "--format", "json")
    found = json.loads(result.out)
    assert found["file"] == str(out)
    assert found["applied"]["key"] == "keep-backups:database"


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["fix", FRAGILE, "--apply", "best"], "a sample is not changed"),
        (["fix", FRAGILE, "-o", "x"], "belong to --apply"),
        (["fix", FRAGILE, "--force"], "belong to --apply"),
        (["fix", "missing.arch.yaml"], "cannot be read"),
    ],
)
def test_what_cannot_be_done_is_said(
    capsys: Capture, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], expected: str
) -> None:
    """On standard error, with exit code 2."""
    monkeypatch.chdir(tmp_path)
    result = run(capsys, *arguments)
    assert (result.code, result.out) == (2, "")
    assert expected in result.err
    assert not list(tmp_path.iterdir())


def test_an_unknown_fix_names_those_that_there_are(capsys: Capture, shop: Path) -> None:
    """And changes nothing."""
    content = shop.read_bytes()
    result = run(capsys, "fix", str(shop), "--apply", "multi-az:databse")
    assert result.code == 2
    assert "there is no fix 'multi-az:databse'" in result.err
    assert "multi-az:database" in result.err
    assert shop.read_bytes() == content


def test_best_of_nothing_is_refused(capsys: Capture, tmp_path: Path) -> None:
    """A good drawing cannot be made more available by a fix."""
    result = run(capsys, "fix", "sample:three-tier", "--apply", "best", "-o", str(tmp_path / "x.arch.yaml"))
    assert result.code == 2
    assert "no fix makes a flow more available" in result.err


def test_another_file_is_replaced_only_by_force(capsys: Capture, shop: Path, tmp_path: Path) -> None:
    """What lies there may be somebody's work."""
    out = tmp_path / "there.arch.yaml"
    out.write_text("mine", encoding="utf-8")
    command = ["fix", str(shop), "--apply", "multi-az:database", "-o", str(out)]
    refused = run(capsys, *command)
    assert refused.code == 2
    assert "the file exists" in refused.err
    assert out.read_text(encoding="utf-8") == "mine"
    assert run(capsys, *command, "--force").code == 0
    assert read(out, load_catalog()).components["database"].properties["deployment"] == "standby"
