"""What a start loads before the first picture, and what only after it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

_ROOT = Path(__file__).resolve().parents[2]
_CODE = """
import json, os, sys
import designer.gui.app as program
from designer.gui.canvas.parts import Parts
from designer.gui.window import Window

seen, begin, make_ready = [], Window.begin, Parts.make_ready

def note():
    ours = [name for name in sys.modules if name.startswith("designer")]
    classes = {name for module in ours for name, value in vars(sys.modules[module]).items() if isinstance(value, type)
               and value.__module__ == module and "__dataclass_params__" in vars(value)}
    others = [name for name in sys.modules if name.startswith(("pickle", "html", "decimal", "yaml"))]
    wrappers = [name for name in ("QGradient", "QBrush") if name in vars(sys.modules["PySide6.QtGui"])]
    seen.append({"modules": [*ours, *others], "compiled": sorted(classes), "wrappers": wrappers})

def noted_begin(window):
    note()
    begin(window)

def noted_make_ready(canvas):
    make_ready(canvas)
    note()
    print(json.dumps(seen), flush=True)
    os._exit(0)  # without waiting for what is worked out beside the window

Window.begin, Parts.make_ready = noted_begin, noted_make_ready
program.main(None, sample="three-tier")
"""
_LATE = ("designer.gui.canvas.gestures.press", "designer.gui.canvas.gestures.move", "designer.gui.canvas.placement")
_NEVER_FIRST = (
    *("pickle", "html", "decimal", "yaml", "designer.catalog.reader", "designer.catalog.cron"),
    *("designer.storage.blocks", "designer.layout.boxes", "designer.gui.rescue", "designer.gui.versions"),
    *("designer.gui.messages", "designer.gui.mnemonics"),
)


def _start(folder: Path) -> list[dict[str, list[str]]]:
    places = {name: str(folder) for name in ("XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_DATA_HOME")}
    environment = {**os.environ, **places, "QT_QPA_PLATFORM": "offscreen"}
    command = [sys.executable, "-c", _CODE]
    result = subprocess.run(
        command, cwd=_ROOT, env=environment, capture_output=True, text=True, check=True, timeout=200
    )
    return json.loads(result.stdout.splitlines()[-1])  # type: ignore[no-any-return]


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere the cache is not in a folder of the test's own")
def test_the_first_picture_loads_only_what_it_shows(tmp_path: Path) -> None:
    """And what the first press needs is there before anybody can press."""
    _start(tmp_path)  # leaves the catalog in the cache
    at_first, afterwards = _start(tmp_path)
    assert "designer.gui.canvas.canvas" in at_first["modules"]
    assert not [name for name in (*_LATE, *_NEVER_FIRST) if name in at_first["modules"]]
    assert set(_LATE) <= set(afterwards["modules"])
    assert at_first["compiled"] == []  # `designer.records` defines a class ten times as fast as `dataclasses`
    assert at_first["wrappers"] == ["QBrush"]  # the classes of gradients are loaded by brushes and fills of some forms
