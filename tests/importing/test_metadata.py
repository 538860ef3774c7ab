"""A template carries its drawing: what goes in comes out again, whatever is in it and whatever is done to the rest."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from designer.catalog.catalog import load_catalog
from designer.cloudformation.diff.compare import diff
from designer.cloudformation.drawing import drawing_metadata
from designer.cloudformation.emit import to_json, to_lines
from designer.cloudformation.export import Export, export
from designer.cloudformation.fragments import Template
from designer.errors import UserError, UserErrors
from designer.importing.metadata import architecture_from_template
from designer.model.architecture import Architecture
from designer.model.entities import Component, Entity, Settings
from designer.storage.files import dumps, loads
from designer.storage.samples import open_sample, samples
from tests.model.architectures import HOSTILE, architectures, edits_on

CATALOG = load_catalog()
FILE = Path("shop.yaml")
SAMPLES = [sample.name for sample in samples()]
FORMATS = ["yaml", "json"]


def carried(architecture: Architecture, format: str) -> str:
    """A template with nothing but the drawing and one resource."""
    template = Template()
    template.merge({"Resources": {"Topic": {"Type": "AWS::SNS::Topic"}}}, "architecture")
    template.merge({"Metadata": drawing_metadata(architecture)}, "architecture")
    lines = [line.text for line in to_lines(template, {})]
    return to_json(template) if format == "json" else "\n".join(lines) + "\n"


def bare(architecture: Architecture) -> Export:
    """The export without a drawing."""
    made = export(architecture, CATALOG)
    made.template.tree.pop("Metadata", None)
    return Export(made.template, made.titles, made.notes)


def exported(architecture: Architecture) -> Export:
    """The export with the drawing."""
    return export(architecture, CATALOG, drawing=True)


def restored(text: str) -> Architecture:
    """The architecture in a template."""
    return architecture_from_template(text, CATALOG, FILE)


@given(architectures(), st.sampled_from(FORMATS))
@settings(max_examples=150)
def test_every_architecture_comes_back(architecture: Architecture, format: str) -> None:
    """Equal in all its parts: names, notes, positions, properties, unknown keys and comments."""
    again = restored(carried(architecture, format))
    assert again == architecture
    assert dumps(again) == dumps(architecture)


@given(st.sampled_from(SAMPLES), st.sampled_from(FORMATS), st.data())
@settings(max_examples=25)
def test_every_export_can_be_imported(name: str, format: str, data: st.DataObject) -> None:
    """Samples after random edits, in whole templates; what is imported is exported to the same template again."""
    architecture = open_sample(name, CATALOG)
    for _ in range(data.draw(st.integers(0, 5))):
        try:
            architecture.apply(edits_on(data.draw, architecture))
        except UserError:
            continue
    try:
        loads(dumps(architecture), CATALOG)  # the edits may set properties that no kind has
        made = exported(architecture)
    except UserError:
        assume(False)
    again = restored(made.text(format))  # type: ignore[arg-type]
    assert again == architecture
    assert exported(again).text(format) == made.text(format)  # type: ignore[arg-type]


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_names_stay_data(name: str, format: str) -> None:
    """Also for other readers: no name makes an intrinsic function, a variable, a dynamic reference or another entry."""
    entities: list[Entity] = [
        Component(id="a", kind="users", name=name, note=name, extra={"later": {name[:200]: [name]}}),
        Component(id="b", kind="ec2", name=f"{{{{resolve:ssm:{name}}}}}", comments=(f"# ${{AWS::Region}} {name!r}",)),
    ]
    architecture = Architecture.of(Settings(name=name, comments=("# {{x}}", "#")), entities)
    text = carried(architecture, format)
    assert restored(text) == architecture
    plain: Any = json.loads(text) if format == "json" else yaml.safe_load(text)
    assert list(plain) == ["Resources", "Metadata"]
    assert list(plain["Metadata"]) == ["AwsArchitectureDesigner"]
    lines = plain["Metadata"]["AwsArchitectureDesigner"]["Drawing"]
    assert all(isinstance(line, str) for line in lines)
    assert not any("${" in line or "{{" in line for line in lines)
    assert plain["Metadata"] == drawing_metadata(architecture)


@pytest.mark.parametrize("name", SAMPLES)
def test_the_drawing_changes_nothing_else(name: str) -> None:
    """It stands at the end, every line of it is said to be written by the architecture, and nothing else moves."""
    architecture = open_sample(name, CATALOG)
    plain = bare(architecture)
    text, lines = plain.text(), list(plain.lines)
    made = exported(architecture)
    assert plain.text() == text
    assert made.text().startswith(text)
    assert [line for line in made.lines if line.path[:1] != ("Metadata",)][: len(lines)] == lines
    assert {line.writer for line in made.lines[len(lines) :]} == {"architecture"}
    assert diff(plain.template.tree, made.template.tree) == []


@pytest.mark.parametrize("name", SAMPLES)
def test_the_drawing_is_small(name: str) -> None:
    """At most an eighth of the template: some six characters a line more than the file itself."""
    architecture = open_sample(name, CATALOG)
    text = exported(architecture).text()
    more = len(text.encode()) - len(bare(architecture).text().encode())
    file = dumps(architecture)
    assert more <= len(file.encode()) + 12 * file.count("\n") + 100
    assert more <= len(text.encode()) / 8


def edited(text: str, old: str, new: str) -> str:
    """The text with one part put in the place of another, which has to be there."""
    assert old in text
    return text.replace(old, new, 1)


def test_the_rest_of_the_template_may_be_edited() -> None:
    """Resources changed, renamed, taken out; comments, other metadata, aliases, line ends, another order."""
    architecture = open_sample("three-tier", CATALOG)
    text = exported(architecture).text()
    head, metadata = text.split("\nMetadata:\n")
    tree = yaml.load(metadata, yaml.BaseLoader)
    for other in (
        edited(text, "MultiAZ: true", "MultiAZ: false # cheaper\n      Extra: &x !Sub '${A}'\n      Twice: *x"),
        edited(text, "\nMetadata:\n", "\nMetadata:\n  Team: !Ref Nothing\n"),
        edited(text, "BackupRetentionPeriod: 14", "BackupRetentionPeriod: 14\n      BackupRetentionPeriod: 7"),
        f"# ours\nMetadata:\n{metadata}\n{head}\n",
        f"Metadata:\n{metadata}",
        text.replace("\n", "\r\n"),
        f"\ufeff{text}",
        "Resources: {A: null}\nMetadata:\n  " + yaml.safe_dump(tree, width=10_000).replace("\n", "\n  "),
        "Resources: {A: null}\nMetadata:\n  " + yaml.safe_dump(tree, width=60).replace("\n", "\n  "),
        json.dumps({"Metadata": drawing_metadata(architecture)}),
        json.dumps({"Metadata": drawing_metadata(architecture)}, indent="\t", ensure_ascii=False),
    ):
        assert restored(other) == architecture


def test_lines_brought_into_one_block() -> None:
    """As a person may write them, who copies a file into a template."""
    architecture = open_sample("fan-out", CATALOG)
    block = "".join(f"      {line}\n" for line in dumps(architecture).splitlines())
    text = f"Metadata:\n  AwsArchitectureDesigner:\n    Version: 1\n    Drawing: |\n{block}"
    assert restored(text) == architecture


@pytest.mark.parametrize(
    "text",
    ["Resources: {}\n", "Metadata: {}\n", "Metadata: [AwsArchitectureDesigner]\n", '{"Resources": {}}'],
)
def test_a_template_without_a_drawing(text: str) -> None:
    """Says what is missing, and what to do."""
    with pytest.raises(UserError) as caught:
        restored(text)
    assert str(caught.value) == (
        "shop.yaml: this template was not made by the designer, or its drawing was left out: "
        "Metadata has no AwsArchitectureDesigner. open the architecture file that it was exported from, or paste "
        "the template's text on the canvas: what can be drawn of it is drawn"
    )


def test_an_architecture_is_no_template() -> None:
    """Somebody takes the one file for the other."""
    with pytest.raises(UserError, match=r"shop\.yaml: this is an architecture already"):
        restored(dumps(open_sample("fan-out", CATALOG)))


DRAWN = """\
Metadata:
  AwsArchitectureDesigner:
    Version: 1
    Drawing:
      - 'designer: 1'
      - 'components:'
      - '  orders: {"kind": "sqs", "at": [0, 0]}'
      - '  worker: {"kind": "lambda"}'
      - 'connections:'
      - '  wire: {"from": "orders", "relation": "triggers", "to": "worker"}'
