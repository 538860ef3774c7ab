"""Which boundaries have to fit their titles in again, beside cards that stand where they would."""

from __future__ import annotations

from typing import TYPE_CHECKING

from designer.gui.canvas.boundary_item import ABOVE
from designer.gui.canvas.metrics import Rect, united

if TYPE_CHECKING:
    from designer.gui.canvas.scene import Scene

_MOST = 16
"""When more components have come or gone, all titles are fitted in again."""


class TitleRooms:
    """Notes where components come and go: from afar the title of a boundary stands above its frame, among cards."""

    def __init__(self, owner: Scene) -> None:
        self._owner = owner
        self._stirred: list[Rect] = []

    def stir(self, rect: Rect, before: Rect | None = None) -> None:
        """A component has come to a rectangle, from another one where that is given, or has left it."""
        if len(self._stirred) <= _MOST:
            self._stirred.append(united(rect, before) or rect)

    def refresh(self) -> None:
        """Lets titles near all that was noted look for room again; to be called before they are painted."""
        if not self._stirred:
            return
        owner, above = self._owner, ABOVE / self._owner.frame.zoom
        near = [(left, top, right, bottom + above) for left, top, right, bottom in self._stirred]
        for item in owner.boundaries.values() if len(near) > _MOST else owner.boundaries_in(*near):
            item.forget_room()
        self._stirred.clear()
