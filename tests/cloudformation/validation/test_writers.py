"""Messages find who wrote what they are about, in either format."""

from __future__ import annotations

import pytest

from designer.catalog.catalog import load_catalog
from designer.cloudformation.emit import Line
from designer.cloudformation.export import export
from designer.cloudformation.validation.messages import Message, Severity
from designer.cloudformation.validation.template import read_template
from designer.cloudformation.validation.writers import ARCHITECTURE, Writers, place_all
from designer.storage.samples import open_sample, samples

CATALOG = load_catalog()
LINES = [
    Line("Resources:", ARCHITECTURE, ("Resources",)),
    Line("  Queue:", "component:orders", ("Resources", "Queue")),
    Line("    Policy: !Join", "connection:a-b", ("Resources", "Queue", "Policy", "Fn::Join")),
    Line("      - x", "boundary:main", ("Resources", "Queue", "Policy", "Fn::Join", 0)),
    Line("    Key: 1", "shared:key", ("Resources", "Queue", "Key")),
]
TITLES = {"component:orders": "Orders (queue)", "shared:key": "Encryption key"}


def message(*path: str | int, line: int = 1) -> Message:
    """A message about a place."""
    return Message(severity=Severity.ERROR, rule="D00", text="wrong", path=path, line=line)


@pytest.mark.parametrize(
    ("path", "origin", "title"),
    [
        (("Resources", "Queue"), "orders", "Orders (queue)"),
        (("Resources", "Queue", "Unknown", 3), "orders", "Orders (queue)"),
        (("Resources", "Queue", "Policy"), "a-b", ""),
        (("Resources", "Queue", "Policy", "Fn::Join", 0, "deep"), "main", ""),
        (("Resources", "Queue", "Key"), "shared:key", "Encryption key"),
        (("Resources", "Other"), ARCHITECTURE, ""),
        (("Outputs",), ARCHITECTURE, ""),
    ],
)
def test_a_path_leads_to_its_writer_or_the_nearest(path: tuple[str | int, ...], origin: str, title: str) -> None:
    """Whatever the line number says, which is that of one format."""
    placed = Writers(LINES, TITLES).place(message(*path))
    assert (placed.origin, placed.title) == (origin, title)


def test_without_a_path_the_line_decides() -> None:
    """As long as there is one of that number."""
    writers = Writers(LINES, TITLES)
    assert [writers.place(message(line=line)).origin for line in (2, 4, 0, 99)] == [
        "orders",
        "main",
        ARCHITECTURE,
        ARCHITECTURE,
    ]


def test_a_template_that_nobody_drew_has_no_writers() -> None:
    """The messages come back as they are."""
    (placed,) = place_all([message("Resources", "Queue")], (), {})
    assert placed.message.path == ("Resources", "Queue") and placed.title == ""


@pytest.mark.parametrize("sample", [sample.name for sample in samples()])
def test_paths_and_lines_of_an_export_agree(sample: str) -> None:
    """The reader finds every entry on the line that the export gives it, and its writer is that line's."""
    made = export(open_sample(sample, CATALOG), CATALOG, drawing=True)
    template, writers = read_template(made.text()), Writers(made.lines, made.titles)
    checked = 0
    for number, line in enumerate(made.lines, start=1):
        if len(line.path) > 1 and line.path == template.existing(line.path) and template.line(line.path) == number:
            assert writers.place(message(*line.path, line=number)).writer == line.writer
            checked += 1
    assert checked > len(made.lines) / 2
