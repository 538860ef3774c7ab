"""The commands `simulate` and `report`: outputs, files, exit codes, errors."""

from __future__ import annotations

import json
import os
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from designer import preflight
from designer.cli import report as command
from designer.errors import UserError
from designer.storage.samples import sample_path
from designer.storage.schema import output_schema
from tests.cli.commands import run, start
from tests.report.test_reports import SVG, Page, closed

Capture = pytest.CaptureFixture[str]
SIMULATED = Draft202012Validator(closed(output_schema("simulate")))


@pytest.mark.parametrize(
    ("sample", "failed", "code", "text"),
    [
        ("three-tier", ["zone:a"], 0, '"Visit the shop" completes'),
        ("three-tier", ["zone:a", "zone:b"], 1, '"Visit the shop" is stopped: Load balancer is down'),
        ("three-tier-fragile", ["zone:a"], 1, "Shop server (shop-server) is down: zone a is down"),
        ("worker-fleet", ["workers"], 1, '"A photo is processed" is accepted; the rest waits in New photos for 4 days'),
        ("worker-fleet", ["failed-jobs"], 0, "6 components are fine"),
        ("three-tier", ["nat:a"], 0, "4 components are fine"),
        ("fan-out", ["region"], 1, "Down: Region eu-central-1"),
    ],
)
def test_a_simulation_in_words(
    capsys: Capture, monkeypatch: pytest.MonkeyPatch, sample: str, failed: list[str], code: int, text: str
) -> None:
    monkeypatch.setenv("COLUMNS", "200")
    options = [word for name in failed for word in ("--fail", name)]
    result = run(capsys, "simulate", f"sample:{sample}", *options)
    assert (result.code, result.err) == (code, "")
    assert text in result.out


def test_an_accepted_flow_works(capsys: Capture, monkeypatch: pytest.MonkeyPatch) -> None:
    """One that only has to be accepted is not stopped by what comes later."""
    monkeypatch.setenv("COLUMNS", "200")
    out = run(capsys, "simulate", "sample:worker-fleet", "--fail", "workers").out
    line = next(line for line in out.splitlines() if "Upload a photo" in line)
    assert "works: it only has to be accepted" in line + out.splitlines()[out.splitlines().index(line) + 1]


@pytest.mark.parametrize("failed", [["zone:a"], ["workers"], ["region"], ["jobs", "nat:b", "replica:workers:0"]])
def test_a_simulation_as_json(capsys: Capture, failed: list[str]) -> None:
    """In the published form, with the ids that it says it stopped."""
    options = [word for name in failed for word in ("--fail", name)]
    result = run(capsys, "simulate", "sample:worker-fleet", *options, "--format", "json")
    data = json.loads(result.out)
    assert not list(SIMULATED.iter_errors(data))
    assert [failure["name"] for failure in data["failures"]] == failed
    assert data["stopped"] == [flow["id"] for flow in data["flows"] if not flow["works"]]
    assert result.code == (1 if data["stopped"] else 0)
    assert sorted(key for wave in data["order"] for key in wave) == [
        key for key, effect in data["components"].items() if effect["state"] != "fine"
    ]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["simulate", "sample:three-tier"], "the following arguments are required: --fail"),
        (["simulate", "sample:three-tier", "--fail", "zone:z"], "nothing that can fail is called 'zone:z'"),
        (["simulate", "sample:three-tier", "--fail", "web"], "zones zone:a, zone:b; region; gateways nat:a, nat:b"),
        (["simulate", "sample:three-tier", "--fail", "\x1b[31m"], "\\x1b"),
        (["simulate", "sample:nothing", "--fail", "zone:a"], "there is no sample 'nothing'"),
        (["report", "sample:three-tier"], "the following arguments are required: -o"),
        (["report", "sample:three-tier", "-o", "x.pdf"], "reports are .html, .md, .json files"),
        (["report", "sample:three-tier", "-o", "no/such/folder/x.md"], "cannot be written"),
    ],
)
def test_bad_input(capsys: Capture, tmp_path: Path, arguments: list[str], message: str) -> None:
    """Exit code 2, the reason on standard error, nothing written."""
    os.chdir(tmp_path)
    result = run(capsys, *arguments)
    assert (result.code, result.out) == (2, "")
    assert message in result.err
    assert "\x1b" not in result.err
    assert not list(tmp_path.iterdir())


