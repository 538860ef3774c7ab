"""Reads the files of rules into plain data, naming file and line of whatever does not fit.

Rules of the user's own have the same form. They may leave out what only the built-in ones must have (source and link),
and are never errors or contradictions: those stand for what AWS refuses, and stop an export.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from designer.analysis.findings import Severity
from designer.analysis.recipes import Together, read_recipes
from designer.analysis.rule_text import RuleText
from designer.catalog.expressions import FUNCTIONS, Constants, ExpressionError, compile_expression
from designer.catalog.reader import Entry
from designer.errors import UserError
from designer.language import tr
from designer.yaml_source import Node, parse, read_text

_ID = re.compile(r"[A-Z0-9]{2,4}-\d\d")
_NAME = re.compile(r"[a-z][a-z_]{0,39}")
_MONTH = re.compile(r"\d{4}-(0[1-9]|1[0-2])(-\d\d)?")
MOST_FILES = 100
MOST_BYTES = 256 * 1024
MOST_CASES = 2000
"""Limits of a folder of the user's own rules: files, bytes of each, and conditions of all."""
_SUBJECTS = {"for": "component", "wire": "wire"}
_WHOLE = {"vpc": "vpc", "architecture": "architecture"}


def read_rules(folder: Path, *, own: bool = False) -> list[dict[str, Any]]:
    """All rules of a folder as plain data, ordered by id. Raises `UserError` for the first that does not fit.

    `own` rules are a user's: read with limits, and without the keys that are for built-in ones alone.
    """
    rules: dict[str, dict[str, Any]] = {}
    cases = 0
    for file in _files(folder, own):
        for node in _entries(file, own):
            rule = _read_rule(Entry(node, file, "rule"), own)
            if rule["id"] in rules:
                raise UserError(
                    tr("the rule {rule} is given twice", rule=rule["id"]), file=file, line=node.line, name=rule["id"]
                )
            rules[rule["id"]] = rule
            cases += len(rule["cases"])
            if own and cases > MOST_CASES:
                raise UserError(
                    tr("rules of your own have at most {most_cases} conditions", most_cases=MOST_CASES),
                    file=file,
                    line=node.line,
                )
    return [rules[key] for key in sorted(rules)]


def _files(folder: Path, own: bool) -> list[Path]:
    try:
        files = sorted(file for file in folder.glob("*.yaml") if not own or file.is_file())
    except OSError as error:
        raise UserError(tr("cannot be read: {error}", error=error.strerror or error), file=folder) from error
    if own and len(files) > MOST_FILES:
        raise UserError(
            tr(
                "a folder of rules has at most {most_files} files, this one {count}",
                most_files=MOST_FILES,
                count=len(files),
            ),
            file=folder,
        )
    return files


