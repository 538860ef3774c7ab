"""What a file looked like when the program last read or wrote it, to tell whether another program has changed it."""

from __future__ import annotations

import hashlib
import os
import time
from dataclasses import dataclass, replace
from pathlib import Path

from designer.yaml_source import MAX_BYTES


@dataclass(frozen=True, slots=True)
class Stamp:
    """A file's content by its SHA-256 (hexadecimal), and by what the system says of it without reading.

    `settled` says whether the file was old enough then that a later change shows in its time.
    """

    digest: str
    size: int = -1
    modified: int = -1
    inode: int = -1
    settled: bool = False


def digest_of(content: bytes) -> str:
    """The SHA-256 of a content, hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def stamp_of(path: Path) -> Stamp | None:
    """The stamp of a file now; `None` where it is not there, cannot be read, or is larger than any architecture."""
    try:
        with path.open("rb") as stream:
            state = os.fstat(stream.fileno())
            content = stream.read(MAX_BYTES + 1)
    except (OSError, ValueError):
        return None
    if len(content) > MAX_BYTES:
        return None
    return _of(digest_of(content), state)


def stamp_written(path: Path, content: bytes) -> Stamp:
    """The stamp of a file into which this was written just now."""
    digest = digest_of(content)
    try:
        return _of(digest, path.stat())
    except OSError:
        return Stamp(digest)


def stamp_again(path: Path, known: Stamp) -> Stamp | None:
    """The stamp of a file now, without reading it where the system says that it is the one that is known."""
    try:
        state = path.stat()
    except (OSError, ValueError):
        return None
    same = replace(known, size=state.st_size, modified=state.st_mtime_ns, inode=state.st_ino)
    return known if known.settled and same == known else stamp_of(path)


def _of(digest: str, state: os.stat_result) -> Stamp:
    # Some systems count time in steps of up to two seconds.
    settled = time.time_ns() - state.st_mtime_ns > 3 * 10**9
    return Stamp(digest, state.st_size, state.st_mtime_ns, state.st_ino, settled)
