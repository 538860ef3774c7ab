"""Whole templates compared: exports, their variants, and templates that are broken in some place."""

from __future__ import annotations

import copy
import json
import random
from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from designer.catalog.catalog import Catalog, load_catalog
from designer.cloudformation.diff.changes import Change, ChangeKind, Replacement, grouped
from designer.cloudformation.diff.compare import diff
from designer.cloudformation.diff.read import read_template
from designer.cloudformation.export import export
from designer.cloudformation.fragments import Tree
from designer.model import operations
from designer.model.entities import Collection
from designer.storage.samples import open_sample, samples

SAMPLES = [sample.name for sample in samples()]
ADDED, REMOVED, CHANGED = ChangeKind.ADDED, ChangeKind.REMOVED, ChangeKind.CHANGED


@pytest.fixture(scope="module")
def exported() -> Callable[[str], Tree]:
    """The template of a sample, a fresh copy each time."""
    catalog, known = load_catalog(), {}

    def make(name: str) -> Tree:
        if name not in known:
            known[name] = export(open_sample(name, catalog), catalog).template.tree
        # An export shares values among its entries; a copy by way of text does not.
        return json.loads(json.dumps(known[name]))

    return make


@pytest.mark.parametrize("name", SAMPLES)
def test_a_template_is_the_same_as_itself(name: str, exported: Callable[[str], Tree], catalog: Catalog) -> None:
    """In YAML, in JSON, and with everything that has no order in another one."""
    tree = exported(name)
    made = export(open_sample(name, catalog), catalog)
    assert diff(tree, tree) == []
    assert diff(tree, read_template(made.text("yaml")).tree) == []
    assert diff(read_template(made.text("json")).tree, read_template(made.text("yaml")).tree) == []
    assert diff(tree, _in_another_order(tree, random.Random(1))) == []


def _in_another_order(value: Any, order: random.Random, key: str = "") -> Any:
    if isinstance(value, dict):
        keys = list(value)
        order.shuffle(keys)
        return {name: _in_another_order(value[name], order, name) for name in keys}
    if isinstance(value, list):
        items = [_in_another_order(item, order) for item in value]
        if key in ("Tags", "Statement", "Action", "DependsOn", "SubnetIds", "SecurityGroupEgress", "ManagedPolicyArns"):
            order.shuffle(items)
        return items
    return str(value) if type(value) is int and order.random() < 0.5 else value


@pytest.mark.parametrize("one", SAMPLES[:4])
@pytest.mark.parametrize("other", SAMPLES[4:])
def test_the_way_back(one: str, other: str, exported: Callable[[str], Tree]) -> None:
    """What is added one way is removed the other, at the same places, with the same outcome."""
    turned = {ADDED: REMOVED, REMOVED: ADDED, CHANGED: CHANGED}
    there, back = diff(exported(one), exported(other)), diff(exported(other), exported(one))
    first = Counter((c.kind, c.section, c.logical_id, c.replacement) for c in there)
    assert first == Counter((turned[c.kind], c.section, c.logical_id, c.replacement) for c in back)
    assert there


