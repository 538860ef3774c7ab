"""`open` and `render`: the two commands that need Qt, and how they say that it cannot start."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from types import SimpleNamespace
from xml.etree import ElementTree

import pytest

from designer import preflight
from designer.cli import open_window
from tests.cli.commands import run, start

Capture = pytest.CaptureFixture[str]
needs_qt = pytest.mark.skipif(bool(preflight.missing(screen=False)), reason="Qt cannot be loaded here")


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, str | None]]:
    """The window's modules that were asked for, and what they were to open."""
    calls: list[tuple[str, str | None]] = []

    def window_module(name: str) -> SimpleNamespace:
        return SimpleNamespace(run=lambda source: calls.append((name, source)) or 7)

    monkeypatch.setattr(open_window, "window_module", window_module)
    monkeypatch.setattr(preflight, "check", lambda **_: None)
    return calls


@pytest.mark.parametrize(
    ("arguments", "source"),
    [
        ([], None),
        (["open"], None),
        (["sample:three-tier"], "sample:three-tier"),
        (["open", "sample:three-tier"], "sample:three-tier"),
        (["pyproject.toml"], "pyproject.toml"),
    ],
)
def test_the_window_opens(
    capsys: Capture, opened: list[tuple[str, str | None]], arguments: list[str], source: str | None
) -> None:
    """On what is named, and its exit code is the command's. Whether it is an architecture, the window says."""
    assert run(capsys, *arguments).code == 7
    assert opened == [("app", source)]


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("nowhere.arch.yaml", "nowhere.arch.yaml: there is no such file"),
        ("chekc", "did you mean the command 'check'?"),
        ("sample:nothing", "there is no sample 'nothing'"),
    ],
)
def test_what_is_not_there_is_not_opened(
    capsys: Capture, opened: list[tuple[str, str | None]], source: str, message: str
) -> None:
    """A mistyped command would else open a window."""
    result = run(capsys, source)
    assert result.code == 2
    assert message in result.err
    assert not opened


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="other systems always have a screen")
def test_without_a_screen(capsys: Capture, monkeypatch: pytest.MonkeyPatch) -> None:
    """Qt would abort the process; so it is asked first."""
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    result = run(capsys, "sample:three-tier")
    assert result.code == 2
    assert "There is no screen" in result.err
    assert "aws-designer" in result.err


def test_without_libraries_for_pictures(capsys: Capture, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The command that installs them."""
    monkeypatch.setattr(preflight, "check", lambda **_: "Qt needs libGL.\nInstall them: apt-get x")
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    result = run(capsys, "render", "sample:fan-out", "-o", str(tmp_path / "x.svg"))
    assert (result.code, result.err) == (2, "error: Qt needs libGL. Install them: apt-get x\n")


def test_pictures_have_a_known_suffix(capsys: Capture, tmp_path: Path) -> None:
    """Before anything is read."""
    result = run(capsys, "render", "sample:fan-out", "-o", str(tmp_path / "x.gif"))
    assert result.code == 2
    assert "pictures are .svg, .png, .pdf, .drawio files" in result.err


@needs_qt
@pytest.mark.parametrize(("suffix", "start_of_file"), [("svg", b"<?xml"), ("png", b"\x89PNG"), ("pdf", b"%PDF")])
def test_a_picture_without_a_screen(tmp_path: Path, suffix: str, start_of_file: bytes) -> None:
    """In a process without any display."""
    out = tmp_path / f"picture.{suffix}"
    result = start("render", "sample:fan-out", "-o", str(out), "--theme", "dark", DISPLAY="", WAYLAND_DISPLAY="")
    assert (result.returncode, result.stdout) == (0, b""), result.stderr
    content = out.read_bytes()
    assert content.startswith(start_of_file)
    if suffix == "svg":
        text = " ".join(ElementTree.fromstring(content).itertext())
        assert "Order placed" in text or len(content) > 10_000
    assert os.listdir(tmp_path) == [out.name]  # noqa: PTH208 - hidden files count


@needs_qt
def test_the_scale_counts_pixels(tmp_path: Path) -> None:
    """Twice the scale, twice the width and height."""
    sizes = []
    for scale in ("0.5", "1"):
        out = tmp_path / f"{scale}.png"
        assert start("render", "sample:three-tier", "-o", str(out), "--scale", scale).returncode == 0
        header = out.read_bytes()[16:24]
        sizes.append((int.from_bytes(header[:4], "big"), int.from_bytes(header[4:], "big")))
    (small, large) = sizes
    assert abs(large[0] - 2 * small[0]) <= 2
    assert abs(large[1] - 2 * small[1]) <= 2
