"""The wire that a component held over it would be put into: shown, with what it would become or why it cannot."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QToolTip

from designer.gui.canvas.connecting import Between, judge_between
from designer.gui.canvas.gestures.gesture import Pointer
from designer.gui.controls import tip
from designer.language import tr
from designer.model.entities import Collection

if TYPE_CHECKING:
    from designer.gui.canvas.canvas import Canvas


class WireAim:
    """Says for a component of a kind and a wire what would become of it. `wire` is the one shown, if it would do."""

    def __init__(self, canvas: Canvas) -> None:
        self._canvas = canvas
        self.at: str | None = None
        """The wire below the pointer."""
        self.verdict = Between()

    @property
    def wire(self) -> str | None:
        """The wire that the component would be put into."""
        return self.at if self.verdict.relations is not None else None

    def show(self, wire: str | None, kind: str, pointer: Pointer, *, quietly: bool = False) -> None:
        """Shows what putting a component of a kind into a wire would do; `quietly` says nothing where it cannot."""
        if wire == self.at:
            return
        canvas, document = self._canvas, self._canvas.document
        self.at, self.verdict = wire, Between()
        QToolTip.hideText()
        if wire is None:
            canvas.drawing.highlights.hover(None)
            canvas.say("")
            return
        entity, names = document.architecture.connections[wire], document.architecture.components
        self.verdict = judge_between(document.architecture, document.catalog, entity, kind)
        if self.verdict.relations is None:
            canvas.drawing.highlights.hover(None)
            if not quietly:
                view, reason = canvas.viewport(), self.verdict.reason
                QToolTip.showText(view.mapToGlobal(pointer.view), tip(reason), view)
                canvas.say(reason)
            return
        canvas.drawing.highlights.hover((Collection.CONNECTIONS, wire))
        what, (first, second) = document.catalog.kinds[kind].title, self.verdict.relations
        canvas.say(
            tr(
                "Between: {one} to {what}: {first}; {what} to {other}: {second}",
                one=names[entity.source].name,
                what=tr(what),
                first=tr(first.title).lower(),
                other=names[entity.target].name,
                second=tr(second.title).lower(),
            )
        )

    def forget(self) -> None:
        """Shows nothing more."""
        if self.at is not None:
            self.at, self.verdict = None, Between()
            self._canvas.drawing.highlights.hover(None)
            self._canvas.say("")
        QToolTip.hideText()
