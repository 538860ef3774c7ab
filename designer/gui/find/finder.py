"""Finding in the drawing: the bar, the matches lit on the canvas, and the way from one to the next."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer

from designer.gui.canvas.canvas import Canvas
from designer.gui.document import Document
from designer.gui.find.bar import FindBar
from designer.gui.find.index import DrawingIndex, Thing
from designer.language import plural, tr
from designer.model.changes import Changes
from designer.model.entities import Collection

if TYPE_CHECKING:
    from designer.analysis.findings import Analysis

_TURN_S = 0.01
"""For so long, in seconds, the window may be busy at a time."""
_SETTLE_MS = 150
"""After an edit the matches are looked up anew once nothing has changed for so long."""


class Finder(QObject):
    """Owns the bar. `show` selects a thing and brings it into view; `put_out` ends the light on the matches."""

    def __init__(
        self,
        document: Document,
        canvas: Canvas,
        show: Callable[[Collection, str], None],
        put_out: Callable[[], None],
    ) -> None:
        super().__init__(canvas)
        self._document, self._canvas, self._show, self._put_out = document, canvas, show, put_out
        self._index = DrawingIndex(document.architecture, document.catalog)
        self.hits: list[Thing] = []
        self.current: Thing | None = None
        """The match that was gone to last."""
        self.bar = FindBar(canvas.viewport())
        self.bar.query_changed.connect(self._search)
        self.bar.wanted.connect(self.step)
        self.bar.closed.connect(self.close)
        self._again = QTimer(self)
        self._again.setSingleShot(True)
        self._again.setInterval(_SETTLE_MS)
        self._again.timeout.connect(self._look_again)
        self._turns = QTimer(self)
        self._turns.setSingleShot(True)
        self._turns.setInterval(0)
        self._turns.timeout.connect(self._look_again)
        document.changed.connect(self._follow)
        document.replaced.connect(self._start_over)

    def open(self) -> None:
        """Opens the bar, with what was searched last."""
        self.bar.open()
        self._look_again()

    def close(self) -> None:
        """Closes the bar; what was gone to stays selected."""
        if not self.bar.isVisible():
            return
        # First, for a hidden widget would hand the cursor on as Tab does, which goes through the drawing.
        self._canvas.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.bar.hide()
        self._put_out()

    def step(self, by: int) -> None:
        """Goes on to the next match (1) or back (-1), around at the ends; opens the bar where nothing was searched."""
        if not self.bar.search.text().strip():
            self.open()
            return
        if not self.bar.isVisible():
            # The drawing may be another by now.
            self._find()
        if self.hits:
            number = self._number()
            start = -1 if by > 0 else len(self.hits)
            self._go((start if number is None else number) + by)
        self._tell()

    def show_analysis(self, analysis: Analysis | None) -> None:
        """Takes over new findings."""
        self._index.analysed(analysis)
        self._settle()

    def _go(self, number: int) -> None:
        self.current = self.hits[number % len(self.hits)]
        self._show(*self.current)
        if self.bar.isVisible():
            self._light()

    def _search(self) -> None:
        self.current = None
        self._look_again()

    def _look_again(self) -> None:
        if not self.bar.isVisible():
            return
        if not self._index.warm(_TURN_S):
            # Of a large drawing the texts are made bit by bit, between the keys that somebody presses.
            self._turns.start()
            return
        self._find()
        self._light()
        self._tell()

    def _find(self) -> None:
        self.hits = self._index.find(self.bar.search.text(), self.bar.chosen_scope())

    def _light(self) -> None:
        self._canvas.show_witness(tuple(key for _collection, key in self.hits))

    def _number(self) -> int | None:
        return self.hits.index(self.current) if self.current in self.hits else None

    def _tell(self) -> None:
        number, count = self._number(), len(self.hits)
        if not self.bar.search.text().strip():
            self.bar.tell("", "", found=False)
        elif not count:
            self.bar.tell(tr("No match"), "", found=False)
        elif number is None:
            self.bar.tell(plural("{count} match", "{count} matches", count), "", found=True)
        else:
            thing = self.hits[number]
            title = self._index.title(thing)
            why = self._index.why(thing, self.bar.search.text(), self.bar.chosen_scope())
            where = title if why in (title, thing[1]) else f"{title}, {why}"
            self.bar.tell(tr("{number} of {count}", number=number + 1, count=count), where, found=True)

    def _follow(self, changes: Changes) -> None:
        self._index.changed(changes)
        self._settle()

    def _settle(self) -> None:
        if self.bar.isVisible():
            self._again.start()

    def _start_over(self) -> None:
        self._index = DrawingIndex(self._document.architecture, self._document.catalog)
        self.hits, self.current = [], None
        self._settle()
