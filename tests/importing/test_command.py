"""Importing by name: files, what is in the way, and what the person should know."""

from __future__ import annotations

from pathlib import Path

import pytest

from designer.catalog.catalog import load_catalog
from designer.cloudformation.export import export
from designer.errors import UserError
from designer.importing.command import import_template, open_template
from designer.storage.files import dumps, read
from designer.storage.samples import open_sample

CATALOG = load_catalog()


@pytest.fixture
def template(tmp_path: Path) -> Path:
    """A template with its drawing."""
    architecture = open_sample("three-tier", CATALOG)
    file = tmp_path / "shop.yaml"
    file.write_text(export(architecture, CATALOG, drawing=True).text())
    return file


def test_a_template_becomes_a_file(template: Path, tmp_path: Path) -> None:
    """The same file that it was drawn in, with nothing to remark."""
    out = tmp_path / "shop.arch.yaml"
    imported = import_template(template, out, CATALOG)
    assert imported.notes == ()
    assert read(out, CATALOG) == imported.architecture == open_sample("three-tier", CATALOG)
    assert out.read_text() == dumps(open_sample("three-tier", CATALOG))


def test_edits_by_hand_are_named(template: Path) -> None:
    """They are not in the drawing, and must not vanish without a word."""
    text = template.read_text().replace("MultiAZ: true", "MultiAZ: false")
    template.write_text(text.replace("\nResources:\n", "\nResources:\n  Own:\n    Type: AWS::SNS::Topic\n"))
    (note,) = open_template(template, CATALOG).notes
    assert "in Database, Own: it was edited by hand" in note


def test_many_edits_are_counted(template: Path) -> None:
    """The first of them are named."""
    text = template.read_text()
    template.write_text(text[: text.index("\nResources:")] + text[text.index("\nMetadata:") :])
    (note,) = open_template(template, CATALOG).notes
    assert " and " in note
    assert " more: it was edited" in note


def test_a_drawing_that_cannot_be_exported(tmp_path: Path) -> None:
    """It opens all the same, to be put right."""
    lines = [
        "designer: 1", "boundaries:", '  one: {"kind": "vpc"}', '  other: {"kind": "vpc"}', "components:",
        '  a: {"kind": "ec2", "in": "one"}', '  b: {"kind": "rds", "in": "other"}', "connections:",
        '  w: {"from": "a", "relation": "queries", "to": "b"}',
    ]  # fmt: skip
    file = tmp_path / "a.yaml"
    items = "".join(f"      - '{line}'\n" for line in lines)
    file.write_text(f"Metadata:\n  AwsArchitectureDesigner:\n    Version: 1\n    Drawing:\n{items}")
    imported = open_template(file, CATALOG)
    assert set(imported.architecture.components) == {"a", "b"}
    assert "cannot be exported as it is" in imported.notes[0]


def test_no_file_is_replaced_unasked(template: Path, tmp_path: Path) -> None:
    """The template itself not even with force."""
    out = tmp_path / "shop.arch.yaml"
    out.write_text("mine")
    with pytest.raises(UserError, match="the file exists"):
        import_template(template, out, CATALOG)
    assert out.read_text() == "mine"
    import_template(template, out, CATALOG, force=True)
    assert read(out, CATALOG) == open_sample("three-tier", CATALOG)
    before = template.read_bytes()
    with pytest.raises(UserError, match="this is the template itself"):
        import_template(template, template, CATALOG, force=True)
    assert template.read_bytes() == before


@pytest.mark.parametrize(
    ("content", "message"), [(b"Resources: {}\n", "was not made by the designer"), (b"\xff", "UTF-8")]
)
def test_nothing_is_written_for_what_cannot_be_read(tmp_path: Path, content: bytes, message: str) -> None:
    """And the error names the template."""
    template, out = tmp_path / "a.yaml", tmp_path / "a.arch.yaml"
    template.write_bytes(content)
    with pytest.raises(UserError, match=message) as caught:
        import_template(template, out, CATALOG)
    assert str(template) in str(caught.value)
    assert not out.exists()
    with pytest.raises(UserError, match="cannot be read"):
        import_template(tmp_path / "missing.yaml", out, CATALOG)
    assert not out.exists()
