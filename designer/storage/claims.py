"""Who has a file open: a small file in the user's state folder for each, held as long as the window has it."""

from __future__ import annotations

import contextlib
import json
import os
import time
from dataclasses import dataclass
from pathlib import Path

from designer.storage.locks import Held, hold, private_folder
from designer.storage.records import is_time
from designer.storage.stamps import digest_of

_LONGEST = 1000


@dataclass(frozen=True, slots=True)
class Other:
    """Another window that has the file open: its process, and since when (seconds since 1970); `None` if not known."""

    pid: int | None = None
    since: float | None = None


def claim(folder: Path, path: Path) -> Held | Other:
    """Takes a file for this window, or says who has it. Raises OSError when there is no telling."""
    private_folder(folder)
    file = claim_file(folder, path)
    # A second time for the one that vanished because its window was just closed.
    held = hold(file, create=True) or hold(file, create=True)
    if held is None:
        return _other(file)
    os.ftruncate(held.handle, 0)
    os.write(held.handle, json.dumps({"pid": os.getpid(), "since": time.time()}).encode())
    return held


def claim_file(folder: Path, path: Path) -> Path:
    """The file that stands for a file; the same for every name that leads to it."""
    return folder / f"{digest_of(str(path.resolve()).encode('utf-8', 'surrogatepass'))[:32]}.open"


def _other(file: Path) -> Other:
    with contextlib.suppress(OSError, ValueError, RecursionError):
        with file.open("rb") as stream:
            found = json.loads(stream.read(_LONGEST))
        if isinstance(found, dict) and type(found.get("pid")) is int and is_time(found.get("since")):
            return Other(found["pid"], found["since"])
    return Other()
