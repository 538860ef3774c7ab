"""The option `--rules`, which several commands share."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from designer.catalog.catalog import Catalog
from designer.cli import console

if TYPE_CHECKING:
    from designer.analysis.rules import RuleBook


def declare_rules(parser: argparse.ArgumentParser) -> None:
    """The option."""
    text = "a folder of rules of your own, beside the built-in ones (default: the one of your configuration, if any)"
    parser.add_argument("--rules", type=Path, metavar="DIR", help=text)


def chosen_rules(folder: Path | None, catalog: Catalog) -> RuleBook:
    """The built-in rules and the user's own; says on standard error that there are some of the latter.

    Raises `UserError` for rules that cannot be read.
    """
    from designer.analysis.own_rules import own_rules, rules_of, usual_folder

    book = rules_of(catalog, folder)
    count = own_rules(book)
    if count:
        where = console.printable(str(folder or usual_folder()))
        console.note(f"note: {count} {'rule' if count == 1 else 'rules'} of your own from {where}")
    return book
