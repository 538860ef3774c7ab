"""Work beside the window of which only the newest answer counts; a newer question cancels the older one."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QRunnable, QThreadPool, Signal


class Watch:
    """What work is given: asked, it says whether nobody waits any more; it is told how far the work is."""

    def __init__(self, stale: Callable[[], bool], tell: Callable[[int], None]) -> None:
        self._stale = stale
        self._tell = tell
        self._percent = 0

    def __call__(self) -> bool:
        """Whether nobody waits for the answer any more."""
        return self._stale()

    def tell(self, share: float) -> None:
        """How much of the work is done: 0 is nothing, 1 is all."""
        percent = int(share * 100)
        if percent != self._percent:
            self._percent = percent
            self._tell(percent)


Work = Callable[[Watch], object]
"""Gives an answer, of which nobody may know by then; it may then give anything."""


class Latest(QObject):
    """One worker. Work must not touch what the window changes: it is given copies."""

    answered = Signal(object)
    """The answer to the newest question."""
    told = Signal(int)
    """How many hundredths of the newest work are done, where it says so."""

    def __init__(self) -> None:
        super().__init__()
        self._newest = 0
        self._pool = QThreadPool()
        self._pool.setMaxThreadCount(1)
        self._runners: set[_Runner] = set()

    @property
    def busy(self) -> bool:
        """Whether an answer is still to come."""
        return any(runner.number == self._newest for runner in self._runners)

    def ask(self, work: Work) -> None:
        """Asks in the place of what was asked before."""
        self.cancel()
        runner = _Runner(self._newest, work, self._stale)
        runner.signals.finished.connect(self._take)
        runner.signals.told.connect(self._hear)
        self._runners.add(runner)
        self._pool.start(runner)

    def cancel(self) -> None:
        """Nobody waits any more."""
        self._newest += 1
        for runner in list(self._runners):
            if self._pool.tryTake(runner):
                self._runners.discard(runner)

    def stop(self) -> None:
        """Cancels, and waits until the worker has noticed."""
        self.cancel()
        self._pool.waitForDone()

    def _stale(self, number: int) -> bool:
        return number != self._newest

    def _take(self, runner: _Runner) -> None:
        self._runners.discard(runner)
        if runner.number == self._newest:
            self.answered.emit(runner.answer)

    def _hear(self, number: int, percent: int) -> None:
        if number == self._newest:
            self.told.emit(percent)


class _Signals(QObject):
    finished = Signal(object)
    told = Signal(int, int)


class _Runner(QRunnable):
    def __init__(self, number: int, work: Work, stale: Callable[[int], bool]) -> None:
        super().__init__()
        self.setAutoDelete(False)
        self.number = number
        self.signals = _Signals()
        self.answer: object = None
        self._work = work
        self._stale = stale

    def run(self) -> None:
        """Runs in the worker."""
        watch = Watch(lambda: self._stale(self.number), lambda percent: self.signals.told.emit(self.number, percent))
        self.answer = self._work(watch)
        self.signals.finished.emit(self)
