"""The journal of an open document: each edit is on its way to the disk before the next can be made.

A journal is one file in the user's state folder, held by the process as long as it is in use (`locks`). A finished edit
is written at once, which outlives the process; a thread then has the system put it on the disk, which outlives the
machine. The base, which takes long for a large drawing, is written by a thread as well.
"""

from __future__ import annotations

import contextlib
import os
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from designer.errors import UserError
from designer.language import tr
from designer.model.architecture import Architecture
from designer.model.changes import Changes
from designer.model.differences import changes_between
from designer.storage.locks import Held, hold, private_folder
from designer.storage.records import Head, base_line, edit_line, head_line, saved_line
from designer.storage.writer import dumps

SUFFIX = ".journal"
LARGEST = 24 * 1024 * 1024
"""A journal with so many bytes is begun anew from the present state."""
IDLE = 1.0
"""Seconds for which the thread that waits for the disk stays without anything to do."""
PAUSE = 5.0
"""Seconds until a journal that could not be written is tried again."""

Failed = Callable[[UserError], None]


class Journal:
    """Keeps the edits of one document after another. All methods are for one thread; `failed` may come from any.

    What cannot be written never raises: `failed` is told once, and the journal is begun anew with a later edit.
    """

    def __init__(self, folder: Path, failed: Failed = lambda _error: None) -> None:
        self._folder = folder
        self._failed = failed
        self._lock = threading.RLock()
        self._disk = _Disk(self._fail)
        self._architecture = Architecture()
        self._saved = Architecture()
        self._head = Head("")
        self._book: _Book | None = None
        self._maker: threading.Thread | None = None
        self._tail: list[bytes] = []
        self._edits = 0
        self._broken: float | None = None

    def begin(
        self,
        architecture: Architecture,
        path: Path | None,
        digest: str | None,
        *,
        saved: Architecture | None = None,
        edits: int = 0,
    ) -> None:
        """Starts with a document as it is now; what was kept of the one before is dropped.

        `digest` is the SHA-256 of its file. `saved` is the state in that file where the document holds more, which
        took so many `edits`; those are on disk when this returns.
        """
        self.discard()
        self._architecture = architecture
        self._saved = (saved or architecture).copy()
        self._head = Head(_session(), 0, _name(path), digest, 0, os.getpid(), time.time())
        self._edits = edits
        if edits:
            self._make(architecture.copy(), edits)
        elif architecture.components or architecture.boundaries:
            self._start_making()

    @property
    def is_whole(self) -> bool:
        """Whether a file holds every edit up to now."""
        return self._book is not None and self._broken is None

    def record(self, changes: Changes) -> None:
        """Keeps an edit that was applied to the document just now."""
        self._ready()
        self._edits += 1
        try:
            line = edit_line(changes, time.time())
        except ValueError as error:
            self._wait()
            self._fail(OSError(0, str(error)))
            return
        with self._lock:
            self._write(line)
        if self._maker is None and self._is_due():
            self._start_making()

    def saved(self, path: Path, digest: str) -> None:
        """Says that the present state is in a file, which is the document's from now on."""
        self._wait()
        self._edits = 0
        self._saved = self._architecture.copy()
        self._head = replace(self._head, path=_name(path), digest=digest)
        with self._lock:
            self._write(saved_line(os.fspath(path), digest, time.time()))
        if self._broken is not None:
            # What could be kept is older than the file now.
            self.discard()

    def discard(self) -> None:
        """Drops what was kept: the document is saved, or its changes were given up."""
        self._wait()
        self._disk.rest()
        book, self._book = self._book, None
        self._broken = None
        if book is not None:
            book.remove()

    def _wait(self) -> None:
        maker = self._maker
        if maker is not None:
            maker.join()

    def _ready(self) -> None:
        """Waits for the first base, without which edits mean nothing."""
        if self._book is None:
            self._wait()
        if self._book is None and self._broken is None:
            self._make(self._saved, 0)

    def _is_due(self) -> bool:
        if self._broken is not None:
            return time.monotonic() - self._broken > PAUSE
        return self._book is not None and self._book.size > LARGEST + self._book.first_size

    def _write(self, line: bytes) -> None:
        """With the lock held: to the file there is, and to the one that is being made."""
        if self._maker is not None:
            self._tail.append(line)
        book = self._book
        if book is None or self._broken is not None:
            return
        try:
            book.append(line)
        except OSError as error:
            self._fail(error)
        else:
            self._disk.sync(book)

    def _start_making(self) -> None:
        """Makes a file beside the window; until it is there, edits go to the old one and wait for the new."""
        now, edits = self._architecture.copy(), self._edits
        self._tail.clear()
        self._maker = threading.Thread(target=self._make_beside, args=(now, edits), name="journal-base")
        self._maker.start()

    def _make_beside(self, now: Architecture, edits: int) -> None:
        try:
            self._make(now, edits)
        finally:
            self._maker = None

    def _make(self, now: Architecture, edits: int) -> None:
        head = replace(self._head, edits=edits)
        try:
            content = base_line(dumps(self._saved))
            if edits:
                content += edit_line(changes_between(self._saved, now, tr("Unsaved changes")), time.time())
            book = _Book.create(self._folder, head, content)
            with self._lock:
                old = self._change_to(book)
            if old is not None:
                old.remove()
        except UserError as error:  # there is no writing this architecture
            self._fail(OSError(0, error.message))
        except ValueError as error:
            self._fail(OSError(0, str(error)))
        except OSError as error:
            self._fail(error)

    def _change_to(self, book: _Book) -> _Book | None:
        """Goes on with another file, and gives the one before.

        Raises OSError when the edits that were made in the meantime cannot be written; the old file then stays.
        """
        try:
            for line in self._tail:
                book.append(line)
        except OSError:
            book.remove()
            raise
        self._tail.clear()
        old, self._book = self._book, book
        self._broken = None
        self._head = replace(self._head, generation=self._head.generation + 1)
        return old

    def _fail(self, error: OSError) -> None:
        """What is in the file up to now stays; further edits would not fit to it."""
        with self._lock:
            first = self._broken is None
            self._broken = time.monotonic()
        if first:
            hint = tr("Save your work; the program goes on trying.")
            self._failed(
                UserError(tr("edits cannot be kept for recovery: {error}", error=error.strerror or error), hint=hint)
            )


