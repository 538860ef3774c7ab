"""Every data rule: drawings that it speaks of, one for each of its cases, and drawings that it is silent about."""

from __future__ import annotations

from pathlib import Path

import pytest

from designer.analysis.analyse import analyse
from designer.analysis.component_rules import component_findings, contradictions
from designer.analysis.findings import Severity
from designer.analysis.rule_reader import read_rules
from designer.analysis.rules import load_rules, rule_book
from designer.assets import data
from designer.catalog.resolve import Resolution
from designer.errors import UserError
from tests.analysis.drawings import CATALOG, draw, rule_drawings
from tests.analysis.rules_page import EXAMPLES, PAGE, examples, page

BOOK = load_rules(CATALOG)
DATA_RULES = {key for key, rule in BOOK.rules.items() if rule.cases}
CASES = {rule: drawings for rule, drawings in rule_drawings().items() if rule in DATA_RULES}


_PLAIN = {
    "id": "ABC-01",
    "severity": "low",
    "category": "SPOF",
    "title": "t",
    "why": "w",
    "fix": "f",
    "sources": "[s]",
    "link": "https://x",
}


def rule_text(**change: str | None) -> str:
    """The text of a rule found by code, with keys changed, added, or taken away where they are `None`."""
    entry = {key: value for key, value in (_PLAIN | change).items() if value is not None}
    return "- {" + ", ".join(f"{key}: {value}" for key, value in entry.items()) + "}\n"


def rules_of(text: str) -> set[str]:
    """The data rules that speak of a drawing, before any of them gives way to another."""
    return {finding.rule for finding in component_findings(Resolution(draw(text), CATALOG), BOOK)}


def test_every_data_rule_has_its_drawings() -> None:
    """A rule without both kinds of drawing is not tested."""
    assert set(CASES) == DATA_RULES
    for rule, (hits, misses) in CASES.items():
        assert len(hits) >= len(BOOK[rule].cases), f"{rule} has more cases than drawings"
        assert misses, f"{rule} has no drawing that it is silent about"


@pytest.mark.parametrize("rule", sorted(CASES))
def test_the_rule_speaks_where_it_should_and_only_there(rule: str) -> None:
    """The findings of a rule on its drawings; together they use every one of its cases."""
    hits, misses = CASES[rule]
    said = []
    for text in hits:
        found = component_findings(Resolution(draw(text), CATALOG), BOOK)
        messages = [finding.message for finding in found if finding.rule == rule]
        assert messages, f"{rule} is silent about: {text}"
        said += messages
    assert len(set(said)) >= len(BOOK[rule].cases)
    for text in misses:
        assert rule not in rules_of(text), f"{rule} speaks of: {text}"


@pytest.mark.parametrize("rule", sorted(CASES))
def test_messages_are_complete(rule: str) -> None:
    """No placeholder is left, and the place is given."""
    for text in CASES[rule][0]:
        for finding in component_findings(Resolution(draw(text), CATALOG), BOOK):
            for part in (finding.message, finding.fix, finding.why):
                assert part and not {"{", "}"} & set(part), finding
                assert "None" not in part
            if finding.property is not None and finding.components and not finding.connections:
                kind = draw(text).components[finding.components[0]].kind
                assert finding.property in CATALOG.kinds[kind].properties


@pytest.mark.parametrize("rule", sorted(key for key in CASES if any(case.contradiction for case in BOOK[key].cases)))
def test_contradictions_are_errors_and_stay_errors(rule: str) -> None:
    """What AWS refuses is reported to the exporter, and no flow or queue makes it less."""
    refused = 0
    for text in CASES[rule][0]:
        architecture = draw(text)
        found = [finding for finding in contradictions(Resolution(architecture, CATALOG)) if finding.rule == rule]
        assert all(finding.severity is Severity.ERROR for finding in found)
        shown = [f for f in analyse(architecture, CATALOG).findings if f.rule == rule and f.severity is Severity.ERROR]
        assert len(shown) == len(found)
        refused += len(found)
    assert refused
    for text in CASES[rule][1]:
        assert rule not in {finding.rule for finding in contradictions(Resolution(draw(text), CATALOG))}


