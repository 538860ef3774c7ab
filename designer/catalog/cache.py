"""Keeps what was read from data files, so that a start does not parse YAML again.

A file of the user's cache folder, keyed by the names, sizes and times of the data files and by the program's own
sources. It is written by this program for this user only; where it cannot be used, the data files are read instead.
"""

from __future__ import annotations

import hashlib
import os
import pickle
import sys
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TypeVar

T = TypeVar("T")


def cache_folder() -> Path:
    """The user's cache folder for this program."""
    if sys.platform == "win32":
        base = Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local")
    elif sys.platform == "darwin":
        base = Path.home() / "Library" / "Caches"
    else:
        base = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    return base / "aws-architecture-designer"


def cached(*folders: Path, read: Callable[[], T]) -> T:
    """What `read` gave for these folders' files as they are now."""
    file = cache_folder() / f"catalog-{_key(folders)}.bin"
    kept = _load(file)
    if kept is not None:
        return kept  # type: ignore[no-any-return]
    fresh = read()
    _keep(file, fresh)
    return fresh


def _key(folders: Iterable[Path]) -> str:
    digest = hashlib.sha256(f"{sys.version_info}".encode())
    sources = [Path(__file__).parent / name for name in ("entries.py", "reader.py", "catalog.py", "expressions.py")]
    files = [file for folder in folders for file in sorted(folder.rglob("*.yaml"))]
    for file in [*sources, *files]:
        stat = file.stat()
        digest.update(f"{file}\0{stat.st_size}\0{stat.st_mtime_ns}\n".encode())
    return digest.hexdigest()[:32]


class _Unpickler(pickle.Unpickler):
    """Makes the catalog's own classes and nothing else, whatever a tampered file asks for."""

    def find_class(self, module: str, name: str) -> object:
        if module in ("designer.catalog.entries", "designer.catalog.catalog"):
            return super().find_class(module, name)
        if (module, name) in (("builtins", "frozenset"), ("builtins", "getattr")):
            return frozenset if name == "frozenset" else _member
        raise pickle.UnpicklingError(f"{module}.{name} does not belong into the cache")


def _member(enum: type, name: str) -> object:
    """What an enumeration's members are pickled with; only members are given."""
    return enum.__members__[name]  # type: ignore[attr-defined]


def _load(file: Path) -> object | None:
    try:
        if os.name == "posix" and file.stat().st_uid != os.getuid():
            return None
        with file.open("rb") as stream:
            return _Unpickler(stream).load()
    except (OSError, pickle.UnpicklingError, EOFError, AttributeError, ImportError, IndexError, TypeError, KeyError):
        return None


def _keep(file: Path, value: object) -> None:
    try:
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        for old in file.parent.glob("catalog-*.bin"):
            old.unlink(missing_ok=True)
        handle, name = tempfile.mkstemp(dir=file.parent)
        with os.fdopen(handle, "wb") as stream:
            pickle.dump(value, stream, protocol=pickle.HIGHEST_PROTOCOL)
        Path(name).replace(file)
    except OSError:
        # A cache that cannot be written costs time, nothing else.
        return
