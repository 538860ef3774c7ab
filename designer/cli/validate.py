"""say what would go wrong when a CloudFormation template is deployed"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from designer.catalog.catalog import load_catalog
from designer.cli import console, judged
from designer.storage.samples import open_source
from designer.yaml_source import read_text

if TYPE_CHECKING:
    from designer.cloudformation.validation.writers import Placed


def declare(parser: argparse.ArgumentParser) -> None:
    """The arguments."""
    parser.add_argument("file", metavar="FILE", help="a template (YAML or JSON), an architecture file, or sample:NAME")
    parser.add_argument("--lint", action="store_true", help="ask cloudformation-validate and cfn-lint too")
    parser.add_argument("--format", choices=["text", "json"], default="text", help="text (default) or json")


def run(options: argparse.Namespace) -> int:
    """Prints the messages, worst first; the exit code is 1 when one of them is an error or a warning."""
    placed = _judged(options.file, lint=options.lint)
    messages = [each.message for each in placed]
    if options.format == "json":
        console.say_json([message.as_data() for message in messages])
    elif not messages:
        console.say("Nothing to say: no rule found a fault.")
    else:
        judged.tell(placed, console.say)
    return console.FOUND if judged.faulty(messages) else console.FINE


def _judged(name: str, *, lint: bool) -> list[Placed]:
    """What the judges say of a template, or of the export of an architecture."""
    from designer.cloudformation.validation.judges import validate
    from designer.cloudformation.validation.writers import place_all

    path = Path(name)
    if not name.startswith("sample:") and not path.name.endswith(".arch.yaml"):
        return place_all(validate(read_text(path), engine=lint, lint=lint), (), {})
    from designer.cloudformation.export import export

    catalog = load_catalog()
    architecture = open_source(name, catalog).architecture
    made = export(architecture, catalog, drawing=True)
    messages = validate(made.text(), engine=lint, lint=lint, regions=[architecture.settings.region])
    return place_all(messages, made.lines, made.titles)
