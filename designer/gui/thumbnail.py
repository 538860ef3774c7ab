"""Small pictures of whole drawings, for dialogs that offer some to choose from."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPixmap

from designer.catalog.catalog import Catalog
from designer.gui.canvas.canvas import Canvas
from designer.gui.canvas.picture import render_small
from designer.gui.document import Document
from designer.gui.theme import current_theme
from designer.model.architecture import Architecture

_INSET = 8


def thumbnail(architecture: Architecture, catalog: Catalog, size: QSize, ratio: float) -> QPixmap:
    """The drawing on a rounded ground of `size`, with `ratio` pixels per unit of that size.

    Names would be too small to read: it shows kinds by their icons and colours, as the canvas does from further away.
    """
    canvas = Canvas(Document(catalog, architecture))
    pixmap = QPixmap(size * ratio)
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    ground = QRectF(0.5, 0.5, size.width() - 1, size.height() - 1)
    painter.setPen(current_theme().pen("border"))
    painter.setBrush(current_theme().brush("canvas"))
    painter.drawRoundedRect(ground, 6, 6)
    render_small(canvas.drawing, painter, ground.adjusted(_INSET, _INSET, -_INSET, -_INSET))
    painter.end()
    canvas.deleteLater()
    return pixmap
