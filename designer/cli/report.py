"""Write a report of an architecture: a page, Markdown, or JSON."""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from designer import preflight
from designer.catalog.catalog import Catalog, load_catalog
from designer.cli import console
from designer.cli.open_window import window_module
from designer.cli.own_rules import chosen_rules, declare_rules
from designer.cli.targets import refuse_source
from designer.errors import UserError
from designer.model.architecture import Architecture
from designer.storage.files import replace_file
from designer.storage.samples import open_source

if TYPE_CHECKING:
    from designer.report.content import Report
    from designer.report.render import Pictures

FORMATS = (".html", ".md", ".json")


def declare(parser: argparse.ArgumentParser) -> None:
    """The arguments."""
    parser.add_argument("file", metavar="FILE", help="an architecture file, or sample:NAME")
    parser.add_argument("-o", "--output", type=Path, required=True, metavar="OUT", help="a .html, .md or .json file")
    parser.add_argument("--no-picture", action="store_true", help="leave the drawing out of the page; needs no Qt")
    declare_rules(parser)


def run(options: argparse.Namespace) -> int:
    """Writes the report; what was found does not change the exit code."""
    out: Path = options.output
    if out.suffix.lower() not in FORMATS:
        raise UserError(f"reports are {', '.join(FORMATS)} files", file=out)
    catalog = load_catalog()
    opened = open_source(options.file, catalog)
    refuse_source(out, opened.path)
    from designer.report.build import build_report

    rules = chosen_rules(options.rules, catalog)
    report = build_report(opened.architecture, catalog, options.file, rules=rules)
    content = _writer(options, catalog, opened.architecture)(report)
    replace_file(out, content.encode("utf-8", "backslashreplace"))
    return console.FINE


def _writer(options: argparse.Namespace, catalog: Catalog, architecture: Architecture) -> Callable[[Report], str]:
    from designer.report import render

    match options.output.suffix.lower():
        case ".json":
            return render.to_json
        case ".md":
            return render.to_markdown
        case _:
            pictures = _pictures(architecture, catalog, wanted=not options.no_picture)
            return lambda report: render.to_html(report, pictures)


def _pictures(architecture: Architecture, catalog: Catalog, *, wanted: bool) -> Pictures:
    """The drawing for light and for dark surroundings, or why there is none."""
    from designer.report.render import Pictures

    if not wanted:
        return Pictures(note="The drawing was left out.")
    if not architecture.components and not architecture.boundaries:
        return Pictures(note="Nothing is drawn.")
    if sys.platform.startswith("linux"):
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    problem = preflight.check(screen=False)
    if problem is None:
        try:
            with tempfile.TemporaryDirectory() as folder:
                dark, light = (_picture(architecture, catalog, theme, Path(folder)) for theme in ("dark", "light"))
            return Pictures(light=light, dark=dark)
        except (ImportError, UserError) as error:
            problem = str(error)
    console.note(f"note: the drawing is left out: {problem.splitlines()[0]}")
    return Pictures(note="The drawing could not be made where this report was.")


def _picture(architecture: Architecture, catalog: Catalog, theme: str, folder: Path) -> str:
    out = folder / f"{theme}.svg"
    window_module("render").render(architecture, catalog, out, theme, 1.0)
    return out.read_text(encoding="utf-8")
