"""The titles of boundaries, above the wires: a wire that crosses a title passes behind its letters."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyleOptionGraphicsItem, QWidget

from designer.gui.canvas.boundary_item import BoundaryItem, paint_each
from designer.gui.canvas.layer_item import LayerItem
from designer.gui.canvas.metrics import grown, sides

if TYPE_CHECKING:
    from designer.gui.canvas.scene import Scene

_ABOVE_WIRES = -0.5
_AROUND = 24.0
"""How far a title may stand out of its boundary's rectangle, in pixels."""


class TitleLayer(LayerItem):
    """One item for all titles: wires, which are one item too, could not lie between a boundary and its title."""

    def __init__(self, owner: Scene) -> None:
        super().__init__(owner)
        self.setZValue(_ABOVE_WIRES)

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:  # noqa: ARG002
        """Draws the titles in the exposed rectangle."""
        if not self._owner.boundaries:
            return
        around = _AROUND / self._owner.frame.zoom
        parts = self._owner.exposed or (sides(option.exposedRect),)
        shown = self._owner.boundaries_in(*(grown(part, around) for part in parts))
        paint_each(painter, shown, BoundaryItem.paint_title)
