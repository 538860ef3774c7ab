"""The mark of what is pinned to a thing: a sheet with lines for a note, with a tick for decisions; and its words."""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum
from typing import TYPE_CHECKING

from PySide6.QtCore import QLineF, QPointF
from PySide6.QtGui import QPainter, QPolygonF

from designer.gui.canvas.cards import LOCK
from designer.gui.states import DECISIONS
from designer.language import tr
from designer.model.decisions import Status
from designer.model.entities import Drawn

if TYPE_CHECKING:
    from designer.gui.canvas.look import Look

MARK = (15.0, 17.0)
"""Width and height of the mark, in units."""
MARK_LEFT, MARK_TOP = -6.0, -8.0
"""Where it stands on a card: over the upper left corner, as badges of findings stand over the right one."""
_LONGEST = 400
_MOST_DECISIONS = 5
_FOLD = 4.5
_SHEET = QPolygonF(
    [QPointF(1.5, 1.5), QPointF(13.5 - _FOLD, 1.5), QPointF(13.5, 1.5 + _FOLD), QPointF(13.5, 15.5), QPointF(1.5, 15.5)]
)
_CORNER = QPolygonF([QPointF(13.5 - _FOLD, 1.5), QPointF(13.5 - _FOLD, 1.5 + _FOLD), QPointF(13.5, 1.5 + _FOLD)])
_TICK = QPolygonF([QPointF(4.4, 10.4), QPointF(6.7, 12.8), QPointF(10.8, 7.8)])

_LINES = [QLineF(4.2, 8.0, 11.0, 8.0), QLineF(4.2, 10.5, 11.0, 10.5), QLineF(4.2, 13.0, 8.5, 13.0)]


def mark_left(*, locked: bool) -> float:
    """Where the mark begins on a card; it stands beside the lock where there is one."""
    return MARK_LEFT + LOCK + 1 if locked else MARK_LEFT


class Mark(Enum):
    """What a mark says: there is a note, or there are decisions (and perhaps a note too)."""

    NOTE = "note"
    DECISION = "decision"


def mark_of(thing: Drawn) -> Mark | None:
    """The mark that a thing has, if any."""
    if thing.decisions:
        return Mark.DECISION
    return Mark.NOTE if thing.note and not thing.note.isspace() else None


def pinned_words(thing: Drawn) -> list[str]:
    """What is pinned, as lines of a tooltip: the note, then the decisions with how far they have come."""
    note = thing.note.strip()
    lines = [note if len(note) <= _LONGEST else f"{note[: _LONGEST - 1].rstrip()}…"] if note else []
    return [*lines, *_decisions(thing)]


def draw_mark(painter: QPainter, look: Look, mark: Mark) -> None:
    """The mark with its corner at the origin."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(look.sheet)
    painter.setBrush(look.card)
    painter.drawPolygon(_SHEET)
    painter.drawPolyline(_CORNER)
    if mark is Mark.DECISION:
        painter.setPen(look.sheet_tick)
        painter.drawPolyline(_TICK)
    else:
        painter.drawLines(_LINES)


def _decisions(thing: Drawn) -> Iterator[str]:
    # What still holds or waits comes first.
    order = sorted(thing.decisions, key=lambda made: made.status is Status.SUPERSEDED)
    for made in order[:_MOST_DECISIONS]:
        yield tr("{status}: {title}", status=tr(DECISIONS[made.status]), title=made.title)
    if len(order) > _MOST_DECISIONS:
        yield tr("and {count} more decisions", count=len(order) - _MOST_DECISIONS)
