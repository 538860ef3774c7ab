"""Start an architecture file from a sample."""

from __future__ import annotations

import argparse
from pathlib import Path

from designer.catalog.catalog import load_catalog
from designer.cli import console
from designer.errors import UserError
from designer.storage.files import write
from designer.storage.samples import PREFIX, open_sample


def declare(parser: argparse.ArgumentParser) -> None:
    """The arguments."""
    parser.add_argument("sample", metavar="SAMPLE", help="the name of a sample; the command samples lists them")
    parser.add_argument("-o", "--output", type=Path, required=True, metavar="FILE", help="the file to write")
    parser.add_argument("--force", action="store_true", help="replace the file where it exists")


def run(options: argparse.Namespace) -> int:
    """Writes a copy of the sample."""
    out: Path = options.output
    architecture = open_sample(options.sample.removeprefix(PREFIX), load_catalog())
    if not options.force and (out.exists() or out.is_symlink()):
        raise UserError("the file exists", file=out, hint="choose another name, or add --force to replace it")
    write(architecture, out)
    return console.FINE
