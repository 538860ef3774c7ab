"""Drawing a wire: by dragging from a handle, by two clicks, or from the keyboard."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QToolTip

from designer.gui.canvas.connecting import Verdict, judge, refused_kinds
from designer.gui.canvas.gestures.gesture import Gesture, Pointer
from designer.gui.canvas.keyboard import reading_order
from designer.gui.canvas.metrics import Point, Rect, grown, overlaps, united
from designer.gui.canvas.overlay import WirePreview
from designer.gui.canvas.wire_detour import detour
from designer.gui.canvas.wire_path import REACH, choose_sides, port
from designer.gui.controls import tip
from designer.language import tr

if TYPE_CHECKING:
    from designer.gui.canvas.canvas import Canvas

_NEXT = {Qt.Key.Key_Tab: 1, Qt.Key.Key_Backtab: -1}
_ACCEPT = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class Connect(Gesture):
    """Shows the wire that would be drawn. Without a source, the first component chosen becomes it."""

    scrolls = True
    cursor = Qt.CursorShape.CrossCursor

    def __init__(self, canvas: Canvas, source: str | None, pointer: Pointer | None, by_click: bool = False) -> None:
        super().__init__(canvas)
        self._fixed: str | None = None
        self._target: str | None = None
        self._by_click = by_click
        if source is not None:
            self._fix(source)
        else:
            canvas.say(tr("Connect: choose the component that the wire starts at (Tab and Enter, or click). Esc ends."))
        if pointer is not None:
            self.move(pointer)

    def move(self, pointer: Pointer) -> None:
        """Follows the pointer."""
        found = self.canvas.component_at(pointer.at)
        if self._fixed is None:
            self._target = found
            self.canvas.drawing.highlights.aim(found)
            return
        self._aim(found if found != self._fixed else None, pointer)

    def press(self, pointer: Pointer) -> None:
        """In the mode of two clicks: takes the source, then the target; empty canvas ends it."""
        if not self._by_click:
            return
        self.move(pointer)
        found = self.canvas.component_at(pointer.at)
        if self._fixed is None and found is not None:
            self._fix(found)
        elif found is None or found == self._fixed:
            self.canvas.abandon()
        else:
            self._connect(pointer)

    def release(self, pointer: Pointer) -> None:
        """Draws the wire where it may end; anywhere else nothing happens."""
        if self._by_click:
            return
        self.move(pointer)
        if self._target is None:
            self._release_on_nothing(pointer)
        else:
            self._connect(pointer)

    def _release_on_nothing(self, pointer: Pointer) -> None:
        """On empty canvas: offers what the wire could end at, to be put there."""
        source, shown = self._fixed, self.canvas.overlay.wire
        self.canvas.abandon()
        if source is not None and self.canvas.component_at(pointer.at) is None:
            self.canvas.overlay.show_wire(shown)
            self.canvas.wiring.offer_ends(source, pointer.at, pointer.view)

    def key(self, key: int, pointer: Pointer) -> bool:
        """Tab goes from target to target, Enter takes one."""
        if key in _ACCEPT and self._target is not None:
            if self._fixed is None:
                self._fix(self._target)
            else:
                self._connect(pointer)
            return True
        if key not in _NEXT:
            return False
        candidates = [found for found in reading_order(self.canvas.drawing) if self._may_be_chosen(found)]
        if candidates:
            step = _NEXT[Qt.Key(key)]
            at = candidates.index(self._target) + step if self._target in candidates else (0 if step > 0 else -1)
            chosen = candidates[at % len(candidates)]
            self._target = chosen
            self.canvas.viewpoint.reveal(self.canvas.drawing.rects[chosen])
            if self._fixed is None:
                self.canvas.drawing.highlights.aim(chosen)
            else:
                self._aim(chosen, pointer)
        return True

    def cancel(self) -> None:
        """Shows nothing more."""
        self._stop_showing()
        self.canvas.say("")

    def _stop_showing(self) -> None:
        self.canvas.overlay.show_wire(None)
        self.canvas.drawing.highlights.aim(None)
        self.canvas.drawing.highlights.refuse_kinds(frozenset())
        QToolTip.hideText()

    def _fix(self, source: str) -> None:
        document = self.canvas.document
        component = document.architecture.components[source]
        self._fixed, self._target = source, None
        self.canvas.drawing.highlights.aim(source)
        self.canvas.drawing.highlights.refuse_kinds(self._refused(component.kind))
        self._ask_for_other()

    def _ask_for_other(self) -> None:
        assert self._fixed is not None
        name = self.canvas.document.architecture.components[self._fixed].name
        self.canvas.say(tr("Connect {name}: choose the component that the wire ends at. Esc ends.", name=name))

    def _refused(self, kind: str) -> frozenset[str]:
        return refused_kinds(self.canvas.document.catalog, kind)

    def _may_be_chosen(self, key: str) -> bool:
        return self._fixed is None or bool(self._judge(key).relations)

    def _ends(self, other: str) -> tuple[str, str]:
        """Source and target of the wire when its loose end is at another component."""
        assert self._fixed is not None
        return self._fixed, other

    def _judge(self, other: str) -> Verdict:
        return judge(self.canvas.document.architecture, self.canvas.document.catalog, *self._ends(other))

    def _aim(self, target: str | None, pointer: Pointer) -> None:
        """Shows the wire to a target, or to the pointer, and says what it would be."""
        assert self._fixed is not None
        changed, self._target = target != self._target, target
        verdict = self._judge(target) if target is not None else Verdict()
        allowed = target is None or bool(verdict.relations)
        rects = self.canvas.drawing.rects
        end = rects[target] if target is not None else (*pointer.at, *pointer.at)
        self.canvas.overlay.show_wire(self._preview(rects[self._fixed], end, allowed))
        self.canvas.drawing.highlights.aim(target if allowed else None)
        if not changed:
            return
        names = self.canvas.document.architecture.components
        if target is None:
            self._ask_for_other()
            QToolTip.hideText()
        elif allowed:
            verbs = tr(" or ").join(tr(relation.title).lower() for relation in verdict.relations)
            one, other = self._ends(target)
            self.canvas.say(
                tr("{source} to {target}: {verbs}", source=names[one].name, target=names[other].name, verbs=verbs)
            )
            QToolTip.hideText()
        else:
            self.canvas.say(verdict.reason)
            view = self.canvas.viewport()
            QToolTip.showText(view.mapToGlobal(pointer.view), tip(verdict.reason), view)

    def _connect(self, pointer: Pointer) -> None:
        assert self._fixed is not None and self._target is not None
        target = self._target
        verdict = self._judge(target)
        self._stop_showing()
        self.canvas.finish()
        if verdict.relations:
            self.canvas.say("")
            self._draw(target, verdict, pointer)
        else:
            self.canvas.say(verdict.reason)

    def _preview(self, fixed: Rect, loose: Rect, allowed: bool) -> WirePreview:
        return self._led(fixed, loose, allowed)

    def _led(self, source: Rect, end: Rect, allowed: bool) -> WirePreview:
        """A wire from one rectangle to another, around what lies between, by the middles of the sides that face."""
        drawing = self.canvas.drawing
        sides = choose_sides(source, end)
        start: Point = port(source, sides[0], _half(source, sides[0]))
        stop: Point = port(end, sides[1], _half(end, sides[1]))
        within = grown(united(source, end) or source, REACH)
        near = (drawing.rects[key] for key in drawing.components_in(within))
        obstacles = sorted(rect for rect in near if not overlaps(rect, source) and not overlaps(rect, end))
        return WirePreview(detour(start, sides[0], stop, sides[1], 0.0, obstacles, within), sides[1], allowed)

    def _draw(self, other: str, verdict: Verdict, pointer: Pointer) -> None:
        self.canvas.wiring.connect(*self._ends(other), verdict.relations, pointer.view)


def _half(rect: Rect, side: int) -> float:
    return (rect[3] - rect[1] if side % 2 == 0 else rect[2] - rect[0]) / 2
