"""The titles of boundaries, above the wires: a wire that crosses a title passes behind its letters."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from designer.gui.canvas.metrics import EXTENT, grown, sides

if TYPE_CHECKING:
    from designer.gui.canvas.scene import Scene

_ALL = QRectF(-EXTENT, -EXTENT, 2 * EXTENT, 2 * EXTENT)
_NO_SHAPE = QPainterPath()
_ABOVE_WIRES = -0.5
_AROUND = 24.0
"""How far a title may stand out of its boundary's rectangle, in pixels."""


class TitleLayer(QGraphicsItem):
    """One item for all titles: wires, which are one item too, could not lie between a boundary and its title."""

    def __init__(self, owner: Scene) -> None:
        super().__init__()
        self._owner = owner
        self.setZValue(_ABOVE_WIRES)
        self.setFlag(QGraphicsItem.GraphicsItemFlag.ItemUsesExtendedStyleOption)
        self.setAcceptedMouseButtons(Qt.MouseButton.NoButton)

    def boundingRect(self) -> QRectF:
        """Everywhere: boundaries move without a change of this item's geometry."""
        return _ALL

    def shape(self) -> QPainterPath:
        """Nothing: what is under the pointer is found without this item."""
        return _NO_SHAPE

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:  # noqa: ARG002
        """Draws the titles in the exposed rectangle."""
        if not self._owner.boundaries:
            return
        around = _AROUND / self._owner.frame.zoom
        parts = self._owner.exposed or (sides(option.exposedRect),)
        for item in self._owner.boundaries_in(*(grown(part, around) for part in parts)):
            painter.save()
            painter.translate(item.rect[0], item.rect[1])
            item.paint_title(painter)
            painter.restore()
