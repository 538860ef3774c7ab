"""What is left of documents whose program ended without saving them: found, shown, recovered or dropped.

A journal is read as what may come from anybody: with limits, each line by its checksum, and the outcome is checked
against the catalog like a file. Reading stops at the first line that is torn or damaged.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from designer.catalog.catalog import Catalog
from designer.errors import UserError
from designer.language import tr
from designer.model.architecture import Architecture
from designer.storage.journal import SUFFIX
from designer.storage.locks import Held, hold
from designer.storage.reader import build, source_of
from designer.storage.records import MAX_JOURNAL, Head, head_of, is_time, read_line
from designer.storage.source import SECTIONS, Item, Source

MAX_JOURNALS = 100
"""So many journals are offered at most, the newest first."""


@dataclass(frozen=True, slots=True)
class Recovered:
    """A document as it was. `saved` is its last saved state, `digest` that file's SHA-256 at the time.

    `left_out` is how many of the last edits do not give an architecture (to this version), `reason` why.
    """

    architecture: Architecture
    saved: Architecture
    path: Path | None
    digest: str | None
    left_out: int = 0
    reason: UserError | None = None


@dataclass(slots=True)
class Unsaved:
    """A journal with edits that no file has. It is held until one of `discard` and `release` is called.

    `edits` counts what was done since the last save; `time` is that of the last edit (seconds since 1970).
    """

    head: Head
    path: Path | None
    edits: int
    time: float
    held: Held

    @property
    def title(self) -> str:
        """The name of the file, or that there is none yet."""
        return self.path.name if self.path is not None else tr("A new architecture")

    def recover(self, catalog: Catalog) -> Recovered:
        """The document after its last edit. Raises `UserError` when the journal does not give an architecture."""
        try:
            with _opened(self.held.path) as stream:
                return _replayed(stream, catalog)
        except OSError as error:
            raise UserError(
                tr("cannot be read: {error}", error=error.strerror or error), file=self.held.path
            ) from error

    def discard(self) -> None:
        """Deletes the journal. Raises `UserError` when that cannot be."""
        try:
            self.held.remove()
        except OSError as error:
            raise UserError(
                tr("cannot be deleted: {error}", error=error.strerror or error), file=self.held.path
            ) from error

    def release(self) -> None:
        """Leaves the journal for later."""
        self.held.release()


def find(folder: Path) -> list[Unsaved]:
    """The journals that no living process holds, the newest first. Those that hold nothing unsaved are deleted."""
    found: dict[str, Unsaved] = {}
    for path in _files(folder):
        one = _look(path)
        if one is None:
            continue
        other = found.get(one.head.session)
        if other is not None:
            # The process ended while it changed from one file to the next, which may not hold the last edits yet.
            less = min(one, other, key=lambda unsaved: (unsaved.edits, unsaved.head.generation))
            with contextlib.suppress(OSError):
                less.held.remove()
            one = other if less is one else one
        found[one.head.session] = one
    newest = sorted(found.values(), key=lambda unsaved: -unsaved.time)
    for rest in newest[MAX_JOURNALS:]:
        rest.release()
    return newest[:MAX_JOURNALS]


def _files(folder: Path) -> list[Path]:
    try:
        return sorted(folder.glob(f"*{SUFFIX}"))
    except OSError:
        return []


def _look(path: Path) -> Unsaved | None:
    """What a journal holds; `None` where there is nothing for the user in it, or another process holds it."""
    try:
        held = hold(path)
        if held is None:
            return None
        try:
            with _opened(path) as stream:
                found = _survey(stream, held)
                # What follows a damaged line, or was written by a newer version, is not ours to delete.
                droppable = not stream.read(1)
        except OSError:
            held.release()
            return None
        if found is None:
            held.remove() if droppable else held.release()
        return found
    except OSError:
        return None


def _survey(stream: BinaryIO, held: Held) -> Unsaved | None:
    head = head_of(read_line(stream))
    base = read_line(stream) if head is not None else None
    if head is None or base is None or "base" not in base:
        return None
    edits, when, place, worth = 0, head.since, head.path, max(1, head.edits)
    for record in _records(stream):
        if "saved" in record:
            edits, place = 0, record["path"]
        else:
            edits += worth
        when, worth = record["time"], 1
    if edits <= 0:
        return None
    return Unsaved(head, None if place is None else Path(place), edits, when, held)


def _records(stream: BinaryIO) -> Iterator[Mapping[str, Any]]:
    """The edits and saves, up to the first line that is none."""
    while stream.tell() < MAX_JOURNAL:
        record = read_line(stream)
        if record is None or not is_time(record.get("time")):
            return
        if "saved" in record and not (isinstance(record.get("path"), str) and isinstance(record.get("digest"), str)):
            return
        yield record


def _replayed(stream: BinaryIO, catalog: Catalog) -> Recovered:
    head = head_of(read_line(stream))
    base = read_line(stream)
    if head is None or base is None or not isinstance(base.get("base"), str):
        raise UserError(tr("this is no journal of this version of the program"))
    path, digest, records = head.path, head.digest, list(_records(stream))
    start = source_of(base["base"])
    last_save = 0
    for number, record in enumerate(records, 1):
        if "saved" in record:
            path, digest, last_save = record["path"], record["digest"], number
    saved = _after(start, records[:last_save], catalog)
    count, architecture, reason = _furthest(start, records, last_save, catalog)
    place = None if path is None else Path(path)
    return Recovered(architecture, saved, place, digest, len(records) - count, reason)


def _after(start: Source, records: Sequence[Mapping[str, Any]], catalog: Catalog) -> Architecture:
    """The architecture after these edits. Raises `UserError` when they do not give one."""
    state = _State(start)
    for record in records:
        if "saved" not in record:
            state.take(record)
    return build(state.source(), catalog)


def _furthest(
    start: Source, records: Sequence[Mapping[str, Any]], least: int, catalog: Catalog
) -> tuple[int, Architecture, UserError | None]:
    """As many edits as give an architecture, beyond those that are saved; what is wrong with the next, if any.

    Raises `UserError` when not even one does: the file has the rest.
    """
    try:
        return len(records), _after(start, records, catalog), None
    except UserError as error:
        reason = error
    good, bad, found = least, len(records), None
    while bad - good > 1:
        middle = (good + bad) // 2
        try:
            good, found = middle, _after(start, records[:middle], catalog)
        except UserError as error:
            bad, reason = middle, error
    if found is None:
        raise reason
    return good, found, reason


class _State:
    """The entries of an architecture, while edits put some and take some away."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._sections = {name: {item.id: item for item in source.sections[name]} for name in SECTIONS}

    def take(self, record: Mapping[str, Any]) -> None:
        """Applies an edit. Raises `UserError` when it is none."""
        for name in SECTIONS:
            entries = record.get(name, {})
            if not isinstance(entries, dict):
                raise UserError(tr("the journal is damaged"))
            for key, entry in entries.items():
                if entry is None:
                    self._sections[name].pop(key, None)
                else:
                    value, comments = _parts(entry, 2)
                    self._sections[name][key] = Item(key, 0, value, comments)
        if "settings" in record:
            header, top, closing = _parts(record["settings"], 3)
            if not isinstance(header, dict):
                raise UserError(tr("the journal is damaged"))
            self._source = Source(header={"designer": 1} | header, comments=top, closing_comments=closing)

    def source(self) -> Source:
        """The entries as a file has them."""
        sections = {name: list(items.values()) for name, items in self._sections.items()}
        old = self._source
        return Source(
            header=old.header, sections=sections, comments=old.comments, closing_comments=old.closing_comments
        )


def _parts(value: Any, count: int) -> tuple[Any, ...]:
    """A value and the lists of comments that follow it."""
    if not isinstance(value, list) or len(value) != count:
        raise UserError(tr("the journal is damaged"))
    lists = value[1:]
    if not all(isinstance(lines, list) and all(isinstance(line, str) for line in lines) for lines in lists):
        raise UserError(tr("the journal is damaged"))
    return value[0], *map(tuple, lists)


def _opened(path: Path) -> BinaryIO:
    """Opens a plain file. Raises OSError for anything else, and for one that nobody would write."""
    handle = os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NOFOLLOW", 0))
    return os.fdopen(handle, "rb")
