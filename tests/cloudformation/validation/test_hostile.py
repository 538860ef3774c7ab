"""Texts that are broken, huge, deep, circular or absurd: something is said, quickly, and nothing is raised."""

from __future__ import annotations

import copy
import json
import random
import time
from typing import Any

import pytest

from designer.cloudformation.validation.judges import judge, validate
from designer.cloudformation.validation.messages import Severity
from designer.cloudformation.validation.template import MAX_BYTES, read_template
from tests.cloudformation.validation.faults import good_names, good_template

_BOMB = "a: &a [x, x]\n" + "".join(
    f"b{n}: &b{n} [*b{n - 1}, *b{n - 1}]\n" if n else "b0: &b0 [*a, *a]\n" for n in range(60)
)
_NESTED_SUB = '{"Fn::Sub": ["${a}${a}", {"a": ' * 20 + '"xx"' + "}]}" * 20
_CONDITIONS = {f"C{n}": {"Fn::Equals": [{"Ref": f"P{n}"}, "x"]} for n in range(40)}

_FUNCTIONS = ("Sub", "Join", "Select", "Split", "GetAZs", "Cidr", "FindInMap", "If", "GetAtt", "Length")
_ARGUMENTS: list[Any] = [None, [], {}, "", 3, [[]], [{}, {}], [None, None, None]]
_CALLS = [{f"Fn::{name}": argument} for name in _FUNCTIONS for argument in _ARGUMENTS]
_WITHOUT_ARGUMENTS = {"Resources": {"A": {"Type": "AWS::EC2::Subnet", "Properties": {"Tags": _CALLS}}}}
_STATEMENT = {"Effect": "Allow", "Action": "*a" * 2_000 + "*", "Resource": "*"}
_SLOW_ACTION = {
    "Resources": {
        "R": {"Type": "AWS::IAM::Role", "Properties": {"Policies": [{"PolicyDocument": {"Statement": _STATEMENT}}]}},
        "F": {
            "Type": "AWS::Lambda::Function",
            "Properties": {"Role": {"Fn::GetAtt": ["R", "Arn"]}, "TracingConfig": {"Mode": "Active"}},
        },
    }
}
_CHAIN = {"Resources": {f"R{n}": {"Type": "AWS::SNS::Topic", "DependsOn": f"R{n + 1}"} for n in range(3_000)}}

HOSTILE = {
    "nothing": "",
    "space": " \n\t\n",
    "null": "null",
    "number": "42",
    "list": "[]",
    "empty mapping": "{}",
    "open brace": "{",
    "closed brace": "}",
    "byte order mark": "\ufeff",
    "zero byte": "a: \0",
    "surrogate": "a: \ud800",
    "surrogate in json": '{"a": "\\ud800"}',
    "tab": "\tResources: x",
    "alias bomb": _BOMB,
    "alias to itself": "Resources: &r\n  A: *r\n",
    "merge": "Resources:\n  A: &a {Type: AWS::SNS::Topic}\n  B:\n    <<: *a\n",
    "deep list": "[" * 20_000,
    "deep json": '{"a":' * 20_000,
    "deep blocks": "\n".join(" " * n + f"k{n}:" for n in range(3_000)),
    "deep dashes": "- " * 5_000,
    "long octal": "a: 0" + "7" * 100_000,
    "long number": "a: " + "9" * 100_000,
    "long float": "a: 1." + "9" * 100_000,
    "infinite": "a: 1e999\nb: .inf\nc: .nan",
    "json infinite": '{"a": 1e999}',
    "long sexagesimal": "a: 1" + ":59" * 50_000,
    "unclosed string": '{"a": "' + "x" * 500_000,
    "quotes": '"' * 100_000,
    "keys that are no text": "1: a\ntrue: b\nnull: c\n? !Ref x\n: d\n",
    "key that is a list": "? [a, b]\n: c\n",
    "python tag": "a: !!python/object/apply:os.system ['echo']\n",
    "unknown tags": "a: !x !y\nb: !z {c: d}\n",
    "two documents": "a: 1\n---\nb: 2\n",
    "percent": "%YAML 9.9\n---\na: 1\n",
    "resources are a list": "Resources: [1, 2]",
    "resources are text": "Resources: x",
    "resource is nothing": "Resources: {A: , B: 3, C: [], D: {Type: []}}",
    "properties are text": "Resources: {A: {Type: AWS::SQS::Queue, Properties: x}}",
    "everything is a reference": "Resources: !Ref Resources\nOutputs: !GetAtt a.b\nParameters: !Sub x\n",
    "functions without arguments": json.dumps(_WITHOUT_ARGUMENTS),
    "nested substitution": '{"Resources": {"A": {"Type": "AWS::SQS::Queue", "Properties": {"QueueName": '
    + _NESTED_SUB + "}}}}",
    "circle of conditions": "Conditions: {A: !Not [!Condition B], B: !Not [!Condition A]}\n"
    "Resources: {Q: {Type: AWS::SQS::Queue, Condition: A}}\n",
    "many conditions": json.dumps(
        {"Parameters": {f"P{n}": {"Type": "String", "Default": "y"} for n in range(40)}, "Conditions": {
            **_CONDITIONS, "All": {"Fn::And": [{"Condition": name} for name in _CONDITIONS]}},
         "Resources": {"Q": {"Type": "AWS::SQS::Queue", "Condition": "All"}, "R": {"Type": "AWS::SQS::Queue"}},
         "Outputs": {"O": {"Value": {"Ref": "Q"}}}}
    ),
    "slow pattern": "Parameters: {A: {Type: String, Default: '" + "a" * 60 + "!', AllowedPattern: '(a+)+$'}}\n",
    "slow action": json.dumps(_SLOW_ACTION),
    "many subnets": json.dumps({"Resources": {f"S{n}": {"Type": "AWS::EC2::Subnet", "Properties": {
        "VpcId": "v", "CidrBlock": f"10.{n // 250}.{n % 250}.0/24"}} for n in range(2_000)}}),
    "chain": json.dumps(_CHAIN),
    "too long": "a: " + "x" * (MAX_BYTES + 1),
}  # fmt: skip

