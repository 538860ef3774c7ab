"""Files that a command is about to write."""

from __future__ import annotations

from pathlib import Path

from designer.errors import UserError


def refuse_source(out: Path, source: Path | None) -> None:
    """Raises `UserError` when the output would take the place of the architecture that it is made from."""
    if source is not None and out.exists() and out.samefile(source):
        raise UserError("this is the architecture itself", file=out, hint="name another file for the output")


def own_or_new(output: Path | None, source: Path | None, *, force: bool) -> Path:
    """Where to save an architecture that a command changes: its own file, unless another is named.

    Raises `UserError` where neither is there, and for another file that exists, unless it is forced.
    """
    out = output or source
    if out is None:
        raise UserError("a sample is not changed", hint="name the file to write with --output")
    own = source is not None and out.exists() and out.samefile(source)
    if not own and not force and (out.exists() or out.is_symlink()):
        raise UserError("the file exists", file=out, hint="choose another name, or add --force to replace it")
    return out
