"""Fragments merge by a few plain rules, and the template remembers who wrote what."""

from __future__ import annotations

import copy
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from designer.cloudformation.fragments import ConflictError, Fragment, Template, drawn_id, merged_entry
from designer.cloudformation.shapes import parse_fragment


def merged(*parts: tuple[str, Any]) -> Template:
    template = Template()
    for writer, fragment in parts:
        template.merge(fragment, writer)
    return template


def test_maps_merge_and_lists_append() -> None:
    template = merged(
        ("component:q", {"Resources": {"Q": {"Type": "T", "Statement": [{"Sid": "One"}], "Tags": {"a": 1}}}}),
        ("connection:w", {"Resources": {"Q": {"Statement": [{"Sid": "Two"}], "Tags": {"b": 2}}}}),
    )
    assert template.tree == {
        "Resources": {"Q": {"Type": "T", "Statement": [{"Sid": "One"}, {"Sid": "Two"}], "Tags": {"a": 1, "b": 2}}}
    }


def test_the_same_value_twice_is_no_conflict_and_a_second_dependency_adds_nothing() -> None:
    fragment = {"Resources": {"Q": {"Type": "T", "DependsOn": ["A", "B"]}}}
    other = {"Resources": {"Q": {"Type": "T", "DependsOn": ["B", "C"]}}}
    assert merged(("a", fragment), ("b", other)).tree["Resources"]["Q"]["DependsOn"] == ["A", "B", "C"]


@pytest.mark.parametrize(("old", "new"), [(1, 2), ("x", "y"), (1, True), ([1], {"a": 1}), ({"a": 1}, "a"), (None, 0)])
def test_two_values_for_one_place_are_an_error_that_names_both_writers(old: Any, new: Any) -> None:
    template = merged(("component:orders", {"Resources": {"Q": {"Size": old}}}))
    with pytest.raises(ConflictError) as caught:
        template.merge({"Resources": {"Q": {"Size": new}}}, "connection:orders-worker")
    assert caught.value.name == "orders-worker"
    for part in ("Resources.Q.Size", "orders", "orders-worker", repr(old)[:20], repr(new)[:20]):
        assert part in str(caught.value)


ARN = {"Fn::GetAtt": ["Failures", "Arn"]}


@pytest.mark.parametrize("value", [ARN, {"Fn::Join": ["-", ["a", "b"]]}, {"Ref": "Failures"}])
def test_an_intrinsic_function_is_one_value(value: Any) -> None:
    """Said twice it stays itself: nothing is appended to its arguments."""
    fragments = [{"Resources": {"Q": {"Target": copy.deepcopy(value)}}} for _ in range(2)]
    template = merged(("connection:one", fragments[0]), ("connection:two", fragments[1]))
    assert template.tree["Resources"]["Q"]["Target"] == value
    with pytest.raises(ConflictError, match="two"):
        template.merge({"Resources": {"Q": {"Target": {"Fn::GetAtt": ["Other", "Arn"]}}}}, "connection:two")


def test_each_entry_knows_its_writer() -> None:
    tree = {"Resources": {"F": {"Env": {"A": 1, "B": {"Ref": "Q"}, "C": 3}, "List": ["x", "y"]}}}
    env, items = tree["Resources"]["F"]["Env"], tree["Resources"]["F"]["List"]
    first, second = "connection:first", "connection:second"
    component = Fragment("component:f", tree, {id(env): {"A": first, "B": second}, id(items): {0: second}})
    wire = Fragment("connection:third", {"Resources": {"F": {"Env": {"D": 4}, "List": ["z"]}}})
    entry = merged_entry(("Resources", "F"), [component, wire])
    template = Template({"Resources": {}})
    template.put([(("Resources", "F"), entry)])
    assert tree == {"Resources": {"F": {"Env": {"A": 1, "B": {"Ref": "Q"}, "C": 3}, "List": ["x", "y"]}}}
    function = template.tree["Resources"]["F"]
    env, items = function["Env"], function["List"]
    writers = [template.writer(env, key, "component:f") for key in ("A", "B", "C", "D")]
    assert writers == ["connection:first", "connection:second", "component:f", "connection:third"]
    assert [template.writer(items, index, "component:f") for index in range(3)] == [
        "connection:second", "component:f", "connection:third",
    ]  # fmt: skip
    assert template.writer(template.tree["Resources"], "F", "architecture") == "component:f"


