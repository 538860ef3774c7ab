"""Drawings that make no sense, through the command line and the window: a finding or an error, and never a hang."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from designer.analysis.findings import Analysis
from designer.catalog.catalog import load_catalog
from designer.gui.document import Document
from designer.gui.tasks import Tasks
from designer.storage.reader import loads
from designer.storage.writer import dumps
from tests.analysis.drawings import draw
from tests.bench.large_drawings import SHAPES
from tests.cli.commands import run

Capture = pytest.CaptureFixture[str]

BALANCED = "users: users; lb: elb; users requests lb; "
SPOKEN_OF = {
    "a minimum above the desired number": (BALANCED + "w: asg min=5 desired=2 max=3; lb routes w", "ASG-01"),
    "a service without tasks": (BALANCED + "s: ecs desired=0; lb routes s", "CAP-01"),
    "a flow that leads nowhere": ("users: users; t: dynamodb; flow: entry=t goal=0.99", "FLW-01"),
    "an island": ("users: users; f: lambda; q: sqs; users requests f", "CPL-14"),
    "a circle of waiting": ("a: ecs; b: ecs; c: ecs; a calls b; b calls c; c calls a", "CPL-02"),
    "a circle of messages": ("f: lambda; q: sqs; f sends q; q triggers f", "LAM-13"),
    "more needed than there are": (BALANCED + "s: ecs desired=2 needed=5; lb routes s", "CAP-02"),
}
"""Drawings with a rule that has to speak of each."""

REFUSED = {
    "a goal over 100 %": ("flows: {f: {name: F, entry: a, goal: 250}}", "goal"),
    "a flow that enters nowhere": ("flows: {f: {name: F, entry: nobody}}", "nobody"),
    "a flow without an entry": ("flows: {f: {name: F}}", "entry"),
    "a wire that ends nowhere": ("connections: {w: {from: a, to: nobody, relation: calls}}", "nobody"),
    "a wire that AWS cannot make": ("connections: {w: {from: a, to: a, relation: triggers}}", "triggers"),
    "a number that is none": ("components: {a: {kind: ecs, name: A, properties: {desired: many}}}", "desired"),
}
"""Ends of files with what the error has to name."""


@pytest.mark.parametrize("case", sorted(SPOKEN_OF))
def test_a_drawing_that_makes_no_sense_is_spoken_of(case: str, tmp_path: Path, capsys: Capture) -> None:
    """`check` answers with the finding."""
    text, rule = SPOKEN_OF[case]
    file = tmp_path / "bad.arch.yaml"
    file.write_text(dumps(draw(text)), encoding="utf-8")
    result = run(capsys, "check", str(file), "--format", "json")
    assert result.code in (0, 1) and result.err == ""
    assert rule in {finding["rule"] for finding in json.loads(result.out)["findings"]}


@pytest.mark.parametrize("case", sorted(REFUSED))
def test_a_file_that_makes_no_sense_is_refused(case: str, tmp_path: Path, capsys: Capture) -> None:
    """With file and line, and the name of what is wrong."""
    text, named = REFUSED[case]
    file = tmp_path / "bad.arch.yaml"
    components = "" if text.startswith("components") else "components: {a: {kind: ecs, name: A}}\n"
    file.write_text(f"designer: 1\nname: Bad\n{components}{text}\n", encoding="utf-8")
    result = run(capsys, "check", str(file))
    assert result.code == 2
    assert "bad.arch.yaml" in result.err and named in result.err and "Traceback" not in result.err


def test_a_wire_to_itself_is_answered(tmp_path: Path, capsys: Capture) -> None:
    """A service that calls itself waits for itself; nothing goes round for ever."""
    file = tmp_path / "bad.arch.yaml"
    file.write_text(dumps(draw("users: users; f: lambda; users requests f; f invokes f")), encoding="utf-8")
    result = run(capsys, "check", str(file), "--format", "json")
    assert result.code in (0, 1) and result.err == ""
    json.loads(result.out)


@pytest.mark.parametrize("case", sorted(SPOKEN_OF))
def test_the_window_answers_too(case: str, qtbot: QtBot) -> None:
    """By its worker, with the same finding."""
    text, rule = SPOKEN_OF[case]
    tasks = Tasks(Document(load_catalog(), loads(dumps(draw(text)), load_catalog())))
    with qtbot.waitSignal(tasks.analysed) as told:
        tasks.refresh()
    tasks.stop()
    analysis = told.args[0]
    assert isinstance(analysis, Analysis)
    assert rule in {finding.rule for finding in analysis.findings}


@pytest.mark.parametrize("shape", sorted(SHAPES))
def test_work_on_ten_thousand_components_ends_when_the_window_closes(shape: str, qtbot: QtBot) -> None:
    """The worker stops within moments of being told to, wherever it is."""
    tasks = Tasks(Document(load_catalog(), SHAPES[shape](10_000)))
    tasks.refresh()
    qtbot.waitUntil(lambda: bool(tasks._runners))
    started = time.process_time()
    tasks.stop()
    assert time.process_time() - started < 5.0
