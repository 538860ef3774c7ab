"""Where what is selected stands: in line, spaced out, in front or behind, locked. Each command is one step for undo."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from designer.gui.canvas.placement import Refused
from designer.language import tr
from designer.model.edits import Batch, Put
from designer.model.entities import Boundary, Collection, Component

if TYPE_CHECKING:
    from designer.gui.canvas.canvas import Canvas


class Arranging:
    """Acts on the selection of a canvas."""

    def __init__(self, canvas: Canvas) -> None:
        self._canvas = canvas

    def arrange(self, how: str) -> None:
        """Aligns, spaces out or gives one size (`designer.gui.arrange`)."""
        from designer.gui.arrange import arrange

        selection = self._canvas.selection()
        resolution = self._canvas.drawing.labels.resolution
        try:
            edit = arrange(resolution, selection.components, selection.boundaries, how)
        except Refused as refused:
            self._canvas.say(str(refused))
            return
        if edit is not None:
            self._canvas.do(edit)

    def reorder(self, how: str) -> None:
        """Puts things before or behind others: `front`, `forward`, `backward` or `back`."""
        from designer.gui.canvas.layers import reordered

        components, boundaries = self._components(), self._boundaries()
        if not (components or boundaries):
            return
        edit = reordered(self._canvas.drawing, components, boundaries, how)
        if edit is not None:
            self._canvas.do(edit)
            return
        upward = how in ("front", "forward")
        self._canvas.say(tr("Nothing lies above it.") if upward else tr("Nothing lies below it."))

    @property
    def all_locked(self) -> bool:
        """Whether everything that is selected and can be locked is."""
        things = [*self._components().values(), *self._boundaries().values()]
        return bool(things) and all(thing.locked for thing in things)

    def lock(self) -> None:
        """Locks what is selected, or unlocks it where all of it is locked."""
        things = [*self._components().values(), *self._boundaries().values()]
        locked = not self.all_locked
        edits = tuple(Put(thing.with_(locked=locked)) for thing in things if thing.locked is not locked)
        if edits:
            what = things[0].name if len(things) == 1 else tr("{count} things", count=len(things))
            label = tr("Lock {what}", what=what) if locked else tr("Unlock {what}", what=what)
            self._canvas.do(Batch(label, edits))

    def _components(self) -> Mapping[str, Component]:
        table = self._canvas.document.architecture.components
        return {key: table[key] for key in self._canvas.selection().of(Collection.COMPONENTS)}

    def _boundaries(self) -> Mapping[str, Boundary]:
        table = self._canvas.document.architecture.boundaries
        return {key: table[key] for key in self._canvas.selection().of(Collection.BOUNDARIES)}
