"""Broken catalog files: the error names file, entry and line."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from designer.assets import data
from designer.catalog.catalog import read_catalog
from designer.errors import UserError


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A copy of the catalog that a test may break."""
    for name in ("catalog", "facts"):
        shutil.copytree(data("resources") / name, tmp_path / name)
    return tmp_path


def broken(root: Path, file: str, old: str, new: str) -> str:
    """The error after a replacement in a file."""
    path = root / "catalog" / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(UserError) as caught:
        read_catalog(root)
    assert caught.value.file == path
    return str(caught.value).replace(str(path), path.name)


@pytest.mark.parametrize(
    ("file", "old", "new", "message"),
    [
        ("services/sqs.yaml", "title: SQS queue\n", "", "sqs.yaml:1: sqs: the key 'title' is missing"),
        ("services/sqs.yaml", "title: SQS queue", "tilte: SQS queue", "the key 'title' is missing"),
        ("services/sqs.yaml", "title: SQS queue", "title: SQS\nnew: 1", "sqs.yaml:2: sqs: unknown key 'new'"),
        ("services/sqs.yaml", "title: SQS queue", "title: [SQS]", "sqs.yaml:1: sqs: 'title' does not take a list"),
        ("services/sqs.yaml", "category: integration", "category: magic", "sqs: unknown category 'magic'"),
        ("services/sqs.yaml", "role: broker", "role: wizard", "'role' is one of entry, router"),
        ("services/sqs.yaml", "type: boolean", "type: yesno", "sqs.fifo: 'type' is one of boolean, integer"),
        ("services/sqs.yaml", "order: 10", "order: true", "'order' does not take true/false"),
        ("services/sqs.yaml", "when: fifo", "when: fifo.upper", "Attribute is not allowed"),
        ("services/sqs.yaml", "fact: sqs.default", "fact: sqs.guess", "sqs: unknown fact 'sqs.guess'"),
        ("services/sqs.yaml", "  fifo:", "  fi-fo:", "'fi-fo' cannot name a property"),
        ("services/users.yaml", "scope: outside", "scope: everywhere", "users.placement: 'scope' is one of zonal"),
        ("relations/sends.yaml", "lambda], to", "lamda], to", "sends: unknown kind 'lamda'"),
        ("relations/sends.yaml", "to: [sqs]", "to: sqs", "'to' does not take text"),
        ("refusals.yaml", "reason:", "raison:", "refusal: the key 'reason' is missing"),
        ("categories.yaml", 'colour: "#5A6B86"', "colour: 5", "people: 'colour' does not take a whole number"),
    ],
)
def test_a_broken_entry_is_named(root: Path, file: str, old: str, new: str, message: str) -> None:
    """Whoever extends the catalog sees what to mend."""
    assert message in broken(root, file, old, new)


def test_an_empty_file_and_one_that_is_no_yaml(root: Path) -> None:
    """Both name the file."""
    path = root / "catalog/services/sqs.yaml"
    path.write_text("", encoding="utf-8")
    with pytest.raises(UserError, match=r"sqs\.yaml: the file is empty"):
        read_catalog(root)
    path.write_text("title: {", encoding="utf-8")
    with pytest.raises(UserError, match=r"sqs\.yaml:\d+: this is not YAML"):
        read_catalog(root)
    path.write_text("- a list", encoding="utf-8")
    with pytest.raises(UserError, match=r"sqs\.yaml:1: sqs: expected a mapping, got a list"):
        read_catalog(root)


def test_a_new_service_is_data_alone(root: Path) -> None:
    """A file in the folder is a kind, and a relation may name it."""
    text = (root / "catalog/services/sqs.yaml").read_text(encoding="utf-8")
    (root / "catalog/services/stream.yaml").write_text(text.replace("SQS queue", "Stream"), encoding="utf-8")
    sends = root / "catalog/relations/sends.yaml"
    sends.write_text(sends.read_text(encoding="utf-8").replace("to: [sqs]", "to: [sqs, stream]"), encoding="utf-8")
    catalog = read_catalog(root)
    assert catalog.kinds["stream"].title == "Stream"
    assert [relation.id for relation in catalog.relations_between("lambda", "stream")] == ["sends"]
    assert catalog.refusal("stream", "rds").reason
