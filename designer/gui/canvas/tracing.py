"""Lighting up all that a thing depends on, and all that depends on it, along the wires."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from designer.gui.canvas.wires import Wires
from designer.model.entities import Collection

if TYPE_CHECKING:
    from designer.gui.canvas.canvas import Canvas


def paths_through(wires: Wires, components: Iterable[str], chosen: Iterable[str] = ()) -> frozenset[str]:
    """The components and wires on all ways that lead to things or on from them, with the things themselves.

    A wire stands for the ways through it alone: those to its source and on from its target.
    """
    through = [wires.all[key] for key in chosen]
    starts = set(components)
    found = starts | {wire.key for wire in through}
    found |= _reached(wires, starts | {wire.source for wire in through}, onwards=False)
    found |= _reached(wires, starts | {wire.target for wire in through}, onwards=True)
    return frozenset(found)


def _reached(wires: Wires, starts: set[str], *, onwards: bool) -> set[str]:
    found, waiting = set(starts), list(starts)
    every = wires.all
    while waiting:
        here = waiting.pop()
        for key in wires.of(here):
            wire = every[key]
            start, end = (wire.source, wire.target) if onwards else (wire.target, wire.source)
            if start == here:
                found.add(key)
                if end not in found:
                    found.add(end)
                    waiting.append(end)
    return found


class Tracing:
    """Lights up the paths through what the pointer is over while Alt is held, or through the selection while asked.

    It goes before what is lit for another reason, which comes back afterwards.
    """

    def __init__(self, canvas: Canvas) -> None:
        self._canvas = canvas
        self._witness: frozenset[str] = frozenset()
        self._thing: tuple[Collection, str] | None = None
        self.stays = False
        """Whether the paths through the selection are lit until that is ended."""

    def light_otherwise(self, ids: Iterable[str]) -> None:
        """Lights things up for another reason; none ends it."""
        self._witness = frozenset(ids)
        self._show()

    def hover(self, thing: tuple[Collection, str] | None) -> None:
        """The pointer is over a thing and Alt is held, or no longer."""
        if thing != self._thing:
            self._thing = thing
            self._show()

    def toggle(self) -> None:
        """Lights up the paths through the selection until this is asked again, or Escape is pressed."""
        self.stays = not self.stays and bool(self._canvas.selection())
        self._show()

    def end(self) -> bool:
        """Lights up no paths any more; says whether there were any."""
        if not self.stays and self._thing is None:
            return False
        self.stays, self._thing = False, None
        self._show()
        return True

    def forget(self) -> None:
        """Another document is shown, in which nothing is lit."""
        self.stays, self._thing, self._witness = False, None, frozenset()

    def drawing_changed(self) -> None:
        """Follows an edit: there may be other paths now."""
        if self.stays or self._thing is not None:
            self._show()

    def selection_changed(self) -> None:
        """Follows the selection while it is asked to; ends with it."""
        if self.stays:
            self.stays = bool(self._canvas.selection())
            self._show()

    def _show(self) -> None:
        self._canvas.drawing.highlights.light(self._lit())

    def _lit(self) -> frozenset[str]:
        wires = self._canvas.drawing.wires
        if self._thing is not None and self._canvas.drawing.exists(*self._thing):
            collection, key = self._thing
            if collection is Collection.COMPONENTS:
                return self._with_boundaries(paths_through(wires, (key,)))
            if collection is Collection.CONNECTIONS:
                return self._with_boundaries(paths_through(wires, (), (key,)))
        if self.stays:
            selection = self._canvas.selection()
            return self._with_boundaries(paths_through(wires, selection.components, selection.connections))
        return self._witness

    def _with_boundaries(self, ids: frozenset[str]) -> frozenset[str]:
        """What is lit stands in boundaries, which are not dimmed either."""
        architecture = self._canvas.document.architecture
        homes = {architecture.components[key].boundary for key in ids if key in architecture.components}
        return ids | {boundary.id for home in homes for boundary in architecture.boundaries_around(home)}
