"""When two values mean the same to CloudFormation, and where they differ when they do not."""

from __future__ import annotations

import copy
import random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from designer.cloudformation.diff.changes import ChangeKind
from designer.cloudformation.diff.values import Difference, Place, canonical, differences

ADDED, REMOVED, CHANGED = ChangeKind.ADDED, ChangeKind.REMOVED, ChangeKind.CHANGED
POLICY = {
    "Statement": [
        {"Sid": "Read", "Effect": "Allow", "Action": ["s3:Get*", "s3:List*"], "Resource": "*"},
        {"Sid": "Write", "Effect": "Allow", "Action": "s3:Put*", "Resource": ["a", {"Ref": "B"}]},
    ]
}


def found(before: Any, after: Any, *pointer: str) -> list[tuple[ChangeKind, tuple[str, ...], Any, Any]]:
    """The differences at a place, as tuples."""
    made = differences(before, after, Place(pointer=pointer))
    return [(one.kind, one.path, one.before, one.after) for one in made]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (8, "8"),
        (8.0, 8),
        (True, "true"),
        ({"Ref": "A"}, {"Fn::Sub": "${A}"}),
        ({"Fn::GetAtt": "A.B.C"}, {"Fn::GetAtt": ["A", "B.C"]}),
        ({"Fn::GetAtt": ["A", "B", "C"]}, {"Fn::Sub": "${A.B.C}"}),
        ({"Fn::Sub": "plain"}, "plain"),
        ({"Fn::Sub": ["${A}-b", {}]}, {"Fn::Sub": "${A}-b"}),
        ({"a": 1, "b": 2}, {"b": 2, "a": 1}),
    ],
)
def test_one_meaning_in_two_forms(before: Any, after: Any) -> None:
    """No difference, in either direction, and one canonical text."""
    assert found(before, after) == found(after, before) == []
    assert canonical(before, Place()) == canonical(after, Place())


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (1, True),
        ("true", "True"),
        (None, "null"),
        (None, ""),
        ("1.0", 1),
        ({"Ref": "A"}, "A"),
        ({"Fn::Sub": "${!A}"}, {"Ref": "A"}),
        ({"Fn::Sub": ["${A}", {"A": "x"}]}, {"Ref": "A"}),
        ({"Fn::If": ["C", 1, 2]}, {"Fn::If": ["C", 2, 1]}),
        ({"Fn::Join": ["", ["a", "b"]]}, {"Fn::Join": ["", ["b", "a"]]}),
        ([1, 2], [2, 1]),
        ({"a": None}, {}),
        ({}, []),
        ([1], 1),
    ],
)
def test_two_meanings(before: Any, after: Any) -> None:
    """A difference in both directions."""
    assert found(before, after) and found(after, before)
    assert canonical(before, Place()) != canonical(after, Place())


def test_tags_are_told_apart_by_key() -> None:
    """Wherever they stand, and in any order."""
    before = [{"Key": "Name", "Value": "a"}, {"Key": "Team", "Value": "b"}]
    after = [{"Key": "Team", "Value": "c"}, {"Key": "New", "Value": 1}, {"Key": "Name", "Value": "a"}]
    assert found(before, before[::-1], "Tags") == []
    assert found(before, after, "Tags") == [
        (CHANGED, ("[Team]", "Value"), "b", "c"),
        (ADDED, ("[New]",), None, {"Key": "New", "Value": 1}),
    ]


def test_policies_are_sets_of_statements_told_apart_by_sid() -> None:
    """And their actions, resources and principals sets of texts, of which one needs no list."""
    after = copy.deepcopy(POLICY)
    after["Statement"].reverse()
    after["Statement"][0] |= {"Action": ["s3:Put*"], "Resource": [{"Fn::Sub": "${B}"}, "a"]}
    after["Statement"][1]["Action"] = ["s3:List*", "s3:Get*"]
    assert found(POLICY, after) == []
    after["Statement"][1]["Action"] = ["s3:List*", "s3:Delete*"]
    path = ("Statement", "[Read]", "Action")
    assert found(POLICY, after) == [
        (REMOVED, (*path, "[0]"), "s3:Get*", None),
        (ADDED, (*path, "[1]"), None, "s3:Delete*"),
    ]


def test_statements_without_sid_are_a_set_all_the_same() -> None:
    """One that differs is compared with the one that differs on the other side."""
    before = {"Statement": [{"Effect": "Allow", "Action": "a"}, {"Effect": "Deny", "Action": "b"}]}
    after = {"Statement": [{"Effect": "Deny", "Action": "c"}, {"Effect": "Allow", "Action": ["a"]}]}
    assert found(before, after) == [(CHANGED, ("Statement", "[0]", "Action"), "b", "c")]


