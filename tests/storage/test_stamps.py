"""Whether a file is the one that is known, without reading it each time."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from designer.storage import stamps
from designer.storage.stamps import Stamp, stamp_again, stamp_of, stamp_written


def test_a_change_in_the_same_instant_is_seen(tmp_path: Path) -> None:
    """Same size, same time, same file: just written, its time says nothing yet."""
    file = tmp_path / "a"
    file.write_bytes(b"one")
    known = stamp_written(file, b"one")
    state = file.stat()
    file.write_bytes(b"two")
    os.utime(file, ns=(state.st_atime_ns, state.st_mtime_ns))
    again = stamp_again(file, known)
    assert again is not None and again.digest != known.digest


def test_an_old_file_is_not_read_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "a"
    file.write_bytes(b"one")
    before = time.time() - 60
    os.utime(file, (before, before))
    known = stamp_of(file)
    assert known is not None and known.settled
    monkeypatch.setattr(stamps, "stamp_of", lambda _path: pytest.fail("read again"))
    assert stamp_again(file, known) is known


def test_a_stamp_of_a_digest_alone_is_completed(tmp_path: Path) -> None:
    file = tmp_path / "a"
    file.write_bytes(b"one")
    digest = stamp_written(file, b"one").digest
    again = stamp_again(file, Stamp(digest))
    assert again is not None and again.digest == digest and again.size == 3


def test_what_is_not_there_has_no_stamp(tmp_path: Path) -> None:
    assert stamp_of(tmp_path / "a") is None and stamp_again(tmp_path / "a", Stamp("0")) is None
    assert stamp_of(tmp_path) is None