def test_a_tagged_entry_that_is_merged_into_another_map_keeps_its_writer() -> None:
    template = Template()
    template.merge({"Resources": {"F": {"Env": {"X": 0}}}}, "component:f")
    more = {"Resources": {"F": {"Env": {"A": 1}}}}
    template.writers[id(more["Resources"]["F"]["Env"])] = {"A": "connection:tagged"}
    template.merge(more, "connection:w")
    env = template.tree["Resources"]["F"]["Env"]
    assert env == {"X": 0, "A": 1}
    assert template.writer(env, "A", "?") == "connection:tagged"
    assert template.writer(env, "X", "inherited") == "inherited"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("!Ref A", {"Ref": "A"}),
        ("!Condition A", {"Condition": "A"}),
        ("!GetAtt A.B.C", {"Fn::GetAtt": ["A", "B.C"]}),
        ("!GetAtt [A, B]", {"Fn::GetAtt": ["A", "B"]}),
        ("!Sub ${A}", {"Fn::Sub": "${A}"}),
        ("!Select [0, !GetAZs '']", {"Fn::Select": [0, {"Fn::GetAZs": ""}]}),
        ("12", 12),
        ("-3", -3),
        ("1.5", 1.5),
        ("1.0e+22", 1e22),
        ("012", "012"),
        ("yes", "yes"),
        ("2012-10-17", "2012-10-17"),
        ("'12'", "12"),
        ("true", True),
        ("null", None),
        ("", None),
    ],
)
def test_a_fragment_is_read_with_the_types_of_json_and_the_short_forms_written_out(text: str, value: Any) -> None:
    assert parse_fragment(f"A:\n  x: {text}\n", "f").tree == {"A": {"x": value}}


def test_an_empty_section_and_an_empty_fragment_say_nothing() -> None:
    assert parse_fragment("Resources:\n", "f").tree == {}
    assert parse_fragment("", "f").tree == {}
    assert parse_fragment("Outputs:\nResources:\n  A: 1\n", "f").tree == {"Resources": {"A": 1}}


@pytest.mark.parametrize(
    ("writer", "key"),
    [("component:orders", "orders"), ("connection:a-b", "a-b"), ("boundary:main", "main"), ("shared:key", "shared:key"),
     ("architecture", "architecture")],
)  # fmt: skip
def test_the_drawing_knows_a_writer_by_its_id(writer: str, key: str) -> None:
    assert drawn_id(writer) == key


TREES = st.recursive(
    st.integers(0, 3) | st.sampled_from(["a", "b"]),
    lambda inner: st.dictionaries(st.sampled_from("ABCD"), inner, max_size=3) | st.lists(inner, max_size=2),
    max_leaves=8,
)
FRAGMENTS = st.dictionaries(st.sampled_from(["Resources", "Outputs"]), st.dictionaries(st.sampled_from("ABC"), TREES))


@given(st.lists(FRAGMENTS, max_size=4))
def test_a_template_holds_all_that_its_fragments_say(fragments: list[Any]) -> None:
    template = Template()
    try:
        for number, fragment in enumerate(fragments):
            template.merge(_copy(fragment), f"writer {number}")
    except ConflictError:
        return
    for fragment in fragments:
        assert _contains(template.tree, fragment)


def _copy(tree: Any) -> Any:
    if isinstance(tree, dict):
        return {key: _copy(value) for key, value in tree.items()}
    return [_copy(value) for value in tree] if isinstance(tree, list) else tree


def _contains(whole: Any, part: Any) -> bool:
    if isinstance(part, dict):
        return isinstance(whole, dict) and all(key in whole and _contains(whole[key], part[key]) for key in part)
    if isinstance(part, list):
        return isinstance(whole, list) and all(item in whole for item in part)
    return bool(whole == part)
