"""The zoom in the status bar: a number to type over, and a list of steps beside it."""

from __future__ import annotations

import re
from functools import partial

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QWheelEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QMenu, QSizePolicy, QToolButton, QWidget

from designer.gui.canvas.metrics import FURTHEST_ZOOM, LARGEST_ZOOM, SMALLEST_ZOOM
from designer.gui.controls import tip
from designer.gui.icons import action_icon
from designer.language import number, tr

ZOOMS = (0.1, 0.25, 0.5, 0.75, 1.0, 1.5, 2.0, 4.0)
_TYPED = re.compile(r"\s*(\d{1,4}(?:[.,]\d{1,3})?)\s*%?\s*")
_STEP_KEYS = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1}


class ZoomBox(QWidget):
    """Shows the zoom in percent; takes one that is typed, stepped by arrow keys or wheel, or chosen from the list."""

    zoom_wanted = Signal(float)
    """A zoom is wanted; 1 is one unit to a pixel."""
    step_wanted = Signal(int)
    """The next larger (1) or smaller (-1) round zoom is wanted."""
    fit_wanted = Signal()
    selection_wanted = Signal()
    left = Signal()
    """The keyboard is done here."""
    refused = Signal(str)
    """What was typed is no zoom; says what would be one."""

    def __init__(self) -> None:
        super().__init__()
        self._factor = 1.0
        self.field = QLineEdit()
        self.field.setProperty("role", "zoom")
        self.field.setAccessibleName(tr("Zoom"))
        self.field.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.field.setToolTip(tip(tr("Zoom in percent: type a number, or use the arrow keys")))
        self.field.setMaxLength(12)
        self.field.installEventFilter(self)
        self.field.returnPressed.connect(self._take_typed)
        self.field.editingFinished.connect(self._show)
        self.steps = QToolButton()
        self.steps.setAccessibleName(tr("Zoom steps"))
        self.steps.setToolTip(tr("Zoom steps"))
        self.steps.setIcon(action_icon("chevron-down"))
        self.steps.setIconSize(QSize(12, 12))
        self.steps.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.steps.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(self)
        menu.aboutToShow.connect(lambda: self._fill(menu))
        self.steps.setMenu(menu)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.field)
        row.addWidget(self.steps)
        # Else it takes the room of what is said while that makes way for a message.
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        self._show()

    def show_zoom(self, factor: float) -> None:
        """Shows another zoom, unless a number is being typed."""
        self._factor = factor
        if not (self.field.hasFocus() and self.field.isModified()):
            self._show()

    def text(self) -> str:
        """What is shown."""
        return self.field.text()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Arrow keys and wheel step; Escape gives up what was typed; a click selects the number to type over."""
        if event.type() == QEvent.Type.FontChange:
            self._fit()
        match event:
            case QKeyEvent() if event.type() == QEvent.Type.KeyPress:
                key = Qt.Key(event.key())
                if key in _STEP_KEYS:
                    self._step(_STEP_KEYS[key])
                    return True
                if key == Qt.Key.Key_Escape:
                    self._show()
                    self.left.emit()
                    return True
            case QWheelEvent() if event.angleDelta().y():
                self._step(1 if event.angleDelta().y() > 0 else -1)
                return True
            case _ if event.type() == QEvent.Type.MouseButtonRelease and not self.field.hasSelectedText():
                self.field.selectAll()
            case _:
                pass
        return super().eventFilter(watched, event)

    def _step(self, direction: int) -> None:
        self.field.setModified(False)
        self.step_wanted.emit(direction)

    def _take_typed(self) -> None:
        factor = zoom_of(self.field.text())
        if factor is None:
            self._show()
            self.field.selectAll()
            lowest, highest = f"{SMALLEST_ZOOM * 100:.0f}", f"{LARGEST_ZOOM * 100:.0f}"
            self.refused.emit(
                tr("A zoom is a number of percent, from {lowest} to {highest}.", lowest=lowest, highest=highest)
            )
            return
        self.field.setModified(False)
        self.zoom_wanted.emit(factor)
        self._show()
        self.left.emit()

    def _show(self) -> None:
        text = percent_of(self._factor)
        if self.field.text() != text:
            self.field.setText(text)
        self.field.setModified(False)
        self._fit()

    def _fit(self) -> None:
        """Gives the field room for the widest zoom in letters of the size that it has now."""
        widest = self.field.fontMetrics().horizontalAdvance("400 %")
        self.field.setFixedWidth(widest + 16)

    def _fill(self, menu: QMenu) -> None:
        menu.clear()
        for factor in ZOOMS:
            action = menu.addAction(f"{factor * 100:.0f} %")
            action.triggered.connect(partial(self._want, factor))
        menu.addSeparator()
        menu.addAction(tr("Whole drawing")).triggered.connect(lambda: self.fit_wanted.emit())
        menu.addAction(tr("Selection")).triggered.connect(lambda: self.selection_wanted.emit())

    def _want(self, factor: float, _checked: bool = False) -> None:
        self.zoom_wanted.emit(factor)


def zoom_of(text: str) -> float | None:
    """The zoom that a typed text stands for ("80", "80 %", "66,7%"), within what there is; `None` for no number."""
    found = _TYPED.fullmatch(text)
    if found is None:
        return None
    percent = float(found[1].replace(",", "."))
    return max(FURTHEST_ZOOM, min(LARGEST_ZOOM, percent / 100)) if percent else None


def percent_of(factor: float) -> str:
    """A zoom in percent, with a second digit where it is very small: "58 %", "2.3 %"."""
    percent = factor * 100
    return f"{percent:.0f} %" if percent >= 9.95 else f"{number(f'{percent:.2g}')} %"
