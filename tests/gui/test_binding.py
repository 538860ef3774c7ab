"""What the binding of Qt does for each module at the start."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

_ROOT = Path(__file__).resolve().parents[2]
_CODE = """
import linecache
import PySide6.QtCore
from designer.gui.binding import spare_the_sources
{call}
from designer.gui.keymap import keymap_of
print([name for name in linecache.cache if "keymap" in name])
"""


def _sources_read(call: str) -> str:
    command = [sys.executable, "-c", _CODE.format(call=call)]
    return subprocess.run(command, cwd=_ROOT, capture_output=True, text=True, check=True, timeout=60).stdout.strip()


def test_no_source_is_read_when_a_module_is_imported() -> None:
    assert "keymap.py" in _sources_read(""), "PySide6 no longer reads sources: designer.gui.binding can go"
    assert _sources_read("spare_the_sources()") == "[]"
