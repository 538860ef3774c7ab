"""The text of a template reads back as the very same tree, and each line knows who wrote it."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from designer.catalog.catalog import Catalog
from designer.cloudformation.emit import Line, to_json, to_lines
from designer.cloudformation.fragments import Template
from designer.cloudformation.scalars import scalar
from tests.cloudformation.drawings import HOSTILE_NAMES, Drawing, everything
from tests.cloudformation.reading import CLoader, PythonLoader, has_alias, read_template
from tests.cloudformation.test_encode import HOSTILE

LOADERS = (CLoader, PythonLoader)


def text_of(tree: Any) -> str:
    template = Template()
    template.merge(tree, "architecture")
    return "\n".join(line.text for line in to_lines(template, {})) + "\n"


@pytest.mark.parametrize("loader", LOADERS)
@pytest.mark.parametrize("value", HOSTILE)
def test_a_hostile_text_reads_back_as_itself(value: str, loader: Any) -> None:
    tree = {
        "Resources": {
            "A": {"Type": "T", "Text": value, "List": [value, [value]], "Sub": {"Fn::Sub": value}, "After": 1},
            "B": {"Fn::Select": [0, {"Fn::Split": [value, value]}], "C": [{"Fn::Base64": {"Fn::Sub": value}}]},
        },
        "Outputs": {"C": {"Value": value}},
    }
    if len(value) < 900:
        tree["Resources"]["A"][value or "empty"] = {value: value}
    assert read_template(text_of(tree), loader) == tree


@pytest.mark.parametrize(
    "text",
    ["2010-09-09", "2012-10-17", "012345678901", "123456789012", "0644", "yes", "No", "on", "OFF", "y", "n", "null",
     "~", "true", "1e3", "1.5", "0x10", "0o7", "0b1", "12:30", "1_000", ".5", ".inf", ".NaN", "=", "<<", "", " a", "a ",
     "a: b",
     "a #b", "#a", "- a", "-", "?", "*", "&a", "!a", "%a", "@a", "`a`", "'a'", '"a"', "[a]", "{a}", "|", ">", "a:"],
)  # fmt: skip
def test_text_that_yaml_would_read_as_something_else_is_quoted(text: str) -> None:
    assert scalar(text)[0] in "'\""


@pytest.mark.parametrize(
    "text",
    ["AWS::SQS::Queue", "10.0.0.0/16", "sqs:*", "${AWS::StackName}-orders", "arn:${AWS::Partition}:iam::aws:policy/X",
     "logs.${AWS::Region}.${AWS::URLSuffix}", "From the load balancer", "/aws/eks/x", "t4g.small", "PT5M", "2-x"],
)  # fmt: skip
def test_ordinary_text_stands_without_quotes(text: str) -> None:
    assert scalar(text) == text


TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=30) | st.text(
    "ab:#-?!'\"%&*[]{},|>\n\r\t ~=<.0123eE+_", max_size=12
)
NAME = st.from_regex(r"[A-Za-z0-9]{1,8}", fullmatch=True)
SCALARS = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | TEXT


def intrinsics(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    names = st.sampled_from(
        ["Fn::Sub", "Fn::Join", "Fn::Select", "Fn::Split", "Fn::If", "Fn::Not", "Fn::Equals", "Fn::Base64", "Fn::Cidr",
         "Fn::FindInMap", "Fn::ImportValue", "Fn::GetAZs", "Fn::Transform", "Fn::Length"]
    )  # fmt: skip
    return (
        st.fixed_dictionaries({"Ref": TEXT})
        | st.fixed_dictionaries({"Condition": TEXT})
        | st.fixed_dictionaries({"Fn::GetAtt": st.lists(TEXT, min_size=1, max_size=3)})
        | st.tuples(names, inner).map(lambda pair: {pair[0]: pair[1]})
    )


TREES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXT, inner, max_size=4) | intrinsics(inner),
    max_leaves=20,
)


@given(st.dictionaries(NAME, st.dictionaries(NAME, TREES, min_size=1, max_size=4), min_size=1, max_size=3))
@example({"A": {"b": {"Fn::Sub": "a\n\n"}, "c": 1}, "B": {"d": 2}})
@example({"A": {"b": [{"Fn::Select": [0, {"Fn::Sub": "a, b"}]}]}})
@example({"A": {"b": [[], {}, [[]], [{}], {"": ""}]}})
@example({"A": {"b": "'" * 900, "'" * 500: 1, "%": "%x", "c": 1e22, "d": -0.0}})
def test_any_tree_reads_back_as_itself(tree: Any) -> None:
    text = text_of(tree)
    for loader in LOADERS:
        assert _same(read_template(text, loader), tree)
    assert "\t" not in text
    assert not has_alias(text)


def _same(one: Any, other: Any) -> bool:
    """Equality that tells true from 1 and does not tell 1.0 from 1, which JSON does not either."""
    if isinstance(one, dict) and isinstance(other, dict):
        return list(one) == list(other) and all(_same(one[key], other[key]) for key in one)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(_same, one, other))
    return isinstance(one, bool) == isinstance(other, bool) and bool(one == other)


def test_a_value_that_occurs_twice_has_no_anchor() -> None:
    shared = {"Fn::Join": ["", ["a", "b"]]}
    text = text_of({"Resources": {"A": {"x": shared, "y": [shared, shared]}}})
    assert not has_alias(text)
    assert text.count("!Join") == 3


def test_the_whole_catalog_is_the_same_tree_in_yaml_and_json(catalog: Catalog) -> None:
    exported = everything(catalog).export()
    for loader in LOADERS:
        assert read_template(exported.text("yaml"), loader) == exported.template.tree
    assert json.loads(exported.text("json")) == exported.template.tree
    assert to_json(exported.template) == exported.text("json")


def test_the_text_has_neither_tabs_nor_anchors_nor_trailing_spaces(catalog: Catalog) -> None:
    text = everything(catalog).export().text()
    assert "\t" not in text
    assert not has_alias(text)
    assert not re.search(r"[ \t]\n", text)
    assert max(map(len, text.split("\n"))) < 400


def at(tree: Any, path: tuple[str | int, ...]) -> Any:
    for step in path:
        tree = tree[step]
    return tree


def hub(catalog: Catalog) -> Drawing:
    """A function that two wires tell something, a queue that two topics write to, a service behind a balancer."""
    drawing = Drawing(catalog)
    for kind, key in (("lambda", "worker"), ("sqs", "jobs"), ("dynamodb", "items"), ("sns", "news"), ("sns", "alerts"),
                      ("elb", "front"), ("ecs", "shop")):  # fmt: skip
        drawing.add(kind, key)
    for source, target, relation in (
        ("worker", "items", "reads-writes"), ("worker", "alerts", "publishes"), ("jobs", "worker", "triggers"),
        ("news", "jobs", "delivers"), ("alerts", "jobs", "delivers"), ("front", "shop", "routes"),
    ):  # fmt: skip
        drawing.wire(source, target, relation)
    return drawing


def test_every_line_leads_to_the_entry_that_it_shows(catalog: Catalog) -> None:
    exported = hub(catalog).export()
    for line in exported.lines:
        value = at(exported.template.tree, line.path)
        if (
            line.path
            and isinstance(line.path[-1], str)
            and line.text.strip()
            and not line.text.lstrip().startswith("#")
        ):
            _shows(line, value)


def _shows(line: Line, value: Any) -> None:
    """A line of an entry shows its key, or is one of the lines of its text."""
    key = str(line.path[-1])
    if isinstance(value, str) and "\n" in value and line.text.strip() in value:
        return
    assert key in line.text or f"!{key.removeprefix('Fn::')}" in line.text


def test_every_entry_of_the_tree_has_a_line(catalog: Catalog) -> None:
    exported = hub(catalog).export()
    shown = {line.path for line in exported.lines}
    for section in ("Parameters", "Resources", "Outputs"):
        for name, entry in exported.template.tree[section].items():
            assert (section, name) in shown
            assert all((section, name, key) in shown for key in entry)


def test_every_line_names_who_wrote_it(catalog: Catalog) -> None:
    drawing = hub(catalog)
    exported = drawing.export()
    lines = {line.path: line for line in exported.lines}
    environment = ("Resources", "WorkerFunction", "Properties", "Environment", "Variables")
    assert lines[*environment, "ITEMS_TABLE"].origins == ("worker-items",)
    assert lines[*environment, "ALERTS_TOPIC_ARN"].origins == ("worker-alerts",)
    assert lines["Resources", "WorkerFunction", "Properties", "Timeout"].origins == ("worker",)
    statements = ("Resources", "JobsPolicy", "Properties", "PolicyDocument", "Statement")
    assert lines[*statements, 0, "Sid"].origins == ("jobs",)
    topics = (*statements, 1, "Condition", "ArnEquals", "aws:SourceArn")
    assert {lines[*topics, index].origins for index in (0, 1)} == {("news-jobs",), ("alerts-jobs",)}
    assert lines["Resources", "ShopService", "Properties", "LoadBalancers"].origins == ("front-shop",)
    assert lines["Resources", "ShopService", "Properties", "DesiredCount"].origins == ("shop",)
    assert lines["Resources", "Key"].origins == ("shared:key",)
    assert lines["Resources", "Vpc"].origins == ("shared:network",)
    known = {*drawing.architecture.components, *drawing.architecture.connections, "architecture"}
    for line in exported.lines:
        assert line.origins[0] in known or line.origins[0].startswith("shared:")


def test_what_a_wire_wrote_is_what_goes_when_the_wire_goes(catalog: Catalog) -> None:
    """The lines of a wire are those that differ between the export with it and the export without."""
    from designer.model.edits import Remove
    from designer.model.entities import Collection

    with_wire = hub(catalog).export()
    drawing = hub(catalog)
    drawing.architecture.apply(Remove(Collection.CONNECTIONS, "worker-items"))
    without = {line.path for line in drawing.export().lines}
    own = {line.path for line in with_wire.lines if line.origins == ("worker-items",) and len(line.path) > 1}
    assert own
    assert not own & without
    gone = {line.path for line in with_wire.lines} - without
    assert own == gone


def test_a_comment_names_the_component_over_its_resources_on_one_line(catalog: Catalog) -> None:
    drawing = Drawing(catalog)
    for number, name in enumerate(HOSTILE_NAMES):
        drawing.add("sqs", f"queue-{number}", name)
    exported = drawing.export()
    assert read_template(exported.text()) == exported.template.tree
    comments = [line.text for line in exported.lines if line.text.startswith("  #")]
    assert len(comments) >= len(HOSTILE_NAMES)
    assert all(line.isprintable() and len(line) < 260 for line in comments)


def test_lines_and_text_are_the_same(catalog: Catalog) -> None:
    exported = hub(catalog).export()
    assert exported.text().split("\n") == [*(line.text for line in exported.lines), ""]
    assert not any("\n" in line.text for line in exported.lines)
