"""Merge two versions of an architecture that come from one, component by component; works as a merge driver of Git."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from designer.catalog.catalog import Catalog, load_catalog
from designer.cli import console
from designer.model.architecture import Architecture
from designer.storage.files import read, write

if TYPE_CHECKING:
    from designer.storage.merge import Conflict


def declare(parser: argparse.ArgumentParser) -> None:
    """The arguments."""
    parser.add_argument(
        "base", type=Path, metavar="BASE", help="what both come from; an empty file where there is none"
    )
    parser.add_argument("mine", type=Path, metavar="MINE", help="one version")
    parser.add_argument("theirs", type=Path, metavar="THEIRS", help="the other version")
    parser.add_argument(
        "-o", "--output", type=Path, required=True, metavar="OUT", help="the file to write; may be MINE"
    )
    parser.add_argument("--prefer", choices=["mine", "theirs"], help="decide all conflicts like this")


def run(options: argparse.Namespace) -> int:
    """Writes the merged architecture; the exit code is 1 where conflicts are left, 2 where nothing was merged."""
    from designer.storage.merge import Side, merge

    catalog = load_catalog()
    base = _read_base(options.base, catalog)
    made = merge(base, read(options.mine, catalog), read(options.theirs, catalog), catalog)
    side = Side(options.prefer) if options.prefer else None
    decisions = {conflict.unit: side for conflict in made.conflicts} if side is not None else {}
    merged, notes = made.resolve(decisions)
    left = () if side is not None else made.conflicts
    write(_marked(merged, left), options.output)
    for line in notes:
        console.note(f"note: {line}")
    for conflict in left:
        console.note(f"conflict: {conflict.title}: {_told(conflict)}; taken: {conflict.usual}")
    return console.FOUND if left else console.FINE


def _read_base(path: Path, catalog: Catalog) -> Architecture:
    """Git gives an empty file where both sides have added the file."""
    if path.is_file() and path.stat().st_size == 0:
        return Architecture()
    return read(path, catalog)


def _told(conflict: Conflict) -> str:
    from designer.storage.merge import Side

    return f"{conflict.did(Side.MINE)} in mine, {conflict.did(Side.THEIRS)} in theirs"


def _marked(merged: Architecture, conflicts: tuple[Conflict, ...]) -> Architecture:
    """The architecture with a comment at each conflict that holds what was not taken; the file still opens."""
    from designer.model.edits import Put, PutSettings
    from designer.storage.merge import Side
    from designer.storage.writer import decisions, entry

    marked = merged.copy()
    for conflict in conflicts:
        collection, key = conflict.unit
        mine = conflict.usual is Side.MINE
        other = conflict.theirs if mine else conflict.mine
        name = Side.THEIRS if mine else Side.MINE
        if collection is None:
            written = decisions(other) if key == "decisions" else repr(other)
            line = f"# CONFLICT {key}: {name} has {written}"
            marked.apply(PutSettings(marked.settings.with_(comments=(*marked.settings.comments, line))))
        elif (entity := marked.table(collection).get(key)) is not None:
            line = f"# CONFLICT {key}: {name} has {'removed it' if other is None else entry(other)}"
            marked.apply(Put(entity.with_(comments=(*entity.comments, line))))
    return marked
