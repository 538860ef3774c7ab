"""Things that glide to where an edit has put them, so that the eye can follow."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEasingCurve, QEvent, QObject, QVariantAnimation
from PySide6.QtWidgets import QStyle

from designer.gui.canvas.canvas import Canvas
from designer.gui.canvas.metrics import Rect, boundary_rect, card_rect
from designer.model.architecture import Architecture

DURATION_MS = 200
MOST = 300
"""With more components that move, they are put in their places at once: gliding would stutter."""
_ENDING = (QEvent.Type.MouseButtonPress, QEvent.Type.KeyPress, QEvent.Type.Wheel, QEvent.Type.DragEnter)


class Motion(QObject):
    """One glide at a time on a canvas. Only the picture moves: the document has the new places from the start.

    Whatever the user does meanwhile ends it, and finds everything in its place.
    """

    def __init__(self, canvas: Canvas) -> None:
        super().__init__(canvas)
        self._canvas = canvas
        self._cards: dict[str, tuple[Rect, Rect]] = {}
        self._frames: dict[str, tuple[Rect, Rect]] = {}
        self._done: Callable[[], None] | None = None
        self._animation = QVariantAnimation(self)
        self._animation.setStartValue(0.0)
        self._animation.setEndValue(1.0)
        self._animation.setDuration(DURATION_MS)
        self._animation.setEasingCurve(QEasingCurve.Type.OutCubic)
        self._animation.valueChanged.connect(self._show)
        self._animation.finished.connect(self.finish)
        canvas.installEventFilter(self)
        canvas.viewport().installEventFilter(self)
        canvas.document.changed.connect(self.finish)
        canvas.document.replaced.connect(self._forget)

    @property
    def running(self) -> bool:
        """Whether something glides."""
        return self._animation.state() is QVariantAnimation.State.Running

    def start(self, before: Architecture, done: Callable[[], None]) -> None:
        """Lets everything glide from where it was before the last edit, then calls `done`."""
        self.finish()
        now = self._canvas.document.architecture
        for key, component in now.components.items():
            old = before.components.get(key)
            if old is not None and (old.x, old.y) != (component.x, component.y):
                self._cards[key] = card_rect(old.x, old.y), card_rect(component.x, component.y)
        for key, boundary in now.boundaries.items():
            frame = before.boundaries.get(key)
            if frame is not None and boundary_rect(frame) != boundary_rect(boundary):
                self._frames[key] = boundary_rect(frame), boundary_rect(boundary)
        self._done = done
        if not 0 < len(self._cards) + len(self._frames) <= MOST or not self._is_wanted():
            self.finish()
            return
        self._show(0.0)
        self._animation.start()

    def finish(self) -> None:
        """Puts everything where the document says."""
        self._animation.stop()
        drawing, architecture = self._canvas.drawing, self._canvas.document.architecture
        cards = [architecture.components[key] for key in self._cards if key in architecture.components]
        if cards:
            drawing.move([(card.id, card.x, card.y) for card in cards], live=True)
            drawing.settle({card.id: self._cards[card.id][0] for card in cards})
        for key in self._frames:
            if key in architecture.boundaries:
                drawing.place_boundary(key, boundary_rect(architecture.boundaries[key]))
        self._forget()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Ends the glide before anything else is done to the drawing."""
        if self.running and event.type() in _ENDING:
            self.finish()
        return super().eventFilter(watched, event)

    def _is_wanted(self) -> bool:
        """Whether the desktop lets things move: a style without animations gives them no time."""
        hint = QStyle.StyleHint.SH_Widget_Animation_Duration
        return self._canvas.isVisible() and self._canvas.style().styleHint(hint, None, self._canvas) > 0

    def _show(self, share: float) -> None:
        drawing = self._canvas.drawing
        places = ((key, *_between(old, new, share)[:2]) for key, (old, new) in self._cards.items())
        drawing.move(places, live=True)
        for key, (old, new) in self._frames.items():
            drawing.place_boundary(key, _between(old, new, share))

    def _forget(self) -> None:
        self._animation.stop()
        self._cards.clear()
        self._frames.clear()
        done, self._done = self._done, None
        if done is not None:
            done()


def _between(old: Rect, new: Rect, share: float) -> Rect:
    left, top, right, bottom = (a + (b - a) * share for a, b in zip(old, new, strict=True))
    return left, top, right, bottom
