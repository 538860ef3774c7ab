"""Rules of the user's own: read with care, told apart from the built-in ones, and never in their way."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from designer.analysis.analyse import analyse
from designer.analysis.component_rules import _Evaluation, contradictions
from designer.analysis.findings import Severity
from designer.analysis.own_rules import VARIABLE, own_rules, rules_of, usual_folder
from designer.analysis.rule_names import FUNCTIONS_OF, OF_COMPONENTS, OF_VPCS, check_names
from designer.analysis.rule_reader import MOST_BYTES, MOST_CASES, MOST_FILES
from designer.analysis.rules import Subject, load_rules
from designer.catalog.resolve import Resolution
from designer.errors import UserError
from tests.analysis.drawings import CATALOG, draw
from tests.analysis.test_component_rules import rule_text

OWN = {"id": "ORG-01", "sources": None, "link": None, "for": "sqs", "when": "retention < 3600", "message": "m"}


def own_text(**change: str | None) -> str:
    """The text of a rule of one's own, with keys changed, added or taken away."""
    return rule_text(**(OWN | change))


def folder_with(folder: Path, text: str) -> Path:
    """The folder, with one file of rules in it."""
    (folder / "own.yaml").write_text(text, encoding="utf-8")
    return folder


def test_it_is_checked_beside_the_built_in_ones(tmp_path: Path) -> None:
    """Its findings say whose it is, and all others stay as they are."""
    architecture = draw("q: sqs retention=60; f: lambda; q triggers f")
    book = rules_of(CATALOG, folder_with(tmp_path, own_text(message="'{name} keeps {retention} s'")))
    found = analyse(architecture, CATALOG, rules=book).findings
    (own,) = [finding for finding in found if finding.rule == "ORG-01"]
    assert (own.message, own.components, own.source) == ("q keeps 60 s", ("q",), "rule of your own, own.yaml")
    assert [f for f in found if f is not own] == list(analyse(architecture, CATALOG).findings)
    assert own_rules(book) == 1 and book["ORG-01"].place == f"{tmp_path / 'own.yaml'}:1"


def test_figures_are_known_by_name(tmp_path: Path) -> None:
    """In conditions and in texts."""
    figures = "{hour: {value: 3600, about: an hour, source: clock, date: 2026-01}}"
    text = own_text(figures=figures, when="retention < hour", message="'{retention} below {hour}'")
    book = rules_of(CATALOG, folder_with(tmp_path, text))
    found = analyse(draw("q: sqs retention=60"), CATALOG, rules=book).findings
    assert "60 below 3600" in {finding.message for finding in found}
    assert book["ORG-01"].figure("hour") == 3600


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"id": "SQS-01"}, "SQS-01 is a built-in rule"),
        ({"id": "org-1"}, "no id of a rule"),
        ({"severity": "error"}, "'high' at most"),
        ({"fixes": "[dead-letters]"}, "has no 'fixes'"),
        ({"contradiction": "true"}, "'high' at most"),
        ({"when": None, "for": None, "message": None}, "needs a condition"),
        ({"when": "retenton < 60"}, "asks for 'retenton', which is no property of sqs"),
        ({"message": "'{nam}'"}, "asks for 'nam'"),
        ({"when": "'open(name)'"}, "calls 'open'"),
        ({"property": "colour"}, "'property' names 'colour'"),
        ({"when": "'().__class__'"}, "Attribute is not allowed"),
        ({"when": "'[x for x in zones]'"}, "ListComp is not allowed"),
        ({"when": "__import__"}, "__import__ is not allowed"),
        ({"when": "'9**9**9'"}, "Pow is not allowed"),
        ({"link": "'javascript:alert(1)'"}, "address of a page"),
        ({"figures": "{Week: {value: 1, about: a, source: s, date: 2026-01}}"}, "no name for a figure"),
        ({"figures": "{week: {value: 1, about: a, source: s, date: soon}}"}, "month such as"),
        ({"figures": "{week: {value: x, about: a, source: s, date: 2026-01}}"}, "does not take text"),
        ({"covered_by": "[NO-01]"}, "there is no such rule"),
        ({"why": "!!python/object:os.system x"}, "tag"),
    ],
)
def test_what_does_not_fit_is_refused_with_file_and_line(
    tmp_path: Path, change: dict[str, str | None], expected: str
) -> None:
    """Nothing of the folder counts then: half of a policy is worse than a clear refusal."""
    folder = folder_with(tmp_path, "# ours\n" + own_text(**change))
    with pytest.raises(UserError) as error:
        rules_of(CATALOG, folder)
    assert expected in str(error.value)
    assert (error.value.file, error.value.line) == (tmp_path / "own.yaml", 2)


def test_a_rule_that_fails_on_a_drawing_says_so(tmp_path: Path) -> None:
    """In its own name, with the place to mend; the rest of the analysis goes on."""
    book = rules_of(CATALOG, folder_with(tmp_path, own_text(when="name < 3")))
    found = analyse(draw("q: sqs; r: sqs"), CATALOG, rules=book).findings
    failed = [finding for finding in found if finding.rule == "ORG-01"]
    assert [finding.components for finding in failed] == [("q",), ("r",)]
    assert "could not be worked out" in failed[0].message and "own.yaml:1" in failed[0].fix