@pytest.fixture(autouse=True)
def home(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each test may change the folder and the platform, and leaves both as they were."""
    monkeypatch.chdir(Path.cwd())
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")


@pytest.mark.parametrize("suffix", [".json", ".md", ".html", ".HTML"])
def test_a_report_in_a_file(capsys: Capture, tmp_path: Path, suffix: str) -> None:
    """Exit code 0 whatever was found; no word on either output."""
    out = tmp_path / f"report{suffix}"
    result = run(capsys, "report", "sample:three-tier-fragile", "-o", str(out), "--no-picture")
    assert (result.code, result.out, result.err) == (0, "", "")
    text = out.read_text(encoding="utf-8")
    assert "The same shop, fragile" in text
    assert "sample:three-tier-fragile" in text
    if suffix.lower() == ".html":
        page = Page(text)
        assert "The drawing was left out." in page.words
        assert "svg" not in page.tags


def pretend(monkeypatch: pytest.MonkeyPatch, render: Any) -> list[str]:
    """Has something else draw; gives the themes that it was asked for."""
    themes: list[str] = []

    def drawn(_architecture: Any, _catalog: Any, out: Path, theme: str, scale: float) -> None:
        themes.append(theme)
        assert scale == 1.0
        render(out)

    monkeypatch.setattr(command, "window_module", lambda name: {"render": SimpleNamespace(render=drawn)}[name])
    monkeypatch.setattr(preflight, "check", lambda **_: None)
    return themes


def test_the_drawing_is_in_the_page(capsys: Capture, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Twice, for light and for dark."""
    themes = pretend(monkeypatch, lambda out: out.write_text(SVG, encoding="utf-8"))
    out = tmp_path / "report.html"
    assert run(capsys, "report", "sample:fan-out", "-o", str(out)).code == 0
    assert sorted(themes) == ["dark", "light"]
    assert Page(out.read_text(encoding="utf-8")).tags.count("svg") == 2


def broken(_out: Path) -> None:
    """Cannot draw."""
    raise UserError("the picture would have too many pixels")


@pytest.mark.parametrize("reason", ["library", "module", "picture"])
def test_without_a_drawing_the_report_is_written_nevertheless(
    capsys: Capture, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, reason: str
) -> None:
    """With a remark on standard error, and in the page."""
    pretend(monkeypatch, broken)
    if reason == "library":
        monkeypatch.setattr(preflight, "check", lambda **_: "Qt needs system libraries\nInstall them")
    if reason == "module":
        monkeypatch.setattr(command, "window_module", lambda _: __import__("no_such_module"))
    out = tmp_path / "report.html"
    result = run(capsys, "report", "sample:fan-out", "-o", str(out))
    assert result.code == 0
    assert result.err.startswith("note: the drawing is left out: ")
    assert "could not be made where this report was" in Page(out.read_text(encoding="utf-8")).words


def test_the_architecture_itself_is_not_overwritten(capsys: Capture, tmp_path: Path) -> None:
    source = tmp_path / "shop.md"
    source.write_bytes(sample_path("fan-out").read_bytes())
    result = run(capsys, "report", str(source), "-o", str(source))
    assert result.code == 2
    assert "this is the architecture itself" in result.err
    assert source.read_bytes() == sample_path("fan-out").read_bytes()


@pytest.mark.skipif(bool(preflight.missing(screen=False)), reason="Qt cannot be loaded here")
def test_a_real_drawing_with_hostile_names(tmp_path: Path) -> None:
    """In a process of its own, without a screen: the names are in the picture as text, and do nothing."""
    source, out = tmp_path / "a.arch.yaml", tmp_path / "a.html"
    name = json.dumps("<b>x</b> & \x01 ]]>")
    source.write_text(f'designer: 1\nname: {name}\ncomponents:\n  q: {{"kind": "sqs", "name": {name}}}\n', "utf-8")
    result = start("report", str(source), "-o", str(out), DISPLAY="", WAYLAND_DISPLAY="")
    assert (result.returncode, result.stdout, result.stderr) == (0, b"", b"")
    page = Page(out.read_text(encoding="utf-8"))
    assert page.tags.count("svg") == 2
    assert "b" not in page.tags
    assert page.tags.count("text") >= 4
    assert page.words.count("<b>x</b>") >= 4


def test_no_qt_is_needed_without_a_drawing(tmp_path: Path) -> None:
    """A platform that does not exist would abort Qt."""
    out = tmp_path / "a.html"
    result = start("report", "sample:fan-out", "-o", str(out), "--no-picture", QT_QPA_PLATFORM="none")
    assert result.returncode == 0
    assert out.exists()
