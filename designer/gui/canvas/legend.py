"""What lines and heads mean, shown on samples that are drawn as the canvas draws wires."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF
from PySide6.QtGui import QPainter, QPolygonF, QStaticText

from designer.gui.canvas.blocks import doubles, draw_lines
from designer.gui.canvas.look import Look
from designer.gui.canvas.metrics import Point
from designer.gui.canvas.wire import WireStyle
from designer.gui.canvas.wire_path import DASHES, LEFT, arrow_head, dashed, hopped, rounded, shortened, solid
from designer.language import later, tr

SAMPLE = (72.0, 26.0)
"""Width and height of the sample of a line."""
_GAP, _MARGIN = 14.0, 12.0
_CALL, _SEND = WireStyle("wire", 1, False), WireStyle("wire-async", 1, True)


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the legend: wires as (style, points, places where another one crosses), and what they mean."""

    text: str
    wires: tuple[tuple[WireStyle, tuple[Point, ...], tuple[Point, ...]], ...]


def _across(style: WireStyle, y: float = 13) -> tuple[WireStyle, tuple[Point, ...], tuple[Point, ...]]:
    return style, ((4, y), (68, y)), ()


ENTRIES: tuple[Entry, ...] = (
    Entry(later("Solid: the source waits for the target (synchronous)"), (_across(_CALL),)),
    Entry(later("Dashed: nobody waits (asynchronous)"), (_across(_SEND),)),
    Entry(
        later("Hollow head: the source works without the target (soft)"),
        (_across(WireStyle("wire-soft", 1, False, hard=False)),),
    ),
    Entry(later("Thin: loose coupling"), (_across(WireStyle("wire", 0, False)),)),
    Entry(later("Medium: medium coupling"), (_across(_CALL),)),
    Entry(later("Bold: tight coupling"), (_across(WireStyle("wire", 2, False)),)),
    Entry(
        later("An arc: the one passes over the other, they do not meet"),
        ((_CALL, ((36, 1), (36, 25)), ()), (_CALL, ((4, 11), (68, 11)), ((36, 11),))),
    ),
    Entry(
        later("A trunk: several connections of one kind leave together"),
        tuple((_SEND, ((4, 13), (30, 13), (30, y), (68, y)), ()) for y in (5, 21)),
    ),
)
"""What there is to explain, in order."""


def show_sample(painter: QPainter, look: Look, entry: Entry) -> None:
    """Draws the sample of an entry, `SAMPLE` in size, its corner at the origin."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for style, points, hops in entry.wires:
        painter.setPen(look.wire_pens[style.role, style.weight, False])
        path = hopped(rounded(shortened(points, 7)), hops)
        draw_lines(painter, dashed(path, *DASHES) if style.dashed else doubles(solid(path)))
        if points[-1][1] == points[-2][1]:
            _head_on(painter, look, style, points)


def _head_on(painter: QPainter, look: Look, style: WireStyle, points: Sequence[Point]) -> None:
    painter.setPen(look.no_pen if style.hard else look.head_pens[style.role])
    painter.setBrush(look.wire_brushes[style.role] if style.hard else look.canvas)
    painter.drawConvexPolygon(QPolygonF([QPointF(x, y) for x, y in arrow_head(points[-1], LEFT)]))


def legend_size(look: Look) -> tuple[float, float]:
    """Width and height of the whole legend, with its margins, in units."""
    width = max(look.sub_metrics.horizontalAdvance(tr(entry.text)) for entry in ENTRIES)
    return SAMPLE[0] + _GAP + width + 2 * _MARGIN, len(ENTRIES) * SAMPLE[1] + 2 * _MARGIN


def show_legend(painter: QPainter, look: Look) -> None:
    """Draws the whole legend, its corner at the origin."""
    painter.save()
    painter.translate(_MARGIN, _MARGIN)
    for entry in ENTRIES:
        show_sample(painter, look, entry)
        text = QStaticText(tr(entry.text))
        text.prepare(font=look.sub_font)
        painter.setFont(look.sub_font)
        painter.setPen(look.card_text)
        painter.drawStaticText(QPointF(SAMPLE[0] + _GAP, (SAMPLE[1] - text.size().height()) / 2), text)
        painter.translate(0, SAMPLE[1])
    painter.restore()
