"""Files: read with limits, written in one step, so that a crash or a full disk leaves the old file as it was."""

from __future__ import annotations

import contextlib
import os
import stat
from pathlib import Path

from designer.catalog.catalog import Catalog
from designer.errors import UserError
from designer.language import tr
from designer.model.architecture import Architecture
from designer.storage.reader import loads
from designer.storage.writer import dumps
from designer.yaml_source import read_text

SUFFIX = ".arch.yaml"
"""How the names of architecture files end."""

__all__ = ["SUFFIX", "dumps", "loads", "read", "replace_file", "write"]


def read(path: Path, catalog: Catalog) -> Architecture:
    """The architecture in a file. Raises `UserError`, or `UserErrors` with all that is wrong, each with its line."""
    return loads(read_text(path), catalog, path)


def write(architecture: Architecture, path: Path) -> bytes:
    """Saves an architecture, and returns the file's new content.

    Raises `UserError` when that cannot be; the file is then as it was before.
    """
    try:
        content = dumps(architecture)
    except UserError as error:
        raise UserError(error.message, file=path, name=error.name, hint=error.hint) from error
    written = content.encode()
    replace_file(path, written)
    return written


def replace_file(path: Path, content: bytes) -> None:
    """Puts content into a file in one step, keeping its mode, and following a link to where it leads.

    Another program sees the old content or the new, never a part. Raises `UserError` when it cannot be written.
    """
    try:
        _replace(_target(path), content)
    except OSError as error:
        raise UserError(tr("cannot be written: {error}", error=error.strerror or error), file=path) from error
    except (RuntimeError, ValueError) as error:  # a circle of links, or a name that no system takes
        raise UserError(tr("cannot be written: {error}", error=error), file=path) from error


def _target(path: Path) -> Path:
    return path.resolve() if path.is_symlink() else path


def _replace(path: Path, content: bytes) -> None:
    before = path.stat() if path.exists() else None
    if before is not None and not stat.S_ISREG(before.st_mode):
        _write_through(path, content)
        return
    if before is not None and not (before.st_mode & 0o222 and os.access(path, os.W_OK)):
        raise PermissionError(0, "the file is read-only")
    import secrets  # takes long to load, and opening a file does without

    beside = path.parent / f".{secrets.token_hex(8)}.tmp"
    try:
        _write_new(beside, content, before)
        beside.replace(path)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise
    _sync_folder(path.parent)


def _write_through(path: Path, content: bytes) -> None:
    """Writes to what is no ordinary file (a pipe, a terminal), which cannot be replaced. A folder refuses by itself."""
    with path.open("wb") as stream:
        stream.write(content)


def _write_new(path: Path, content: bytes, before: os.stat_result | None) -> None:
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o666)
    with os.fdopen(handle, "wb") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())
    if before is not None:
        if hasattr(os, "chown"):
            with contextlib.suppress(PermissionError):
                os.chown(path, before.st_uid, before.st_gid)
        path.chmod(stat.S_IMODE(before.st_mode))


def _sync_folder(folder: Path) -> None:
    """Makes the new name itself last; where the system cannot, the content is safe all the same."""
    if os.name != "posix":
        return
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
