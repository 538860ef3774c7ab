"""Keeps what was read from data files, so that a start does not parse YAML again.

A file of the user's cache folder that begins with its key: the names, sizes and times of the data files and of the
program's own sources. It is written by this program for this user only; where it cannot be used, the data files are
read instead. A checksum finds damage; what somebody writes there on purpose is met by what the unpickler makes.
"""

from __future__ import annotations

import io
import os
import sys
import zlib
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TypeVar

try:
    # The half of `pickle` that reads: the other half takes as long to load as the whole catalog does.
    from _pickle import Unpickler, UnpicklingError
except ImportError:  # a Python without it
    from pickle import Unpickler, UnpicklingError

from designer import __version__
from designer.catalog import entries

T = TypeVar("T")

# All classes of the entries, so that a new one cannot be forgotten here: the cache would silently never be used again.
_CLASSES = {("designer.catalog.catalog", "Catalog")} | {
    (entries.__name__, name)
    for name, value in vars(entries).items()
    if isinstance(value, type) and value.__module__ == entries.__name__
}
_DAMAGED = (
    UnpicklingError, EOFError, AttributeError, ImportError, LookupError, TypeError, ValueError, OverflowError,
    MemoryError, RecursionError,
)  # fmt: skip
_WORD = 4
"""Bytes of the checksum, and of the length of the key after it."""


def cache_folder() -> Path:
    """The user's cache folder for this program."""
    if sys.platform == "win32":
        base = Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local")
    elif sys.platform == "darwin":
        base = Path.home() / "Library" / "Caches"
    else:
        base = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    return base / "aws-architecture-designer"


def cached(
    *folders: Path, kind: type[T], read: Callable[[], T], name: str = "catalog", sources: Iterable[Path] = ()
) -> T:
    """What `read`, which makes an object of class `kind`, gave for these folders' files as they are now.

    `name` tells one cache from another, `sources` are further modules whose change makes what is kept worthless.
    """
    try:
        file = cache_folder() / f"{name}.bin"
    except RuntimeError:  # there is no home folder
        return read()
    key = _key(folders, sources)
    kept = _load(file, key)
    if isinstance(kept, kind):
        return kept
    fresh = read()
    _keep(file, key, fresh)
    return fresh


def _key(folders: Iterable[Path], further: Iterable[Path]) -> bytes:
    lines = [f"{sys.version_info} {__version__}"]
    names = ("entries.py", "reader.py", "data_files.py", "catalog.py", "expressions.py")
    sources = [Path(__file__).parent / name for name in names]
    files = [file for folder in folders for file in sorted(folder.rglob("*.yaml"))]
    # A stand-alone program has its modules in an archive, and no source files.
    for file in [*filter(Path.exists, [*sources, *further]), *files]:
        stat = file.stat()
        lines.append(f"{file}\0{stat.st_size}\0{stat.st_mtime_ns}")
    return "\n".join(lines).encode(errors="surrogateescape")


class _Unpickler(Unpickler):
    """Makes the catalog's own classes and nothing else, whatever a tampered file asks for."""

    def find_class(self, module: str, name: str) -> object:
        if (module, name) in _CLASSES:
            return super().find_class(module, name)
        if (module, name) in (("builtins", "frozenset"), ("builtins", "getattr")):
            return frozenset if name == "frozenset" else _member
        raise UnpicklingError(f"{module}.{name} does not belong into the cache")


def _member(enum: type, name: str) -> object:
    """What an enumeration's members are pickled with; only members are given."""
    return enum.__members__[name]  # type: ignore[attr-defined]


def _load(file: Path, key: bytes) -> object | None:
    try:
        if os.name == "posix" and file.stat().st_uid != os.getuid():
            return None
        data = file.read_bytes()
    except OSError:
        return None
    head = len(key).to_bytes(_WORD, "big") + key
    if data[:_WORD] != _checksum(data[_WORD:]) or not data.startswith(head, _WORD):
        return None
    try:
        return _Unpickler(io.BytesIO(data[_WORD + len(head) :])).load()  # type: ignore[no-any-return]
    except _DAMAGED:
        return None


def _checksum(content: bytes) -> bytes:
    return zlib.crc32(content).to_bytes(_WORD, "big")


def _keep(file: Path, key: bytes, value: object) -> None:
    # Only now, as they take longer to load than what is kept does.
    import pickle
    import tempfile

    content = len(key).to_bytes(_WORD, "big") + key + pickle.dumps(value, protocol=pickle.HIGHEST_PROTOCOL)
    try:
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=file.parent)
        with os.fdopen(handle, "wb") as stream:
            stream.write(_checksum(content) + content)
        Path(name).replace(file)
    except OSError:
        # A cache that cannot be written costs time, nothing else.
        return
