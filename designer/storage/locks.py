"""Files that one process holds: the system lets go of them when the process ends, however it ends."""

from __future__ import annotations

import contextlib
import os
import sys
from pathlib import Path

_FLAGS = os.O_RDWR | getattr(os, "O_BINARY", 0) | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_CLOEXEC", 0)
_FAR = 1 << 40
"""Windows locks bytes, and keeps others from reading them; there are none so far out."""


class Held:
    """An open file that no other process, and no second opening in this one, can hold at the same time."""

    def __init__(self, path: Path, handle: int) -> None:
        self.path = path
        self.handle = handle

    def remove(self) -> None:
        """Deletes the file and lets go of it. Raises OSError when it cannot be deleted; it is let go of anyway."""
        if os.name == "posix":
            # While it is still held: nobody can take it up in between.
            try:
                self.path.unlink(missing_ok=True)
            finally:
                self.release()
        else:
            self.release()
            self.path.unlink(missing_ok=True)

    def release(self) -> None:
        """Lets go of the file and leaves it where it is; a second time does nothing."""
        if self.handle >= 0:
            handle, self.handle = self.handle, -1
            os.close(handle)


def hold(path: Path, *, create: bool = False) -> Held | None:
    """Opens a file and holds it; `None` when another does, or when it vanished on the way.

    With `create`, the file may be new, and only its owner may read it. Raises OSError when it cannot be opened.
    """
    try:
        handle = os.open(path, _FLAGS | (os.O_CREAT if create else 0), 0o600)
    except FileNotFoundError:
        if create:
            raise
        return None
    try:
        if _lock(handle) and _same(path, handle):
            return Held(path, handle)
    except BaseException:
        os.close(handle)
        raise
    os.close(handle)
    return None


def private_folder(path: Path) -> Path:
    """The folder, made when it is not there, for its owner alone. Raises OSError when it cannot be made."""
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    return path


def _same(path: Path, handle: int) -> bool:
    """Whether the name still leads to what is open: who held it before may have deleted it."""
    with contextlib.suppress(FileNotFoundError):
        return os.path.samestat(path.stat(), os.fstat(handle))
    return False


if sys.platform == "win32":
    import msvcrt

    def _lock(handle: int) -> bool:
        os.lseek(handle, _FAR, os.SEEK_SET)
        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        finally:
            os.lseek(handle, 0, os.SEEK_SET)
        return True

else:
    import fcntl

    def _lock(handle: int) -> bool:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True
