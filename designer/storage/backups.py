"""Earlier versions of saved files, in the user's state folder: the content that a save replaces is kept."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from pathlib import Path

from designer.errors import UserError
from designer.language import tr
from designer.storage.files import SUFFIX, replace_file
from designer.storage.locks import private_folder
from designer.storage.stamps import digest_of
from designer.yaml_source import MAX_BYTES

KEPT = 5
"""So many versions of each file."""


@dataclass(frozen=True, slots=True)
class Version:
    """A content that the file had. `time` says since when (seconds since 1970), `path` where it is kept."""

    path: Path
    time: float


def keep_version(folder: Path, path: Path) -> None:
    """Keeps what a file holds now, before it is replaced; what is kept already, or no file, is passed over.

    Raises `UserError` when it cannot be kept.
    """
    try:
        state = path.stat()
        with path.open("rb") as stream:
            content = stream.read(MAX_BYTES + 1)
    except FileNotFoundError:
        return
    except OSError as error:
        raise UserError(
            tr("the earlier version cannot be kept: {error}", error=error.strerror or error), file=path
        ) from error
    place = _place(folder, path)
    digest = digest_of(content)[:16]
    if len(content) > MAX_BYTES or any(version.path.name.split("-")[1].startswith(digest) for version in _in(place)):
        return
    try:
        private_folder(folder)
        private_folder(place)
    except OSError as error:
        raise UserError(
            tr("the earlier version cannot be kept: {error}", error=error.strerror or error), file=place
        ) from error
    replace_file(place / f"{state.st_mtime_ns:020d}-{digest}{SUFFIX}", content)
    for old in _in(place)[KEPT:]:
        with contextlib.suppress(OSError):
            old.path.unlink()


def versions(folder: Path, path: Path) -> list[Version]:
    """The versions of a file that are kept, the newest first."""
    return _in(_place(folder, path))


def _place(folder: Path, path: Path) -> Path:
    """Each file's versions are in a folder of their own, named so that no name leads out of it."""
    return folder / digest_of(str(path.resolve()).encode("utf-8", "surrogatepass"))[:32]


def _in(place: Path) -> list[Version]:
    try:
        files = sorted(place.glob(f"*-*{SUFFIX}"), reverse=True)
    except OSError:
        return []
    found = []
    for file in files:
        digits = file.name.partition("-")[0]
        if digits.isascii() and digits.isdigit() and len(digits) == 20 and file.is_file() and not file.is_symlink():
            found.append(Version(file, int(digits) / 1e9))
    return found
