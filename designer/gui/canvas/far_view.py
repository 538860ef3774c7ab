"""The picture from far away: boundaries, lines and rectangles in batches, without a call per component."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import TYPE_CHECKING

from PySide6.QtGui import QBrush, QColor, QPainter

from designer.analysis.scale import State
from designer.gui.canvas.blocks import Block, Doubles, doubles, draw_lines, draw_rects
from designer.gui.canvas.boundary_item import FADED, BoundaryItem, paint_each
from designer.gui.canvas.look import Look, mixed
from designer.gui.canvas.metrics import CARD_HEIGHT, CARD_WIDTH, TITLE_HEIGHT, Rect, grown, surface
from designer.gui.states import ROLES as STATE_ROLES
from designer.gui.theme import plain_brush
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
        self._chosen: dict[str, Block] = {}
        """The same for those that are selected, which are in no other block."""
        self._stale: set[str] | None = None
        """The components that are not in their block as they are now; `None` for all, before anything was drawn."""
        self._brushes: dict[str, tuple[QBrush, QBrush]] = {}
        self._marks = _Marks(owner)

    def use(self, look: Look) -> None:
        """Takes the colours of another look."""
        catalog = self._owner.labels.catalog
        canvas = look.color("canvas")
        self._brushes = {}
        for kind in catalog.kinds.values():
            tone = mixed(QColor(catalog.categories[kind.category].colour), canvas, 0.15)
            self._brushes[kind.id] = (plain_brush(tone), plain_brush(mixed(tone, canvas, _DIM)))

    def put(self, key: str) -> None:
        """A component is new, elsewhere or of another kind."""
        self._marks.moved(key)
        if self._stale is not None:
            self._stale.add(key)

    def discard(self, key: str, kind: str) -> None:
        """A component of this kind is gone."""
        self._marks.forget()
        for blocks in (self._cards, self._chosen):
            if kind in blocks:
                blocks[kind].discard(key)

    def clear(self) -> None:
        """All components are gone."""
        self._marks.forget()
        self._cards.clear()
        self._chosen.clear()
        self._stale = None

    def select(self, collection: Collection, keys: set[str]) -> None:
        """Some things are selected now that were not, or the other way round."""
        if collection is Collection.COMPONENTS and self._stale is not None:
            self._stale |= keys
        elif collection is Collection.CONNECTIONS:
            self._owner.wires.far.turn(keys)

    def _refresh(self) -> None:
        """Brings all blocks up to date, only by what has changed since."""
        owner = self._owner
        items, rects, selected = owner.components, owner.rects, owner.emphasis.selected
        owner.wires.far.refresh(selected[Collection.CONNECTIONS])
        stale, self._stale = items.keys() if self._stale is None else self._stale & items.keys(), set()
        for key in stale:
            left, top, _right, _bottom = rects[key]
            chosen = key in selected[Collection.COMPONENTS]
            own, other = (self._chosen, self._cards) if chosen else (self._cards, self._chosen)
            kind = items[key].kind
            if kind in other:
                other[kind].discard(key)
            if kind not in own:
                own[kind] = Block(4)
            own[kind].put(key, doubles((left, top, CARD_WIDTH, CARD_HEIGHT)))

    def paint(self, painter: QPainter, exposed: Rect, visible: Rect) -> None:
        """Draws what lies in the exposed rectangle; `visible` is all that the view shows."""
        self._refresh()
        self._paint_boundaries(painter, exposed)
        share = surface(exposed) / max(1.0, surface(visible))
        part = exposed if share < _WHOLE else None
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        self._paint_wires(painter, part)
        painter.setPen(self._owner.look.no_pen)
        # Marks stand over the corners of cards.
        keys = self._owner.components_in(grown(part, _MARK / self._owner.frame.zoom)) if part is not None else None
        self._paint_cards(painter, keys)
        self._marks.paint(painter, keys)

    def paint_plan(self, painter: QPainter) -> None:
        """Draws boundaries, lines and rectangles of everything and nothing that stands out: the ground of a map."""
        owner, look = self._owner, self._owner.look
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        self._paint_frames(painter, owner.boundaries.values())
        self._refresh()
        for (role, _count, _chosen), block in owner.wires.far.blocks.items():
            painter.setPen(look.far_pens[role])
            draw_lines(painter, block.data)
        painter.setPen(look.no_pen)
        for kind, (plain, _dim) in self._brushes.items():
            painter.setBrush(plain)
            for blocks in (self._cards, self._chosen):
                if kind in blocks:
                    draw_rects(painter, blocks[kind].data)

    def _paint_boundaries(self, painter: QPainter, exposed: Rect) -> None:
        """Draws those that nothing happens to in batches, the others one by one, and the titles over all."""
        self._owner.title_rooms.refresh()
        shown = self._owner.boundaries_in(exposed)
        special = {item.entity.id for item in shown if item.stands_out}
        chosen = self._owner.emphasis.selected[Collection.BOUNDARIES]
        plain = [item for item in shown if item.entity.id not in special]
        self._paint_frames(painter, [item for item in plain if not item.faded], chosen)
        painter.setOpacity(FADED)
        self._paint_frames(painter, [item for item in plain if item.faded], chosen)
        painter.setOpacity(1.0)
        paint_each(painter, [item for item in shown if item.entity.id in special], BoundaryItem.paint_frame)
        self._owner.band_painter.paint_lanes(painter, exposed)
        paint_each(painter, shown, BoundaryItem.paint_title)

    def _paint_frames(
        self, painter: QPainter, items: Iterable[BoundaryItem], chosen: AbstractSet[str] = frozenset()
    ) -> None:
        """Draws plain frames and title bars in batches, from the outer ones to the inner; those chosen stand out."""
        labels, look = self._owner.labels, self._owner.look
        layers: dict[tuple[int, str, bool], tuple[Doubles, Doubles]] = {}
        for item in items:
            sort = item.depth, labels.boundary_role(item.entity), item.entity.id in chosen
            frames, bars = layers.setdefault(sort, (doubles(), doubles()))
            left, top, right, bottom = item.rect
            frames.extend((left, top, right - left, bottom - top))
            bars.extend((left, top, right - left, min(TITLE_HEIGHT, bottom - top)))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        for (_depth, role, selected), (frames, bars) in sorted(layers.items()):
            painter.setPen(look.no_pen)
            painter.setBrush(look.boundary_fills[role])
            draw_rects(painter, frames)
            painter.setBrush(look.boundary_bars[role])
            draw_rects(painter, bars)
            painter.setPen(look.boundary_selected if selected else look.boundary_pens[role])
            painter.setBrush(look.no_brush)
            draw_rects(painter, frames)

    def _paint_wires(self, painter: QPainter, exposed: Rect | None) -> None:
        owner, pens = self._owner, self._owner.look.far_pens
        wires = owner.wires
        faded = bool(owner.emphasis.lit or owner.emphasis.refused_kinds)
        if exposed is None and not faded:
            blocks = wires.far.blocks
            for key in sorted(blocks, key=_upon):
                painter.setPen(pens["wire-selected" if key[2] else key[0]])
                draw_lines(painter, blocks[key].data)
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

    def _paint_cards(self, painter: QPainter, keys: Sequence[str] | None) -> None:
        emphasis = self._owner.emphasis
        lit, refused = emphasis.lit, emphasis.refused_kinds
        plain, chosen = self._cards_in(keys) if keys is not None else (_data(self._cards), _data(self._chosen))
        bright = self._cards_in(lit & self._owner.components.keys())[0] if lit else {}
        # In one order, so that a picture is always the same.
        for kind, data in sorted(plain.items()):
            painter.setBrush(self._brushes[kind][1 if lit or kind in refused else 0])
            draw_rects(painter, data)
            if kind in bright:
                painter.setBrush(self._brushes[kind][0])
                draw_rects(painter, bright[kind])
        painter.setBrush(self._owner.look.accent)
        for data in chosen.values():
            draw_rects(painter, data)

    def _cards_in(self, keys: Iterable[str]) -> tuple[dict[str, Doubles], dict[str, Doubles]]:
        """The rectangles of some components by kind: of those that are not selected, and of those that are."""
        owner = self._owner
        selected = owner.emphasis.selected[Collection.COMPONENTS]
        plain: dict[str, Doubles] = {}
        chosen: dict[str, Doubles] = {}
        for key in keys:
            left, top, _right, _bottom = owner.rects[key]
            groups = chosen if key in selected else plain
            _of(groups, owner.components[key].kind).extend((left, top, CARD_WIDTH, CARD_HEIGHT))
        return plain, chosen


_Sort = tuple[int, str]
"""What a mark says, and its colour role."""
_FINDING, _FAILING = 0, 1
"""What has failed lies above the marks of findings: it matters more while a failure is tried out."""


class _Marks:
    """What the analysis and a failure that is tried out say of each component, as rectangles by colour role."""

    def __init__(self, owner: Scene) -> None:
        self._owner = owner
        self._all: dict[_Sort, Block] = {}
        self._stale = True
        self._found: Mapping[str, object] = {}
        self._effects: Mapping[str, object] = {}
        self._zoom = 0.0

    def forget(self) -> None:
        """Other components are drawn."""
        self._stale = True

    def moved(self, key: str) -> None:
        """A component is elsewhere, or new."""
        if self._zoom != self._owner.frame.zoom:
            self._stale = True
        if not self._stale and (key in self._found or key in self._effects):
            for sort, record in self._marks(key):
                self._all.setdefault(sort, Block(4)).put(key, record)

    def paint(self, painter: QPainter, keys: Iterable[str] | None) -> None:
        """Draws the marks of some components, or of all."""
        look = self._owner.look
        if keys is None:
            drawn = {sort: block.data for sort, block in self._everything().items()}
        else:
            drawn = defaultdict(doubles)
            for key in keys:
                for sort, record in self._marks(key):
                    drawn[sort].extend(record)
        for sort in sorted(drawn):
            painter.setBrush(look.theme.brush(sort[1]))
            draw_rects(painter, drawn[sort])

    def _everything(self) -> dict[_Sort, Block]:
        labels = self._owner.labels
        found, effects, zoom = labels.components_with_findings(), labels.effects, self._owner.frame.zoom
        # An analysis, and a failure that is tried out, bring a new table; kept, so that no other takes its address.
        if self._stale or found is not self._found or effects is not self._effects or zoom != self._zoom:
            self._stale, self._found, self._effects, self._zoom = False, found, effects, zoom
            self._all = {}
            for key in {**found, **effects}:
                if key in self._owner.rects:
                    self.moved(key)
        return self._all

    def _marks(self, key: str) -> Iterator[tuple[_Sort, Doubles]]:
        """The marks of one component."""
        owner = self._owner
        rect = owner.rects[key]
        worst = owner.labels.findings(key)
        if worst is not None:
            size = min(_MARK / owner.frame.zoom, CARD_HEIGHT)
            yield (_FINDING, f"severity-{worst[0]}"), doubles((rect[2] - size / 2, rect[1] - size / 2, size, size))
        effect = owner.labels.effects.get(key)
        if effect is not None and effect.state is not State.FINE:
            yield (_FAILING, STATE_ROLES[effect.state]), doubles(_failing_part(rect, effect.state))


def _failing_part(rect: Rect, state: State) -> Rect:
    """The lower part of the card of what a failure touches, the whole of what is down; as x, y, width, height."""
    height = (rect[3] - rect[1]) * (1.0 if state is State.DOWN else 0.45)
    return rect[0], rect[3] - height, rect[2] - rect[0], height


def _of(groups: dict[str, Doubles], key: str) -> Doubles:
    data = groups.get(key)
    if data is None:
        data = groups[key] = doubles()
    return data


def _data(blocks: Mapping[str, Block]) -> dict[str, Doubles]:
    return {kind: block.data for kind, block in blocks.items()}


def _upon(key: tuple[str, int, bool]) -> tuple[bool, str, int]:
    """What is selected lies above the rest, as `_strong` says of roles."""
    return key[2], key[0], key[1]


_STRENGTHS = {"wire-selected": 1, "witness": 1, "wire-hover": 2}


def _strong(role: str) -> tuple[int, str]:
    """What stands out lies above the rest; the others in one order, so that a picture is always the same."""
    return _STRENGTHS.get(role, 0), role
