"""Templates as people and tools write them, read into one tree; and texts that are none."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from designer.catalog.catalog import Catalog
from designer.cloudformation.diff.read import read_template
from designer.cloudformation.export import export
from designer.errors import UserError
from designer.storage.samples import open_sample, samples

FILE = Path("template.yaml")
BOMB = "a: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"{new}: &{new} [{', '.join([f'*{old}'] * 9)}]\n" for old, new in zip("abcdefgh", "bcdefghi", strict=True)
)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("!Ref A", {"Ref": "A"}),
        ("!Condition A", {"Condition": "A"}),
        ("!GetAtt A.B.C", {"Fn::GetAtt": ["A", "B.C"]}),
        ("!Sub '${A}-b'", {"Fn::Sub": "${A}-b"}),
        ("!Join ['-', [a, !Ref B]]", {"Fn::Join": ["-", ["a", {"Ref": "B"}]]}),
        ("!If [C, !Ref AWS::NoValue, 1]", {"Fn::If": ["C", {"Ref": "AWS::NoValue"}, 1]}),
        ("2010-09-09", "2010-09-09"),
        ("'8'", "8"),
        ("8", 8),
        ("-8", -8),
        ("0644", 0o644),
        ("012345678901", "012345678901"),
        ("1.50", 1.5),
        ("1e3", "1e3"),
        ("yes", True),
        ("'yes'", "yes"),
        ("Off", False),
        ("null", None),
        ("~", None),
        ("!!str 8", "8"),
        ("! 8", "8"),
        ("[]", []),
        ("{}", {}),
        ("=", "="),
        ("<<", "<<"),
    ],
)
def test_yaml_means_what_cloudformation_reads(text: str, value: object) -> None:
    """YAML 1.1 without dates, with short forms written out."""
    assert read_template(f"A: {text}\n").tree == {"A": value}


@pytest.mark.parametrize("sample", [sample.name for sample in samples()])
def test_exports_are_read_back_as_they_were(sample: str, catalog: Catalog) -> None:
    """From YAML and from JSON; numbers may be written as text of digits, and are the same to CloudFormation."""
    made = export(open_sample(sample, catalog), catalog)
    assert read_template(made.text("json")).tree == made.template.tree
    assert read_template(made.text("yaml")).tree == made.template.tree
    assert read_template(json.dumps(made.template.tree)).tree == made.template.tree


def test_lines_of_entries() -> None:
    """An entry that is not there has the line of what it would stand in."""
    read = read_template("# top\nA:\n  B:\n    - x\n    - y: 1\nC: [1,\n  2]\n")
    assert [read.line("A"), read.line("A", "B"), read.line("A", "B", 1), read.line("A", "B", 1, "y")] == [2, 3, 5, 5]
    assert [read.line("C", 1), read.line("A", "nothing", "there"), read.line("nothing")] == [7, 2, None]


def test_what_cloudformation_lets_pass() -> None:
    """A key given twice counts the last time, with a note; tools expand aliases; a byte order mark is no text."""
    read = read_template("\ufeffA: 1\nB: &b {x: 1}\nA: 2\nC: *b\n")
    assert read.tree == {"A": 2, "B": {"x": 1}, "C": {"x": 1}}
    assert read.notes == ("line 3: the key 'A' is given twice; the last one counts",)
    assert read_template('{"A": 1, "A": 2}').notes == ("a key is given twice among A; the last one counts",)
    assert read_template('{\n\t"A": "tab\there"}').tree == {"A": "tab\there"}
    assert read_template("{A: 1, # comment\n B: !Ref C}").tree == {"A": 1, "B": {"Ref": "C"}}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "template.yaml: the file is empty; a template is expected"),
        ("# nothing\n", "template.yaml: the file is empty; a template is expected"),
        ("just words", "template.yaml:1: a template is a mapping with the key 'Resources'; this is text"),
        ("- a\n", "template.yaml:1: a template is a mapping with the key 'Resources'; this is a list"),
        ("A: [\n", "this is not YAML"),
        ("A: 1\n---\nA: 2\n", "template.yaml:2: only one YAML document is expected"),
        ("A: *nowhere\n", "template.yaml:1: the alias *nowhere leads nowhere"),
        ("A: &a [*a]\n", "template.yaml:1: the alias *a leads nowhere"),
        ("? [a]\n: b\n", "template.yaml:1: a key must be text"),
        ("A: \x01\n", "this is not YAML"),
        ("A: \ud83d\n", "template.yaml:1: the text holds characters that are no Unicode text"),
        ('{"A": 1,\n"B": nope oops: }', "template.yaml:2: this is not JSON: Expecting value"),
        ('{"A": NaN, "B": NaN}', "template.yaml: this is not JSON: NaN is no number"),
        (BOMB, "aliases make more than 1,000,000 values"),
        ("A: " + "[" * 100_000, "nested deeper than 80 levels"),
        ('{"A": ' * 100_000, "nested deeper than 80 levels"),
        ('{"A": ' * 90 + "1" + "}" * 90, "nested deeper than 80 levels"),
    ],
    ids=lambda text: text[:20] if isinstance(text, str) else None,
)
def test_what_is_no_template(text: str, message: str) -> None:
    """Said at once, with the line."""
    start = time.thread_time()
    with pytest.raises(UserError) as caught:
        read_template(text, FILE)
    assert message in str(caught.value)
    assert time.thread_time() - start < 2


@given(st.text(alphabet=st.sampled_from('{}[]:,!&*#"\\-| \n\taA1é🦊\x00'), max_size=60))
def test_no_text_breaks_the_reader(text: str) -> None:
    """A tree or an error, never anything else."""
    try:
        assert isinstance(read_template(text, FILE).tree, dict)
    except UserError as error:
        assert str(error).startswith("template.yaml")