def test_only_contradictions_are_errors() -> None:
    """An error is what stops an export, and nothing else is."""
    for rule in BOOK.rules.values():
        for case in rule.cases:
            assert (case.severity is Severity.ERROR) == case.contradiction, rule.id


def test_the_good_defaults_of_every_kind_have_few_remarks() -> None:
    """A component as it comes from the palette has nothing worse than that it is alone."""
    for kind in CATALOG.kinds:
        worse = [f for f in analyse(draw(f"x: {kind}"), CATALOG).findings if f.severity.rank <= Severity.MEDIUM.rank]
        assert not worse, (kind, worse)


def test_the_page_of_rules_is_up_to_date() -> None:
    """`python -m tests.analysis.rules_page` writes it anew."""
    assert PAGE.read_text(encoding="utf-8") == page(BOOK)
    assert EXAMPLES.read_text(encoding="utf-8") == examples(BOOK)


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"id": "AB-1"}, "no id of a rule"),
        ({"severity": "grave"}, "'severity' is one of"),
        ({"category": "LUCK"}, "'category' is one of"),
        ({"title": None}, "the key 'title' is missing"),
        ({"fix": "'{1 +}'"}, "not an expression"),
        ({"sources": "[]"}, "at least one"),
        ({"link": "x"}, "address of a page"),
        ({"when": "'True'", "message": "m"}, "a case is either"),
        ({"for": "sqs", "when": "import os", "message": "m"}, "not an expression"),
        ({"extra": "1"}, "unknown key 'extra'"),
    ],
)
def test_a_broken_rule_is_refused_with_file_and_line(
    tmp_path: Path, change: dict[str, str | None], expected: str
) -> None:
    """The author of a rule is told where it is wrong."""
    file = tmp_path / "own.yaml"
    file.write_text(f"# a comment\n{rule_text(**change)}", encoding="utf-8")
    with pytest.raises(UserError) as error:
        read_rules(tmp_path)
    assert expected in str(error.value)
    assert error.value.file == file
    assert error.value.line == 2


def test_a_rule_for_what_does_not_exist_is_refused(tmp_path: Path) -> None:
    """A kind with a typing error would never be asked for."""
    rule = rule_text(**{"for": "sqqs", "when": "'True'", "message": "m"})
    (tmp_path / "own.yaml").write_text(rule, encoding="utf-8")
    with pytest.raises(UserError, match="'sqqs' is neither a kind nor a relation"):
        rule_book(read_rules(tmp_path), CATALOG.kinds, CATALOG.relations)


def test_a_file_that_is_no_list_is_refused(tmp_path: Path) -> None:
    """With its first line."""
    (tmp_path / "own.yaml").write_text("a: 1\n", encoding="utf-8")
    with pytest.raises(UserError, match="expected a list of rules"):
        read_rules(tmp_path)


def test_a_rule_given_twice_is_refused(tmp_path: Path) -> None:
    """Two files must not fight over one id."""
    text = (data("resources") / "rules" / "security.yaml").read_text(encoding="utf-8")
    for name in ("one.yaml", "two.yaml"):
        (tmp_path / name).write_text(text, encoding="utf-8")
    with pytest.raises(UserError, match="given twice"):
        read_rules(tmp_path)


def test_a_rule_of_ones_own_is_asked_for(tmp_path: Path) -> None:
    """A rule is data: a new file suffices."""
    text = "'{name} keeps {retention} s'"
    rule = rule_text(**{"id": "OWN-01", "for": "sqs", "when": "retention < 3600", "message": text})
    (tmp_path / "own.yaml").write_text(rule, encoding="utf-8")
    book = rule_book(read_rules(tmp_path), CATALOG.kinds, CATALOG.relations)
    found = component_findings(Resolution(draw("q: sqs retention=60; r: sqs"), CATALOG), book)
    assert [(finding.rule, finding.message, finding.components) for finding in found] == [
        ("OWN-01", "q keeps 60 s", ("q",))
    ]
