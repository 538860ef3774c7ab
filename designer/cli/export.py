"""Write the CloudFormation template of an architecture."""

from __future__ import annotations

import argparse
from pathlib import Path

from designer.catalog.catalog import load_catalog
from designer.cli import console
from designer.cli.targets import refuse_source
from designer.storage.files import replace_file
from designer.storage.samples import open_source


def declare(parser: argparse.ArgumentParser) -> None:
    """The arguments."""
    parser.add_argument("file", metavar="FILE", help="an architecture file, or sample:NAME")
    parser.add_argument("-o", "--output", type=Path, metavar="OUT", help="where to write; standard output if left out")
    parser.add_argument("--format", choices=["yaml", "json"], help="default: json for OUT ending in .json, else yaml")
    parser.add_argument(
        "--no-drawing", action="store_true", help="leave the drawing out; `import` then has nothing to open"
    )


def run(options: argparse.Namespace) -> int:
    """Exports the file. Nothing is written unless the whole template could be made."""
    out: Path | None = options.output
    catalog = load_catalog()
    opened = open_source(options.file, catalog)
    if out is not None:
        refuse_source(out, opened.path)
    from designer.cloudformation.export import export

    made = export(opened.architecture, catalog, drawing=not options.no_drawing)
    text: str = made.text(options.format or ("json" if out is not None and out.suffix == ".json" else "yaml"))
    if out is None:
        console.say(text.removesuffix("\n"))
    else:
        replace_file(out, text.encode())
    for line in made.notes:
        console.note(f"note: {line}")
    return console.FINE
