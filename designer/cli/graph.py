"""Write the drawing as a graph for other programs."""

from __future__ import annotations

import argparse
from pathlib import Path

from designer.catalog.catalog import load_catalog
from designer.cli import console
from designer.cli.targets import refuse_source
from designer.errors import UserError
from designer.layout.drawing import give_places
from designer.storage.files import replace_file
from designer.storage.samples import open_source


def declare(parser: argparse.ArgumentParser) -> None:
    """The arguments."""
    parser.add_argument("file", metavar="FILE", help="an architecture file, or sample:NAME")
    parser.add_argument(
        "-o", "--output", type=Path, required=True, metavar="OUT", help="a .graphml, .gexf or .json file"
    )


def run(options: argparse.Namespace) -> int:
    """Writes components and wires with what the analysis says of them."""
    from designer.report.graph import FORMATS, graph_of

    out: Path = options.output
    write = FORMATS.get(out.suffix.lower())
    if write is None:
        raise UserError(f"graphs are {', '.join(FORMATS)} files", file=out)
    catalog = load_catalog()
    opened = open_source(options.file, catalog)
    refuse_source(out, opened.path)
    give_places(opened.architecture, catalog)
    replace_file(out, write(graph_of(opened.architecture, catalog)))
    return console.FINE
