"""Rules of the user's own, beside the built-in ones: a folder of YAML files in the same form.

They are read with limits, their conditions are the closed language of the catalog, and they neither replace nor hide
a built-in rule.
"""

from __future__ import annotations

import os
import sys
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from designer.analysis.analyser import Analyser
from designer.analysis.budget import LIVE, Budget
from designer.analysis.component_rules import order_of
from designer.analysis.findings import Analysis, Finding, Severity
from designer.analysis.rule_names import check_names
from designer.analysis.rules import Category, RuleBook, built_in_entries, load_rules, outside, rule_book
from designer.catalog.catalog import Catalog
from designer.errors import UserError
from designer.language import tr
from designer.model.architecture import Architecture

VARIABLE = "AWS_DESIGNER_RULES"
"""The environment variable that names the folder; set and empty, it means none."""
UNREADABLE = "RUL-01"
"""What a finding about rules that cannot be read is called; no rule of the catalogue has this id."""


def usual_folder() -> Path | None:
    """The folder that is read where none is named; it need not exist. `None` where there is no home folder."""
    named = os.environ.get(VARIABLE)
    if named is not None:
        return Path(named) if named else None
    try:
        return _config_folder() / "aws-architecture-designer" / "rules"
    except RuntimeError:
        return None


def _config_folder() -> Path:
    if sys.platform == "win32":
        return Path(os.environ.get("APPDATA") or Path.home() / "AppData" / "Roaming")
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support"
    return Path(os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config")


def rules_of(catalog: Catalog, folder: Path | None = None) -> RuleBook:
    """The built-in rules, and those of a folder: the usual one, if it is there, where none is named.

    Raises `UserError` with file and line for what does not fit, and for a named folder that does not exist.
    """
    named = folder is not None
    folder = folder or usual_folder()
    if folder is None or not (named or folder.is_dir()):
        return load_rules(catalog)
    if not folder.is_dir():
        raise UserError(tr("there is no such folder of rules"), file=folder)
    return _book(_Same(catalog), folder, _state(folder))


def analysis_with_own(
    architecture: Architecture,
    catalog: Catalog,
    analyser: Analyser | None = None,
    budget: Budget = LIVE,
    *,
    hasty: bool = False,
) -> Analysis:
    """The analysis by the built-in rules and those of the usual folder.

    Where the latter cannot be read, the analysis goes by the built-in ones, and a finding says what is wrong. An
    `analyser` that is kept gives it sooner after an edit (see there for `hasty`). Raises `Cancelled`.
    """
    work = analyser or Analyser(catalog)
    try:
        rules = rules_of(catalog)
    except UserError as error:
        found = work.analyse(architecture, budget, hasty=hasty)
        return replace(found, findings=tuple(sorted((*found.findings, _unreadable(error)), key=order_of)))
    return work.analyse(architecture, budget, rules=rules, hasty=hasty)


def _unreadable(error: UserError) -> Finding:
    return Finding(
        rule=UNREADABLE,
        severity=Severity.MEDIUM,
        title=tr("Your own rules cannot be read"),
        message=f"{error}",
        why=tr("None of them is checked until all of them can be read."),
        fix=tr("Mend the file, then choose Analyse > Reload Rules."),
        category=Category.MISCONFIGURATION,
        source=tr("rules of your own"),
    )


def own_rules(book: RuleBook) -> int:
    """How many of them are the user's own."""
    return sum(rule.own for rule in book.rules.values())


def _state(folder: Path) -> tuple[tuple[str, int, int], ...]:
    """What tells one state of a folder from another: names, sizes and times of its files."""
    try:
        files = [(file.name, file.stat()) for file in sorted(folder.glob("*.yaml"))]
    except OSError as error:
        raise UserError(tr("cannot be read: {error}", error=error.strerror or error), file=folder) from error
    return tuple((name, stat.st_size, stat.st_mtime_ns) for name, stat in files)


class _Same:
    """A catalog as a key: equal to itself alone."""

    def __init__(self, catalog: Catalog) -> None:
        self.catalog = catalog

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other.catalog is self.catalog

    def __hash__(self) -> int:
        return id(self.catalog)


@lru_cache(maxsize=4)
def _book(same: _Same, folder: Path, _state: tuple[tuple[str, int, int], ...]) -> RuleBook:
    return _read(same.catalog, folder)


def _read(catalog: Catalog, folder: Path) -> RuleBook:
    from designer.analysis.rule_reader import read_rules

    built_in = built_in_entries()
    taken = {UNREADABLE, *(entry["id"] for entry in built_in)}
    own = read_rules(folder, own=True)
    for entry in own:
        if entry["id"] in taken:
            message = tr("{entry} is a built-in rule: a rule of your own needs an id of its own", entry=entry["id"])
            raise UserError(
                message, file=Path(entry["file"]), line=entry["line"], hint=tr("Use letters such as ORG or MY.")
            )
    book = rule_book([*built_in, *own], catalog.kinds, catalog.relations, outside(catalog))
    check_names((rule for rule in book.rules.values() if rule.own), catalog)
    return book