def _entries(file: Path, own: bool) -> list[Node]:
    if own and _size(file) > MOST_BYTES:
        raise UserError(
            tr("a file of rules has at most {most_bytes} KiB", most_bytes=MOST_BYTES // 1024),
            file=file,
            hint=tr("Cut it in two."),
        )
    node = parse(read_text(file), file)
    if own and (node is None or node.value is None):
        return []
    if node is None or not isinstance(node.value, list):
        raise UserError(tr("expected a list of rules"), file=file, line=node.line if node else 1)
    return node.value


def _size(file: Path) -> int:
    try:
        return file.stat().st_size
    except OSError as error:
        raise UserError(tr("cannot be read: {error}", error=error.strerror or error), file=file) from error


def _read_rule(entry: Entry, own: bool) -> dict[str, Any]:
    entry.name = entry.text("id")
    if not _ID.fullmatch(entry.name):
        raise entry.error(tr("{name!r} is no id of a rule: capitals, a hyphen and two digits", name=entry.name), "id")
    figures = _figures(entry)
    constants = tuple((name, figure["value"]) for name, figure in figures.items())
    rule = {
        "id": entry.name,
        "severity": str(entry.member("severity", Severity)),
        "category": _category(entry),
        "title": entry.text("title"),
        "known_as": _texts(entry, "known_as") if "known_as" in entry.left else [],
        "why": entry.text("why"),
        "fix": _text(entry, "fix", constants),
        "sources": [tr("rule of your own, {name}", name=entry.file.name)] if own else _texts(entry, "sources"),
        "figures": figures,
        "link": "" if own and "link" not in entry.left else entry.text("link"),
        "covered_by": entry.take("covered_by", list, []),
        "proven": entry.take("proven", bool, False),
        "fixes": read_recipes(entry),
        "together": str(entry.member("together", Together)) if "together" in entry.left else None,
        "no_fix": entry.text("no_fix", None),
        "contradiction": entry.take("contradiction", bool, False),
        "file": str(entry.file),
        "line": entry.node.line,
        "own": own,
    }
    if own and "sources" in entry.left:
        rule["sources"] = [*rule["sources"], *_texts(entry, "sources")]
    if not rule["link"].startswith("https://") and not (own and not rule["link"]):
        raise entry.error(tr("'link' is the address of a page, https://..."), "link")
    rule["cases"] = _read_cases(entry, rule["contradiction"], constants)
    if own:
        _check_own(entry, rule)
    entry.done()
    return rule


def _check_own(entry: Entry, rule: dict[str, Any]) -> None:
    if rule["fixes"]:
        raise entry.error(tr("a rule of your own cannot change the drawing: it has no 'fixes'"), "fixes")
    if not rule["cases"]:
        raise entry.error(tr("a rule of your own needs a condition: the key 'when', or 'cases'"))
    for part in (rule, *rule["cases"]):
        if part["severity"] == Severity.ERROR or part["contradiction"]:
            message = tr("a rule of your own is 'high' at most: errors are what AWS refuses, and stop an export")
            error = entry.error(message, "severity")
            raise UserError(message, file=entry.file, line=max(error.line or 1, part["line"]), name=entry.name)


def _figures(entry: Entry) -> dict[str, dict[str, Any]]:
    """The numbers that a rule goes by, each with what it is, who says so, and of when that is."""
    figures = {}
    for name, node in entry.nodes("figures").items():
        if not _NAME.fullmatch(name) or name in FUNCTIONS:
            raise entry.error(
                tr("{name!r} is no name for a figure: small letters and underscores", name=name), "figures"
            )
        figure = Entry(node, entry.file, entry.name)
        figures[name] = {
            "value": figure.take("value", (int, float)),
            "about": figure.text("about"),
            "source": figure.text("source"),
            "date": figure.text("date"),
        }
        if not _MONTH.fullmatch(figures[name]["date"]):
            raise figure.error(tr("'date' is a month such as 2026-11"), "date")
        figure.done()
    return figures


def _category(entry: Entry) -> str:
    from designer.analysis.rules import Category

    name: str = entry.text("category")
    if name not in Category.__members__:
        raise entry.error(
            tr("'category' is one of {names}; got {name!r}", names=", ".join(Category.__members__), name=name),
            "category",
        )
    return name


def _read_cases(entry: Entry, contradiction: bool, constants: Constants) -> list[dict[str, Any]]:
    """The cases below `cases`, or the one that stands in the rule itself; a rule found by code has none."""
    if "cases" in entry.left:
        entries = [Entry(node, entry.file, entry.name) for node in entry.list_of("cases")]
        return [_read_case(case, contradiction, constants, last=True) for case in entries]
    if "when" in entry.left:
        return [_read_case(entry, contradiction, constants, last=False)]
    return []


def _read_case(entry: Entry, contradiction: bool, constants: Constants, *, last: bool) -> dict[str, Any]:
    subject, of = _subject(entry)
    case = {
        "subject": subject,
        "of": of,
        "when": _condition(entry, constants),
        "message": _text(entry, "message", constants),
        "property": entry.text("property", None),
        "severity": str(entry.member("severity", Severity)) if last and "severity" in entry.left else None,
        "contradiction": entry.take("contradiction", bool, contradiction) if last else contradiction,
        "line": entry.node.line,
    }
    if last:
        entry.done()
    return case


def _condition(entry: Entry, constants: Constants) -> str:
    text = str(entry.take("when", (str, int, bool)))
    try:
        compile_expression(text, constants)
    except ExpressionError as error:
        raise entry.error(str(error), "when") from error
    return text


def _subject(entry: Entry) -> tuple[str, list[str]]:
    given = [key for key in _SUBJECTS if key in entry.left]
    if len(given) != 1:
        raise entry.error(tr("a case is either 'for' kinds, vpc or architecture, or for the relations of a 'wire'"))
    value = entry.take(given[0], (str, list))
    if given[0] == "for" and isinstance(value, str) and value in _WHOLE:
        return _WHOLE[value], ["*"]
    return _SUBJECTS[given[0]], [value] if isinstance(value, str) else [str(one) for one in value]


def _text(entry: Entry, key: str, constants: Constants) -> str:
    text: str = entry.text(key)
    try:
        RuleText(text, constants)
    except ExpressionError as error:
        raise entry.error(str(error), key) from error
    return text


def _texts(entry: Entry, key: str) -> list[str]:
    texts = entry.take(key, list)
    if not texts or not all(isinstance(text, str) for text in texts):
        raise entry.error(tr("{key!r} is a list of texts, with at least one", key=key), key)
    return [str(text) for text in texts]
