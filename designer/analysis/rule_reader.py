"""Reads the files of rules into plain data, naming file and line of whatever does not fit."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from designer.analysis.findings import Severity
from designer.analysis.recipes import Together, read_recipes
from designer.analysis.rule_text import RuleText
from designer.catalog.expressions import ExpressionError
from designer.catalog.reader import Entry
from designer.errors import UserError
from designer.yaml_source import Node, parse, read_text

_ID = re.compile(r"[A-Z0-9]{2,4}-\d\d")
_SUBJECTS = {"for": "component", "wire": "wire"}
_WHOLE = {"vpc": "vpc", "architecture": "architecture"}


def read_rules(folder: Path) -> list[dict[str, Any]]:
    """All rules of a folder as plain data, ordered by id. Raises `UserError` for the first that does not fit."""
    rules: dict[str, dict[str, Any]] = {}
    for file in sorted(folder.glob("*.yaml")):
        for node in _entries(file):
            rule = _read_rule(Entry(node, file, "rule"))
            if rule["id"] in rules:
                raise UserError(f"the rule {rule['id']} is given twice", file=file, line=node.line, name=rule["id"])
            rules[rule["id"]] = rule
    return [rules[key] for key in sorted(rules)]


def _entries(file: Path) -> list[Node]:
    node = parse(read_text(file), file)
    if node is None or not isinstance(node.value, list):
        raise UserError("expected a list of rules", file=file, line=node.line if node else 1)
    return node.value


def _read_rule(entry: Entry) -> dict[str, Any]:
    entry.name = entry.text("id")
    if not _ID.fullmatch(entry.name):
        raise entry.error(f"{entry.name!r} is no id of a rule: capitals, a hyphen and two digits", "id")
    rule = {
        "id": entry.name,
        "severity": str(entry.member("severity", Severity)),
        "category": _category(entry),
        "title": entry.text("title"),
        "why": entry.text("why"),
        "fix": _text(entry, "fix"),
        "sources": _texts(entry, "sources"),
        "link": entry.text("link"),
        "covered_by": entry.take("covered_by", list, []),
        "proven": entry.take("proven", bool, False),
        "fixes": read_recipes(entry),
        "together": str(entry.member("together", Together)) if "together" in entry.left else None,
        "no_fix": entry.text("no_fix", None),
        "contradiction": entry.take("contradiction", bool, False),
        "file": str(entry.file),
        "line": entry.node.line,
    }
    if not rule["link"].startswith("https://"):
        raise entry.error("'link' is the address of a page, https://...", "link")
    rule["cases"] = _read_cases(entry, rule["contradiction"])
    entry.done()
    return rule


def _category(entry: Entry) -> str:
    from designer.analysis.rules import Category

    name: str = entry.text("category")
    if name not in Category.__members__:
        raise entry.error(f"'category' is one of {', '.join(Category.__members__)}; got {name!r}", "category")
    return name


def _read_cases(entry: Entry, contradiction: bool) -> list[dict[str, Any]]:
    """The cases below `cases`, or the one that stands in the rule itself; a rule found by code has none."""
    if "cases" in entry.left:
        nodes = entry.list_of("cases")
        return [_read_case(Entry(node, entry.file, entry.name), contradiction, last=True) for node in nodes]
    if "when" in entry.left:
        return [_read_case(entry, contradiction, last=False)]
    return []


def _read_case(entry: Entry, contradiction: bool, *, last: bool) -> dict[str, Any]:
    subject, of = _subject(entry)
    case = {
        "subject": subject,
        "of": of,
        "when": entry.formula("when"),
        "message": _text(entry, "message"),
        "property": entry.text("property", None),
        "severity": str(entry.member("severity", Severity)) if last and "severity" in entry.left else None,
        "contradiction": entry.take("contradiction", bool, contradiction) if last else contradiction,
        "line": entry.node.line,
    }
    if last:
        entry.done()
    return case


def _subject(entry: Entry) -> tuple[str, list[str]]:
    given = [key for key in _SUBJECTS if key in entry.left]
    if len(given) != 1:
        raise entry.error("a case is either 'for' kinds, vpc or architecture, or for the relations of a 'wire'")
    value = entry.take(given[0], (str, list))
    if given[0] == "for" and isinstance(value, str) and value in _WHOLE:
        return _WHOLE[value], ["*"]
    return _SUBJECTS[given[0]], [value] if isinstance(value, str) else [str(one) for one in value]


def _text(entry: Entry, key: str) -> str:
    text: str = entry.text(key)
    try:
        RuleText(text)
    except ExpressionError as error:
        raise entry.error(str(error), key) from error
    return text


def _texts(entry: Entry, key: str) -> list[str]:
    texts = entry.take(key, list)
    if not texts or not all(isinstance(text, str) for text in texts):
        raise entry.error(f"{key!r} is a list of texts, with at least one", key)
    return [str(text) for text in texts]
