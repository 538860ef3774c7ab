"""Draw an architecture into an SVG, PNG, PDF or draw.io file."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from designer import preflight
from designer.catalog.catalog import load_catalog
from designer.catalog.icon_package import read_icon_package
from designer.cli import console
from designer.cli.open_window import window_module
from designer.cli.targets import refuse_source
from designer.errors import UserError
from designer.layout.drawing import give_places
from designer.storage.files import replace_file
from designer.storage.samples import open_source

DRAWIO = ".drawio"
FORMATS = (".svg", ".png", ".pdf", DRAWIO)
SCALES = (0.1, 8.0)


def declare(parser: argparse.ArgumentParser) -> None:
    """The arguments."""
    parser.add_argument("file", metavar="FILE", help="an architecture file, or sample:NAME")
    parser.add_argument("-o", "--output", type=Path, required=True, metavar="OUT", help="what the ending says")
    themes = ["light", "dark", "contrast", "contrast-dark"]
    parser.add_argument("--theme", choices=themes, default="light", help="light (default), dark or of high contrast")
    parser.add_argument("--transparent", action="store_true", help="no ground behind the drawing")
    parser.add_argument("--outlines", action="store_true", help="letters of an SVG as shapes")
    parser.add_argument("--pages", choices=["a4", "a3", "letter"], help="cut a PDF into pages of this size")
    parser.add_argument("--icons", type=Path, metavar="PACKAGE", help="AWS Architecture Icons, a zip file or folder")
    parser.add_argument("--scale", type=_scale, default=1.0, metavar="N", help="pixels per unit, 0.1 to 8 (default: 1)")


def run(options: argparse.Namespace) -> int:
    """Draws the file, without a screen."""
    out: Path = options.output
    if out.suffix.lower() not in FORMATS:
        raise UserError(f"pictures are {', '.join(FORMATS)} files", file=out)
    catalog = load_catalog()
    opened = open_source(options.file, catalog)
    refuse_source(out, opened.path)
    give_places(opened.architecture, catalog)
    icons = None if options.icons is None else read_icon_package(options.icons, catalog.aws_icons)
    if out.suffix.lower() == DRAWIO:
        from designer.report.drawio import as_drawio

        replace_file(out, as_drawio(opened.architecture, catalog, icons.light if icons is not None else None))
        return console.FINE
    if sys.platform.startswith("linux"):
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    problem = preflight.check(screen=False)
    if problem is not None:
        raise UserError(problem.splitlines()[0], hint=" ".join(problem.splitlines()[1:]))
    draw = window_module("render").render
    look = {
        "transparent": options.transparent,
        "icons": icons,
        "outlines": options.outlines,
        "sheet": options.pages,
    }
    draw(opened.architecture, catalog, out, options.theme, options.scale, **look)
    return console.FINE


def _scale(text: str) -> float:
    low, high = SCALES
    try:
        scale = float(text)
    except ValueError:
        scale = 0.0
    if not low <= scale <= high:
        raise argparse.ArgumentTypeError(f"expected a number from {low:g} to {high:g}, got {text!r}")
    return scale
