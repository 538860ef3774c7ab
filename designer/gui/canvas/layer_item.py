"""An item of Qt's that draws many things of one sort: which of them there are is known to the scene alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainterPath
from PySide6.QtWidgets import QGraphicsItem

from designer.gui.canvas.metrics import EVERYWHERE

if TYPE_CHECKING:
    from PySide6.QtCore import QRectF

    from designer.gui.canvas.scene import Scene

_NO_SHAPE = QPainterPath()


class LayerItem(QGraphicsItem):
    """Lies over the whole drawing and takes no clicks; what is exposed is told to its `paint`."""

    def __init__(self, owner: Scene) -> None:
        super().__init__()
        self._owner = owner
        self.setFlag(QGraphicsItem.GraphicsItemFlag.ItemUsesExtendedStyleOption)
        self.setAcceptedMouseButtons(Qt.MouseButton.NoButton)

    def boundingRect(self) -> QRectF:
        """Everywhere: things come, go and move without a change of this item's geometry."""
        return EVERYWHERE

    def shape(self) -> QPainterPath:
        """Nothing: what is under the pointer is found without this item."""
        return _NO_SHAPE
