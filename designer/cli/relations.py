"""List what a wire can mean, and between which kinds."""

from __future__ import annotations

import argparse
from collections import defaultdict

from designer.catalog.catalog import load_catalog
from designer.catalog.entries import Relation
from designer.cli import console
from designer.cli.services import properties_as_json


def declare(parser: argparse.ArgumentParser) -> None:
    """The arguments."""
    parser.add_argument("--json", action="store_true", help="as JSON, with all properties")


def run(options: argparse.Namespace) -> int:
    """Prints each relation with its pairs of kinds."""
    relations = load_catalog().relations.values()
    if options.json:
        console.say_json([_as_json(relation) for relation in relations])
        return console.FINE
    for place, relation in enumerate(relations):
        if place:
            console.say()
        console.say(f"{relation.id}: {relation.title}")
        console.say(console.paragraph(relation.summary, 4))
        targets = defaultdict(list)
        for source, target in sorted(relation.pairs):
            targets[source].append(target)
        for source, ends in targets.items():
            console.say(f"    {source} -> {', '.join(ends)}")
    return console.FINE


def _as_json(relation: Relation) -> dict[str, object]:
    return {
        "id": relation.id,
        "title": relation.title,
        "summary": relation.summary,
        "pairs": [{"from": source, "to": target} for source, target in sorted(relation.pairs)],
        "properties": properties_as_json(dict(relation.properties)),
    }
