"""Open the window, on a file or on an empty architecture.

Everything of the window is imported here and nowhere else, so that the other commands need no Qt.
"""

from __future__ import annotations

import argparse
import difflib
import importlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from designer import preflight
from designer.cli import console
from designer.errors import UserError
from designer.storage.samples import PREFIX, sample_path


def declare(parser: argparse.ArgumentParser) -> None:
    """The arguments."""
    parser.add_argument("file", nargs="?", metavar="FILE", help="an architecture file, or sample:NAME")


def run(options: argparse.Namespace) -> int:
    """Opens the window and runs it until it is closed."""
    source: str | None = options.file
    if source is not None:
        _require(source, options.commands)
    problem = preflight.check(screen=True)
    if problem is not None:
        for line in problem.splitlines():
            console.note(line)
        return console.BAD_INPUT
    status: int = window_module("app").run(source)
    return status


def window_module(name: str) -> Any:
    """A module of the graphical interface, by its name within it."""
    return importlib.import_module(f"designer.gui.{name}")


def _require(source: str, commands: Sequence[str]) -> None:
    """Raises `UserError` for a name that leads nowhere, which may be a mistyped command."""
    if source.startswith(PREFIX):
        sample_path(source.removeprefix(PREFIX))
    elif not Path(source).exists():
        close = difflib.get_close_matches(source, commands, 1)
        hint = f"did you mean the command {close[0]!r}?" if close else None
        raise UserError("there is no such file", file=Path(source), hint=hint)
