"""The lines of a journal: each is a checksum and a JSON mapping, so that a torn or damaged one is known for what it is.

The first line is the head, the second the base: the architecture as the text of a file. Every further one is an edit,
given by what it put and what it took away in the form of the file's entries, or says that the file was saved.
"""

from __future__ import annotations

import json
import re
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, BinaryIO

from designer.model.changes import Changes
from designer.model.entities import Collection, Entity, Settings
from designer.storage.scalars import text, value
from designer.storage.writer import entry, header

VERSION = 1
MAX_RECORD = 96 * 1024 * 1024
"""Bytes of one line. The largest architecture has 32 MB as a file, and an edit may move all of it."""
MAX_JOURNAL = 256 * 1024 * 1024

_HALVES = re.compile(rb"\\u[dD][89a-fA-F]")
_MAX_DIGITS = 20
_LAST_TIME = 1e11


@dataclass(frozen=True, slots=True)
class Head:
    """What a journal is about.

    `path` is the document's file (`None` for one never saved), `digest` that file's SHA-256 when it was opened.
    Journals of one `session` are of one document; `generation` counts them. `edits` is how many edits the first
    line after the base stands for, where it is more than one; `since` when the journal was begun (seconds since 1970).
    """

    session: str
    generation: int = 0
    path: str | None = None
    digest: str | None = None
    edits: int = 0
    pid: int = 0
    since: float = 0.0


def head_line(head: Head) -> bytes:
    """The first line."""
    return _line(
        json.dumps(
            {
                "journal": VERSION,
                "session": head.session,
                "generation": head.generation,
                "path": head.path,
                "digest": head.digest,
                "edits": head.edits,
                "pid": head.pid,
                "since": head.since,
            }
        )
    )


def base_line(content: str) -> bytes:
    """The line that holds the architecture at the journal's begin."""
    return _line(json.dumps({"base": content}, ensure_ascii=False))


def saved_line(path: str, digest: str, when: float) -> bytes:
    """The line that says that the present state is in a file."""
    return _line(json.dumps({"path": path, "saved": True, "digest": digest, "time": when}))


def edit_line(changes: Changes, when: float) -> bytes:
    """The line of an applied edit. Raises ValueError for text or numbers that no file can hold."""
    parts = [f'"time": {when!r}', f'"label": {json.dumps(changes.label.encode(errors="replace").decode())}']
    if changes.settings is not None:
        parts.append(f'"settings": {_settings(changes.settings[1])}')
    for collection in Collection:
        touched = changes.entities[collection]
        if touched:
            parts.append(f'"{collection.value}": {{{", ".join(_entries(touched))}}}')
    return _line("{" + ", ".join(parts) + "}")


def read_line(stream: BinaryIO) -> Mapping[str, Any] | None:
    """The next record of a stream; `None` at its end, and for a line that is torn, damaged or no record."""
    line = stream.readline(MAX_RECORD + 1)
    if len(line) < 11 or not line.endswith(b"\n") or line[8:9] != b" ":
        return None
    payload = line[9:-1]
    if line[:8] != b"%08x" % zlib.crc32(payload):
        return None
    try:
        found = json.loads(payload.decode(), parse_constant=_no_constant, parse_int=_integer)
        if _HALVES.search(payload) and "path" not in found:
            json.dumps(found, ensure_ascii=False).encode()  # refuses halves of characters, which no file can hold
    except (ValueError, TypeError, RecursionError):
        return None
    return found if isinstance(found, dict) else None


def head_of(record: Mapping[str, Any] | None) -> Head | None:
    """The head, where the record is one of this version."""
    if record is None or record.get("journal") != VERSION:
        return None
    fields: dict[str, Any] = {name: record.get(name) for name in Head.__slots__}
    made = Head(**fields)
    numbers = (made.generation, made.edits, made.pid)
    texts = (made.path, made.digest)
    if not (isinstance(made.session, str) and all(type(number) is int for number in numbers)):
        return None
    if not all(one is None or isinstance(one, str) for one in texts) or not is_time(made.since):
        return None
    return made


def is_time(value: object) -> bool:
    """Whether a value is a time that a calendar knows, in seconds since 1970."""
    return isinstance(value, (int, float)) and not isinstance(value, bool) and 0 <= value < _LAST_TIME


def _entries(touched: Mapping[str, tuple[Entity | None, Entity | None]]) -> Iterator[str]:
    """`null` for what is gone, else a list of the entry and the comment lines before it."""
    for key, (_, after) in touched.items():
        yield f"{text(key)}: {'null' if after is None else f'[{entry(after)}, {value(after.comments)}]'}"


def _settings(settings: Settings) -> str:
    keys = ", ".join(f"{text(name)}: {content}" for name, content in header(settings))
    return f"[{{{keys}}}, {value(settings.comments)}, {value(settings.closing_comments)}]"


def _line(payload: str) -> bytes:
    content = payload.encode()
    return b"%08x %b\n" % (zlib.crc32(content), content)


def _integer(digits: str) -> int:
    if len(digits) > _MAX_DIGITS:
        raise ValueError(digits)
    return int(digits)


def _no_constant(name: str) -> Any:
    raise ValueError(name)
