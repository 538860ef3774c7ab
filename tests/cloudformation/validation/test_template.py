"""Reading a template: what YAML and JSON say, on which line, and what CloudFormation would read otherwise."""

from __future__ import annotations

import json
import textwrap

import pytest

from designer.cloudformation.validation.template import DefectKind, Template, read_template


def read(text: str) -> Template:
    """A text that is written indented, read."""
    return read_template(textwrap.dedent(text))


def kinds(template: Template) -> list[DefectKind]:
    """The kinds of the defects, in order."""
    return [defect.kind for defect in template.defects]


def test_short_forms_are_written_out() -> None:
    """Tags become the long form, nested ones too."""
    template = read(
        """\
        Ref: !Ref Queue
        Att: !GetAtt Queue.Endpoint.Address
        List: !GetAtt [Queue, Arn]
        Sub: !Sub "${Queue.Arn}/*"
        Join: !Join ['', [!Ref A, b]]
        If: !If [C, !Sub x, !Ref AWS::NoValue]
        Base: !Base64
          Fn::Sub: text
        Condition: !Condition C
        Rule: !ValueOf [Subnets, VpcId]
        """
    )
    assert template.defects == []
    assert template.tree == {
        "Ref": {"Ref": "Queue"},
        "Att": {"Fn::GetAtt": ["Queue", "Endpoint.Address"]},
        "List": {"Fn::GetAtt": ["Queue", "Arn"]},
        "Sub": {"Fn::Sub": "${Queue.Arn}/*"},
        "Join": {"Fn::Join": ["", [{"Ref": "A"}, "b"]]},
        "If": {"Fn::If": ["C", {"Fn::Sub": "x"}, {"Ref": "AWS::NoValue"}]},
        "Base": {"Fn::Base64": {"Fn::Sub": "text"}},
        "Condition": {"Condition": "C"},
        "Rule": {"Fn::ValueOf": ["Subnets", "VpcId"]},
    }


def test_scalars_are_read_as_yaml_1_1() -> None:
    """Numbers, true/false and nothing; dates, versions and quoted texts stay text."""
    template = read(
        """\
        numbers: [1, -2, 0x1F, 1_000, 1.5, 1e3]
        words: [true, False, yes, Off, null, ~, nothing]
        texts: ['1', "true", 2010-09-09, 1.2.3, 08, 10.0.0.0/16, -]
        """
    )
    assert template.tree == {
        "numbers": [1, -2, 31, 1000, 1.5, 1000.0],
        "words": [True, False, True, False, None, None, "nothing"],
        "texts": ["1", "true", "2010-09-09", "1.2.3", "08", "10.0.0.0/16", "-"],
    }


@pytest.mark.parametrize(
    ("text", "value", "said"),
    [
        ("0644", 420, "octal"),
        ("012345670123", 1402433619, "octal"),
        ("123456789012", 123456789012, "account id"),
        ("1.30", 1.3, "1.3"),
        ("22:22", "22:22", "base of 60"),
    ],
)
def test_numbers_that_mean_texts_are_noted(text: str, value: object, said: str) -> None:
    """What YAML makes of them is not what was meant; in quotes nothing is noted."""
    template = read(f"a:\n  - {text}\n")
    assert template.tree == {"a": [value]}
    assert kinds(template) == [DefectKind.NUMBER]
    assert said in template.defects[0].text
    assert template.defects[0].path == ("a", 0)
    assert read(f"a:\n  - '{text}'\n").defects == []


def test_every_value_knows_its_line() -> None:
    """The line of a key for entries, of the item for lists, through functions too; deeper paths give the nearest."""
    template = read(
        """\
        Resources:
          Queue:
            Type: AWS::SQS::Queue
            Properties:
              Tags:
                - Key: a
                  Value: !Join
                    - ''
                    - - x
                      - !Ref Name
        """
    )
    tags = ("Resources", "Queue", "Properties", "Tags")
    assert template.line(("Resources",)) == 1
    assert template.line(tags) == 5
    assert template.line((*tags, 0)) == 6
    assert template.line((*tags, 0, "Value")) == 7
    assert template.line((*tags, 0, "Value", "Fn::Join", 1, 1, "Ref")) == 10
    assert template.line((*tags, 0, "Value", "Deeper", 3)) == 7
    assert template.line(("Nowhere",)) == 1
    assert template.existing((*tags, 0, "Value", "Deeper")) == (*tags, 0, "Value")


def test_json_has_the_same_tree_and_lines() -> None:
    """JSON with tabs, escapes and a byte order mark is read as CloudFormation reads it."""
    tree = {"A": {"b": [1, -2.5, True, None, "x\n\u00fc\U0001f600\\/"], "c": {}}, "D": []}
    text = "\ufeff" + json.dumps(tree, indent="\t")
    template = read_template(text)
    assert template.tree == tree
    assert template.defects == []
    assert template.line(("A", "b", 4)) == text.split("D")[0].count("\n") - 3
    assert template.line(("D",)) == text.count("\n")


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("", 1),
        ("  \n\n", 1),
        ("just text", 1),
        ("- a\n- b\n", 1),
        ("a: [1\nb: 2\n", 2),
        ("a: 'x\n", 2),
        ("a: 1\n---\nb: 2\n", 2),
        ("? [a]\n: b\n", 1),
        ("a: \x01\n", 1),
        ('{\n"a": 1,\n}', 3),
        ('{\n"a" 1}', 2),
        ('{"a": 1', 1),
        ('{"a": 1} x', 1),
        ('{"a": tru}', 1),
        ('{"a": 1.2.3}', 1),
        ('{"a": "\\x"}', 1),
        ('{"a": [1}', 1),
    ],
)
def test_broken_texts_say_where(text: str, line: int) -> None:
    """One defect, with the line, and an empty tree."""
    template = read_template(text)
    assert not template.readable
    assert kinds(template) == [DefectKind.UNREADABLE]
    assert template.defects[0].line == line
    assert template.tree == {}


def test_aliases_are_noted_and_not_followed() -> None:
    """An alias and a merge key; the rest is read."""
    template = read("a: &x {b: 1}\nc: *x\nd:\n  <<: *x\n  e: 2\n")
    assert kinds(template) == [DefectKind.ALIAS] * 3
    assert [defect.path for defect in template.defects] == [("c",), ("d", "<<"), ("d", "<<")]
    assert template.has_aliases
    assert template.readable
    assert template.tree["d"]["e"] == 2


def test_duplicates_and_unknown_tags_are_noted() -> None:
    """The last of two keys counts; an unknown tag is not a function."""
    template = read("a:\n  b: 1\n  b: 2\nc: !Reff x\n")
    assert [(defect.kind, defect.path, defect.line) for defect in template.defects] == [
        (DefectKind.DUPLICATE, ("a", "b"), 3),
        (DefectKind.TAG, ("c",), 4),
    ]
    assert template.tree["a"] == {"b": 2}
    assert read_template('{"a": 1, "a": 2}').defects[0].kind is DefectKind.DUPLICATE
