"""Leading one end of a wire to another component: by dragging its grip, by a click, or from the keyboard."""

from __future__ import annotations

from typing import TYPE_CHECKING

from designer.gui.canvas.connecting import Verdict, judge, refused_kinds
from designer.gui.canvas.gestures.connect import Connect
from designer.gui.canvas.gestures.gesture import Pointer
from designer.gui.canvas.metrics import Rect
from designer.gui.canvas.overlay import WirePreview
from designer.language import tr

if TYPE_CHECKING:
    from designer.gui.canvas.canvas import Canvas


class Reconnect(Connect):
    """Shows where the wire would run; the other end stays. End 0 is the source, end 1 the target."""

    def __init__(self, canvas: Canvas, wire: str, end: int, pointer: Pointer | None, by_click: bool = False) -> None:
        self._wire = wire
        self._end = end
        entity = canvas.document.architecture.connections[wire]
        self._home = entity.target if end else entity.source
        canvas.drawing.highlights.loosen(wire)
        super().__init__(canvas, entity.source if end else entity.target, pointer, by_click)

    def _ends(self, other: str) -> tuple[str, str]:
        fixed, loose = super()._ends(other)
        return (fixed, loose) if self._end else (loose, fixed)

    def _release_on_nothing(self, pointer: Pointer) -> None:  # noqa: ARG002
        self.canvas.abandon()

    def _refused(self, kind: str) -> frozenset[str]:
        return refused_kinds(self.canvas.document.catalog, kind, backwards=not self._end)

    def _may_be_chosen(self, key: str) -> bool:
        return key != self._home and super()._may_be_chosen(key)

    def _judge(self, other: str) -> Verdict:
        document = self.canvas.document
        return judge(document.architecture, document.catalog, *self._ends(other), instead_of=self._wire)

    def _preview(self, fixed: Rect, loose: Rect, allowed: bool) -> WirePreview:
        return self._led(fixed, loose, allowed) if self._end else self._led(loose, fixed, allowed)

    def _ask_for_other(self) -> None:
        what = "ends" if self._end else "starts"
        self.canvas.say(tr("Reconnect: choose the component that the wire {what} at now. Esc ends.", what=what))

    def _draw(self, other: str, verdict: Verdict, pointer: Pointer) -> None:
        if other != self._home:
            self.canvas.wiring.reconnect(self._wire, *self._ends(other), verdict.relations, pointer.view)

    def _stop_showing(self) -> None:
        super()._stop_showing()
        self.canvas.drawing.highlights.loosen(None)
