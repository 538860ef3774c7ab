"""What the commands say: text without control characters, JSON, and errors as sentences."""

from __future__ import annotations

import io
import json
import os
import shutil
import sys
import textwrap
import unicodedata
from typing import Any

from designer.errors import UserError, UserErrors

FINE = 0
FOUND = 1
BAD_INPUT = 2
MAX_ERRORS = 50
"""A file may be wrong in thousands of places; so many are shown."""

_INVISIBLE = ("Cc", "Cf", "Cs", "Zl", "Zp")
"""Unicode categories that can move the cursor, reorder or hide text on a terminal."""


def prepare() -> None:
    """Lets every name be printed: UTF-8 into files and pipes, escapes for what a terminal's encoding lacks."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            encoding = stream.encoding if stream.isatty() else "utf-8"
            stream.reconfigure(encoding=encoding, errors="backslashreplace")


def say(text: str = "") -> None:
    """One line or more on standard output; the caller has made user text printable."""
    print(text)


def say_json(value: Any) -> None:
    """A JSON document on standard output."""
    print(json.dumps(value, ensure_ascii=False, indent=2, allow_nan=False))


def note(text: str) -> None:
    """A remark beside the output, on standard error."""
    print(printable(text), file=sys.stderr)


def complain(error: UserError) -> None:
    """An error, or each of several, on standard error."""
    errors = error.errors if isinstance(error, UserErrors) else [error]
    for one in errors[:MAX_ERRORS]:
        print(f"error: {printable(str(one))}", file=sys.stderr)
    if len(errors) > MAX_ERRORS:
        print(f"error: and {len(errors) - MAX_ERRORS} more", file=sys.stderr)


def printable(text: str) -> str:
    """The text on one line, with an escape for every character that a terminal would act on instead of showing it."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(_escape(c) if unicodedata.category(c) in _INVISIBLE else c for c in text)


def _escape(character: str) -> str:
    # The joiner belongs to emoji that are made of several.
    return character if character == "\u200d" else character.encode("unicode_escape").decode()


def paragraph(text: str, indent: int) -> str:
    """The text broken into lines of the terminal's width (at most 100), each indented."""
    width = min(shutil.get_terminal_size().columns, 100)
    space = " " * indent
    width = max(width, indent + 20)
    return textwrap.fill(printable(text), width, initial_indent=space, subsequent_indent=space)


def flush() -> None:
    """Sends out what is still held back, so that an error of writing is seen in time."""
    if sys.stdout is not None:
        sys.stdout.flush()


def abandon() -> None:
    """Gives up on standard output: nobody reads it, and the interpreter must not complain about that when it ends."""
    try:
        handle = os.open(os.devnull, os.O_WRONLY)
        os.dup2(handle, sys.stdout.fileno())
        os.close(handle)
    except (OSError, ValueError, AttributeError):
        return
