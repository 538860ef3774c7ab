"""Write the CloudFormation template of an architecture."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from designer.catalog.catalog import load_catalog
from designer.cli import console, judged
from designer.cli.targets import refuse_source
from designer.errors import UserError
from designer.storage.files import replace_file
from designer.storage.samples import open_source

if TYPE_CHECKING:
    from designer.cloudformation.export import Export
    from designer.cloudformation.validation.messages import Message


def declare(parser: argparse.ArgumentParser) -> None:
    """The arguments."""
    parser.add_argument("file", metavar="FILE", help="an architecture file, or sample:NAME")
    parser.add_argument("-o", "--output", type=Path, metavar="OUT", help="where to write; standard output if left out")
    parser.add_argument("--format", choices=["yaml", "json"], help="default: json for OUT ending in .json, else yaml")
    parser.add_argument(
        "--no-drawing", action="store_true", help="leave the drawing out; `import` then has nothing to open"
    )
    parser.add_argument(
        "--lint",
        action="store_true",
        help="judge the template first, by the own rules, cloudformation-validate and cfn-lint; write none with errors",
    )
    parser.add_argument("--force", action="store_true", help="with --lint: write the template in spite of errors")


def run(options: argparse.Namespace) -> int:
    """Exports the file. Nothing is written unless the whole template could be made, and with `--lint` has no error."""
    out: Path | None = options.output
    if options.force and not options.lint:
        raise UserError("--force overrides what --lint finds", hint="Give both, or leave it out")
    catalog = load_catalog()
    opened = open_source(options.file, catalog)
    if out is not None:
        refuse_source(out, opened.path)
    from designer.cloudformation.export import export

    made = export(opened.architecture, catalog, drawing=not options.no_drawing)
    text: str = made.text(options.format or ("json" if out is not None and out.suffix == ".json" else "yaml"))
    messages = _lint(made, text, opened.architecture.settings.region) if options.lint else []
    if _has_errors(messages) and not options.force:
        console.note("The template is not written, because it has errors; --force writes it all the same.")
        return console.FOUND
    if out is None:
        console.say(text.removesuffix("\n"))
    else:
        replace_file(out, text.encode())
    for line in made.notes:
        console.note(f"note: {line}")
    return console.FOUND if judged.faulty(messages) else console.FINE


def _lint(made: Export, text: str, region: str) -> list[Message]:
    """What the judges say of the text, told on standard error: standard output may be the template."""
    from designer.cloudformation.validation.judges import validate
    from designer.cloudformation.validation.writers import place_all

    messages = validate(text, lint=True, regions=[region])
    judged.tell(place_all(messages, made.lines, made.titles), console.note)
    if not messages:
        console.note(f"No messages from the own rules, cloudformation-validate and cfn-lint for {region}.")
    return messages


def _has_errors(messages: list[Message]) -> bool:
    if not messages:
        return False
    from designer.cloudformation.validation.messages import Severity

    return any(message.severity is Severity.ERROR for message in messages)
