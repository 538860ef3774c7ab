"""Going round the parts of the window by keyboard: canvas, panels, tool bar, status bar."""

from __future__ import annotations

from typing import TYPE_CHECKING

import shiboken6
from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QApplication, QDockWidget, QWidget

from designer.gui.tab_order import reading_order, takes_keys

if TYPE_CHECKING:
    from designer.gui.window import Window

_BY_KEY = Qt.FocusReason.ShortcutFocusReason


class Panes(QObject):
    """Each part remembers where the keyboard was in it, and takes it there again."""

    def __init__(self, window: Window) -> None:
        super().__init__(window)
        self._window = window
        self._last: dict[QWidget, QWidget] = {}
        for dock in window.docks.values():
            dock.left.connect(self._leave)

    def go(self, step: int) -> None:
        """Takes the keyboard to the next (1) or previous (-1) part that is seen, round and round."""
        panes = self._panes()
        here = self.current()
        start = panes.index(here) if here is not None else -step
        for turn in range(1, len(panes) + 1):
            if self.enter(panes[(start + turn * step) % len(panes)]):
                return

    def turn(self, step: int) -> None:
        """Brings the next (1) or previous (-1) panel of one place to the front: of the part with the keyboard.

        From the canvas, or a place with one panel only, it is the place with the most panels.
        """
        here = self.current()
        stacks = [stack for dock in self._docks() if len(stack := self._stack(dock)) > 1]
        if not stacks:
            return
        stack = next((each for each in stacks if here in each), max(stacks, key=len))
        front = next((dock for dock in stack if not dock.widget().visibleRegion().isEmpty()), stack[0])
        wanted = stack[(stack.index(front) + step) % len(stack)]
        self._window.panels.enter(wanted.objectName())

    def enter(self, pane: QWidget) -> bool:
        """Takes the keyboard into a part of the window; says whether anything there can have it."""
        self._remember()
        before = self._last.get(pane)
        if before is not None and shiboken6.isValid(before) and takes_keys(before) and pane.isAncestorOf(before):
            before.setFocus(_BY_KEY)
            return True
        widget = pane if pane is self._window.canvas else next(reading_order(pane), None)
        if widget is None:
            return False
        widget.setFocus(_BY_KEY)
        return True

    def current(self) -> QWidget | None:
        """The part of the window that has the keyboard."""
        focused = QApplication.focusWidget()
        if focused is None:
            return None
        return next((pane for pane in self._panes() if pane is focused or pane.isAncestorOf(focused)), None)

    def _leave(self, step: int) -> None:
        """Tab has come to the end of a panel: on to what is first in the next part, back to what is last before."""
        panes = self._panes()
        here = self.current()
        start = panes.index(here) if here is not None else 0
        for turn in range(1, len(panes) + 1):
            pane = panes[(start + turn * step) % len(panes)]
            fields = [pane] if pane is self._window.canvas else list(reading_order(pane))
            if fields:
                self._remember()
                fields[0 if step > 0 else -1].setFocus(_BY_KEY)
                return

    def _panes(self) -> list[QWidget]:
        """The parts that are seen, as they stand from the left to the right and from the top to the bottom."""
        window = self._window
        seen = [dock for dock in self._docks() if not dock.widget().visibleRegion().isEmpty()]
        parts: list[QWidget] = [window.canvas, *seen, window.menus.tools, window.workspace.status]
        return [part for part in parts if part.isVisible()]

    def _docks(self) -> list[QDockWidget]:
        return list(self._window.docks.values())

    def _stack(self, dock: QDockWidget) -> list[QDockWidget]:
        """The panels that share a place, in the order of the menu."""
        beside = {dock, *self._window.tabifiedDockWidgets(dock)}
        return [each for each in self._docks() if each in beside and not each.isHidden()]

    def _remember(self) -> None:
        here, focused = self.current(), QApplication.focusWidget()
        if here is not None and focused is not None:
            self._last[here] = focused
