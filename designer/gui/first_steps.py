"""A list of the first three steps in a corner of the canvas, ticked off as the user does them; it bars no way."""

from __future__ import annotations

from dataclasses import dataclass

import shiboken6
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from designer.gui.canvas.accessible import announce
from designer.gui.controls import label, set_state, tool_button
from designer.gui.icons import action_pixmap
from designer.gui.settings import UserSettings
from designer.gui.theme import current_theme, theme_switch
from designer.language import later, tr
from designer.model.changes import Changes
from designer.model.entities import Collection

ADD, CONNECT, LOOK = "add", "connect", "look"
CLOSED = "closed"
"""What is remembered where the list is not wanted any more."""
_FROM_EDGE, _WIDTH, _MARK = 14, 268, 20


@dataclass(frozen=True, slots=True)
class Step:
    """One step: what is remembered of it, what to do, and how."""

    key: str
    title: str
    how: str


STEPS = (
    Step(ADD, later("Put services on the canvas"), later("Drag them from the palette, or press / and type a name.")),
    Step(CONNECT, later("Connect them"), later("Drag from the edge of a card to another, or press C.")),
    Step(LOOK, later("Look at a finding"), later("Choose one below the canvas: it says why, and what helps.")),
)


class FirstSteps(QFrame):
    """Shown from the first component that is put on an empty canvas until it is closed, and then never again."""

    def __init__(self, over: QWidget, settings: UserSettings) -> None:
        super().__init__(over)
        self._over, self._settings = over, settings
        self._rows = {step.key: _Row(step) for step in STEPS}
        self.setProperty("role", "bar")
        self.setProperty("pinned", True)
        self.setAttribute(Qt.WidgetAttribute.WA_NoMousePropagation)
        self.setAccessibleName(tr("First steps"))
        self.setFixedWidth(_WIDTH)
        self._title = label(tr("First steps"), "title")
        self.close_button = tool_button("close", tr("Close the first steps"))
        self.close_button.clicked.connect(self.dismiss)
        self._arrange()
        for key in settings.first_steps & self._rows.keys():
            self._rows[key].tick()
        self._fit()
        over.installEventFilter(self)
        theme_switch().theme_changed.connect(self._repaint)

    @staticmethod
    def wanted(settings: UserSettings) -> bool:
        """Whether the user has steps left to do, and has not closed the list."""
        done = settings.first_steps
        return CLOSED not in done and not {step.key for step in STEPS} <= done

    def note_changes(self, changes: Changes) -> None:
        """Ticks off what an edit did."""
        for key, collection in ((ADD, Collection.COMPONENTS), (CONNECT, Collection.CONNECTIONS)):
            if any(before is None for _id, before, _after in changes.of(collection)):
                self.tick(key)

    def tick(self, key: str) -> None:
        """A step is done."""
        row = self._rows[key]
        if row.done:
            return
        row.tick()
        self._settings.first_steps = self._settings.first_steps | {key}
        announce(self, tr("Done: {step}", step=row.title))
        if self.finished:
            self._title.setText(tr("That is all it takes"))
            self.hint.setText(tr("Export the template when you like. Ctrl+K finds everything else."))
        self._fit()

    @property
    def finished(self) -> bool:
        """Whether all steps are done."""
        return all(row.done for row in self._rows.values())

    def leave(self) -> None:
        """Goes away, to come again with the next empty drawing."""
        self._over.removeEventFilter(self)
        self.hide()
        self.deleteLater()

    def dismiss(self) -> None:
        """Closes the list for good."""
        self._settings.first_steps = self._settings.first_steps | {CLOSED}
        self.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Stays in its corner."""
        if event.type() == QEvent.Type.Resize:
            self._fit()
        return super().eventFilter(watched, event)

    def _arrange(self) -> None:
        top = QHBoxLayout()
        top.addWidget(self._title, 1)
        top.addWidget(self.close_button)
        self.hint = label("", "small", wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 8, 8, 12)
        column.setSpacing(6)
        column.addLayout(top)
        for row in self._rows.values():
            column.addWidget(row)
        column.addWidget(self.hint)

    def _fit(self) -> None:
        self.hint.setVisible(self.finished)
        layout = self.layout()
        assert layout is not None
        layout.activate()
        height = max(layout.totalHeightForWidth(_WIDTH), layout.totalSizeHint().height())
        self.resize(_WIDTH, height)
        self.move(_FROM_EDGE, max(0, self._over.height() - height - _FROM_EDGE))

    def _repaint(self) -> None:
        if shiboken6.isValid(self):
            for row in self._rows.values():
                row.repaint_mark()


class _Row(QWidget):
    """One step with its mark: a circle, or a tick."""

    def __init__(self, step: Step) -> None:
        super().__init__()
        self.done = False
        self.title = tr(step.title)
        self._mark = QLabel()
        self._mark.setFixedSize(_MARK, _MARK)
        self._words = label(self.title, "title", wrap=True)
        self._how = label(tr(step.how), "small", wrap=True)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 6, 0)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(1)
        grid.setColumnStretch(1, 1)
        grid.addWidget(self._mark, 0, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(self._words, 0, 1)
        grid.addWidget(self._how, 1, 1)
        self.repaint_mark()

    def tick(self) -> None:
        """The step is done: it keeps its name, and gives up its explanation."""
        self.done = True
        self._how.hide()
        set_state(self._words, "role", "muted")
        self.repaint_mark()

    def repaint_mark(self) -> None:
        """Paints the mark in the colours of the theme."""
        icon, role = ("check", "accent") if self.done else ("circle", "text-muted")
        self._mark.setPixmap(action_pixmap(icon, 16, current_theme().color(role), self.devicePixelRatioF()))
        state = tr("done") if self.done else tr("not done yet")
        self.setAccessibleName(f"{self.title}: {state}")
