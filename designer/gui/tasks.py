"""Analysis and export beside the window: started by edits, never waited for, and only the latest answer counts."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from enum import StrEnum
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QRunnable, QThreadPool, QTimer, Signal

from designer.catalog.catalog import Catalog
from designer.errors import UserError
from designer.gui.document import Document
from designer.model.architecture import Architecture

if TYPE_CHECKING:
    from designer.analysis.analyser import Analyser
    from designer.analysis.budget import Budget
    from designer.analysis.findings import Analysis
    from designer.cloudformation.export import Export, Exporter

DEBOUNCE_MS = 120
"""So long after the last edit a worker starts: shorter than a pause in typing, longer than between two keys."""
DIRECT_COMPONENTS = 150
DIRECT_MS = 8.0
"""Up to this size, and while it last took no more than half a frame of the processor's time, the analysis runs in the
window's thread.

What takes longer of it, exact availabilities of tangled drawings, is left to the worker there too.
"""


class Job(StrEnum):
    """What is worked out."""

    ANALYSIS = "analysis"
    FIGURES = "exact figures"
    """The availabilities that a first analysis leaves pending."""
    EXPORT = "export"


class Tasks(QObject):
    """Keeps an analysis and, while it is wanted, an export of the document up to date."""

    analysed = Signal(object)
    """A new `Analysis`."""
    exported = Signal(object)
    """A new export, or `None` for a drawing without components."""
    export_failed = Signal(object)
    """The `UserError` that says why there is none."""

    def __init__(self, document: Document) -> None:
        super().__init__()
        self._document = document
        self._generation = 0
        self._stopped = False
        self._running: dict[Job, int] = {}
        self._done: dict[Job, int] = dict.fromkeys(Job, -1)
        self._export_wanted = False
        self._last_ms: float | None = None
        self._pool = QThreadPool()
        # One worker: two would only take the interpreter lock from one another, and from the window.
        self._pool.setMaxThreadCount(1)
        self._runners: set[_Runner] = set()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._start_workers)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(0)
        self._soon.timeout.connect(self._begin)
        document.changed.connect(self.refresh)
        document.replaced.connect(self._begin_anew)

    def refresh(self) -> None:
        """The document is another one now: what is known of it is old."""
        self._generation += 1
        self._soon.start()

    def want_export(self, wanted: bool) -> None:
        """Whether anything shows the export; it is only made while something does."""
        self._export_wanted = wanted
        if wanted and self._done[Job.EXPORT] != self._generation:
            self._soon.start()

    @property
    def export_wanted(self) -> bool:
        """Whether anything shows the export."""
        return self._export_wanted

    @property
    def settled(self) -> bool:
        """Whether everything that is wanted is up to date."""
        fresh = self._done[Job.FIGURES] == self._generation
        return fresh and (not self._export_wanted or self._done[Job.EXPORT] == self._generation)

    def stop(self) -> None:
        """Waits for the worker and takes no more answers."""
        self._stopped = True
        self._timer.stop()
        self._soon.stop()
        self._generation += 1
        self._pool.clear()
        self._pool.waitForDone()

    def _begin(self) -> None:
        if self._may_run_directly():
            self._analyse_here()
        if not self.settled:
            self._timer.start(DEBOUNCE_MS if self._last_ms is not None else 0)

    def _begin_anew(self) -> None:
        self._last_ms = None
        self.refresh()

    def _may_run_directly(self) -> bool:
        if any(runner.job is not Job.EXPORT for runner in self._runners):
            return False  # a worker has the analyser
        small = len(self._document.architecture.components) <= DIRECT_COMPONENTS
        stale = self._done[Job.ANALYSIS] != self._generation
        return stale and small and self._last_ms is not None and self._last_ms <= DIRECT_MS

    def _analyse_here(self) -> None:
        started = time.thread_time()
        analysis = self._work_out_analysis(
            self._document.architecture, self._document.catalog, hasty=True, generation=self._generation
        )
        self._last_ms = (time.thread_time() - started) * 1000
        self._show(analysis)

    def _show(self, analysis: Analysis) -> None:
        self._done[Job.ANALYSIS] = self._generation
        if not analysis.pending:
            self._done[Job.FIGURES] = self._generation
        self.analysed.emit(analysis)

    def _start_workers(self) -> None:
        if self._done[Job.ANALYSIS] != self._generation:
            # The first time there is nothing older to show meanwhile.
            hasty = self._last_ms is not None
            work = partial(self._work_out_analysis, hasty=hasty, generation=self._generation)
            self._start(Job.ANALYSIS, work)
        elif self._done[Job.FIGURES] != self._generation:
            work = partial(self._work_out_analysis, hasty=False, generation=self._generation)
            self._start(Job.FIGURES, work)
        if self._export_wanted and self._done[Job.EXPORT] != self._generation:
            self._start(Job.EXPORT, self.work_out_export)

    @cached_property
    def _analyser(self) -> Analyser:
        """What both the worker and the window's thread analyse with, one at a time: it keeps what an edit leaves."""
        from designer.analysis.analyser import Analyser

        return Analyser(self._document.catalog)

    def _work_out_analysis(
        self, architecture: Architecture, catalog: Catalog, *, hasty: bool, generation: int
    ) -> Analysis:
        from designer.analysis.budget import LIVE

        budget = replace(LIVE, should_stop=lambda: self._generation != generation)
        return work_out_analysis(architecture, catalog, analyser=self._analyser, budget=budget, hasty=hasty)

    @cached_property
    def _exporter(self) -> Exporter:
        """What the worker exports with: it keeps what an edit leaves as it is."""
        from designer.cloudformation.export import Exporter

        return Exporter()

    def work_out_export(self, architecture: Architecture, catalog: Catalog, *, drawing: bool = False) -> object:
        """The export, or `None` where there is nothing to export, by what the worker exports with: sooner than afresh.

        Any thread may ask, and waits while another one does. Raises `UserError` when it cannot be written.
        """
        return work_out_export(architecture, catalog, drawing=drawing, exporter=self._exporter)

    def export(self, architecture: Architecture, catalog: Catalog) -> Export:
        """The same for any drawing, with nothing in it too."""
        return self._exporter.export(architecture, catalog)

    def _start(self, job: Job, work: Callable[[Architecture, Catalog], object]) -> None:
        if self._running.get(job) == self._generation:
            return
        self._running[job] = self._generation
        self._drop_waiting()
        runner = _Runner(job, self._generation, work, self._document.architecture.copy(), self._document.catalog)
        runner.signals.finished.connect(self._take)
        self._runners.add(runner)
        self._pool.start(runner)

    def _drop_waiting(self) -> None:
        """Takes work that has not begun and is old by now out of the queue."""
        for runner in [one for one in self._runners if one.generation != self._generation]:
            if self._pool.tryTake(runner):
                self._runners.discard(runner)

    def _take(self, runner: _Runner) -> None:
        self._runners.discard(runner)
        if runner.job is Job.ANALYSIS:
            self._last_ms = runner.milliseconds
        if runner.generation != self._generation:
            if not self._stopped:
                self._soon.start()
            return
        self._done[runner.job] = runner.generation
        if isinstance(runner.answer, UserError):
            self.export_failed.emit(runner.answer)
        elif runner.job is Job.EXPORT:
            self.exported.emit(runner.answer)
        else:
            self._show(runner.answer)
            self._start_workers()


