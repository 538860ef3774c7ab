"""List the kinds of components, with their properties."""

from __future__ import annotations

import argparse

from designer.catalog.catalog import load_catalog
from designer.catalog.documentation import property_page
from designer.catalog.entries import Kind, Property
from designer.cli import console
from designer.cli.plain import plain


def declare(parser: argparse.ArgumentParser) -> None:
    """The arguments."""
    parser.add_argument("--json", action="store_true", help="as JSON, with all properties")


def run(options: argparse.Namespace) -> int:
    """Prints id, title and category of each kind."""
    catalog = load_catalog()
    if options.json:
        console.say_json([_as_json(kind) for kind in catalog.kinds.values()])
        return console.FINE
    wide = max(len(kind.title) for kind in catalog.kinds.values())
    for kind in catalog.kinds.values():
        console.say(f"{kind.id:<10} {kind.title:<{wide}}  {catalog.categories[kind.category].title}")
    return console.FINE


def properties_as_json(properties: dict[str, Property]) -> list[dict[str, object]]:
    """Properties in the form of `resources/schema/services.json`."""
    return [
        {
            "name": prop.name,
            "title": prop.title,
            "type": str(prop.type),
            "default": plain(prop.default),
            "formula": prop.formula,
            "choices": [{"value": plain(value), "title": title} for value, title in prop.choices.items()],
            "minimum": prop.minimum,
            "maximum": prop.maximum,
            "unit": prop.unit,
            "group": prop.group,
            "when": prop.when,
            "help": prop.help,
            "sets": prop.sets,
            "page": property_page(prop),
        }
        for prop in properties.values()
    ]


def _as_json(kind: Kind) -> dict[str, object]:
    return {
        "id": kind.id,
        "title": kind.title,
        "category": kind.category,
        "summary": kind.summary,
        "aliases": list(kind.aliases),
        "documentation": kind.documentation,
        "properties": properties_as_json(dict(kind.properties)),
    }