def leaves(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The paths of all scalars."""
    if isinstance(value, dict):
        return [found for key, item in value.items() for found in leaves(item, (*path, key))]
    if isinstance(value, list):
        return [found for index, item in enumerate(value) for found in leaves(item, (*path, index))]
    return [path]


@given(st.data())
@settings(max_examples=150)
def test_no_change_is_overlooked(exported: Callable[[str], Tree], data: st.DataObject) -> None:
    """Another value anywhere is found in its entry; whatever else is named follows from that, and is replaced."""
    old = exported(data.draw(st.sampled_from(SAMPLES)))
    new = copy.deepcopy(old)
    path = data.draw(st.sampled_from(leaves(old)))
    place = new
    for key in path[:-1]:
        place = place[key]
    place[path[-1]] = "something else"
    found = diff(old, new)
    direct = [one for one in found if one.before != one.after]
    assert direct
    section, name = path[0], path[1] if len(path) > 1 else ""
    assert {(one.section, one.logical_id) for one in direct} == {(section, name)}
    followed = [one for one in found if one.before == one.after]
    assert all(one.section == "Resources" and one.replacement is not Replacement.NO for one in followed)


@given(st.data())
@settings(max_examples=40)
def test_an_entry_that_goes_is_one_change(exported: Callable[[str], Tree], data: st.DataObject) -> None:
    """Of the kind removed, and added on the way back."""
    old = exported(data.draw(st.sampled_from(SAMPLES)))
    section = data.draw(st.sampled_from(["Parameters", "Resources", "Outputs"]))
    name = data.draw(st.sampled_from(sorted(old[section])))
    new = old | {section: {key: value for key, value in old[section].items() if key != name}}
    (gone,) = diff(old, new)
    assert (gone.kind, gone.section, gone.logical_id, gone.path, gone.after) == (REMOVED, section, name, (), None)
    (come,) = diff(new, old)
    assert (come.kind, come.logical_id, come.before, come.after) == (ADDED, name, None, old[section][name])


def test_the_drawing_is_not_compared() -> None:
    """Nothing of it is deployed; other metadata are compared."""
    old = {"Metadata": {"AwsArchitectureDesigner": {"Version": 1, "Drawing": ["a"]}, "Team": "x"}}
    assert diff(old, {"Metadata": {"Team": "x"}}) == []
    assert [one.logical_id for one in diff(old, {})] == ["Team"]


def test_a_renamed_resource_is_replaced() -> None:
    """Its removal and its arrival say so, also where renamed resources refer to each other."""
    role = {"Type": "AWS::IAM::Role", "Properties": {"AssumeRolePolicyDocument": {"Statement": []}}}
    function = {"Type": "AWS::Lambda::Function", "Properties": {"Role": {"Fn::GetAtt": ["Role", "Arn"]}, "Timeout": 3}}
    other = {**function, "Properties": {"Role": {"Fn::Sub": "${Part.Arn}"}, "Timeout": "3"}, "DependsOn": "Part"}
    queue = {"Type": "AWS::SQS::Queue", "Properties": {"DelaySeconds": 1}}
    old = {"Resources": {"Role": role, "Function": function, "Queue": queue}}
    new = {"Resources": {"Part": role, "Worker": other, "Jobs": queue | {"Properties": {"DelaySeconds": 2}}}}
    found = {one.logical_id: one for one in diff(old, new)}
    assert found["Function"].why == "renamed to Worker: will be replaced"
    assert found["Worker"].why == "renamed from Function: will be replaced"
    assert found["Role"].why == "renamed to Part: will be replaced"
    assert {found[name].replacement for name in ("Role", "Part", "Function", "Worker")} == {Replacement.YES}
    assert (found["Queue"].why, found["Jobs"].why) == ("", "")


def test_twins_of_which_one_goes_are_not_called_renamed() -> None:
    """Nobody can tell which of the two it was."""
    gateway = {"Type": "AWS::EC2::InternetGateway"}
    found = diff({"Resources": {"A": gateway, "B": gateway}}, {"Resources": {"C": gateway}})
    assert [one.why for one in found] == ["", "", ""]
    found = diff({"Resources": {"A": gateway, "B": gateway}}, {"Resources": {"C": gateway, "D": gateway}})
    assert all("will be replaced" in one.why for one in found)


def test_what_a_user_does_in_the_window(catalog: Catalog) -> None:
    """A wire taken away removes what it wrote; a changed property is a change of its resource; a moved box is none."""
    architecture = open_sample("three-tier", catalog)
    before = export(architecture, catalog).template.tree
    architecture.apply(operations.move(architecture, {Collection.COMPONENTS: {"database": (900, 900)}}))
    assert diff(before, export(architecture, catalog).template.tree) == []
    architecture.apply(
        operations.set_property(architecture, Collection.COMPONENTS, ["database"], "backup_retention", 30)
    )
    (change,) = diff(before, export(architecture, catalog).template.tree)
    assert (change.logical_id, change.property) == ("Database", "BackupRetentionPeriod")
    assert (change.before, change.after) == (14, 30)
    architecture.apply(operations.delete(architecture, {Collection.CONNECTIONS: ["web-servers-database"]}))
    gone = {one.logical_id for one in diff(before, export(architecture, catalog).template.tree) if one.kind is REMOVED}
    assert {"WebServersToDatabaseIngress", "WebServersToDatabaseEgress"} <= gone


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ({}, {}, []),
        ({"Resources": None}, {"Resources": {}}, []),
        ({"Resources": []}, {}, [(REMOVED, "Resources", "")]),
        ({"Resources": {"A": None}}, {"Resources": {"A": "text"}}, [(CHANGED, "Resources", "A")]),
        ({"Resources": {"A": {"Type": ["x"]}}}, {"Resources": {"A": {"Type": 5}}}, [(CHANGED, "Resources", "A")]),
        ({"Resources": {"A": {"Properties": []}}}, {"Resources": {"A": {"Properties": {}}}}, []),
        ({"Description": {"a": 1}}, {"Description": "b"}, [(CHANGED, "Description", "")]),
        ({"Unknown": {"a": 1}}, {"Unknown": {"a": 2}}, [(CHANGED, "Unknown", "a")]),
        ({"Transform": "A"}, {"Transform": ["A", "B"]}, [(CHANGED, "Transform", "")]),
        ({"Conditions": 5}, {"Conditions": {"A": {}}}, [(CHANGED, "Conditions", "")]),
    ],
)
def test_templates_that_are_broken_somewhere(old: Tree, new: Tree, expected: list[tuple[ChangeKind, str, str]]) -> None:
    """They are compared as far as they have a meaning."""
    assert [(one.kind, one.section, one.logical_id) for one in diff(old, new)] == expected


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(0, 3) | st.sampled_from(["A", "AWS::SQS::Queue", "${A.Arn}"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["A", "B", "Type", "Properties", "FifoQueue", "Ref", "Fn::If", "Fn::Sub", "Fn::GetAtt"]),
            inner,
            max_size=3,
        )
    ),
    max_leaves=10,
)
TEMPLATES = st.dictionaries(
    st.sampled_from(["Resources", "Parameters", "Conditions", "Metadata", "X"]), JSON, max_size=4
)


@given(TEMPLATES, TEMPLATES)
def test_no_template_breaks_the_comparison(old: Tree, new: Tree) -> None:
    """However wrong it is; and it never differs from itself."""
    assert diff(old, old) == []
    found = diff(old, new)
    assert len(found) == sum(len(entry.changes) for entry in grouped(found))
    assert all(isinstance(one, Change) and one.property is not None for one in found)
