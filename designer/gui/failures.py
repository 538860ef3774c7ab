"""What the user has made fail, and what that does to the drawing: kept up to date with every edit."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from designer.catalog.catalog import Catalog
from designer.gui.document import Document
from designer.gui.latest import Latest
from designer.model.architecture import Architecture

if TYPE_CHECKING:
    from designer.analysis.knock_out import Failure, KnockOut, Simulation

DIRECT_COMPONENTS = 150
"""Up to this size the answer comes with the click; what is larger is worked out beside the window."""


class Failures(QObject):
    """The failures that are tried out. Nothing of them is part of the document: they cannot be saved or undone.

    A failure is known by its name ("web", "zone:a", "region", "nat:a"; see `designer.analysis.knock_out`). What is
    deleted from the drawing no longer fails; what comes back by an undo is whole.
    """

    changed = Signal(object)
    """What happens now, a `KnockOut`; `None` while nothing fails."""
    offered = Signal()
    """What can fail is another set now."""
    picking_changed = Signal(bool)
    """Whether a click on the canvas makes a component fail."""

    def __init__(self, document: Document) -> None:
        super().__init__()
        self._document = document
        self._failed: tuple[str, ...] = ()
        self._picking = False
        self._viewers: set[int] = set()
        self._simulation: Simulation | None = None
        self._offer: list[Failure] = []
        self._worker = Latest()
        self._worker.answered.connect(self._take)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(0)
        self._soon.timeout.connect(self._work_out)
        document.changed.connect(self._forget_simulation)
        document.replaced.connect(self._start_over)

    @property
    def failed(self) -> tuple[str, ...]:
        """The names of what fails, in the order in which it began to."""
        return self._failed

    @property
    def picking(self) -> bool:
        """Whether a click on the canvas makes a component fail, and the next one restores it."""
        return self._picking

    @property
    def settled(self) -> bool:
        """Whether what was told last is up to date."""
        return not self._worker.busy and not self._soon.isActive()

    def pick(self, on: bool) -> None:
        """Begins or ends failing things by a click."""
        if on != self._picking:
            self._picking = on
            self.picking_changed.emit(on)

    def want_offer(self, viewer: object, wanted: bool) -> None:
        """Whether a viewer shows what can fail; it is only worked out while one does, or something fails."""
        if wanted:
            self._viewers.add(id(viewer))
        else:
            self._viewers.discard(id(viewer))
        if wanted and self._simulation is None:
            self._soon.start()

    def toggle(self, name: str) -> None:
        """Makes one thing fail, or restores it."""
        others = tuple(each for each in self._failed if each != name)
        self.fail(others if len(others) < len(self._failed) else (*self._failed, name))

    def fail(self, names: Iterable[str]) -> None:
        """Exactly these fail now."""
        wanted = tuple(dict.fromkeys(names))
        if wanted != self._failed:
            self._failed = wanted
            self._soon.start()

    def restore(self) -> None:
        """Nothing fails any more."""
        self.fail(())

    def offer(self) -> list[Failure]:
        """Everything that can fail; empty before it is worked out (`offered`)."""
        return self._offer

    def stop(self) -> None:
        """Waits for the worker and takes no more answers."""
        self._soon.stop()
        self._worker.stop()

    def _start_over(self) -> None:
        self._failed = ()
        self.pick(False)
        self._forget_simulation()
        self.changed.emit(None)

    def _forget_simulation(self) -> None:
        self._simulation = None
        self._worker.cancel()
        if self._failed or self._viewers:
            self._soon.start()

    def _work_out(self) -> None:
        if not self._failed and (self._simulation is not None or not self._viewers):
            self.changed.emit(None)
            return
        architecture, catalog, failed = self._document.architecture, self._document.catalog, self._failed
        known = self._simulation
        if known is None:
            architecture = architecture.copy()

        def work(_stale: Callable[[], bool]) -> Study:
            return study(known or simulation_of(architecture, catalog), failed)

        if len(architecture.components) <= DIRECT_COMPONENTS:
            self._take(work(lambda: False))
        else:
            self._worker.ask(work)

    def _take(self, found: Study) -> None:
        fresh, self._simulation = found.simulation is not self._simulation, found.simulation
        self._offer = found.offer
        self._failed = found.failed
        if fresh:
            self.offered.emit()
        self.changed.emit(found.knock_out)


@dataclass(frozen=True, slots=True)
class Study:
    """What was worked out: `failed` are the names asked about that can fail, `knock_out` what happens then."""

    simulation: Simulation
    offer: list[Failure]
    failed: tuple[str, ...]
    knock_out: KnockOut | None


def study(simulation: Simulation, names: Iterable[str]) -> Study:
    """Knocks out what can be knocked out of the names."""
    offer = simulation.failures()
    known = {failure.name for failure in offer}
    failed = tuple(name for name in names if name in known)
    return Study(simulation, offer, failed, simulation.knock_out(failed) if failed else None)


def simulation_of(architecture: Architecture, catalog: Catalog) -> Simulation:
    """The failure engine's models of a drawing, with its modules loaded on the first call."""
    from designer.analysis.knock_out import Simulation
    from designer.catalog.resolve import Resolution

    return Simulation(Resolution(architecture, catalog))