ABSURD: list[Any] = [
    None, True, 0, -1, 1e308, "", "x", "*", "${", "${}", "arn:aws:iam::1:root", [], {}, [[]], [None], {"": ""},
    {"Ref": None}, {"Ref": "Nowhere"}, {"Fn::GetAtt": []}, {"Fn::GetAtt": ["Worker", "Arn"]}, {"Fn::Sub": "${A.B.C}"},
    {"Fn::If": ["Gone", [], {}]}, {"Fn::If": ["IsProduction", {"Ref": "AWS::NoValue"}, [1]]}, {"Ref": "AWS::NoValue"},
    {"Fn::Select": [0, []]}, {"Fn::Split": ["", ""]}, {"Fn::GetAZs": {}}, {"Fn::Unread": 1}, {"a": {"b": ["c"]}},
]  # fmt: skip


@pytest.mark.parametrize("name", list(HOSTILE))
def test_hostile_texts_are_judged(name: str) -> None:
    """Within two seconds, with at least one error or a readable tree, and messages that can be sent as JSON."""
    start = time.thread_time()
    messages = validate(HOSTILE[name], engine=False)
    assert time.thread_time() - start < 2
    assert messages or read_template(HOSTILE[name]).readable
    json.dumps([message.as_data() for message in messages])
    lines = max(1, HOSTILE[name].count("\n") + 1)
    assert all(1 <= message.line <= lines for message in messages)


def test_aliases_never_reach_the_linters() -> None:
    """Who follows them reads a bomb for ever."""
    messages = validate(_BOMB, lint=True)
    assert {message.judge for message in messages} == {"deployment"}
    assert messages[0].severity is Severity.ERROR


def test_templates_beyond_the_quota_never_reach_the_linters() -> None:
    """They take minutes for a template that CloudFormation refuses anyway."""
    messages = validate(HOSTILE["chain"], lint=True)
    assert {message.judge for message in messages} == {"deployment"}
    assert "D06" in {message.rule for message in messages}


def places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """All paths of a tree."""
    found = [path]
    parts = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, item in parts:
        found += places(item, (*path, key))
    return found


@pytest.mark.parametrize("name", good_names())
def test_absurd_values_raise_nothing(name: str) -> None:
    """Whatever stands in the place of any value of a good template, the rules can look at it."""
    tree = read_template(good_template(name)).tree
    paths = places(tree)[1:]
    choice = random.Random(name)
    for _ in range(250):
        broken = copy.deepcopy(tree)
        for path in choice.sample(paths, 3):
            holder: Any = broken
            for key in path[:-1]:
                try:
                    holder = holder[key]
                except (KeyError, IndexError, TypeError):
                    break
            if isinstance(holder, dict) or (
                isinstance(holder, list) and isinstance(path[-1], int) and path[-1] < len(holder)
            ):
                holder[path[-1]] = choice.choice(ABSURD)
        judge(read_template(json.dumps(broken)))


@pytest.mark.parametrize("name", good_names())
def test_cut_texts_raise_nothing(name: str) -> None:
    """While somebody types, most texts are unfinished."""
    text = good_template(name)
    choice = random.Random(name)
    for _ in range(60):
        start, end = sorted((choice.randrange(len(text)), choice.randrange(len(text))))
        judge(read_template(text[:end]))
        judge(read_template(text[:start] + text[end:]))
    compact = json.dumps(read_template(text).tree)
    for _ in range(30):
        judge(read_template(compact[: choice.randrange(len(compact))]))
