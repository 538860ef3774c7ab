"""Arrange the components and boundaries of an architecture anew."""

from __future__ import annotations

import argparse
from pathlib import Path

from designer.catalog.catalog import load_catalog
from designer.cli import console
from designer.cli.targets import own_or_new
from designer.layout.boxes import Direction
from designer.layout.drawing import arranged
from designer.storage.files import write
from designer.storage.samples import open_source


def declare(parser: argparse.ArgumentParser) -> None:
    """The arguments."""
    parser.add_argument("file", metavar="FILE", help="an architecture file, or sample:NAME")
    parser.add_argument("-o", "--output", type=Path, metavar="OUT", help="save here, not in FILE")
    parser.add_argument("--force", action="store_true", help="replace OUT where it exists")
    parser.add_argument(
        "--direction",
        choices=[str(direction) for direction in Direction],
        default=str(Direction.RIGHT),
        help="the way that connections run: right (default) or down",
    )


def run(options: argparse.Namespace) -> int:
    """Moves everything and saves the file; nothing else of it changes."""
    catalog = load_catalog()
    opened = open_source(options.file, catalog)
    out = own_or_new(options.output, opened.path, force=options.force)
    edit = arranged(opened.architecture, catalog, Direction(options.direction))
    if edit is not None:
        opened.architecture.apply(edit)
    write(opened.architecture, out)
    return console.FINE