"""


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (
            "Version: 1",
            "Version: 2",
            "shop.yaml:3: AwsArchitectureDesigner: the drawing has version 2, and this version",
        ),
        ("Version: 1", "Version: '12'", "shop.yaml:3: AwsArchitectureDesigner: the drawing has version 12"),
        (
            "Version: 1",
            "Version: 0",
            "shop.yaml:3: AwsArchitectureDesigner: the drawing is damaged: 'Version' is a whole",
        ),
        ("    Version: 1\n", "", "shop.yaml:2: AwsArchitectureDesigner: the drawing is damaged: 'Version' is a whole"),
        (
            "designer: 1",
            "designer: 2",
            "shop.yaml:5: AwsArchitectureDesigner: the drawing is damaged: the file has format 2",
        ),
        ('"sqs"', '"sqsx"', "shop.yaml:7: orders: the drawing is damaged: there is no service kind 'sqsx'"),
        ("[0, 0]", "[0]", "shop.yaml:7: orders: the drawing is damaged: 'at' takes two whole numbers"),
        ('"to": "worker"', '"to": "gone"', "shop.yaml:10: wire: the drawing is damaged: there is no component 'gone'"),
        ('"triggers"', '"queries"', "shop.yaml:10: wire: the drawing is damaged: 'queries' does not lead from"),
        (
            '\'  worker: {"kind": "lambda"}\'',
            "5",
            "shop.yaml:8: AwsArchitectureDesigner: the drawing is damaged: item 4",
        ),
        ('\'  worker: {"kind": "lambda"}\'', "worker: 1", "item 4 of 'Drawing' is a mapping, and a line of text"),
        ('\'  worker: {"kind": "lambda"}\'', '"a\\nb"', "item 4 of 'Drawing' is text of several lines"),
        ('"kind": "lambda"}', '"kind": "lambda"', "the drawing is damaged: this is not YAML"),
        ("'designer: 1'", "''", "the drawing is damaged: the key 'designer' is missing"),
    ],
)
def test_a_damaged_drawing(old: str, new: str, message: str) -> None:
    """The line in the template, and the component or connection."""
    assert len(restored(DRAWN).components) == 2
    with pytest.raises(UserError) as caught:
        restored(edited(DRAWN, old, new))
    assert message in str(caught.value)
    assert str(caught.value).startswith("shop.yaml")


def test_all_that_is_damaged_is_named_at_once() -> None:
    """In JSON, whose lines are not known, by name."""
    broken = edited(edited(DRAWN, '"sqs"', '"x"'), '"lambda"', '"y"')
    with pytest.raises(UserErrors) as caught:
        restored(broken)
    assert [(error.line, error.name) for error in caught.value.errors] == [(7, "orders"), (8, "worker")]
    with pytest.raises(UserErrors) as caught:
        restored(json.dumps(yaml.safe_load(broken)))
    assert [(error.line, error.name) for error in caught.value.errors] == [(None, "orders"), (None, "worker")]


@pytest.mark.parametrize(
    "entry", ["5", "[]", "{}", "{Version: 1}", "{Version: 1, Drawing: 7}", "{Version: 1, Drawing: []}"]
)
def test_an_entry_that_is_none(entry: str) -> None:
    """Somebody else may use the name, too."""
    with pytest.raises(UserError, match="the drawing is damaged"):
        restored(f"Metadata:\n  AwsArchitectureDesigner: {entry}\n")


@given(st.data())
@settings(max_examples=80)
def test_no_damage_breaks_the_reader(data: st.DataObject) -> None:
    """A character taken out or put in anywhere: an architecture, or an error that names the file."""
    place = data.draw(st.integers(0, len(DRAWN) - 1))
    put = data.draw(
        st.sampled_from(["", "'", '"', "{", "}", "\n", ":", "#", "\\", "\x00", "🦊", "- ", "*", "&a ", "!x "])
    )
    text = DRAWN[:place] + put + DRAWN[place + data.draw(st.integers(0, 1)) :]
    try:
        assert isinstance(restored(text), Architecture)
    except UserError as error:
        assert str(error).startswith("shop.yaml")
