"""compare two templates or architectures: what an update changes, replaces and loses"""

from __future__ import annotations

import argparse

from designer.catalog.catalog import load_catalog
from designer.cli import console
from designer.cli.plain import plain


def declare(parser: argparse.ArgumentParser) -> None:
    """The arguments."""
    what = "a template (YAML or JSON), an architecture file, or sample:NAME"
    parser.add_argument("old", metavar="OLD", help=what)
    parser.add_argument("new", metavar="NEW", help="the same, of what it is to become")
    parser.add_argument("--format", choices=["text", "json"], default="text", help="text (default) or json")


def run(options: argparse.Namespace) -> int:
    """Prints what differs; the exit code is 0 for nothing and 1 for something, 2 where one side cannot be read."""
    from designer.cloudformation.diff.changes import grouped
    from designer.cloudformation.diff.command import compare
    from designer.cloudformation.diff.text import render_text

    made = compare(options.old, options.new, load_catalog())
    if options.format == "json":
        console.say_json({"old": options.old, "new": options.new, "entries": plain(grouped(made.changes))})
    else:
        console.say(render_text(made.changes).removesuffix("\n"))
    for line in made.notes:
        console.note(f"note: {line}")
    return console.FOUND if made.changes else console.FINE