class _Signals(QObject):
    finished = Signal(object)


class _Runner(QRunnable):
    """One piece of work on a copy of the architecture; the answer is read in the window's thread."""

    def __init__(
        self,
        job: Job,
        generation: int,
        work: Callable[[Architecture, Catalog], object],
        architecture: Architecture,
        catalog: Catalog,
    ) -> None:
        super().__init__()
        self.setAutoDelete(False)
        self.job = job
        self.generation = generation
        self.signals = _Signals()
        self.answer: Any = None
        self.milliseconds = 0.0
        self._work = work
        self._architecture = architecture
        self._catalog = catalog

    def run(self) -> None:
        """Runs in the worker."""
        from designer.analysis.budget import Cancelled

        started = time.thread_time()
        try:
            self.answer = self._work(self._architecture, self._catalog)
        except (UserError, Cancelled) as error:
            self.answer = error
        self.milliseconds = (time.thread_time() - started) * 1000
        self.signals.finished.emit(self)


def work_out_analysis(
    architecture: Architecture, catalog: Catalog, *, analyser: Analyser, budget: Budget, hasty: bool
) -> Analysis:
    """The analysis, by the user's own rules too; see `Analyser.analyse` for `hasty`. Raises `Cancelled`.

    Its modules are loaded on the first call rather than at the start of the program.
    """
    from designer.analysis.own_rules import analysis_with_own

    return analysis_with_own(architecture, catalog, analyser, budget, hasty=hasty)


def work_out_export(
    architecture: Architecture, catalog: Catalog, *, drawing: bool = False, exporter: Exporter | None = None
) -> object:
    """The export, or `None` where there is nothing to export; with its `drawing`, it can be opened again.

    An `exporter` that is kept makes it sooner after an edit. Raises `UserError` when it cannot be written.
    """
    if not architecture.components:
        return None
    from designer.cloudformation.export import Exporter

    return (exporter or Exporter()).export(architecture, catalog, drawing=drawing)
