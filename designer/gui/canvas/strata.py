"""The layers of a drawing, close up: its ground, what lies upon it, and what is being dragged."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtGui import QPainter

from designer.gui.canvas.boundary_item import BoundaryItem, paint_each
from designer.gui.canvas.component_item import CARD_OVER, paint_cards
from designer.gui.canvas.level_of_detail import Level
from designer.gui.canvas.metrics import Rect, grown
from designer.gui.canvas.repainting import AROUND

if TYPE_CHECKING:
    from designer.gui.canvas.scene import Scene

_TITLE_OVER = 24.0
"""How far a title may stand out of its boundary's rectangle, in pixels."""


class Strata:
    """Draws them; the painter stands in scene coordinates."""

    def __init__(self, owner: Scene) -> None:
        self._owner = owner

    def paint_ground(self, painter: QPainter, parts: Iterable[Rect]) -> None:
        """Draws what lies below wires and cards: boundaries from the outermost to the innermost, and bands.

        Given are the parts that are wanted; the painter stands in scene coordinates. The view keeps the picture of it:
        it changes far more rarely than what lies upon it, and costs as much to draw.
        """
        around = [grown(part, AROUND / self._owner.frame.zoom) for part in parts]
        paint_each(painter, self._owner.boundaries_in(*around), BoundaryItem.paint)
        painter.save()
        self._owner.band_painter.paint_parts(painter, around)
        painter.restore()

    def paint(self, painter: QPainter, parts: Sequence[Rect]) -> None:
        """Draws parts of what lies upon the ground, close up: wires, above them titles, above those components."""
        for layer in (self._owner.wire_layer.paint, self._paint_titles, self._paint_cards):
            painter.save()
            layer(painter, parts)
            painter.restore()
        self._owner.hurried = False

    def paint_lifted(self, painter: QPainter, part: Rect) -> None:
        """Draws what is being dragged in a part of the drawing; from far away it is drawn with all else."""
        if self._owner.frame.level is Level.FAR:
            return
        painter.save()
        self._owner.band_painter.paint_lifted(painter, part)
        painter.restore()
        painter.save()
        self._owner.wire_layer.paint_live(painter, part)
        painter.restore()
        painter.save()
        paint_cards(painter, self._owner.lifted_from_below(grown(part, self._card_over)))
        painter.restore()

    def _paint_titles(self, painter: QPainter, parts: Sequence[Rect]) -> None:
        """A wire that crosses a title passes behind its letters."""
        self._owner.title_rooms.refresh()
        around = [grown(part, _TITLE_OVER / self._owner.frame.zoom) for part in parts]
        paint_each(painter, self._owner.boundaries_in(*around), BoundaryItem.paint_title)

    def _paint_cards(self, painter: QPainter, parts: Sequence[Rect]) -> None:
        shown = self._owner.components_from_below([grown(part, self._card_over) for part in parts])
        lifted = self._owner.lifted
        paint_cards(painter, [item for item in shown if item.key not in lifted] if lifted else shown)

    @property
    def _card_over(self) -> float:
        """How far what is drawn of a card may stand over its border."""
        return max(CARD_OVER, CARD_OVER / self._owner.frame.zoom)