def test_rules_of_a_security_group_are_a_set() -> None:
    """They have no names; one that went and one that came are compared with each other."""
    http, https = {"IpProtocol": "tcp", "FromPort": 80}, {"IpProtocol": "tcp", "FromPort": "443"}
    assert found([http, https], [{**https, "FromPort": 443}, http], "SecurityGroupIngress") == []
    other = {"IpProtocol": "tcp", "FromPort": 22}
    assert found([http, https], [other, https], "SecurityGroupIngress") == [(CHANGED, ("[0]", "FromPort"), 80, 22)]
    assert found([http], [http, http], "SecurityGroupIngress") == [(ADDED, ("[1]",), None, http)]


def test_depends_on_takes_a_text_or_a_list() -> None:
    """In any order."""
    assert found("A", ["A"], "DependsOn") == found(["A", "B"], ["B", "A"], "DependsOn") == []
    assert found("A", ["B", "A"], "DependsOn") == [(ADDED, ("[0]",), None, "B")]


def test_lists_with_an_order_keep_it() -> None:
    """An item put in between shifts the others, which have not changed by that."""
    assert found(["a", "b", "c"], ["a", "x", "b", "c"]) == [(ADDED, ("[1]",), None, "x")]
    assert found(["a", "b", "c"], ["a", "c"]) == [(REMOVED, ("[1]",), "b", None)]
    named = [{"Name": "a"}, {"Name": "b"}]
    assert found(named, named[::-1]) == [(CHANGED, (), ["a", "b"], ["b", "a"])]


def test_the_branches_of_a_condition_are_values_of_their_place() -> None:
    """Sets stay sets inside of `Fn::If`, and the difference is found in its branch."""
    before, after = {"Fn::If": ["C", ["a", "b"], 1]}, {"Fn::If": ["C", ["b", "a"], 2]}
    assert found(before, after, "SubnetIds") == [(CHANGED, ("Fn::If", "[2]"), 1, 2)]
    assert found({"Fn::If": ["C", 1, 1]}, {"Fn::If": ["D", 1, 1]}) == [(CHANGED, ("Fn::If", "[0]"), "C", "D")]


def test_what_the_schema_calls_unordered() -> None:
    """Also deep inside of lists."""
    place = Place(unordered=frozenset({("A", "*", "B")}))
    assert not list(differences({"A": [{"B": [1, 2]}]}, {"A": [{"B": [2, 1]}]}, place))
    assert list(differences({"A": [{"C": [1, 2]}]}, {"A": [{"C": [2, 1]}]}, place))


SCALARS = st.none() | st.booleans() | st.integers(-3, 3) | st.sampled_from(["", "a", "1", "true", "${A}"])
KEYS = st.sampled_from(["Tags", "Key", "Value", "Name", "Statement", "Effect", "Sid", "Action", "DependsOn", "x"])
FUNCTIONS = st.sampled_from(["Ref", "Fn::GetAtt", "Fn::If", "Fn::Sub", "Fn::Join", "Condition"])
VALUES = st.recursive(
    SCALARS,
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(KEYS, inner, max_size=4)
        | st.builds(lambda name, argument: {name: argument}, FUNCTIONS, inner | st.lists(inner, min_size=3, max_size=3))
    ),
    max_leaves=12,
)


@given(VALUES, VALUES)
def test_differences_and_canonical_texts_agree(before: Any, after: Any) -> None:
    """There is a difference if and only if the texts differ."""
    same = canonical(before, Place()) == canonical(after, Place())
    assert (not list(differences(before, after, Place()))) is same


@given(VALUES, VALUES)
def test_the_other_way_round(before: Any, after: Any) -> None:
    """What was added is removed, and the other way round, at the same places."""
    turned = {ADDED: REMOVED, REMOVED: ADDED, CHANGED: CHANGED}
    there = sorted(one.kind for one in differences(before, after, Place()))
    back = sorted(turned[one.kind] for one in differences(after, before, Place()))
    assert there == back


@given(VALUES, st.randoms())
def test_no_order_of_keys_matters(value: Any, order: random.Random) -> None:
    """And a value never differs from itself."""
    assert list(differences(value, _shuffled(value, order), Place())) == []


def _shuffled(value: Any, order: random.Random) -> Any:
    if isinstance(value, dict):
        keys = list(value)
        order.shuffle(keys)
        return {key: _shuffled(value[key], order) for key in keys}
    return [_shuffled(item, order) for item in value] if isinstance(value, list) else value


@given(VALUES, VALUES)
def test_differences_tell_what_was_and_is(before: Any, after: Any) -> None:
    """Each names values of its side, and nothing where there was nothing."""
    for one in differences(before, after, Place()):
        assert isinstance(one, Difference)
        assert one.kind is not ADDED or one.before is None
        assert one.kind is not REMOVED or one.after is None