def test_it_does_not_stop_an_export(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Wherever the folder is: what is refused is the business of the built-in rules."""
    monkeypatch.setenv(VARIABLE, str(folder_with(tmp_path, own_text(severity="high", when="'True'"))))
    assert not contradictions(Resolution(draw("q: sqs; f: lambda; q triggers f"), CATALOG))


def test_limits(tmp_path: Path) -> None:
    """Of files, sizes and conditions."""
    cases = ", ".join("{for: sqs, when: retention < 0, message: m}" for _ in range(MOST_CASES + 1))
    text = own_text(**{"for": None, "when": None, "message": None, "cases": f"[{cases}]"})
    with pytest.raises(UserError, match="conditions"):
        rules_of(CATALOG, folder_with(tmp_path, text))
    with pytest.raises(UserError, match="256 KiB"):
        rules_of(CATALOG, folder_with(tmp_path, "#" * (MOST_BYTES + 1)))
    for number in range(MOST_FILES):
        (tmp_path / f"{number}.yaml").touch()
    with pytest.raises(UserError, match="at most 100 files"):
        rules_of(CATALOG, tmp_path)


def test_an_empty_file_and_other_things_are_no_rules(tmp_path: Path) -> None:
    """Comments alone, a folder with such a name, a file of another sort."""
    (tmp_path / "notes.yaml").write_text("# to come\n", encoding="utf-8")
    (tmp_path / "folder.yaml").mkdir()
    (tmp_path / "README.txt").write_text("- x", encoding="utf-8")
    assert own_rules(rules_of(CATALOG, tmp_path)) == 0


def test_a_changed_file_is_read_again(tmp_path: Path) -> None:
    """And an unchanged one is not."""
    book = rules_of(CATALOG, folder_with(tmp_path, own_text()))
    assert rules_of(CATALOG, tmp_path) is book
    folder_with(tmp_path, own_text(title="another"))
    assert rules_of(CATALOG, tmp_path)["ORG-01"].title == "another"


def test_which_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The variable's, else the configuration's; one that is not there is an error only where it was asked for."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    monkeypatch.delenv(VARIABLE, raising=False)
    if usual_folder() == tmp_path / "aws-architecture-designer" / "rules":
        assert rules_of(CATALOG) is load_rules(CATALOG)
    monkeypatch.setenv(VARIABLE, str(tmp_path / "elsewhere"))
    assert usual_folder() == tmp_path / "elsewhere"
    monkeypatch.setenv(VARIABLE, "")
    assert usual_folder() is None
    assert rules_of(CATALOG) is load_rules(CATALOG)
    with pytest.raises(UserError, match="no such folder"):
        rules_of(CATALOG, tmp_path / "nothing")


def test_the_known_names_are_those_that_exist() -> None:
    """The built-in rules ask for no others, and each of them has a value."""
    check_names(load_rules(CATALOG).rules.values(), CATALOG)
    resolution = Resolution(draw("net: vpc; web: asg in=net"), CATALOG)
    evaluation = _Evaluation(resolution, load_rules(CATALOG), contradictions_only=False)
    web = resolution.component("web")
    facts = evaluation._facts_of(web)
    assert all(facts[name] is not ... for name in OF_COMPONENTS)
    assert set(web.values.functions) == FUNCTIONS_OF[Subject.COMPONENT]
    (network,) = evaluation.networks.values()
    vpc = evaluation._network_facts(network)
    assert all(vpc[name] is not ... for name in OF_VPCS)


def test_its_severity_follows_its_place(tmp_path: Path) -> None:
    """Like that of any rule: low on no flow."""
    book = rules_of(CATALOG, folder_with(tmp_path, own_text(severity="high", when="'True'")))
    (finding,) = [f for f in analyse(draw("q: sqs"), CATALOG, rules=book).findings if f.rule == "ORG-01"]
    assert finding.severity is Severity.LOW


def test_the_example_of_the_page_works(tmp_path: Path) -> None:
    """Both of its rules speak of a drawing, with the figure filled in."""
    book = rules_of(CATALOG, folder_with(tmp_path, page_example()))
    drawing = draw("users: users; q: sqs; f: lambda public_url=anyone; users requests f; f sends q")
    said = {f.rule: f.message for f in analyse(drawing, CATALOG, rules=book).findings if book[f.rule].own}
    assert said == {
        "ORG-01": "q keeps messages for 4 days, and our policy is 7 days.",
        "ORG-02": "f answers anyone.",
    }


def page_example() -> str:
    """The example of the page."""
    page = (Path(__file__).resolve().parents[2] / "docs" / "own-rules.md").read_text(encoding="utf-8")
    (example,) = re.findall(r"```yaml\n(.*?)```", page, re.S)
    return str(example)


EXAMPLE = page_example()


@settings(max_examples=150)
@given(
    start=st.integers(0, len(EXAMPLE)),
    length=st.integers(0, 40),
    put=st.text(max_size=12)
    | st.sampled_from(["{", "}", "'", ": ", "\n", "- ", "{{name}}", "!!x ", "&a ", "*a", "1e999"]),
)
def test_whatever_is_written_there_is_taken_or_refused(
    tmp_path_factory: pytest.TempPathFactory, start: int, length: int, put: str
) -> None:
    """A broken file is an error with its name, and what is taken can be asked of a drawing."""
    folder = tmp_path_factory.mktemp("rules")
    text = EXAMPLE[:start] + put + EXAMPLE[start + length :]
    (folder / "own.yaml").write_bytes(text.encode("utf-8", "surrogatepass"))
    try:
        book = rules_of(CATALOG, folder)
    except UserError as error:
        assert error.file == folder / "own.yaml"
        return
    analyse(draw("users: users; q: sqs; f: lambda; users requests f; f sends q"), CATALOG, rules=book)
