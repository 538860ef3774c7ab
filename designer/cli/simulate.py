"""Make zones, components or gateways fail, and say what still works."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from designer.catalog.catalog import load_catalog
from designer.cli import console
from designer.cli.plain import plain
from designer.model.architecture import Architecture
from designer.storage.samples import open_source

if TYPE_CHECKING:
    from designer.analysis.knock_out import KnockOut


def declare(parser: argparse.ArgumentParser) -> None:
    """The arguments."""
    parser.add_argument("file", metavar="FILE", help="an architecture file, or sample:NAME")
    parser.add_argument(
        "--fail",
        action="append",
        required=True,
        metavar="WHAT",
        help="the id of a component, zone:a, region, nat:a, or an event such as host:shop:0; several times for several",
    )
    parser.add_argument("--format", choices=["text", "json"], default="text", help="text (default) or json")


def run(options: argparse.Namespace) -> int:
    """Knocks out what is named and prints what happens; 1 when a flow does not work any more."""
    catalog = load_catalog()
    architecture = open_source(options.file, catalog).architecture
    from designer.analysis.knock_out import knock_out

    found = knock_out(architecture, catalog, options.fail)
    if options.format == "json":
        console.say_json(as_json(options.file, architecture, found))
    else:
        _print(options.file, architecture, found)
    return console.FOUND if found.stopped else console.FINE


def as_json(file: str, architecture: Architecture, found: KnockOut) -> dict[str, object]:
    """The result in the form of `resources/schema/simulate.json`."""
    return {
        "file": file,
        "name": architecture.settings.name,
        "stopped": [flow.id for flow in found.stopped],
        **plain(found),
    }


def _print(file: str, architecture: Architecture, found: KnockOut) -> None:
    console.say(console.printable(f"{architecture.settings.name} ({file})"))
    console.say(console.paragraph(f"Down: {', '.join(failure.label for failure in found.failures)}", 0))
    if found.flows:
        console.say()
        console.say("Flows")
    for flow in found.flows:
        works = " (works: it only has to be accepted)" if flow.works and not flow.completed else ""
        console.say(console.paragraph(f'"{flow.name}" {flow.text}{works}', 2))
    console.say()
    console.say("Components")
    for key in (key for wave in found.order for key in wave):
        effect = found.components[key]
        name = architecture.components[key].name or key
        console.say(console.paragraph(f"{name} ({key}) is {effect.state}: {'; '.join(effect.reasons)}", 2))
    fine = len(found.components) - sum(map(len, found.order))
    if fine:
        console.say(f"  {fine} {'component is' if fine == 1 else 'components are'} fine")
