"""Every language says everything that the program says, with the same values in it, and nothing else."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

import pytest

from designer import language
from designer.analysis.rule_text import RuleText
from designer.catalog.expressions import compile_expression
from tests.texts import (
    AREAS,
    AS_THEY_ARE,
    ROOT,
    expressions,
    misfilled,
    module_texts,
    placeholders,
    tables,
    texts,
    translations,
    unmarked,
)

OTHERS = [name for name in language.languages() if name != language.ENGLISH]
LETTERS = re.compile(r"[^\W\d_]{2}")
SAME_IN_PORTUGUESE = {
    *("Use {verbs}.", "hosts", "host", "Host", "{name}, host {host}", "Cluster", "Listener", "Namespace", "Runtime"),
    *(
        "Software",
        "Stream",
        "pod",
        "pods",
        "Home",
        "Enter",
        "Status",
        "Zoom",
        "Spot",
        "{width} x {height} pixels",
        "Alt + Enter",
    ),
    *(
        "Tab, Shift + Tab",
        "Shift + F1",
        "{name}: {keys}",
        "Birnbaum {birnbaum:.3g}",
        "AWS Architecture Designer",
        "Kubernetes",
        "Fargate",
        "FIFO",
    ),
    *("{count} RDS Proxy", "{count} RDS Proxies", "RDS Proxy", "Performance Insights", "Savings Plan", "VPC", "CPU"),
    *("Arm (Graviton)", "MariaDB", "MySQL", "PostgreSQL"),
}
"""Words that Portuguese has from English, and names. Versions and units are numbers with a name."""
NUMBERED = re.compile(r"(Python|Node\.js) [\d.]+|[\d.]+ vCPU|[KMG]i?B")


@pytest.fixture(autouse=True)
def _english_afterwards() -> Iterator[None]:
    yield
    language.speak(language.ENGLISH)


@pytest.fixture(scope="module")
def areas() -> dict[str, str]:
    """Every text of the program with its area."""
    return texts()


def test_texts_are_found_where_they_are_said() -> None:
    """What reads the code for texts sees calls, choices, tables and counts, and no other strings."""
    module = ast.parse(
        """
class Command:
    id: str
    text: str
    tip: str = ""

TABLE = {1: later("In a table")}
TIP = "Tip of the other"
ROWS = (Command("a", "&Row", tip="Tip of it"), Command("b", "&Other", TIP))
def say(count, on):
    tr("Said {name}", name="nobody")
    plural("{count} one", "{count} many", count)
    tr("yes" if on else "no")
    counted(count, "task")
    log("not a text")
"""
    )
    assert set(module_texts(module)) == {
        *(
            "In a table",
            "&Row",
            "Tip of it",
            "&Other",
            "Tip of the other",
            "Said {name}",
            "{count} one",
            "{count} many",
            "yes",
            "no",
        ),
        *("{count} task", "{count} tasks"),
    }


def test_a_table_that_is_translated_by_its_name_has_to_be_marked() -> None:
    module = ast.parse('A = "Forgotten"\nB = later("Marked")\nC = {"key": "Value"}\ntr(A); tr(B); tr(C[x])')
    assert sorted(unmarked(module)) == ["Forgotten", "Value"]


def test_no_table_of_the_program_is_forgotten() -> None:
    forgotten = {
        str(path.relative_to(ROOT)): found
        for path in sorted((ROOT / "designer").rglob("*.py"))
        if (found := list(unmarked(ast.parse(path.read_text(encoding="utf-8")))))
    }
    assert not forgotten, "mark these with later()"


def test_every_text_gets_its_values() -> None:
    module = ast.parse('tr("{a} {b}", a=1)\ntr("{not filled}")\nplural("One", "{count} of {all}", n)\ntr("{x}", **y)')
    assert list(misfilled(module)) == ["{a} {b}", "{count} of {all}"]
    wrong = {
        str(path.relative_to(ROOT)): found
        for path in sorted((ROOT / "designer").rglob("*.py"))
        if (found := list(misfilled(ast.parse(path.read_text(encoding="utf-8")))))
    }
    assert not wrong


@pytest.mark.parametrize("name", OTHERS)
def test_a_language_says_everything_and_nothing_else(name: str, areas: dict[str, str]) -> None:
    """`python -m tests.texts LANGUAGE` lists what is lacking and what is left over."""
    known = set(translations(name))
    assert sorted(set(areas) - known) == []
    assert sorted(known - set(areas)) == []


@pytest.mark.parametrize("name", OTHERS)
def test_the_files_of_a_language_are_tidy(name: str) -> None:
    """One file an area, in the order of the English texts; `python -m tests.texts LANGUAGE --tidy` makes it so."""
    found = tables(name)
    assert set(found) == set(AREAS)
    for area, table in found.items():
        assert list(table) == sorted(table), area
    assert sum(map(len, found.values())) == len(translations(name)), "a text stands in two files"


@pytest.mark.parametrize("name", OTHERS)
def test_a_translation_takes_the_same_values(name: str, areas: dict[str, str]) -> None:
    """No placeholder is lost, misspelt or invented; a rule's text may word its expressions otherwise."""
    spoken_expressions, as_they_are = set(expressions()), set(AS_THEY_ARE)
    wrong = []
    for text, translated in translations(name).items():
        if areas.get(text) == "rules":
            same = RuleText(text).names == RuleText(translated).names
        elif text in spoken_expressions:
            same = compile_expression(text).names == compile_expression(translated).names
        elif text in as_they_are:
            same = True
        else:
            same = placeholders(text) == placeholders(translated)
        if not same:
            wrong.append((text, translated))
    assert not wrong


@pytest.mark.parametrize("name", OTHERS)
def test_a_translation_keeps_the_shape_of_its_text(name: str) -> None:
    """Spaces at the ends join texts, dots and colons lead on, nothing is empty.

    `&` marks a letter of a menu; a long menu may have none left for an entry.
    """
    wrong = [
        (text, translated)
        for text, translated in translations(name).items()
        if not translated.strip()
        or _ends(text) != _ends(translated)
        or text.replace("&&", "").count("&") < translated.replace("&&", "").count("&")
        or text.count("\n") != translated.count("\n")
    ]
    assert not wrong


def test_a_translation_is_one() -> None:
    """What reads the same in both languages is known to."""
    known = SAME_IN_PORTUGUESE | set(expressions())
    same = {text for text, translated in translations("pt_BR").items() if text == translated}
    left = {text for text in same - known if LETTERS.search(re.sub(r"\{[^{}]*\}", "", text))}
    assert not {text for text in left if not NUMBERED.fullmatch(text)}


def test_numbers_are_written_as_the_language_writes_them() -> None:
    language.speak("pt_BR")
    assert language.number("1,234.5") == "1.234,5"
    assert language.tr("{count:,} of them", count=12345) == "12.345 of them"
    assert language.tr("{share:.2f} %", share=99.5) == "99,50 %"
    assert language.tr("{name}", name="1,5") == "1,5", "a text is no number"


def test_numbers_are_read_as_the_language_writes_them() -> None:
    assert language.typed_number("99.95") == 99.95
    with pytest.raises(ValueError, match="1,5"):
        language.typed_number("1,5")
    language.speak("pt_BR")
    assert language.typed_number("99,95") == 99.95
    assert language.typed_number("1.234,5") == 1234.5
    assert language.typed_number("99.95") == 99.95, "as the documentation writes it"


def _ends(text: str) -> tuple[bool, bool, str]:
    mark = text.rstrip()[-1:]
    return text[:1] == " ", text[-1:] == " ", mark if mark in ".…:?" else ""
