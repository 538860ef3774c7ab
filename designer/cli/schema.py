"""Print the JSON Schema of the file format, or of a command's JSON output."""

from __future__ import annotations

import argparse

from designer.catalog.catalog import load_catalog
from designer.cli import console
from designer.storage.schema import FILE_FORMAT, NAMES, file_schema, output_schema


def declare(parser: argparse.ArgumentParser) -> None:
    """The arguments."""
    text = f"{', '.join(NAMES)}; default: {FILE_FORMAT}, the file format"
    parser.add_argument("name", nargs="?", choices=NAMES, default=FILE_FORMAT, metavar="NAME", help=text)


def run(options: argparse.Namespace) -> int:
    """Prints the schema."""
    schema = file_schema(load_catalog()) if options.name == FILE_FORMAT else output_schema(options.name)
    console.say_json(schema)
    return console.FINE
