"""List the architectures that come with the program."""

from __future__ import annotations

import argparse

from designer.cli import console
from designer.storage.samples import samples


def declare(parser: argparse.ArgumentParser) -> None:
    """The arguments."""
    parser.add_argument("--json", action="store_true", help="as JSON")


def run(options: argparse.Namespace) -> int:
    """Prints name, title and lesson of each."""
    if options.json:
        console.say_json([{"name": s.name, "title": s.title, "teaches": s.teaches} for s in samples()])
        return console.FINE
    for place, sample in enumerate(samples()):
        if place:
            console.say()
        console.say(f"{sample.name}: {console.printable(sample.title)}")
        console.say(console.paragraph(sample.teaches, 4))
    return console.FINE