class _Book:
    """A journal's file."""

    def __init__(self, held: Held) -> None:
        self.held = held
        self.size = self.first_size = 0
        self._in_use = threading.Lock()

    @classmethod
    def create(cls, folder: Path, head: Head, content: bytes) -> _Book:
        """A new file with head and content, both on the disk. Raises OSError, with no file left."""
        book = cls(_new_file(private_folder(folder), f"{head.session}-{head.generation}"))
        try:
            book.append(head_line(head) + content)
            book.sync()
        except OSError:
            book.remove()
            raise
        book.first_size = book.size
        return book

    def sync(self) -> None:
        """Has the system put on the disk what was written. Raises OSError; a file that is gone needs nothing."""
        with self._in_use:
            if self.held.handle >= 0:
                os.fsync(self.held.handle)

    def remove(self) -> None:
        """Deletes the file, after the disk is done with it."""
        with self._in_use, contextlib.suppress(OSError):
            self.held.remove()

    def append(self, line: bytes) -> None:
        """Writes a line, or nothing of it. Raises OSError."""
        done = 0
        try:
            while done < len(line):
                done += os.write(self.held.handle, line[done:])
        except OSError:
            with contextlib.suppress(OSError):
                os.ftruncate(self.held.handle, self.size)
                os.lseek(self.held.handle, self.size, os.SEEK_SET)
            raise
        self.size += done


class _Disk:
    """Has the system put on the disk what was written, in a thread of its own.

    The thread stays for a moment when all is done: starting one for each edit would take longer than the edit.
    """

    def __init__(self, failed: Callable[[OSError], None]) -> None:
        self._failed = failed
        self._changed = threading.Condition()
        self._next: _Book | None = None
        self._runs = self._resting = False

    def sync(self, book: _Book) -> None:
        """Asks for a file; how often it was asked for before its turn makes no difference."""
        with self._changed:
            self._next = book
            self._resting = False
            if self._runs:
                self._changed.notify()
                return
            self._runs = True
        threading.Thread(target=self._run, name="journal-disk").start()

    def rest(self) -> None:
        """Lets the thread end: no edits are to be expected."""
        with self._changed:
            self._resting = True
            self._changed.notify()

    def _run(self) -> None:
        while (book := self._take()) is not None:
            try:
                book.sync()
            except OSError as error:
                self._failed(error)

    def _take(self) -> _Book | None:
        with self._changed:
            self._changed.wait_for(lambda: self._next is not None or self._resting, IDLE)
            book, self._next = self._next, None
            self._runs = book is not None
            return book


def _new_file(folder: Path, stem: str) -> Held:
    """Raises OSError when there is no making one. Who looks for journals may take an empty one for left over."""
    for attempt in range(3):
        held = hold(folder / f"{stem}{'-' * attempt}{SUFFIX}", create=True)
        if held is not None:
            return held
    raise OSError(0, "other programs hold all journals")


def _name(path: Path | None) -> str | None:
    return None if path is None else os.fspath(path)


def _session() -> str:
    return f"{time.time_ns():x}-{os.getpid():x}"
