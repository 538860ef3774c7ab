"""What the binding of Qt does for each module at the start."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

_ROOT = Path(__file__).resolve().parents[2]
_CODE = """
import builtins, linecache
import PySide6.QtCore
from designer.gui.binding import import_as_python_does
{call}
from designer.gui.keymap import keymap_of
print([name for name in linecache.cache if "keymap" in name], builtins.__import__ is builtins.__feature_import__)
"""


def _told(call: str) -> str:
    command = [sys.executable, "-c", _CODE.format(call=call)]
    return subprocess.run(command, cwd=_ROOT, capture_output=True, text=True, check=True, timeout=200).stdout.strip()


def test_no_source_is_read_when_a_module_is_imported() -> None:
    untouched = _told("")
    assert "keymap.py" in untouched, "PySide6 no longer reads sources: designer.gui.binding can go"
    assert untouched.endswith("True")
    assert _told("import_as_python_does()") == "[] False"
