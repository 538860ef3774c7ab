"""A small search on the canvas: what is typed is found among some offers, and Enter takes one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect

from designer.gui.icons import service_icon
from designer.gui.offers import Offer
from designer.gui.search_list import Row, SearchList
from designer.language import tr

if TYPE_CHECKING:
    from designer.gui.canvas.canvas import Canvas

_WIDTH, _HEIGHT = 300, 320
_MOST = 200
"""More lines are not looked through: a letter more finds what is meant."""


class QuickAdd(SearchList):
    """Offers at a place of the view. `detail` gives a sentence or two on an offer, which stand below the list."""

    def __init__(
        self,
        canvas: Canvas,
        offers: Sequence[Offer],
        at: QPoint,
        take: Callable[[Offer], None],
        closed: Callable[[], None] = lambda: None,
        detail: Callable[[Offer], str] = lambda offer: offer.summary,
        prompt: str = "",
    ) -> None:
        prompt = prompt or tr("Add a service")
        super().__init__(canvas.viewport(), canvas, prompt, tr("What can be added here"), _WIDTH)
        self._offers, self._take, self._closed, self._explain = offers, take, closed, detail
        self._found: list[Offer] = []
        self.open(_place(canvas, at))

    def rows_for(self, text: str) -> Sequence[Row]:
        """The offers that fit, each with what is to be said of it."""
        query = text.strip()
        ranked = [(offer.rank(query) if query else 0, number) for number, offer in enumerate(self._offers)]
        order = sorted((rank, number) for rank, number in ranked if rank is not None)
        self._found = [self._offers[number] for _rank, number in order[:_MOST]]
        return [Row(offer.title, service_icon(offer.kind), detail=self._explain(offer)) for offer in self._found]

    def take(self, number: int) -> None:
        """Takes an offer."""
        self._take(self._found[number])

    def closed(self) -> None:
        """Tells whoever has opened it."""
        self._closed()


def _place(canvas: Canvas, at: QPoint) -> QRect:
    """Beside a place, wholly within the view."""
    area = canvas.viewport().rect()
    width, height = min(_WIDTH, area.width()), min(_HEIGHT, area.height())
    left = max(0, min(at.x(), area.width() - width))
    top = max(0, min(at.y(), area.height() - height))
    return QRect(left, top, width, height)
