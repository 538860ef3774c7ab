"""Dragging a kind out of the palette onto the canvas."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData
from PySide6.QtWidgets import QToolTip

from designer.gui.canvas.gestures.gesture import Gesture, Pointer
from designer.gui.canvas.gestures.lane_guide import LaneGuide
from designer.gui.canvas.gestures.snapping import Snapping
from designer.gui.canvas.gestures.wire_aim import WireAim
from designer.gui.canvas.metrics import BOUNDARY_SIZES, CARD_HEIGHT, CARD_WIDTH, TITLE_HEIGHT, Rect
from designer.gui.canvas.picking import wire_at
from designer.gui.canvas.placement import Frames
from designer.gui.canvas.tier_fit import Fit, fit_tier
from designer.language import tr
from designer.model.entities import Collection, Component

if TYPE_CHECKING:
    from designer.gui.canvas.canvas import Canvas

KIND_MIME = "application/x-aws-designer-kind"
_LONGEST = 64


def dragged_kind(mime: QMimeData) -> str | None:
    """The kind that a drag carries ("sqs", "vpc", "tier:public"); it comes from outside and may be anything."""
    if not mime.hasFormat(KIND_MIME):
        return None
    raw = bytes(mime.data(KIND_MIME).data())
    return raw.decode("utf-8", "replace") if len(raw) <= _LONGEST else None


class Drop(Gesture):
    """Shows where the thing would be and which boundary would take it in."""

    scrolls = True

    def __init__(self, canvas: Canvas, kind: str) -> None:
        super().__init__(canvas)
        self._kind = kind
        self._frames = Frames(canvas.document.architecture)
        self._service = kind in canvas.document.catalog.kinds
        self._aimed = WireAim(canvas)
        self._over: str | None = None
        self._corner = (0.0, 0.0)
        """Where its corner would be if it were not fitted into anything."""
        self._fit: Fit | None = None
        self._guide = LaneGuide(canvas, self._frames)
        self._new = {kind: Component(id="", kind=kind, name="")} if self._service else {}
        self._snapping = Snapping(canvas, boundaries=frozenset() if self._service else frozenset({""}))

    def move(self, pointer: Pointer) -> None:
        """Shows the preview around the pointer."""
        rect = self._rect(pointer)
        self.canvas.overlay.show_ghosts([(self._kind if self._service else None, rect)])
        self._snapping.show()
        if self._service:
            self._aim(pointer)
            aimed = self._aimed.at is not None or self._over is not None
            self._guide.show(self._new, {} if aimed else {self._kind: (rect[0], rect[1])})
            home = None if self._guide.refusal else self._frames.around_component(rect[0], rect[1])
        else:
            kind = self._kind.partition(":")[0]
            self._guide.show({}, {}, {kind: rect})
            around = self._fit.vpc if self._fit is not None else self._frames.around_boundary(kind, rect)
            home = None if self._guide.refusal else around
        self.canvas.drawing.highlights.offer_drop(frozenset({home} if home is not None else ()))

    def release(self, pointer: Pointer) -> None:
        """Adds the thing where it is shown; on a component it asks first, and with Shift replaces it at once."""
        self.move(pointer)
        (left, top), over = self._corner, self._over
        wire, verdict = self._aimed.wire, self._aimed.verdict
        refusal = self._guide.refusal
        self.cancel()
        self.canvas.finish()
        self.canvas.setFocus()

        if refusal:
            self.canvas.say(refusal)
            return

        def add() -> None:
            self.canvas.commands.insert_at(self._kind, (round(left), round(top)), wire)
            self.canvas.say(verdict.reason)

        if over is None:
            add()
        elif pointer.shift:
            self.canvas.adding.replace([over], self._kind)
        else:
            self.canvas.adding.ask_dropped(self._kind, over, pointer.view, add)

    def cancel(self) -> None:
        """Shows nothing more."""
        self.canvas.overlay.show_ghosts([])
        self._snapping.forget()
        self.canvas.drawing.highlights.offer_drop(frozenset())
        self.canvas.drawing.highlights.hover(None)
        self._guide.forget()
        QToolTip.hideText()
        self.canvas.say("")

    def _aim(self, pointer: Pointer) -> None:
        """Shows the wire below the pointer, and says what it would become, or why the component cannot go into it."""
        canvas, document = self.canvas, self.canvas.document
        over = canvas.component_at(pointer.at)
        if over is not None and document.architecture.components[over].kind == self._kind:
            over = None
        wire = wire_at(canvas.drawing, pointer.at) if canvas.component_at(pointer.at) is None else None
        if over != self._over:
            self._over = over
            canvas.drawing.highlights.hover((Collection.COMPONENTS, over) if over is not None else None)
            canvas.say(self._replacing(over) if over is not None else "")
        self._aimed.show(wire, self._kind, pointer)

    def _replacing(self, over: str) -> str:
        document = self.canvas.document
        title = tr(document.catalog.kinds[self._kind].title)
        losses = self.canvas.adding.replacement([over], self._kind).losses
        name = document.architecture.components[over].name
        text = tr("Drop to replace {name} by {title}; with Shift, without a question.", name=name, title=title)
        return " ".join((text, *losses))

    def _fitted(self, rect: Rect) -> Fit | None:
        """Where a subnet tier comes to lie in the VPC under the pointer."""
        is_tier = self._kind.partition(":")[0] == "tier"
        return fit_tier(self.canvas.document.architecture, self._frames, rect) if is_tier else None

    def _rect(self, pointer: Pointer) -> Rect:
        x, y = pointer.at
        size = BOUNDARY_SIZES.get(self._kind.partition(":")[0])
        # A card hangs by its middle from the pointer, a boundary by its title bar.
        left, top = (x - CARD_WIDTH / 2, y - CARD_HEIGHT / 2) if size is None else (x - 40, y - TITLE_HEIGHT / 2)
        width, height = size or (CARD_WIDTH, CARD_HEIGHT)
        self._corner, self._fit = (left, top), self._fitted((left, top, left + width, top + height))
        if self._fit is not None:
            self._snapping.forget()
            return self._fit.rect
        if pointer.alt:
            self._snapping.forget()
        else:
            dx, dy = self._snapping.way((left, top, left + width, top + height), (left, top))
            left, top = self._corner = round(left + dx), round(top + dy)
        return left, top, left + width, top + height
