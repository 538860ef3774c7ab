"""What of a drawing is to be painted again, told to whoever shows it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from enum import IntEnum

from PySide6.QtCore import QObject, QTimer

from designer.gui.canvas.level_of_detail import Frame
from designer.gui.canvas.metrics import Rect, grown, united

_FRAME = 8
"""Milliseconds until wires that were shown as drafts are drawn again."""
AROUND = 16.0
"""What an item draws outside of its rectangle, in units or, from further away, in pixels."""


class Depth(IntEnum):
    """How deep a change of the drawing goes: what lies over it, what is upon its ground too, or all of it."""

    OVERLAY = 0
    DRAWING = 1
    GROUND = 2
    DRAFT = 3
    """Nothing has changed, but what is drawn was not final."""


class Repainting(QObject):
    """A drawing that says what of it looks otherwise, at the zoom of its `frame`."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.frame = Frame()
        self._painted: Depth | None = None
        """How deep everything is to be painted again anyway."""
        self.hurried = True
        """Whether something has changed since the last picture: what takes long is put off, for somebody waits."""
        self._outdated: Callable[[Rect | None, Depth], None] = lambda _rect, _depth: None
        self._unfinished: Rect | None = None
        self._finish = QTimer(self)
        self._finish.setSingleShot(True)
        self._finish.setInterval(_FRAME)
        self._finish.timeout.connect(self._paint_unfinished)

    def watch(self, outdated: Callable[[Rect | None, Depth], None]) -> None:
        """From now on calls a function for each rectangle, or `None` for everything, that is to be painted again."""
        self._outdated = outdated

    def repaint(self, rect: Rect | None, *, ground: bool = True) -> None:
        """Asks for a rectangle to be painted again, with what is drawn around it.

        Without its `ground` (boundaries and bands) where only wires, or what lies over everything, are others.
        """
        depth = Depth.GROUND if ground else Depth.DRAWING
        if rect is not None and (self._painted is None or depth > self._painted):
            self.hurried = True
            self._outdated(self._with_margin(rect), depth)

    def repaint_over(self, rect: Rect) -> None:
        """Asks for what lies over a rectangle of the drawing to be painted again: handles, previews, a rubber band."""
        if self._painted is None:
            self._outdated(self._with_margin(rect), Depth.OVERLAY)

    def _with_margin(self, rect: Rect) -> Rect:
        return grown(rect, max(AROUND, AROUND / self.frame.zoom))

    def repaint_all(self) -> None:
        """Asks for everything to be painted again."""
        self.hurried = True
        self._outdated(None, Depth.GROUND)

    @property
    def all_is_painted(self) -> bool:
        """Whether everything is to be painted again anyway, with its ground."""
        return self._painted is Depth.GROUND

    @contextmanager
    def painting_all(self, depth: Depth = Depth.GROUND) -> Iterator[None]:
        """Meanwhile only what goes deeper has to be said: everything is to be painted, as deep as told."""
        self.hurried = True
        self._outdated(None, depth)
        self._painted = depth
        try:
            yield
        finally:
            self._painted = None

    @property
    def finished(self) -> bool:
        """Whether nothing is shown as a draft that will be painted again."""
        return self._unfinished is None

    def finish_soon(self, rect: Rect) -> None:
        """A rectangle was painted with drafts of wires: it will be painted again soon."""
        self._unfinished = united(self._unfinished, rect)
        self._finish.start()

    def _paint_unfinished(self) -> None:
        rect, self._unfinished = self._unfinished, None
        if rect is not None:
            self._outdated(self._with_margin(rect), Depth.DRAFT)
