"""Whole sessions on a desktop of their own: the installed program, a real window, mouse and keyboard."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
SYSTEM_PYTHON = "/usr/bin/python3"
TOOLS = ("Xvfb", "openbox", "xdotool", "dbus-run-session", "import")

pytestmark = [pytest.mark.alone, pytest.mark.end_to_end]


def _missing() -> str | None:
    """What this machine lacks for a desktop of its own; `None` when all is there."""
    lacking = [tool for tool in TOOLS if shutil.which(tool) is None]
    if lacking:
        return f"not installed: {', '.join(lacking)}"
    if not Path("/usr/libexec/at-spi-bus-launcher").exists():
        return "not installed: at-spi2-core"
    bindings = subprocess.run([SYSTEM_PYTHON, "-c", "import pyatspi"], capture_output=True, check=False)
    return None if bindings.returncode == 0 else "not installed: python3-pyatspi"


@pytest.fixture(scope="module", autouse=True)
def desktop_tools() -> None:
    """Skips where there is no desktop to be had; on a build machine that is a failure."""
    reason = _missing()
    if reason is not None and os.environ.get("CI"):
        pytest.fail(f"the end-to-end tests cannot run: {reason}")
    if reason is not None:
        pytest.skip(reason)


def _session(script: str, folder: Path) -> str:
    environment = {**os.environ, "HOME": str(folder), "PYTHONPATH": str(ROOT)}
    for name in ("XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME", "XDG_DATA_HOME"):
        environment[name] = str(folder / name.lower())
    program = [sys.executable, "-m", "designer"]
    result = subprocess.run(
        [SYSTEM_PYTHON, str(HERE / script), str(folder), *program],
        env=environment, cwd=ROOT, capture_output=True, text=True, timeout=280, check=False,
    )  # fmt: skip
    assert result.returncode == 0, result.stdout + result.stderr
    return result.stdout


def test_three_tiers_drawn_mended_and_exported_with_the_mouse(tmp_path: Path) -> None:
    assert "drawn, mended, undone, saved and exported" in _session("three_tier_by_mouse.py", tmp_path)
    text = _linted(tmp_path / "shop.template.yaml")
    assert "AWS::ElasticLoadBalancingV2::LoadBalancer" in text
    assert "MultiAZ: true" in text
    _check(tmp_path / "shop.arch.yaml")


def test_three_tiers_drawn_mended_and_exported_without_a_mouse(tmp_path: Path) -> None:
    said = _session("three_tier_by_keyboard.py", tmp_path)
    assert "drawn, mended, undone, saved and exported without a mouse" in said
    text = _linted(tmp_path / "shop.template.yaml")
    assert "AWS::EC2::VPC" in text and "AWS::AutoScaling::AutoScalingGroup" in text
    assert "MultiAZ: true" in text
    _check(tmp_path / "shop.arch.yaml")


def _linted(template: Path) -> str:
    """The text of a template that cfn-lint has nothing against."""
    lint = subprocess.run(
        [sys.executable, "-c", "from cfnlint.runner import main; main()", "--", str(template)],
        capture_output=True, text=True, cwd=template.parent, check=False,
    )  # fmt: skip
    assert lint.returncode == 0, lint.stdout
    return template.read_text(encoding="utf-8")


def _check(drawing: Path) -> None:
    """The drawing has no finding that is high or worse."""
    check = subprocess.run(
        [sys.executable, "-m", "designer", "check", str(drawing), "--fail-on", "high"],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert check.returncode == 0, check.stdout + check.stderr
