"""Nothing is lost when the program is killed, at whatever moment."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def kill(folder: Path, count: int, seed: int) -> dict[str, int]:
    """Kills so many lives of a script that edits and saves; what was counted."""
    command = [sys.executable, "-m", "tests.storage.killing", str(folder), str(count), str(seed)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    counts: dict[str, int] = json.loads(done.stdout)
    return counts


@pytest.mark.skipif(not hasattr(os, "fork"), reason="lives are forked")
def test_forty_kills_lose_nothing(tmp_path: Path) -> None:
    """The last finished edit is there after each, and the file is whole."""
    counts = kill(tmp_path, 40, 7)
    assert counts["kills"] == 40
    assert counts["edits"] > 200 and counts["saves"] and counts["recovered"] > 5, "the script has hardly worked"


@pytest.mark.exhaustive
@pytest.mark.timeout(900)
@pytest.mark.skipif(not hasattr(os, "fork"), reason="lives are forked")
@pytest.mark.parametrize("seed", range(5))
def test_a_thousand_kills_lose_nothing(tmp_path: Path, seed: int) -> None:
    """The same, two hundred for each of five seeds."""
    assert kill(tmp_path, 200, 100 + seed)["kills"] == 200
