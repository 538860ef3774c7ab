"""List the rules of the analysis, or explain one: what it says, why, what to do, and who says so."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from designer.catalog.catalog import load_catalog
from designer.cli import console
from designer.cli.own_rules import chosen_rules, declare_rules
from designer.errors import UserError

if TYPE_CHECKING:
    from designer.analysis.rule_examples import Example
    from designer.analysis.rules import Case, Rule, RuleBook

_INDENT = 4


def declare(parser: argparse.ArgumentParser) -> None:
    """The arguments."""
    parser.add_argument("rule", nargs="?", metavar="RULE", help="the id of a rule to explain, such as SPOF-01")
    parser.add_argument("--json", action="store_true", help="as JSON, with everything that is known of each rule")
    declare_rules(parser)


def run(options: argparse.Namespace) -> int:
    """Prints the list, or one rule in full."""
    book = chosen_rules(options.rules, load_catalog())
    rules = [rule for _, rule in sorted(book.rules.items())] if options.rule is None else [_asked(options.rule, book)]
    if options.json:
        console.say_json([_as_json(rule) for rule in rules])
    elif options.rule is None:
        _print_list(rules)
    else:
        _print_rule(rules[0])
    return console.FINE


def _asked(key: str, book: RuleBook) -> Rule:
    from difflib import get_close_matches

    rule = book.rules.get(key.upper())
    if rule is None:
        near = get_close_matches(key.upper(), book.rules, n=3)
        hint = f"Did you mean {' or '.join(near)}?" if near else "aws-designer rules lists them."
        raise UserError(f"there is no rule {console.printable(key)!r}", hint=hint)
    return rule


def _print_list(rules: list[Rule]) -> None:
    for rule in rules:
        severities = "/".join(severities_of(rule))
        title = console.printable(rule.title)
        console.say(f"{rule.id:<8} {severities:<11} {rule.category:<23} {title}{' (your own)' if rule.own else ''}")


def severities_of(rule: Rule) -> list[str]:
    """The severities that a rule can have before its place is looked at, its own first."""
    return [str(severity) for severity in dict.fromkeys([rule.severity, *(case.severity for case in rule.cases)])]


def _print_rule(rule: Rule) -> None:
    from designer.analysis.rule_examples import example

    console.say(f"{rule.id}: {console.printable(rule.title)}")
    marks = [f"severity {' or '.join(severities_of(rule))}", str(rule.category)]
    if refuses(rule):
        marks.append("stops an export")
    console.say(f"{' ' * _INDENT}{', '.join(marks)}")
    if rule.known_as:
        _print_part("Known as", "; ".join(rule.known_as))
    _print_part("Why", rule.why)
    _print_part("Fix", rule.fix.plain)
    for case in rule.cases:
        _print_part(f"For {' '.join(case.of) if case.of != ('*',) else case.subject}", f"when {case.when.text}")
    if not rule.cases:
        _print_part("Found", "by looking at the drawing as a whole, in designer/analysis/graph_rules")
    for figure in rule.figures:
        _print_part("Figure", f"{figure.name} = {figure.value:g}: {figure.about} ({figure.source}, {figure.date})")
    _print_example(example(rule.id))
    _print_part("Source", "; ".join(rule.sources))
    for text in (rule.link, rule.place):
        if text:
            console.say(f"{' ' * _INDENT}{console.printable(text)}")


def _print_part(heading: str, text: str) -> None:
    console.say()
    console.say(console.paragraph(f"{heading}: {text}", _INDENT))


def _print_example(found: Example | None) -> None:
    if found is None:
        return
    console.say()
    console.say(f"{' ' * _INDENT}Example:")
    for line in found.drawing:
        console.say(f"{' ' * 2 * _INDENT}{line}")
    console.say(console.paragraph(f"It says: {found.says}", _INDENT))


def refuses(rule: Rule) -> bool:
    """Whether it finds what AWS refuses, in one of its cases at least."""
    return rule.contradiction or any(case.contradiction for case in rule.cases)


def _as_json(rule: Rule) -> dict[str, object]:
    """A rule in the form of `resources/schema/rules.json`."""
    from designer.analysis.rule_examples import example

    found = example(rule.id)
    return {
        "id": rule.id,
        "severity": str(rule.severity),
        "severities": severities_of(rule),
        "category": str(rule.category),
        "title": rule.title,
        "known_as": list(rule.known_as),
        "why": rule.why,
        "fix": rule.fix.plain,
        "stops_export": refuses(rule),
        "found_by": "condition" if rule.cases else "code",
        "cases": [_case(case) for case in rule.cases],
        "figures": [
            {"name": f.name, "value": f.value, "about": f.about, "source": f.source, "date": f.date}
            for f in rule.figures
        ],
        "example": None if found is None else {"drawing": list(found.drawing), "says": found.says},
        "sources": list(rule.sources),
        "link": rule.link,
        "own": rule.own,
    }


def _case(case: Case) -> dict[str, object]:
    return {
        "subject": str(case.subject),
        "of": list(case.of),
        "when": case.when.text,
        "message": case.message.plain,
        "severity": str(case.severity),
        "stops_export": case.contradiction,
        "property": case.property,
    }
