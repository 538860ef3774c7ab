"""bring the drawing back out of a template that was exported with it"""

from __future__ import annotations

import argparse
from pathlib import Path

from designer.catalog.catalog import load_catalog
from designer.cli import console


def declare(parser: argparse.ArgumentParser) -> None:
    """The arguments."""
    parser.add_argument("template", type=Path, metavar="TEMPLATE", help="a template, YAML or JSON")
    parser.add_argument(
        "-o", "--output", type=Path, required=True, metavar="FILE", help="the architecture file to write"
    )
    parser.add_argument("--force", action="store_true", help="replace the file where it exists")


def run(options: argparse.Namespace) -> int:
    """Writes the architecture; says what was edited in the template by hand and is not part of the drawing."""
    from designer.importing.command import import_template

    imported = import_template(options.template, options.output, load_catalog(), force=options.force)
    for line in imported.notes:
        console.note(f"note: {line}")
    return console.FINE
