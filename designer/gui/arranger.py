"""The commands that lay the drawing out anew: all of it or the selection, beside the window where that takes long."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QProgressDialog

from designer.gui.arrange_motion import Motion
from designer.gui.canvas.canvas import Canvas
from designer.gui.latest import Latest, Watch
from designer.gui.settings import UserSettings
from designer.gui.waiting import progress, put_away, show_share
from designer.language import tr
from designer.layout.boxes import Cancelled
from designer.layout.drawing import arranged
from designer.model.architecture import Architecture
from designer.model.edits import Batch

DIRECT = 300
"""Up to so many components are arranged at once; more in a worker, which can be stopped."""


class Arranger(QObject):
    """Arranges the document of a canvas, in the direction of the settings."""

    told = Signal(str)
    """A short word for the status bar."""

    def __init__(self, canvas: Canvas, settings: UserSettings) -> None:
        super().__init__(canvas)
        self._canvas = canvas
        self._settings = settings
        self._whole = False
        self.motion = Motion(canvas)
        self.progress: QProgressDialog | None = None
        """What is shown while a worker arranges."""
        self._latest = Latest()
        self._latest.answered.connect(self._take)
        self._latest.told.connect(self._show_share)
        canvas.document.changed.connect(self.cancel)
        canvas.document.replaced.connect(self.cancel)

    @property
    def busy(self) -> bool:
        """Whether something is being arranged, or glides to its place."""
        return self._latest.busy or self.motion.running

    def arrange(self, ids: Sequence[str] | None = None) -> None:
        """Arranges everything, or the things with some ids, as one step."""
        document = self._canvas.document
        direction = self._settings.direction
        self._canvas.abandon()
        self.motion.finish()
        self.cancel()
        self._whole = ids is None
        count = len(document.architecture.components)
        if count <= DIRECT:
            self._take(arranged(document.architecture, document.catalog, direction, ids))
            return
        copy, catalog = document.architecture.copy(), document.catalog

        def work(watch: Watch) -> Batch | None:
            try:
                return arranged(copy, catalog, direction, ids, watch, watch.tell)
            except Cancelled:
                return None

        self._latest.ask(work)
        self._show_progress(count)

    def cancel(self) -> None:
        """Gives up what is being worked out: the drawing stays as it is."""
        self._latest.cancel()
        self._hide_progress()

    def stop(self) -> None:
        """Cancels, and waits until the worker has noticed."""
        self._hide_progress()
        self._latest.stop()

    def _take(self, edit: Batch | None) -> None:
        self._hide_progress()
        if edit is None:
            self.told.emit(tr("Everything is in its place already"))
            return
        before = self._canvas.document.architecture.copy()
        if self._canvas.do(edit):
            self._follow(before)

    def _follow(self, before: Architecture) -> None:
        """Shows the way to the new places, then all of it where a part would be out of sight."""
        if not self._settings.animated:
            before = self._canvas.document.architecture
        self.motion.start(before, self._reveal)

    def _reveal(self) -> None:
        content = self._canvas.drawing.content()
        shown = self._canvas.viewpoint.visible()
        if not self._whole or content is None:
            return
        if content[0] < shown[0] or content[1] < shown[1] or content[2] > shown[2] or content[3] > shown[3]:
            self._canvas.zoom_to_fit()

    def _show_progress(self, count: int) -> None:
        text = tr("Arranging {count:,} components…", count=count)
        self.progress = progress(self._canvas.window(), tr("Arrange"), text, self._give_up)

    def _show_share(self, percent: int) -> None:
        if self.progress is not None:
            show_share(self.progress, percent)

    def _give_up(self) -> None:
        self.cancel()
        self.told.emit(tr("Arranging was cancelled; nothing was moved"))

    def _hide_progress(self) -> None:
        dialog, self.progress = self.progress, None
        if dialog is not None:
            put_away(dialog)
