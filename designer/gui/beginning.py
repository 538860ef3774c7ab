"""What helps whoever begins: the card on an empty canvas, and the list of the first steps in its corner."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from designer.gui.canvas.canvas import Canvas
from designer.gui.settings import UserSettings
from designer.model.changes import Changes

if TYPE_CHECKING:
    from designer.gui.empty_state import EmptyState
    from designer.gui.first_steps import FirstSteps


class Beginning(QObject):
    """Shows the card while nothing is drawn, and the list from the first thing that is put on an empty canvas.

    A file or sample that is opened shows neither: whoever opens one does not begin.
    """

    sample_wanted = Signal()
    open_wanted = Signal()

    def __init__(self, canvas: Canvas, settings: UserSettings) -> None:
        super().__init__(canvas)
        self._canvas, self._settings = canvas, settings
        self.card: EmptyState | None = None
        self.steps: FirstSteps | None = None
        canvas.document.changed.connect(self._follow)
        canvas.document.replaced.connect(self._start_over)

    def show(self) -> None:
        """Shows or hides the card, as the drawing is."""
        empty = self._is_empty()
        if self.card is None and empty:
            self.card = self._make_card()
        if self.card is not None:
            self.card.setVisible(empty)

    def look(self, at: object) -> None:
        """The user looks at a finding, or (`None`) at none."""
        if at is not None and self.steps is not None:
            from designer.gui.first_steps import LOOK

            self.steps.tick(LOOK)

    def _is_empty(self) -> bool:
        architecture = self._canvas.document.architecture
        return not architecture.components and not architecture.boundaries

    def _follow(self, changes: Changes) -> None:
        began = self.card is not None and not self.card.isHidden()
        self.show()
        if self.steps is None and began and not self._is_empty():
            self._make_steps()
        if self.steps is not None:
            self.steps.note_changes(changes)

    def _start_over(self) -> None:
        if self.steps is not None:
            self.steps.leave()
            self.steps = None
        self.show()

    def _make_steps(self) -> None:
        from designer.gui.first_steps import FirstSteps

        if FirstSteps.wanted(self._settings):
            self.steps = FirstSteps(self._canvas.viewport(), self._settings)
            self.steps.show()

    def _make_card(self) -> EmptyState:
        from designer.gui.empty_state import EmptyState

        made = EmptyState(self._canvas.viewport())
        made.sample_wanted.connect(self.sample_wanted)
        made.open_wanted.connect(self.open_wanted)
        return made
