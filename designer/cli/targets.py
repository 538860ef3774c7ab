"""Files that a command is about to write."""

from __future__ import annotations

from pathlib import Path

from designer.errors import UserError


def refuse_source(out: Path, source: Path | None) -> None:
    """Raises `UserError` when the output would take the place of the architecture that it is made from."""
    if source is not None and out.exists() and out.samefile(source):
        raise UserError("this is the architecture itself", file=out, hint="name another file for the output")
