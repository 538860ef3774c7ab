"""Work beside the window: only the latest answer counts, on a copy, and the export only while it is wanted."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from designer.analysis.findings import Analysis, CouplingResult, FlowAvailability, FlowResult
from designer.catalog.catalog import Catalog
from designer.errors import UserError
from designer.gui import tasks
from designer.gui.document import Document
from designer.gui.tasks import Tasks
from designer.model.architecture import Architecture
from designer.model.entities import Collection, Mode
from designer.model.operations import set_field, set_property

EMPTY = Analysis(findings=(), flows=(), coupling=CouplingResult())


_LATE = FlowAvailability(structural=0.9, exact=False, lower=0.9, upper=1.0, contract=0.9, pending=True)
PENDING = Analysis(
    findings=(),
    flows=(
        FlowResult(
            id="f",
            name="F",
            entry="customers",
            mode=Mode.COMPLETE,
            implied=True,
            goal=None,
            members=(),
            wires=(),
            accept=_LATE,
            complete=_LATE,
            single_points=(),
        ),
    ),
    coupling=CouplingResult(),
)


class Work:
    """Stands for the analysis: counts its calls, notes what it saw and where it ran, and can be held up in a worker."""

    def __init__(self) -> None:
        self.seen: list[str] = []
        self.objects: list[Architecture] = []
        self.threads: list[bool] = []
        self.hasty: list[bool] = []
        self.unsure = False
        self.gate = threading.Event()
        self.gate.set()

    def analysis(self, architecture: Architecture, _catalog: Catalog, *, hasty: bool, **_kept: object) -> Analysis:
        """Notes the name of the component `mail`."""
        self.hasty.append(hasty)
        in_window = threading.current_thread() is threading.main_thread()
        self.threads.append(in_window)
        self.objects.append(architecture)
        if not in_window:
            self.gate.wait(5)
        self.seen.append(architecture.components["mail"].name)
        return PENDING if self.unsure and hasty else EMPTY

    def export(self, architecture: Architecture, _catalog: Catalog, **_kept: object) -> object:
        """The name of the component `mail`, which must not be Broken."""
        name = architecture.components["mail"].name
        if name == "Broken":
            raise UserError("cannot be exported", name="mail")
        return name


@pytest.fixture
def work(monkeypatch: pytest.MonkeyPatch) -> Work:
    made = Work()
    monkeypatch.setattr(tasks, "work_out_analysis", made.analysis)
    monkeypatch.setattr(tasks, "work_out_export", made.export)
    return made


@pytest.fixture
def running(document: Document, work: Work) -> Iterator[Tasks]:
    made = Tasks(document)
    yield made
    work.gate.set()
    made.stop()


def test_all_who_ask_for_an_export_get_it_from_what_is_kept(document: Document) -> None:
    made, drawing = Tasks(document), document.architecture
    by_worker: Any = made.work_out_export(drawing, document.catalog)
    for_file: Any = made.work_out_export(drawing, document.catalog, drawing=True)
    compared = made.export(drawing, document.catalog)
    place = next(place for place in by_worker.template.entries if place[0] == "Resources")
    assert by_worker.template.entries[place] is for_file.template.entries[place] is compared.template.entries[place]
    assert "Metadata" in for_file.template.tree
    assert "Metadata" not in by_worker.template.tree
    assert "Metadata" not in compared.template.tree
    made.stop()


def rename(document: Document, name: str) -> None:
    document.do(set_field(document.architecture, Collection.COMPONENTS, ["mail"], "name", name))


def test_the_first_analysis_runs_on_a_copy_in_a_worker(
    running: Tasks, work: Work, document: Document, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(running.analysed):
        running.refresh()
    assert work.threads == [False]
    assert work.objects[0] is not document.architecture and work.objects[0] == document.architecture
    assert running.settled


def test_a_quick_analysis_of_a_small_drawing_follows_an_edit_at_once(
    running: Tasks, work: Work, document: Document, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tasks, "DEBOUNCE_MS", 600_000)
    with qtbot.waitSignal(running.analysed):
        running.refresh()
    with qtbot.waitSignal(running.analysed):
        rename(document, "A")
    assert work.threads == [False, True] and work.seen == ["Mail", "A"]


def test_several_edits_in_one_turn_are_analysed_once(
    running: Tasks, work: Work, document: Document, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(running.analysed):
        running.refresh()
    for name in ("A", "B", "C"):
        rename(document, name)
    qtbot.waitUntil(lambda: running.settled)
    assert work.seen == ["Mail", "C"]


def test_a_large_drawing_is_left_to_the_worker(
    running: Tasks, work: Work, document: Document, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tasks, "DIRECT_COMPONENTS", 3)
    with qtbot.waitSignal(running.analysed):
        running.refresh()
    with qtbot.waitSignal(running.analysed):
        rename(document, "A")
    assert work.threads == [False, False]


def test_an_old_answer_is_thrown_away(running: Tasks, work: Work, document: Document, qtbot: QtBot) -> None:
    answers: list[object] = []
    running.analysed.connect(answers.append)
    work.gate.clear()
    running.refresh()
    qtbot.waitUntil(lambda: len(work.objects) == 1)
    rename(document, "A")
    assert not running.settled
    work.gate.set()
    qtbot.waitUntil(lambda: running.settled)
    assert work.seen[-1] == "A"
    assert len(answers) == 1, "what was worked out for the state before the edit is not shown"


def test_the_export_waits_until_it_is_wanted(running: Tasks, document: Document, qtbot: QtBot) -> None:
    exports: list[object] = []
    running.exported.connect(exports.append)
    running.refresh()
    qtbot.waitUntil(lambda: running.settled)
    assert exports == []
    with qtbot.waitSignal(running.exported):
        running.want_export(True)
    assert exports == ["Mail"]
    with qtbot.waitSignal(running.exported):
        rename(document, "A")
    assert exports == ["Mail", "A"]


def test_a_failed_export_is_told_with_its_reason(running: Tasks, document: Document, qtbot: QtBot) -> None:
    running.want_export(True)
    rename(document, "Broken")
    with qtbot.waitSignal(running.export_failed) as told:
        running.refresh()
    assert str(told.args[0]) == "mail: cannot be exported"
    assert running.settled


def test_another_document_is_analysed_anew(running: Tasks, work: Work, document: Document, qtbot: QtBot) -> None:
    running.refresh()
    qtbot.waitUntil(lambda: running.settled)
    other = document.architecture.copy()
    other.apply(set_property(other, Collection.COMPONENTS, ["jobs"], "delay", 3))
    other.apply(set_field(other, Collection.COMPONENTS, ["mail"], "name", "Other"))
    with qtbot.waitSignal(running.analysed):
        document.replace(other, None)
    assert work.seen[-1] == "Other"


def test_what_takes_longer_follows_from_the_worker(
    running: Tasks, work: Work, document: Document, qtbot: QtBot
) -> None:
    """Findings at once in the window's thread, exact figures later beside it; both are told."""
    running.refresh()
    qtbot.waitUntil(lambda: running.settled)
    work.unsure = True
    answers: list[object] = []
    running.analysed.connect(answers.append)
    work.gate.clear()
    rename(document, "A")
    qtbot.waitUntil(lambda: answers == [PENDING])
    assert not running.settled
    work.gate.set()
    qtbot.waitUntil(lambda: running.settled)
    assert answers == [PENDING, EMPTY]
    assert work.threads == [False, True, False] and work.hasty == [False, True, False]


def test_an_edit_ends_work_on_exact_figures(running: Tasks, work: Work, document: Document, qtbot: QtBot) -> None:
    """They would be those of an older drawing; the edit is analysed as soon as the worker has let go."""
    running.refresh()
    qtbot.waitUntil(lambda: running.settled)
    work.unsure = True
    rename(document, "A")
    qtbot.waitUntil(lambda: len(work.seen) == 2)
    work.gate.clear()
    qtbot.waitUntil(lambda: len(work.objects) == 3)
    rename(document, "B")
    work.gate.set()
    qtbot.waitUntil(lambda: running.settled)
    assert work.seen[-2:] == ["B", "B"] and work.hasty[-2:] == [True, False]
