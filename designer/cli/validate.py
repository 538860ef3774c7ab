"""say what would go wrong when a CloudFormation template is deployed"""

from __future__ import annotations

import argparse
from pathlib import Path

from designer.catalog.catalog import load_catalog
from designer.cli import console
from designer.storage.samples import open_source
from designer.yaml_source import read_text


def declare(parser: argparse.ArgumentParser) -> None:
    """The arguments."""
    parser.add_argument("file", metavar="FILE", help="a template (YAML or JSON), an architecture file, or sample:NAME")
    parser.add_argument("--lint", action="store_true", help="ask cloudformation-validate and cfn-lint too")
    parser.add_argument("--format", choices=["text", "json"], default="text", help="text (default) or json")


def run(options: argparse.Namespace) -> int:
    """Prints the messages, worst first; the exit code is 1 when one of them is an error or a warning."""
    from designer.cloudformation.validation.judges import validate
    from designer.cloudformation.validation.messages import Severity

    messages = validate(_template(options.file), engine=options.lint, lint=options.lint)
    if options.format == "json":
        console.say_json([message.as_data() for message in messages])
    for message in messages if options.format == "text" else ():
        place = f"line {message.line}" + (f", {message.resource}" if message.resource else "")
        console.say(f"{message.severity.upper():8}{message.text}  [{message.rule}]\n        {place}")
        if message.hint:
            console.say(f"        {message.hint}")
    if not messages and options.format == "text":
        console.say("Nothing to say: no rule found a fault.")
    return console.FOUND if any(m.severity is not Severity.INFO for m in messages) else console.FINE


def _template(name: str) -> str:
    """The text of a template; an architecture is exported first."""
    path = Path(name)
    if name.startswith("sample:") or path.name.endswith(".arch.yaml"):
        from designer.cloudformation.export import export

        catalog = load_catalog()
        return export(open_source(name, catalog).architecture, catalog, drawing=True).text()
    return read_text(path)
