"""Writes docs/rules.md from the files of rules, and an example of each rule from the drawings of the tests.

python -m tests.analysis.rules_page
"""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path

from designer.analysis.component_rules import component_findings
from designer.analysis.findings import Severity
from designer.analysis.graph_rules import graph_findings
from designer.analysis.graph_rules.context import Context
from designer.analysis.rule_examples import FILE
from designer.analysis.rules import Category, Rule, RuleBook, load_rules
from designer.assets import data
from designer.catalog.catalog import load_catalog
from designer.catalog.resolve import Resolution
from tests.analysis.drawings import CATALOG, draw, rule_drawings

EXAMPLES = data("resources").joinpath(*FILE)
PAGE = Path(__file__).resolve().parents[2] / "docs" / "rules.md"

_HEAD = """# Rules

What the analysis looks for. This page is written from `resources/rules/*.yaml` by
`python -m tests.analysis.rules_page`; change it there. How severities depend on the place, and which findings give
way to others, is said in [analysis.md](analysis.md).

Severities are those of the worst case. Rules marked *refused* stop an export, since AWS would refuse the template or
what it makes could not work. Rules marked *code* look at the graph (`designer/analysis/graph_rules`), all others are
conditions over the properties of one component, wire or network. Names in italics are those of the literature.
`aws-designer rules RULE` explains one rule, with its condition and an example; [own-rules.md](own-rules.md) tells how
to add your own.
"""

_FIGURES = """## Figures

Quotas and limits of AWS change, and thresholds are a matter of judgement: this is what the rules go by, who says so,
and the month in which that was looked up. Questions that no rule answers are listed in [analysis.md](analysis.md).

"""


def page(book: RuleBook) -> str:
    """The whole page."""
    counts = Counter(rule.severity for rule in book.rules.values())
    numbers = ", ".join(f"{counts[severity]} {severity}" for severity in Severity)
    parts = [_HEAD, f"{len(book.rules)} rules: {numbers}.\n"]
    for category in Category:
        rules = [rule for _, rule in sorted(book.rules.items()) if rule.category is category]
        parts.append(f"## {category.capitalize()}\n")
        parts.append("| rule | severity | what it says | why, and what to do | source |\n|---|---|---|---|---|")
        parts += [_row(rule) for rule in rules]
        parts.append("")
    parts.append(_FIGURES + _figures(book))
    return "\n".join(parts).rstrip() + "\n"


def _figures(book: RuleBook) -> str:
    rows = [
        f"| {rule.id} | {figure.value:,g} | {_cell(figure.about)} | {_cell(figure.source)} | {figure.date} |"
        for _, rule in sorted(book.rules.items())
        for figure in rule.figures
    ]
    return "\n".join(["| rule | figure | what | source | as of |", "|---|---|---|---|---|", *rows])


def _row(rule: Rule) -> str:
    marks = []
    if any(case.contradiction for case in rule.cases) or rule.contradiction:
        marks.append("refused")
    if not rule.cases:
        marks.append("code")
    severities = dict.fromkeys([rule.severity, *(case.severity for case in rule.cases)])
    severity = " or ".join(severities) + (f" ({', '.join(marks)})" if marks else "")
    title = _cell(rule.title) + "".join(f"; *{_cell(name)}*" for name in rule.known_as)
    about = f"{_cell(rule.why)} {_cell(rule.fix.plain)}"
    return f"| {rule.id} | {severity} | {title} | {about} | [{_cell('; '.join(rule.sources))}]({rule.link}) |"


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")


def examples(book: RuleBook) -> str:
    """For each rule its first drawing, and what it says of that."""
    found = {}
    for rule, (hits, _) in sorted(rule_drawings().items()):
        resolution = Resolution(draw(hits[0]), CATALOG)
        findings = [*component_findings(resolution, book), *graph_findings(Context(resolution, book))]
        says = next(finding.message for finding in findings if finding.rule == rule)
        drawing = [line.strip() for line in re.split("[\n;]", hits[0]) if line.strip()]
        found[rule] = {"drawing": drawing, "says": says}
    return json.dumps(found, indent=1, ensure_ascii=False) + "\n"


def main() -> None:
    """Writes both."""
    book = load_rules(load_catalog())
    PAGE.write_text(page(book), encoding="utf-8")
    EXAMPLES.write_text(examples(book), encoding="utf-8")


if __name__ == "__main__":
    main()
