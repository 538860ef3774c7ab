"""How changes read."""

from __future__ import annotations

from typing import Any

import pytest

from designer.cloudformation.diff.compare import diff
from designer.cloudformation.diff.text import MAX_VALUE, one_line, render_text, shown

OLD: dict[str, Any] = {
    "Description": "Shop",
    "Parameters": {"Mail": {"Type": "String", "Default": ""}},
    "Resources": {
        "Orders": {"Type": "AWS::SQS::Queue", "UpdateReplacePolicy": "Retain", "Properties": {"FifoQueue": False}},
        "Table": {"Type": "AWS::DynamoDB::Table", "Properties": {"TableClass": "STANDARD"}},
        "Key": {"Type": "AWS::KMS::Key"},
    },
}
NEW: dict[str, Any] = {
    "Description": "Shop",
    "Parameters": {"Mail": {"Type": "String", "Default": "a@b.example"}},
    "Resources": {
        "Orders": {
            "Type": "AWS::SQS::Queue",
            "UpdateReplacePolicy": "Retain",
            "Properties": {"FifoQueue": True, "Tags": [{"Key": "Team", "Value": {"Ref": "Mail"}}]},
        },
        "Table": {"Type": "AWS::DynamoDB::Table", "Properties": {"TableClass": {"Ref": "Mail"}}},
        "Topic": {"Type": "AWS::SNS::Topic"},
    },
}
TEXT = """\
Resources: 1 added, 1 removed, 2 changed; 1 replaced
DATA LOSS: Key (AWS::KMS::Key): loses everything encrypted with it: its DeletionPolicy is Delete
DATA LEFT BEHIND: Orders (AWS::SQS::Queue): the new one starts without the messages waiting in it; the old one is kept outside the stack

Parameters
  ~ Mail (String)
      ~ Default: '' -> a@b.example

Resources
  ~ Orders (AWS::SQS::Queue): replaced
      ~ FifoQueue: false -> true
          because FifoQueue is fixed at creation
      + Tags: [{"Key": "Team", "Value": {"Ref": "Mail"}}]
  ~ Table (AWS::DynamoDB::Table)
      ~ TableClass: STANDARD -> !Ref Mail
  - Key (AWS::KMS::Key)
  + Topic (AWS::SNS::Topic)
"""  # noqa: E501 - as it is printed


def test_a_whole_comparison() -> None:
    """What is grave comes first, then each entry with its properties."""
    assert render_text(diff(OLD, NEW)) == TEXT
    assert render_text([]) == "The templates mean the same.\n"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ({"Fn::GetAtt": ["A", "B.C"]}, "!GetAtt A.B.C"),
        ({"Fn::Select": [0, {"Fn::GetAZs": ""}]}, '!Select [0, {"Fn::GetAZs": ""}]'),
        ("", "''"),
        (None, "null"),
        (True, "true"),
        ("two\nlines", "two\\nlines"),
        ("x" * 500, "x" * (MAX_VALUE - 3) + "..."),
        ("\x1b[31mred\u202e", "\\x1b[31mred\\u202e"),
    ],
)
def test_values(value: Any, text: str) -> None:
    """On one line, as they would stand in YAML."""
    assert shown(value) == text


def test_long_texts_are_shown_where_they_part() -> None:
    """The start of a script is the same before and after most edits."""
    script = "\n".join(f"echo {number}" for number in range(100))
    resources = [
        {"Resources": {"A": {"Type": "AWS::EC2::Instance", "Properties": {"UserData": text}}}}
        for text in (script, script.replace("echo 90", "touch /tmp/90"))
    ]
    text = render_text(diff(*resources))
    assert "echo 90" in text
    assert "touch /tmp/90" in text
    assert max(map(len, text.splitlines())) < 200


def test_hostile_names_stay_on_their_line() -> None:
    """Whatever a template holds, no line of the text is anybody else's."""
    name = "A\n  - Database (AWS::RDS::DBInstance)\x1b[2J\u2028"
    tree = {"Resources": {name: {"Type": "B\nC", "Properties": {name: name}}}, name: {name: 1}}
    other = {"Resources": {name: {"Type": "B\nC", "Properties": {name: 1}}}}
    for text in (render_text(diff(tree, other)), render_text(diff({}, tree)), render_text(diff(tree, {}))):
        assert text.isprintable() or all(line.isprintable() for line in text.split("\n"))
        assert "\n  - Database" not in text
    assert one_line(name).isprintable()
