"""The picture from far away: boundaries, lines and rectangles in batches, without a call per component."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF
from PySide6.QtGui import QBrush, QColor, QPainter

from designer.analysis.scale import State
from designer.gui.canvas.blocks import Block, Doubles, doubles, draw_lines, draw_rects
from designer.gui.canvas.look import Look, mixed
from designer.gui.canvas.metrics import CARD_HEIGHT, CARD_WIDTH, Rect
from designer.gui.states import ROLES as STATE_ROLES
from designer.model.entities import Collection

if TYPE_CHECKING:
    from designer.gui.canvas.scene import Scene

_WHOLE = 0.4
"""Above this share of the picture everything is drawn, below only what the index finds."""
_MARK = 7.0
"""The size of a mark of findings, in pixels."""
_DIM = 0.75


class FarView:
    """Holds the rectangles of all components by kind, and draws them with the wires' lines."""

    def __init__(self, owner: Scene) -> None:
        self._owner = owner
        self._cards: dict[str, Block] = {}
        self._chosen_cards = Block(4)
        self._chosen_wires = Block(12)
        self._turned: set[tuple[Collection, str]] = set()
        self._brushes: dict[str, tuple[QBrush, QBrush]] = {}

    def use(self, look: Look) -> None:
        """Takes the colours of another look."""
        catalog = self._owner.labels.catalog
        canvas = look.color("canvas")
        self._brushes = {}
        for kind in catalog.kinds.values():
            tone = mixed(QColor(catalog.categories[kind.category].colour), canvas, 0.15)
            self._brushes[kind.id] = (QBrush(tone), QBrush(mixed(tone, canvas, _DIM)))

    def put(self, key: str, kind: str, x: float, y: float) -> None:
        """Enters a component or moves it."""
        block = self._cards.get(kind)
        if block is None:
            block = self._cards[kind] = Block(4)
        record = doubles((x, y, CARD_WIDTH, CARD_HEIGHT))
        block.put(key, record)
        if key in self._chosen_cards:
            self._chosen_cards.put(key, record)

    def discard(self, key: str, kind: str) -> None:
        """Takes a component out."""
        self._cards[kind].discard(key)
        self._chosen_cards.discard(key)

    def clear(self) -> None:
        """Takes all components out."""
        self._cards.clear()
        self._chosen_cards, self._chosen_wires = Block(4), Block(12)
        self._turned.clear()

    def select(self, collection: Collection, keys: set[str]) -> None:
        """Some things are selected now that were not, or the other way round, or run elsewhere."""
        self._turned.update((collection, key) for key in keys)

    def _refresh_chosen(self) -> None:
        """Brings the blocks of what is selected up to date, only by what has changed since."""
        owner = self._owner
        selected = owner.emphasis.selected
        for collection, key in self._turned:
            if collection is Collection.COMPONENTS:
                if key in selected[collection] and key in owner.components:
                    self._chosen_cards.put(key, self._cards[owner.components[key].kind].record(key))
                else:
                    self._chosen_cards.discard(key)
            elif collection is Collection.CONNECTIONS:
                if key in selected[collection] and key in owner.wires.all:
                    self._chosen_wires.put(key, owner.wires.line(owner.wires.all[key]))
                else:
                    self._chosen_wires.discard(key)
        self._turned.clear()

    def paint(self, painter: QPainter, exposed: Rect, visible: Rect) -> None:
        """Draws what lies in the exposed rectangle; `visible` is all that the view shows."""
        self._refresh_chosen()
        self._paint_boundaries(painter, exposed)
        share = _area(exposed) / max(1.0, _area(visible))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        self._paint_wires(painter, exposed if share < _WHOLE else None)
        painter.setPen(self._owner.look.no_pen)
        self._paint_cards(painter, exposed if share < _WHOLE else None)
        self._paint_marks(painter, exposed)

    def paint_plan(self, painter: QPainter) -> None:
        """Draws boundaries, lines and rectangles of everything and nothing that stands out: the ground of a map."""
        owner, look = self._owner, self._owner.look
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        for item in sorted(owner.boundaries.values(), key=lambda item: item.depth):
            role = owner.labels.boundary_role(item.entity)
            painter.setPen(look.boundary_pens[role])
            painter.setBrush(look.boundary_fills[role])
            left, top, right, bottom = item.rect
            painter.drawRect(QRectF(left, top, right - left, bottom - top))
        self._refresh_far()
        for role, block in owner.wires.far.items():
            painter.setPen(look.far_pens[role])
            draw_lines(painter, block.data)
        painter.setPen(look.no_pen)
        for kind, block in self._cards.items():
            painter.setBrush(self._brushes[kind][0])
            draw_rects(painter, block.data)

    def _refresh_far(self) -> None:
        """Brings the lines of all wires up to date, and with them those of what is selected."""
        chosen = self._owner.emphasis.selected[Collection.CONNECTIONS]
        self.select(Collection.CONNECTIONS, self._owner.wires.refresh_far() & chosen)
        self._refresh_chosen()

    def _paint_boundaries(self, painter: QPainter, exposed: Rect) -> None:
        for item in self._owner.boundaries_in(exposed):
            left, top = item.rect[0], item.rect[1]
            painter.save()
            painter.translate(left, top)
            item.paint_all(painter)
            painter.restore()
        painter.save()
        self._owner.bands.paint_far(painter, exposed)
        painter.restore()

    def _paint_wires(self, painter: QPainter, exposed: Rect | None) -> None:
        owner, pens = self._owner, self._owner.look.far_pens
        wires = owner.wires
        faded = bool(owner.emphasis.lit or owner.emphasis.refused_kinds)
        if exposed is None and not faded:
            self._refresh_far()
            for role, block in wires.far.items():
                painter.setPen(pens[role])
                draw_lines(painter, block.data)
            painter.setPen(pens["wire-selected"])
            draw_lines(painter, self._chosen_wires.data)
            hovered = owner.emphasis.hovered
            chosen = [wires.all[hovered[1]]] if hovered and hovered[0] is Collection.CONNECTIONS else []
        else:
            chosen = wires.in_rect(exposed) if exposed is not None else list(wires.all.values())
        groups: dict[str, Doubles] = {}
        for wire in chosen:
            _of(groups, owner.wire_layer.role(wire)).extend(wires.line(wire))
        for role in sorted(groups, key=_strong):
            painter.setPen(pens[role])
            draw_lines(painter, groups[role])

    def _paint_cards(self, painter: QPainter, exposed: Rect | None) -> None:
        owner = self._owner
        emphasis = owner.emphasis
        lit = emphasis.lit
        keys = owner.components_in(exposed) if exposed is not None else None
        for kind, block in self._cards.items():
            plain, dim = self._brushes[kind]
            painter.setBrush(dim if lit or kind in emphasis.refused_kinds else plain)
            if keys is None:
                draw_rects(painter, block.data)
            else:
                draw_rects(painter, _gathered(block, [key for key in keys if key in block]))
            if lit:
                painter.setBrush(plain)
                draw_rects(painter, _gathered(block, [key for key in lit if key in block]))
        self._paint_selected(painter)

    def _paint_selected(self, painter: QPainter) -> None:
        painter.setBrush(self._owner.look.accent)
        draw_rects(painter, self._chosen_cards.data)

    def _paint_marks(self, painter: QPainter, exposed: Rect) -> None:
        """A square in the colour of the worst severity at the corner of each component with findings."""
        owner = self._owner
        size = _MARK / owner.frame.zoom
        groups: dict[str, Doubles] = {}
        for key, (severity, _count) in owner.labels.components_with_findings().items():
            rect = owner.rects.get(key)
            if rect is not None and rect[0] <= exposed[2] + size and rect[2] >= exposed[0] - size:
                _of(groups, f"severity-{severity}").extend((rect[2] - size / 2, rect[1] - size / 2, size, size))
        self._gather_states(groups, exposed)
        for role, data in groups.items():
            painter.setBrush(owner.look.theme.brush(role))
            draw_rects(painter, data)

    def _gather_states(self, groups: dict[str, Doubles], exposed: Rect) -> None:
        """What a failure that is tried out does: the lower part of each card it touches, the whole of what is down."""
        owner = self._owner
        for key, effect in owner.labels.effects.items():
            rect = owner.rects.get(key)
            if rect is None or effect.state is State.FINE or rect[0] > exposed[2] or rect[2] < exposed[0]:
                continue
            share = 1.0 if effect.state is State.DOWN else 0.45
            height = (rect[3] - rect[1]) * share
            record = (rect[0], rect[3] - height, rect[2] - rect[0], height)
            _of(groups, STATE_ROLES[effect.state]).extend(record)


def _of(groups: dict[str, Doubles], key: str) -> Doubles:
    data = groups.get(key)
    if data is None:
        data = groups[key] = doubles()
    return data


def _gathered(block: Block, keys: list[str]) -> Doubles:
    data = doubles()
    for key in keys:
        data.extend(block.record(key))
    return data


def _area(rect: Rect) -> float:
    return (rect[2] - rect[0]) * (rect[3] - rect[1])


def _strong(role: str) -> int:
    return 1 if role in ("wire-selected", "witness", "wire-hover") else 0
