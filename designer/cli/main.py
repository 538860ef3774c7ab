"""The command `aws-designer`: opens the window, or runs one of the commands that need none.

Exit codes: 0 all is well, 1 findings at or above the asked severity, differences, or faults of a template, 2 bad input
or usage, 130 interrupted.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

from designer import __version__
from designer.cli import (
    arrange,
    check,
    console,
    diff,
    export,
    fix,
    graph,
    import_template,
    merge,
    new,
    open_window,
    relations,
    render,
    report,
    rules,
    samples,
    schema,
    services,
    simulate,
    validate,
)
from designer.errors import UserError

_COMMANDS = {
    "open": open_window,
    "check": check,
    "fix": fix,
    "simulate": simulate,
    "report": report,
    "export": export,
    "import": import_template,
    "diff": diff,
    "merge": merge,
    "validate": validate,
    "render": render,
    "arrange": arrange,
    "graph": graph,
    "samples": samples,
    "new": new,
    "services": services,
    "relations": relations,
    "rules": rules,
    "schema": schema,
}
INTERRUPTED = 130
PIPE_CLOSED = 141
"""What a shell reports for a program that ended because nobody read its output any more."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs a command line (by default the process's own) and gives its exit code; SystemExit for usage errors."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    try:
        console.prepare()
        options = _parser().parse_args(_with_command(given))
        status: int = options.run(options)
        console.flush()
        return status
    except UserError as error:
        console.complain(error)
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        console.abandon()
        return PIPE_CLOSED
    except OSError as error:
        console.complain(UserError(f"the output cannot be written: {error.strerror or error}"))
        console.abandon()
    return console.BAD_INPUT


def _with_command(given: list[str]) -> list[str]:
    """`aws-designer FILE` is short for `aws-designer open FILE`."""
    if given and (given[0] in _COMMANDS or given[0] in ("-h", "--help", "--version")):
        return given
    return ["open", *given]


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="aws-designer",
        usage="aws-designer [FILE]\n       aws-designer COMMAND ...",
        description="Draw an AWS architecture, see what breaks it, and export CloudFormation that deploys.",
        epilog="Without a command the window opens. FILE is an architecture file, or sample:NAME.",
        allow_abbrev=False,
    )
    parser.add_argument("--version", action="version", version=f"aws-designer {__version__}")
    commands = parser.add_subparsers(metavar="COMMAND", required=True, title="commands", prog="aws-designer")
    for name, module in _COMMANDS.items():
        text = (module.__doc__ or "").partition("\n")[0]
        brief = text[:1].lower() + text[1:].removesuffix(".")
        command = commands.add_parser(name, help=brief, description=text, allow_abbrev=False)
        module.declare(command)
        command.set_defaults(run=module.run, commands=tuple(_COMMANDS))
    return parser
