"""What draws all wires, as few lists of lines by style, and nothing outside of what is exposed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPainter, QPolygonF, QStaticText

from designer.gui.canvas.blocks import Doubles, doubles, draw_lines, draw_rects
from designer.gui.canvas.level_of_detail import Level
from designer.gui.canvas.metrics import Point, Rect, around, contains
from designer.gui.canvas.wire import Wire
from designer.gui.canvas.wire_path import label_place
from designer.model.entities import Collection

if TYPE_CHECKING:
    from designer.gui.canvas.scene import Scene

_LABELS_FROM = 0.8
_HEADS_FROM = 0.34
_AT_ONCE, _AT_LEISURE = 2, 14
"""For so many wires at most a way is looked for in the frame that shows a change, and in those after it."""
_MANY = 24
"""Where more ways than this are missing in the frame that shows a change, all are put off."""
_HALF_PIXEL = 0.5
_HEAD = 10.0
_Roles = list[tuple[Wire, str]]
"""Wires, each with the colour role it is drawn in now."""


class WireLayer:
    """Draws the wires of the scene that an exposed rectangle touches."""

    def __init__(self, owner: Scene) -> None:
        self._owner = owner
        self._texts: dict[str, tuple[float, float, QStaticText]] = {}
        self._heads: dict[str, tuple[tuple[Point, Point, Point], QPolygonF]] = {}

    def forget_texts(self) -> None:
        """Lays the labels out again when next drawn."""
        self._texts.clear()
        self._heads.clear()

    def role(self, wire: Wire) -> str:
        """The colour role of a wire as things are."""
        emphasis = self._owner.emphasis
        if wire.key == emphasis.loose_wire:
            return f"{wire.style.role}-dim"
        if wire.key in emphasis.selected[Collection.CONNECTIONS]:
            return "wire-selected"
        if emphasis.hovered == (Collection.CONNECTIONS, wire.key):
            return "wire-hover"
        if emphasis.lit:
            return "witness" if wire.key in emphasis.lit else f"{wire.style.role}-dim"
        if wire.key in emphasis.failing:
            return "witness"
        return f"{wire.style.role}-dim" if emphasis.refused_kinds else wire.style.role

    def paint(self, painter: QPainter, parts: Sequence[Rect]) -> None:
        """Draws what touches parts of the drawing, but for the wires of what is being dragged."""
        wires = [wire for part in parts for wire in self._owner.wires.in_rect(part) if not wire.live]
        at_once = _AT_LEISURE
        if self._owner.hurried:
            at_once = _AT_ONCE if sum(wire.points is None for wire in wires) <= _MANY else 0
        self._paint_wires(painter, wires, parts, at_once)

    def paint_live(self, painter: QPainter, part: Rect) -> None:
        """Draws the wires of what is being dragged that touch a part of the drawing."""
        wires = self._owner.wires.live_in(part)
        if wires:
            self._paint_wires(painter, wires, (part,), len(wires) + 1)

    def paint_rect(self, painter: QPainter, rect: Rect) -> None:
        """Draws all wires that touch a rectangle, at the scene's level of detail."""
        self._paint_wires(painter, self._owner.wires.in_rect(rect), (rect,), len(self._owner.wires.all) + 1)

    def _paint_wires(self, painter: QPainter, wires: Iterable[Wire], parts: Sequence[Rect], at_once: int) -> None:
        """Draws wires where they touch parts of the drawing.

        For about `at_once` a way is looked for, so that a frame is not late; the others are shown as drafts until then.
        """
        emphasis = self._owner.emphasis
        chosen = emphasis.selected[Collection.CONNECTIONS]
        # In one order, so that a picture is always the same.
        touching = {wire.key: wire for wire in wires}
        found = [touching[key] for key in sorted(touching)]
        rect = around(parts)
        plain = not (chosen or emphasis.lit or emphasis.failing or emphasis.refused_kinds)
        if plain and (emphasis.hovered is None or emphasis.hovered[0] is not Collection.CONNECTIONS):
            roles = [(wire, wire.style.role) for wire in found]
        else:
            roles = [(wire, self.role(wire)) for wire in found]
        self._work_out(roles, rect, at_once)
        if self._owner.frame.level is Level.NEAR:
            self._paint_near(painter, roles, rect, parts)
        else:
            self._paint_mid(painter, roles, rect)

    def _work_out(self, wires: _Roles, rect: Rect, at_once: int) -> None:
        """All ways first, for they tell of one another; what lies outside of the rectangle is painted afterwards."""
        geometry = self._owner.wires
        most, drafts = geometry.found + at_once, False
        while missing := [wire for wire, _role in wires if wire.points is None or wire.draft]:
            for wire in missing:
                if geometry.found < most:
                    geometry.complete(wire)
                else:
                    drafts = True
                    if not wire.draft:
                        geometry.draft(wire)
            if drafts:
                self._owner.finish_soon(rect)
                break
        dirty = geometry.dirty()
        if dirty is not None and not contains(rect, dirty):
            self._owner.repaint(dirty, ground=False)

    def _paint_near(self, painter: QPainter, wires: _Roles, rect: Rect, parts: Sequence[Rect]) -> None:
        look = self._owner.look
        groups = self._grouped(wires, self._owner.wires.strokes)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        # Odd widths are sharp on half pixels at zoom 1, where ends lie on whole units.
        painter.translate(_HALF_PIXEL, _HALF_PIXEL)
        for style, data in groups.items():
            painter.setPen(look.wire_pens[style])
            draw_lines(painter, data)
        self._paint_heads(painter, wires, rect)
        painter.translate(-_HALF_PIXEL, -_HALF_PIXEL)
        if self._owner.frame.zoom >= _LABELS_FROM and not self._owner.emphasis.refused_kinds:
            self._paint_labels(painter, wires, rect, parts)

    def _paint_mid(self, painter: QPainter, wires: _Roles, rect: Rect) -> None:
        look = self._owner.look
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        for (role, _weight, _dashed), data in self._grouped(wires, self._owner.wires.runs).items():
            painter.setPen(look.mid_pens[role])
            draw_lines(painter, data)
        if self._owner.frame.zoom >= _HEADS_FROM:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self._paint_heads(painter, wires, rect)

    def _grouped(self, wires: _Roles, lines: Callable[[Wire], Doubles]) -> dict[tuple[str, int, bool], Doubles]:
        """The lines of wires by what they are drawn with; those that stand out come last, and so lie above."""
        groups: dict[tuple[str, int, bool], Doubles] = {}
        for wire, role in wires:
            style = wire.style
            key = (role, style.weight, style.dashed and wire.passing)
            data = groups.get(key)
            if data is None:
                data = groups[key] = doubles()
            data.extend(lines(wire))
        return dict(sorted(groups.items(), key=_layer)) if len(groups) > 1 else groups

    def _paint_heads(self, painter: QPainter, wires: _Roles, rect: Rect) -> None:
        brushes = self._owner.look.wire_brushes
        left, top, right, bottom = rect[0] - _HEAD, rect[1] - _HEAD, rect[2] + _HEAD, rect[3] + _HEAD
        painter.setPen(self._owner.look.no_pen)
        before = None
        hollow: _Roles = []
        for wire, role in wires:
            assert wire.points is not None
            x, y = wire.points[-1]
            if left <= x <= right and top <= y <= bottom:
                if not wire.style.hard:
                    hollow.append((wire, role))
                    continue
                if role is not before:
                    painter.setBrush(brushes[role])
                    before = role
                painter.drawConvexPolygon(self._head(wire))
        if hollow:
            painter.setBrush(self._owner.look.canvas)
            for wire, role in hollow:
                painter.setPen(self._owner.look.head_pens[role])
                painter.drawConvexPolygon(self._head(wire))

    def _paint_labels(self, painter: QPainter, wires: _Roles, rect: Rect, parts: Sequence[Rect]) -> None:
        owner = self._owner
        look, lit, at = owner.look, owner.emphasis.lit, owner.scratch_point
        shown: list[tuple[float, float, QStaticText]] = []
        grounds = doubles()
        # What is hovered or selected comes last, and so above.
        for wire, role in sorted(wires, key=_stands_out):
            # A draft is shown for some frames only: a label would jump from where it stands then.
            if wire.draft or (lit and wire.key not in lit):
                continue
            width, height, text = self._text(wire.label)
            fresh = wire.mark is None
            place = owner.wires.mark(wire, width, height)
            if place is None and role in _STRONG:
                place = label_place(owner.wires.points(wire), 0.0)
            if place is None:
                continue
            left, top = place[0] - width / 2, place[1] - height / 2
            taken = (left - 3, top, left + width + 3, top + height)
            if fresh and not wire.live and not any(contains(part, taken) for part in parts):
                # It has just got its place, and may stand out of what is being painted.
                owner.repaint(taken, ground=False)
            if left <= rect[2] + 4 and left + width >= rect[0] - 4 and top <= rect[3] and top + height >= rect[1]:
                grounds.extend((left - 3, top, width + 6, height))
                shown.append((left, top, text))
        painter.setPen(look.no_pen)
        painter.setBrush(look.canvas)
        draw_rects(painter, grounds)
        painter.setFont(look.label_font)
        painter.setPen(look.label_text)
        for left, top, text in shown:
            at.setX(left)
            at.setY(top)
            painter.drawStaticText(at, text)

    def _head(self, wire: Wire) -> QPolygonF:
        self._owner.wires.points(wire)
        kept = self._heads.get(wire.key)
        if kept is None or kept[0] is not wire.tip:
            assert wire.tip is not None
            kept = self._heads[wire.key] = (wire.tip, QPolygonF([QPointF(x, y) for x, y in wire.tip]))
        return kept[1]

    def forget(self, key: str) -> None:
        """Drops what is kept for a wire that is gone."""
        self._heads.pop(key, None)

    def _text(self, label: str) -> tuple[float, float, QStaticText]:
        """A label with its width and height."""
        made = self._texts.get(label)
        if made is None:
            text = QStaticText(label)
            text.setTextFormat(Qt.TextFormat.PlainText)
            text.prepare(font=self._owner.look.label_font)
            made = self._texts[label] = (text.size().width(), text.size().height(), text)
        return made


_STRONG = ("wire-hover", "wire-selected")


def _stands_out(item: tuple[Wire, str]) -> bool:
    return item[1] in _STRONG


_ORDER = {"wire-hover": 2, "witness": 2, "wire-selected": 3}


def _layer(item: tuple[tuple[str, int, bool], Doubles]) -> tuple[int, tuple[str, int, bool]]:
    """What stands out comes last, and so above; the others in one order, so that a picture is always the same."""
    role = item[0][0]
    return 0 if role.endswith("-dim") else _ORDER.get(role, 1), item[0]
